/** Design points as cells: the scenario with its dials turned, simulated, and read as one number a path for each metric. */
import { turned } from '../../../scenarios/dials.ts'
import { planOf, type Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import type { Laboratory } from '../laboratory.ts'
import type { StudiedMetric } from './question.ts'
import { type DialRange, valueAt } from './ranges.ts'
import { contributions } from './statistic.ts'

/** A place in the box of the dials, and the luck to see it under. */
export interface Place {
  /** In [0, 1] for each dial that is turned. */
  readonly at: readonly number[]
  readonly from: number
  readonly paths: number
}

/** One column a metric, one number a path. */
export type Reading = readonly Float64Array[]

/** A place with what was read there. */
export interface ReadPlace extends Place {
  readonly dials: readonly DialRange[]
  readonly reading: Reading
}

/** Number of a path from which on the dummies take their luck; all other cells stay below. */
export const otherLuck = 1_000_000_000

/** Cells that are asked for at the same time: enough for all threads, few enough that their plans take little memory. */
const atOnce = 64

/** Simulates places of a box and keeps what was read. */
export class Cells {
  readonly #laboratory: Laboratory
  readonly #scenario: Scenario
  readonly #metrics: readonly StudiedMetric[]
  readonly #batches: (readonly ReadPlace[])[] = []

  constructor(laboratory: Laboratory, scenario: Scenario, metrics: readonly StudiedMetric[]) {
    this.#laboratory = laboratory
    this.#scenario = scenario
    this.#metrics = metrics
  }

  /** Everything read so far, in the order in which it was asked for. */
  get read(): readonly ReadPlace[] {
    return this.#batches.flat()
  }

  /** @throws InputError naming the place where the economy refuses a combination of values */
  async readAll(dials: readonly DialRange[], places: readonly Place[]): Promise<Reading[]> {
    const batch = this.#batches.push([]) - 1
    const readings = new Array<Reading>(places.length)
    let next = 0
    const readOn = async (): Promise<void> => {
      for (let i = next++; i < places.length; i = next++) readings[i] = await this.#simulate(dials, places[i])
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, places.length) }, readOn))
    this.#batches[batch] = places.map((place, i) => ({ ...place, dials, reading: readings[i] }))
    return readings
  }

  async #simulate(dials: readonly DialRange[], { at, from, paths }: Place): Promise<Reading> {
    const turn = Object.fromEntries(dials.map((dial, i) => [dial.name, valueAt(dial, at[i])]))
    const { economy, simulate } = this.#laboratory
    try {
      const plan = planOf(turned(this.#scenario, turn, economy), economy)
      const columns = await simulate({ plan, from, to: from + paths })
      return this.#metrics.map(({ metric, statistic }) => contributions(metric, statistic, columns, paths))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      const words = Object.entries(turn).map(([name, value]) => `${name} = ${value}`)
      throw new InputError(
        `at ${words.join(', ') || 'the scenario itself'}: ${error.message}; narrow the range of a dial`,
      )
    }
  }
}

/** How many paths one cell has otherwise than another. */
export function pathsMoved(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, path) => sum + (value === other[path] ? 0 : 1), 0)
}
