/** Ranks and sorted columns: the one convention by which every quantile of the project is read. */
import { requireOpenProbability, requireOrdered } from './checks.ts'

/** A product of n and p within this of a whole number is that number: .55 of 100 paths is 55, though 100 * .55 > 55. */
const ROUNDING = 1e-12

/** An ascending copy of a column. @throws RangeError when it is empty or holds a NaN. */
export function sortedColumn(values: ArrayLike<number>, noun = 'values'): Float64Array {
  requireOrdered(values, noun)
  return Float64Array.from(values).sort()
}

/** n p, freed of the rounding of a decimal p. */
export function wholeProduct(n: number, p: number): number {
  const product = n * p
  const whole = Math.round(product)
  return Math.abs(product - whole) <= ROUNDING * product ? whole : product
}

/** The 1-based rank ceil(n p) of the p-quantile of n values, at least 1. @throws RangeError unless 0 < p < 1. */
export function quantileRank(n: number, p: number): number {
  requireOpenProbability(p, 'quantile level')
  return Math.min(n, Math.max(1, Math.ceil(wholeProduct(n, p))))
}

/** The order statistic of rank ceil(n p) of an ascending column, as loss quantiles are defined in bank regulation. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('no values: at least one value is needed')
  return sorted[quantileRank(sorted.length, p) - 1] as number
}

/** How many values of an ascending column exceed a level strictly. */
export function countAbove(sorted: ArrayLike<number>, level: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((sorted[middle] as number) > level) high = middle
    else low = middle + 1
  }
  return sorted.length - low
}
