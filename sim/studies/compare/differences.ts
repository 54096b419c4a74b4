/** What a change does to each headline number: differences over the same paths, each with its interval and what it says. */
import { SideStream } from '../../kernel/random/streams.ts'
import { pValueOf } from '../../statistics/multiplicity.ts'
import { mcNemar, pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import {
  pairedMeanDifference,
  pairedQuantileDifference,
  pairedShortfallDifference,
} from '../../statistics/pairedTails.ts'
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import {
  type AmountHeadline,
  amountHeadline,
  type Estimate,
  type EventHeadline,
  eventHeadline,
  headlineLevels,
  shortfallLevel,
} from '../headline.ts'
import type { Metric } from '../metric.ts'
import { smallestSeen, smallestSeenOfEvents } from './detectable.ts'

/** same: equal on every path, which bounds what the others feel by how many there may be, not by how much. undecided: the interval contains 0, or has no end on the side of 0. */
export type Verdict = 'better' | 'worse' | 'same' | 'undecided'

export interface Difference extends Estimate {
  /** Null where no test belongs to the interval. */
  readonly p: number | null
  /** Holm's p-value among all tests of the comparison; null where p is. */
  readonly adjusted: number | null
  /** It is told apart by itself, and also when all tests of the comparison are counted. */
  readonly remains: boolean
  /** The smallest true difference that these paths would have told apart four times in five; null where unknown. */
  readonly smallest: number | null
  readonly verdict: Verdict
}

/** A difference before the tests of a comparison are counted. */
export type Alone<D> = Omit<D, 'difference'> & { readonly difference: Omit<Difference, 'adjusted' | 'remains'> }

export interface EventDifference {
  readonly name: string
  readonly meaning: string
  readonly first: EventHeadline
  readonly second: EventHeadline
  readonly onlyFirst: number
  readonly onlySecond: number
  /** Second minus first. */
  readonly difference: Difference
}

export interface AmountStatistic {
  /** mean, quantile or expectedShortfall. */
  readonly statistic: 'mean' | 'quantile' | 'expectedShortfall'
  /** Counted from the good end to the bad one; null for the mean. */
  readonly level: number | null
  readonly first: Estimate
  readonly second: Estimate
  readonly difference: Difference
  /** At least 50 paths stand behind it. */
  readonly enough: boolean
}

export interface AmountDifference {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly bad: 'high' | 'low'
  /** Paths whose value differs at all. */
  readonly differing: number
  /** Paths without a finite value under either; with any, only quantiles of each policy could be given, and none is. */
  readonly infinite: number
  readonly statistics: readonly AmountStatistic[]
}

export interface AmountAlone extends Omit<AmountDifference, 'statistics'> {
  readonly statistics: readonly Alone<AmountStatistic>[]
}

/** Resamples behind an interval of a difference of quantiles. */
export const resamples = 999

export function eventDifference(
  metric: Metric,
  first: Float64Array,
  second: Float64Array,
  confidence: number,
): Alone<EventDifference> {
  let [onlyFirst, onlySecond] = [0, 0]
  for (let path = 0; path < first.length; path++) {
    if (first[path] !== 0 && second[path] === 0) onlyFirst++
    if (first[path] === 0 && second[path] !== 0) onlySecond++
  }
  const { difference, lower, upper } = pairedProportionDifference(onlyFirst, onlySecond, first.length, confidence)
  const smallest = smallestSeenOfEvents({ lower, upper }, first.length, confidence)
  const bounds = { value: difference, lower, upper }
  const verdict = verdictOf(bounds, 'high', onlyFirst + onlySecond === 0)
  return {
    name: metric.name,
    meaning: metric.meaning,
    first: eventHeadline(metric, first, confidence),
    second: eventHeadline(metric, second, confidence),
    onlyFirst,
    onlySecond,
    difference: { ...bounds, p: mcNemar(onlyFirst, onlySecond), smallest, verdict },
  }
}

/** Mean, quantiles and expected shortfall of an amount, its tail being its bad end. */
export function amountDifference(
  metric: Metric,
  first: Float64Array,
  second: Float64Array,
  confidence: number,
): AmountAlone {
  const { name, meaning, unit, bad } = metric
  let [differing, infinite] = [0, 0]
  for (let path = 0; path < first.length; path++) {
    if (first[path] !== second[path]) differing++
    if (!Number.isFinite(first[path]) || !Number.isFinite(second[path])) infinite++
  }
  const shared = { name, meaning, unit, bad, differing, infinite }
  if (infinite > 0) return { ...shared, statistics: [] }
  const pair = { first, second, bad, differing, confidence }
  const [one, two] = [amountHeadline(metric, first, confidence), amountHeadline(metric, second, confidence)]
  return {
    ...shared,
    statistics: [
      meanStatistic(pair, one, two),
      ...headlineLevels.map((level, i) => quantileStatistic(pair, one, two, level, i)),
      shortfallStatistic(pair, one, two),
    ],
  }
}

interface Pair {
  readonly first: Float64Array
  readonly second: Float64Array
  readonly bad: Metric['bad']
  readonly differing: number
  readonly confidence: number
}

function meanStatistic(pair: Pair, one: AmountHeadline, two: AmountHeadline): Alone<AmountStatistic> {
  const { first, second, differing, confidence } = pair
  const at = (level: number): Estimate => ends(pairedMeanDifference(first, second, level))
  const found = at(confidence)
  return {
    statistic: 'mean',
    level: null,
    first: one.mean as Estimate,
    second: two.mean as Estimate,
    difference: stated(found, pair, found.lower === null ? null : pValueOf(at)),
    enough: differing >= MINIMUM_TAIL_COUNT,
  }
}

function quantileStatistic(
  pair: Pair,
  one: AmountHeadline,
  two: AmountHeadline,
  level: number,
  index: number,
): Alone<AmountStatistic> {
  const [first, second] = losses(pair)
  const side = new SideStream()
  side.open(0, 0, 0x9a17, index, 0, 0)
  const draw = (n: number): number => side.index(n)
  const found = pairedQuantileDifference(first, second, level, pair.confidence, draw, resamples)
  return {
    statistic: 'quantile',
    level,
    first: ends(one.quantiles[index]),
    second: ends(two.quantiles[index]),
    difference: stated(signed(found, pair.bad), pair, null),
    enough: found.tailCount >= MINIMUM_TAIL_COUNT,
  }
}

function shortfallStatistic(pair: Pair, one: AmountHeadline, two: AmountHeadline): Alone<AmountStatistic> {
  const [first, second] = losses(pair)
  const at = (confidence: number) => pairedShortfallDifference(first, second, shortfallLevel, confidence)
  const found = at(pair.confidence)
  const p = found.lower === null ? null : pValueOf(at)
  return {
    statistic: 'expectedShortfall',
    level: shortfallLevel,
    first: ends(one.expectedShortfall as Estimate),
    second: ends(two.expectedShortfall as Estimate),
    difference: stated(signed(found, pair.bad), pair, p),
    enough: found.tailCount >= MINIMUM_TAIL_COUNT,
  }
}

/** The values of both policies, counted so that high is bad. */
function losses({ first, second, bad }: Pair): readonly [Float64Array, Float64Array] {
  return bad === 'high' ? [first, second] : [first.map((value) => 0 - value), second.map((value) => 0 - value)]
}

/** A difference of losses, back in the sign of the metric. */
function signed({ value, lower, upper }: Estimate, bad: Metric['bad']): Estimate {
  if (bad === 'high') return { value, lower, upper }
  const negated = (bound: number | null): number | null => (bound === null ? null : 0 - bound)
  return { value: 0 - value, lower: negated(upper), upper: negated(lower) }
}

function ends({ value, lower, upper }: Estimate): Estimate {
  return { value, lower, upper }
}

function stated(bounds: Estimate, { bad, differing, confidence }: Pair, p: number | null) {
  const verdict = verdictOf(bounds, bad, differing === 0)
  return { ...bounds, p, smallest: differing === 0 ? null : smallestSeen(bounds, confidence), verdict }
}

function verdictOf({ lower, upper }: Estimate, bad: Metric['bad'], isSame: boolean): Verdict {
  if (isSame) return 'same'
  if (lower !== null && lower > 0) return bad === 'high' ? 'worse' : 'better'
  if (upper !== null && upper < 0) return bad === 'high' ? 'better' : 'worse'
  return 'undecided'
}
