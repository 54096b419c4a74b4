/** The study of a size: how much of a buffer holds failures to a stated probability, what that costs, and who loses first. */
import { openingOf, turned } from '../../../scenarios/dials.ts'
import { InputError } from '../../kernel/errors.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { requiredLevel } from '../../statistics/sizing.ts'
import { dialTitle } from '../dialWords.ts'
import type { Laboratory } from '../laboratory.ts'
import { evaluateMetric } from '../metric.ts'
import { openPolicyRuns, type PolicyRuns } from '../policyRuns.ts'
import type { Proposal } from '../proposal.ts'
import { countOf, type Failure, failuresOf, readFailures } from '../reverse/failure.ts'
import type { CurvePoint, FirstLoss, Measured, Required, SizeAnswer } from './answer.ts'
import { yieldColumn, yieldCost } from './cost.ts'
import { firstLossLadder, firstLossOf, partyOf } from './firstLoss.ts'
import { frontierLadders, frontierOf } from './frontier.ts'
import { type Ladder, ladderOf } from './levels.ts'
import { monotonicityOf, type OneDialResult, requiredOf, shareOf, sizeOneDial } from './oneDial.ts'
import { proposalsOf } from './propose.ts'
import { checksFor, costPaths, isTooShort, requireQuestion, type SizeQuestion, shortWords } from './question.ts'
import { sizeTables } from './tables.ts'
import { dialWords, unpaddedPercent, valueWords } from './words.ts'

/** A question with everything that its words stand for, all names checked. */
interface Checked {
  readonly question: SizeQuestion
  readonly ladder: Ladder
  readonly failure: Failure
}

/** @throws InputError for a question that makes no sense, before anything is simulated */
export function checkQuestion(question: SizeQuestion, laboratory: Pick<Laboratory, 'economy' | 'metrics'>): Checked {
  requireQuestion(question)
  const { scenario, dial, wishes, frontier, firstLoss } = question
  const ladder = named('--dial', () => ladderOf(scenario, laboratory.economy, dial, wishes))
  const text = question.failure ?? ladder.policy?.failure ?? 'depeg_2pct_24h'
  const failure = readFailures([text], laboratory.metrics)
  const sized = { dial, safer: ladder.safer }
  if (frontier) named('--frontier', () => frontierLadders({ scenario, wishes: frontier, sized }, laboratory.economy))
  for (const { dial: name, party } of firstLoss) {
    partyOf(party)
    named('--first-loss', () => firstLossLadder(scenario, laboratory.economy, name))
  }
  return { question, ladder, failure }
}

/** What an option names, with the option in the message where that is wrong. */
function named<T>(option: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InputError) || error.message.startsWith('--')) throw error
    throw new InputError(`${option}: ${error.message}`)
  }
}

/** @throws InputError for a question that makes no sense */
export async function size(question: SizeQuestion, laboratory: Laboratory): Promise<SizeAnswer> {
  const checked = checkQuestion(question, laboratory)
  const { ladder, failure } = checked
  const { scenario, limits, confidence, paths } = question
  const runs = openPolicyRuns(scenario, laboratory)
  laboratory.say(`failure: ${failure.meaning} (${failure.text})`)
  const plans = limits.map((limit) => ({ limit, checks: checksFor(limit, paths) }))
  const found = await sizeOneDial({ ladder, failure, limits: plans, confidence }, runs, laboratory.say)
  const points = await pointsOf(checked, found, runs, laboratory)
  const pointOf = (index: number): CurvePoint => points.get(index) as CurvePoint
  const required = plans.map((_, place) => requiredOf(ladder, found, place, confidence, pointOf))
  const curve = [...points].sort(([a], [b]) => a - b).map(([, point]) => point)
  const words = dialWords(ladder)
  const monotonicity = monotonicityOf(ladder, found)
  // the policy of today meets every path of the search: what is compared shares its luck
  const searched = Math.max(Math.min(paths, costPaths), ...plans.flatMap(({ checks }) => checks))
  const { point: today, flags } = await todayOf(checked, searched, runs)
  const { name: scenarioName, question: asked, days } = scenario
  const named = { name: failure.text, meaning: failure.meaning }
  const proposals = proposalsOf(
    {
      scenario,
      economy: laboratory.economy,
      ladder,
      words,
      failure: named,
      monotonicity,
      flags: { today: flags, at: (level) => found.record.get(ladder.levels.indexOf(level)) as Uint8Array },
    },
    required,
  )
  const answer = {
    kind: 'size' as const,
    scenario: { name: scenarioName, question: asked, days },
    failure: named,
    dial: words,
    confidence,
    today,
    required,
    curve,
    monotonicity,
    measured: await measuredOf(checked, searched, runs, laboratory),
    frontier: question.frontier ? await frontierStep(checked, runs, laboratory) : null,
    missing: missingOf(question, curve),
    firstLoss: await firstLosses(question, runs, laboratory),
    opening: openingsOf(checked, proposals, required, laboratory),
    proposals,
  }
  return { ...answer, tables: sizeTables(answer) }
}

