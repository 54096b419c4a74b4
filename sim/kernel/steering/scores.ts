/** One draw in three scales: its value under its own law, the normal number of the same probability, the probability itself. */
import { exp, expm1, log, log1p } from '../maths/elementary.ts'
import { normalCdf, normalQuantile } from '../maths/normal.ts'

export type DrawLaw = 'normal' | 'uniform' | 'exponential'

/** The largest double below one. */
const largest = 1 - Number.EPSILON / 2

const inside = (probability: number): number => Math.min(largest, Math.max(Number.MIN_VALUE, probability))

/** The normal number of the same probability. */
export function scoreOf(law: DrawLaw, value: number): number {
  if (law === 'normal') return value
  if (law === 'uniform') return normalQuantile(inside(value))
  return value < 0.7 ? normalQuantile(inside(-expm1(-value))) : -normalQuantile(inside(exp(-value)))
}

/** The value of a normal number under a law; exponentials have mean one. */
export function valueOfScore(law: DrawLaw, score: number): number {
  if (law === 'normal') return score
  if (law === 'uniform') return inside(normalCdf(score))
  return score < 0 ? -log1p(-normalCdf(score)) : -log(normalCdf(-score))
}

/** P(draw ≤ value). */
export function probabilityOf(law: DrawLaw, value: number): number {
  if (law === 'uniform') return value
  return law === 'normal' ? normalCdf(value) : -expm1(-value)
}

/** The value at a probability between 0 and 1. */
export function valueOfProbability(law: DrawLaw, probability: number): number {
  if (law === 'uniform') return inside(probability)
  return law === 'normal' ? normalQuantile(inside(probability)) : -log1p(-inside(probability))
}

/** The uniform number as far from one as the given one is from zero. */
export function mirrored(uniform: number): number {
  return Math.min(largest, 1 - uniform)
}
