/** Two failure probabilities on the same paths: only the paths that fail under one policy alone tell them apart. */
import { binomialCdf } from './binomial.ts'
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
 * Difference of two failure probabilities estimated on the same paths. It is d (2 s − 1), with d the share of paths that
 * differ and s the part of those that fail under the second policy alone; each has a Clopper-Pearson interval at half the
 * error, so the interval covers with at least `confidence`, and "no path differs" keeps its width. It leaves out 0 where the
 * exact test of McNemar, whose question is whether s is a half, does so at half the error.
 * @param onlyFirst paths that fail under the first policy alone; onlySecond under the second alone; of count paths.
 * @throws RangeError unless the counts are whole, not negative and at most `count` together.
 */
export function pairedProportionDifference(
  onlyFirst: number,
  onlySecond: number,
  count: number,
  confidence: number,
): ProportionDifference {
  requireDiscordant(onlyFirst, onlySecond, count)
  const counts = { difference: (onlySecond - onlyFirst) / count, onlyFirst, onlySecond, count }
  const differing = onlyFirst + onlySecond
  const each = bonferroni(confidence, 2)
  const share = clopperPearson(differing, count, each)
  if (differing === 0) return { ...counts, lower: -share.upper, upper: share.upper }
  const part = clopperPearson(Math.max(onlyFirst, onlySecond), differing, each)
  const [low, high] = [2 * part.lower - 1, 2 * part.upper - 1]
  const near = low * (low > 0 ? share.lower : share.upper)
  const far = high * share.upper
  if (onlySecond > onlyFirst) return { ...counts, lower: near, upper: far }
  return onlySecond === onlyFirst ? { ...counts, lower: -far, upper: far } : { ...counts, lower: -far, upper: -near }
}

/**
 * Two-sided p-value of McNemar's test, exact: how often a fair coin splits the paths that differ at least as unevenly.
 * Source: McNemar (1947), Psychometrika 12, in its binomial form; Agresti, Categorical Data Analysis (3rd ed.), 11.1.
 * @throws RangeError unless the counts are whole and not negative.
 */
export function mcNemar(onlyFirst: number, onlySecond: number): number {
  requireCount(onlyFirst, 'paths failing under the first policy alone', 0)
  requireCount(onlySecond, 'paths failing under the second policy alone', 0)
  const differing = onlyFirst + onlySecond
  if (differing === 0) return 1
  return Math.min(1, 2 * binomialCdf(Math.min(onlyFirst, onlySecond), differing, 0.5))
}

function requireDiscordant(onlyFirst: number, onlySecond: number, count: number): void {
  requireCount(count, 'number of paths', 1)
  requireCount(onlyFirst, 'paths failing under the first policy alone', 0, count)
  requireCount(onlySecond, 'paths failing under the second policy alone', 0, count - onlyFirst)
}
