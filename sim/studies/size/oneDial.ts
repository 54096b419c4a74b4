/** The smallest level of one dial that holds failure probabilities, each looked at on growing numbers of the same paths. */
import { bonferroni, clopperPearson } from '../../statistics/intervals.ts'
import {
  confidenceAlone,
  errorShares,
  leastPaths,
  type SizingPlan,
  type SizingResult,
  sizeSequentially,
} from '../../statistics/sequentialSizing.ts'
import {
  checkMonotonicity,
  type FailureRecord,
  failuresOfRecord,
  type LevelStep,
  type MonotonicityCheck,
} from '../../statistics/sizingRecord.ts'
import { counted } from '../numberWords.ts'
import type { PolicyRuns } from '../policyRuns.ts'
import { type Failure, failuresOf } from '../reverse/failure.ts'
import type { CertificateBasis, CurvePoint, Monotonicity, Required, RequiredStatus, Share } from './answer.ts'
import type { Ladder } from './levels.ts'
import { dialAt } from './words.ts'

export interface OneDial {
  readonly ladder: Ladder
  readonly failure: Failure
  readonly limits: readonly { readonly limit: number; readonly checks: readonly number[] }[]
  readonly confidence: number
}

/** What may be claimed of a limit, in indices of levels. */
export interface Verdict {
  readonly status: RequiredStatus
  readonly basis: CertificateBasis | null
  readonly certified: number | null
  readonly certifiedInOrder: number | null
  readonly rejected: number | null
  readonly estimate: number | null
}

export interface Found {
  readonly plan: SizingPlan
  readonly result: SizingResult
  readonly verdict: Verdict
}

export interface OneDialResult {
  readonly record: FailureRecord
  /** All looks of the study: each may choose a level for any limit. */
  readonly checks: readonly number[]
  readonly monotonicity: MonotonicityCheck
  readonly found: readonly Found[]
}

/** Finds the level of every limit; what was simulated for one serves the others. */
export async function sizeOneDial(ask: OneDial, runs: PolicyRuns, say: (step: string) => void): Promise<OneDialResult> {
  const { ladder, failure, limits, confidence } = ask
  const { dial, levels } = ladder
  const record: FailureRecord = new Map()
  const extend = async (index: number, paths: number): Promise<void> => {
    if ((record.get(index)?.length ?? 0) >= paths) return
    say(`${dialAt(dial, levels[index])}: ${counted(paths)} paths`)
    const columns = await runs.first({ [dial.name]: levels[index] }, paths)
    record.set(index, failuresOf(failure, columns, paths))
  }
  const searched: { plan: SizingPlan; result: SizingResult }[] = []
  for (const { limit, checks } of limits) {
    const plan = { levels: levels.length, limit, confidence, checks, tolerance: 1 }
    searched.push({ plan, result: await sizeSequentially(plan, record, extend) })
  }
  // an interval without a level above or below it was found on one level alone: the ends show what the dial does at all
  const [first] = limits[0].checks
  await extend(0, first)
  await extend(levels.length - 1, first)
  const monotonicity = checkMonotonicity(await withToday(ask, record, runs), confidence)
  const checks = [...new Set(searched.flatMap(({ plan }) => plan.checks))]
  const found: Found[] = []
  for (const { plan, result } of searched) {
    const { looks: _looks, paths: _paths, ...inOrder } = result
    const verdict: Verdict =
      monotonicity.reversals.length === 0
        ? { ...inOrder, basis: result.certified === null ? null : 'order', certifiedInOrder: null }
        : await verdictWithoutOrder({ ...plan, checks }, result, record, extend)
    found.push({ plan, result, verdict })
  }
  return { record, checks, monotonicity, found }
}

/**
 * The record with the policy of today in its place, between two levels where it is none, on as many paths as any level has: a level
 * must not be worse than today. The search may have left today's own level after fewer.
 */
async function withToday(
  { ladder, failure }: OneDial,
  record: FailureRecord,
  runs: PolicyRuns,
): Promise<FailureRecord> {
  const { levels, today, safer } = ladder
  const lessSafe = levels.filter((level) => (safer === 'up' ? level < today : level > today)).length
  const place = levels[lessSafe] === today ? lessSafe : lessSafe - 0.5
  const paths = Math.max(...[...record.values()].map(({ length }) => length))
  return new Map(record).set(place, failuresOf(failure, await runs.first({}, paths), paths))
}

