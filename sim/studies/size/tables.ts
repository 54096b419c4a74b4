/** The numbers of a size as tables for other programs. */
import type { TidyTable } from '../laboratory.ts'
import type { SizeAnswer } from './answer.ts'
import { wholeCost } from './cost.ts'

const number = (name: string, unit: string, meaning: string): TidyTable['columns'][number] => ({
  name,
  unit,
  meaning,
  kind: 'number',
})
const text = (name: string, meaning: string): TidyTable['columns'][number] => ({
  name,
  unit: '',
  meaning,
  kind: 'text',
})

const shareColumns = [
  number('failures', '1', 'paths that fail'),
  number('paths', '1', 'paths simulated'),
  number('probability', '1', 'share of paths that fail'),
  number('lower', '1', 'lower end of its two-sided interval'),
  number('upper', '1', 'upper end of its two-sided interval'),
]
const costColumns = [
  number('cost', 'bp/year', 'yield of sAID lost, with what others would ask'),
  number('cost_lower', 'bp/year', 'lower end of its interval'),
  number('cost_upper', 'bp/year', 'upper end of its interval'),
  number('charged', 'bp/year', 'part that others would ask, not simulated'),
]

export function sizeTables(answer: Omit<SizeAnswer, 'tables'>): Readonly<Record<string, TidyTable>> {
  const tables: Record<string, TidyTable> = { curve: curveTable(answer) }
  if (answer.frontier) tables['frontier'] = frontierTable(answer.frontier)
  if (answer.firstLoss.length > 0) tables['firstLoss'] = firstLossTable(answer.firstLoss)
  return tables
}

function curveTable({ dial, curve }: Pick<SizeAnswer, 'dial' | 'curve'>): TidyTable {
  return {
    columns: [number('level', dial.unit, dial.meaning), ...shareColumns, ...costColumns],
    rows: curve.map(({ level, failures, paths, probability, lower, upper, cost }) => {
      const whole = cost === null ? null : wholeCost(cost)
      const costs = [whole?.value ?? null, whole?.lower ?? null, whole?.upper ?? null, cost?.charged ?? null]
      return [level, failures, paths, probability, lower, upper, ...costs]
    }),
  }
}

function frontierTable({ dials, points }: NonNullable<SizeAnswer['frontier']>): TidyTable {
  return {
    columns: [
      ...dials.map((dial) => number(dial.name, dial.unit, dial.meaning)),
      ...shareColumns,
      ...costColumns,
      text('standing', 'frontier, dominated, or undecided where the paths cannot tell'),
    ],
    rows: points.map(({ values, failures, paths, probability, lower, upper, cost, standing }) => {
      const whole = wholeCost(cost)
      const costs = [whole.value, whole.lower, whole.upper, cost.charged]
      return [...values, failures, paths, probability, lower, upper, ...costs, standing]
    }),
  }
}

function firstLossTable(found: SizeAnswer['firstLoss']): TidyTable {
  return {
    columns: [
      text('dial', 'what was turned'),
      text('party', 'who loses'),
      number('level', '', 'value of the dial, in its unit'),
      ...shareColumns,
      number('largest', 'USD', 'largest loss among these paths'),
    ],
    rows: found.flatMap(({ dial, party, curve }) =>
      curve.map(({ level, failures, paths, probability, lower, upper, largest }) => {
        return [dial.name, party, level, failures, paths, probability, lower, upper, largest]
      }),
    ),
  }
}
