/**
 * How large a buffer must be, from one number a path: the smallest buffer that would have met that path's worst shortfall.
 * A path fails at a level when its number exceeds the level, so one run answers for every level at once.
 */
import { requireOpenProbability, requireSorted } from './checks.ts'
import { bonferroni, clopperPearson, pathsNeeded, quantileInterval } from './intervals.ts'
import { countAbove, quantileRank, sortedColumn } from './orderStatistics.ts'
import { maxFailures } from './sequential.ts'

export interface FailurePoint {
  /** Buffer, in the unit of the column. */
  readonly level: number
  readonly failures: number
  readonly count: number
  readonly probability: number
  readonly lower: number
  readonly upper: number
}

/**
 * Failure probability at each level with Clopper-Pearson bands.
 * @param band 'each' covers at every level singly; 'all' covers at all levels at once (Bonferroni over the levels).
 * @throws RangeError when the column is empty or holds NaN. An infinite value is a path that no buffer saves.
 */
export function failureCurve(
  values: ArrayLike<number>,
  levels: readonly number[],
  confidence: number,
  band: 'each' | 'all' = 'each',
): FailurePoint[] {
  requireOpenProbability(confidence, 'confidence')
  const sorted = sortedColumn(values, 'required buffers')
  const count = sorted.length
  const single = band === 'all' && levels.length > 0 ? bonferroni(confidence, levels.length) : confidence
  return levels.map((level) => {
    if (Number.isNaN(level)) throw new RangeError('invalid level: NaN; a number wanted')
    const failures = countAbove(sorted, level)
    return { level, failures, count, probability: failures / count, ...clopperPearson(failures, count, single) }
  })
}

export interface RequiredLevel {
  /** The smallest observed buffer at which at most the allowed share of these paths fails. */
  readonly level: number
  /** Two-sided order-statistic interval of the true level; null = unbounded by these paths. */
  readonly lower: number | null
  readonly upper: number | null
  /** Number of paths. */
  readonly count: number
  /** Paths that fail at `level`. */
  readonly exceed: number
  /** 1-based rank of the path that gives the upper bound, null where no path does. */
  readonly boundedBy: number | null
  /** How many paths a bounded interval asks for. */
  readonly pathsNeeded: number
  /** The smallest observed buffer whose one-sided Clopper-Pearson bound certifies the failure probability; null: none. */
  readonly certified: number | null
  /** Paths that fail at `certified`. */
  readonly certifiedExceed: number | null
}

/**
 * The smallest buffer with which at most `failureProbability` of years fail, its interval, and the smallest one that the
 * paths certify. No multiplicity is paid for: the certified level is itself a one-sided bound of the quantile.
 * @throws RangeError when the column is empty or holds NaN, or a probability is not between 0 and 1.
 */
export function requiredLevel(
  values: ArrayLike<number>,
  failureProbability: number,
  confidence: number,
): RequiredLevel {
  return requiredLevelOfSorted(sortedColumn(values, 'required buffers'), failureProbability, confidence)
}

/** As requiredLevel, for a column already ascending. */
export function requiredLevelOfSorted(
  sorted: ArrayLike<number>,
  failureProbability: number,
  confidence: number,
): RequiredLevel {
  requireSorted(sorted, 'required buffers')
  requireOpenProbability(failureProbability, 'failure probability')
  const count = sorted.length
  const p = 1 - failureProbability
  const at = (rank: number | null) => (rank === null ? null : (sorted[rank - 1] as number))
  const level = sorted[quantileRank(count, p) - 1] as number
  const ranks = quantileInterval(count, p, confidence)
  const allowed = maxFailures(count, failureProbability, confidence)
  const certified = at(allowed === null ? null : count - allowed)
  return {
    level,
    lower: at(ranks.lower),
    upper: at(ranks.upper),
    count,
    exceed: countAbove(sorted, level),
    boundedBy: ranks.upper,
    pathsNeeded: pathsNeeded(p, confidence),
    certified,
    certifiedExceed: certified === null ? null : countAbove(sorted, certified),
  }
}
