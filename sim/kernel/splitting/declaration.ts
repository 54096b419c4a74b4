/** Multilevel splitting as data: how far a path is on its way to a failure, and the marks at which it is multiplied. */
import type { ReadonlyColumn } from '../declarations.ts'
import { InputError } from '../errors.ts'
import { logWeightColumn } from '../steering.ts'

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

/** How a cell is split; plain data that a thread can be handed. */
export interface Splitting {
  /** Name of a level function of the model. */
  readonly level: string
  /** Ascending; a path is stopped and multiplied where it first reaches each of them. None: plain simulation. */
  readonly levels: readonly number[]
  /** Paths that set out from each level. */
  readonly particles: number
}

/** The column that holds the highest level of each path. */
export const levelColumn = 'luck.level'
/** The column that holds the days that were simulated for a row: what it cost. */
export const daysColumn = 'luck.days'
/** The columns that split paths have besides their outcomes, in their order. */
export const splittingColumns: readonly string[] = [logWeightColumn, levelColumn, daysColumn]

export const mostParticles = 4096
export const mostLevels = 30

/** Rows of a replication: one for each path that sets out from each level; those that reached the next one have no weight. */
export function rowsOf({ levels, particles }: Splitting): number {
  return particles * (levels.length + 1)
}

/** @throws InputError naming what is wrong, its value and what would be right. */
export function checkSplitting(splitting: Splitting, known: readonly LevelFunction[] = []): LevelFunction {
  const { level, levels, particles } = splitting
  const found = known.find(({ name }) => name === level)
  if (!found) {
    const names = known.length > 0 ? known.map(({ name }) => name).join(', ') : 'none'
    throw new InputError(`unknown level function: ${level}; known: ${names}`)
  }
  if (!Number.isInteger(particles) || particles < 2 || particles > mostParticles) {
    throw new InputError(`splitting particles is ${particles}; it must be a whole number from 2 to ${mostParticles}`)
  }
  if (levels.length > mostLevels) {
    throw new InputError(`splitting has ${levels.length} levels; at most ${mostLevels} are possible`)
  }
  levels.forEach((value, i) => {
    if (Number.isFinite(value) && (i === 0 || value > levels[i - 1])) return
    throw new InputError(`level ${i + 1} of splitting is ${value}; levels must be finite and rise`)
  })
  return found
}
