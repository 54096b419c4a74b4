/** The daily move of rents: the deviation is stepped exactly, and the expected rent stays on the curve. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { elapsedDays, firstJumpPurpose, type GpuMarketContext, jumpPurpose, type Part } from './columns.ts'
import { correlationFactor } from './correlation.ts'
import type { Generations } from './generations.ts'
import { jumpLogFactor, ouCoefficients, ouStep, ouVariance } from './ornsteinUhlenbeck.ts'
import { expectedLevels, type RegimeLaw } from './regimeChain.ts'
import type { Releases } from './releases.ts'

const daysPerYear = 365

/** What jumps and regimes do to the mean, day by day from the start; it is taken out again. */
export interface Compensation {
  /** Log of E[exp of the jumps so far], by days from the start. */
  readonly jumpLog: (days: number) => number
  readonly jumpLogByDay: Float64Array
  readonly levelByDay: Float64Array
}

/** @param longest days from the start for which levels are wanted */
export function compensationOf(
  { parameters, clock }: Pick<GpuMarketContext, 'parameters' | 'clock'>,
  law: RegimeLaw & { readonly start: number },
  longest: number,
): Compensation {
  const { meanReversion, jumpIntensity, jumpMean, jumpDeviation } = parameters
  const jumpLog = (days: number): number =>
    jumpLogFactor(meanReversion, jumpIntensity, jumpMean, jumpDeviation, days / daysPerYear)
  return {
    jumpLog,
    jumpLogByDay: Float64Array.from({ length: clock.days + 1 }, (_, day) => jumpLog(day)),
    levelByDay: expectedLevels(law, law.start, longest),
  }
}

/** Volatility of rents in each regime over that of a normal market. */
export function regimeVolatilities({ parameters }: Pick<GpuMarketContext, 'parameters'>): Float64Array {
  return Float64Array.of(parameters.glutVolatility, 1, parameters.shortageVolatility)
}

/** Deviations: an Ornstein-Uhlenbeck step with correlated luck, and compound Poisson jumps at their own times. */
export function openDeviations(context: GpuMarketContext, generations: Generations): Part {
  const { parameters, state, shocks, clock, events } = context
  const { deviation, deviationVariance, nextJump, regime } = state
  const { rentLuck } = shocks
  const { count: n, volatility } = generations
  const { meanReversion, jumpIntensity, jumpMean, jumpDeviation } = parameters
  const { a, sd } = ouCoefficients(meanReversion, 1, clock.yearsPerDay)
  const added = ouVariance(meanReversion, 1, clock.yearsPerDay)
  // The factor's rows obey luck(g) = shared luck(g - 1) + own z(g): two numbers of it are all that a day needs.
  const [, , shared, own] = correlationFactor(parameters.neighbourCorrelation, 2)
  const volatilities = regimeVolatilities(context)
  const daysPerJump = daysPerYear / jumpIntensity

  const jump = (p: number, g: number, now: number): void => {
    const i = p * n + g
    const luck = events.at(p, g, jumpPurpose)
    while (nextJump[i] <= now) {
      const size = jumpMean + jumpDeviation * luck.normal()
      deviation[i] += size * exp((-meanReversion * (now - nextJump[i])) / daysPerYear)
      nextJump[i] += daysPerJump * luck.exponential()
    }
  }

  return {
    start(active, count) {
      for (let k = 0; k < count; k++) {
        const p = active[k]
        for (let g = 0; g < n; g++) {
          nextJump[p * n + g] = daysPerJump * events.at(p, g, firstJumpPurpose).exponential()
        }
      }
    },
    step(active, count) {
      const now = elapsedDays(clock)
      for (let k = 0; k < count; k++) {
        const p = active[k]
        const first = p * n
        const spread = volatilities[regime[p]]
        deviationVariance[p] = a * a * deviationVariance[p] + spread * spread * added
        const unit = spread * sd
        let luck = rentLuck[first]
        for (let g = 0; g < n; g++) {
          const i = first + g
          if (g > 0) luck = shared * luck + own * rentLuck[i]
          deviation[i] = ouStep(deviation[i], a, unit * volatility[g], luck)
          if (nextJump[i] <= now) jump(p, g, now)
        }
      }
    },
  }
}

/** Rents: floor + exp(curve + deviation - half its variance - jump compensation) × level / expected level, times the lever. */
export function openSpots(
  { state, levers, clock }: GpuMarketContext,
  generations: Generations,
  { stepAtStart }: Releases,
  { jumpLogByDay, levelByDay }: Compensation,
): Part {
  const { deviation, deviationVariance, curve, spot, regimeLevel, releaseDay, stepLeft } = state
  const { count: n, rent, floor, logLevel, decline, volatility, plannedRelease } = generations
  const variance = volatility.map((v) => v * v)
  const trend = new Float64Array(n)

  return {
    start(active, count) {
      for (let k = 0; k < count; k++) {
        for (let g = 0; g < n; g++) {
          curve[active[k] * n + g] = logLevel[g]
          spot[active[k] * n + g] = rent[g]
        }
      }
    },
    step(active, count) {
      const now = elapsedDays(clock)
      const compensation = jumpLogByDay[now]
      const inverseLevel = 1 / levelByDay[now]
      const lever = levers.rentFactor[clock.now]
      for (let g = 0; g < n; g++) trend[g] = logLevel[g] - (decline[g] * now) / daysPerYear
      for (let k = 0; k < count; k++) {
        const p = active[k]
        const level = regimeLevel[p] * inverseLevel
        const halfVariance = 0.5 * deviationVariance[p]
        let fallen = 0
        for (let g = n - 1; g >= 0; g--) {
          const i = p * n + g
          let aged = trend[g]
          if (plannedRelease[g] > 0) aged += (decline[g] * Math.min(now, releaseDay[i])) / daysPerYear
          curve[i] = aged - fallen
          const log = curve[i] + deviation[i] - halfVariance * variance[g] - compensation
          spot[i] = (floor[g] + exp(log) * level) * lever
          fallen += stepAtStart[g] - stepLeft[i]
        }
      }
    },
  }
}

/** Long-run variance of the log rent of a generation around its curve: diffusion, jumps and regimes. */
export function lastingVariance(
  { parameters }: Pick<GpuMarketContext, 'parameters'>,
  volatility: number,
  meanSquareVolatility: number,
  levelVariance: number,
): number {
  const { meanReversion, jumpIntensity, jumpMean, jumpDeviation } = parameters
  const diffusion = volatility * volatility * meanSquareVolatility
  const jumps = jumpIntensity * (jumpMean * jumpMean + jumpDeviation * jumpDeviation)
  return (diffusion + jumps) / (2 * meanReversion) + levelVariance
}

/** Mean of the deviation that uncompensated jumps leave, by day, log points. */
export function meanDeviations({ parameters, clock }: Pick<GpuMarketContext, 'parameters' | 'clock'>): Float64Array {
  const { meanReversion, jumpIntensity, jumpMean } = parameters
  return Float64Array.from({ length: clock.days + 1 }, (_, day) => {
    return jumpIntensity * jumpMean * decayIntegral(meanReversion, day / daysPerYear)
  })
}
