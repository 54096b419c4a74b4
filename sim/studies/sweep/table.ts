/** The tidy table of a sweep: one row a cell, metric and statistic. */
import type { Turn } from '../../../scenarios/dials.ts'
import type { TidyTable } from '../laboratory.ts'
import type { SweptDial } from './question.ts'
import type { CellStatistic } from './statistics.ts'
import type { SweptMetric } from './sweep.ts'

/** 'probability', 'quantile 0.99', 'expectedShortfall 0.975' */
export function statisticName({ statistic, level }: Pick<CellStatistic, 'statistic' | 'level'>): string {
  return level === null ? statistic : `${statistic} ${level}`
}

/** Differences to the reference are statistics of their own, named 'difference of …'. */
export function cellTable(
  dials: readonly SweptDial[],
  cells: readonly Turn[],
  metrics: readonly SweptMetric[],
  paths: number,
): TidyTable {
  const ends = (meaning: string) => ({ unit: 'see unit', meaning, kind: 'number' as const })
  return {
    columns: [
      { name: 'cell', unit: '1', meaning: 'Number of the cell, from 0', kind: 'number' },
      ...dials.map(({ name, unit, meaning, isChoice }) => {
        return { name, unit, meaning, kind: isChoice ? ('text' as const) : ('number' as const) }
      }),
      { name: 'metric', unit: 'text', meaning: 'Name of the metric', kind: 'text' },
      { name: 'statistic', unit: 'text', meaning: 'What of the metric is estimated', kind: 'text' },
      { name: 'estimate', ...ends('Estimate; null where no finite one stands') },
      { name: 'lower', ...ends('Lower end of its interval; null = unbounded') },
      { name: 'upper', ...ends('Upper end of its interval; null = unbounded') },
      { name: 'paths', unit: '1', meaning: 'Paths behind it', kind: 'number' },
      { name: 'unit', unit: 'text', meaning: 'Unit of estimate, lower and upper', kind: 'text' },
    ],
    rows: cells.flatMap((turn, cell) => {
      const head = [cell, ...dials.map(({ name }) => turn[name])]
      return metrics.flatMap(({ name, unit, cells: found }) =>
        found[cell].flatMap((one) => {
          const statistic = statisticName(one)
          const row = [...head, name, statistic, one.estimate, one.lower, one.upper, paths, unit]
          if (one.difference === null) return [row]
          const { value, lower, upper } = one.difference
          return [row, [...head, name, `difference of ${statistic}`, value, lower, upper, paths, unit]]
        }),
      )
    }),
  }
}
