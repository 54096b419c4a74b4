/** The findings of a study of sensitivity in long form, one observation a row. */
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, textColumn } from '../tidyColumn.ts'
import type { Found, SensitivityOfMetric } from './answer.ts'
import { dummyName } from './answer.ts'
import type { ReadPlace } from './cells.ts'
import type { StudiedMetric } from './question.ts'
import { valueAt } from './ranges.ts'
import { statisticText } from './statistic.ts'

type Row = TidyTable['rows'][number]

const keys = [
  textColumn('metric', 'Metric that is studied'),
  textColumn('statistic', 'What of the metric’s paths is studied'),
  textColumn('dial', `Dial that is turned; ${dummyName} turns nothing but the luck`),
]

const estimate = [
  numberColumn('value', 'unit of the measure', 'Estimate, also below zero where noise takes it there'),
  numberColumn('lower', 'unit of the measure', 'Lower end of its interval'),
  numberColumn('upper', 'unit of the measure', 'Upper end of its interval'),
  numberColumn('told', '1', '1 where the effect can be told from zero'),
]

const cellsOf = ({ value, lower, upper, told }: Found): Row => [value, lower, upper, told ? 1 : 0]

/** Tables `effects` (tornado, Morris and Sobol together), `cells` (the statistic of every cell) and `design` (its dials). */
export function tablesOf(
  metrics: readonly SensitivityOfMetric[],
  studied: readonly StudiedMetric[],
  places: readonly ReadPlace[],
): Record<string, TidyTable> {
  return {
    effects: {
      columns: [
        ...keys.slice(0, 2),
        textColumn('measure', 'What is measured, such as morris.muStar or sobol.total'),
        keys[2],
        numberColumn('at', 'unit of the dial', 'Value of the dial, where it is turned alone'),
        ...estimate,
      ],
      rows: metrics.flatMap(effectRows),
    },
    cells: {
      columns: [
        numberColumn('cell', '1', 'Number of the cell'),
        numberColumn('firstPath', '1', 'Its first path'),
        numberColumn('paths', '1', 'Number of its paths'),
        ...keys.slice(0, 2),
        numberColumn('value', 'unit of the metric', 'The statistic of the cell'),
        numberColumn('standardError', 'unit of the metric', 'Its standard error, which other cells share in part'),
      ],
      rows: places.flatMap((place, c) => studied.map((one, m) => cellRow(place, c, one, m))),
    },
    design: {
      columns: [
        numberColumn('cell', '1', 'Number of the cell'),
        keys[2],
        numberColumn('value', 'unit of the dial', 'Value to which it is turned'),
      ],
      rows: places.flatMap(({ dials, at }, c) => dials.map((dial, i) => [c, dial.name, valueAt(dial, at[i])])),
    },
  }
}

function effectRows({ name, statistic, tornado, morris, sobol }: SensitivityOfMetric): Row[] {
  const row = (measure: string, dial: string | null, found: Found, at: number | null = null): Row => [
    ...[name, statistic, measure, dial, at],
    ...cellsOf(found),
  ]
  const rows: Row[] = []
  if (tornado) {
    rows.push(row('tornado.base', null, tornado.base))
    for (const { dial, low, high } of tornado.bars)
      for (const { at, change } of [low, high]) rows.push(row('tornado.change', dial, change, at))
  }
  for (const { dial, mu, muStar, sigma } of morris ? [...morris.dials, morris.dummy] : [])
    rows.push(row('morris.mu', dial, mu), row('morris.muStar', dial, muStar), row('morris.sigma', dial, sigma))
  if (!sobol) return rows
  rows.push(row('sobol.variance', null, sobol.variance))
  for (const { dial, first, total, single } of sobol.dummy ? [...sobol.dials, sobol.dummy] : []) {
    rows.push(row('sobol.first', dial, first), row('sobol.total', dial, total))
    if (single) rows.push(row('sobol.single.first', dial, single.first), row('sobol.single.total', dial, single.total))
  }
  if (sobol.luck)
    rows.push(row('sobol.single.first', 'luck', sobol.luck.first), row('sobol.single.total', 'luck', sobol.luck.total))
  return rows
}

function cellRow(
  { from, paths, reading }: ReadPlace,
  cell: number,
  { metric, statistic }: StudiedMetric,
  m: number,
): Row {
  const values = reading[m]
  const mean = values.reduce((sum, value) => sum + value, 0) / paths
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return [cell, from, paths, metric.name, statisticText(statistic), mean, Math.sqrt(squares / (paths - 1) / paths)]
}
