/** The smallest level of one dial that holds failure probabilities, each looked at on growing numbers of the same paths. */
import { bonferroni, clopperPearson } from '../../statistics/intervals.ts'
import {
  confidenceAlone,
  errorShares,
  type SizingPlan,
  type SizingResult,
  sizeSequentially,
} from '../../statistics/sequentialSizing.ts'
import { checkMonotonicity, type FailureRecord, failuresOfRecord } from '../../statistics/sizingRecord.ts'
import type { PolicyRuns } from '../policyRuns.ts'
import { type Failure, failuresOf } from '../reverse/failure.ts'
import type { CurvePoint, Monotonicity, Required, Share } from './answer.ts'
import type { Ladder } from './levels.ts'

export interface OneDial {
  readonly ladder: Ladder
  readonly failure: Failure
  readonly limits: readonly { readonly limit: number; readonly checks: readonly number[] }[]
  readonly confidence: number
}

export interface OneDialResult {
  readonly record: FailureRecord
  readonly found: readonly { readonly plan: SizingPlan; readonly result: SizingResult }[]
}

/** Finds the level of every limit; what was simulated for one serves the others. */
export async function sizeOneDial(ask: OneDial, runs: PolicyRuns, say: (step: string) => void): Promise<OneDialResult> {
  const { ladder, failure, limits, confidence } = ask
  const record: FailureRecord = new Map()
  const extend = async (index: number, paths: number): Promise<void> => {
    if ((record.get(index)?.length ?? 0) >= paths) return
    say(`${ladder.dial.name} at ${ladder.levels[index]}: ${paths} paths`)
    const columns = await runs.first({ [ladder.dial.name]: ladder.levels[index] }, paths)
    record.set(index, failuresOf(failure, columns, paths))
  }
  const found: { plan: SizingPlan; result: SizingResult }[] = []
  for (const { limit, checks } of limits) {
    const plan = { levels: ladder.levels.length, limit, confidence, checks, tolerance: 1 }
    found.push({ plan, result: await sizeSequentially(plan, record, extend) })
  }
  // an interval without a level above or below it was found on one level alone: the ends show what the dial does at all
  const [first] = limits[0].checks
  await extend(0, first)
  await extend(ladder.levels.length - 1, first)
  return { record, found }
}

/** Failures of a level with their two-sided interval. */
export function shareOf(failures: number, paths: number, confidence: number): Share {
  return { failures, paths, probability: failures / paths, ...clopperPearson(failures, paths, confidence) }
}

/** The answer of one limit in levels of the dial. @param pointOf a level with its cost, on all paths that it has */
export function requiredOf(
  ladder: Ladder,
  { record, found }: OneDialResult,
  place: number,
  confidence: number,
  pointOf: (index: number) => CurvePoint,
): Required {
  const { plan, result } = found[place]
  // a level may have been looked at for another limit too: all looks are paid for
  const checks = [...new Set(found.flatMap((one) => one.plan.checks))]
  const { status, certified, rejected, estimate, paths, looks } = result
  const level = (index: number | null): number | null => (index === null ? null : ladder.levels[index])
  const best = certified ?? safestLookedAt(record)
  const { failures, length } = rawCount(record, best)
  const { steps, certifyingLooks, certifyError } = errorShares(plan)
  const aloneOf = (index: number): number => {
    const raw = rawCount(record, index)
    return confidenceAlone(raw.failures, raw.length, { ...plan, checks })
  }
  const alone = [...record.keys()].sort((a, b) => a - b).find((index) => aloneOf(index) >= confidence)
  return {
    limit: plan.limit,
    status,
    certified: level(certified),
    rejected: level(rejected),
    estimate: level(estimate),
    confidence,
    confidenceBoth: Math.max(0, 1 - 2 * (1 - confidence)),
    paths,
    looks,
    checks: plan.checks,
    best: pointOf(best),
    steps,
    certifyingLooks,
    bound: clopperPearson(failures, length, 1 - certifyError, 'upper').upper,
    confidenceChosen: bonferroni(confidence, plan.levels * checks.length),
    confidenceAlone: certified === null ? null : aloneOf(certified),
    certifiedAlone: alone === undefined ? null : ladder.levels[alone],
  }
}

function rawCount(record: FailureRecord, index: number): { readonly failures: number; readonly length: number } {
  const { length } = record.get(index) as Uint8Array
  return { failures: failuresOfRecord(record, index, length).failures, length }
}

function safestLookedAt(record: FailureRecord): number {
  return Math.max(...record.keys())
}

/** Whether safer levels were safer path by path, in levels of the dial. */
export function monotonicityOf({ levels }: Ladder, record: FailureRecord, confidence: number): Monotonicity {
  const { paths, violations, share, steps } = checkMonotonicity(record, confidence)
  return {
    paths,
    violations,
    lower: share.lower,
    upper: share.upper,
    steps: steps.map(({ from, to, ...step }) => ({ from: levels[from], to: levels[to], ...step })),
  }
}
