/** Short ways to run the rental and hardware markets of a test. */
import { gpuMarket } from '../../models/gpuMarket/room.ts'
import type { Row } from '../../sim/kernel/declarations.ts'
import type { ParameterSettings } from '../../sim/kernel/plan.ts'
import type { Simulator } from '../../sim/kernel/simulator.ts'
import { gpuEconomy, type Trade } from './gpuEconomy.ts'
import { soloSimulator } from './openRoom.ts'

export const baseRows: readonly Row[] = gpuMarket.tables.generations.rows

/** Nothing moves: no diffusion, no jumps, no change of regime and no delay of releases to speak of. */
export const quiet = {
  jumpIntensity: 0,
  glutVolatility: 0,
  shortageVolatility: 0,
  glutLevel: 1,
  shortageLevel: 1,
  utilisationNoise: 0,
  glutUtilisation: 0,
  shortageUtilisation: 0,
}

/** Rows with some fields replaced in all of them. */
export function rowsWith(change: Readonly<Record<string, number>>, rows: readonly Row[] = baseRows): readonly Row[] {
  return rows.map((row) => ({ ...row, ...change }))
}

export interface GpuRun {
  paths?: number
  days?: number
  parameters?: ParameterSettings
  rows?: readonly Row[]
  /** Levers by name, each a function of the day. */
  levers?: Readonly<Record<string, Readonly<Record<string, (day: number) => number>>>>
  trade?: Trade
}

/** A simulator of both rooms, ready to run. */
export function gpuSimulator(run: GpuRun = {}): Simulator {
  const { paths = 1, days = 30, parameters, rows, levers = {}, trade } = run
  const columns = Object.fromEntries(
    Object.entries(levers).map(([room, byName]) => [
      room,
      Object.fromEntries(
        Object.entries(byName).map(([name, value]) => [
          name,
          Float64Array.from({ length: days }, (_, day) => value(day)),
        ]),
      ),
    ]),
  )
  const tables = rows === undefined ? undefined : { gpuMarket: { generations: rows } }
  return soloSimulator(gpuEconomy(trade), { paths, days, parameters, tables, levers: columns })
}

/** Runs paths 0 … paths − 1 to the end and gives the simulator, whose columns are those of the last evening. */
export function runGpu(run: GpuRun = {}): Simulator {
  const simulator = gpuSimulator(run)
  const numbers = Array.from({ length: run.paths ?? 1 }, (_, p) => p)
  simulator.run(numbers, { series: [], outcomes: [] }, undefined, new Float64Array(0))
  return simulator
}

/** One generation of a column of all paths. */
export function generation(simulator: Simulator, column: string, g: number, of: number): Float64Array {
  const all = simulator.column(column)
  return Float64Array.from({ length: all.length / of }, (_, p) => all[p * of + g])
}
