/**
 * Fixed-effort multilevel splitting with fixed levels: the same number of paths sets out from every level, shared evenly among the
 * states in which the one before was first reached. The weighted paths of a replication are right on average for any function
 * of a whole path, its probability of failure among them (P. Del Moral, Feynman-Kac Formulae, 2004, chapter 7; C.-E. Bréhier,
 * M. Gazeau, L. Goudenège, T. Lelièvre and M. Rousset, Annals of Applied Probability 26, 2016: levels that are reached
 * with a jump do no harm as long as a path counts from the day on which it stands at or above them).
 */
import type { ReadonlyColumn } from '../declarations.ts'
import type { Economy } from '../economy.ts'
import { log } from '../maths/elementary.ts'
import type { Plan } from '../plan.ts'
import { nameWord } from '../random/events.ts'
import { SideStream } from '../random/streams.ts'
import { Simulator } from '../simulator.ts'
import { checkSplitting, type LevelFunction, rowsOf, type Splitting, splittingColumns } from './declaration.ts'
import { firstNumber } from './replications.ts'

/** Paths that go through a day together; changes the pace only. */
const standardBlock = 64

export class Splitter {
  readonly splitting: Splitting
  readonly #level: LevelFunction
  readonly #plan: Plan
  readonly #simulator: Simulator
  readonly #columns: readonly ReadonlyColumn[]
  readonly #kept: readonly ReadonlyColumn[]
  readonly #block: number
  readonly #active: Int32Array
  readonly #shares = new SideStream()
  /** By path of this stage: the day at whose end it set out (−1 the eve of day one), its highest level, and where that reached the next mark. */
  readonly #since: Int32Array
  readonly #highest: Float64Array
  readonly #reachedOn: Int32Array

  /**
   * @param economy with the level functions that it knows
   * @param outcomes room.column of what is kept of each path
   * @throws InputError when the splitting is impossible
   */
  constructor(
    economy: Economy,
    plan: Plan,
    splitting: Splitting,
    outcomes: readonly string[],
    block: number = standardBlock,
  ) {
    this.#level = checkSplitting(splitting, economy.levels)
    this.splitting = splitting
    this.#plan = plan
    const { particles } = splitting
    this.#simulator = new Simulator(economy, plan, 2 * particles)
    this.#columns = this.#level.columns.map((name) => this.#simulator.column(name))
    this.#kept = outcomes.map((name) => this.#simulator.column(name))
    this.#block = block
    this.#active = new Int32Array(particles)
    this.#since = new Int32Array(particles)
    this.#highest = new Float64Array(particles)
    this.#reachedOn = new Int32Array(particles)
  }

  /** Numbers of a row: the outcomes, then splittingColumns. */
  get width(): number {
    return this.#kept.length + splittingColumns.length
  }

  /**
   * One replication; independent of every other number and of every path of a plain run.
   * @param rows receives rowsOf(splitting) × width numbers; a row of a path that went on from the next level has weight 0
   */
  run(replication: number, rows: Float64Array): void {
    const { levels, particles } = this.splitting
    const first = firstNumber(replication)
    this.#forget(rows)
    let logWeight = -log(particles)
    for (let stage = 0; stage <= levels.length; stage++) {
      const from = first + stage * particles
      if (stage === 0) this.#setOut(from)
      else this.#multiply(stage, from)
      this.#goOn(stage, levels[stage] ?? Number.POSITIVE_INFINITY)
      const reached = this.#keep(stage, logWeight, rows)
      if (reached === 0) return
      logWeight += log(reached / particles)
    }
  }

