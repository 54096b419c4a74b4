/** What is kept of a run: one row a path at its end, and each day the value of a few columns on every path. */

/** A daily column for the fans of the report, counted into histograms; `from` and `to` bound the linear buckets. */
export interface SeriesDeclaration {
  /** room.column; one number a path. */
  readonly column: string
  readonly scale: 'linear' | 'log'
  readonly from: number
  readonly to: number
}

export interface RecordDeclaration {
  /** room.column of what is stored for each path at the end of its last day; one number a path. */
  readonly outcomes: readonly string[]
  readonly series: readonly SeriesDeclaration[]
}

/** Receives, once a day after the evening, every series of the batch. */
export interface DailyObserver {
  /** @param values column of the series, indexed by path in the batch */
  observe(series: number, day: number, values: Float64Array, active: Int32Array, count: number): void
}
