/**
 * The smallest level of a buffer that holds a failure probability, found by simulating few levels on growing numbers of the
 * same paths: certified by the one-sided Clopper-Pearson bound at every look, with the looks paid for.
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
 * What a look at `paths` paths asks for: the error of each end is shared equally among all looks (Bonferroni).
 * @throws RangeError unless limit and confidence are between 0 and 1 and the looks are counted from 1.
 */
export function lookRules(paths: number, limit: number, confidence: number, looks: number): LookRules {
  requireCount(looks, 'number of looks', 1)
  requireOpenProbability(confidence, 'confidence')
  const error = (1 - confidence) / looks
  const most = maxFailures(paths, limit, 1 - error)
  let low = most ?? 0
  let high = paths + 1
  const breaks = (k: number): boolean => binomialSurvival(k - 1, paths, limit) <= error * (1 + 1e-12)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (breaks(middle)) high = middle
    else low = middle
  }
  return { most, least: high }
}

/** Whether a level is to be simulated on more paths: waits until the record holds that level up to `paths`. */
export type Extend = (level: number, paths: number) => Promise<void>

/**
 * Searches by bisection at each look, only between the level rejected and the level certified so far.
 *
 * A path counts as failing at a level when it fails there or at a safer level looked at, and as failing surely when it fails there
 * and at every less safe level looked at: the counts are then monotone whatever the paths do. Guarantee, for each end: where the
 * failure probability falls from level to level, the certified level holds the limit, and the rejected one breaks it, with at least
 * `confidence`. No levels are paid for: a wrong certificate anywhere below the true level implies one at the level just below
 * it, a single fixed hypothesis (a closed test of ordered hypotheses; Marcus, Peritz and Gabriel 1976, Biometrika 63). Without
 * monotonicity see `confidenceAlone`.
 * @throws RangeError when the plan is impossible.
 */
export async function sizeSequentially(plan: SizingPlan, record: FailureRecord, extend: Extend): Promise<SizingResult> {
  requirePlan(plan)
  const { levels, limit, confidence, checks, tolerance } = plan
  let rejected = -1
  let certified = levels
  let looks = 0
  let paths = 0
  for (; looks < checks.length && certified - rejected > tolerance && rejected < levels - 1; looks++) {
    paths = checks[looks] as number
    const { most, least } = lookRules(paths, limit, confidence, checks.length)
    const holds = (level: number): boolean => most !== null && failuresOfRecord(record, level, paths).atMost <= most
    const breaks = (level: number): boolean => failuresOfRecord(record, level, paths).atLeast >= least
    const at = (test: (level: number) => boolean) => async (level: number) => {
      await extend(level, paths)
      return test(level)
    }
    if (most !== null) certified = await firstLevel(rejected, certified, at(holds))
    rejected = (await firstLevel(rejected, certified, async (level) => !(await at(breaks)(level)))) - 1
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
