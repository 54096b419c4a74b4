/** A sweep: every cell on the same luck, each number with its interval and its paired difference to one cell. */
import type { Turn } from '../../../scenarios/dials.ts'
import { InputError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/plan.ts'
import type { Laboratory, TidyTable } from '../laboratory.ts'
import { evaluateMetric, type Metric, type OutcomeColumns } from '../metric.ts'
import { cellName, type SweepQuestion, type SweptDial } from './question.ts'
import { type CellStatistic, statisticsOf } from './statistics.ts'
import { cellTable } from './table.ts'

export interface SweptMetric {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly kind: Metric['kind']
  readonly bad: Metric['bad']
  /** The scenario as it is. */
  readonly reference: readonly CellStatistic[]
  /** One list of statistics a cell, in the order of the cells. */
  readonly cells: readonly (readonly CellStatistic[])[]
  /** Paths of each cell whose value is another than in the scenario as it is. */
  readonly differing: readonly number[]
}

export interface SweepAnswer {
  readonly kind: 'sweep'
  readonly design: SweepQuestion['design']
  readonly dials: readonly SweptDial[]
  readonly cells: readonly Turn[]
  /** The cell that is the scenario as it is; null where none is, and it was simulated besides. */
  readonly reference: number | null
  readonly paths: number
  readonly confidence: number
  readonly metrics: readonly SweptMetric[]
  readonly tables: Readonly<Record<'cells', TidyTable>>
}

/**
 * Simulates every cell.
 * @throws InputError when a metric is unknown, or naming the cell that the economy refuses
 */
export async function sweep(question: SweepQuestion, laboratory: Laboratory): Promise<SweepAnswer> {
  const { cells, reference, paths, confidence, design, dials, base } = question
  const metrics = metricsOf(question, laboratory)
  laboratory.say(`${cells.length === 1 ? 'one cell' : `${cells.length} cells`} of ${paths} paths, on the same luck`)
  const asked = cells.map(({ plan }) => laboratory.simulate({ plan, from: 0, to: paths }))
  const simulated = reference === null ? laboratory.simulate({ plan: base, from: 0, to: paths }) : asked[reference]
  const against = valuesOf(metrics, simulated, paths)
  const results = await Promise.all(
    cells.map(async ({ dials: turn }, cell) => {
      try {
        // Both are awaited at once: a cell that fails while the reference still runs must not fail unheard.
        const own = cell === reference ? against : valuesOf(metrics, asked[cell], paths)
        const [values, there] = await Promise.all([own, against])
        return metrics.map((metric, m) => ({
          statistics: statisticsOf(metric, values[m], there[m], confidence),
          differing: values[m].reduce((sum, value, path) => sum + (value === there[m][path] ? 0 : 1), 0),
        }))
      } catch (error) {
        if (error instanceof InputError) throw new InputError(`${cellName(turn, cell)}: ${error.message}`)
        throw error
      }
    }),
  )
  const there = await against
  const swept = metrics.map((metric, m) => ({
    ...{ name: metric.name, meaning: metric.meaning, unit: metric.unit, kind: metric.kind, bad: metric.bad },
    reference: statisticsOf(metric, there[m], there[m], confidence),
    cells: results.map((result) => result[m].statistics),
    differing: results.map((result) => result[m].differing),
  }))
  const turns = cells.map((cell) => cell.dials)
  return {
    ...{ kind: 'sweep', design, dials, cells: turns, reference, paths, confidence, metrics: swept },
    tables: { cells: cellTable(dials, turns, swept, paths) },
  }
}

async function valuesOf(
  metrics: readonly Metric[],
  columns: Promise<OutcomeColumns>,
  paths: number,
): Promise<readonly Float64Array[]> {
  const found = await columns
  return metrics.map((metric) => evaluateMetric(metric, found, paths))
}

/** @throws InputError for a metric that the laboratory does not answer */
function metricsOf({ metrics: names }: SweepQuestion, { metrics }: Laboratory): readonly Metric[] {
  if (names.length === 0) return metrics
  return names.map((name) => {
    const found = metrics.find((metric) => metric.name === name)
    if (found) return found
    const known = metrics.map((metric) => metric.name)
    const near = nearest(name, known)
    throw new InputError(
      `unknown metric: ${name}; ${near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`}`,
    )
  })
}
