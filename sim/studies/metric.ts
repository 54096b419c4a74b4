/** The answers of a run to a metric, path by path. */
import type { Metric } from '../kernel/metric.ts'

export type { Metric }

/** Outcome columns by name: one number a path, in path order. */
export type OutcomeColumns = Readonly<Record<string, Float64Array>>

/**
 * One number a path, in path order.
 * @throws Error (a defect of the model) when a column is missing or a path has no number.
 */
export function evaluateMetric(metric: Metric, columns: OutcomeColumns, paths: number): Float64Array {
  const row: Record<string, number> = {}
  const read = metric.columns.map((name) => {
    const column = columns[name]
    if (!column) throw new Error(`metric ${metric.name} reads ${name}, which the run does not keep`)
    return { name, column }
  })
  const values = new Float64Array(paths)
  for (let path = 0; path < paths; path++) {
    for (const { name, column } of read) row[name] = column[path]
    const value = metric.evaluate(row)
    if (Number.isNaN(value)) throw new Error(`metric ${metric.name} is not a number on path ${path}`)
    values[path] = value
  }
  return values
}
