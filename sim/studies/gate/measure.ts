/** What some paths say of a statement: an estimate and two bounds, each holding with the confidence asked for. */
import type { Statement } from '../../../scenarios/policyStatement.ts'
import { changeRangeOf, rangeOf, within } from '../../kernel/metric.ts'
import { bonferroni, clopperPearson, quantileWithInterval } from '../../statistics/intervals.ts'
import { sortedColumn } from '../../statistics/orderStatistics.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import {
  largest,
  pairedQuantileDifference,
  pairedShortfallDifference,
  shortfallWithInterval,
  type TailEstimate,
  tellingTerms,
} from '../../statistics/pairedTails.ts'
import { skewedMeanWithInterval } from '../../statistics/skewedMean.ts'
import { expectedShortfallWithInterval, MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import type { Metric } from '../metric.ts'
import type { Method, StatementAnswer } from './answer.ts'

export type Measure = Pick<
  StatementAnswer,
  | ('value' | 'lower' | 'upper' | 'method' | 'exact')
  | ('tailPaths' | 'telling' | 'enough' | 'heavy' | 'indication' | 'infinite' | 'moved')
>

/** How a statement is measured, and whether its bounds are exact. */
export function methodOf({ statistic, change }: Statement): { readonly method: Method; readonly exact: boolean } {
  if (statistic === 'probability') return { method: change ? 'paired Clopper-Pearson' : 'Clopper-Pearson', exact: true }
  if (statistic === 'quantile') {
    return change ? { method: 'paired bootstrap', exact: false } : { method: 'order statistics', exact: true }
  }
  if (statistic === 'mean') return { method: 'Student, corrected for skewness', exact: false }
  return { method: change ? 'paired influence function' : 'influence function', exact: false }
}

export interface Evidence {
  readonly statement: Statement
  readonly metric: Metric
  /** One number a path of the scenario. */
  readonly values: Float64Array
  /** Of the baseline on the same luck; for changes only. */
  readonly baseline?: Float64Array
  /** Two-sided: each bound is passed with at most half of one minus this. */
  readonly confidence: number
  /** A whole number from 0 to n - 1, for bootstraps. */
  readonly draw: (n: number) => number
}

/** The estimate and its bounds, within what the number can be; both may be infinite. */
export function measure(evidence: Evidence): Measure {
  const { statement, metric } = evidence
  return within(measured(evidence), statement.change ? changeRangeOf(metric) : rangeOf(metric))
}

function measured(evidence: Evidence): Measure {
  const { statement, values, baseline } = evidence
  const infinite = infiniteIn(values) + (baseline ? infiniteIn(baseline) : 0)
  const moved = baseline ? countMoved(baseline, values) : null
  const usual = { ...methodOf(statement), telling: null, heavy: false, indication: false, infinite, moved }
  if (statement.statistic === 'probability') return { ...usual, ...probability(evidence) }
  if (statement.statistic === 'quantile') return { ...usual, ...quantile(evidence, infinite > 0) }
  if (infinite > 0) return { ...usual, ...withInfinite(evidence) }
  const found = { ...usual, ...(statement.statistic === 'mean' ? mean(evidence) : shortfall(evidence)) }
  return { ...found, indication: !found.enough || found.heavy }
}

type Estimate = Pick<Measure, 'value' | 'lower' | 'upper' | 'tailPaths' | 'enough'> & Partial<Measure>

/**
 * A mean or a shortfall of which some path is infinite is infinite itself, whatever other paths show. That breaks a limit on
 * its side; to the other side nothing is claimed, nor of a change of what was infinite before.
 */
function withInfinite({ statement, metric, values, baseline }: Evidence): Estimate {
  const bad = statement.side === 'atMost' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const counts = { tailPaths: null, enough: false }
  const isBadEnd = statement.statistic === 'mean' || (metric.bad === 'high') === (statement.side === 'atMost')
  const isSure = isBadEnd && !values.includes(0 - bad) && (!baseline || infiniteIn(baseline) === 0)
  if (isSure && values.includes(bad)) return { value: bad, lower: bad, upper: bad, ...counts }
  return { value: null, lower: null, upper: null, ...counts }
}

function probability({ values, baseline, confidence }: Evidence): Estimate {
  const count = values.length
  if (!baseline) {
    const occurrences = values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0)
    const bounds = clopperPearson(occurrences, count, confidence)
    return { value: occurrences / count, ...bounds, ...tail(occurrences) }
  }
  let [onlyFirst, onlySecond] = [0, 0]
  for (let path = 0; path < count; path++) {
    if (values[path] === baseline[path]) continue
    if (values[path] === 0) onlyFirst++
    else onlySecond++
  }
  const { difference, lower, upper } = pairedProportionDifference(onlyFirst, onlySecond, count, confidence)
  return { value: difference, lower, upper, ...tail(onlyFirst + onlySecond) }
}

