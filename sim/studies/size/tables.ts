/** The numbers of a size as tables for other programs. */
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, textColumn } from '../tidyColumn.ts'
import type { SizeAnswer } from './answer.ts'
import { wholeCost } from './cost.ts'

const shareColumns = [
  numberColumn('failures', '1', 'paths that fail'),
  numberColumn('paths', '1', 'paths simulated'),
  numberColumn('probability', '1', 'share of paths that fail'),
  numberColumn('lower', '1', 'lower end of its two-sided interval'),
  numberColumn('upper', '1', 'upper end of its two-sided interval'),
]
const costColumns = [
  numberColumn('cost', 'bp/year', 'yield of sAID lost: measured and charged together'),
  numberColumn('cost_lower', 'bp/year', 'lower end of its interval'),
  numberColumn('cost_upper', 'bp/year', 'upper end of its interval'),
  numberColumn('measured', 'bp/year', 'part that is simulated: fall of the net yield against today, path by path'),
  numberColumn('charged', 'bp/year', 'part that others would ask for money kept ready: an assumption, not simulated'),
]

export function sizeTables(answer: Omit<SizeAnswer, 'tables'>): Readonly<Record<string, TidyTable>> {
  const tables: Record<string, TidyTable> = { curve: curveTable(answer) }
  if (answer.frontier) tables['frontier'] = frontierTable(answer.frontier)
  if (answer.firstLoss.length > 0) tables['firstLoss'] = firstLossTable(answer.firstLoss)
  return tables
}

function curveTable({ dial, curve }: Pick<SizeAnswer, 'dial' | 'curve'>): TidyTable {
  return {
    columns: [numberColumn('level', dial.unit, dial.meaning), ...shareColumns, ...costColumns],
    rows: curve.map(({ level, failures, paths, probability, lower, upper, cost }) => {
      const whole = cost === null ? null : wholeCost(cost)
      const parts = [cost?.measured.value ?? null, cost?.charged ?? null]
      const costs = [whole?.value ?? null, whole?.lower ?? null, whole?.upper ?? null, ...parts]
      return [level, failures, paths, probability, lower, upper, ...costs]
    }),
  }
}

function frontierTable({ dials, points }: NonNullable<SizeAnswer['frontier']>): TidyTable {
  return {
    columns: [
      ...dials.map((dial) => numberColumn(dial.name, dial.unit, dial.meaning)),
      ...shareColumns,
      ...costColumns,
      textColumn('standing', 'frontier, dominated, or undecided where the paths cannot tell'),
    ],
    rows: points.map(({ values, failures, paths, probability, lower, upper, cost, standing }) => {
      const whole = wholeCost(cost)
      const costs = [whole.value, whole.lower, whole.upper, cost.measured.value, cost.charged]
      return [...values, failures, paths, probability, lower, upper, ...costs, standing]
    }),
  }
}

function firstLossTable(found: SizeAnswer['firstLoss']): TidyTable {
  return {
    columns: [
      textColumn('dial', 'what was turned'),
      textColumn('party', 'who loses'),
      numberColumn('level', '', 'value of the dial, in its unit'),
      ...shareColumns,
      numberColumn('largest', 'USD', 'largest loss among these paths'),
    ],
    rows: found.flatMap(({ dial, party, curve }) =>
      curve.map(({ level, failures, paths, probability, lower, upper, largest }) => {
        return [dial.name, party, level, failures, paths, probability, lower, upper, largest]
      }),
    ),
  }
}
