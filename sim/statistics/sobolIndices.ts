/**
 * Variance-based sensitivity: how much of the variance of a result over a box of inputs is due to each input.
 *
 * First-order index by A. Saltelli and others, "Variance based sensitivity analysis of model output", Computer Physics
 * Communications 181 (2010), estimator (b) of table 2; total index by M. J. W. Jansen, ibid. 117 (1999), estimator (f). Both
 * are products of results, so results with noise need no more than products of different paths (distinctPaths.ts): without
 * that the noise of the simulation passes for an effect of every input.
 */
import { requireCount, requireFinite } from './checks.ts'
import { crossedBootstrap, type IntervalEstimate, type Resampling } from './crossedBootstrap.ts'
import { expectationProduct, meanProduct, type PathWeights, pathSum, pathWeights } from './distinctPaths.ts'

/** Results of a design: each is a column of one number a path, the same paths in the same order everywhere. */
export interface SobolRuns {
  /** At row j of matrix A. */
  readonly base: readonly Float64Array[]
  /** At row j of matrix B. */
  readonly second: readonly Float64Array[]
  /** mixed[i][j] at row j of A with input i taken from B. */
  readonly mixed: readonly (readonly Float64Array[])[]
}

export interface InputIndices {
  /** Share of the variance of the expectation that goes when the input alone becomes known. */
  readonly first: IntervalEstimate
  /** Share that stays while the input alone is unknown: its own effect and all its interactions. */
  readonly total: IntervalEstimate
  /** The same of a single future, whose luck is one more input. */
  readonly singleFirst: IntervalEstimate
  readonly singleTotal: IntervalEstimate
}

export interface SobolIndices {
  /** Variance of the expectation over the box, in squared units of the result. */
  readonly variance: IntervalEstimate
  /** Variance of a single future: that of the expectation and that of luck together. */
  readonly singleVariance: IntervalEstimate
  /** First-order and total index of luck in a single future. */
  readonly luckFirst: IntervalEstimate
  readonly luckTotal: IntervalEstimate
  readonly inputs: readonly InputIndices[]
}

const shared = 4
const each = 4

/**
 * Sobol indices with bootstrap intervals over rows and paths. With several paths a cell they are those of E[Y|x], the noise
 * of the simulation removed; with one path a cell the results are taken as they are.
 * @throws RangeError when columns differ in number or length or hold a value that is not finite, or there is one row only.
 */
export function sobolIndices(runs: SobolRuns, resampling: Resampling): SobolIndices {
  const centred = centre(checked(runs))
  const sample = { rows: runs.base.length, paths: runs.base[0].length, strata: 1 }
  const found = crossedBootstrap((rows, paths) => estimates(centred, rows, pathWeights(paths)), sample, resampling)
  const [variance, singleVariance, luckFirst, luckTotal] = found
  const inputs = runs.mixed.map((_, i) => {
    const [first, total, singleFirst, singleTotal] = found.slice(shared + each * i, shared + each * (i + 1))
    return { first, total, singleFirst, singleTotal }
  })
  return { variance, singleVariance, luckFirst, luckTotal, inputs }
}

/** Point estimates alone: the variance, then first-order and total index of each input. */
export function sobolPoint(runs: SobolRuns): { variance: number; first: number[]; total: number[] } {
  const centred = centre(checked(runs))
  const ones = (n: number) => new Float64Array(n).fill(1)
  const found = estimates(centred, ones(runs.base.length), pathWeights(ones(runs.base[0].length)))
  const of = (k: number) => runs.mixed.map((_, i) => found[shared + each * i + k])
  return { variance: found[0], first: of(0), total: of(1) }
}

