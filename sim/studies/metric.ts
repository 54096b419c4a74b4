/** The shape of a question that a run answers for every path; the models declare theirs. */

export interface Metric {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** An event is 1 or 0; an amount is a number. */
  readonly kind: 'event' | 'amount'
  /** For amounts: which end of the distribution is bad. */
  readonly bad: 'high' | 'low'
  /** Outcome columns that it reads. */
  readonly columns: readonly string[]
  readonly evaluate: (outcome: Readonly<Record<string, number>>) => number
}

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
