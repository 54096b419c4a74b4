/** Policies of one scenario under one luck: each is simulated on as many paths as somebody has asked for, and never twice. */
import { type Turn, turned } from '../../scenarios/dials.ts'
import { planOf, type Scenario } from '../../scenarios/scenario.ts'
import type { Plan } from '../kernel/plan.ts'
import type { Laboratory } from './laboratory.ts'
import type { OutcomeColumns } from './metric.ts'

export interface PolicyRuns {
  /** Outcomes of paths 0 … paths − 1 under the scenario with some dials turned. */
  first(turn: Turn, paths: number): Promise<OutcomeColumns>
  /** Outcomes of paths from … to − 1: luck of its own for who needs independent samples. */
  range(turn: Turn, from: number, to: number): Promise<OutcomeColumns>
}

export function openPolicyRuns(scenario: Scenario, laboratory: Laboratory): PolicyRuns {
  const plans = new Map<string, Plan>()
  const kept = new Map<string, Promise<OutcomeColumns>>()
  const planFor = (turn: Turn): Plan => {
    const key = JSON.stringify(turn)
    const known = plans.get(key) ?? planOf(turned(scenario, turn, laboratory.economy), laboratory.economy)
    plans.set(key, known)
    return known
  }
  const range = (turn: Turn, from: number, to: number): Promise<OutcomeColumns> =>
    laboratory.simulate({ plan: planFor(turn), from, to })
  const extended = async (turn: Turn, before: Promise<OutcomeColumns> | undefined, paths: number) => {
    const old = await before
    const have = old === undefined ? 0 : lengthOf(old)
    if (old !== undefined && have >= paths) return old
    const more = await range(turn, have, paths)
    return old === undefined ? more : joined(old, more)
  }
  return {
    range,
    async first(turn, paths) {
      const key = JSON.stringify(turn)
      const all = extended(turn, kept.get(key), paths)
      kept.set(key, all)
      return firstOf(await all, paths)
    },
  }
}

function lengthOf(columns: OutcomeColumns): number {
  return Object.values(columns)[0].length
}

function joined(first: OutcomeColumns, second: OutcomeColumns): OutcomeColumns {
  return Object.fromEntries(
    Object.entries(first).map(([name, values]) => {
      const all = new Float64Array(values.length + second[name].length)
      all.set(values)
      all.set(second[name], values.length)
      return [name, all]
    }),
  )
}

function firstOf(columns: OutcomeColumns, paths: number): OutcomeColumns {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.subarray(0, paths)]))
}
