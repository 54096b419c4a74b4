/** What a model tells the reverse stress test of itself: its luck, what to look for on a path, and what may be moved on purpose. */
import type { Shock } from '../../../scenarios/shocks.ts'
import type { Plan } from '../../kernel/plan.ts'

/**
 * A number of a path's luck that is standard normal under the model's own law and independent of the other coordinates:
 * `drawn` is a weighted sum of normal numbers (of draws of another law: the normal numbers of the same probability), `lowest`
 * the smallest of the uniform draws of a block of days, turned so that + is a smaller one.
 */
export type Coordinate = DrawnCoordinate | LowestCoordinate

interface NamedCoordinate {
  /** Short, such as: rents, days 1–122. */
  readonly name: string
  readonly meaning: string
  /** Block of days, from 0; null for draws that are made once, before the first day. */
  readonly block: number | null
}

export interface DrawnCoordinate extends NamedCoordinate {
  readonly kind: 'drawn'
  /** Squares of the weights sum to 1. */
  readonly parts: readonly { readonly shock: string; readonly index?: number; readonly weight: number }[]
}

export interface LowestCoordinate extends NamedCoordinate {
  readonly kind: 'lowest'
  readonly shock: string
  /** The part of the law at its low end that brings the event, such as the daily probability of a glut. */
  readonly of: number
}

export interface ShockSpace {
  /** Blocks of nearly equal length into which the days are cut. */
  readonly blocks: number
  readonly coordinates: readonly Coordinate[]
}

/** Columns of one path: one number a day, or as many as the column has agents (day × agents + agent). */
export type WatchedSeries = Readonly<Record<string, Float64Array>>

/** What is found on one path that is looked at closely. */
export interface Testimony {
  /** Key of the first material thing that went wrong. */
  readonly cause: string
  /** Amounts by name, in natural units. */
  readonly amounts: Readonly<Record<string, number>>
  /** Day of each mark, −1 where it never came. */
  readonly marks: Readonly<Record<string, number>>
  /** Names that belong to amounts, such as who it was that defaulted. */
  readonly names: Readonly<Record<string, string>>
}

export interface WitnessedAmount {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  /** The end at which it is unusual. */
  readonly bad: 'high' | 'low'
  /** Amounts of one family say the same of different windows; the most unusual one is told. */
  readonly family?: string
  /** A clause of the narration; `who` is the name that most paths have for it. */
  readonly words: (value: number, who: string | undefined) => string
}

export interface WitnessedMark {
  readonly name: string
  readonly words: string
}

/** Looks at a path day by day. */
export interface Witness {
  /** room.column, of one number a path or one a path and agent. */
  readonly columns: readonly string[]
  /** First causes by key, in words that follow “first”. */
  readonly causes: Readonly<Record<string, string>>
  readonly amounts: readonly WitnessedAmount[]
  readonly marks: readonly WitnessedMark[]
  /** @param until last day that counts: that of the failure, or the last of the run */
  readonly testify: (series: WatchedSeries, plan: Plan, until: number) => Testimony
}

/** Something that a scenario can order, in one size. */
export interface Lever {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** Sizes that are tried; the first does nothing. */
  readonly from: number
  readonly to: number
  /** The largest that a run can hold, where that may be less than `to`: beyond it all sizes would be one stress. */
  readonly largest?: (plan: Pick<Plan, 'days' | 'tables'>) => number
  readonly integer?: true
  readonly shocks: (size: number, days: number) => readonly Shock[]
  /** The stress that is simulated in a run of so many days. */
  readonly words: (size: number, days: number) => string
  /** The amount of plain paths that is of the same kind, and its value at a size. */
  readonly seen?: { readonly amount: string; readonly at: (size: number) => number }
}

/** The orders that bring a path of typical luck where the paths of a mode went. */
export interface Reproduction {
  /** Column whose path is brought to that of the mode by a factor: of rents, say; null where there is none. */
  readonly followed: { readonly column: string; readonly lever: string } | null
  /** Events of the mode: ordered where at least half of its paths had the mark, on its middle day. */
  readonly ordered: readonly {
    readonly mark: string
    /** Only for modes of these causes; for all without it. */
    readonly causes?: readonly string[]
    readonly shocks: (day: number) => readonly Shock[]
  }[]
}

export interface StressLanguage {
  readonly space: (plan: Plan) => ShockSpace
  readonly witness: Witness
  readonly levers: readonly Lever[]
  readonly reproduction: Reproduction
}
