/** Two failure probabilities on the same paths: only the paths that fail under one policy alone tell them apart. */
import { requireCount } from './checks.ts'
import { bonferroni, clopperPearson } from './intervals.ts'

export interface ProportionDifference {
  /** Share failing under the second policy minus share failing under the first. */
  readonly difference: number
  readonly lower: number
  readonly upper: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly count: number
}

/**
 * Difference of two failure probabilities estimated on the same paths. Each discordant share has a Clopper-Pearson
 * interval at half the error, so the interval covers with at least `confidence`, and "no path differs" keeps its width.
 * @param onlyFirst paths that fail under the first policy alone; onlySecond under the second alone; of count paths.
 * @throws RangeError unless the counts are whole, not negative and at most `count` together.
 */
export function pairedProportionDifference(
  onlyFirst: number,
  onlySecond: number,
  count: number,
  confidence: number,
): ProportionDifference {
  requireCount(count, 'number of paths', 1)
  requireCount(onlyFirst, 'paths failing under the first policy alone', 0, count)
  requireCount(onlySecond, 'paths failing under the second policy alone', 0, count - onlyFirst)
  const each = bonferroni(confidence, 2)
  const first = clopperPearson(onlyFirst, count, each)
  const second = clopperPearson(onlySecond, count, each)
  return {
    difference: (onlySecond - onlyFirst) / count,
    lower: second.lower - first.upper,
    upper: second.upper - first.lower,
    onlyFirst,
    onlySecond,
    count,
  }
}
