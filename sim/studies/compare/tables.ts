/** The tables of a comparison: every difference, and every path that fails under one policy only. */
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, textColumn } from '../tidyColumn.ts'
import type { AmountDifference, Difference, EventDifference } from './differences.ts'
import type { Flip } from './flips.ts'

type Cell = number | string | null

const columns = [
  textColumn('metric', 'Name of the metric'),
  textColumn('statistic', 'What of the metric is compared'),
  numberColumn('level', '1', 'Level of a quantile or an expected shortfall, from the good end to the bad one'),
  textColumn('unit', 'Unit of all values of the row'),
  numberColumn('first', 'see unit', 'Value under the first policy'),
  numberColumn('second', 'see unit', 'Value under the second policy'),
  numberColumn('difference', 'see unit', 'Second minus first, over the same paths'),
  numberColumn('lower', 'see unit', 'Lower end of its interval'),
  numberColumn('upper', 'see unit', 'Upper end of its interval'),
  numberColumn('p', '1', 'p-value of no difference'),
  numberColumn('adjusted', '1', 'p-value among all tests of the comparison (Holm)'),
  numberColumn('smallest', 'see unit', 'Smallest difference that would have been told apart'),
  textColumn('verdict', 'What the second policy is against the first'),
  numberColumn('paths', '1', 'Paths behind the row'),
]

export function differenceTable(
  events: readonly EventDifference[],
  amounts: readonly AmountDifference[],
  paths: number,
): TidyTable {
  const rows: Cell[][] = []
  const add = (name: string, statistic: string, level: number | null, unit: string, first: number, second: number) => {
    return ({ value, lower, upper, p, adjusted, smallest, verdict }: Difference): void => {
      rows.push([
        name,
        statistic,
        level,
        unit,
        first,
        second,
        value,
        lower,
        upper,
        p,
        adjusted,
        smallest,
        verdict,
        paths,
      ])
    }
  }
  for (const { name, first, second, difference } of events)
    add(name, 'probability', null, '1', first.probability, second.probability)(difference)
  for (const { name, unit, statistics } of amounts) {
    for (const { statistic, level, first, second, difference } of statistics)
      add(name, statistic, level, unit, first.value, second.value)(difference)
  }
  return { columns, rows }
}

export function flipTable(
  flips: readonly Flip[],
  names: { readonly first: { readonly name: string }; readonly second: { readonly name: string } },
): TidyTable {
  return {
    columns: [
      numberColumn('path', '1', 'Number of the path'),
      textColumn('event', 'What happens under one policy only'),
      textColumn('under', 'first or second policy'),
      textColumn('policy', 'Name of that policy'),
    ],
    rows: flips.map(({ path, event, under }) => [path, event, under, names[under].name]),
  }
}
