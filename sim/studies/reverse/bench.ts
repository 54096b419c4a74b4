/** What all parts of a reverse stress test work with: cells of steered luck, their failures, and a close look at those. */
import { planOf, type Scenario } from '../../../scenarios/scenario.ts'
import type { Shock } from '../../../scenarios/shocks.ts'
import type { Plan } from '../../kernel/plan.ts'
import { logWeightColumn, type Steering } from '../../kernel/steering.ts'
import type { Laboratory } from '../laboratory.ts'
import { type Failure, failuresOf } from './failure.ts'
import type { ShockSpace } from './language.ts'
import type { FailingPath } from './modes.ts'
import type { ReverseQuestion } from './question.ts'
import { readCoordinates, steeringTo, watchesOf } from './shockSpace.ts'
import { witnessPaths } from './watch.ts'

export interface SteeredCell {
  readonly from: number
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

  constructor(question: ReverseQuestion, laboratory: Laboratory, failure: Failure) {
    this.question = question
    this.laboratory = laboratory
    this.failure = failure
    this.plan = planOf(question.scenario, laboratory.economy)
    this.space = question.language.space(this.plan)
  }

  /** Ordinary luck, its coordinates noted. */
  get plainSteering(): Steering {
    return { watch: watchesOf(this.space) }
  }

  steeringAt(point: ArrayLike<number>): Steering {
    return steeringTo(this.space, point, this.plan.days)
  }

  async cell(steering: Steering, from: number, to: number): Promise<SteeredCell> {
    const columns = await this.laboratory.simulate({ plan: this.plan, from, to, steering })
    const paths = to - from
    const logWeights = columns[logWeightColumn]
    if (!logWeights) throw new Error('a steered cell came without the weights of its paths')
    const luck = readCoordinates(this.space, columns, paths, this.plan.days)
    return { from, failed: failuresOf(this.failure, columns, paths), luck, logWeights, steering }
  }

  /** A close look at the failing paths of a cell, the first `most` of them. */
  failingPaths({ from, failed, luck, steering }: SteeredCell, most: number): readonly FailingPath[] {
    const d = this.space.coordinates.length
    const places = [...failed.keys()].filter((p) => failed[p] === 1).slice(0, most)
    const { economy } = this.laboratory
    const numbers = places.map((p) => from + p)
    const told = witnessPaths(economy, this.plan, steering, numbers, this.question.language.witness, this.failure)
    return told.map((one, i) => ({ ...one, luck: luck.slice(places[i] * d, (places[i] + 1) * d) }))
  }

  /** The plan with shocks ordered on top of those of the scenario. */
  planWith(shocks: readonly Shock[]): Plan {
    return planOf(this.scenarioWith(shocks), this.laboratory.economy)
  }

  scenarioWith(shocks: readonly Shock[]): Scenario {
    const { scenario } = this.question
    return { ...scenario, shocks: [...scenario.shocks, ...shocks] }
  }

  /** Failures on paths `from` … `to − 1` under shocks and ordinary luck. */
  async failuresUnder(shocks: readonly Shock[], from: number, to: number): Promise<Uint8Array> {
    const columns = await this.laboratory.simulate({ plan: this.planWith(shocks), from, to })
    return failuresOf(this.failure, columns, to - from)
  }
}
