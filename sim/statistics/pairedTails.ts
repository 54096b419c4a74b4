/** What a change does to a tail, from the same paths before and after: the luck that both share falls out of the difference. */
import { binomialQuantile } from './binomial.ts'
import { requireCount, requireFinite, requireOpenProbability, requireSameLength } from './checks.ts'
import { bonferroni, clopperPearson, type Interval, quantileInterval } from './intervals.ts'
import { meanWithInterval } from './means.ts'
import { quantile, quantileRank, sortedColumn } from './orderStatistics.ts'
import { type SkewedMean, skewedMeanWithInterval } from './skewedMean.ts'
import { MINIMUM_TAIL_COUNT, tailRisk } from './tailRisk.ts'

export interface TailEstimate {
  readonly value: number
  /** Null = unbounded by these paths. */
  readonly lower: number | null
  readonly upper: number | null
  /** Paths in the thinner of the tails. */
  readonly tailCount: number
  /** Paths that tell anything of the value: beyond a value at risk, or changed by another amount than most. */
  readonly telling: number
}

/** Tail paths, and telling paths, below which asymptotic intervals are unbounded: the spread itself is then a guess. */
export const leastTail = 10

/** Terms closer than this part of the values that they come from differ by rounding alone. */
const rounding = 1e-12

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
  const telling = influence.reduce((sum, term) => sum + (term === 0 ? 0 : 1), 0)
  return estimate(expectedShortfall, influence, { tailCount, telling }, confidence)
}

/**
 * Expected shortfall of the second column minus that of the first, over the same paths. The influences of a path on the two
 * are subtracted before their spread is taken, so what moves both columns alike costs no width. Unbounded where fewer than 10
 * paths are changed by another amount than the rest of their tail: paths that are all alike, or all unmoved, do not say how
 * rare the others are, nor how far those are moved.
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
  const inTail: number[] = []
  const influence = Float64Array.from(first, (loss, i) => {
    const [here, there] = [(second[i] as number) - after.valueAtRisk, loss - before.valueAtRisk]
    if (here > 0 || there > 0) inTail.push((second[i] as number) - loss)
    return (Math.max(0, here) - Math.max(0, there)) / (1 - q)
  })
  const telling = inTail.length === 0 ? 0 : tellingTerms(inTail, largest(first, second))
  return estimate(difference, influence, { tailCount, telling }, confidence)
}

/**
 * Mean of the second column minus that of the first, over the same paths, with Student's interval. Unbounded where fewer than
 * 10 paths are changed by another amount than the median path: however many are alike, they say nothing of how far a rare
 * one is moved, and without a bound of the amount itself nothing does.
 * Source: Bahadur and Savage (1956), Annals of Mathematical Statistics 27, for what no data can bound.
 * @throws RangeError when the columns differ in length or hold a value that is not finite.
 */
export function pairedMeanDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  confidence: number,
): TailEstimate {
  requireSameLength(first, second, 'columns of a paired comparison')
  const differences = Float64Array.from(first, (value, i) => (second[i] as number) - value)
  const found = meanWithInterval(differences, confidence)
  const telling = tellingTerms(differences, largest(first, second))
  const open = { value: found.mean, lower: null, upper: null, tailCount: first.length, telling }
  return telling < leastTail ? open : { ...open, lower: found.lower, upper: found.upper }
}

/** Terms that differ from the median one by more than rounding; all of them where no other is like it. @param size of the values that the terms come from */
export function tellingTerms(terms: ArrayLike<number>, size: number): number {
  const sorted = sortedColumn(terms)
  const usual = sorted[Math.floor(sorted.length / 2)] as number
  let alike = 0
  for (const term of sorted) if (Math.abs(term - usual) <= rounding * size) alike++
  return sorted.length > 1 && alike === 1 ? sorted.length : sorted.length - alike
}

/** The largest absolute value of two columns. */
export function largest(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let size = 0
  for (let i = 0; i < first.length; i++) {
    size = Math.max(size, Math.abs(first[i] as number), Math.abs(second[i] as number))
  }
  return size
}

/** The difference of two quantiles, and which of the two intervals it has. */
export interface QuantileDifference extends TailEstimate {
  /** From order statistics, with a guarantee, where few paths move; else from a bootstrap. */
  readonly exact: boolean
}

