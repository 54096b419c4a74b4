/** Interacting particles as data: how likely a path is to fail, and how often the likely ones take the place of the others. */
import type { ReadonlyColumn } from '../declarations.ts'
import { InputError } from '../errors.ts'
import { mostDays } from '../plan.ts'
import { mostParticles, named, requireWhole } from './checks.ts'

/**
 * About how likely a path still is to pass an amount of a metric by the end of the run. Any function of what the path has become
 * gives estimates that are right on average; the nearer it is to the chance itself, the sharper they are.
 */
export interface ChanceFunction {
  readonly name: string
  readonly meaning: string
  /** room.column of what it reads. */
  readonly columns: readonly string[]
  /** Names of the metrics whose passing it foretells. */
  readonly foretells: readonly string[]
  /**
   * @param values the columns, in their order
   * @param daysLeft days of the run still to come
   * @param beyond what the metric is to pass, in its unit
   * @returns natural logarithm of the chance, at most 0
   */
  readonly logChance: (values: readonly ReadonlyColumn[], path: number, daysLeft: number, beyond: number) => number
}

/** Interacting particles: paths that go on together and, every so many days, are given up or doubled by their chances. */
export interface Interaction {
  /** Name of a chance function of the model. */
  readonly chance: string
  /** What its metric is to pass. */
  readonly beyond: number
  /** Power of the chance by which paths are chosen, from 0, plain simulation, to 1, which trusts the chance in full. */
  readonly strength: number
  readonly everyDays: number
  /** Paths of a replication. */
  readonly particles: number
}

/** @throws InputError naming what is wrong, its value and what would be right. */
export function checkInteraction(interaction: Interaction, known: readonly ChanceFunction[] = []): ChanceFunction {
  const { chance, beyond, strength, everyDays, particles } = interaction
  const found = named('chance function', chance, known)
  requireWhole('particles', particles, 2, mostParticles)
  requireWhole('days between choices', everyDays, 1, mostDays)
  if (!Number.isFinite(beyond)) throw new InputError(`${found.name} is to pass ${beyond}; it must be a number`)
  if (!(strength >= 0 && strength <= 1))
    throw new InputError(`strength is ${strength}; it must be a number from 0 to 1`)
  return found
}
