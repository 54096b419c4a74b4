/** Calm life: when each holder looks, and what comes in or goes out without any alarm. */
import type { Clock } from '../../sim/kernel/clock.ts'
import type { ReadonlyColumn } from '../../sim/kernel/declarations.ts'
import { log } from '../../sim/kernel/maths/elementary.ts'
import type { Own } from '../../sim/kernel/pathMemory.ts'
import type { Step } from '../../sim/kernel/room.ts'
import { type Register, roles } from './register.ts'
import type { Schedule } from './schedule.ts'

interface Context {
  readonly state: Readonly<
    Record<'aid' | 'shares' | 'looksAt' | 'mood' | 'flow' | 'flowHolder' | 'flowTick' | 'exitShare', Float64Array>
  >
  readonly inputs: Readonly<Record<'supply' | 'depositNav', ReadonlyColumn>>
  readonly shocks: Readonly<Record<'look' | 'mood' | 'flowTurn' | 'trade', ReadonlyColumn>>
  readonly levers: Readonly<Record<'flow', Float64Array>>
  readonly parameters: {
    readonly flowVolatility: number
    readonly flowPersistence: number
    readonly flowDrift: number
    readonly yieldElasticity: number
    readonly requiredYield: number
  }
  readonly clock: Clock
  readonly paths: number
  readonly own: Own
}

export interface FlowOperations {
  /** The calm trade drawn for this hour, standard normal. */
  trade(path: number): number
  /** A holder has asked to leave with this value in USD: others will hear of it. */
  noteExit(path: number, usd: number): void
}

export function makeFlows(
  context: Context,
  register: Register,
  schedule: Schedule,
): { start: Step; step: Step; operations: FlowOperations } {
  const { state, inputs, shocks, levers, parameters, clock } = context
  const { looksAt, mood, flow, flowHolder, flowTick, exitShare } = state
  const { holders, attention } = register
  const persistence = parameters.flowPersistence
  const renewal = Math.sqrt(1 - persistence * persistence)
  const navBefore = context.own(new Float64Array(context.paths))
  const dayBefore = context.own(new Int32Array(context.paths))
  const yieldNow = context.own(new Float64Array(context.paths))

  /** Net yield of sAID over the days since income was last put in: what a holder sees on a dashboard. */
  const noteYield = (path: number): void => {
    if (clock.dayOfMonth !== 1 || clock.day === 0) return
    const nav = inputs.depositNav[path]
    const before = navBefore[path]
    yieldNow[path] = before > 0 && nav > 0 ? log(nav / before) * (365 / (clock.day - dayBefore[path])) : 0
    navBefore[path] = nav
    dayBefore[path] = clock.day
  }

  return {
    start(active, count) {
      for (let k = 0; k < count; k++) {
        yieldNow[active[k]] = parameters.requiredYield
        navBefore[active[k]] = inputs.depositNav[active[k]]
        dayBefore[active[k]] = 0
      }
    },
    step(active, count) {
      const { ticksPerDay } = clock
      for (let k = 0; k < count; k++) {
        const path = active[k]
        for (let h = 0; h < holders; h++) {
          const at = path * holders + h
          const u = shocks.look[at]
          looksAt[at] = u < attention[h] ? (u / attention[h]) * ticksPerDay : -1
        }
        schedule.plan(path)
        noteYield(path)
        mood[path] = persistence * mood[path] + renewal * shocks.mood[path]
        const pull = parameters.yieldElasticity * (yieldNow[path] - parameters.requiredYield)
        const drift = (parameters.flowDrift + pull + levers.flow[clock.now]) / 365
        flow[path] = inputs.supply[path] * (drift + parameters.flowVolatility * mood[path])
        flowHolder[path] = pickHolder(register, shocks.flowTurn[2 * path])
        flowTick[path] = Math.floor(shocks.flowTurn[2 * path + 1] * ticksPerDay)
      }
    },
    operations: {
      trade: (path) => shocks.trade[path * 24 + clock.tick],
      noteExit(path, usd) {
        const value = inputs.supply[path]
        if (value > 0) exitShare[path] = Math.min(1, exitShare[path] + usd / value)
      },
    },
  }
}

/** A holder in proportion to what it holds now or held at the start, so that also those who left may come back. */
function pickHolder(register: Register, u: number): number {
  const { holders, role, share } = register
  let left = u
  for (let h = 0; h < holders; h++) {
    if (role[h] > roles.said) continue
    left -= share[h] * (role[h] === roles.said ? 0.75 : 0.25)
    if (left <= 0) return h
  }
  return 0
}
