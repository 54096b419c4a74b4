/** The steered luck of a batch: which law each path is drawn from, what its draws become, and what the path weighs. */
import type { Clock } from '../clock.ts'
import type { DrawDeclaration, ShockDeclaration } from '../declarations.ts'
import type { AnyRoom, Economy } from '../economy.ts'
import { exp, log } from '../maths/elementary.ts'
import type { Own } from '../pathMemory.ts'
import type { Plan } from '../plan.ts'
import { EventStream, nameWord } from '../random/events.ts'
import { logWeightColumn, type OneShock, type Steering } from '../steering.ts'
import { checkSteering } from './check.ts'
import { type Bending, type SteeredDraw, SteeredEventStream } from './eventLuck.ts'
import { layOut, logRatio, type Move, type Moves, movedValue, partsOf, roundOf } from './moves.ts'
import { QuasiLuck } from './quasi.ts'
import { RoomLuck, type SteeredNumber, type StreamGroup } from './roomLuck.ts'
import type { DrawLaw } from './scores.ts'
import { Watches } from './watch.ts'

/** What the luck has to know of a room and its memory. */
export interface DrawingRoom {
  readonly room: AnyRoom
  readonly streams: readonly StreamGroup[]
  readonly shocks: Readonly<Record<string, Float64Array>>
}

export interface Batch {
  readonly capacity: number
  /** Number of the path in each slot, written before {@link SteeredLuck.start}. */
  readonly pathNumbers: Int32Array
  readonly clock: Clock
  readonly own: Own
}

export class SteeredLuck implements Bending {
  readonly #plan: Plan
  readonly #steering: Steering
  readonly #batch: Batch
  readonly #moves: Moves
  readonly #round: Int32Array
  readonly #logShares: Float64Array
  /** Part of the mixture of each slot, and the log of each part's density over the ordinary one: index slot × parts + part. */
  readonly #part: Int32Array
  readonly #ratios: Float64Array
  readonly #watches: Watches
  readonly #quasi: QuasiLuck | undefined
  /** Numbers whose streams mirrors share with what they mirror. */
  readonly #twins: Int32Array
  readonly #rooms = new Map<string, RoomLuck>()
  readonly #askedOn: Int32Array[] = []

  /** @throws InputError as checkSteering does */
  constructor(economy: Economy, plan: Plan, steering: Steering, batch: Batch) {
    checkSteering(economy, steering, plan)
    const { capacity, own } = batch
    this.#plan = plan
    this.#steering = steering
    this.#batch = batch
    const parts = partsOf(steering)
    this.#moves = layOut(economy, plan, parts)
    this.#round = roundOf(parts)
    this.#logShares = Float64Array.from(parts, ({ paths }) => log(paths / this.#round.length))
    this.#part = own(new Int32Array(capacity))
    this.#ratios = own(new Float64Array(capacity * parts.length))
    this.#watches = new Watches(steering, plan.days, () => own(new Float64Array(capacity)))
    this.#quasi = steering.quasi && new QuasiLuck(economy, plan, steering.quasi, capacity)
    this.#twins = own(new Int32Array(capacity))
  }

  get day(): number {
    return this.#batch.clock.day
  }

  /** The outcome column of a name, if it is one of luck. */
  column(name: string): Float64Array | undefined {
    return this.#watches.columns.get(name)
  }

