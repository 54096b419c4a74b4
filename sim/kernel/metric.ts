/** A question that a run answers for every path, what its answer can be, and which limits of it say anything; the models declare theirs. */
import { InputError } from './errors.ts'
import { mostDays } from './plan.ts'

export interface Metric {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** An event is 1 or 0; an amount is a number. */
  readonly kind: 'event' | 'amount'
  /** For amounts: which end of the distribution is bad. */
  readonly bad: 'high' | 'low'
  /** Least value that a path can have, whatever happens on it; left out where there is none, and by events. */
  readonly lowest?: number
  /**
   * Greatest value that a path can have; left out where there is none, as of shares that can pass 1, and by events. 'days' is the
   * length of the run.
   */
  readonly highest?: number | 'days'
  /** Outcome columns that it reads. */
  readonly columns: readonly string[]
  readonly evaluate: (outcome: Readonly<Record<string, number>>) => number
}

/** Ends that may be infinite. */
export interface Range {
  readonly lowest: number
  readonly highest: number
}

type Bounded = Pick<Metric, 'kind' | 'lowest' | 'highest'>

/** The metrics as a run of so many days can answer them. */
export function metricsOver(metrics: readonly Metric[], days: number): readonly Metric[] {
  return metrics.map((metric) => (metric.highest === 'days' ? { ...metric, highest: days } : metric))
}

/**
 * What a path can have, and with it every mean, quantile, expected shortfall and probability over paths: in a run of any length,
 * or in the run whose metrics `metricsOver` gave.
 */
export function rangeOf({ kind, lowest, highest = Number.POSITIVE_INFINITY }: Bounded): Range {
  if (kind === 'event') return { lowest: 0, highest: 1 }
  return { lowest: lowest ?? Number.NEGATIVE_INFINITY, highest: highest === 'days' ? mostDays : highest }
}

/** What the difference of two paths can be, and with it that of any of those numbers. */
export function changeRangeOf(metric: Bounded): Range {
  const { lowest, highest } = rangeOf(metric)
  return { lowest: lowest - highest, highest: highest - lowest }
}

interface Ends {
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * An estimate whose bounds are within what the number can be at all; that takes nothing from their coverage. Null and infinite
 * bounds stay: what no paths bound is no finding.
 */
export function within<E extends Ends>(estimate: E, { lowest, highest }: Range): E {
  const held = (bound: number | null): number | null =>
    bound === null || !Number.isFinite(bound) ? bound : Math.min(highest, Math.max(lowest, bound))
  return { ...estimate, lower: held(estimate.lower), upper: held(estimate.upper) }
}

/** 'lies between 0 and 1', 'is never below 0'; undefined where it can be any number. */
export function rangeWords({ lowest, highest }: Range): string | undefined {
  const [isFloored, isCapped] = [Number.isFinite(lowest), Number.isFinite(highest)]
  if (isFloored && isCapped) return `lies between ${lowest} and ${highest}`
  if (isFloored) return `is never below ${lowest}`
  return isCapped ? `is never above ${highest}` : undefined
}

/**
 * '; 5 % is written 0.05' where a share was given as what can only be per cent; else nothing.
 * @param range what may be given; its ends only where it is closed
 */
export function percentHint(
  value: number,
  unit: string,
  { lowest, highest, closed = false }: Range & { readonly closed?: boolean },
  percent = '%',
): string {
  const share = Number((value / 100).toPrecision(12))
  const isOutside = value < lowest || value > highest
  const fits = closed ? share >= lowest && share <= highest : share > lowest && share < highest
  return unit.startsWith('1') && isOutside && fits ? `; ${value} ${percent} is written ${share}` : ''
}

/**
 * Asks that some path can be worse than a value, and some path not be.
 * @param orEqual the value itself counts as worse
 * @param asked begins the message: the option and what it was given
 * @throws InputError naming the metric, the value, and what the metric can be
 */
export function requirePassable(metric: Metric, value: number, orEqual = false, asked = ''): void {
  const range = rangeOf(metric)
  const isHigh = metric.bad === 'high'
  const [best, worst] = isHigh ? [range.lowest, range.highest] : [range.highest, range.lowest]
  const isWorse = (end: number): boolean => (isHigh ? end > value : end < value) || (orEqual && end === value)
  const side = (high: boolean): string => `is never ${high ? 'above' : 'below'}`
  if (!isWorse(worst)) {
    const hint = percentHint(value, metric.unit, range)
    throw new InputError(`${asked}no path is worse than ${value}: ${metric.name} ${side(isHigh)} ${worst}${hint}`)
  }
  if (isWorse(best))
    throw new InputError(`${asked}every path is as bad as ${value}: ${metric.name} ${side(!isHigh)} ${best}`)
}
