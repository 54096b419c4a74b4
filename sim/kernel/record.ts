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

/** A column with its words, as reports show it. */
export interface NamedColumn {
  readonly name: string
  readonly unit: string
  readonly meaning: string
}

/** Quantiles across paths of one daily column, counted in integer histograms. */
export interface Fan extends NamedColumn {
  readonly probabilities: readonly number[]
  /** days × probabilities, row by row. */
  readonly values: Float64Array
  /** The largest error of a value: absolute for a linear scale, relative for a log scale. */
  readonly bound: number
  readonly boundKind: 'absolute' | 'relative'
  /** Share of observations outside the histogram’s range; their quantiles are clamped to it. */
  readonly outside: number
}

/** One path, re-simulated alone and kept day by day. */
export interface PathStory {
  readonly path: number
  /** Why this path is told. */
  readonly reason: string
  /** Column name → one number a day. */
  readonly series: Readonly<Record<string, Float64Array>>
  /** What happened, in order, in plain words. */
  readonly events: readonly { readonly day: number; readonly text: string }[]
}

/** Everything that a report needs of a run; what a run folder holds. */
export interface RunRecord {
  readonly manifest: RunManifest
  /** Per path, in path order. */
  readonly outcomes: readonly NamedColumn[]
  readonly outcomeColumns: Readonly<Record<string, Float64Array>>
  readonly fans: readonly Fan[]
  /** The columns kept in each story, with unit and meaning. */
  readonly storyColumns: readonly NamedColumn[]
  readonly stories: readonly PathStory[]
}

/** One parameter as used, with its words: the assumptions table. */
export interface AssumptionRow {
  readonly name: string
  readonly value: number | string
  readonly standard: number | string
  readonly unit: string
  readonly from?: number
  readonly to?: number
  readonly choices?: readonly string[]
  readonly meaning: string
  readonly source: string
  readonly evidence: string
  /** Why the scenario sets it, when it does. */
  readonly because?: string
}

export interface RunManifest {
  readonly format: 1
  readonly scenario: {
    readonly name: string
    readonly question: string
    readonly file: string
    readonly extends: readonly string[]
  }
  /** SHA-256 of the plan in normal form: same hash and versions, same bytes. */
  readonly planHash: string
  readonly seed: string
  readonly paths: number
  readonly days: number
  readonly ticksPerDay: number
  readonly start: string
  /** The scenario in normal form: enough to run it again. */
  readonly normalForm: unknown
  readonly mechanism: Readonly<Record<string, string>>
  readonly assumptions: readonly AssumptionRow[]
  readonly shocks: readonly { readonly column: string; readonly words: string }[]
  readonly versions: Readonly<Record<string, string>>
  readonly commit: string | null
  /** What may differ between two identical runs: time taken, threads, machine. Never part of a comparison of bytes. */
  readonly timing: {
    readonly seconds: number
    readonly threads: number
    readonly batch: number
    readonly pathsPerSecond: number
    readonly finishedAt: string
  }
  readonly complete: boolean
}
