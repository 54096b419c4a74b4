/** A laboratory in this thread: a study asks it, and it counts what it was asked. */
import type { Economy } from '../../sim/kernel/economy.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'

export interface CountingLaboratory extends Laboratory {
  readonly asked: Cell[]
}

/** Keeps the columns that the metrics read. */
export function laboratoryOf(economy: Economy, metrics: readonly Metric[]): CountingLaboratory {
  const outcomes = [...new Set(metrics.flatMap(({ columns }) => columns))]
  const asked: Cell[] = []
  const simulate: Laboratory['simulate'] = async (cell) => {
    asked.push(cell)
    const count = cell.to - cell.from
    const rows = new Float64Array(count * outcomes.length)
    const paths = Int32Array.from({ length: count }, (_, i) => cell.from + i)
    new Simulator(economy, cell.plan, count).run(paths, { outcomes, series: [] }, undefined, rows)
    return Object.fromEntries(
      outcomes.map((name, o) => [name, Float64Array.from({ length: count }, (_, p) => rows[p * outcomes.length + o])]),
    )
  }
  return { simulate, economy, metrics, say: () => {}, asked }
}

/** An economy that is never simulated: its answers are columns made by hand. */
export function cannedLaboratory(
  economy: Economy,
  metrics: readonly Metric[],
  answers: (cell: Cell) => Readonly<Record<string, Float64Array>>,
): CountingLaboratory {
  const asked: Cell[] = []
  const simulate: Laboratory['simulate'] = async (cell) => {
    asked.push(cell)
    return answers(cell)
  }
  return { simulate, economy, metrics, say: () => {}, asked }
}

/** A toy metric over one column. */
export function toyMetric(name: string, column: string, options: Partial<Metric> = {}): Metric {
  return {
    name,
    meaning: `Meaning of ${name}`,
    unit: '1',
    kind: 'amount',
    bad: 'high',
    columns: [column],
    evaluate: (row) => row[column],
    ...options,
  }
}
