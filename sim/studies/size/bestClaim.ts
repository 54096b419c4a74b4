/** Whether one policy may be called the cheapest: Rinott's selection on paths that nobody else has used. */
import type { Turn } from '../../../scenarios/dials.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { rinott, rinottPaths } from '../../statistics/rankingSelection.ts'
import type { OutcomeColumns } from '../metric.ts'
import { counted } from '../numberWords.ts'
import type { PolicyRuns } from '../policyRuns.ts'
import type { BestClaim } from './answer.ts'
import { yieldColumn } from './cost.ts'

/** Policies beyond the cheapest few are not compared. */
const mostCandidates = 4
const firstPaths = 200
/** More paths than this for one candidate are not spent on a claim. */
const mostPaths = 2000

/** The most that a claim can take. */
export const mostClaimPaths = mostCandidates * mostPaths

export interface ClaimAsk {
  readonly limit: number
  readonly confidence: number
  readonly indifference: number
  readonly freshFrom: number
}

interface CandidatePolicy {
  readonly place: number
  readonly turn: Turn
  readonly charged: number
}

/** @param cheapest policies that hold the limit, the cheapest by estimate first */
export async function claimBest(
  ask: ClaimAsk,
  cheapest: readonly CandidatePolicy[],
  runs: PolicyRuns,
): Promise<BestClaim> {
  const { limit, confidence, indifference } = ask
  const compared = cheapest.slice(0, mostCandidates)
  const candidates = compared.map(({ place }) => place)
  const shared = { limit, candidates, probability: confidence, indifference }
  const none = { ...shared, best: null, constant: null, paths: [] }
  if (compared.length === 0) return { ...none, reason: 'no point is certified to hold the limit' }
  if (compared.length === 1) {
    return { ...none, best: candidates[0], reason: 'the only point that is certified to hold the limit' }
  }
  const constant = rinott(compared.length, confidence, firstPaths)
  // every candidate has luck of its own: the theorem asks for independent samples
  const from = (i: number): number => ask.freshFrom + i * mostPaths
  const first = await Promise.all(compared.map(({ turn }, i) => runs.range(turn, from(i), from(i) + firstPaths)))
  const paths = first.map((columns) => rinottPaths(constant, deviationOf(columns), indifference, firstPaths))
  if (Math.max(...paths) > mostPaths) {
    const reason = `a claim would take ${counted(Math.max(...paths))} independent paths of a candidate, more than ${counted(mostPaths)}`
    return { ...none, constant, reason }
  }
  const all = await Promise.all(compared.map(({ turn }, i) => runs.range(turn, from(i), from(i) + paths[i])))
  const costs = all.map(
    (columns, i) => compared[i].charged - 1e4 * meanWithInterval(columns[yieldColumn], confidence).mean,
  )
  const least = costs.indexOf(Math.min(...costs))
  const reason = `the cheapest of the ${compared.length} compared, or at most ${indifference} basis points dearer than it`
  return { ...shared, best: candidates[least], constant, paths, reason }
}

/** Standard deviation of the net yield, basis points. */
function deviationOf(columns: OutcomeColumns): number {
  const { standardError, count } = meanWithInterval(columns[yieldColumn], 0.95)
  return 1e4 * (standardError ?? 0) * Math.sqrt(count)
}
