/** The state of the market on each path, and the level of rents that follows it. */

import type { GpuMarketContext, Part } from './columns.ts'
import { keptADay, nextRegime, type RegimeLaw, regimeTransition } from './regimeChain.ts'

const startCodes = { glut: 0, normal: 1, shortage: 2 } as const

/** The chain of the parameters, and its code on the start date. */
export function regimeLaw({
  parameters,
}: Pick<GpuMarketContext, 'parameters'>): RegimeLaw & { readonly start: number } {
  const { glutDays, normalDays, shortageDays, glutShare, glutLevel, shortageLevel } = parameters
  return {
    transition: regimeTransition(glutDays, normalDays, shortageDays, glutShare),
    levels: Float64Array.of(glutLevel, 1, shortageLevel),
    keep: keptADay(parameters.regimeAdjustment),
    start: startCodes[parameters.startRegime],
  }
}

/** One uniform a day moves the chain; a forced regime replaces it, and luck goes on from there once the force ends. */
export function openRegimes(
  { state, shocks, levers, clock }: GpuMarketContext,
  law: ReturnType<typeof regimeLaw>,
): Part {
  const { regime, regimeLevel } = state
  const { regimeLuck } = shocks
  const { forcedRegime } = levers
  const { transition, levels, keep, start } = law

  return {
    start(active, count) {
      for (let k = 0; k < count; k++) {
        regime[active[k]] = start
        regimeLevel[active[k]] = levels[start]
      }
    },
    step(active, count) {
      const forced = Math.round(forcedRegime[clock.now])
      for (let k = 0; k < count; k++) {
        const p = active[k]
        const today = forced >= 0 ? forced : nextRegime(transition, regime[p], regimeLuck[p])
        regime[p] = today
        regimeLevel[p] = keep * regimeLevel[p] + (1 - keep) * levels[today]
      }
    },
  }
}
