/**
 * Bootstrap of estimates that rest on two crossed samples: rows of a design, and paths of luck that all rows share.
 *
 * Rows and paths are drawn with replacement, each by itself, and an observation counts as often as its row times its path
 * (A. B. Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007): never narrower than the truth for means).
 */
import { normalCdf, normalQuantile } from '../kernel/maths/normal.ts'
import { requireCount, requireOpenProbability } from './checks.ts'
import { quantileRank } from './orderStatistics.ts'

/** Estimates as a function of how often each row and each path counts. */
export type CrossedStatistic = (rows: Float64Array, paths: Float64Array) => ArrayLike<number>

export interface Resampling {
  /** A whole number from 0 to n − 1, each equally likely. */
  readonly draw: (n: number) => number
  readonly replicates: number
  readonly confidence: number
}

export interface CrossedSample {
  readonly rows: number
  readonly paths: number
  /** Paths are drawn within each of so many strata, path p belonging to stratum p mod strata. */
  readonly strata: number
}

export interface IntervalEstimate {
  readonly value: number
  /** Null where so many resamples have no such number that the end may lie anywhere. */
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Each estimate with its bias-corrected and accelerated interval (Efron 1987, JASA 82; the acceleration of two samples as in
 * Davison and Hinkley 1997, Bootstrap Methods, 5.3). A single row or path is not resampled.
 * @throws RangeError for fewer than 50 replicates, no rows, no paths, or a confidence outside (0, 1).
 */
export function crossedBootstrap(
  statistic: CrossedStatistic,
  sample: CrossedSample,
  resampling: Resampling,
): IntervalEstimate[] {
  const { rows, paths, strata } = sample
  requireCount(rows, 'number of rows', 1)
  requireCount(paths, 'number of paths', 1)
  requireCount(strata, 'number of strata', 1, paths)
  requireCount(resampling.replicates, 'number of bootstrap replicates', 50)
  requireOpenProbability(resampling.confidence, 'confidence')
  const rowWeights = new Float64Array(rows).fill(1)
  const pathWeights = new Float64Array(paths).fill(1)
  const estimates = Float64Array.from(statistic(rowWeights, pathWeights))
  const accelerations = accelerationsOf(statistic, rows, paths)
  const replicates = Array.from(estimates, () => new Float64Array(resampling.replicates))
  for (let r = 0; r < resampling.replicates; r++) {
    if (rows > 1) drawCounts(rowWeights, 1, resampling.draw)
    if (paths > 1) drawCounts(pathWeights, strata, resampling.draw)
    const values = statistic(rowWeights, pathWeights)
    for (let k = 0; k < estimates.length; k++) replicates[k][r] = values[k]
  }
  return Array.from(estimates, (value, k) =>
    interval(value, replicates[k], accelerations[k] ?? 0, resampling.confidence),
  )
}

/** Counts of a draw with replacement, within each stratum. */
function drawCounts(counts: Float64Array, strata: number, draw: (n: number) => number): void {
  counts.fill(0)
  for (let s = 0; s < strata; s++) {
    const size = Math.ceil((counts.length - s) / strata)
    for (let i = 0; i < size; i++) counts[s + strata * draw(size)]++
  }
}

/** Groups of rows or paths that are left out at a time: the acceleration needs no more. */
const mostGroups = 200

/** Acceleration of each estimate, from leaving out some rows, and then some paths, at a time. */
function accelerationsOf(statistic: CrossedStatistic, rows: number, paths: number): number[] {
  const all = (n: number) => new Float64Array(n).fill(1)
  const cubes: number[] = []
  const squares: number[] = []
  const leaveOut = (count: number, evaluate: (weights: Float64Array) => ArrayLike<number>): void => {
    const groups = Math.min(count, mostGroups)
    if (groups < 3) return
    const without = Array.from({ length: groups }, (_, g) =>
      Float64Array.from(evaluate(all(count).map((_, i) => (i % groups === g ? 0 : 1)))),
    )
    for (let k = 0; k < without[0].length; k++) {
      const mean = without.reduce((sum, values) => sum + values[k], 0) / groups
      for (const values of without) {
        const influence = ((groups - 1) * (mean - values[k])) / groups
        squares[k] = (squares[k] ?? 0) + influence * influence
        cubes[k] = (cubes[k] ?? 0) + influence * influence * influence
      }
    }
  }
  leaveOut(rows, (weights) => statistic(weights, all(paths)))
  leaveOut(paths, (weights) => statistic(all(rows), weights))
  return squares.map((square, k) => (square > 0 ? cubes[k] / (6 * square * Math.sqrt(square)) : 0))
}

/** Resamples without such a number count against both ends: they may lie anywhere. */
function interval(value: number, replicates: Float64Array, acceleration: number, confidence: number): IntervalEstimate {
  const sorted = replicates.filter((one) => Number.isFinite(one)).sort()
  const missing = replicates.length - sorted.length
  if (!Number.isFinite(value) || sorted.length === 0) return { value, lower: null, upper: null }
  const bias = medianBias(sorted, value)
  const tail = (1 - confidence) / 2
  return {
    value,
    lower: at(sorted, missing, missing, movedLevel(tail, bias, acceleration)),
    upper: at(sorted, missing, 0, movedLevel(1 - tail, bias, acceleration)),
  }
}

/** Normal number of the share of replicates below the estimate; those equal to it count half. */
function medianBias(sorted: Float64Array, value: number): number {
  let below = 0
  for (const one of sorted) below += one < value ? 1 : one === value ? 0.5 : 0
  const least = 0.5 / sorted.length
  return normalQuantile(Math.min(1 - least, Math.max(least, below / sorted.length)))
}

function movedLevel(level: number, bias: number, acceleration: number): number {
  const z = bias + normalQuantile(level)
  const shrink = 1 - acceleration * z
  if (!(shrink > 0)) return level < 0.5 ? 0 : 1
  return normalCdf(bias + z / shrink)
}

/** The resample at a level of all of them, where `below` without a number are the lowest and the others of them the highest. */
function at(sorted: Float64Array, missing: number, below: number, level: number): number | null {
  const all = sorted.length + missing
  const least = 0.5 / all
  const rank = quantileRank(all, Math.min(1 - least, Math.max(least, level))) - below
  return rank < 1 || rank > sorted.length ? null : sorted[rank - 1]
}
