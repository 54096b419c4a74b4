/** What a study is handed: a place that simulates, and the words of what it simulates. */
import type { Economy } from '../kernel/economy.ts'
import type { Plan } from '../kernel/plan.ts'
import type { Multiplying } from '../kernel/splitting/declaration.ts'
import type { Steering } from '../kernel/steering.ts'
import type { Metric, OutcomeColumns } from './metric.ts'

/**
 * One policy under the luck of paths `from` … `to − 1`. Cells whose plans have the same seed share that luck path by path, so
 * their difference is due to their policies alone.
 */
export interface Cell {
  readonly plan: Plan
  readonly from: number
  readonly to: number
  /** How the luck is steered; without it the cell is plain simulation. */
  readonly steering?: Steering
  /** How paths are multiplied: `from` … `to − 1` are then replications, each of rowsOf(splitting) rows; not together with steering. */
  readonly splitting?: Multiplying
}

/**
 * Simulates a cell: one number a path for every outcome, path `from` first; a steered cell has the columns
 * `luckColumns(steering)` besides, a split one `splittingColumns`. Several cells may be asked for at once. What an earlier sitting of the study has finished is not simulated again.
 */
export type Simulate = (cell: Cell) => Promise<OutcomeColumns>

export interface Laboratory {
  readonly simulate: Simulate
  readonly economy: Economy
  /** Questions asked of every path. */
  readonly metrics: readonly Metric[]
  /** Tells the user what the study is doing. */
  readonly say: (step: string) => void
  /**
   * Plain data that a study works out itself from the identity of the work: what an earlier sitting has finished is not worked out
   * again. Data come back as they are read from a file, so that both sittings see the same.
   */
  readonly remember?: <T>(identity: object, work: () => Promise<T>) => Promise<T>
  /** To be awaited between pieces of work that a study does itself, so that others can go on; rejects once it is to stop. */
  readonly pause?: () => Promise<void>
}

/** A table in long form, one observation a row, for other programs to read. */
export interface TidyTable {
  readonly columns: readonly {
    readonly name: string
    readonly unit: string
    readonly meaning: string
    readonly kind: 'number' | 'text'
  }[]
  /** As many cells as columns; null where there is no number, such as an unbounded end of an interval. */
  readonly rows: readonly (readonly (number | string | null)[])[]
}
