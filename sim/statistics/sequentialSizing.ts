/**
 * The smallest level of a buffer that holds a failure probability, found by simulating few levels on growing numbers of the
 * same paths: certified by one-sided Clopper-Pearson bounds, with the looks and the steps of the search paid for.
 */
import { binomialCdf, binomialSurvival } from './binomial.ts'
import { requireCount, requireOpenProbability } from './checks.ts'
import { maxFailures } from './sequential.ts'
import { type FailureRecord, failuresOfRecord } from './sizingRecord.ts'

/** What is wanted of one limit. Levels are numbered from 0, the least safe, to the safest. */
export interface SizingPlan {
  readonly levels: number
  /** The failure probability to be held. */
  readonly limit: number
  /** Of the certified level, and of the bound below; both ends together hold with 1 − 2 (1 − confidence). */
  readonly confidence: number
  /** Ascending numbers of paths at which is looked, fixed before the first is drawn. */
  readonly checks: readonly number[]
  /** Stops once certified and rejected level lie at most this many levels apart. */
  readonly tolerance: number
}

/** 'holds' a level is certified; 'none' even the safest is rejected; 'undecided' none is certified, and the safest not rejected. */
export type SizingStatus = 'holds' | 'none' | 'undecided'

export interface SizingResult {
  readonly status: SizingStatus
  /** The smallest level certified to hold the limit; null: none. */
  readonly certified: number | null
  /** The largest level that is certified to break the limit; null: none. */
  readonly rejected: number | null
  /** The smallest level at which at most the allowed share of the paths looked at failed; null: none. */
  readonly estimate: number | null
  /** Paths of the last look. */
  readonly paths: number
  readonly looks: number
}

/** Bounds on failures at a look, each end at its share of the error. */
export interface LookRules {
  /** At most so many failures certify; null: too few paths for any. */
  readonly most: number | null
  /** From so many failures on the limit is broken. */
  readonly least: number
}

/**
 * What a test of one level on `paths` paths asks for, by the one-sided Clopper-Pearson bounds.
 * @param certifyError chance of a wrong certificate of this test; `rejectError` of a level wrongly ruled out
 * @throws RangeError unless limit and errors are between 0 and 1
 */
export function lookRules(paths: number, limit: number, certifyError: number, rejectError: number): LookRules {
  requireOpenProbability(rejectError, 'error of a test')
  const most = maxFailures(paths, limit, 1 - certifyError)
  let low = most ?? 0
  let high = paths + 1
  const breaks = (k: number): boolean => binomialSurvival(k - 1, paths, limit) <= rejectError * (1 + 1e-12)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (breaks(middle)) high = middle
    else low = middle
  }
  return { most, least: high }
}

/** Each step of a search splits the levels that are left into at most so many parts. */
const parts = 4

/** How the error of each end is shared. */
export interface ErrorShares {
  /** Steps of the search from all levels to one: of each, one level alone can be certified wrongly. */
  readonly steps: number
  /** Looks with enough paths to certify anything: the others cannot err, and are not paid for. */
  readonly certifyingLooks: number
  /** Error of one test that certifies a level. */
  readonly certifyError: number
  /** Error of one test that rules a level out. */
  readonly rejectError: number
}

/** Shares the error of each end among the steps of the search and the looks that can err (Bonferroni). */
export function errorShares({ levels, limit, confidence, checks }: SizingPlan): ErrorShares {
  const error = 1 - confidence
  const steps = stepsOf(levels)
  const able = (looks: number): number =>
    checks.filter((paths) => maxFailures(paths, limit, 1 - error / (steps * looks)) !== null).length
  let certifyingLooks = 1
  while (able(certifyingLooks) > certifyingLooks) certifyingLooks++
  const rejectError = error / (steps * checks.length)
  return { steps, certifyingLooks, certifyError: error / (steps * certifyingLooks), rejectError }
}

/** Steps of a search from all levels to one. @param split into how many parts each splits what is left */
function stepsOf(levels: number, split = parts): number {
  let steps = 0
  for (let left = levels + 1; left > 1; left = Math.ceil(left / split)) steps++
  return steps
}

/**
 * The fewest paths of a level with which a search can certify anything: with no failure among them, at a single look. Each failure
 * allowed for asks for more.
 * @throws RangeError unless limit and confidence are between 0 and 1
 */
export function leastPaths({ levels, limit, confidence }: Pick<SizingPlan, 'levels' | 'limit' | 'confidence'>): number {
  const certifies = (paths: number): boolean =>
    maxFailures(paths, limit, 1 - (1 - confidence) / stepsOf(levels)) !== null
  let enough = 1
  while (!certifies(enough)) enough *= 2
  let few = enough >> 1
  while (enough - few > 1) {
    const middle = (few + enough) >> 1
    if (certifies(middle)) enough = middle
    else few = middle
  }
  return enough
}

/** The most levels of one look: the steps from either end test up to three levels each, and the estimate halves what is left. */
export function mostLevels(levels: number): number {
  return Math.min(levels, 2 * (parts - 1) * stepsOf(levels) + stepsOf(levels, 2))
}

/** Whether a level is to be simulated on more paths: waits until the record holds that level up to `paths`. */
export type Extend = (level: number, paths: number) => Promise<void>

