/** Releases on each path: the day comes by luck, and the fall of older rents is absorbed from then on. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { delayPurpose, elapsedDays, type GpuMarketContext, type Part } from './columns.ts'
import type { Generations } from './generations.ts'
import { type DelayLaw, delayLaw, delayProbability, delayQuantile } from './releaseDelay.ts'

const daysPerYear = 365

export interface Releases extends Part {
  readonly law: DelayLaw
  /** Fall that releases before the start have still to bring, and all of it for a planned release, log points. */
  readonly stepAtStart: Float64Array
  /** Absorption, 1/day. */
  readonly speed: number
}

export function openReleases(context: GpuMarketContext, generations: Generations): Releases {
  const { parameters, state, clock, events } = context
  const { releaseDay, released, stepLeft } = state
  const { count: n, plannedRelease, releaseStep } = generations
  const law = delayLaw(parameters.releaseDelayMean, parameters.releaseDelayDeviation, parameters.releaseEarliest)
  const speed = parameters.releaseAbsorption / daysPerYear
  const keep = exp(-speed)
  // A planned release has not happened yet: its delay is drawn from what is left of the law.
  const past = plannedRelease.map((day) => delayProbability(law, -day))
  const stepAtStart = releaseStep.map((step, g) => step * exp(speed * Math.min(0, plannedRelease[g])))

  return {
    law,
    speed,
    stepAtStart,
    start(active, count) {
      for (let k = 0; k < count; k++) {
        const p = active[k]
        for (let g = 0; g < n; g++) {
          const i = p * n + g
          const planned = plannedRelease[g]
          released[i] = planned <= 0 ? 1 : 0
          stepLeft[i] = stepAtStart[g]
          releaseDay[i] = planned
          if (planned > 0) {
            const chance = past[g] + (1 - past[g]) * events.at(p, g, delayPurpose).uniform()
            releaseDay[i] = Math.max(0, planned + delayQuantile(law, chance))
          }
        }
      }
    },
    step(active, count) {
      const now = elapsedDays(clock)
      for (let k = 0; k < count; k++) {
        const first = active[k] * n
        for (let i = first; i < first + n; i++) {
          if (released[i] === 1) stepLeft[i] *= keep
          else if (releaseDay[i] <= now) {
            released[i] = 1
            stepLeft[i] *= exp(-speed * (now - releaseDay[i]))
          }
        }
      }
    },
  }
}
