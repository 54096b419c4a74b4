/** Importance weights: likelihood ratios of paths drawn from a shifted law, and whether they can be believed. */
import { requireFinite } from './checks.ts'
import { sampleVariance } from './means.ts'
import { compensatedMean, compensatedSum } from './summation.ts'

export interface WeightDiagnostics {
  /** (sum w)^2 / sum w^2 (Kish 1965): as many equal paths would say as much. */
  readonly effectiveSampleSize: number
  /** The largest weight as a share of their sum. */
  readonly largestShare: number
  /** Mean weight; 1 within four standard errors for likelihood ratios. */
  readonly mean: number
  readonly meanStandardError: number | null
  /** Whether the mean weight is within four standard errors of 1; null for one path. */
  readonly meanIsOne: boolean | null
}

/** @throws RangeError when the weights are empty, negative, not finite or all zero. */
export function requireWeights(weights: ArrayLike<number>): void {
  requireFinite(weights, 'weights')
  let largest = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    if (weight < 0) throw new RangeError(`invalid weights: ${weight} at index ${i}; at least 0 wanted`)
    largest = Math.max(largest, weight)
  }
  if (largest === 0) throw new RangeError('invalid weights: all are 0; at least one above 0 wanted')
}

/** What a report must say of the weights behind an importance-sampled number. */
export function weightDiagnostics(weights: ArrayLike<number>): WeightDiagnostics {
  requireWeights(weights)
  const count = weights.length
  const weight = (i: number) => weights[i] as number
  const sum = compensatedSum(count, weight)
  let largest = 0
  for (let i = 0; i < count; i++) largest = Math.max(largest, weight(i))
  const squares = compensatedSum(count, (i) => (weight(i) / largest) * (weight(i) / largest))
  const mean = compensatedMean(weights)
  const variance = sampleVariance(weights)
  const meanStandardError = variance === null ? null : Math.sqrt(variance / count)
  return {
    effectiveSampleSize: ((sum / largest) * (sum / largest)) / squares,
    largestShare: largest / sum,
    mean,
    meanStandardError,
    meanIsOne: meanStandardError === null ? null : Math.abs(mean - 1) <= 4 * meanStandardError + 1e-12,
  }
}
