/** Differences of two policies in words: signs always shown, shares in points, and what "cannot be told apart" leaves open. */

import { clopperPearson } from '../sim/statistics/intervals.ts'
import type { AmountDifference, AmountStatistic, Difference, Verdict } from '../sim/studies/compare/differences.ts'
import { amount, fixed, largestMagnitude, levelText, type Scale, scaleOf } from './format.ts'

/** Scale of probabilities. */
export const shares: Scale = { factor: 100, unit: '%' }

/** The scale of differences: what is shown in per cent differs by points. */
export function differenceScale(scale: Scale): Scale {
  return scale.unit.startsWith('%') ? { ...scale, unit: scale.unit.replace('%', 'points') } : scale
}

/** A difference and all that is said of it, with as many decimals as the largest of them needs for its digits. */
export interface SaidDifference {
  readonly value: string
  /** 'a to b', or 'unbounded'. */
  readonly interval: string
  readonly smallest: string | null
}

/**
 * The numbers of a difference without their unit; the sign of the value is always shown.
 * @param digits of the largest of the difference and its bounds
 */
export function sayDifference(
  { value, lower, upper, smallest }: Pick<Difference, 'value' | 'lower' | 'upper' | 'smallest'>,
  scale: Scale,
  digits = 3,
): SaidDifference {
  const shown = [value, lower ?? 0, upper ?? 0].map((one) => Math.abs(one * scale.factor))
  const decimals = decimalsFor(Math.max(...shown), digits)
  const text = (one: number): string => fixed(one * scale.factor, decimals)
  const sign = value > 0 && Number.parseFloat(text(value)) !== 0 ? '+' : ''
  return {
    value: sign + text(value),
    interval: lower === null || upper === null ? 'unbounded' : `${text(lower)} to ${text(upper)}`,
    smallest: smallest === null ? null : amount(smallest, scale),
  }
}

/** Decimals that show so many digits of a size, at most ten. */
function decimalsFor(size: number, digits: number): number {
  if (size === 0) return 0
  const exponent = Number(size.toExponential(digits - 1).split('e')[1])
  return Math.min(10, Math.max(0, digits - 1 - exponent))
}

/** Two values of one column, with as many digits as it takes to tell them apart. */
export function pairText(first: number, second: number, scale: Scale): readonly [string, string] {
  let pair: [string, string] = [amount(first, scale), amount(second, scale)]
  for (let decimals = 3; pair[0] === pair[1] && first !== second && decimals <= 8; decimals++)
    pair = [fixed(first * scale.factor, decimals), fixed(second * scale.factor, decimals)]
  return pair
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  same: 'the same on every path',
  undecided: 'cannot be told apart',
}

/** What paths of which none differs leave open: 'a change felt by fewer than 0.18 % of all paths is not seen'. */
export function unseenText(paths: number, confidence: number): string {
  const { upper } = clopperPearson(0, paths, confidence, 'upper')
  return `a change felt by fewer than ${Number((100 * upper).toPrecision(2))} % of all paths is not seen`
}

/** What the second policy is against the first. */
export function verdictText({ verdict }: Pick<Difference, 'verdict'>): string {
  return verdictWords[verdict]
}

/** 'mean', '99 %', 'ES 97.5 %'. */
export function statisticText({ statistic, level }: Pick<AmountStatistic, 'statistic' | 'level'>): string {
  if (level === null) return 'mean'
  return statistic === 'quantile' ? levelText(level) : `ES ${levelText(level)}`
}

/** The scale in which all values of an amount are shown. */
export function scaleOfAmount({ unit, statistics }: AmountDifference): Scale {
  return scaleOf(unit, largestMagnitude(statistics.flatMap(({ first, second }) => [first.value, second.value])))
}

/** Statistics of an amount that a table shows by default. */
export function isShown({ statistic, level }: AmountStatistic): boolean {
  return statistic !== 'quantile' || level === 0.99 || level === 0.5
}
