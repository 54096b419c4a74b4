/** Value at risk and expected shortfall of a column of losses, each path counted once or by its importance weight. */
import { log } from '../kernel/maths/elementary.ts'
import { normalQuantile } from '../kernel/maths/normal.ts'
import { requireFinite, requireOpenProbability, requireSameLength } from './checks.ts'
import { sortedColumn, wholeProduct } from './orderStatistics.ts'
import { studentMultiplier } from './student.ts'
import { compensatedSum } from './summation.ts'
import { requireWeights } from './weights.ts'

/** Below this many tail paths a tail number is shown as an indication, not as a result. */
export const MINIMUM_TAIL_COUNT = 50

/**
 * What importance weights are relative to. 'normalised': to their own sum, for weights known up to a factor.
 * 'likelihoodRatios': to the number of paths, for exact ratios of mean 1; where paths were pushed into the tail this is far
 * steadier, since the noise of the few heavy weights in the body stays out of the tail (Glynn 1996, Proc. 3rd St Petersburg
 * Workshop on Simulation).
 */
export type Weighting = 'normalised' | 'likelihoodRatios'

export interface TailRisk {
  /** The loss of rank ceil(n q), or the smallest loss whose cumulative weight reaches q of the whole. */
  readonly valueAtRisk: number
  /** Mean of the worst 1 - q of the weight, the value at risk taking the fraction that is left over. */
  readonly expectedShortfall: number
  /** Paths ranked above the value at risk. */
  readonly tailCount: number
  readonly count: number
}

/**
 * Value at risk and expected shortfall of losses (positive = loss), in their unit.
 * Source: Acerbi and Tasche (2002), Journal of Banking and Finance 26, definition 2.6 and proposition 4.1: the fractional
 * weight of the value at risk makes expected shortfall coherent.
 * @throws RangeError when losses are empty or hold a value that is not finite (with its index), q is not between 0 and 1,
 * or weights are unusable.
 */
export function tailRisk(
  losses: ArrayLike<number>,
  q: number,
  weights?: ArrayLike<number>,
  weighting: Weighting = 'normalised',
): TailRisk {
  const tail = readTail(losses, q, weights, weighting)
  const { valueAtRisk, expectedShortfall, tailCount } = tail
  return { valueAtRisk, expectedShortfall, tailCount, count: losses.length }
}

export interface ExpectedShortfallEstimate {
  readonly value: number
  /** Null where fewer than two paths lie in the tail. */
  readonly standardError: number | null
  readonly lower: number | null
  readonly upper: number | null
  /** Paths ranked above the value at risk, or for weighted paths their effective number, rounded down. */
  readonly tailCount: number
  /** Whether at least 50 paths stand behind the number. */
  readonly enough: boolean
  /** Whether the tail looks so heavy (Hill index under 2) that no standard error can be believed. */
  readonly heavy: boolean
  readonly method: string
}

const METHOD =
  'asymptotic: influence-function standard error, Student t with one degree of freedom fewer than tail paths'

/**
 * Expected shortfall with an asymptotic interval: the standard error is that of the influence function
 * VaR + (L - VaR)+/(1 - q) - ES, whose square averages to var((L - VaR)+)/(1 - q)^2 for equal weights; the multiplier is
 * Student's with tailCount - 1 degrees of freedom. Nothing guarantees its coverage below some 50 tail paths or for
 * infinite variance: `enough` and `heavy` say so, and reports must print them.
 * Source: Chen (2008), Journal of Financial Econometrics 6; Glasserman, Heidelberger and Shahabuddin (2000) for weights.
 * @throws RangeError as tailRisk does.
 */
export function expectedShortfallWithInterval(
  losses: ArrayLike<number>,
  q: number,
  confidence: number,
  weights?: ArrayLike<number>,
  weighting: Weighting = 'normalised',
): ExpectedShortfallEstimate {
  requireOpenProbability(confidence, 'confidence')
  const tail = readTail(losses, q, weights, weighting)
  const value = tail.expectedShortfall
  const tailCount = weights === undefined ? tail.tailCount : Math.floor(effectiveTailCount(tail) * (1 + 1e-12))
  const index = hillTailIndex(tail.worstFirst, tail.tailCount, tail.weightOf)
  const shared = {
    value,
    tailCount,
    enough: tailCount >= MINIMUM_TAIL_COUNT,
    heavy: index !== null && index < 2,
    method: METHOD,
  }
  if (tailCount < 2) return { ...shared, standardError: null, lower: null, upper: null }
  const excess = (loss: number) => Math.max(0, loss - tail.valueAtRisk)
  const standardError = tailAverageError(tail, excess) / (1 - q)
  const half = standardError === 0 ? 0 : studentMultiplier(confidence, tailCount - 1) * standardError
  return { ...shared, standardError, lower: value - half, upper: value + half }
}

/**
 * Hill's estimate of the tail index from the `tailCount` largest losses: a tail as heavy as x^-index has no variance below
 * 2 and no mean below 1. Null where the threshold is not positive or the tail is flat.
 * Source: Hill (1975), Annals of Statistics 3.
 * @param worstFirst losses in descending order; weightOf gives the weight of each, by its place in that order.
 */
