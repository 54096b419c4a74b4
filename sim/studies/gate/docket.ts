/** The docket of a gate: each statement with its metric and its share of the error, and whether the budget can decide it at all. */
import type { Statement } from '../../../scenarios/policyStatement.ts'
import { InputError } from '../../kernel/errors.ts'
import { bonferroni, clopperPearson, quantileInterval } from '../../statistics/intervals.ts'
import { quantileRank, wholeProduct } from '../../statistics/orderStatistics.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import { leastTail } from '../../statistics/pairedTails.ts'
import { geometricPlan } from '../../statistics/sequential.ts'
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import type { Metric } from '../metric.ts'

export interface GatePolicy {
  readonly name: string
  readonly question: string
  readonly file: string
  readonly confidence: number
  readonly together: boolean
  readonly undecided: 'fail' | 'pass'
  readonly statements: readonly Statement[]
  /** Where each statement stands, for errors. */
  readonly places: readonly string[]
}

export interface Case {
  readonly statement: Statement
  readonly metric: Metric
  /** Of the verdict, the looks and, where the policy says so, the other statements accounted for. */
  readonly confidence: number
  /** Two-sided confidence of the interval of one look. */
  readonly ofLook: number
}

/** Most looks that a budget is planned for; doubling reaches any budget in fewer. */
const planAttempts = 40

/**
 * @param same scenario and baseline are the same plan, whose changes need no paths to be known
 * @throws InputError for a metric that the laboratory does not answer, and for a statement that no outcome of the budget could pass
 */
export function docketOf(
  policy: GatePolicy,
  metrics: readonly Metric[],
  looks: readonly number[],
  same: boolean,
): readonly Case[] {
  const { statements, places, together } = policy
  return statements.map((statement, index) => {
    const metric = metrics.find(({ name }) => name === statement.metric)
    if (metric === undefined)
      throw new InputError(
        `${places[index]} the scenario answers no metric ${statement.metric}; leave the statement out`,
      )
    const own = statement.confidence ?? policy.confidence
    const confidence = together ? bonferroni(own, statements.length) : own
    const one: Case = { statement, metric, confidence, ofLook: confidenceOfLook(confidence, looks.length) }
    const budget = looks[looks.length - 1]
    const isKnown = same && statement.change
    if (!isKnown && !canPass(one, budget)) throw new InputError(`${places[index]} ${hopeless(one, looks)}`)
    return one
  })
}

/**
 * Two-sided confidence at which the interval of each look is taken: each of its two bounds then fails at any look with at
 * most one minus the confidence of the verdict, and only one of the two can make a verdict wrong.
 */
export function confidenceOfLook(confidence: number, looks: number): number {
  return bonferroni(1 - 2 * (1 - confidence), looks)
}

/** Whether the kindest outcome of that many paths would pass. */
function canPass({ statement, ofLook }: Case, paths: number): boolean {
  const { statistic, level, change, side, limit, indications } = statement
  if (statistic === 'mean') return paths >= (indications === 'accept' ? 2 : MINIMUM_TAIL_COUNT)
  if (statistic === 'expectedShortfall') {
    const least = indications === 'accept' ? leastTail : MINIMUM_TAIL_COUNT
    return paths - wholeProduct(paths, level as number) >= least
  }
  if (statistic === 'quantile') {
    const rank = quantileRank(paths, level as number)
    if (change) return Math.min(rank, paths - rank) >= leastTail
    const { lower, upper } = quantileInterval(paths, level as number, ofLook)
    return (side === 'atMost' ? upper : lower) !== null
  }
  const allowed = side === 'atMost' ? limit : change ? -limit : 1 - limit
  if (!change) return clopperPearson(0, paths, ofLook).upper <= allowed
  return allowed <= 0 || pairedProportionDifference(0, 0, paths, ofLook).upper <= allowed
}

function hopeless(one: Case, looks: readonly number[]): string {
  const { statement, confidence } = one
  const budget = looks[looks.length - 1]
  const { statistic, indications, side } = statement
  const bound = `its ${side === 'atMost' ? 'upper' : 'lower'} bound`
  const isAsymptotic = statistic === 'mean' || statistic === 'expectedShortfall'
  const kindest =
    statistic === 'probability'
      ? 'even if no path speaks against it'
      : isAsymptotic && indications === 'refuse'
        ? `${bound} would be an indication, with fewer than ${MINIMUM_TAIL_COUNT} paths ${statistic === 'mean' ? '' : 'in the tail '}behind it`
        : `${bound} does not exist`
  return (
    `${statement.name} cannot be shown with a budget of ${budget} paths at ${Number((confidence * 100).toPrecision(6))} % ` +
    `confidence: ${kindest}; it needs at least ${pathsNeeded(one, looks)} paths: raise run.budget, or ask for less`
  )
}

/** The smallest budget, to about a hundredth, with which the kindest outcome would pass; more looks ask for more paths. */
function pathsNeeded(one: Case, looks: readonly number[]): number {
  const enough = (budget: number): boolean => {
    const { checks } = geometricPlan(looks[0], budget, one.confidence)
    return canPass({ ...one, ofLook: confidenceOfLook(one.confidence, checks.length) }, budget)
  }
  let high = looks[looks.length - 1]
  for (let attempt = 0; attempt < planAttempts && !enough(high); attempt++) high *= 2
  let low = Math.ceil(high / 2)
  while (high - low > Math.max(1, high / 200)) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}
