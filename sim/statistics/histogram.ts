/** Histograms of whole numbers: daily fans from millions of paths in fixed memory, merged in any order to the same bytes. */
import { requireCount } from './checks.ts'
import { quantileInterval } from './intervals.ts'
import { quantileRank } from './orderStatistics.ts'

/** How values fall into buckets; the first and last bucket hold what lies outside the range. */
export interface HistogramLayout {
  readonly kind: 'linear' | 'logarithmic'
  /** Number of buckets, so also the length of the counts of one day. */
  readonly buckets: number
  /** How far a value inside the range can lie from the middle of its bucket, in words and number. */
  readonly error: { readonly absolute: number; readonly relative: number }
  /** Bucket of a value. @throws RangeError for NaN. */
  bucketOf(value: number): number
  /** Lower edge of a bucket; bucketEdge(buckets) is the upper edge of the last. */
  edge(bucket: number): number
}

/**
 * Buckets of equal width from `lower` to `upper`, and one beyond each end. A value inside lies within half a width of the
 * middle of its bucket. Edges belong to the bucket above.
 */
export function linearLayout(lower: number, upper: number, inside: number): HistogramLayout {
  requireCount(inside, 'number of buckets', 1, 1 << 24)
  if (!(lower < upper && Number.isFinite(upper - lower))) {
    throw new RangeError(`invalid range of a histogram: ${lower} to ${upper}; lower below upper, both finite wanted`)
  }
  const width = (upper - lower) / inside
  const edge = (bucket: number) =>
    bucket <= 0
      ? -Infinity
      : bucket > inside + 1
        ? Infinity
        : bucket === inside + 1
          ? upper
          : lower + (bucket - 1) * width
  const bucketOf = (value: number) => {
    if (Number.isNaN(value)) throw new RangeError('invalid value for a histogram: NaN; a number wanted')
    if (value < lower) return 0
    if (value >= upper) return inside + 1
    let bucket = Math.min(inside, 1 + Math.floor((value - lower) / width))
    if (value < edge(bucket)) bucket--
    else if (value >= edge(bucket + 1)) bucket++
    return bucket
  }
  return { kind: 'linear', buckets: inside + 2, error: { absolute: width / 2, relative: 0 }, bucketOf, edge }
}

const MANTISSA_BITS = 20
const bits = new DataView(new ArrayBuffer(8))

/** Sign-free exponent and leading mantissa bits of a number: an integer that grows with its magnitude. */
function magnitudeKey(value: number, dropped: number): number {
  bits.setFloat64(0, value)
  return (bits.getUint32(0) & 0x7fffffff) >>> dropped
}

function fromMagnitudeKey(key: number, dropped: number): number {
  bits.setUint32(0, (key << dropped) >>> 0)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/**
 * Buckets whose width grows with the magnitude, for values of both signs: 2^stepBits equal steps in every octave from
 * `smallest` to `largest`, one bucket around zero, one beyond each end. A value lies within 2^-(stepBits + 1) of its own
 * magnitude of the middle of its bucket, or within `smallest` where it is nearer to zero than that. Buckets are read from
 * the bits of the number, so edges are exact on every engine.
 * @param smallest, largest magnitudes, widened outwards to the nearest bucket edges.
 */
export function logarithmicLayout(smallest: number, largest: number, stepBits: number): HistogramLayout {
  requireCount(stepBits, 'step bits', 0, 12)
  if (!(smallest >= 1e-300 && smallest < largest && largest <= 1e300)) {
    throw new RangeError(
      `invalid range of a histogram: ${smallest} to ${largest}; 1e-300 <= smallest < largest <= 1e300`,
    )
  }
  const dropped = MANTISSA_BITS - stepBits
  const first = magnitudeKey(smallest, dropped)
  const past = magnitudeKey(largest, dropped) + 1
  const steps = past - first
  const zero = steps + 1
  const least = fromMagnitudeKey(first, dropped)
  const bucketOf = (value: number) => {
    if (Number.isNaN(value)) throw new RangeError('invalid value for a histogram: NaN; a number wanted')
    const key = magnitudeKey(value, dropped)
    if (key < first) return zero
    const step = Math.min(key, past) - first + 1
    return value > 0 ? zero + step : zero - step
  }
  const edge = (bucket: number) => {
    const step = bucket - zero
    if (step > steps + 1) return Infinity
    if (step > 0) return fromMagnitudeKey(first + step - 1, dropped)
    return bucket <= 0 ? -Infinity : -fromMagnitudeKey(first - step, dropped)
  }
  const relative = 1 / (1 << (stepBits + 1))
  return { kind: 'logarithmic', buckets: 2 * steps + 3, error: { absolute: least, relative }, bucketOf, edge }
}

/** Empty counts of one histogram. */
export function emptyCounts(layout: HistogramLayout): Uint32Array {
  return new Uint32Array(layout.buckets)
}

/** Adds one value. @throws RangeError for NaN. */
export function addValue(layout: HistogramLayout, counts: Uint32Array, value: number): void {
  const bucket = layout.bucketOf(value)
  counts[bucket] = (counts[bucket] as number) + 1
}

/** Adds every value of a column. @throws RangeError for NaN, with its index, before anything is counted. */
export function addColumn(layout: HistogramLayout, counts: Uint32Array, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) throw new RangeError(`invalid values: NaN at index ${i}; a number wanted`)
  }
  for (let i = 0; i < values.length; i++) addValue(layout, counts, values[i] as number)
}