export function hillTailIndex(
  worstFirst: ArrayLike<number>,
  tailCount: number,
  weightOf: (rankFromWorst: number) => number = () => 1,
): number | null {
  if (tailCount < 2 || tailCount >= worstFirst.length) return null
  const threshold = worstFirst[tailCount] as number
  if (!(threshold > 0)) return null
  const weight = compensatedSum(tailCount, weightOf)
  const sum = compensatedSum(tailCount, (i) => weightOf(i) * log((worstFirst[i] as number) / threshold))
  return sum > 0 ? weight / sum : null
}

/**
 * Interval of the value at risk of weighted paths: the normal interval of the cumulative weight at the value at risk,
 * read back on the loss axis. Null where it reaches past the last path or fewer than two paths lie in the tail. Unweighted
 * paths have an exact interval instead.
 * Source: Woodruff (1952), Journal of the American Statistical Association 47.
 */
export function weightedValueAtRiskInterval(
  losses: ArrayLike<number>,
  q: number,
  confidence: number,
  weights: ArrayLike<number>,
  weighting: Weighting = 'normalised',
): { value: number; lower: number | null; upper: number | null } {
  requireOpenProbability(confidence, 'confidence')
  const tail = readTail(losses, q, weights, weighting)
  if (tail.tailCount < 2) return { value: tail.valueAtRisk, lower: null, upper: null }
  const beyond = (loss: number) => (loss > tail.valueAtRisk ? 1 : 0)
  const half = -normalQuantile((1 - confidence) / 2) * tailAverageError(tail, beyond)
  const at = (level: number) =>
    level > 0 && level < 1 ? readTail(losses, level, weights, weighting).valueAtRisk : null
  return { value: tail.valueAtRisk, lower: at(q - half), upper: at(q + half) }
}

interface Tail {
  readonly valueAtRisk: number
  readonly expectedShortfall: number
  readonly tailCount: number
  /** What the weights are relative to: their sum or the number of paths. */
  readonly total: number
  readonly weighting: Weighting
  readonly worstFirst: Float64Array
  readonly weightOf: (rankFromWorst: number) => number
}

function readTail(
  losses: ArrayLike<number>,
  q: number,
  weights?: ArrayLike<number>,
  weighting: Weighting = 'normalised',
): Tail {
  requireOpenProbability(q, 'quantile level')
  requireFinite(losses, 'losses')
  const count = losses.length
  if (weights === undefined) {
    const worstFirst = sortedColumn(losses, 'losses').reverse()
    return {
      ...measureTail(worstFirst, () => 1, count - wholeProduct(count, q)),
      total: count,
      weighting: 'normalised',
    }
  }
  requireSameLength(losses, weights, 'losses and weights')
  requireWeights(weights)
  const order = Uint32Array.from(losses, (_, i) => i)
  order.sort((i, j) => (losses[j] as number) - (losses[i] as number) || i - j)
  const worstFirst = Float64Array.from(order, (i) => losses[i] as number)
  const sum = compensatedSum(count, (i) => weights[i] as number)
  const total = weighting === 'normalised' ? sum : count
  return { ...measureTail(worstFirst, (i) => weights[order[i] as number] as number, total * (1 - q)), total, weighting }
}

/** Walks down from the worst loss until the tail's weight is used up. */
function measureTail(worstFirst: Float64Array, weightOf: (i: number) => number, tailWeight: number) {
  const full = tailWeight * (1 + 1e-12)
  let above = 0
  let next = 0
  while (next < worstFirst.length - 1 && above + weightOf(next) <= full) {
    above += weightOf(next)
    next++
  }
  const valueAtRisk = worstFirst[next] as number
  const excess = compensatedSum(next, (i) => weightOf(i) * ((worstFirst[i] as number) - valueAtRisk))
  return { valueAtRisk, expectedShortfall: valueAtRisk + excess / tailWeight, tailCount: next, worstFirst, weightOf }
}

function effectiveTailCount(tail: Tail): number {
  const sum = compensatedSum(tail.tailCount, tail.weightOf)
  const squares = compensatedSum(tail.tailCount, (i) => tail.weightOf(i) * tail.weightOf(i))
  return squares === 0 ? 0 : (sum * sum) / squares
}

/** Standard error of the weighted average of a function that vanishes outside the tail, by the delta method. */
function tailAverageError(tail: Tail, term: (loss: number) => number): number {
  const { worstFirst, weightOf, total, weighting } = tail
  const share = (i: number) => weightOf(i) / total
  const mean = compensatedSum(tail.tailCount, (i) => share(i) * term(worstFirst[i] as number))
  const count = worstFirst.length
  const squares = compensatedSum(count, (i) => {
    const value = term(worstFirst[i] as number)
    const influence = weighting === 'normalised' ? share(i) * (value - mean) : share(i) * value - mean / count
    return influence * influence
  })
  return Math.sqrt(squares)
}
