/** The gate: does a scenario keep a policy, statement by statement, with as many paths as it takes and no more than it may? */
import type { Plan } from '../../kernel/plan.ts'
import { SideStream } from '../../kernel/random/streams.ts'
import { geometricPlan } from '../../statistics/sequential.ts'
import type { Laboratory } from '../laboratory.ts'
import { evaluateMetric, type OutcomeColumns } from '../metric.ts'
import type { GateAnswer, Look, StatementAnswer, Verdict } from './answer.ts'
import { type Case, docketOf, type GatePolicy } from './docket.ts'
import { type Measure, measure, methodOf } from './measure.ts'
import { looksTable } from './table.ts'

export interface GateQuestion {
  readonly policy: GatePolicy
  /** The scenario under judgement, and its name. */
  readonly plan: Plan
  readonly scenario: string
  /** What changes are measured against, on the same luck. */
  readonly baseline: { readonly name: string; readonly plan: Plan; readonly same: boolean } | null
  /** Paths of the first look; each look doubles them. */
  readonly paths: number
  /** Paths of the last look. */
  readonly budget: number
}

/** A scenario against itself. */
const unchanged: Omit<Measure, 'method' | 'exact'> = {
  ...{ value: 0, lower: 0, upper: 0, moved: 0, infinite: 0 },
  ...{ tailPaths: null, telling: null, enough: true, heavy: false, indication: false },
}

/** Room hash of the streams that resample paths: no room of an economy has it. */
const resamplingStream = 0x67617465

/**
 * Judges every statement at planned numbers of paths until all are decided or the budget is used up. Each bound of each look
 * holds with one minus its share of the error (Bonferroni over the planned looks), so a verdict is wrong with at most
 * one minus the confidence, however the moment to stop was found. A decided statement keeps its verdict and its paths.
 * @throws InputError for a statement that the budget could never show
 */
export async function gate(question: GateQuestion, laboratory: Laboratory): Promise<GateAnswer> {
  const { policy, baseline } = question
  const { checks } = geometricPlan(question.paths, question.budget, policy.confidence)
  const docket = docketOf(policy, laboratory.metrics, checks, baseline?.same ?? false)
  const trials = docket.map((one) => openTrial(one))
  const scenario = growing(laboratory, question.plan)
  const before = baseline && growing(laboratory, baseline.plan)
  for (const [look, paths] of checks.entries()) {
    const open = trials.filter(({ verdict }) => verdict() === 'undecided')
    if (open.length === 0) break
    laboratory.say(`${open.length} of ${trials.length} statements open: looking at ${paths} paths`)
    const needsBaseline = open.some(({ statement }) => statement.change)
    const isNeeded = before && needsBaseline && !baseline?.same
    const columns = await Promise.all([scenario.upTo(paths), isNeeded ? before.upTo(paths) : undefined])
    for (const [index, trial] of trials.entries()) {
      if (trial.verdict() !== 'undecided') continue
      trial.hear(columns[0], columns[1], paths, drawer(question.plan, index, look))
    }
  }
  return answerOf(question, checks, trials, scenario.paths(), before?.paths() ?? 0)
}

interface Trial {
  readonly statement: Case['statement']
  verdict(): Verdict
  hear(after: OutcomeColumns, before: OutcomeColumns | undefined, paths: number, draw: (n: number) => number): void
  answer(undecided: 'fail' | 'pass'): StatementAnswer
}

