/** The daily shocks of a room whose luck is steered: drawn as always, then turned about, corrected, moved and watched. */
import { fillShocks, type ShockColumn } from '../random/streams.ts'
import type { Bending } from './eventLuck.ts'
import type { Move } from './moves.ts'
import type { QuasiLuck } from './quasi.ts'
import { mirrored, scoreOf, valueOfScore } from './scores.ts'
import type { WatchedNumber } from './watch.ts'

/** Shocks that draw from the same streams. */
export interface StreamGroup {
  readonly agents: number
  readonly words: Int32Array
  readonly shocks: readonly ShockColumn[]
}

/** One steered number of a shock: place `offset` of `stride` numbers a path. */
export interface SteeredNumber {
  readonly law: ShockColumn['law']
  readonly column: Float64Array
  readonly stride: number
  readonly offset: number
  readonly move: Move | undefined
  readonly watched: WatchedNumber | undefined
  /** Place among the daily shocks of the Sobol point; −1 for ordinary luck. */
  readonly quasi: number
}

export class RoomLuck {
  readonly #groups: readonly StreamGroup[]
  readonly #numbers: readonly SteeredNumber[]
  readonly #mirrored: boolean
  readonly #bending: Bending
  readonly #quasi: QuasiLuck | undefined
  /** Words of the groups to look ahead with, and the sums of ordinary draws over the running block, by number and path. */
  readonly #ahead: readonly Int32Array[]
  readonly #sums: readonly Float64Array[]

  constructor(
    groups: readonly StreamGroup[],
    numbers: readonly SteeredNumber[],
    mirrored: boolean,
    bending: Bending,
    quasi: QuasiLuck | undefined,
    capacity: number,
  ) {
    this.#groups = groups
    this.#numbers = numbers
    this.#mirrored = mirrored
    this.#bending = bending
    this.#quasi = quasi
    const drawnAhead = (group: StreamGroup): boolean =>
      numbers.some(({ quasi: place, column }) => place >= 0 && group.shocks.some((shock) => shock.column === column))
    this.#ahead = groups.map((group) => new Int32Array(drawnAhead(group) ? group.words.length : 0))
    this.#sums = numbers.map(({ quasi: place }) => new Float64Array(place >= 0 ? capacity : 0))
  }

  /** Draws the shocks of the day for the listed paths. */
  draw(active: Int32Array, count: number): void {
    const block = this.#quasi?.starts.indexOf(this.#bending.day) ?? -1
    if (this.#quasi !== undefined && block >= 0) this.#lookAhead(this.#quasi, block, active, count)
    for (const { words, agents, shocks } of this.#groups) fillShocks(words, active, count, agents, shocks)
    if (this.#mirrored) this.#turnAbout(active, count)
    for (let n = 0; n < this.#numbers.length; n++) this.#steer(n, active, count)
  }

  /** Adds up what the ordinary draws of a block will be, on a copy of the streams. */
  #lookAhead(quasi: QuasiLuck, block: number, active: Int32Array, count: number): void {
    this.#groups.forEach(({ words }, g) => {
      if (this.#ahead[g].length > 0) this.#ahead[g].set(words)
    })
    for (const sum of this.#sums) sum.fill(0)
    for (let day = quasi.starts[block]; day < quasi.starts[block + 1]; day++) {
      this.#groups.forEach(({ agents, shocks }, g) => {
        if (this.#ahead[g].length > 0) fillShocks(this.#ahead[g], active, count, agents, shocks)
      })
      this.#numbers.forEach(({ law, column, stride, offset, quasi: place }, n) => {
        if (place < 0) return
        for (let k = 0; k < count; k++) {
          this.#sums[n][active[k]] += scoreOf(law, column[active[k] * stride + offset])
        }
      })
    }
  }

  #turnAbout(active: Int32Array, count: number): void {
    for (const { shocks, agents } of this.#groups) {
      for (const { law, each, column } of shocks) {
        const stride = agents * each
        for (let k = 0; k < count; k++) {
          if (!this.#bending.isMirror(active[k])) continue
          const from = active[k] * stride
          for (let i = from; i < from + stride; i++) column[i] = law === 'normal' ? -column[i] : mirrored(column[i])
        }
      }
    }
  }

  #steer(n: number, active: Int32Array, count: number): void {
    const { law, column, stride, offset, move, watched, quasi: place } = this.#numbers[n]
    const { day } = this.#bending
    if (place >= 0) this.#correct(n, active, count)
    for (let k = 0; k < count; k++) {
      const slot = active[k]
      const i = slot * stride + offset
      if (move !== undefined) column[i] = this.#bending.bend(move, law, slot, column[i], true)
      watched?.note(law, slot, day, column[i])
    }
  }

  /**
   * Adds the same to each day of the block, so that its sum is the wanted one: normal numbers about their mean are independent of
   * the mean, so the law of the whole stays exactly theirs.
   */
  #correct(n: number, active: Int32Array, count: number): void {
    const quasi = this.#quasi as QuasiLuck
    const { law, column, stride, offset, quasi: place } = this.#numbers[n]
    const blocks = quasi.starts.length - 1
    let block = 0
    while (quasi.starts[block + 1] <= this.#bending.day) block++
    const days = quasi.starts[block + 1] - quasi.starts[block]
    for (let k = 0; k < count; k++) {
      const slot = active[k]
      const wanted = quasi.sums[(slot * quasi.daily.length + place) * blocks + block]
      const i = slot * stride + offset
      column[i] = valueOfScore(law, scoreOf(law, column[i]) + (wanted - this.#sums[n][slot]) / days)
    }
  }
}
