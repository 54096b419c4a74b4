/** What the other rooms read of the market besides rents: utilisation, the common factor, the index, quoted contracts. */
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { elapsedDays, type GpuMarketContext, type Part } from './columns.ts'
import type { Generations } from './generations.ts'

import { keptADay, type RegimeLaw, relativeLevelVariance, stationaryRegimes } from './regimeChain.ts'
import { type Compensation, lastingVariance, meanDeviations, regimeVolatilities } from './rents.ts'

/** Utilisation: the logit is that of a normal market, moved by rents, and by regime and noise with a lag. */
export function openUtilisation({ parameters, state, shocks, levers, clock }: GpuMarketContext, n: number): Part {
  const { deviation, regime, utilisation, utilisationLevel } = state
  const { utilisationLuck } = shocks
  const reference = referenceRow(parameters.referenceGeneration, n)
  const centre = log(parameters.utilisation / (1 - parameters.utilisation))
  const slope = parameters.utilisationSlope
  const shifts = Float64Array.of(parameters.glutUtilisation, 0, parameters.shortageUtilisation)
  const keep = keptADay(parameters.utilisationAdjustment)
  const noise = parameters.utilisationNoise * Math.sqrt(1 - keep * keep)

  return {
    start(active, count) {
      for (let k = 0; k < count; k++) {
        const p = active[k]
        utilisationLevel[p] = shifts[regime[p]]
        utilisation[p] = 1 / (1 + exp(-centre - utilisationLevel[p]))
      }
    },
    step(active, count) {
      const lever = levers.utilisationFactor[clock.now]
      for (let k = 0; k < count; k++) {
        const p = active[k]
        utilisationLevel[p] = keep * utilisationLevel[p] + (1 - keep) * shifts[regime[p]] + noise * utilisationLuck[p]
        const logit = centre + slope * deviation[p * n + reference] + utilisationLevel[p]
        utilisation[p] = Math.min(1, lever / (1 + exp(-logit)))
      }
    },
  }
}

/** The row that stands for the market; the last one where fewer generations are listed. */
function referenceRow(row: number, n: number): number {
  return Math.min(row, n - 1)
}

/**
 * The common factor is the gap of the reference rent to what was expected of it, in units of its lasting standard deviation: mean 0,
 * near 0 at the start, variance 1 in the long run. A lever on rents counts as a surprise.
 */
export function openFactor(
  context: GpuMarketContext,
  { count: n, volatility }: Generations,
  law: RegimeLaw,
  { levelByDay }: Compensation,
): Part {
  const { parameters, state, levers, clock } = context
  const { deviation, regimeLevel, factor } = state
  const reference = referenceRow(parameters.referenceGeneration, n)
  const chances = stationaryRegimes(law.transition)
  const meanSquare = regimeVolatilities(context).reduce((sum, m, r) => sum + chances[r] * m * m, 0)
  const variance = lastingVariance(context, volatility[reference], meanSquare, relativeLevelVariance(law))
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0
  const means = meanDeviations(context)

  return {
    start() {},
    step(active, count) {
      const now = elapsedDays(clock)
      const inverseLevel = 1 / levelByDay[now]
      const known = log(levers.rentFactor[clock.now]) - means[now] - 1
      for (let k = 0; k < count; k++) {
        const p = active[k]
        factor[p] = scale * (deviation[p * n + reference] + regimeLevel[p] * inverseLevel + known)
      }
    },
  }
}

/** Contracts at today's lever, and the index of the generations on sale at the start. */
export function openQuotes({ state, levers, clock }: GpuMarketContext, generations: Generations): Part {
  const { contract, contractQuote, spot, rentIndex } = state
  const { count: n, rent, plannedRelease } = generations
  const onSale = plannedRelease.reduce((sum, day) => sum + (day <= 0 ? 1 : 0), 0)
  // With every generation still to come the index is that of all of them.
  const weights = rent.map((r, g) => (onSale === 0 ? 1 / (n * r) : plannedRelease[g] <= 0 ? 1 / (onSale * r) : 0))

  const publish = (active: Int32Array, count: number, lever: number): void => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      let index = 0
      for (let g = 0; g < n; g++) {
        contract[p * n + g] = contractQuote[p * n + g] * lever
        index += weights[g] * spot[p * n + g]
      }
      rentIndex[p] = index
    }
  }
  return {
    start: (active, count) => publish(active, count, 1),
    step: (active, count) => publish(active, count, levers.rentFactor[clock.now]),
  }
}
