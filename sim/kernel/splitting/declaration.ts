/** Paths that are multiplied on their way to a failure, as data; multilevel splitting does it at marks of how far they have come. */
import type { ReadonlyColumn } from '../declarations.ts'
import { InputError } from '../errors.ts'
import { logWeightColumn } from '../steering.ts'
import { mostParticles, named, requireWhole } from './checks.ts'
import type { Interaction } from './interaction.ts'

/**
 * How far a path is on its way to a failure at the end of a day: the higher, the closer. Any function of what the path has become
 * gives estimates that are right on average; one that says how likely the failure now is gives the sharpest.
 */
export interface LevelFunction {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** room.column of what it reads, one number a path. */
  readonly columns: readonly string[]
  /** Names of the metrics whose bad end it leads to. */
  readonly leadsTo: readonly string[]
  /**
   * @param values the columns, in their order
   * @param daysLeft days of the run still to come, 0 on the last evening: what is as far with more time left is likelier to arrive
   */
  readonly evaluate: (values: readonly ReadonlyColumn[], path: number, daysLeft: number) => number
}

/** How the paths of a cell are multiplied; plain data that a thread can be handed. */
export type Multiplying = Splitting | Interaction

export function isInteraction(multiplying: Multiplying): multiplying is Interaction {
  return 'chance' in multiplying
}

/** Multilevel splitting. */
export interface Splitting {
  /** Name of a level function of the model. */
  readonly level: string
  /** Ascending; a path is stopped and multiplied where it first reaches each of them. None: plain simulation. */
  readonly levels: readonly number[]
  /** Paths that set out from each level. */
  readonly particles: number
}

/** The column that holds the highest level of each path; interacting particles have none. */
export const levelColumn = 'luck.level'
/** The column that holds the days that were simulated for a row: what it cost. */
export const daysColumn = 'luck.days'
/** The columns that split paths have besides their outcomes, in their order. */
export const splittingColumns: readonly string[] = [logWeightColumn, levelColumn, daysColumn]

export const mostLevels = 30

/** Rows of a replication: one for each path that sets out from each level, where those that reached the next one have no weight. */
export function rowsOf(multiplying: Multiplying): number {
  return multiplying.particles * (isInteraction(multiplying) ? 1 : multiplying.levels.length + 1)
}

/** @throws InputError naming what is wrong, its value and what would be right. */
export function checkSplitting(splitting: Splitting, known: readonly LevelFunction[] = []): LevelFunction {
  const { level, levels, particles } = splitting
  const found = named('level function', level, known)
  requireWhole('splitting particles', particles, 2, mostParticles)
  if (levels.length > mostLevels) {
    throw new InputError(`splitting has ${levels.length} levels; at most ${mostLevels} are possible`)
  }
  levels.forEach((value, i) => {
    if (Number.isFinite(value) && (i === 0 || value > levels[i - 1])) return
    throw new InputError(`level ${i + 1} of splitting is ${value}; levels must be finite and rise`)
  })
  return found
}
