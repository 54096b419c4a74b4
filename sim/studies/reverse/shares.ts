/** Small summaries that every part of the answer uses. */
import { clopperPearson } from '../../statistics/intervals.ts'
import { quantile, sortedColumn } from '../../statistics/orderStatistics.ts'
import type { Share } from './answer.ts'

/** k of n with its Clopper-Pearson interval. */
export function share(count: number, of: number, confidence: number): Share {
  const { lower, upper } = clopperPearson(count, of, confidence)
  return { count, of, value: count / of, lower, upper }
}

export interface Quartiles {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

export function quartiles(values: ArrayLike<number>): Quartiles {
  const sorted = sortedColumn(values)
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) }
}