/**
 * Searches at each look, only between the level rejected and the level certified so far. A step splits the levels that are left
 * in four at levels fixed beforehand, tests these from the safest on until one is not certified, and goes on between that one
 * and the last certified (from the least safe on for the level that is ruled out).
 *
 * Guarantee, for each end and whatever single paths do: if every level safer than one that holds the limit holds it too, the
 * certified level holds the limit, and the rejected one breaks it, each with at least `confidence`. Proof for the certified end:
 * follow the search that answers rightly everywhere. At each of its steps let b be the safest splitting level that breaks the
 * limit; these are at most as many levels as steps, and fixed before a path is drawn. The real search leaves that course either
 * at a level that holds the limit and is not certified, and then goes on among safer levels only, all of which hold it; or by
 * certifying such a b, since a step tests b only after all its safer splitting levels. A wrong certificate at any look therefore
 * certifies one of these levels wrongly, and the error of one end is shared among steps and looks (`errorShares`; fixed-sequence
 * tests within a step: Maurer, Hothorn and Lehmacher 1995, in Biometrie in der chemisch-pharmazeutischen Industrie 6).
 *
 * A path counts as failing at a level when it fails there or at a safer level looked at, and as failing surely when it fails
 * there and at every less safe level looked at: that only makes tests harder to pass. Where the order of levels is in doubt see
 * `confidenceAlone`.
 * @throws RangeError when the plan is impossible.
 */
export async function sizeSequentially(plan: SizingPlan, record: FailureRecord, extend: Extend): Promise<SizingResult> {
  requirePlan(plan)
  const { levels, limit, checks, tolerance } = plan
  const { certifyError, rejectError } = errorShares(plan)
  let rejected = -1
  let certified = levels
  let looks = 0
  let paths = 0
  for (; looks < checks.length && certified - rejected > tolerance && rejected < levels - 1; looks++) {
    paths = checks[looks] as number
    const { most, least } = lookRules(paths, limit, certifyError, rejectError)
    const counts = async (level: number) => {
      await extend(level, paths)
      return failuresOfRecord(record, level, paths)
    }
    if (most !== null) {
      const holds = async (level: number): Promise<boolean> => (await counts(level)).atMost <= most
      certified = await lastPassing(levels, -1, rejected, certified, holds)
    }
    const breaks = async (level: number): Promise<boolean> => (await counts(level)).atLeast >= least
    rejected = await lastPassing(-1, levels, certified, rejected, breaks)
  }
  const few = (level: number): boolean => failuresOfRecord(record, level, paths).atMost <= limit * paths
  const estimate = await firstLevel(rejected, certified, async (level) => {
    await extend(level, paths)
    return few(level)
  })
  const found = (level: number): number | null => (level >= 0 && level < levels ? level : null)
  const status = certified < levels ? 'holds' : rejected === levels - 1 ? 'none' : 'undecided'
  return {
    status,
    certified: found(certified),
    rejected: found(rejected),
    estimate: found(estimate),
    paths,
    looks,
  }
}

/**
 * The last level on the way from `near` to `far` that passes, steps being those of the whole range at every look. Levels as far
 * as `passed` have passed before, levels from `stop` on are not tested.
 */
async function lastPassing(
  near: number,
  far: number,
  stop: number,
  passed: number,
  test: (level: number) => Promise<boolean>,
): Promise<number> {
  const towards = Math.sign(far - near)
  let reached = near
  let failed = far
  while (Math.abs(failed - reached) > 1) {
    for (const level of splittingLevels(reached, failed)) {
      const isPassed = (passed - level) * towards >= 0
      const isBeyond = (level - stop) * towards >= 0
      if (isPassed || (!isBeyond && (await test(level)))) reached = level
      else {
        failed = level
        break
      }
    }
  }
  return reached
}

/** Levels strictly between two, ordered from the first to the second, that split what lies between into equal parts. */
function splittingLevels(from: number, to: number): number[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)]
  const at = Array.from({ length: parts - 1 }, (_, i) => low + Math.floor(((high - low) * (i + 1)) / parts))
  const inside = [...new Set(at)].filter((level) => level > low)
  return from < to ? inside : inside.reverse()
}

/** The first level above `low` at which a test holds, `high` when it holds at none below that; the test is taken to be monotone. */
async function firstLevel(low: number, high: number, test: (level: number) => Promise<boolean>): Promise<number> {
  let below = low
  let above = high
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (await test(middle)) above = middle
    else below = middle
  }
  return above
}

/**
 * Confidence that one level holds the limit whatever the other levels do: its p-value times all the levels and looks at which it
 * might have been found (Bonferroni), at least 0.
 */
export function confidenceAlone(failures: number, paths: number, plan: SizingPlan): number {
  const { levels, limit, checks } = plan
  return Math.max(0, 1 - levels * checks.length * binomialCdf(failures, paths, limit))
}

function requirePlan({ levels, limit, confidence, checks, tolerance }: SizingPlan): void {
  requireCount(levels, 'number of levels', 1)
  requireCount(tolerance, 'tolerance in levels', 1)
  requireOpenProbability(limit, 'failure probability')
  requireOpenProbability(confidence, 'confidence')
  if (checks.length === 0) throw new RangeError('no looks: at least one number of paths wanted')
  checks.forEach((check, i) => {
    requireCount(check, `look ${i}`, i === 0 ? 1 : (checks[i - 1] as number) + 1)
  })
}
