/** Coordinates of scrambled Sobol points in place of the sums of shocks over blocks of days and of draws made once. */
import type { Economy } from '../economy.ts'
import { normalQuantile } from '../maths/normal.ts'
import type { Plan } from '../plan.ts'
import { nameWord } from '../random/events.ts'
import { owenScramble } from '../random/owenScramble.ts'
import { philox4x32 } from '../random/philox.ts'
import { SobolSequence } from '../random/sobol.ts'
import { blockStarts, type OneShock, type Quasi } from '../steering.ts'
import { type BridgeStep, bridgeSteps, walkBridge } from './bridge.ts'
import { dimensionsOf } from './check.ts'
import { namedShock } from './names.ts'

const keyWord = nameWord('luck.quasi')
const key: [number, number] = [0, 0]
const words = new Int32Array(4)

export class QuasiLuck {
  /** First day of each block, and the day after the last. */
  readonly starts: Int32Array
  /** The daily shocks, in the order of their places. */
  readonly daily: readonly OneShock[]
  readonly once: readonly OneShock[]
  /** Sum of normal numbers wanted on a path: index (path × daily shocks + shock) × blocks + block. */
  readonly sums: Float64Array
  /** Probability of a draw made once: index path × draws + draw. */
  readonly chances: Float64Array
  readonly #points: number
  readonly #seed: readonly [number, number]
  readonly #sequence: SobolSequence
  readonly #steps: readonly BridgeStep[]
  readonly #normals: Float64Array
  readonly #path: Float64Array

  constructor(economy: Economy, plan: Plan, { points, shocks, blocks }: Quasi, capacity: number) {
    this.#points = points
    this.#seed = plan.seed
    this.starts = blockStarts(plan.days, blocks)
    const isDaily = ({ shock }: OneShock): boolean => namedShock(economy, shock).when === 'daily'
    this.daily = shocks.filter(isDaily)
    this.once = shocks.filter((shock) => !isDaily(shock))
    this.sums = new Float64Array(capacity * this.daily.length * blocks)
    this.chances = new Float64Array(capacity * this.once.length)
    this.#sequence = new SobolSequence(dimensionsOf(economy, shocks, blocks))
    this.#steps = bridgeSteps(this.starts)
    this.#normals = new Float64Array(blocks)
    this.#path = new Float64Array(blocks + 1)
  }

  /** Takes the point of a path number for the path in a slot of the batch. */
  start(slot: number, pathNumber: number): void {
    const point = pathNumber % this.#points
    const randomisation = Math.floor(pathNumber / this.#points)
    philox4x32(randomisation, 0, keyWord, 0, this.#seed[0], this.#seed[1], words)
    key[0] = words[0]
    key[1] = words[1]
    const { daily, once } = this
    const blocks = this.#steps.length
    for (let draw = 0; draw < once.length; draw++)
      this.chances[slot * once.length + draw] = this.#coordinate(point, draw)
    // Dimension by dimension the nets are best in front: every shock's coarsest part comes before any finer one.
    for (let shock = 0; shock < daily.length; shock++) {
      for (let step = 0; step < blocks; step++) {
        const dimension = once.length + step * daily.length + shock
        this.#normals[step] = normalQuantile(this.#coordinate(point, dimension))
      }
      walkBridge(this.#steps, this.#normals, this.#path, this.sums, (slot * daily.length + shock) * blocks)
    }
  }

  #coordinate(point: number, dimension: number): number {
    return (owenScramble(this.#sequence.word(point, dimension), dimension, key) + 0.5) / 4294967296
  }
}
