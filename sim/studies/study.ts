/** What every finished study leaves behind, whatever it asked. */

export const studyKinds = ['compare', 'sweep', 'size', 'sensitivity', 'reverse', 'gate', 'tails'] as const

export type StudyKind = (typeof studyKinds)[number]

/** A scenario that a study asked about. */
export interface StudiedScenario {
  readonly name: string
  readonly question: string
  readonly file: string
  /** SHA-256 of its plan before any dial is turned. */
  readonly planHash: string
  readonly seed: string
  readonly days: number
  readonly ticksPerDay: number
  readonly start: string
  readonly normalForm: unknown
}

/** What a path of one way of simulating costs. */
export interface Pace {
  readonly method: string
  /** Processor seconds of one path. */
  readonly seconds: number
  /** Paths that were timed. */
  readonly paths: number
  /** Processor seconds of one path in each turn; ways take turns, so that those of one turn met the same machine. */
  readonly turns: readonly number[]
}

export interface StudyManifest {
  readonly format: 1
  readonly kind: StudyKind
  /** In plain words. */
  readonly title: string
  /** What was asked, as data: same question, scenarios and versions, same bytes. */
  readonly question: unknown
  readonly studyHash: string
  readonly scenarios: readonly StudiedScenario[]
  readonly versions: Readonly<Record<string, string>>
  readonly commit: string | null
  /** What may differ between two identical studies. Never part of a comparison of bytes. */
  readonly timing: {
    readonly seconds: number
    readonly threads: number
    readonly cells: number
    readonly paths: number
    readonly finishedAt: string
    /** The command line that made it, ready for a shell. */
    readonly command: string
    /** Where ways of simulating are compared: what a path of each costs here. */
    readonly paces?: readonly Pace[]
  }
  readonly complete: boolean
}
