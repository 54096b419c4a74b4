/** How small a difference a comparison could have seen: what "cannot be told apart" leaves open. */
import { normalQuantile } from '../../kernel/maths/normal.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import type { Estimate } from '../headline.ts'

/** A difference of the smallest size is told apart this often. */
export const power = 0.8

/**
 * The true difference whose interval, as wide as this one, leaves out 0 with probability `power`: (z_c + z_p)/z_c half-widths.
 * Source: the power of a normal test; Casella and Berger, Statistical Inference (2nd ed.), 8.3.
 * @returns null for an interval that is open or has no width
 */
export function smallestSeen({ lower, upper }: Pick<Estimate, 'lower' | 'upper'>, confidence: number): number | null {
  if (lower === null || upper === null || upper <= lower) return null
  const bound = -normalQuantile((1 - confidence) / 2)
  return (((upper - lower) / 2) * (bound + normalQuantile(power))) / bound
}

/** The same for two probabilities, never less than what the fewest telling paths, all on one side, make. */
export function smallestSeenOfEvents(
  bounds: { readonly lower: number; readonly upper: number },
  paths: number,
  confidence: number,
): number | null {
  const fewest = fewestTelling(paths, confidence)
  if (fewest === null) return null
  const needed = (fewest + normalQuantile(power) * Math.sqrt(fewest)) / paths
  return Math.max(Math.min(1, needed), smallestSeen(bounds, confidence) ?? 0)
}

/** The fewest paths that, failing under one policy alone and none under the other alone, tell them apart; null where all do not. */
export function fewestTelling(paths: number, confidence: number): number | null {
  for (let k = 1; k <= paths; k++) if (pairedProportionDifference(0, k, paths, confidence).lower > 0) return k
  return null
}
