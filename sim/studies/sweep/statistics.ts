/** What a cell says of a metric, and how it differs from the reference on the same paths. */
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import { pairedMeanDifference, pairedShortfallDifference } from '../../statistics/pairedTails.ts'
import { amountHeadline, type Estimate, eventHeadline, shortfallLevel } from '../headline.ts'
import type { Metric } from '../metric.ts'

export interface CellStatistic {
  readonly statistic: 'probability' | 'mean' | 'quantile' | 'expectedShortfall'
  /** Counted from the good end to the bad one; null where there is none. */
  readonly level: number | null
  /** Null where no finite value stands. */
  readonly estimate: number | null
  readonly lower: number | null
  readonly upper: number | null
  /** At least 50 paths stand behind it. */
  readonly enough: boolean
  /** Cell minus reference; null for quantiles, and in the reference itself. */
  readonly difference: Estimate | null
}

/** @param base values of the reference on the same paths; the same array in the reference itself */
export function statisticsOf(
  metric: Metric,
  values: Float64Array,
  base: Float64Array,
  confidence: number,
): readonly CellStatistic[] {
  if (metric.kind === 'event') return [probabilityOf(metric, values, base, confidence)]
  const { mean, quantiles, expectedShortfall: tail } = amountHeadline(metric, values, confidence)
  const sign = metric.bad === 'high' ? 1 : -1
  const losses = (column: Float64Array): Float64Array => (sign === 1 ? column : column.map((value) => 0 - value))
  const allFinite = [values, base].every((column) => column.every((value) => Number.isFinite(value)))
  const differ = (found: () => Estimate): Estimate | null => (values === base || !allFinite ? null : found())
  return [
    {
      ...{ statistic: 'mean', level: null, ...estimateOf(mean), enough: values.length >= 50 },
      difference: differ(() => signed(pairedMeanDifference(base, values, confidence), 1)),
    },
    ...quantiles.map(
      (one): CellStatistic => ({
        ...{ statistic: 'quantile', level: one.level, ...estimateOf(one), enough: one.enough, difference: null },
      }),
    ),
    {
      ...{ statistic: 'expectedShortfall', level: shortfallLevel, ...estimateOf(tail), enough: tail?.enough ?? false },
      difference: differ(() => {
        const found = pairedShortfallDifference(losses(base), losses(values), shortfallLevel, confidence)
        return signed(found, sign)
      }),
    },
  ]
}

function probabilityOf(metric: Metric, values: Float64Array, base: Float64Array, confidence: number): CellStatistic {
  const { probability, lower, upper, paths, occurrences } = eventHeadline(metric, values, confidence)
  const count = (happens: (here: number, there: number) => boolean): number =>
    values.reduce((sum, value, path) => sum + (happens(value, base[path]) ? 1 : 0), 0)
  const lost = count((here, there) => here === 0 && there !== 0)
  const won = count((here, there) => here !== 0 && there === 0)
  const { difference, ...bounds } = pairedProportionDifference(lost, won, paths, confidence)
  return {
    statistic: 'probability',
    level: null,
    estimate: probability,
    lower,
    upper,
    enough: Math.min(occurrences, paths - occurrences) >= 50,
    difference: values === base ? null : { value: difference, lower: bounds.lower, upper: bounds.upper },
  }
}

function estimateOf(found: Estimate | null): Pick<CellStatistic, 'estimate' | 'lower' | 'upper'> {
  if (found === null || !Number.isFinite(found.value)) return { estimate: null, lower: null, upper: null }
  const bound = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : value)
  return { estimate: found.value, lower: bound(found.lower), upper: bound(found.upper) }
}

function signed({ value, lower, upper }: Estimate, sign: 1 | -1): Estimate {
  if (sign === 1) return { value, lower, upper }
  const negated = (bound: number | null): number | null => (bound === null ? null : 0 - bound)
  return { value: 0 - value, lower: negated(upper), upper: negated(lower) }
}
