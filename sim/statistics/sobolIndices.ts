/**
 * Variance-based sensitivity: how much of the variance of a result over a box of inputs is due to each input.
 *
 * First-order index by A. Saltelli and others, "Variance based sensitivity analysis of model output", Computer Physics
 * Communications 181 (2010), estimator (b) of table 2; total index by M. J. W. Jansen, ibid. 117 (1999), estimator (f). Both
 * are products of results, so results with noise need no more than products of different paths (distinctPaths.ts): without
 * that the noise of the simulation passes for an effect of every input.
 */
import { requireCount, requireFinite } from './checks.ts'
import { expectationProduct, meanProduct, pathMean, squareOfMean } from './distinctPaths.ts'
import { type IntervalEstimate, type Resampling, rowBootstrap } from './rowBootstrap.ts'

/**
 * Results of a design: each is a column of one number a path. All cells of a row are simulated on the same paths, in the same
 * order, and each row has paths of its own: differences within a row are then due to the inputs alone, and rows are independent.
 */
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

/**
 * Sobol indices with bootstrap intervals over rows. With several paths a cell they are those of E[Y|x], the noise of the
 * simulation removed; with one path a cell the results are taken as they are.
 * @param whole variance of which the indices are shares, where it is not to be resampled with them: whether an index is zero
 * does not depend on it
 * @throws RangeError when columns differ in number or length or hold a value that is not finite, or there is one row only.
 */
export function sobolIndices(runs: SobolRuns, resampling: Resampling, whole?: number): SobolIndices {
  const rows = rowsOf(checked(runs))
  const control = controlOf(rows)
  const found = rowBootstrap((weights) => estimates(rows, weights, control, whole), rows.length, resampling)
  const [variance, singleVariance, luckFirst, luckTotal] = found
  const inputs = runs.mixed.map((_, i) => {
    const [first, total, singleFirst, singleTotal] = found.slice(shared + each * i, shared + each * (i + 1))
    return { first, total, singleFirst, singleTotal }
  })
  return { variance, singleVariance, luckFirst, luckTotal, inputs }
}

/** Point estimates alone: the variance, then first-order and total index of each input. */
export function sobolPoint(runs: SobolRuns): { variance: number; first: number[]; total: number[] } {
  const rows = rowsOf(checked(runs))
  const found = estimates(rows, new Float64Array(rows.length).fill(1), controlOf(rows))
  const of = (k: number) => runs.mixed.map((_, i) => found[shared + each * i + k])
  return { variance: found[0], first: of(0), total: of(1) }
}

/** What a row contributes to every estimate; expectations are products of different paths. */
interface Row {
  /** Mean of the results at A and at B. */
  readonly mean: number
  /** Mean square of the expectations at A and at B. */
  readonly square: number
  /** Mean square of single results at A and at B. */
  readonly singleSquare: number
  /** Product of the expectations at A and at B, whose inputs have nothing in common: on average the square of the mean. */
  readonly product: number
  /** Covariance over luck of the results at A and at B. */
  readonly common: number
  /** For each input: numerators of its first-order, total and single total index. */
  readonly inputs: readonly (readonly [number, number, number])[]
}

/** Results less their mean over A and B: the estimators do not see it, their errors do. */
function rowsOf({ base, second, mixed }: SobolRuns): Row[] {
  const mean = [...base, ...second].reduce((sum, column) => sum + pathMean(column), 0) / (2 * base.length)
  const less = (column: Float64Array) => column.map((value) => value - mean)
  return base.map((_, j): Row => {
    const [a, b] = [less(base[j]), less(second[j])]
    return {
      mean: (pathMean(a) + pathMean(b)) / 2,
      square: (expectationProduct(a, a) + expectationProduct(b, b)) / 2,
      singleSquare: (meanProduct(a, a) + meanProduct(b, b)) / 2,
      product: expectationProduct(a, b),
      common: meanProduct(a, b) - expectationProduct(a, b),
      inputs: mixed.map((column) => {
        const step = less(column[j]).map((value, p) => value - a[p])
        return [expectationProduct(b, step), expectationProduct(step, step) / 2, meanProduct(step, step) / 2]
      }),
    }
  })
}

const shared = 4
const each = 4

/**
 * How much of the product of a row goes with its mean square, 0 to 1: nothing for a plain function, all of it where the luck
 * that A and B share is larger than what the inputs do. Taking that part off the variance takes the shared luck off with it.
 */
function controlOf(rows: readonly Row[]): number {
  const mean = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0) / rows.length
  const [square, product] = [mean((row) => row.square), mean((row) => row.product)]
  const covariance = mean((row) => (row.square - square) * (row.product - product))
  const variance = mean((row) => (row.product - product) * (row.product - product))
  return variance > 0 ? Math.min(1, Math.max(0, covariance / variance)) : 0
}

/** Variance, single variance, luck first and total; then four indices of each input. */
function estimates(rows: readonly Row[], weights: Float64Array, control: number, whole?: number): Float64Array {
  const count = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = (of: (row: Row) => number): number => {
    let sum = 0
    for (let j = 0; j < rows.length; j++) if (weights[j] > 0) sum += weights[j] * of(rows[j])
    return sum / count
  }
  const square = mean((row) => row.square)
  const centre = squareOfMean(count * mean((row) => row.mean), count * mean((row) => row.mean * row.mean), count)
  const variance = square - centre - control * (mean((row) => row.product) - centre)
  const noise = mean((row) => row.singleSquare) - square
  const single = variance + noise
  const found = new Float64Array(shared + each * rows[0].inputs.length)
  // Below zero or none at all, a variance says nothing of shares.
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN)
  found.set([
    variance,
    single,
    share(
      mean((row) => row.common),
      single,
    ),
    share(noise, single),
  ])
  rows[0].inputs.forEach((_, i) => {
    const [first, total, singleTotal] = [0, 1, 2].map((k) => mean((row) => row.inputs[i][k]))
    const shares = [
      share(first, whole ?? variance),
      share(total, whole ?? variance),
      share(first, single),
      share(singleTotal, single),
    ]
    found.set(shares, shared + each * i)
  })
  return found
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
