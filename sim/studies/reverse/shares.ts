/** Small summaries that every part of the answer uses. */
import { clopperPearson } from '../../statistics/intervals.ts'
import { quantile, sortedColumn } from '../../statistics/orderStatistics.ts'
import { compensatedSum } from '../../statistics/summation.ts'
import { tailRisk } from '../../statistics/tailRisk.ts'
import type { Likelihood, Share } from './answer.ts'

/** k of n with its Clopper-Pearson interval. */
export function share(count: number, of: number, confidence: number): Share {
  const { lower, upper } = clopperPearson(count, of, confidence)
  return { count, of, value: count / of, lower, upper }
}

/**
 * Probability of a part of the failures of which only some were looked at: the product of the part’s share of those and of the
 * share that fails. Each has its Clopper-Pearson interval at half the error, so that the product of the ends covers (Bonferroni).
 * @param members of the part among those looked at
 * @param count failing paths among `of`
 */
export function partOf(members: number, looked: number, count: number, of: number, confidence: number): Likelihood {
  const whole = { worth: members, weighted: false }
  if (looked >= count) return { ...share(members, of, confidence), ...whole }
  const half = (1 + confidence) / 2
  const [part, all] = [share(members, looked, half), share(count, of, half)]
  return {
    count: Math.round((members * count) / looked),
    of,
    value: part.value * all.value,
    lower: part.lower * all.lower,
    upper: part.upper * all.upper,
    ...whole,
  }
}

/**
 * Share of weighted paths of which something holds; its interval is that of Clopper and Pearson for as many equal paths as they
 * are worth (Kish 1965), which is the exact one where weights are equal.
 * @param count,of of the answer are the paths themselves
 */
export function weightedShare(holds: readonly boolean[], weights: ArrayLike<number>, confidence: number): Share {
  const n = holds.length
  const sum = compensatedSum(n, (i) => weights[i])
  const held = compensatedSum(n, (i) => (holds[i] ? weights[i] : 0))
  const squares = compensatedSum(n, (i) => weights[i] * weights[i])
  const worth = Math.max(1, Math.floor(((sum * sum) / squares) * (1 + 1e-12)))
  const { lower, upper } = clopperPearson(Math.round((worth * held) / sum), worth, confidence)
  const value = held / sum
  const count = holds.filter((one) => one).length
  return { count, of: n, value, lower: Math.min(lower, value), upper: Math.max(upper, value) }
}

export interface Quartiles {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/** @param weights without them, or where they are equal, each value counts once */
export function quartiles(values: ArrayLike<number>, weights?: ArrayLike<number>): Quartiles {
  const at = quantiles(values, weights)
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) }
}

/** Quantiles of values by their weights. */
export function quantiles(values: ArrayLike<number>, weights?: ArrayLike<number>): (p: number) => number {
  if (weights === undefined || areEqual(weights)) {
    const sorted = sortedColumn(values)
    return (p) => quantile(sorted, p)
  }
  return (p) => tailRisk(values, p, weights).valueAtRisk
}

function areEqual(weights: ArrayLike<number>): boolean {
  for (let i = 1; i < weights.length; i++) if (weights[i] !== weights[0]) return false
  return true
}
