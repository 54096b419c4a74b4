/** Cells of a sweep in words: dial values, the statistic that stands for a metric, and what it is against the reference. */
import type { SweptDial } from '../sim/studies/sweep/question.ts'
import type { CellStatistic } from '../sim/studies/sweep/statistics.ts'
import type { SweepAnswer, SweptMetric } from '../sim/studies/sweep/sweep.ts'
import { dialTitle, listed } from './dialWords.ts'
import { differenceScale, sayDifference } from './differences.ts'
import { amount, counted, largestMagnitude, levelText, type Scale, scaleOf } from './format.ts'

/** Against the reference: better, worse, equal on every path, not told apart, or the reference itself. */
export type Standing = 'better' | 'worse' | 'same' | 'undecided' | 'reference' | 'unknown'

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
  if (metric.differing[cell] === 0) return 'same'
  const { difference } = metric.cells[cell][statistic]
  if (difference === null) return 'unknown'
  const { lower, upper } = difference
  if (lower !== null && lower > 0) return metric.bad === 'high' ? 'worse' : 'better'
  if (upper !== null && upper < 0) return metric.bad === 'high' ? 'better' : 'worse'
  return 'undecided'
}

/** Whether some path of some cell has another value than in the scenario as it is. */
export function isMoved({ differing }: SweptMetric): boolean {
  return differing.some((paths) => paths > 0)
}

/** How many cells are better, worse, and neither: '2 cells better, none worse, 1 cannot be told apart'. */
export function standingWords(answer: SweepAnswer, metric: SweptMetric, statistic: number): string {
  const standings = metric.cells.map((_, cell) => standingOf(answer, metric, cell, statistic))
  const count = (one: Standing): number => standings.filter((standing) => standing === one).length
  const words = (n: number): string => (n === 0 ? 'none' : counted(n))
  const head = `${cellsText(count('better')).replace('0 cells', 'no cell')} better, ${words(count('worse'))} worse`
  const rest = [
    [count('undecided') + count('unknown'), 'cannot be told apart'],
    [count('same'), 'the same on every path'],
  ] as const
  return [head, ...rest.flatMap(([n, text]) => (n > 0 ? [`${counted(n)} ${text}`] : []))].join(', ')
}

/** '1 cell', '12 cells'. */
export function cellsText(count: number): string {
  return `${counted(count)} ${count === 1 ? 'cell' : 'cells'}`
}

/** The scale in which the reference and all cells of a statistic are shown. */
export function scaleOfStatistic({ unit, cells, reference }: SweptMetric, statistic: number): Scale {
  const all = [reference, ...cells]
  return scaleOf(unit, largestMagnitude(all.map((cell) => cell[statistic].estimate ?? 0)))
}

/** The scale of a dial over all its values. */
export function scaleOfDial(answer: SweepAnswer, dial: SweptDial): Scale {
  const values = answer.cells.map((cell) => cell[dial.name]).filter((value) => typeof value === 'number')
  return scaleOf(dial.unit, largestMagnitude(values))
}

/** 'depth of the AID pool, M USD'. */
export function axisText(dial: SweptDial, scale: Scale): string {
  return ['', 'text', '1'].includes(scale.unit) ? dialTitle(dial) : `${dialTitle(dial)}, ${scale.unit}`
}

/** The question of a sweep as a title. */
export function sweepTitle(scenario: string, dials: readonly SweptDial[]): string {
  return `How does ${scenario} change with ${listed(dials.map((dial) => `the ${dialTitle(dial)}`))}?`
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
  // Paths that are all alike have an interval without width, which is no bound for the others.
  if (lower === estimate && upper === estimate) return `${amount(estimate, scale)} (on every path)`
  const ends = lower === null || upper === null ? 'unbounded' : `${amount(lower, scale)} to ${amount(upper, scale)}`
  return `${amount(estimate, scale)} (${ends})`
}

export function isToldApart(standing: Standing): boolean {
  return standing === 'better' || standing === 'worse'
}

/**
 * '+0.000309 (0.000231 to 0.000388)', the paired difference of a cell to the scenario as it is; shares differ by points, which it
 * says. Empty where there is none.
 */
export function differenceText({ difference }: CellStatistic, scale: Scale, digits = 3): string {
  if (difference === null) return ''
  const own = differenceScale(scale)
  const { value, interval } = sayDifference({ ...difference, smallest: null }, own, digits)
  return `${value} (${interval})${own.unit === scale.unit ? '' : ` ${own.unit}`}`
}