  /** Takes a room's memory; to be called for every room before it is opened. */
  takeRoom({ room, streams, shocks }: DrawingRoom): void {
    const { capacity } = this.#batch
    const numbers = Object.entries(room.shocks as Record<string, ShockDeclaration>).flatMap(([name, { law }]) => {
      const column = shocks[name]
      const stride = column.length / capacity
      return Array.from({ length: stride }, (_, offset): SteeredNumber => {
        const { move, watched, quasi } = this.#ofNumber(`${room.name}.${name}`, offset, this.#quasi?.daily)
        return { law, column, stride, offset, move, watched, quasi }
      }).filter(({ move, watched, quasi }) => move !== undefined || watched !== undefined || quasi >= 0)
    })
    const luck = new RoomLuck(streams, numbers, this.#isMirrored(room.name), this, this.#quasi, capacity)
    this.#rooms.set(room.name, luck)
  }

  /** The stream of a room's events. @param sizes lengths of the room */
  events(room: AnyRoom, sizes: Readonly<Record<string, number>>): EventStream {
    const { pathNumbers, clock } = this.#batch
    const mirrored = this.#isMirrored(room.name)
    const draws = new Map<number, SteeredDraw[]>()
    for (const [name, { law, purpose, each }] of Object.entries(room.draws as Record<string, DrawDeclaration>)) {
      const agents = Array.from({ length: each === undefined ? 1 : sizes[each] }, (_, agent) =>
        this.#ofNumber(`${room.name}.${name}`, agent, this.#quasi?.once),
      )
      if (!agents.some(({ move, watched, quasi }) => move !== undefined || watched !== undefined || quasi >= 0))
        continue
      const steered = {
        law,
        moves: agents.map(({ move }) => move),
        watched: agents.map(({ watched }) => watched),
        quasi: agents.map(({ quasi }) => quasi),
        askedOn: this.#batch.own(new Int32Array(this.#batch.capacity * agents.length)),
      }
      this.#askedOn.push(steered.askedOn)
      draws.set(purpose, [...(draws.get(purpose) ?? []), steered])
    }
    const numbers = mirrored ? this.#twins : pathNumbers
    const address = [this.#plan.seed, nameWord(room.name), numbers, clock] as const
    if (!mirrored && draws.size === 0) return new EventStream(...address)
    return new SteeredEventStream([...address], this, draws, mirrored)
  }

  #ofNumber(shock: string, index: number, points: readonly OneShock[] = []) {
    return {
      move: this.#moves.get(shock)?.[index],
      watched: this.#watches.of(shock, index),
      quasi: points.findIndex((one) => one.shock === shock && (one.index ?? 0) === index),
    }
  }

  #isMirrored(room: string): boolean {
    const { antithetic } = this.#steering
    return antithetic === true || (antithetic?.includes(room) ?? false)
  }

  /** The number whose streams the path in a slot draws from in a room. */
  streamNumber(slot: number, room: string): number {
    return this.#isMirrored(room) ? this.#twins[slot] : this.#batch.pathNumbers[slot]
  }

  isMirror(slot: number): boolean {
    return (this.#batch.pathNumbers[slot] & 1) === 1
  }

  chance(slot: number, draw: number): number {
    const { chances, once } = this.#quasi as QuasiLuck
    return chances[slot * once.length + draw]
  }

  /** Begins with the first `count` path numbers of the batch; to be called before their streams are seeded. */
  start(count: number): void {
    const { pathNumbers } = this.#batch
    this.#watches.start()
    this.#ratios.fill(0)
    for (const days of this.#askedOn) days.fill(-1)
    for (let slot = 0; slot < count; slot++) {
      this.#part[slot] = this.#round[pathNumbers[slot] % this.#round.length]
      this.#twins[slot] = pathNumbers[slot] & ~1
      this.#quasi?.start(slot, pathNumbers[slot])
    }
  }

  /** Draws the shocks of a room for the listed paths. */
  draw(room: string, active: Int32Array, count: number): void {
    this.#rooms.get(room)?.draw(active, count)
  }

  bend(move: Move, law: DrawLaw, slot: number, value: number, isNew: boolean): number {
    const { days } = this.#plan
    const { day } = this.#batch.clock
    const moved = movedValue(move, this.#part[slot] * days + day, law, value)
    const parts = isNew ? this.#logShares.length : 0
    for (let part = 0; part < parts; part++) {
      this.#ratios[slot * parts + part] += logRatio(move, part * days + day, law, moved)
    }
    return moved
  }

  /** Weighs the first `count` paths: minus the log of the mixture's density over the ordinary one. */
  finish(count: number): void {
    const weights = this.#watches.columns.get(logWeightColumn) as Float64Array
    const parts = this.#logShares.length
    for (let slot = 0; slot < count; slot++) {
      let largest = Number.NEGATIVE_INFINITY
      for (let part = 0; part < parts; part++) {
        largest = Math.max(largest, this.#logShares[part] + this.#ratios[slot * parts + part])
      }
      let sum = 0
      for (let part = 0; part < parts; part++) {
        sum += exp(this.#logShares[part] + this.#ratios[slot * parts + part] - largest)
      }
      // 0 − x, so that a path of plain luck weighs exp(0) and not exp(−0).
      weights[slot] = 0 - (largest + log(sum))
    }
  }
}
