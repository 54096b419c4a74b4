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
import { readCoordinates, steeringTo, watchesOf } from './shockSpace.ts'
import { type Witnessed, type WitnessRequest, witnessing } from './watch.ts'

/** Typical paths that show where orders alone lead. */
export const typicalPaths = 40

/** Paths looked at closely after which the user is told how far that is. */
const sayEvery = 64

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

  /** What the witness says of some paths. The host may do other things between a few of them and the next, or stop here. */
  async lookAt(request: Omit<WitnessRequest, 'economy' | 'witness' | 'failure'>): Promise<readonly Witnessed[]> {
    const { laboratory, question, failure } = this
    const told: Witnessed[] = []
    const count = request.paths.length
    const look = witnessing({ ...request, economy: laboratory.economy, witness: question.language.witness, failure })
    for (const some of look) {
      told.push(...some)
      if (told.length < count && told.length % sayEvery === 0) {
        laboratory.say(`a close look at ${told.length} of ${count} paths`)
      }
      await laboratory.pause?.()
    }
    return told
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
