/** Draws made by an event or inside a day: a stream keyed by (seed, room, path, agent, day, purpose), so none shifts another. */
import type { Clock } from '../clock.ts'
import { SideStream } from './streams.ts'

/** Purposes a day: the lowest bits of the position word. */
const purposes = 256

export class EventStream extends SideStream {
  readonly #key0: number
  readonly #key1: number
  readonly #room: number
  readonly #pathNumbers: Int32Array
  readonly #clock: Clock

  /** @param pathNumbers the number of each path of the batch in the whole run. */
  constructor(seed: readonly [number, number], room: number, pathNumbers: Int32Array, clock: Clock) {
    super()
    this.#key0 = seed[0]
    this.#key1 = seed[1]
    this.#room = room
    this.#pathNumbers = pathNumbers
    this.#clock = clock
  }

  /**
   * Turns to the stream of one path, agent and purpose today; the next draws come from it.
   * @param path index in the batch
   * @param agent 0 when the event belongs to the path as a whole
   * @param purpose 0 … 255, a different one for each kind of event (and tick) of a room
   */
  at(path: number, agent: number, purpose: number): this {
    const position = (this.#clock.day + 1) * purposes + purpose
    this.open(this.#key0, this.#key1, this.#room, this.#pathNumbers[path], agent, position)
    return this
  }
}

/** A room's name as a 32-bit word of the Philox counter (FNV-1a). */
export function nameWord(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash | 0
}
