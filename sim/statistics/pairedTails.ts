/** What a change does to a tail, from the same paths before and after: the luck that both share falls out of the difference. */
import { requireCount, requireFinite, requireOpenProbability, requireSameLength } from './checks.ts'
import { quantile, quantileRank, sortedColumn } from './orderStatistics.ts'
import { type SkewedMean, skewedMeanWithInterval } from './skewedMean.ts'
import { tailRisk } from './tailRisk.ts'

export interface TailEstimate {
  readonly value: number
  /** Null = unbounded by these paths. */
  readonly lower: number | null
  readonly upper: number | null
  /** Paths in the thinner of the tails. */
  readonly tailCount: number
  /** Paths that tell anything of the value: beyond a value at risk, or there by another amount in the two columns. */
  readonly telling: number
}

/** Tail paths below which these intervals are unbounded: the tail's own spread is then a guess. */
export const leastTail = 10

/**
 * Expected shortfall at level q of losses (positive = loss) with an asymptotic interval: the influence of each path is
 * (loss - VaR)+ / (1 - q), and the mean of the influences has an interval corrected for skewness, without which the upper
 * bound of a heavy tail is missed twice as often as stated. Unbounded on fewer than 10 tail paths and where no path lies
 * beyond the value at risk.
 * Source: Chen (2008), Journal of Financial Econometrics 6, for the influence; Hall (1992) for the skewness.
 * @throws RangeError when losses are empty or not finite, or a probability is not between 0 and 1.
 */
export function shortfallWithInterval(losses: ArrayLike<number>, q: number, confidence: number): TailEstimate {
  const { expectedShortfall, valueAtRisk, tailCount } = tailRisk(losses, q)
  const influence = Float64Array.from(losses, (loss) => Math.max(0, loss - valueAtRisk) / (1 - q))
  return estimate(expectedShortfall, influence, tailCount, confidence)
}

/**
 * Expected shortfall of the second column minus that of the first, over the same paths. The influences of a path on the two
 * are subtracted before their spread is taken, so what moves both columns alike costs no width; a change that moves every path
 * of the tail by the same amount, none included, has none at all.
 * Source: as shortfallWithInterval, by linearity of the influence function.
 * @throws RangeError when the columns differ in length or hold a value that is not finite.
 */
export function pairedShortfallDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  q: number,
  confidence: number,
): TailEstimate {
  requireSameLength(first, second, 'columns of a paired comparison')
  const before = tailRisk(first, q)
  const after = tailRisk(second, q)
  const difference = after.expectedShortfall - before.expectedShortfall
  const tailCount = Math.min(before.tailCount, after.tailCount)
  const influence = Float64Array.from(first, (loss, i) => {
    const excess = Math.max(0, (second[i] as number) - after.valueAtRisk) - Math.max(0, loss - before.valueAtRisk)
    return excess / (1 - q)
  })
  if (influence.every((term) => term === 0)) {
    return { value: difference, lower: difference, upper: difference, tailCount, telling: 0 }
  }
  return estimate(difference, influence, tailCount, confidence)
}

/**
 * The p-quantile of the second column minus that of the first, over the same paths, with the percentile interval of a
 * bootstrap that draws whole paths, so that both columns keep their common luck. No path moved: exactly 0. Unbounded where
 * fewer than 10 paths lie in the thinner tail.
 * Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, 13.3; quantiles as in orderStatistics.
 * @param draw a whole number from 0 to n - 1, each equally likely
 * @param resamples enough that (1 - confidence)/2 of them are at least 10
 * @throws RangeError when the columns differ in length or hold a value that is not finite, or resamples are too few.
 */
export function pairedQuantileDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  p: number,
  confidence: number,
  draw: (n: number) => number,
  resamples: number,
): TailEstimate {
  requireSameLength(first, second, 'columns of a paired comparison')
  requireFinite(first, 'first values')
  requireFinite(second, 'second values')
  requireOpenProbability(confidence, 'confidence')
  const outside = ((1 - confidence) / 2) * (resamples + 1)
  requireCount(resamples, 'number of resamples', Math.ceil(20 / (1 - confidence)))
  const count = first.length
  const rank = quantileRank(count, p)
  const tailCount = Math.min(rank, count - rank)
  const telling = count - countSame(first, second)
  if (telling === 0) return { value: 0, lower: 0, upper: 0, tailCount, telling }
  const value = quantile(sortedColumn(second), p) - quantile(sortedColumn(first), p)
  if (tailCount < leastTail) return { value, lower: null, upper: null, tailCount, telling }
  const [before, after] = [walker(first, rank), walker(second, rank)]
  const times = new Uint16Array(count)
  const differences = Float64Array.from({ length: resamples }, () => {
    times.fill(0)
    for (let i = 0; i < count; i++) times[draw(count)]++
    return after(times) - before(times)
  }).sort()
  const edge = Math.max(1, Math.floor(outside))
  const [lower, upper] = [differences[edge - 1], differences[resamples - edge]]
  return { value, lower: Math.min(value, lower), upper: Math.max(value, upper), tailCount, telling }
}

/** Reads the value of a rank where each path counts as often as it was drawn, from the end that is nearer. */
function walker(values: ArrayLike<number>, rank: number): (times: Uint16Array) => number {
  const count = values.length
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => (values[i] as number) - (values[j] as number))
  const fromTop = rank > count / 2
  const wanted = fromTop ? count - rank + 1 : rank
  return (times) => {
    let seen = 0
    let at = fromTop ? count : -1
    while (seen < wanted) {
      at += fromTop ? -1 : 1
      seen += times[order[at] as number] as number
    }
    return values[order[at] as number] as number
  }
}

function estimate(value: number, influence: Float64Array, tailCount: number, confidence: number): TailEstimate {
  const telling = influence.reduce((sum, term) => sum + (term === 0 ? 0 : 1), 0)
  const open = { value, lower: null, upper: null, tailCount, telling }
  if (tailCount < leastTail || telling < 2) return open
  const { mean, lower, upper }: SkewedMean = skewedMeanWithInterval(influence, confidence, telling - 1)
  return { ...open, lower: value + (lower - mean), upper: value + (upper - mean) }
}

function countSame(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let same = 0
  for (let i = 0; i < first.length; i++) if (first[i] === second[i]) same++
  return same
}
