/** Cells of a sweep in words: dial values, the statistic that stands for a metric, and what it is against the reference. */
import type { SweptDial } from '../sim/studies/sweep/question.ts'
import type { CellStatistic } from '../sim/studies/sweep/statistics.ts'
import type { SweepAnswer, SweptMetric } from '../sim/studies/sweep/sweep.ts'
import { amount, largestMagnitude, levelText, type Scale, scaleOf } from './format.ts'

/** Against the reference: better, worse, not told apart, or the reference itself. */
export type Standing = 'better' | 'worse' | 'undecided' | 'reference' | 'unknown'

/** The statistics by which a metric is drawn: the probability, or the mean and the expected shortfall. */
export function drawnStatistics({ cells }: SweptMetric): readonly number[] {
  return cells[0].flatMap(({ statistic }, i) => (statistic === 'quantile' ? [] : [i]))
}

/** The statistic that leads: the probability, the expected shortfall where every cell bounds it, else the mean. */
export function leadingStatistic(metric: SweptMetric): number {
  const drawn = drawnStatistics(metric)
  const last = drawn[drawn.length - 1]
  const bounded = metric.cells.every((cell) => cell[last].lower !== null && cell[last].upper !== null)
  return bounded ? last : drawn[0]
}

/** 'probability', 'mean', 'ES 97.5 %', '99 % quantile' */
export function statisticWords({ statistic, level }: Pick<CellStatistic, 'statistic' | 'level'>): string {
  if (level === null) return statistic
  return statistic === 'quantile' ? `${levelText(level)} quantile` : `ES ${levelText(level)}`
}

export function standingOf(answer: SweepAnswer, metric: SweptMetric, cell: number, statistic: number): Standing {
  if (cell === answer.reference) return 'reference'
  const { difference } = metric.cells[cell][statistic]
  if (difference === null) return 'unknown'
  const { lower, upper } = difference
  if (lower !== null && lower > 0) return metric.bad === 'high' ? 'worse' : 'better'
  if (upper !== null && upper < 0) return metric.bad === 'high' ? 'better' : 'worse'
  return 'undecided'
}

/** The scale in which all cells of a statistic are shown. */
export function scaleOfStatistic({ unit, cells }: SweptMetric, statistic: number): Scale {
  return scaleOf(unit, largestMagnitude(cells.map((cell) => cell[statistic].estimate ?? 0)))
}

/** The scale of a dial over all its values. */
export function scaleOfDial(answer: SweepAnswer, dial: SweptDial): Scale {
  const values = answer.cells.map((cell) => cell[dial.name]).filter((value) => typeof value === 'number')
  return scaleOf(dial.unit, largestMagnitude(values))
}

/** A value of a dial without its unit. */
export function dialText(value: number | string, scale: Scale): string {
  if (typeof value === 'string') return value
  const plain = Number((value * scale.factor).toPrecision(4))
  return Number.isInteger(plain) && Math.abs(plain) < 1e4 ? String(plain) : amount(value, scale)
}

/** '11.2 (9.1 to 13.6)', with words for what is not there. */
export function cellText({ estimate, lower, upper }: CellStatistic, scale: Scale): string {
  if (estimate === null) return 'no finite value'
  const ends = lower === null || upper === null ? 'unbounded' : `${amount(lower, scale)} to ${amount(upper, scale)}`
  return `${amount(estimate, scale)} (${ends})`
}