/**
 * The p-quantile of the second column minus that of the first, over the same paths. Where at least 50 paths move, with the
 * percentile interval of a bootstrap that draws whole paths, so that both columns keep their common luck; unbounded where
 * fewer than 10 paths lie in the thinner tail. Where fewer move, with fewMoved's.
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
): QuantileDifference {
  requireSameLength(first, second, 'columns of a paired comparison')
  requireFinite(first, 'first values')
  requireFinite(second, 'second values')
  requireOpenProbability(confidence, 'confidence')
  requireCount(resamples, 'number of resamples', Math.ceil(20 / (1 - confidence)))
  const count = first.length
  const rank = quantileRank(count, p)
  const tailCount = Math.min(rank, count - rank)
  const telling = count - countSame(first, second)
  const sorted = sortedColumn(first)
  const value = quantile(sortedColumn(second), p) - quantile(sorted, p)
  const found = { value, tailCount, telling }
  const around = ({ lower, upper }: Bounds) => ({
    lower: lower === null ? null : Math.min(value, lower),
    upper: upper === null ? null : Math.max(value, upper),
  })
  if (telling < MINIMUM_TAIL_COUNT)
    return { ...found, ...around(fewMoved(sorted, telling, p, confidence)), exact: true }
  if (tailCount < leastTail) return { ...found, lower: null, upper: null, exact: false }
  return { ...found, ...around(resampled(first, second, rank, confidence, draw, resamples)), exact: false }
}

interface Bounds {
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Bounds of what a change does to the p-quantile of any law where few paths move. Where at most a share m of all paths moves,
 * the new quantile lies between the old ones at p - m and p + m. With R of n values up to the old quantile and at most D
 * between the levels, that is at most x(R + D + 1) - x(R) and at least x(R - D) - x(R + 1) of the sorted old values: taken at
 * the worst R of its binomial interval, with D a binomial bound and m that of Clopper and Pearson, each at a third of an end's error.
 * @param sorted the first column, ascending
 * @param moved paths whose value differs
 */
function fewMoved(sorted: Float64Array, moved: number, p: number, confidence: number): Bounds {
  const count = sorted.length
  const each = bonferroni(confidence, 6)
  const share = clopperPearson(moved, count, each, 'upper').upper
  const between = binomialQuantile(each, count, share)
  const ranks = quantileInterval(count, p, each)
  const at = (rank: number) => sorted[rank - 1] as number
  const [from, to] = [ranks.lower ?? 0, (ranks.upper ?? count + 1) - 1]
  let [lower, upper]: [number | null, number | null] = [0, 0]
  for (let rank = from; rank <= to; rank++) {
    const [high, low] = [rank + between + 1, rank - between]
    upper = upper === null || rank < 1 || high > count ? null : Math.max(upper, at(high) - at(rank))
    lower = lower === null || low < 1 || rank + 1 > count ? null : Math.min(lower, at(low) - at(rank + 1))
  }
  return { lower, upper }
}

/** Ends of the percentile interval of the difference at a rank, over paths drawn anew. */
function resampled(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  rank: number,
  confidence: number,
  draw: (n: number) => number,
  resamples: number,
): Interval {
  const count = first.length
  const [before, after] = [walker(first, rank), walker(second, rank)]
  const times = new Uint16Array(count)
  const differences = Float64Array.from({ length: resamples }, () => {
    times.fill(0)
    for (let i = 0; i < count; i++) times[draw(count)]++
    return after(times) - before(times)
  }).sort()
  const edge = Math.max(1, Math.floor(((1 - confidence) / 2) * (resamples + 1)))
  return { lower: differences[edge - 1], upper: differences[resamples - edge] }
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

function estimate(
  value: number,
  influence: Float64Array,
  counts: Pick<TailEstimate, 'tailCount' | 'telling'>,
  confidence: number,
): TailEstimate {
  const open = { value, lower: null, upper: null, ...counts }
  if (counts.tailCount < leastTail || counts.telling < leastTail) return open
  const { mean, lower, upper }: SkewedMean = skewedMeanWithInterval(influence, confidence, counts.telling - 1)
  return { ...open, lower: value + (lower - mean), upper: value + (upper - mean) }
}

function countSame(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let same = 0
  for (let i = 0; i < first.length; i++) if (first[i] === second[i]) same++
  return same
}
