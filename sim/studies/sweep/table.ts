/** The tidy table of a sweep: one row a cell, metric and statistic. */
import type { Turn } from '../../../scenarios/dials.ts'
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, textColumn } from '../tidyColumn.ts'
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
  return {
    columns: [
      numberColumn('cell', '1', 'Number of the cell, from 0'),
      ...dials.map(({ name, unit, meaning, isChoice }) =>
        isChoice ? textColumn(name, meaning) : numberColumn(name, unit, meaning),
      ),
      textColumn('metric', 'Name of the metric'),
      textColumn('statistic', 'What of the metric is estimated'),
      numberColumn('estimate', 'see unit', 'Estimate; null where no finite one stands'),
      numberColumn('lower', 'see unit', 'Lower end of its interval; null = unbounded'),
      numberColumn('upper', 'see unit', 'Upper end of its interval; null = unbounded'),
      numberColumn('paths', '1', 'Paths behind it'),
      textColumn('unit', 'Unit of estimate, lower and upper'),
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
