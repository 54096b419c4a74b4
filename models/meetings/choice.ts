/** Noisy choice between two routes (McFadden 1974). */
import { exp } from '../../sim/kernel/maths/elementary.ts'

/** Chance of the first of two routes whose values differ by `gain`, in a logit of scale `noise`. */
export function logitChoice(gain: number, noise: number): number {
  if (noise <= 0) return gain > 0 ? 1 : 0
  const x = gain / noise
  if (x > 40) return 1
  if (x < -40) return 0
  return 1 / (1 + exp(-x))
}