/** Adds the counts of `source` to `target`; whole numbers, so any order of merging gives the same counts. */
export function mergeCounts(target: Uint32Array, source: Uint32Array): void {
  if (target.length !== source.length) {
    throw new RangeError(
      `unequal histograms: ${target.length} and ${source.length} buckets; one layout for both wanted`,
    )
  }
  for (let i = 0; i < target.length; i++) {
    const sum = (target[i] as number) + (source[i] as number)
    if (sum > 0xffffffff) throw new RangeError(`overflow of bucket ${i}: ${sum}; at most 4,294,967,295 wanted`)
    target[i] = sum
  }
}

/** A value known to its bucket: the true one lies from lower to upper. */
export interface BucketValue {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** Number of values counted. */
export function totalCount(counts: Uint32Array): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i] as number
  return total
}

/**
 * The order statistic of a 1-based rank: its bucket's edges, and their middle. A bucket beyond the range answers with its
 * finite edge as value and an infinite bound.
 */
export function histogramOrderStatistic(layout: HistogramLayout, counts: Uint32Array, rank: number): BucketValue {
  requireCount(rank, 'rank', 1, totalCount(counts))
  let seen = 0
  let bucket = -1
  while (seen < rank) seen += counts[++bucket] as number
  const lower = layout.edge(bucket)
  const upper = layout.edge(bucket + 1)
  if (lower === -Infinity) return { value: upper, lower, upper }
  if (upper === Infinity) return { value: lower, lower, upper }
  return { value: lower + (upper - lower) / 2, lower, upper }
}

/** A quantile of a histogram: within its bucket, and within its order-statistic interval (null = unbounded). */
export interface HistogramQuantile extends BucketValue {
  /** Interval of the true quantile, widened outwards to bucket edges. */
  readonly interval: { readonly lower: number | null; readonly upper: number | null }
  readonly count: number
}

/**
 * The p-quantile (rank ceil(n p)) of what was counted, with its bucket and its order-statistic interval.
 * @throws RangeError when nothing was counted or a probability is not between 0 and 1.
 */
export function histogramQuantile(
  layout: HistogramLayout,
  counts: Uint32Array,
  p: number,
  confidence: number,
): HistogramQuantile {
  const count = totalCount(counts)
  if (count === 0) throw new RangeError('no values: nothing was counted in this histogram')
  const ranks = quantileInterval(count, p, confidence)
  const bound = (rank: number | null, end: 'lower' | 'upper') => {
    if (rank === null) return null
    const value = histogramOrderStatistic(layout, counts, rank)[end]
    return Number.isFinite(value) ? value : null
  }
  return {
    ...histogramOrderStatistic(layout, counts, quantileRank(count, p)),
    interval: { lower: bound(ranks.lower, 'lower'), upper: bound(ranks.upper, 'upper') },
    count,
  }
}
