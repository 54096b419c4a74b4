/** What a report reads from a run: its record, the questions asked of every path, and their answers, each computed once. */
import { rangeOf } from '../sim/kernel/metric.ts'
import type { Fan, NamedColumn, RunRecord } from '../sim/kernel/record.ts'
import { type AmountHeadline, type EventHeadline, type Headline, headline } from '../sim/studies/headline.ts'
import { evaluateMetric, type Metric } from '../sim/studies/metric.ts'
import { largestMagnitude, type Scale, scaleOf } from './format.ts'

/** Confidence of every interval of a report. */
export const confidence = 0.95

/** An amount with its value on every path. */
export interface Amount {
  readonly metric: Metric
  readonly headline: AmountHeadline
  /** One number a path, in path order. */
  readonly values: Float64Array
  readonly scale: Scale
  /** The least value that a path can have, minus infinity where there is none. */
  readonly floor: number
}

/** An event with whether it happened, 1 or 0, on every path. */
export interface Occurrence {
  readonly metric: Metric
  readonly headline: EventHeadline
  readonly values: Float64Array
}

/** An outcome column with its words. */
export interface OutcomeColumn extends NamedColumn {
  readonly values: Float64Array
  readonly scale: Scale
}

export interface Reading {
  readonly record: RunRecord
  readonly paths: number
  readonly headline: Headline
  readonly events: readonly Occurrence[]
  readonly amounts: readonly Amount[]
  /** By name; undefined when the run does not answer it. */
  amount(name: string): Amount | undefined
  event(name: string): Occurrence | undefined
  outcome(name: string): OutcomeColumn | undefined
  fan(column: string): Fan | undefined
}

/**
 * Reads a run. Questions whose columns the run does not keep are left out.
 * @throws Error when a metric is not a number on some path.
 */
export function readRun(record: RunRecord, metrics: readonly Metric[]): Reading {
  const columns = record.outcomeColumns
  const paths = record.manifest.paths
  const answered = metrics.filter((metric) => metric.columns.every((name) => columns[name]?.length === paths))
  const answers = headline(answered, columns, paths, confidence)
  const valuesOf = new Map(answered.map((metric) => [metric.name, evaluateMetric(metric, columns, paths)]))
  const metricOf = new Map(answered.map((metric) => [metric.name, metric]))
  const events = answers.events.map((event) => ({
    metric: metricOf.get(event.name) as Metric,
    headline: event,
    values: valuesOf.get(event.name) as Float64Array,
  }))
  const amounts = answers.amounts.map((amount) => {
    const values = valuesOf.get(amount.name) as Float64Array
    const metric = metricOf.get(amount.name) as Metric
    return {
      metric,
      headline: amount,
      values,
      scale: scaleOf(amount.unit, largestMagnitude(values)),
      floor: rangeOf(metric).lowest,
    }
  })
  return {
    record,
    paths,
    headline: answers,
    events,
    amounts,
    amount: (name) => amounts.find((a) => a.metric.name === name),
    event: (name) => events.find((e) => e.metric.name === name),
    outcome: (name) => outcomeOf(record, name),
    fan: (column) => record.fans.find((fan) => fan.name === column),
  }
}

function outcomeOf(record: RunRecord, name: string): OutcomeColumn | undefined {
  const column = record.outcomes.find((outcome) => outcome.name === name)
  const values = record.outcomeColumns[name]
  if (!column || !values) return undefined
  return { ...column, values, scale: scaleOf(column.unit, largestMagnitude(values)) }
}
