/** One batch of paths, day by day; all memory is taken when the batch is opened. */
import { formatDate } from './calendar.ts'
import { RunClock } from './clock.ts'
import type { Column, Law, Row } from './declarations.ts'
import type { AnyRoom, ColumnDeclarations, Economy, Levers, Shocks } from './economy.ts'
import { LawError } from './errors.ts'
import { PathMemory, type PathNumbers } from './pathMemory.ts'
import type { Plan } from './plan.ts'
import { EventStream, nameWord } from './random/events.ts'
import { fillShocks, type ShockColumn, seedStream } from './random/streams.ts'
import type { DailyObserver, RecordDeclaration } from './record.ts'
import type { OpenedRoom, Step } from './room.ts'
import { readsOf, sizeNamed, sizesOf } from './sizes.ts'
import { replicationOf } from './splitting/replications.ts'
import { SteeredLuck } from './steering/luck.ts'
import type { Steering } from './steering.ts'

/** Laws hold to this share of the balance sheet; float64 leaves about 1e-13 after a year of additions. */
export const lawTolerance = 1e-9

interface RoomMemory {
  readonly room: AnyRoom
  readonly sizes: Readonly<Record<string, number>>
  readonly state: Record<string, Column>
  readonly streams: readonly StreamGroup[]
  readonly shocks: Record<string, Column>
}

/** Shocks of a room with the same agents draw from the same streams. */
interface StreamGroup {
  readonly agents: number
  /** The last word of the seeding counter: 0 for draws of the path, above 2^31 for draws of agents, between for events. */
  readonly position: number
  readonly words: Int32Array
  readonly shocks: readonly ShockColumn[]
}

interface NamedLaw extends Law {
  readonly name: string
}

export interface SimulatorOptions {
  /** When laws are checked: at the end of each day (every run), or after each room and meeting too (tests). */
  readonly laws?: 'daily' | 'everyStep'
  /** How the luck of the batch is steered; a record may then ask for `luckColumns(steering)` as outcomes. */
  readonly steering?: Steering
}

/**
 * A batch of at most `capacity` paths of one plan. Reusable: each call of {@link run} starts from the eve of day one.
 * A path's results depend on the plan and its number only, never on the batch it is in.
 */
export class Simulator {
  readonly clock: RunClock
  readonly capacity: number
  readonly #economy: Economy
  readonly #plan: Plan
  readonly #memory: RoomMemory[] = []
  readonly #opened: Record<string, OpenedRoom> = {}
  readonly #paths: PathMemory
  readonly #pathNumbers: Int32Array
  readonly #active: Int32Array
  readonly #morning: readonly Entry[]
  readonly #ticks: readonly Entry[]
  readonly #evening: readonly Entry[]
  readonly #laws: readonly NamedLaw[]
  readonly #ledgerScale: (path: number) => number
  readonly #everyStep: boolean
  readonly #luck: SteeredLuck | undefined

