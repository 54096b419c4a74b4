/** What of a cell's paths is studied: a mean, a probability, a quantile or an expected shortfall, as a mean of one number a path. */
import { InputError } from '../../kernel/errors.ts'
import { percentHint } from '../../kernel/metric.ts'
import { quantileRank, sortedColumn, wholeProduct } from '../../statistics/orderStatistics.ts'
import { tailRisk } from '../../statistics/tailRisk.ts'
import { leastShortfallTail } from '../headline.ts'
import { evaluateMetric, type Metric, type OutcomeColumns } from '../metric.ts'

export type Statistic =
  | { readonly kind: 'mean' | 'probability' }
  | { readonly kind: 'quantile' | 'expectedShortfall'; readonly level: number }

const amountForms = 'mean, quantile:0.9 or expectedShortfall:0.8'
const forms = `probability, ${amountForms}`

/** @throws InputError for anything but mean, probability, quantile:LEVEL and expectedShortfall:LEVEL */
export function parseStatistic(text: string): Statistic {
  if (text === 'mean' || text === 'probability') return { kind: text }
  const [kind, level = '', ...more] = text.split(':')
  if ((kind !== 'quantile' && kind !== 'expectedShortfall') || more.length > 0)
    throw new InputError(`statistic ${text} is not known; write ${forms}`)
  const value = level.trim() === '' ? Number.NaN : Number(level)
  if (!(value > 0 && value < 1)) {
    const hint = percentHint(value, '1', { lowest: 0, highest: 1 }) || `; write for example ${kind}:0.9`
    throw new InputError(`statistic ${text} has no level between 0 and 1${hint}`)
  }
  return { kind, level: value }
}

export function statisticText(statistic: Statistic): string {
  return 'level' in statistic ? `${statistic.kind}:${statistic.level}` : statistic.kind
}

/** What is studied of a metric unless the question says otherwise. */
export function usualStatistic(metric: Metric): Statistic {
  return { kind: metric.kind === 'event' ? 'probability' : 'mean' }
}

/** @throws InputError where the statistic does not fit the metric, or a cell has too few paths for its tail */
export function checkStatistic(metric: Metric, statistic: Statistic, paths: number): void {
  const isEvent = metric.kind === 'event'
  if (isEvent !== (statistic.kind === 'probability')) {
    const right = isEvent ? 'an event: its statistic is probability' : `an amount: its statistic is ${amountForms}`
    throw new InputError(`${metric.name} is ${right}, not ${statisticText(statistic)}`)
  }
  if (!('level' in statistic)) return
  const { kind, level } = statistic
  const thin = kind === 'quantile' ? Math.min(level, 1 - level) : 1 - level
  if (wholeProduct(paths, thin) > leastShortfallTail - 1e-9) return
  const needed = Math.ceil(leastShortfallTail / thin - 1e-9)
  throw new InputError(
    `${statisticText(statistic)} of ${metric.name} has fewer than ${leastShortfallTail} tail paths in a cell of ${paths}; ` +
      `give --paths ${needed} or more, or a level nearer the middle`,
  )
}

/**
 * One number a path whose mean over paths is the statistic, and whose spread is that of the statistic: the values themselves, or
 * for a tail the influence of each path on it. The same luck in two cells stays paired path by path.
 *
 * Influence of expected shortfall: Rockafellar and Uryasev (2002), Journal of Banking and Finance 26; of a quantile: Bahadur
 * (1966), with the density from neighbouring order statistics: Bloch and Gastwirth (1968), Annals of Mathematical Statistics.
 * @throws InputError when a path has no finite value
 */
export function contributions(
  metric: Metric,
  statistic: Statistic,
  columns: OutcomeColumns,
  paths: number,
): Float64Array {
  const values = evaluateMetric(metric, columns, paths)
  const infinite = values.findIndex((value) => !Number.isFinite(value))
  if (infinite >= 0)
    throw new InputError(`${metric.name} has no finite value on path ${infinite} of a cell; ask for another metric`)
  if (!('level' in statistic)) return values
  const sign = metric.bad === 'high' ? 1 : -1
  const losses = values.map((value) => sign * value)
  const influence = statistic.kind === 'quantile' ? quantileInfluence : shortfallInfluence
  return influence(losses, statistic.level).map((value) => sign * value)
}

function shortfallInfluence(losses: Float64Array, level: number): Float64Array {
  const { valueAtRisk } = tailRisk(losses, level)
  return losses.map((loss) => valueAtRisk + Math.max(0, loss - valueAtRisk) / (1 - level))
}

function quantileInfluence(losses: Float64Array, level: number): Float64Array {
  const sorted = sortedColumn(losses)
  const count = sorted.length
  const rank = quantileRank(count, level)
  const value = sorted[rank - 1]
  const reach = Math.max(1, Math.round(Math.sqrt(Math.min(rank, count - rank))))
  const from = Math.max(1, rank - reach)
  const to = Math.min(count, rank + reach)
  const spacing = ((sorted[to - 1] - sorted[from - 1]) / (to - from)) * count
  let below = 0
  for (const loss of losses) if (loss <= value) below++
  // Against the share of these paths that is not above it, so that the mean is the quantile itself.
  return losses.map((loss) => value + (below / count - (loss <= value ? 1 : 0)) * spacing)
}
