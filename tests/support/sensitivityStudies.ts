/** Studies of sensitivity over the dials of the economy, whose outcomes are a function of published sensitivity and noise. */
import { SideStream } from '../../sim/kernel/random/streams.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import { type SensitivityQuestion, standardSizes } from '../../sim/studies/sensitivity/question.ts'
import { parseRanges } from '../../sim/studies/sensitivity/ranges.ts'
import { economy, librarian } from './scenarios.ts'
import { ishigami } from './sensitivityFunctions.ts'

export const toyMetrics: readonly Metric[] = [
  {
    name: 'amount',
    meaning: 'The function of Ishigami, and luck',
    unit: 'USD',
    kind: 'amount',
    bad: 'high',
    columns: ['toy.value'],
    evaluate: (row) => row['toy.value'],
  },
  {
    name: 'event',
    meaning: 'It is above five',
    unit: '1',
    kind: 'event',
    bad: 'high',
    columns: ['toy.value'],
    evaluate: (row) => (row['toy.value'] > 5 ? 1 : 0),
  },
  {
    name: 'never',
    meaning: 'It never happens',
    unit: '1',
    kind: 'event',
    bad: 'high',
    columns: ['toy.value'],
    evaluate: () => 0,
  },
]

export const base = librarian('base', { days: 1, seed: 5 })

/** Three dials that matter as the inputs of Ishigami do, and one that nothing reads. */
export const toyDials = parseRanges(
  ['treasury.bufferShare=0..1', 'treasury.lendingPace=0..1', 'deals.firstLoss=0..0.5', 'holders.gas=0..100'],
  base,
  economy,
)

export function toyQuestion(changes: Partial<SensitivityQuestion> = {}): SensitivityQuestion {
  return {
    scenario: base,
    metrics: ['amount'],
    dials: toyDials,
    methods: ['tornado', 'morris', 'sobol'],
    ...standardSizes,
    replicates: 200,
    ...changes,
  }
}

/** What a laboratory was asked. */
export interface ToyLaboratory extends Laboratory {
  readonly asked: Cell[]
  readonly said: string[]
}

/** @param noise standard deviation of the luck of a path; a third of its variance differs from cell to cell, as behaviour does */
export function toyLaboratory(noise: number, wait: () => Promise<void> = () => Promise.resolve()): ToyLaboratory {
  const f = ishigami(7, 0.1)
  const asked: Cell[] = []
  const said: string[] = []
  const simulate = async (cell: Cell) => {
    asked.push(cell)
    await wait()
    const { parameters, seed } = cell.plan
    const x = [
      Number(parameters['treasury']['bufferShare']),
      Number(parameters['treasury']['lendingPace']),
      2 * Number(parameters['deals']['firstLoss']),
    ]
    const stream = new SideStream()
    const values = Float64Array.from({ length: cell.to - cell.from }, (_, i) => {
      stream.open(seed[0], seed[1], 77, cell.from + i, 0, 0)
      const luck =
        Math.sqrt(2 / 3) * stream.normal() + Math.sqrt(1 / 3) * stream.normal() * (2 * x[2] - 1) * Math.sqrt(3)
      return f(x) + noise * luck
    })
    return { 'toy.value': values }
  }
  return { simulate, economy, metrics: toyMetrics, say: (step) => said.push(step), asked, said }
}
