/** The tables of a comparison: every difference, and every path that fails under one policy only. */
import type { TidyTable } from '../laboratory.ts'
import type { AmountDifference, Difference, EventDifference } from './differences.ts'
import type { Flip } from './flips.ts'

type Cell = number | string | null

const columns: TidyTable['columns'] = [
  { name: 'metric', unit: 'text', meaning: 'Name of the metric', kind: 'text' },
  { name: 'statistic', unit: 'text', meaning: 'What of the metric is compared', kind: 'text' },
  {
    name: 'level',
    unit: '1',
    meaning: 'Level of a quantile or an expected shortfall, from the good end',
    kind: 'number',
  },
  { name: 'unit', unit: 'text', meaning: 'Unit of all values of the row', kind: 'text' },
  { name: 'first', unit: 'see unit', meaning: 'Value under the first policy', kind: 'number' },
  { name: 'second', unit: 'see unit', meaning: 'Value under the second policy', kind: 'number' },
  { name: 'difference', unit: 'see unit', meaning: 'Second minus first, over the same paths', kind: 'number' },
  { name: 'lower', unit: 'see unit', meaning: 'Lower end of its interval', kind: 'number' },
  { name: 'upper', unit: 'see unit', meaning: 'Upper end of its interval', kind: 'number' },
  { name: 'p', unit: '1', meaning: 'p-value of no difference', kind: 'number' },
  { name: 'adjusted', unit: '1', meaning: 'p-value among all tests of the comparison (Holm)', kind: 'number' },
  {
    name: 'smallest',
    unit: 'see unit',
    meaning: 'Smallest difference that would have been told apart',
    kind: 'number',
  },
  { name: 'verdict', unit: 'text', meaning: 'What the second policy is against the first', kind: 'text' },
  { name: 'paths', unit: '1', meaning: 'Paths behind the row', kind: 'number' },
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
      { name: 'path', unit: '1', meaning: 'Number of the path', kind: 'number' },
      { name: 'event', unit: 'text', meaning: 'What happens under one policy only', kind: 'text' },
      { name: 'under', unit: 'text', meaning: 'first or second policy', kind: 'text' },
      { name: 'policy', unit: 'text', meaning: 'Name of that policy', kind: 'text' },
    ],
    rows: flips.map(({ path, event, under }) => [path, event, under, names[under].name]),
  }
}
