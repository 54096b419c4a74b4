/** Standard error of a quantile, for tables that quote one beside its order-statistic interval. */
import { requireFinite, requireSorted } from './checks.ts'
import { quantileRank } from './orderStatistics.ts'
import { incompleteBeta } from './specialFunctions.ts'
import { compensatedSum } from './summation.ts'

/**
 * Standard error of the p-quantile of an ascending column, from the beta weights that its rank gives to every order
 * statistic. Source: Maritz and Jarrett (1978), Journal of the American Statistical Association 73.
 * @throws RangeError when the column is empty, holds a value that is not finite or does not ascend.
 */
export function quantileStandardError(sorted: ArrayLike<number>, p: number): number {
  requireFinite(sorted, 'values')
  requireSorted(sorted, 'values')
  const n = sorted.length
  const rank = quantileRank(n, p)
  const reach = Math.ceil(10 + 10 * Math.sqrt(n * p * (1 - p)))
  const from = Math.max(1, rank - reach)
  const to = Math.min(n, rank + reach)
  const weights = new Float64Array(to - from + 1)
  let below = incompleteBeta((from - 1) / n, rank, n - rank + 1)
  for (let i = from; i <= to; i++) {
    const upTo = incompleteBeta(i / n, rank, n - rank + 1)
    weights[i - from] = upTo - below
    below = upTo
  }
  const origin = sorted[rank - 1] as number
  const distance = (i: number) => (sorted[from - 1 + i] as number) - origin
  const mean = compensatedSum(weights.length, (i) => (weights[i] as number) * distance(i))
  const square = compensatedSum(weights.length, (i) => (weights[i] as number) * distance(i) * distance(i))
  return Math.sqrt(Math.max(0, square - mean * mean))
}
