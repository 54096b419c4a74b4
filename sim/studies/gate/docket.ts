/** The docket of a gate: each statement with its metric and its share of the error, and whether the budget can decide it at all. */
import { limitFault, type Statement } from '../../../scenarios/policyStatement.ts'
import { InputError } from '../../kernel/errors.ts'
import { bonferroni, clopperPearson, quantileInterval } from '../../statistics/intervals.ts'
import { quantileRank, wholeProduct } from '../../statistics/orderStatistics.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import { leastTail } from '../../statistics/pairedTails.ts'
import { geometricPlan } from '../../statistics/sequential.ts'
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import type { Metric } from '../metric.ts'
import { percentOfLevel } from '../numberWords.ts'

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
 * @throws InputError for a metric that the laboratory does not answer, a limit out of reach of the run, and a statement that no
 * outcome of the budget could pass
 */
export function docketOf(
  policy: GatePolicy,
  metrics: readonly Metric[],
  looks: readonly number[],
  same: boolean,
): readonly Case[] {
  const { statements, places, together } = policy
  const docket = statements.map((statement, index) => {
    const metric = metrics.find(({ name }) => name === statement.metric)
    if (metric === undefined)
      throw new InputError(
        `${places[index]} ${statement.name}: the scenario answers no metric ${statement.metric}; leave the statement out`,
      )
    // the policy was read before its run was known
    const fault = limitFault({ ...statement, metric })
    if (fault !== undefined) throw new InputError(`${places[index]} ${statement.name}: ${fault}`)
    const own = statement.confidence ?? policy.confidence
    const confidence = together ? bonferroni(own, statements.length) : own
    return { statement, metric, confidence, ofLook: confidenceOfLook(confidence, looks.length) }
  })
  const budget = looks[looks.length - 1]
  const lost = docket.filter((one) => !(same && one.statement.change) && !canPass(one, budget))
  if (lost.length > 0) throw new InputError(`${places[docket.indexOf(lost[0])]} ${hopeless(lost, looks)}`)
  return docket
}

/**
 * Two-sided confidence at which the interval of each look is taken: each of its two bounds then fails at any look with at
 * most one minus the confidence of the verdict, and only one of the two can make a verdict wrong.
 */
export function confidenceOfLook(confidence: number, looks: number): number {
  return bonferroni(1 - 2 * (1 - confidence), looks)
}

/** Whether the kindest outcome of that many paths would pass. */
function canPass(one: Case, paths: number): boolean {
  const { statement, ofLook } = one
  const { statistic, level, change, side } = statement
  if (statistic === 'probability') {
    const allowed = allowance(statement)
    return (change && allowed <= 0) || openProbability(one, paths) <= allowed
  }
  if (statistic === 'quantile' && !change) {
    const { lower, upper } = quantileInterval(paths, level as number, ofLook)
    return (side === 'atMost' ? upper : lower) !== null
  }
  return pathsBehind(statement, paths) >= leastBehind(statement)
}

/** How far a probability, or its change, may be off where no path speaks against the statement. */
function openProbability({ statement, ofLook }: Case, paths: number): number {
  if (statement.change) return pairedProportionDifference(0, 0, paths, ofLook).upper
  return clopperPearson(0, paths, ofLook).upper
}

/** How far it may be off within the limit. */
function allowance({ side, limit, change }: Statement): number {
  if (side === 'atMost') return limit
  return change ? -limit : 1 - limit
}

/** Most paths that can stand behind a bound, out of that many. */
function pathsBehind({ statistic, level }: Statement, paths: number): number {
  if (statistic === 'mean') return paths
  if (statistic === 'expectedShortfall') return paths - wholeProduct(paths, level as number)
  const rank = quantileRank(paths, level as number)
  return Math.min(rank, paths - rank)
}

/** Paths that must stand behind a bound on which a verdict may rest. */
function leastBehind({ statistic, indications }: Statement): number {
  if (statistic === 'quantile') return leastTail
  if (indications === 'refuse') return MINIMUM_TAIL_COUNT
  return statistic === 'mean' ? 2 : leastTail
}

/** What is the matter with the first statement that the budget cannot show, and every way out; then how many are like it. */
function hopeless(lost: readonly Case[], looks: readonly number[]): string {
  const [one] = lost
  const budget = looks[looks.length - 1]
  const [needed, ofAll] = [pathsNeeded(one, looks), Math.max(...lost.map((each) => pathsNeeded(each, looks)))]
  const others = lost.slice(1).map(({ statement }) => statement.name)
  const rest =
    others.length === 0 ? '' : `; ${others.join(', ')} cannot be shown either: --budget ${ofAll} is enough for all`
  const { why, otherwise } = obstacle(one, budget)
  return (
    `${one.statement.name}: no outcome of ${budget} paths could show it at ${percentOfLevel(one.confidence)} % ` +
    `confidence: ${why}; give it at least ${needed} paths (run.budget, or --budget ${needed}), or ${otherwise}${rest}`
  )
}

interface Obstacle {
  readonly why: string
  /** What to write instead of giving more paths. */
  readonly otherwise: string
}

/** Why that many paths are too few for a statement. */
function obstacle(one: Case, paths: number): Obstacle {
  const { statement } = one
  const { statistic, level, change } = statement
  if (statistic === 'probability') return ofProbability(one, paths)
  const otherwise = `choose a level nearer to the middle than ${level}`
  if (statistic === 'quantile' && !change)
    return { why: 'the bound that would show it lies beyond all of them', otherwise }
  const [behind, least] = [Math.floor(pathsBehind(statement, paths)), leastBehind(statement)]
  const where = { mean: 'speak of it', quantile: 'lie beyond its level', expectedShortfall: 'lie in its tail' }[
    statistic
  ]
  const why = `only ${behind} ${where}, and no verdict rests on fewer than ${least}`
  const accepting: Case = { ...one, statement: { ...statement, indications: 'accept' } }
  const isHelped = statement.indications === 'refuse' && canPass(accepting, paths)
  if (!isHelped) return { why, otherwise }
  return { why, otherwise: 'write indications: accept in the statement, for a quick look that rests on fewer' }
}

function ofProbability(one: Case, paths: number): Obstacle {
  const { change, side, limit, metric } = one.statement
  const open = openProbability(one, paths)
  // the limit to write is rounded away from what cannot be shown
  const [near, safe] = [open, Math.ceil(open * 1000) / 1000].map((off) => {
    const bound = side === 'atMost' ? off : change ? -off : 1 - off
    return Number(bound.toPrecision(3))
  })
  const who = side === 'atMost' ? 'none' : 'all'
  const seen = change
    ? 'even if none of them differs from the baseline, the change'
    : `even with ${metric} on ${who} of them, its probability`
  const why = `${seen} could be ${near}, ${side === 'atMost' ? 'above' : 'below'} the limit of ${limit}`
  return { why, otherwise: `set a limit of ${safe}` }
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
