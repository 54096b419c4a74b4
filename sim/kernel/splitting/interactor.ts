/**
 * Interacting particles: paths go through the days together, and every so many days as many of them as there are places are drawn
 * anew from among them, by their weight and a power of their chance to fail; each is weighed by what its choice left out. The
 * weighted paths of a replication are right on average for any function of a whole path, whatever the chance function is (P. Del
 * Moral and J. Garnier, Annals of Applied Probability 15, 2005; R. Carmona, J.-P. Fouque and D. Vestal, Finance and Stochastics
 * 13, 2009, for rare losses of credit portfolios). Choices are systematic in the order of the chances (G. Kitagawa, Journal of
 * Computational and Graphical Statistics 5, 1996).
 */
import type { ReadonlyColumn } from '../declarations.ts'
import type { Economy } from '../economy.ts'
import { InputError } from '../errors.ts'
import { exp, log } from '../maths/elementary.ts'
import type { Plan } from '../plan.ts'
import { nameWord } from '../random/events.ts'
import { SideStream } from '../random/streams.ts'
import { Simulator } from '../simulator.ts'
import { splittingColumns } from './declaration.ts'
import { type ChanceFunction, checkInteraction, type Interaction } from './interaction.ts'
import { firstNumber, numbersEach } from './replications.ts'

/** Chances below a millionth are all alike: a path that fails in spite of one must not count for all the others. */
const leastLogChance = log(1e-6)

export class Interactor {
  readonly interaction: Interaction
  readonly #chance: ChanceFunction
  readonly #plan: Plan
  readonly #simulator: Simulator
  readonly #columns: readonly ReadonlyColumn[]
  readonly #kept: readonly ReadonlyColumn[]
  readonly #active: Int32Array
  readonly #order: Int32Array
  readonly #offspring: Int32Array
  readonly #logWeight: Float64Array
  readonly #logChance: Float64Array
  readonly #share: Float64Array
  readonly #lot = new SideStream()

  /**
   * @param economy with the chance functions that it knows
   * @param outcomes room.column of what is kept of each path
   * @throws InputError when the interaction is impossible
   */
  constructor(economy: Economy, plan: Plan, interaction: Interaction, outcomes: readonly string[]) {
    this.#chance = checkInteraction(interaction, economy.chances)
    this.interaction = interaction
    this.#plan = plan
    const { particles, everyDays } = interaction
    const numbers = particles * Math.ceil(plan.days / everyDays)
    if (numbers > numbersEach) {
      throw new InputError(
        `${particles} particles chosen every ${everyDays} of ${plan.days} days draw ${numbers} times; at most ${numbersEach} are possible`,
      )
    }
    this.#simulator = new Simulator(economy, plan, particles)
    this.#columns = this.#chance.columns.map((name) => this.#simulator.column(name))
    this.#kept = outcomes.map((name) => this.#simulator.column(name))
    this.#active = Int32Array.from({ length: particles }, (_, i) => i)
    this.#order = new Int32Array(particles)
    this.#offspring = new Int32Array(particles)
    this.#logWeight = new Float64Array(particles)
    this.#logChance = new Float64Array(particles)
    this.#share = new Float64Array(particles)
  }

  /** Numbers of a row: the outcomes, then splittingColumns. */
  get width(): number {
    return this.#kept.length + splittingColumns.length
  }

  /**
   * One replication; independent of every other number and of every path of a plain run.
   * @param rows receives particles × width numbers
   */
  run(replication: number, rows: Float64Array): void {
    const first = firstNumber(replication)
    const { particles, everyDays } = this.interaction
    const { days } = this.#plan
    if (rows.length !== particles * this.width) {
      throw new Error(`${rows.length} numbers for a replication of ${particles} rows of ${this.width}`)
    }
    this.#simulator.open(Int32Array.from({ length: particles }, (_, i) => first + i))
    this.#logWeight.fill(-log(particles))
    for (let day = 0; day < days; day++) {
      this.#simulator.advance(day, this.#active, particles)
      const choice = (day + 1) / everyDays
      if (Number.isInteger(choice) && day < days - 1) this.#choose(day, first, choice)
    }
    this.#keep(rows)
  }

  /** Draws the particles anew from among themselves. */
  #choose(day: number, first: number, choice: number): void {
    const { particles } = this.interaction
    this.#findChances(day)
    this.#findShares()
    this.#drawOffspring(first, choice)
    const offspring = this.#offspring
    for (let i = 0; i < particles; i++) if (offspring[i] > 0) this.#logWeight[i] -= log(this.#share[i])
    let vacant = 0
    for (let i = 0; i < particles; i++) {
      for (let more = offspring[i] - 1; more > 0; more--) {
        while (offspring[vacant] > 0) vacant++
        this.#simulator.copyPath(i, vacant)
        this.#simulator.renewLuck(vacant, first + choice * particles + vacant)
        this.#logWeight[vacant] = this.#logWeight[i]
        vacant++
      }
    }
  }

  #findChances(day: number): void {
    const daysLeft = this.#plan.days - 1 - day
    for (let i = 0; i < this.interaction.particles; i++) {
      const chance = this.#chance.logChance(this.#columns, i, daysLeft, this.interaction.beyond)
      if (!(chance <= 0)) throw new Error(`chance function ${this.#chance.name} has a logarithm of ${chance}, above 0`)
      this.#logChance[i] = Math.max(leastLogChance, chance)
    }
  }

  /** The offspring that each particle is to have on average; they are as many as the particles together. */
  #findShares(): void {
    const { particles, strength } = this.interaction
    const share = this.#share
    let most = Number.NEGATIVE_INFINITY
    for (let i = 0; i < particles; i++) {
      share[i] = this.#logWeight[i] + strength * this.#logChance[i]
      most = Math.max(most, share[i])
    }
    let sum = 0
    for (let i = 0; i < particles; i++) {
      share[i] = exp(share[i] - most)
      sum += share[i]
    }
    for (let i = 0; i < particles; i++) share[i] *= particles / sum
  }

  /** As many marks at equal distances as there are particles, laid at random over their shares in the order of their chances. */
  #drawOffspring(first: number, choice: number): void {
    const { particles } = this.interaction
    const [key0, key1] = this.#plan.seed
    this.#lot.open(key0, key1, nameWord('interaction'), first, 0, choice)
    const offset = this.#lot.uniform()
    const chance = this.#logChance
    for (let i = 0; i < particles; i++) this.#order[i] = i
    this.#order.sort((a, b) => chance[a] - chance[b] || a - b)
    let upTo = 0
    let marks = 0
    for (let k = 0; k < particles; k++) {
      const i = this.#order[k]
      upTo = k === particles - 1 ? particles : upTo + this.#share[i]
      const before = marks
      while (marks < particles && marks + offset < upTo) marks++
      this.#offspring[i] = marks - before
    }
  }

  #keep(rows: Float64Array): void {
    const kept = this.#kept
    for (let i = 0; i < this.interaction.particles; i++) {
      const at = i * this.width
      for (let o = 0; o < kept.length; o++) rows[at + o] = kept[o][i]
      rows[at + kept.length] = this.#logWeight[i]
      rows[at + kept.length + 1] = Number.NEGATIVE_INFINITY
      rows[at + kept.length + 2] = this.#plan.days
    }
  }
}
