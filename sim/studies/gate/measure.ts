/** What some paths say of a statement: an estimate and two bounds, each holding with the confidence asked for. */
import type { Statement } from '../../../scenarios/policyStatement.ts'
import { clopperPearson, quantileWithInterval } from '../../statistics/intervals.ts'
import { sortedColumn } from '../../statistics/orderStatistics.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import {
  pairedQuantileDifference,
  pairedShortfallDifference,
  shortfallWithInterval,
  type TailEstimate,
} from '../../statistics/pairedTails.ts'
import { skewedMeanWithInterval } from '../../statistics/skewedMean.ts'
import { expectedShortfallWithInterval, MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import type { Metric } from '../metric.ts'
import type { Method, StatementAnswer } from './answer.ts'

export type Measure = Pick<
  StatementAnswer,
  'value' | 'lower' | 'upper' | 'tailPaths' | 'enough' | 'heavy' | 'infinite' | 'moved'
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

/** The estimate and its bounds. */
export function measure(evidence: Evidence): Measure {
  const { statement, values, baseline } = evidence
  const infinite = infiniteIn(values) + (baseline ? infiniteIn(baseline) : 0)
  const moved = baseline ? countMoved(baseline, values) : null
  const shared = { infinite, moved, heavy: false }
  const needsFinite = statement.change || statement.statistic === 'mean' || statement.statistic === 'expectedShortfall'
  if (infinite > 0 && needsFinite) {
    return { ...shared, value: null, lower: null, upper: null, tailPaths: null, enough: false }
  }
  if (statement.statistic === 'probability') return { ...shared, ...probability(evidence) }
  if (statement.statistic === 'quantile') return { ...shared, ...quantile(evidence) }
  if (statement.statistic === 'mean') return { ...shared, ...mean(evidence) }
  return { ...shared, ...shortfall(evidence) }
}

type Estimate = Pick<Measure, 'value' | 'lower' | 'upper' | 'tailPaths' | 'enough'> & { readonly heavy?: boolean }

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

function quantile({ statement, values, baseline, confidence, draw }: Evidence): Estimate {
  const level = statement.level as number
  if (!baseline) {
    const { value, lower, upper, tailCount } = quantileWithInterval(sortedColumn(values), level, confidence)
    return { value: finite(value), lower: finite(lower), upper: finite(upper), ...tail(tailCount) }
  }
  const resamples = Math.max(2000, Math.ceil(40 / (1 - confidence)))
  return ofTail(pairedQuantileDifference(baseline, values, level, confidence, draw, resamples), 1)
}

/** A mean of which fewer than two paths tell anything is unbounded: paths that are all alike do not say how rare others are. */
function mean({ values, baseline, confidence }: Evidence): Estimate {
  const terms = baseline ? values.map((value, path) => value - baseline[path]) : values
  const usual = baseline ? 0 : sortedColumn(terms)[Math.floor(terms.length / 2)]
  const telling = terms.reduce((sum, term) => sum + (term === usual ? 0 : 1), 0)
  const value = terms.reduce((sum, term) => sum + term, 0) / terms.length
  const enough = telling >= MINIMUM_TAIL_COUNT
  if (baseline && telling === 0) return { value: 0, lower: 0, upper: 0, tailPaths: null, enough }
  if (telling < 2) return { value, lower: null, upper: null, tailPaths: null, enough }
  const found = skewedMeanWithInterval(terms, confidence, telling - 1)
  return { value: found.mean, lower: found.lower, upper: found.upper, tailPaths: null, enough }
}

/** Losses are what counts from the good end; an amount whose low end is bad is turned round, and back. */
function shortfall({ statement, metric, values, baseline, confidence }: Evidence): Estimate {
  const level = statement.level as number
  const sign = metric.bad === 'high' ? 1 : -1
  const losses = (column: Float64Array) => (sign === 1 ? column : column.map((value) => -value))
  const after = losses(values)
  const { heavy } = expectedShortfallWithInterval(after, level, confidence)
  if (!baseline) return { ...ofTail(shortfallWithInterval(after, level, confidence), sign), heavy }
  return { ...ofTail(pairedShortfallDifference(losses(baseline), after, level, confidence), sign), heavy }
}

function ofTail({ value, lower, upper, tailCount }: TailEstimate, sign: 1 | -1): Estimate {
  const turned = (bound: number | null) => (bound === null ? null : 0 - bound)
  if (sign === 1) return { value, lower, upper, ...tail(tailCount) }
  return { value: 0 - value, lower: turned(upper), upper: turned(lower), ...tail(tailCount) }
}

function tail(tailPaths: number): Pick<Measure, 'tailPaths' | 'enough'> {
  return { tailPaths, enough: tailPaths >= MINIMUM_TAIL_COUNT }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

function infiniteIn(values: Float64Array): number {
  return values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0)
}

function countMoved(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, path) => sum + (value === second[path] ? 0 : 1), 0)
}
