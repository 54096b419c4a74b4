/** Means over independent paths, with Student's interval, and how they settle as paths are added. */
import { requireCount, requireFinite, requireOpenProbability, requireSameLength } from './checks.ts'
import { studentMultiplier } from './student.ts'
import { compensatedMean, compensatedSum } from './summation.ts'

export interface MeanEstimate {
  readonly mean: number
  /** Null where one path alone says nothing of the spread. */
  readonly standardError: number | null
  readonly lower: number | null
  readonly upper: number | null
  /** Number of paths. */
  readonly count: number
}

/** Unbiased sample variance by the corrected two-pass formula (Chan, Golub and LeVeque 1983); null for one value. */
export function sampleVariance(values: ArrayLike<number>): number | null {
  requireFinite(values, 'values')
  const count = values.length
  if (count === 1) return null
  const mean = compensatedMean(values)
  const squares = compensatedSum(count, (i) => ((values[i] as number) - mean) * ((values[i] as number) - mean))
  const drift = compensatedSum(count, (i) => (values[i] as number) - mean)
  return Math.max(0, squares - (drift * drift) / count) / (count - 1)
}

/**
 * Mean of independent paths, its standard error and Student's t interval. For a share of paths use the exact interval
 * of a probability instead: a column of zeros would get an interval of width zero here.
 * @throws RangeError when the column is empty or holds a value that is not finite, with its index.
 */
export function meanWithInterval(values: ArrayLike<number>, confidence: number): MeanEstimate {
  requireOpenProbability(confidence, 'confidence')
  const variance = sampleVariance(values)
  const count = values.length
  const mean = compensatedMean(values)
  if (variance === null) return { mean, standardError: null, lower: null, upper: null, count }
  const standardError = Math.sqrt(variance / count)
  const half = standardError === 0 ? 0 : studentMultiplier(confidence, count - 1) * standardError
  return { mean, standardError, lower: mean - half, upper: mean + half, count }
}

/**
 * The running mean at each number of paths asked for, in path order: the convergence panel of a report.
 * @param checkpoints ascending numbers of paths, each from 1 to the length of the column.
 */
export function runningMeans(
  values: ArrayLike<number>,
  checkpoints: readonly number[],
  confidence: number,
): MeanEstimate[] {
  const column = Float64Array.from(values)
  return checkpoints.map((count) => {
    requireCount(count, 'checkpoint', 1, column.length)
    return meanWithInterval(column.subarray(0, count), confidence)
  })
}

/**
 * Mean of second - first over the same paths: what a change of policy does on the same luck.
 * @throws RangeError when the columns differ in length or hold a value that is not finite.
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  confidence: number,
): MeanEstimate {
  requireSameLength(first, second, 'columns of a paired comparison')
  requireFinite(first, 'first values')
  requireFinite(second, 'second values')
  const differences = Float64Array.from(first, (value, i) => (second[i] as number) - value)
  return meanWithInterval(differences, confidence)
}