function openTrial({ statement, metric, confidence, ofLook }: Case): Trial {
  const looks: Look[] = []
  let last: Measure | undefined
  const verdict = (): Verdict => looks.at(-1)?.verdict ?? 'undecided'
  return {
    statement,
    verdict,
    hear(after, before, paths, draw) {
      const values = evaluateMetric(metric, after, paths)
      const baseline = statement.change && before ? evaluateMetric(metric, before, paths) : undefined
      const evidence = { statement, metric, values, baseline, confidence: ofLook, draw }
      const found = statement.change && !before ? { ...unchanged, ...methodOf(statement) } : measure(evidence)
      last = found.exact && last?.exact ? narrowed(found, last) : found
      const trusted = statement.indications === 'accept' || !last.indication
      looks.push({ paths, ...shownOf(last), verdict: trusted ? verdictOf(last, statement) : 'undecided' })
    },
    answer(undecided) {
      const { meaning, unit, bad } = metric
      const words = { ...statement, meaning, unit, bad, confidence, confidenceOfLook: (1 + ofLook) / 2 }
      const fails = verdict() === 'breach' || (verdict() === 'undecided' && undecided === 'fail')
      return { ...words, ...(last as Measure), ...(looks.at(-1) as Look), fails, looks }
    },
  }
}

/** Exact bounds hold at all looks at once, so what they have in common holds too; where that is nothing, no bound is left. */
export function narrowed(found: Measure, before: Pick<Look, 'lower' | 'upper'>): Measure {
  const lower = furthest(found.lower, before.lower, Math.max)
  const upper = furthest(found.upper, before.upper, Math.min)
  if (lower !== null && upper !== null && lower > upper) return { ...found, lower: null, upper: null }
  return { ...found, lower, upper }
}

function furthest(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  if (a === null) return b
  return b === null ? a : choose(a, b)
}

/** What is infinite decides a verdict as such; an answer has no number for it. */
function shownOf({ value, lower, upper }: Measure): Pick<Look, 'value' | 'lower' | 'upper'> {
  const finite = (one: number | null): number | null => (one !== null && Number.isFinite(one) ? one : null)
  return { value: finite(value), lower: finite(lower), upper: finite(upper) }
}

/** Pass and breach are said only where the whole interval lies on one side of the limit. */
export function verdictOf(
  { lower, upper }: Pick<Look, 'lower' | 'upper'>,
  { side, limit }: Pick<StatementAnswer, 'side' | 'limit'>,
): Verdict {
  if (side === 'atMost') {
    if (upper !== null && upper <= limit) return 'pass'
    return lower !== null && lower > limit ? 'breach' : 'undecided'
  }
  if (lower !== null && lower >= limit) return 'pass'
  return upper !== null && upper < limit ? 'breach' : 'undecided'
}

/** Paths of one plan, simulated as far as anyone has asked. */
function growing(laboratory: Laboratory, plan: Plan) {
  let columns: OutcomeColumns = {}
  let done = 0
  return {
    paths: () => done,
    async upTo(paths: number): Promise<OutcomeColumns> {
      if (paths > done) {
        const more = await laboratory.simulate({ plan, from: done, to: paths })
        columns = Object.fromEntries(
          Object.entries(more).map(([name, column]) => [name, joined(columns[name], column)]),
        )
        done = paths
      }
      return columns
    },
  }
}

function joined(first: Float64Array | undefined, second: Float64Array): Float64Array {
  if (first === undefined) return second
  const whole = new Float64Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}

/** Draws of their own for each statement and look, so that no statement shifts the luck of another. */
function drawer({ seed }: Plan, statement: number, look: number): (n: number) => number {
  const stream = new SideStream()
  stream.open(seed[0], seed[1], resamplingStream, look, statement, 0)
  return (n) => stream.index(n)
}

function answerOf(
  { policy, scenario, baseline }: GateQuestion,
  looks: readonly number[],
  trials: readonly Trial[],
  paths: number,
  baselinePaths: number,
): GateAnswer {
  const statements = trials.map((trial) => trial.answer(policy.undecided))
  const { name, question, file, confidence, together, undecided } = policy
  const same = baseline?.same ?? false
  return {
    kind: 'gate',
    policy: {
      ...{ name, question, file, scenario, baseline: baseline?.name ?? null, same },
      ...{ confidence, together, undecided, looks },
    },
    passed: statements.every(({ fails }) => !fails),
    paths,
    baselinePaths,
    statements,
    tables: { looks: looksTable(statements) },
  }
}
