/** Two policies and what 400 paths come to under each, by hand; no simulation. */

import { economy } from '../../models/economy.ts'
import { turned } from '../../scenarios/dials.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import { type CompareQuestion, compare, type TellPath } from '../../sim/studies/compare/compare.ts'
import { cannedLaboratory, toyMetric } from './laboratory.ts'

const asked = askScenario('base', { paths: 50, days: 3, seed: 7 }, model)
export const { plan } = asked
export const deeper = planOf(turned(asked.scenario, { 'aidPool.depth': 4e6 }, economy), economy)

export const fails = toyMetric('fails', 'outcomes.minimumTwap1h', {
  kind: 'event',
  evaluate: (row) => (row['outcomes.minimumTwap1h'] < 0.9 ? 1 : 0),
})
export const price = toyMetric('price', 'outcomes.minimumTwap1h', { unit: 'USD', bad: 'low' })
export const still = toyMetric('still', 'outcomes.defaults')

export const nothing: TellPath = () => ({ series: {}, events: [], commands: [] })

/** Prices of 400 paths: the second policy lifts the first 12 of 20 failures, and lowers one path that held. */
export const paths = 400
export const before = Float64Array.from({ length: paths }, (_, p) => (p < 20 ? 0.85 : 0.95 + 0.0001 * (p % 100)))
export const after = before.map((value, p) => (p < 12 ? 0.95 : p === 399 ? 0.8 : value))
export const defaults = new Float64Array(paths)

/** The two policies compared on those prices, and on defaults that never happen. */
export const ask = (first: Plan, second: Plan, more: Partial<CompareQuestion> = {}) =>
  compare(
    {
      first: { name: 'A', plan: first },
      second: { name: 'B', plan: second },
      paths,
      confidence: 0.95,
      told: 0,
      ...more,
    },
    cannedLaboratory(economy, [fails, price, still], ({ plan: of }) => ({
      'outcomes.minimumTwap1h': of.parameters['aidPool']['depth'] === 4e6 ? after : before,
      'outcomes.defaults': defaults,
    })),
    nothing,
    [],
  )