/** Variance, single variance, luck first and total; then four indices of each input. */
function estimates(runs: SobolRuns, rows: Float64Array, luck: PathWeights): Float64Array {
  const { base, second, mixed } = runs
  const found = new Float64Array(shared + each * mixed.length)
  const count = rows.reduce((sum, weight) => sum + weight, 0)
  const { variance, noise, common } = variances(runs, rows, count, luck)
  const single = variance + noise
  found.set([variance, single, common / single, noise / single])
  const step = new Float64Array(base[0].length)
  mixed.forEach((column, i) => {
    let first = 0
    let total = 0
    let singleTotal = 0
    for (let j = 0; j < rows.length; j++) {
      if (rows[j] === 0) continue
      for (let p = 0; p < step.length; p++) step[p] = column[j][p] - base[j][p]
      first += rows[j] * expectationProduct(luck, second[j], step)
      total += rows[j] * expectationProduct(luck, step, step)
      singleTotal += rows[j] * meanProduct(luck, step, step)
    }
    const shares = [first / variance, total / (2 * variance), first / single, singleTotal / (2 * single)]
    found.set(
      shares.map((share) => share / count),
      shared + each * i,
    )
  })
  // Below zero or none at all, a variance says nothing of shares.
  if (!(variance > 0)) for (let i = shared; i < found.length; i += each) found[i] = found[i + 1] = Number.NaN
  if (!(single > 0)) for (let i = 2; i < found.length; i++) if (i < 4 || i % each > 1) found[i] = Number.NaN
  return found
}

/**
 * Variance of the expectation over all rows of A and B, mean variance of luck within a cell, and the part of that which is
 * common to any two cells: the covariance over luck of the rows of A and B, whose inputs have nothing in common.
 */
function variances({ base, second }: SobolRuns, rows: Float64Array, count: number, luck: PathWeights) {
  const paths = base[0].length
  const sums = new Float64Array(paths)
  let squares = 0
  let noisy = 0
  let common = 0
  for (let j = 0; j < rows.length; j++) {
    const weight = rows[j]
    if (weight === 0) continue
    for (const column of [base[j], second[j]]) {
      squares += weight * expectationProduct(luck, column, column)
      noisy += weight * meanProduct(luck, column, column)
      for (let p = 0; p < paths; p++) sums[p] += weight * column[p]
    }
    common += weight * (meanProduct(luck, base[j], second[j]) - expectationProduct(luck, base[j], second[j]))
  }
  const cells = 2 * count
  const variance = (squares - expectationProduct(luck, sums, sums) / cells) / (cells - 1)
  return { variance, noise: (noisy - squares) / cells, common: common / count }
}

/** Results less their mean over A and B: the estimators do not see it, their errors do. */
function centre(runs: SobolRuns): SobolRuns {
  const ones = pathWeights(new Float64Array(runs.base[0].length).fill(1))
  const cells = [...runs.base, ...runs.second]
  const mean = cells.reduce((sum, column) => sum + pathSum(ones, column) / ones.total, 0) / cells.length
  const less = (columns: readonly Float64Array[]) => columns.map((column) => column.map((value) => value - mean))
  return { base: less(runs.base), second: less(runs.second), mixed: runs.mixed.map(less) }
}

function checked(runs: SobolRuns): SobolRuns {
  requireCount(runs.base.length, 'number of rows', 2)
  const paths = runs.base[0].length
  const columns: readonly [string, readonly Float64Array[]][] = [
    ['results at B', runs.second],
    ['results at A', runs.base],
    ...runs.mixed.map((column, i): [string, readonly Float64Array[]] => [`results of input ${i}`, column]),
  ]
  for (const [noun, cells] of columns) {
    if (cells.length !== runs.base.length) {
      throw new RangeError(`unequal ${noun}: ${cells.length} rows; ${runs.base.length} as in A wanted`)
    }
    cells.forEach((cell, j) => {
      if (cell.length !== paths)
        throw new RangeError(`unequal ${noun}, row ${j}: ${cell.length} paths; ${paths} wanted`)
      requireFinite(cell, `${noun}, row ${j}`)
    })
  }
  return runs
}
