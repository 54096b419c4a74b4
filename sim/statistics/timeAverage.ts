/** Averages over the days of one long path, whose days resemble each other; paths themselves are independent. */
import { requireCount, requireFinite } from './checks.ts'
import { type MeanEstimate, meanWithInterval } from './means.ts'
import { compensatedMean } from './summation.ts'

/**
 * Mean of a serially dependent series with the interval of its batch means. Batches must be much longer than the memory of
 * the series; days that do not fill a last batch are left out of the error but not of the mean.
 * Source: Law, Simulation Modeling and Analysis (5th ed.), 9.5.3.
 * @throws RangeError unless there are from 2 to length batches, or when a value is not finite.
 */
export function batchMeans(series: ArrayLike<number>, batches: number, confidence: number): MeanEstimate {
  requireFinite(series, 'series')
  requireCount(batches, 'number of batches', 2, series.length)
  const column = Float64Array.from(series)
  const length = Math.floor(column.length / batches)
  const means = Float64Array.from({ length: batches }, (_, b) =>
    compensatedMean(column.subarray(b * length, (b + 1) * length)),
  )
  const spread = meanWithInterval(means, confidence)
  const mean = compensatedMean(column)
  const half = (spread.upper as number) - spread.mean
  return { ...spread, mean, lower: mean - half, upper: mean + half }
}

/** An AR(1) series with coefficient phi: independent days it is worth, per day, and its long-run variance. */
export interface SerialDependence {
  readonly effectiveShare: number
  /** n times the variance of the mean of n days, for innovations of variance 1. */
  readonly longRunVariance: number
}

/** (1 - phi)/(1 + phi) and 1/(1 - phi)^2 (Priestley 1981, Spectral Analysis and Time Series, 5.3). */
export function autoregressiveDependence(phi: number): SerialDependence {
  if (!(phi > -1 && phi < 1)) throw new RangeError(`invalid coefficient: ${phi}; between -1 and 1 wanted`)
  return { effectiveShare: (1 - phi) / (1 + phi), longRunVariance: 1 / ((1 - phi) * (1 - phi)) }
}
