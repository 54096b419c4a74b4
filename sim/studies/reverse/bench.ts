/** What all parts of a reverse stress test work with: cells of steered luck, their failures, and a close look at those. */
import { planOf, type Scenario } from '../../../scenarios/scenario.ts'
import type { Shock } from '../../../scenarios/shocks.ts'
import { exp } from '../../kernel/maths/elementary.ts'
import type { Plan } from '../../kernel/plan.ts'
import { logWeightColumn, type Proposal, type Steering } from '../../kernel/steering.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import { type Failure, failuresOf } from './failure.ts'
import type { ShockSpace } from './language.ts'
import type { FailingPath } from './modes.ts'
import { PathNumbers } from './pathNumbers.ts'
import type { ReverseQuestion } from './question.ts'
import { quantiles } from './shares.ts'
import { readCoordinates, steeringTo, watchesOf } from './shockSpace.ts'
import { type Witnessed, type WitnessRequest, witnessing } from './watch.ts'

/** Typical paths that show where orders alone lead. */
export const typicalPaths = 40

/** Paths looked at closely at a time, after which the user is told how far that is and an interruption loses nothing. */
const lookedAtOnce = 64

export interface SteeredCell {
  readonly from: number
  /** Outcomes and watched luck. */
  readonly columns: OutcomeColumns
  readonly failed: Uint8Array
  /** Coordinates of each path, row-major. */
  readonly luck: Float64Array
  readonly logWeights: Float64Array
  readonly steering: Steering
}

/** Paths to look at, and the luck under which they are simulated again. */
export type LookRequest = Pick<WitnessRequest, 'plan' | 'steering' | 'paths'>

export class Bench {
  readonly question: ReverseQuestion
  readonly laboratory: Laboratory
  readonly failure: Failure
  readonly plan: Plan
  readonly space: ShockSpace
  /** Path numbers beyond those of the plain simulation. */
  readonly numbers: PathNumbers
  /** First paths of what searches use, of what measures their results, and of what quotes the measured. */
  readonly luck: { readonly search: number; readonly measure: number; readonly quote: number; readonly orders: number }
  /** The same for critical sizes of orders, and the paths on which two of them are tried together. */
  readonly orderLuck: {
    readonly search: number
    readonly measure: number
    readonly quote: number
    readonly pairs: number
  }

  constructor(question: ReverseQuestion, laboratory: Laboratory, failure: Failure) {
    this.question = question
    this.laboratory = laboratory
    this.failure = failure
    this.plan = planOf(question.scenario, laboratory.economy)
    this.space = question.language.space(this.plan)
    this.numbers = new PathNumbers(question.scenario.paths)
    const { searchPaths, leverPaths } = question.effort
    const search = this.numbers.take(searchPaths)
    const measure = this.numbers.take(searchPaths)
    const quote = this.numbers.take(searchPaths)
    this.luck = { search, measure, quote, orders: this.numbers.take(Math.max(leverPaths, typicalPaths)) }
    const [sought, measured, quoted, paired] = [0, 1, 2, 3].map(() => this.numbers.take(leverPaths))
    this.orderLuck = { search: sought, measure: measured, quote: quoted, pairs: paired }
  }

  /** Ordinary luck, its coordinates noted. */
  get plainSteering(): Steering {
    return { watch: watchesOf(this.space) }
  }

  steeringAt(point: ArrayLike<number>): Steering {
    return steeringTo(this.space, point, this.plan.days)
  }

  /** The same as a part of a mixture. */
  proposalAt(point: ArrayLike<number>): Proposal {
    const { shifts, chances } = this.steeringAt(point)
    return { shifts, chances }
  }

  async cell(steering: Steering, from: number, to: number): Promise<SteeredCell> {
    const columns = await this.laboratory.simulate({ plan: this.plan, from, to, steering })
    const paths = to - from
    const logWeights = columns[logWeightColumn]
    if (!logWeights) throw new Error('a steered cell came without the weights of its paths')
    const luck = readCoordinates(this.space, columns, paths, this.plan.days)
    return { from, columns, failed: failuresOf(this.failure, columns, paths), luck, logWeights, steering }
  }

  /** A close look at the failing paths of a cell, the first `most` of them. */
  failingPaths(cell: SteeredCell, most: number): Promise<readonly FailingPath[]> {
    const places = [...cell.failed.keys()].filter((p) => cell.failed[p] === 1)
    return this.closeLook(cell, places.slice(0, most))
  }

  /** A close look at some paths of a cell. @param places of the paths in the cell */
  async closeLook(cell: SteeredCell, places: readonly number[]): Promise<readonly FailingPath[]> {
    const { from, luck, steering, logWeights } = cell
    const d = this.space.coordinates.length
    const told = await this.lookAt({ plan: this.plan, steering, paths: places.map((p) => from + p) })
    return told.map((one, i) => {
      const p = places[i]
      return { ...one, luck: luck.slice(p * d, (p + 1) * d), weight: exp(logWeights[p]) }
    })
  }

  /** What the witness says of some paths. */
  async lookAt(request: LookRequest): Promise<readonly Witnessed[]> {
    const told: Witnessed[] = []
    const { paths } = request
    for (let from = 0; from < paths.length; from += lookedAtOnce) {
      const some = { ...request, paths: paths.slice(from, from + lookedAtOnce) }
      const identity = { look: this.failure.text, ...some }
      told.push(...(await this.#remember(identity, () => this.#watch(some))))
      if (told.length < paths.length) this.laboratory.say(`a close look at ${told.length} of ${paths.length} paths`)
    }
    return told
  }

  /** Median of a column over some paths, day by day. */
  middlePath(request: LookRequest, column: string, weights?: readonly number[]): Promise<readonly number[]> {
    return this.#remember({ middlePath: column, weights, ...request }, async () => {
      const all: Float64Array[] = []
      await this.#watch(request, (_, series) => void all.push(series[column]))
      return Array.from({ length: request.plan.days }, (_, day) =>
        quantiles(
          all.map((series) => series[day]),
          weights,
        )(0.5),
      )
    })
  }

  /** The host may do other things between a few of the paths and the next, or stop here. */
  async #watch(request: LookRequest, onSeries?: WitnessRequest['onSeries']): Promise<readonly Witnessed[]> {
    const { laboratory, question, failure } = this
    const { witness } = question.language
    const told: Witnessed[] = []
    for (const some of witnessing({ ...request, economy: laboratory.economy, witness, failure, onSeries })) {
      told.push(...some)
      await laboratory.pause?.()
    }
    return told
  }

  #remember<T>(identity: object, work: () => Promise<T>): Promise<T> {
    const { remember } = this.laboratory
    return remember ? remember(identity, work) : work()
  }

  /** The plan with shocks ordered on top of those of the scenario. */
  planWith(shocks: readonly Shock[]): Plan {
    return planOf(this.scenarioWith(shocks), this.laboratory.economy)
  }

  scenarioWith(shocks: readonly Shock[]): Scenario {
    const { scenario } = this.question
    return { ...scenario, shocks: [...scenario.shocks, ...shocks] }
  }

  /** Failures on paths `from` … `to − 1` under shocks and ordinary luck, of another seed where one is given. */
  async failuresUnder(shocks: readonly Shock[], from: number, to: number, seed?: string): Promise<Uint8Array> {
    const scenario = this.scenarioWith(shocks)
    const plan = planOf(seed === undefined ? scenario : { ...scenario, seed }, this.laboratory.economy)
    const columns = await this.laboratory.simulate({ plan, from, to })
    return failuresOf(this.failure, columns, to - from)
  }
}