/** Every level looked at, with its failures and its cost against the policy of today. */
async function pointsOf(
  { question, ladder }: Checked,
  { record }: OneDialResult,
  runs: PolicyRuns,
  laboratory: Laboratory,
): Promise<Map<number, CurvePoint>> {
  const { scenario, confidence } = question
  const { staked } = openingOf(scenario, laboratory.economy)
  const points = new Map<number, CurvePoint>()
  for (const [index, flags] of record) {
    const level = ladder.levels[index]
    const paths = Math.min(flags.length, costPaths)
    const [before, after] = [await runs.first({}, paths), await runs.first({ [ladder.dial.name]: level }, paths)]
    const dials = [{ policy: ladder.policy, today: ladder.today, value: level }]
    const hasYield = before[yieldColumn].some((value) => value !== 0)
    const cost = hasYield ? yieldCost(before, after, dials, staked, confidence) : null
    points.set(index, { level, ...shareOf(countOf(flags), flags.length, confidence), cost })
  }
  return points
}

/** Why there is no cost, or no frontier in a run too short for one. */
function missingOf({ scenario: { days }, frontier }: SizeQuestion, curve: readonly CurvePoint[]): string | null {
  const isCostless = curve.every(({ cost }) => cost === null)
  if (isTooShort(days)) {
    const parts = [...(isCostless ? ['cost is measured'] : []), ...(frontier ? [] : ['frontier drawn'])]
    return parts.length === 0 ? null : `No ${parts.join(' and no ')}: ${shortWords(days)}.`
  }
  return isCostless ? 'No cost is measured: on these paths sAID has no yield that could be lost.' : null
}

/** The policy of today on all paths of the search, and which of them fail. */
async function todayOf(
  { question, ladder, failure }: Checked,
  paths: number,
  runs: PolicyRuns,
): Promise<{ readonly point: SizeAnswer['today']; readonly flags: Uint8Array }> {
  const columns = await runs.first({}, paths)
  const { mean, lower, upper } = meanWithInterval(columns[yieldColumn], question.confidence)
  const flags = failuresOf(failure, columns, paths)
  const share = shareOf(countOf(flags), paths, question.confidence)
  return { point: { level: ladder.today, ...share, cost: null, netYield: { value: mean, lower, upper } }, flags }
}

/** The amount that every run measures for this dial, as a level of it. */
async function measuredOf(
  { question, ladder }: Checked,
  paths: number,
  runs: PolicyRuns,
  laboratory: Laboratory,
): Promise<Measured[]> {
  const measured = ladder.policy?.measured
  const metric = laboratory.metrics.find(({ name }) => name === measured?.metric)
  if (!measured || !metric) return []
  const values = evaluateMetric(metric, await runs.first({}, paths), paths)
  return question.limits.map((limit) => {
    const { level, lower, upper, exceed, pathsNeeded } = requiredLevel(values, limit, question.confidence)
    const shared = { metric: metric.name, meaning: metric.meaning, limit, paths, exceed, pathsNeeded }
    if (!Number.isFinite(level)) return { ...shared, amount: null, level: null }
    const finite = (one: number | null): number | null => (one !== null && Number.isFinite(one) ? one : null)
    const amount = { value: level, lower: finite(lower), upper: finite(upper) }
    const as = (one: number | null): number | null => (one === null ? null : measured.levelOf(one))
    return {
      ...shared,
      amount,
      level: { value: measured.levelOf(level), lower: as(amount.lower), upper: as(amount.upper) },
    }
  })
}

async function frontierStep({ question, failure, ladder }: Checked, runs: PolicyRuns, laboratory: Laboratory) {
  const { scenario, frontier: wishes, limits, confidence, indifference, paths, dial } = question
  if (!wishes) throw new Error('a frontier was not asked for')
  const freshFrom = Math.max(paths, wishes.paths, costPaths)
  const sized = { dial, safer: ladder.safer }
  const ask = { scenario, failure, wishes, sized, limit: Math.max(...limits), confidence, indifference, freshFrom }
  return frontierOf(ask, runs, laboratory)
}

async function firstLosses(question: SizeQuestion, runs: PolicyRuns, laboratory: Laboratory): Promise<FirstLoss[]> {
  const { scenario, limits, confidence, firstLossPaths: paths } = question
  const found: FirstLoss[] = []
  for (const wishes of question.firstLoss) {
    found.push(await firstLossOf({ scenario, wishes, limits, confidence, paths }, runs, laboratory))
  }
  return found
}

/** The opening books of today and of each proposal that changes something, for benchmarks to be held against. */
function openingsOf(
  { question, ladder }: Checked,
  proposals: readonly Proposal[],
  required: readonly Required[],
  { economy }: Laboratory,
): SizeAnswer['opening'] {
  const { scenario } = question
  const today = { policy: 'today', proposal: null, balance: openingOf(scenario, economy) }
  const limits = required.flatMap(({ certified, limit }) => (certified === null ? [] : [limit]))
  const proposed = proposals.flatMap(({ changes: [change] }, proposal) => {
    if (change === undefined) return []
    const to = Number(change.to)
    const scenarioThen = turned(scenario, { [ladder.dial.name]: to }, economy)
    return [
      {
        policy: `${dialTitle(ladder.dial)} ${valueWords(to, ladder.dial.unit)}, for ${unpaddedPercent(limits[proposal])}`,
        proposal,
        balance: openingOf(scenarioThen, economy),
      },
    ]
  })
  return [today, ...proposed]
}
