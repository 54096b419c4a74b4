/** Draws made by events of a room whose luck is steered. */
import { log } from '../maths/elementary.ts'
import { EventStream } from '../random/events.ts'
import type { Move } from './moves.ts'
import { type DrawLaw, mirrored, valueOfProbability } from './scores.ts'
import type { WatchedNumber } from './watch.ts'

/** What steers one named draw; lists by agent. */
export interface SteeredDraw {
  readonly law: DrawLaw
  readonly moves: readonly (Move | undefined)[]
  readonly watched: readonly (WatchedNumber | undefined)[]
  /** Place of each agent's draw in the Sobol point; −1 for ordinary luck. */
  readonly quasi: readonly number[]
  /** Day on which each agent was last asked, by path and agent: who asks again gets the same number, and it counts once. */
  readonly askedOn: Int32Array
}

/** What the stream asks of the batch. */
export interface Bending {
  isMirror(slot: number): boolean
  /** Moves a value and, where it is new, books its likelihood. */
  bend(move: Move, law: DrawLaw, slot: number, value: number, isNew: boolean): number
  /** Probability of a Sobol point for a draw. */
  chance(slot: number, draw: number): number
  readonly day: number
}

/** An event stream that turns about, replaces, moves and watches the draws of a room. */
export class SteeredEventStream extends EventStream {
  readonly #bending: Bending
  /** By purpose; a purpose may draw numbers of several laws. */
  readonly #draws: ReadonlyMap<number, readonly SteeredDraw[]>
  readonly #mirrored: boolean
  #slot = 0
  #agent = 0
  #now: readonly SteeredDraw[] | undefined
  #isNew = true

  constructor(
    address: ConstructorParameters<typeof EventStream>,
    bending: Bending,
    draws: ReadonlyMap<number, readonly SteeredDraw[]>,
    mirrored: boolean,
  ) {
    super(...address)
    this.#bending = bending
    this.#draws = draws
    this.#mirrored = mirrored
  }

  override at(path: number, agent: number, purpose: number): this {
    this.#slot = path
    this.#agent = agent
    this.#now = this.#draws.get(purpose)
    if (this.#now !== undefined) this.#isNew = this.#ask(this.#now, path, agent)
    return super.at(path, agent, purpose)
  }

  /** @returns true when the agent has not asked today */
  #ask(draws: readonly SteeredDraw[], path: number, agent: number): boolean {
    const { day } = this.#bending
    let isNew = true
    for (const { askedOn, moves } of draws) {
      const at = path * moves.length + agent
      isNew = askedOn[at] !== day
      askedOn[at] = day
    }
    return isNew
  }

  override uniform(): number {
    return this.#steered('uniform', this.#turned())
  }

  override normal(): number {
    const value = super.normal()
    return this.#steered('normal', this.#isTurned() ? -value : value)
  }

  override exponential(): number {
    return this.#steered('exponential', -log(this.#turned()))
  }

  #isTurned(): boolean {
    return this.#mirrored && this.#bending.isMirror(this.#slot)
  }

  #turned(): number {
    const value = super.uniform()
    return this.#isTurned() ? mirrored(value) : value
  }

  #steered(law: DrawLaw, ordinary: number): number {
    const draw = this.#now?.find((one) => one.law === law)
    if (draw === undefined) return ordinary
    const agent = this.#agent
    let value = ordinary
    const quasi = draw.quasi[agent] ?? -1
    if (quasi >= 0) value = valueOfProbability(law, this.#bending.chance(this.#slot, quasi))
    const move = draw.moves[agent]
    if (move !== undefined) value = this.#bending.bend(move, law, this.#slot, value, this.#isNew)
    if (this.#isNew) draw.watched[agent]?.note(law, this.#slot, this.#bending.day, value)
    return value
  }
}