function quantile({ statement, values, baseline, confidence, draw }: Evidence, isInfinite: boolean): Estimate {
  const level = statement.level as number
  if (!baseline) {
    const { tailCount, ...found } = quantileWithInterval(sortedColumn(values), level, confidence)
    return { ...boundsOf(found), ...tail(tailCount) }
  }
  if (isInfinite) return unpairedQuantile(baseline, values, level, confidence)
  const resamples = Math.max(2000, Math.ceil(40 / (1 - confidence)))
  const found = pairedQuantileDifference(baseline, values, level, confidence, draw, resamples)
  const method = found.exact ? pairedRanks : {}
  const indication = !found.exact && found.tailCount < MINIMUM_TAIL_COUNT
  return { ...ofTail(found, 1), ...method, telling: found.telling, indication }
}

const pairedRanks = { method: 'paired order statistics', exact: true } as const

/** Infinite values have ranks, though no differences: each quantile has its own bounds, at half the error. */
function unpairedQuantile(first: Float64Array, second: Float64Array, level: number, confidence: number): Estimate {
  const each = bonferroni(confidence, 2)
  const [before, after] = [first, second].map((column) => quantileWithInterval(sortedColumn(column), level, each))
  const minus = (a: number | null, b: number | null): number | null => {
    const difference = a === null || b === null ? Number.NaN : a - b
    return Number.isNaN(difference) ? null : difference
  }
  const [lower, upper] = [minus(after.lower, before.upper), minus(after.upper, before.lower)]
  const counts = tail(Math.min(before.tailCount, after.tailCount))
  return { value: minus(after.value, before.value), lower, upper, ...counts, method: 'order statistics', exact: true }
}

/** Paths that are like the median one do not say how rare others are, nor how far off: those that are not must be many. */
function mean({ values, baseline, confidence }: Evidence): Estimate {
  const terms = baseline ? values.map((value, path) => value - baseline[path]) : values
  const telling = tellingTerms(terms, largest(values, baseline ?? values))
  const value = terms.reduce((sum, term) => sum + term, 0) / terms.length
  const counts = { tailPaths: null, telling, enough: telling >= MINIMUM_TAIL_COUNT }
  if (telling < 2) return { value, lower: null, upper: null, ...counts }
  const found = skewedMeanWithInterval(terms, confidence, telling - 1)
  return { value: found.mean, lower: found.lower, upper: found.upper, ...counts }
}

/** Losses are what counts from the good end; an amount whose low end is bad is turned round, and back. */
function shortfall({ statement, metric, values, baseline, confidence }: Evidence): Estimate {
  const level = statement.level as number
  const sign = metric.bad === 'high' ? 1 : -1
  const losses = (column: Float64Array) => (sign === 1 ? column : column.map((value) => -value))
  const after = losses(values)
  const { heavy } = expectedShortfallWithInterval(after, level, confidence)
  const found = baseline
    ? pairedShortfallDifference(losses(baseline), after, level, confidence)
    : shortfallWithInterval(after, level, confidence)
  const { telling, tailCount } = found
  return { ...ofTail(found, sign), telling, enough: Math.min(telling, tailCount) >= MINIMUM_TAIL_COUNT, heavy }
}

function ofTail({ value, lower, upper, tailCount }: TailEstimate, sign: 1 | -1): Estimate {
  const turned = (bound: number | null) => (bound === null ? null : 0 - bound)
  if (sign === 1) return { value, lower, upper, ...tail(tailCount) }
  return { value: 0 - value, lower: turned(upper), upper: turned(lower), ...tail(tailCount) }
}

function boundsOf({ value, lower, upper }: Pick<Measure, 'value' | 'lower' | 'upper'>) {
  return { value, lower, upper }
}

function tail(tailPaths: number): Pick<Measure, 'tailPaths' | 'enough'> {
  return { tailPaths, enough: tailPaths >= MINIMUM_TAIL_COUNT }
}

function infiniteIn(values: Float64Array): number {
  return values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0)
}

function countMoved(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, path) => sum + (value === second[path] ? 0 : 1), 0)
}
