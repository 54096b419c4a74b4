/** Intervals of probabilities and quantiles that need no assumption about the losses, and how many paths they ask for. */
import { log } from '../kernel/maths/elementary.ts'
import { normalQuantile } from '../kernel/maths/normal.ts'
import { binomialCdf, binomialQuantile } from './binomial.ts'
import { requireCount, requireOpenProbability, requireSorted } from './checks.ts'
import { quantileRank } from './orderStatistics.ts'
import { inverseIncompleteBeta } from './specialFunctions.ts'

export interface Interval {
  readonly lower: number
  readonly upper: number
}

export type Side = 'two' | 'lower' | 'upper'

/**
 * Interval of a probability of which k of n independent paths are the evidence; it covers with at least `confidence`
 * whatever the probability is. 'upper' and 'lower' give the one-sided bound and leave the other end at 0 or 1.
 * Source: Clopper and Pearson (1934), Biometrika 26, by the beta quantile.
 * @throws RangeError unless 0 <= k <= n, n >= 1 and 0 < confidence < 1.
 */
export function clopperPearson(k: number, n: number, confidence: number, side: Side = 'two'): Interval {
  requireEvidence(k, n, confidence)
  const outside = side === 'two' ? (1 - confidence) / 2 : 1 - confidence
  return {
    lower: side === 'upper' || k === 0 ? 0 : inverseIncompleteBeta(outside, k, n - k + 1).x,
    upper: side === 'lower' || k === n ? 1 : inverseIncompleteBeta(outside, n - k, k + 1).y,
  }
}

/**
 * Score interval of a probability: narrower than Clopper and Pearson's, covering with `confidence` on average only.
 * Source: Wilson (1927), Journal of the American Statistical Association 22, without continuity correction.
 * @throws RangeError unless 0 <= k <= n, n >= 1 and 0 < confidence < 1.
 */
export function wilson(k: number, n: number, confidence: number): Interval {
  requireEvidence(k, n, confidence)
  const z = normalQuantile((1 - confidence) / 2)
  const square = z * z
  const centre = (k + square / 2) / (n + square)
  const half = Math.sqrt(square * ((k * (n - k)) / n + square / 4)) / (n + square)
  return { lower: k === 0 ? 0 : Math.max(0, centre - half), upper: k === n ? 1 : Math.min(1, centre + half) }
}

/** 1-based ranks of the order statistics that bound a quantile; null where no observed value bounds it. */
export interface RankInterval {
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Ranks between whose order statistics the p-quantile of any distribution lies with at least `confidence`:
 * lower = qbinom((1 - confidence)/2; n, p), upper = qbinom((1 + confidence)/2; n, p) + 1.
 * Source: David and Nagaraja, Order Statistics (3rd ed.), 7.1.
 * @throws RangeError unless n >= 1, 0 < p < 1 and 0 < confidence < 1.
 */
export function quantileInterval(n: number, p: number, confidence: number): RankInterval {
  requireCount(n, 'number of paths', 1)
  requireOpenProbability(p, 'quantile level')
  requireOpenProbability(confidence, 'confidence')
  const outside = (1 - confidence) / 2
  const lower = binomialQuantile(outside, n, p)
  const upper = binomialQuantile(1 - outside, n, p) + 1
  return { lower: lower < 1 ? null : lower, upper: upper > n ? null : upper }
}

/** A quantile, what bounds it, and how many paths stand behind it. */
export interface QuantileEstimate {
  /** The order statistic of rank ceil(n p). */
  readonly value: number
  /** Order-statistic bounds; null = unbounded by these paths. */
  readonly lower: number | null
  readonly upper: number | null
  /** 1-based rank of the value. */
  readonly rank: number
  /** Number of paths. */
  readonly count: number
  /** Paths in the thinner tail: above the rank where p >= 1/2, up to and with the rank below. */
  readonly tailCount: number
}

/**
 * The p-quantile of an ascending column with its order-statistic interval.
 * @throws RangeError when the column is empty, holds a NaN or does not ascend, or a probability is not between 0 and 1.
 */
export function quantileWithInterval(sorted: ArrayLike<number>, p: number, confidence: number): QuantileEstimate {
  requireSorted(sorted, 'values')
  const count = sorted.length
  const rank = quantileRank(count, p)
  const { lower, upper } = quantileInterval(count, p, confidence)
  return {
    value: sorted[rank - 1] as number,
    lower: lower === null ? null : (sorted[lower - 1] as number),
    upper: upper === null ? null : (sorted[upper - 1] as number),
    rank,
    count,
    tailCount: p >= 0.5 ? count - rank : rank,
  }
}

/**
 * The smallest number of paths at which both ends of the two-sided order-statistic interval of a p-quantile are observed
 * values. The far end is free while the chance that all n paths fall on its near side exceeds (1 - confidence)/2, so
 * n = ceil(log((1 - confidence)/2) / log(max(p, 1 - p))): 3,688 for the 99.9 % quantile at 95 %.
 */
export function pathsNeeded(p: number, confidence: number): number {
  requireOpenProbability(p, 'quantile level')
  requireOpenProbability(confidence, 'confidence')
  const far = Math.max(p, 1 - p)
  const bounded = (n: number) => {
    const { lower, upper } = quantileInterval(n, far, confidence)
    return lower !== null && upper !== null
  }
  let n = Math.max(1, Math.ceil(log((1 - confidence) / 2) / log(far)) - 1)
  while (!bounded(n)) n++
  return n
}

/**
 * The smallest number of paths whose `order`-th largest loss is an upper bound, with `confidence`, of the `coverage`
 * quantile of the loss. The same count is that of the scenario approach with `order` decision variables.
 * Source: Wilks (1941), Annals of Mathematical Statistics 12; Campi and Garatti (2008), SIAM Journal on Optimization 19.
 * @throws RangeError unless 0 < coverage < 1, 0 < confidence < 1 and order >= 1.
 */
export function wilks(coverage: number, confidence: number, order = 1): number {
  requireOpenProbability(coverage, 'coverage')
  requireOpenProbability(confidence, 'confidence')
  requireCount(order, 'order', 1)
  const outside = (1 - confidence) * (1 + 1e-12)
  const enough = (n: number) => binomialCdf(order - 1, n, 1 - coverage) <= outside
  let low = order - 1
  let high = order
  while (!enough(high)) {
    low = high
    high *= 2
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}

/** Confidence of each of several intervals that together hold with `confidence` (Bonferroni). */
export function bonferroni(confidence: number, comparisons: number): number {
  requireOpenProbability(confidence, 'confidence')
  requireCount(comparisons, 'number of comparisons', 1)
  return 1 - (1 - confidence) / comparisons
}

function requireEvidence(k: number, n: number, confidence: number): void {
  requireCount(n, 'number of paths', 1)
  requireCount(k, 'number of failures', 0, n)
  requireOpenProbability(confidence, 'confidence')
}
