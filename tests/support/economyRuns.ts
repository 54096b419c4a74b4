/** Short runs of the whole economy for tests. */
import { economy } from '../../models/economy.ts'
import { parseDate } from '../../sim/kernel/calendar.ts'
import {
  type LeverSettings,
  makePlan,
  type ParameterSettings,
  type Plan,
  type TableSettings,
} from '../../sim/kernel/plan.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'

export interface RunOptions {
  readonly paths?: number
  readonly days?: number
  readonly ticksPerDay?: number
  readonly seed?: readonly [number, number]
  readonly parameters?: ParameterSettings
  readonly tables?: TableSettings
  readonly levers?: LeverSettings
  readonly laws?: 'daily' | 'everyStep'
  readonly columns?: readonly string[]
}

export const outcomeNames: readonly string[] = Object.keys(economy.rooms['outcomes'].state).map(
  (name) => `outcomes.${name}`,
)

export function planFor(options: RunOptions): Plan {
  return makePlan(economy, {
    seed: options.seed ?? [20261122, 7],
    startDay: parseDate('2026-07-01'),
    days: options.days ?? 60,
    ticksPerDay: options.ticksPerDay ?? 24,
    parameters: options.parameters,
    tables: options.tables,
    levers: options.levers,
  })
}

/** Runs paths 0 … paths − 1 in one batch; returns the final value of each column, one number a path. */
export function runEconomy(options: RunOptions): Record<string, Float64Array> {
  const paths = options.paths ?? 4
  const names = options.columns ?? outcomeNames
  const simulator = new Simulator(economy, planFor(options), paths, { laws: options.laws ?? 'daily' })
  const out = new Float64Array(paths * names.length)
  simulator.run(
    Int32Array.from({ length: paths }, (_, i) => i),
    { outcomes: names, series: [] },
    undefined,
    out,
  )
  return Object.fromEntries(
    names.map((name, j) => [name, Float64Array.from({ length: paths }, (_, p) => out[p * names.length + j])]),
  )
}

/** A lever that is neutral until a day, then at a level. */
export function fromDay(days: number, ticksPerDay: number, day: number, neutral: number, level: number): Float64Array {
  return Float64Array.from({ length: days * ticksPerDay }, (_, i) => (i >= day * ticksPerDay ? level : neutral))
}