  constructor(economy: Economy, plan: Plan, capacity: number, options: SimulatorOptions = {}) {
    this.#economy = economy
    this.#plan = plan
    this.capacity = capacity
    this.clock = new RunClock(plan.startDay, plan.days, plan.ticksPerDay)
    this.#paths = new PathMemory(capacity)
    this.#pathNumbers = this.#paths.own(new Int32Array(capacity))
    this.#active = Int32Array.from({ length: capacity }, (_, i) => i)
    this.#everyStep = options.laws === 'everyStep'
    this.#luck = options.steering && this.#steered(options.steering)
    for (const room of Object.values(economy.rooms)) this.#memory.push(this.#takeMemory(room))
    for (const memory of this.#memory) this.#luck?.takeRoom(memory)
    const columns = Object.fromEntries(this.#memory.map((m) => [m.room.name, m.state]))
    const levers = Object.fromEntries(this.#memory.map((m) => [m.room.name, this.#levers(m.room)]))
    for (const memory of this.#memory) this.#opened[memory.room.name] = this.#openRoom(memory, columns, levers)
    const context = {
      operations: Object.fromEntries(Object.entries(this.#opened).map(([name, o]) => [name, o.operations])),
      columns,
      parameters: plan.parameters,
      levers,
      sizes: Object.fromEntries(this.#memory.map((m) => [m.room.name, m.sizes])),
      paths: capacity,
      clock: this.clock,
    }
    const meetings = Object.fromEntries(Object.entries(economy.meetings).map(([n, m]) => [n, m.open(context)]))
    this.#morning = this.#entries(economy.day.morning, 'step', meetings)
    this.#ticks = this.#entries(economy.day.ticks, 'tick', meetings)
    this.#evening = this.#entries(economy.day.evening, 'step', meetings)
    this.#ledgerScale = economy.ledgerScale(context)
    this.#laws = this.#collectLaws(economy.laws(context))
  }

  /** A column of the batch by its name, such as pool.price; index path, or path × agents + agent. */
  column(name: string): Column {
    const ofLuck = this.#luck?.column(name)
    if (ofLuck) return ofLuck
    const [room, column] = name.split('.')
    const found = this.#memory.find((m) => m.room.name === room)?.state[column]
    if (!found) throw new Error(`no column ${name} in economy ${this.#economy.name}`)
    return found
  }

  /**
   * Simulates paths from the eve of day one to the end of the last day.
   * @param pathNumbers numbers of the paths in the whole run, at most `capacity`
   * @param record what to keep
   * @param observer receives the series each day
   * @param outcomes row-major paths × outcomes, filled at the end
   * @throws LawError when a law breaks
   */
  run(
    pathNumbers: ArrayLike<number>,
    record: RecordDeclaration,
    observer: DailyObserver | undefined,
    outcomes: Float64Array,
  ): void {
    const count = pathNumbers.length
    this.open(pathNumbers)
    const series = record.series.map((s) => this.column(s.column))
    for (let day = 0; day < this.#plan.days; day++) {
      this.advance(day, this.#active, count)
      if (observer) for (let s = 0; s < series.length; s++) observer.observe(s, day, series[s], this.#active, count)
    }
    this.#luck?.finish(count)
    const kept = record.outcomes.map((name) => this.column(name))
    for (let p = 0; p < count; p++) {
      for (let o = 0; o < kept.length; o++) outcomes[p * kept.length + o] = kept[o][p]
    }
  }

  /** Puts paths on the eve of day one, the first into slot 0 of the batch and so on; {@link advance} takes them on from there. */
  open(pathNumbers: ArrayLike<number>): void {
    const count = pathNumbers.length
    if (count > this.capacity) throw new Error(`${count} paths do not fit a batch of ${this.capacity}`)
    for (let i = 0; i < count; i++) this.#pathNumbers[i] = pathNumbers[i]
    this.#start(count)
  }

  /**
   * Takes the paths in the slots `active[0 … count − 1]` through one day, morning to evening; each must have been through all
   * days before it. Other slots stand still.
   * @throws LawError when a law breaks
   */
  advance(day: number, active: Int32Array, count: number): void {
    this.clock.set(day, 0)
    for (const memory of this.#memory) this.#draw(memory, active, count)
    this.#walk(this.#morning, active, count)
    for (let tick = 0; tick < this.#plan.ticksPerDay; tick++) {
      this.clock.set(day, tick)
      this.#walk(this.#ticks, active, count)
    }
    this.#walk(this.#evening, active, count)
    this.#checkLaws('evening', active, count)
  }

  /**
   * Makes the path in one slot the double of another's, its past and its luck to come.
   * @throws Error in a batch whose luck is steered: its weights are not copied
   */
  copyPath(from: number, to: number): void {
    if (this.#luck) throw new Error('a steered path cannot be copied')
    this.#paths.copy(from, to)
  }

  /**
   * From the next day on the path in a slot has the luck of another path number: its draws begin anew at that number's first, and
   * what events draw has that number's address. What was drawn before stays as it is.
   * @throws Error in a batch whose luck is steered: its paths are weighed from their first day on
   */
  renewLuck(slot: number, pathNumber: number): void {
    if (this.#luck) throw new Error('the luck of a steered path cannot be renewed')
    this.#pathNumbers[slot] = pathNumber
    for (const memory of this.#memory) this.#seed(memory, slot)
  }

  /** Every array of numbers that belong to paths; what is not among them {@link copyPath} does not copy. */
  get ownedNumbers(): readonly PathNumbers[] {
    return this.#paths.owned
  }

  /** Nanoseconds are measured outside: calls `measure(name, run)` around every entry of every day instead of running it bare. */
  runMeasured(pathNumbers: ArrayLike<number>, measure: (name: string, run: () => void) => void): void {
    const count = pathNumbers.length
    for (let i = 0; i < count; i++) this.#pathNumbers[i] = pathNumbers[i]
    this.#start(count)
    const walk = (entries: readonly Entry[]): void => {
      for (const entry of entries) measure(entry.name, () => entry.step(this.#active, count))
    }
    for (let day = 0; day < this.#plan.days; day++) {
      this.clock.set(day, 0)
      for (const memory of this.#memory) {
        if (memory.streams.length > 0)
          measure(`${memory.room.name} (draws)`, () => this.#draw(memory, this.#active, count))
      }
      walk(this.#morning)
      for (let tick = 0; tick < this.#plan.ticksPerDay; tick++) {
        this.clock.set(day, tick)
        walk(this.#ticks)
      }
      walk(this.#evening)
      measure('laws', () => this.#checkLaws('evening', this.#active, count))
    }
  }

  #start(count: number): void {
    this.clock.set(0, 0)
    this.#luck?.start(count)
    for (const memory of this.#memory) {
      for (const column of Object.values(memory.state)) column.fill(0)
      for (let p = 0; p < count; p++) this.#seed(memory, p)
    }
    for (const memory of this.#memory) this.#opened[memory.room.name].start(this.#active, count)
    this.#checkLaws('start', this.#active, count)
  }

  /** Starts the streams of a room at the number of the path in a slot. */
  #seed(memory: RoomMemory, slot: number): void {
    const [key0, key1] = this.#plan.seed
    const room = nameWord(memory.room.name)
    const number = this.#luck?.streamNumber(slot, memory.room.name) ?? this.#pathNumbers[slot]
    for (const { words, agents, position } of memory.streams) {
      for (let a = 0; a < agents; a++) seedStream(words, slot * agents + a, key0, key1, room, number, a, position)
    }
  }

  #draw(memory: RoomMemory, active: Int32Array, count: number): void {
    if (this.#luck) this.#luck.draw(memory.room.name, active, count)
    else for (const group of memory.streams) fillShocks(group.words, active, count, group.agents, group.shocks)
  }

  #walk(entries: readonly Entry[], active: Int32Array, count: number): void {
    for (let i = 0; i < entries.length; i++) {
      entries[i].step(active, count)
      if (this.#everyStep) this.#checkLaws(entries[i].name, active, count)
    }
  }

  #checkLaws(after: string, active: Int32Array, count: number): void {
    for (let l = 0; l < this.#laws.length; l++) {
      const { distance, scale } = this.#laws[l]
      for (let k = 0; k < count; k++) {
        const p = active[k]
        const allowed = scale === 'ledger' ? lawTolerance * this.#ledgerScale(p) : lawTolerance
        const off = distance(p)
        if (!(Math.abs(off) <= allowed)) this.#broken(this.#laws[l], p, off, allowed, after)
      }
    }
  }

  #broken(law: NamedLaw, path: number, off: number, allowed: number, after: string): never {
    const { day } = this.clock
    const number = this.#pathNumbers[path]
    const replication = replicationOf(number)
    const where = replication === null ? `path ${number}` : `a path of replication ${replication}`
    throw new LawError(
      `law broken: ${law.name} (${law.meaning}) is off by ${off}, allowed ${allowed}, on ${where}, day ${day} ` +
        `(${formatDate(this.#plan.startDay + day)}), after ${after}`,
      { path: number, day, law: law.name },
    )
  }

  #steered(steering: Steering): SteeredLuck {
    const batch = { capacity: this.capacity, pathNumbers: this.#pathNumbers, clock: this.clock, own: this.#paths.own }
    return new SteeredLuck(this.#economy, this.#plan, steering, batch)
  }

  #takeMemory(room: AnyRoom): RoomMemory {
    const sizes = sizesOf(this.#plan, room)
    const sizeOf = (each: string | undefined, what: string): number => sizeNamed(room, sizes, each, what)
    // Made in one go: an object that grows name by name becomes a slow hash table after some twenty names.
    const state: Record<string, Column> = Object.fromEntries(
      Object.entries(room.state as ColumnDeclarations).map(([name, { each }]) => [
        name,
        this.#paths.own(new Float64Array(this.capacity * sizeOf(each, name))),
      ]),
    )
    const shocks: Record<string, Column> = {}
    const groups = new Map<string, ShockColumn[]>()
    for (const [name, shock] of Object.entries(room.shocks as Shocks)) {
      const agents = sizeOf(shock.agents, name)
      const each = sizeOf(shock.each, name)
      shocks[name] = this.#paths.own(new Float64Array(this.capacity * agents * each))
      const group = groups.get(shock.agents ?? '') ?? []
      group.push({ law: shock.law, each, column: shocks[name] })
      groups.set(shock.agents ?? '', group)
    }
    const streams = [...groups].map(([name, list]) => {
      const agents = name === '' ? 1 : sizes[name]
      const position = name === '' ? 0 : nameWord(name) | 0x80000000
      const words = this.#paths.own(new Int32Array(this.capacity * agents * 4))
      return { agents, position, words, shocks: list }
    })
    return { room, sizes, state, streams, shocks }
  }

  #levers(room: AnyRoom): Record<string, Float64Array> {
    const length = this.#plan.days * this.#plan.ticksPerDay
    const moved = this.#plan.levers[room.name] ?? {}
    return Object.fromEntries(
      Object.entries(room.levers as Levers).map(([name, lever]) => [
        name,
        moved[name] ?? new Float64Array(length).fill(lever.neutral),
      ]),
    )
  }

  #openRoom(
    memory: RoomMemory,
    columns: Record<string, Record<string, Column>>,
    levers: Record<string, Record<string, Float64Array>>,
  ): OpenedRoom {
    const { room } = memory
    const inputs = this.#economy.wires[room.name](columns)
    for (const [name, declared] of Object.entries(room.inputs as ColumnDeclarations)) {
      const expected = this.capacity * (declared.each === undefined ? 1 : memory.sizes[declared.each])
      if (inputs[name]?.length !== expected) {
        throw new Error(`input ${name} of ${room.name} has ${inputs[name]?.length} numbers, ${expected} are expected`)
      }
    }
    return room.open({
      parameters: this.#plan.parameters[room.name],
      tables: this.#plan.tables[room.name] as Readonly<Record<string, readonly Row[]>>,
      reads: readsOf(this.#plan, room),
      sizes: memory.sizes,
      paths: this.capacity,
      state: memory.state,
      inputs,
      shocks: memory.shocks,
      levers: levers[room.name],
      clock: this.clock,
      own: this.#paths.own,
      events:
        this.#luck?.events(room, memory.sizes) ??
        new EventStream(this.#plan.seed, nameWord(room.name), this.#pathNumbers, this.clock),
    })
  }

  #entries(list: Economy['day']['morning'], method: 'step' | 'tick', meetings: Record<string, Step>): readonly Entry[] {
    return list.map(({ run }) => {
      const step = meetings[run] ?? this.#opened[run]?.[method]
      if (!step) throw new Error(`${run} stands in the order of the day but offers no ${method}`)
      return { name: run, step }
    })
  }

  #collectLaws(whole: Readonly<Record<string, Law>>): NamedLaw[] {
    const laws: NamedLaw[] = Object.entries(whole).map(([name, law]) => ({ name, ...law }))
    for (const [room, opened] of Object.entries(this.#opened)) {
      for (const [name, law] of Object.entries(opened.laws)) laws.push({ name: `${room}: ${name}`, ...law })
    }
    return laws
  }
}

interface Entry {
  readonly name: string
  readonly step: Step
}
