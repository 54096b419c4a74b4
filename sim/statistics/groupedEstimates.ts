/** Estimates of tails out of weighted paths that were drawn in groups: rounds of a mixture, mirrored pairs, randomised nets. */
import { requireCount, requireFinite, requireOpenProbability, requireSameLength } from './checks.ts'
import { meanWithInterval, sampleVariance } from './means.ts'
import { skewedMeanWithInterval } from './skewedMean.ts'
import { studentMultiplier } from './student.ts'
import { compensatedMean, compensatedSum } from './summation.ts'
import { tailRisk } from './tailRisk.ts'
import { requireWeights } from './weights.ts'

/** What is asked of a column of losses. */
export type TailQuestion =
  | { readonly kind: 'mean' }
  | { readonly kind: 'probability'; readonly beyond: number }
  | { readonly kind: 'shortfall'; readonly level: number }

export interface Terms {
  readonly value: number
  /** One number a path, of which the value is the mean (to first order where a quantile is estimated on the way). */
  readonly terms: Float64Array
  /** Paths that say anything about the tail, as many equal ones as they are worth (Kish 1965). */
  readonly tailPaths: number
  /** Variance that a path of plain luck would have, by the same paths. */
  readonly plainVariance: number
}

/**
 * The estimate and the path by path contributions to it, whose spread is its error.
 * Means and probabilities: weight × value. Expected shortfall: VaR + weight × (loss − VaR)+ / (1 − q), its influence function (P.
 * Glasserman, P. Heidelberger and P. Shahabuddin, Management Science 46, 2000).
 * @param weights likelihood ratios, of mean 1; every path counts once without them
 * @throws RangeError when a loss is not finite, weights are unusable, or the level is not between 0 and 1.
 */
export function tailTerms(
  question: TailQuestion,
  losses: ArrayLike<number>,
  weights: ArrayLike<number> = new Float64Array(losses.length).fill(1),
): Terms {
  requireFinite(losses, 'losses')
  requireSameLength(losses, weights, 'losses and weights')
  requireWeights(weights)
  const count = losses.length
  const loss = (i: number): number => losses[i] as number
  const weight = (i: number): number => weights[i] as number
  const termsOf = (value: (i: number) => number, constant = 0): Pick<Terms, 'terms' | 'plainVariance'> => {
    const mean = compensatedSum(count, (i) => weight(i) * value(i)) / count
    const square = compensatedSum(count, (i) => weight(i) * value(i) * value(i)) / count
    return {
      terms: Float64Array.from({ length: count }, (_, i) => constant + weight(i) * value(i)),
      plainVariance: Math.max(0, square - mean * mean),
    }
  }
  if (question.kind === 'mean') {
    const found = termsOf(loss)
    return { ...found, value: compensatedMean(found.terms), tailPaths: effectiveCount(weights, () => true) }
  }
  if (question.kind === 'probability') {
    const beyond = (i: number): boolean => loss(i) > question.beyond
    const found = termsOf((i) => (beyond(i) ? 1 : 0))
    return { ...found, value: compensatedMean(found.terms), tailPaths: effectiveCount(weights, beyond) }
  }
  requireOpenProbability(question.level, 'level')
  const { valueAtRisk, expectedShortfall } = tailRisk(losses, question.level, weights, 'likelihoodRatios')
  const scale = 1 / (1 - question.level)
  const found = termsOf((i) => scale * Math.max(0, loss(i) - valueAtRisk), valueAtRisk)
  return { ...found, value: expectedShortfall, tailPaths: effectiveCount(weights, (i) => loss(i) > valueAtRisk) }
}

function effectiveCount(weights: ArrayLike<number>, counts: (i: number) => boolean): number {
  const weight = (i: number): number => (counts(i) ? (weights[i] as number) : 0)
  const sum = compensatedSum(weights.length, weight)
  const squares = compensatedSum(weights.length, (i) => weight(i) * weight(i))
  return squares === 0 ? 0 : (sum * sum) / squares
}

/**
 * Means of consecutive groups of paths.
 * @throws RangeError unless the number of paths is a multiple of the size.
 */
export function groupMeans(terms: ArrayLike<number>, size: number): Float64Array {
  requireCount(size, 'size of a group', 1)
  if (terms.length % size !== 0) {
    throw new RangeError(`invalid number of paths: ${terms.length}; whole groups of ${size} wanted`)
  }
  return Float64Array.from(
    { length: terms.length / size },
    (_, g) => compensatedSum(size, (i) => terms[g * size + i] as number) / size,
  )
}

export interface GroupedEstimate {
  readonly value: number
  readonly standardError: number
  readonly lower: number
  readonly upper: number
  readonly groups: number
  /** Variance of one group's mean times its size: what one path is worth. */
  readonly variancePerPath: number
}

/** Groups from which on means are taken for nearly normal but skewed; below, for exactly normal. */
export const manyGroups = 50

/**
 * An estimate whose groups of paths are independent of each other, whatever the paths of one group are among themselves. Many
 * groups have an interval corrected for skewness, with as many degrees of freedom as tail paths; few groups, such as 16
 * randomisations of a net, Student's on their means, with no more degrees of freedom either.
 * @throws RangeError when there are fewer than two groups.
 */
export function groupedEstimate({ value, terms, tailPaths }: Terms, size: number, confidence: number): GroupedEstimate {
  const means = groupMeans(terms, size)
  const groups = means.length
  requireCount(groups, 'number of groups', 2)
  const variance = sampleVariance(means) as number
  const degrees = Math.max(1, Math.min(groups, Math.floor(tailPaths)) - 1)
  const { mean, standardError, lower, upper } =
    groups >= manyGroups ? skewedMeanWithInterval(means, confidence, degrees) : fewGroups(means, confidence, degrees)
  return {
    value,
    standardError,
    lower: value + (lower - mean),
    upper: value + (upper - mean),
    groups,
    variancePerPath: variance * size,
  }
}

function fewGroups(means: Float64Array, confidence: number, degrees: number) {
  const { mean, standardError } = meanWithInterval(means, confidence)
  const half = studentMultiplier(confidence, degrees) * (standardError as number)
  return { mean, standardError: standardError as number, lower: mean - half, upper: mean + half }
}
