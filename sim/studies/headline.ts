/** The headline of a run: every event with its probability, every amount with its tail, each with its uncertainty. */
import { rangeOf, within } from '../kernel/metric.ts'
import { clopperPearson, pathsNeeded, quantileWithInterval } from '../statistics/intervals.ts'
import { meanWithInterval } from '../statistics/means.ts'
import { sortedColumn } from '../statistics/orderStatistics.ts'
import { leastTail, shortfallWithInterval } from '../statistics/pairedTails.ts'
import { expectedShortfallWithInterval, MINIMUM_TAIL_COUNT } from '../statistics/tailRisk.ts'
import { evaluateMetric, type Metric, type OutcomeColumns } from './metric.ts'

/** Levels of the quantiles of a headline, counted from the good end towards the bad one. */
export const headlineLevels: readonly number[] = [0.5, 0.95, 0.975, 0.99, 0.999]

/** Tail paths below which an expected shortfall has no interval: its standard error is then itself a guess. */
export const leastShortfallTail = leastTail

/** Level of the expected shortfall of a headline. */
export const shortfallLevel = 0.975

export interface EventHeadline {
  readonly name: string
  readonly meaning: string
  /** Paths on which it happened. */
  readonly occurrences: number
  readonly paths: number
  readonly probability: number
  /** Clopper-Pearson: two-sided, or one-sided where it happened on no path (upper) or on every one (lower). */
  readonly side: 'both' | 'upper' | 'lower'
  readonly lower: number
  readonly upper: number
}

export interface Estimate {
  readonly value: number
  /** Null = unbounded by these paths. */
  readonly lower: number | null
  readonly upper: number | null
}

export interface QuantileHeadline extends Estimate {
  readonly level: number
  /** Paths worse than the value. */
  readonly tailPaths: number
  /** At least 50 paths stand behind it. */
  readonly enough: boolean
  /** Paths that an interval bounded on both sides asks for. */
  readonly pathsNeeded: number
}

export interface ShortfallHeadline extends Estimate {
  readonly level: number
  readonly tailPaths: number
  readonly enough: boolean
  /** The tail is so heavy that no interval can be believed. */
  readonly heavy: boolean
}

export interface AmountHeadline {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly bad: 'high' | 'low'
  readonly paths: number
  /** Null where some path has an infinite value. */
  readonly mean: Estimate | null
  readonly quantiles: readonly QuantileHeadline[]
  /** Mean of the worst paths, with the paths that its interval asks for; null where some path has an infinite value. */
  readonly expectedShortfall: (ShortfallHeadline & { readonly pathsNeeded: number }) | null
  /** Paths whose value is infinite, such as a buffer that nothing could have filled. */
  readonly infinite: number
}

export interface Headline {
  readonly paths: number
  readonly confidence: number
  readonly events: readonly EventHeadline[]
  readonly amounts: readonly AmountHeadline[]
}

/**
 * What the paths of a run say of each metric, in the order of the metrics.
 * @param columns outcome columns that the metrics read, one number a path
 * @throws RangeError when there are no paths or confidence is not between 0 and 1.
 */
export function headline(
  metrics: readonly Metric[],
  columns: OutcomeColumns,
  paths: number,
  confidence = 0.95,
): Headline {
  const events: EventHeadline[] = []
  const amounts: AmountHeadline[] = []
  for (const metric of metrics) {
    const values = evaluateMetric(metric, columns, paths)
    if (metric.kind === 'event') events.push(eventHeadline(metric, values, confidence))
    else amounts.push(amountHeadline(metric, values, confidence))
  }
  return { paths, confidence, events, amounts }
}

/** k of n with its exact interval; none or all of n has one end to find, and all the confidence goes to it. */
export function eventHeadline(metric: Metric, values: Float64Array, confidence: number): EventHeadline {
  let occurrences = 0
  for (const value of values) if (value !== 0) occurrences++
  const paths = values.length
  const side = occurrences === 0 ? 'upper' : occurrences === paths ? 'lower' : 'both'
  const { lower, upper } = clopperPearson(occurrences, paths, confidence, side === 'both' ? undefined : side)
  const { name, meaning } = metric
  return { name, meaning, occurrences, paths, probability: occurrences / paths, side, lower, upper }
}

/** Mean, quantiles and expected shortfall of an amount, its tail being its bad end. */
export function amountHeadline(metric: Metric, values: Float64Array, confidence: number): AmountHeadline {
  const sign = metric.bad === 'high' ? 1 : -1
  const losses = sign === 1 ? values : values.map((value) => -value)
  let infinite = 0
  for (const value of values) if (!Number.isFinite(value)) infinite++
  const sorted = sortedColumn(losses, metric.name)
  const range = rangeOf(metric)
  return {
    name: metric.name,
    meaning: metric.meaning,
    unit: metric.unit,
    bad: metric.bad,
    paths: values.length,
    mean: infinite > 0 ? null : within(meanOf(values, confidence), range),
    quantiles: headlineLevels.map((level) => quantileOf(sorted, level, confidence, sign)),
    expectedShortfall: infinite > 0 ? null : within(shortfallHeadline(losses, shortfallLevel, confidence, sign), range),
    infinite,
  }
}

function meanOf(values: Float64Array, confidence: number): Estimate {
  const { mean, lower, upper } = meanWithInterval(values, confidence)
  return { value: mean, lower, upper }
}

function quantileOf(sorted: Float64Array, level: number, confidence: number, sign: 1 | -1): QuantileHeadline {
  const estimate = quantileWithInterval(sorted, level, confidence)
  return {
    level,
    ...signed(estimate, sign),
    tailPaths: estimate.tailCount,
    enough: estimate.tailCount >= MINIMUM_TAIL_COUNT,
    pathsNeeded: pathsNeeded(level, confidence),
  }
}

/**
 * Expected shortfall of losses with the interval that a gate judges by, corrected for skewness; unbounded on fewer than 10 tail
 * paths. A tail with fewer than 10 paths beyond its value at risk, such as one without any loss, keeps its standard error.
 * @param sign -1 gives it back as an amount whose low end is bad
 */
export function shortfallHeadline(
  losses: Float64Array,
  level: number,
  confidence: number,
  sign: 1 | -1,
): ShortfallHeadline & { readonly pathsNeeded: number } {
  const plain = expectedShortfallWithInterval(losses, level, confidence)
  const { value, tailCount, enough, heavy } = plain
  const corrected = shortfallWithInterval(losses, level, confidence)
  const { lower, upper } = corrected.lower === null ? plain : corrected
  const bounded = tailCount >= leastShortfallTail
  const estimate = bounded ? { value, lower, upper } : { value, lower: null, upper: null }
  // 1e-9: 1 - level is not exact, and a whole number must not become the next
  const pathsNeeded = Math.ceil(leastShortfallTail / (1 - level) - 1e-9)
  return { level, ...signed(estimate, sign), tailPaths: tailCount, enough, heavy, pathsNeeded }
}

/** A loss and its bounds, back in the sign of the metric: the bounds of a negated value change places. */
function signed(loss: Estimate, sign: 1 | -1): Estimate {
  const { value, lower, upper } = loss
  if (sign === 1) return { value, lower, upper }
  const negated = (bound: number | null): number | null => (bound === null ? null : 0 - bound)
  return { value: 0 - value, lower: negated(upper), upper: negated(lower) }
}