/**
 * Where the paths contradict the order of levels, a level is certified only by itself: among the levels looked at from the one that
 * the search found to the safe end, the first whose own test passes on all paths, with every level and look paid for.
 *
 * Guarantee: without any order a wrong level passes with at most 1 − confidence. And if the order holds after all, a wrong level
 * at or beyond the one that was found makes that one wrong too, so that looking for contradictions adds no error of its own.
 * @param plan with the looks of all limits
 */
async function verdictWithoutOrder(
  plan: SizingPlan,
  { certified: found }: SizingResult,
  record: FailureRecord,
  extend: (index: number, paths: number) => Promise<void>,
): Promise<Verdict> {
  const verdict = { status: 'disordered', basis: null, certified: null, rejected: null, estimate: null } as const
  if (found === null) return { ...verdict, certifiedInOrder: null }
  const beyond = [...record.keys()].filter((index) => index >= found).sort((a, b) => a - b)
  for (const index of beyond) {
    await extend(index, Math.max(...plan.checks))
    const { failures, length } = rawCount(record, index)
    if (confidenceAlone(failures, length, plan) < plan.confidence) continue
    return { ...verdict, status: 'holds', basis: 'itself', certified: index, certifiedInOrder: found }
  }
  return { ...verdict, certifiedInOrder: found }
}

/** Failures of a level with their two-sided interval. */
export function shareOf(failures: number, paths: number, confidence: number): Share {
  return { failures, paths, probability: failures / paths, ...clopperPearson(failures, paths, confidence) }
}

/** The answer of one limit in levels of the dial. @param pointOf a level with its cost, on all paths that it has */
export function requiredOf(
  ladder: Ladder,
  { record, found, checks }: OneDialResult,
  place: number,
  confidence: number,
  pointOf: (index: number) => CurvePoint,
): Required {
  const { plan, result, verdict } = found[place]
  const { status, basis, certified, certifiedInOrder, rejected, estimate } = verdict
  const level = (index: number | null): number | null => (index === null ? null : ladder.levels[index])
  const best = certified ?? certifiedInOrder ?? safestLookedAt(record)
  const { failures, length } = rawCount(record, best)
  const { steps, certifyingLooks, certifyError } = errorShares(plan)
  const aloneOf = (index: number): number => {
    const raw = rawCount(record, index)
    return confidenceAlone(raw.failures, raw.length, { ...plan, checks })
  }
  const alone = [...record.keys()].sort((a, b) => a - b).find((index) => aloneOf(index) >= confidence)
  const inQuestion = certified ?? certifiedInOrder
  return {
    limit: plan.limit,
    status,
    basis,
    certified: level(certified),
    certifiedInOrder: level(certifiedInOrder),
    rejected: level(rejected),
    estimate: level(estimate),
    confidence,
    confidenceBoth: Math.max(0, 1 - 2 * (1 - confidence)),
    paths: result.paths,
    leastPaths: leastPaths(plan),
    looks: result.looks,
    checks: plan.checks,
    best: pointOf(best),
    steps,
    certifyingLooks,
    bound: clopperPearson(failures, length, 1 - certifyError, 'upper').upper,
    confidenceChosen: bonferroni(confidence, plan.levels * checks.length),
    confidenceAlone: inQuestion === null ? null : aloneOf(inQuestion),
    certifiedAlone: level(alone ?? null),
  }
}

function rawCount(record: FailureRecord, index: number): { readonly failures: number; readonly length: number } {
  const { length } = record.get(index) as Uint8Array
  return { failures: failuresOfRecord(record, index, length).failures, length }
}

function safestLookedAt(record: FailureRecord): number {
  return Math.max(...record.keys())
}

/** Whether safer levels were safer, in levels of the dial. */
export function monotonicityOf({ levels, today }: Ladder, { monotonicity }: OneDialResult): Monotonicity {
  const level = (index: number): number => levels[index] ?? today
  const ofDial = ({ from, to, ...step }: LevelStep): LevelStep => ({ from: level(from), to: level(to), ...step })
  const { steps, reversals, ...shares } = monotonicity
  return { ...shares, steps: steps.map(ofDial), reversals: reversals.map(ofDial) }
}