  #forget(rows: Float64Array): void {
    const { width } = this
    if (rows.length !== rowsOf(this.splitting) * width) {
      throw new Error(`${rows.length} numbers for a replication of ${rowsOf(this.splitting)} rows of ${width}`)
    }
    rows.fill(0)
    for (let at = this.#kept.length; at < rows.length; at += width) {
      rows[at] = Number.NEGATIVE_INFINITY
      rows[at + 1] = Number.NEGATIVE_INFINITY
    }
  }

  /** Stages use the two halves of the batch in turn: what one leaves where the next mark was reached, the other starts from. */
  #slotOf(stage: number, i: number): number {
    return (stage % 2) * this.splitting.particles + i
  }

  #setOut(from: number): void {
    const { particles } = this.splitting
    this.#simulator.open(Int32Array.from({ length: particles }, (_, i) => from + i))
    this.#since.fill(-1)
    this.#highest.fill(Number.NEGATIVE_INFINITY)
  }

  /** Paths with luck of their own from each state in which the mark was reached, in the order of its day. */
  #multiply(stage: number, from: number): void {
    const { particles } = this.splitting
    const states: number[] = []
    for (let i = 0; i < particles; i++) if (this.#reachedOn[i] >= 0) states.push(i)
    const days = states.map((i) => this.#reachedOn[i])
    const order = states.map((_, k) => k).sort((a, b) => days[a] - days[b] || a - b)
    const doubles = this.#evenShares(states.length, stage, from)
    let next = 0
    for (const k of order) {
      for (let d = 0; d < doubles[k]; d++) {
        const slot = this.#slotOf(stage, next)
        this.#simulator.copyPath(this.#slotOf(stage - 1, states[k]), slot)
        this.#simulator.renewLuck(slot, from + next)
        this.#since[next] = days[k]
        this.#highest[next] = this.#levelOf(slot, days[k])
        next++
      }
    }
  }

  /** As many doubles of each state as even division gives; what is left over goes to different ones, drawn at random. */
  #evenShares(states: number, stage: number, from: number): Int32Array {
    const { particles } = this.splitting
    const [key0, key1] = this.#plan.seed
    this.#shares.open(key0, key1, nameWord('splitting'), from, 0, stage)
    const doubles = new Int32Array(states).fill(Math.floor(particles / states))
    const lot = Int32Array.from({ length: states }, (_, k) => k)
    for (let k = 0; k < particles % states; k++) {
      const drawn = k + this.#shares.index(states - k)
      doubles[lot[drawn]]++
      lot[drawn] = lot[k]
    }
    return doubles
  }

  #goOn(stage: number, mark: number): void {
    const { particles } = this.splitting
    for (let i = 0; i < particles; i++) this.#reachedOn[i] = this.#highest[i] >= mark ? this.#since[i] : -1
    for (let i = 0; i < particles; i += this.#block) {
      this.#goOnTogether(stage, mark, i, Math.min(particles, i + this.#block))
    }
  }

  /** Takes paths i … end − 1, which set out in the order of their days, to the mark or the end of the run. */
  #goOnTogether(stage: number, mark: number, i: number, end: number): void {
    const base = this.#slotOf(stage, 0)
    let next = i
    let count = 0
    for (let day = this.#since[i] + 1; day < this.#plan.days; day++) {
      for (; next < end && this.#since[next] < day; next++) {
        if (this.#reachedOn[next] < 0) this.#active[count++] = base + next
      }
      if (count === 0) {
        if (next === end) return
        continue
      }
      this.#simulator.advance(day, this.#active, count)
      count = this.#stopAt(mark, base, day, count)
    }
  }

  /** Notes how high the active paths stand at the end of a day. @returns how many of them, moved together, go on. */
  #stopAt(mark: number, base: number, day: number, count: number): number {
    let left = 0
    for (let k = 0; k < count; k++) {
      const slot = this.#active[k]
      const level = this.#levelOf(slot, day)
      if (level > this.#highest[slot - base]) this.#highest[slot - base] = level
      if (level >= mark) this.#reachedOn[slot - base] = day
      else this.#active[left++] = slot
    }
    return left
  }

  #levelOf(slot: number, day: number): number {
    const level = this.#level.evaluate(this.#columns, slot, this.#plan.days - 1 - day)
    if (Number.isNaN(level)) throw new Error(`level function ${this.#level.name} is not a number`)
    return level
  }

  /** Keeps the paths that came to the end of the run. @returns how many stand at the next mark instead. */
  #keep(stage: number, logWeight: number, rows: Float64Array): number {
    const { particles } = this.splitting
    const kept = this.#kept
    let reached = 0
    for (let i = 0; i < particles; i++) {
      const at = (stage * particles + i) * this.width
      const last = this.#reachedOn[i] >= 0 ? this.#reachedOn[i] : this.#plan.days - 1
      rows[at + kept.length + 1] = this.#highest[i]
      rows[at + kept.length + 2] = last - this.#since[i]
      if (this.#reachedOn[i] >= 0) reached++
      else {
        const slot = this.#slotOf(stage, i)
        for (let o = 0; o < kept.length; o++) rows[at + o] = kept[o][slot]
        rows[at + kept.length] = logWeight
      }
    }
    return reached
  }
}
