/** Bootstrap of estimates from the rows of a design that are independent of each other, in their places and in their luck. */
import { normalCdf, normalQuantile } from '../kernel/maths/normal.ts'
import { requireCount, requireOpenProbability } from './checks.ts'
import { quantileRank } from './orderStatistics.ts'
import { studentMultiplier } from './student.ts'

/** Estimates as a function of how often each row counts. */
export type RowStatistic = (weights: Float64Array) => ArrayLike<number>

export interface Resampling {
  /** A whole number from 0 to n − 1, each equally likely. */
  readonly draw: (n: number) => number
  readonly replicates: number
  readonly confidence: number
}

export interface IntervalEstimate {
  readonly value: number
  /** Null where so many resamples have no such number that the end may lie anywhere. */
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Each estimate with its bias-corrected and accelerated interval, widened by what Student's law takes for few rows.
 * Source: Efron (1987), Journal of the American Statistical Association 82; Hesterberg (2015), American Statistician 69, for
 * the expansion.
 * @throws RangeError for fewer than two rows or 50 replicates, or a confidence outside (0, 1).
 */
export function rowBootstrap(statistic: RowStatistic, rows: number, resampling: Resampling): IntervalEstimate[] {
  const { draw, replicates, confidence } = resampling
  requireCount(rows, 'number of rows', 2)
  requireCount(replicates, 'number of bootstrap replicates', 50)
  requireOpenProbability(confidence, 'confidence')
  const estimates = Float64Array.from(statistic(new Float64Array(rows).fill(1)))
  const accelerations = accelerationsOf(statistic, rows)
  const found = Array.from(estimates, () => new Float64Array(replicates))
  const weights = new Float64Array(rows)
  for (let r = 0; r < replicates; r++) {
    weights.fill(0)
    for (let i = 0; i < rows; i++) weights[draw(rows)]++
    const values = statistic(weights)
    for (let k = 0; k < estimates.length; k++) found[k][r] = values[k]
  }
  return Array.from(estimates, (value, k) =>
    interval(value, found[k], accelerations[k] ?? 0, expanded(confidence, rows)),
  )
}

/** Normal number of the lower end of an interval of a mean of so many values, whose resamples spread too little. */
function expanded(confidence: number, rows: number): number {
  return -studentMultiplier(confidence, rows - 1) * Math.sqrt(rows / (rows - 1))
}

/** Groups of rows that are left out at a time: the acceleration needs no more. */
const mostGroups = 200

/** Acceleration of each estimate, from leaving out some rows at a time. */
function accelerationsOf(statistic: RowStatistic, rows: number): number[] {
  const groups = Math.min(rows, mostGroups)
  if (groups < 3) return []
  const without = Array.from({ length: groups }, (_, g) =>
    Float64Array.from(statistic(new Float64Array(rows).map((_, i) => (i % groups === g ? 0 : 1)))),
  )
  return Array.from(without[0], (_, k) => {
    const mean = without.reduce((sum, values) => sum + values[k], 0) / groups
    let squares = 0
    let cubes = 0
    for (const values of without) {
      const influence = mean - values[k]
      squares += influence * influence
      cubes += influence * influence * influence
    }
    return squares > 0 ? cubes / (6 * squares * Math.sqrt(squares)) : 0
  })
}

/** Resamples without such a number count against both ends: they may lie anywhere. */
function interval(value: number, replicates: Float64Array, acceleration: number, end: number): IntervalEstimate {
  const sorted = replicates.filter((one) => Number.isFinite(one)).sort()
  const missing = replicates.length - sorted.length
  if (!Number.isFinite(value) || sorted.length === 0) return { value, lower: null, upper: null }
  const bias = medianBias(sorted, value)
  return {
    value,
    lower: at(sorted, missing, missing, movedLevel(end, bias, acceleration)),
    upper: at(sorted, missing, 0, movedLevel(-end, bias, acceleration)),
  }
}

/** Normal number of the share of replicates below the estimate; those equal to it count half. */
function medianBias(sorted: Float64Array, value: number): number {
  let below = 0
  for (const one of sorted) below += one < value ? 1 : one === value ? 0.5 : 0
  const least = 0.5 / sorted.length
  return normalQuantile(Math.min(1 - least, Math.max(least, below / sorted.length)))
}

/** The level of resamples that stands for an end of the interval, its normal number being `end`. */
function movedLevel(end: number, bias: number, acceleration: number): number {
  const z = bias + end
  const shrink = 1 - acceleration * z
  if (!(shrink > 0)) return end < 0 ? 0 : 1
  return normalCdf(bias + z / shrink)
}

/** The resample at a level of all of them, where `below` without a number are the lowest and the others of them the highest. */
function at(sorted: Float64Array, missing: number, below: number, level: number): number | null {
  const all = sorted.length + missing
  const least = 0.5 / all
  const rank = quantileRank(all, Math.min(1 - least, Math.max(least, level))) - below
  return rank < 1 || rank > sorted.length ? null : sorted[rank - 1]
}
