/** Probabilities of failing from paths that were drawn elsewhere and weigh accordingly. */
import { exp } from '../../kernel/maths/elementary.ts'
import type { MixturePart, Steering } from '../../kernel/steering.ts'
import { type GroupedEstimate, groupedEstimate, tailTerms } from '../../statistics/groupedEstimates.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import type { Likelihood, Share } from './answer.ts'

/** Paths in a round of a mixture: each part has its share of paths only in whole rounds, begun at a multiple of them. */
export function roundOf(mixture: readonly MixturePart[]): number {
  return mixture.reduce((sum, { paths }) => sum + paths, 0)
}

/** The fewest whole rounds that hold so many paths. */
export function wholeRounds(paths: number, round: number): number {
  return Math.ceil(paths / round) * round
}

export interface Weighed {
  readonly logWeights: Float64Array
  readonly steering: Steering
}

export function weightsOf({ logWeights }: Weighed): Float64Array {
  return logWeights.map((log) => exp(log))
}

/**
 * Probability of what some paths had, by the estimator of the study of tails: rounds of the mixture are independent of each
 * other, the interval is corrected for the skewness of weights and has no more degrees of freedom than such paths are worth.
 * @param chosen 1 for the paths that had it, in path order; whole rounds of a mixture with a part of plain luck
 */
export function weighedProbability(cell: Weighed, chosen: Uint8Array, confidence: number): Likelihood {
  const { mixture = [] } = cell.steering
  const round = roundOf(mixture)
  const weights = weightsOf(cell)
  const terms = tailTerms({ kind: 'probability', beyond: 0.5 }, chosen, weights)
  const count = chosen.reduce((sum, one) => sum + one, 0)
  const shared = { count, of: chosen.length, worth: terms.tailPaths, weighted: true }
  if (count === 0) {
    const upper = mostWeight(mixture) * clopperPearson(0, chosen.length, confidence).upper
    return { ...shared, value: 0, lower: 0, upper: Math.min(1, upper) }
  }
  return { ...shared, ...within01(groupedEstimate(terms, round, confidence)) }
}

/** Share of all failures that a part of them has: a ratio of two weighed means, by its linear terms (Owen 2013, section 9.2). */
export function weighedPart(cell: Weighed, part: Uint8Array, all: Uint8Array, confidence: number): Share {
  const weights = weightsOf(cell)
  const [own, whole] = [part, all].map((chosen) => tailTerms({ kind: 'probability', beyond: 0.5 }, chosen, weights))
  const value = whole.value > 0 ? own.value / whole.value : 0
  const count = part.reduce((sum, one) => sum + one, 0)
  const of = all.reduce((sum, one) => sum + one, 0)
  if (count === 0 || count === of) return { count, of, value, lower: count === 0 ? 0 : 1, upper: 1 }
  const terms = own.terms.map((x, p) => value + (x - value * whole.terms[p]) / whole.value)
  const round = roundOf(cell.steering.mixture ?? [])
  return { count, of, ...within01(groupedEstimate({ ...whole, value, terms }, round, confidence)) }
}

function within01({ value, lower, upper }: GroupedEstimate): { value: number; lower: number; upper: number } {
  return { value, lower: Math.max(0, lower), upper: Math.min(1, upper) }
}

/** No weight exceeds one over the share of plain luck. */
function mostWeight(mixture: readonly MixturePart[]): number {
  const plain = mixture.filter(({ shifts = [], chances = [] }) => shifts.length + chances.length === 0)
  return roundOf(mixture) / roundOf(plain)
}

/**
 * Whether two independent estimates may be of one number: the interval of their difference holds 0 (the method of variance
 * estimates recovery; G. Y. Zou and A. Donner, Statistics in Medicine 27, 2008, equation 5).
 */
export function mayBeEqual(one: Share | Likelihood, other: Share | Likelihood): boolean {
  const [more, less] = one.value >= other.value ? [one, other] : [other, one]
  const down = more.value - more.lower
  const up = less.upper - less.value
  return more.value - less.value <= Math.sqrt(down * down + up * up)
}
