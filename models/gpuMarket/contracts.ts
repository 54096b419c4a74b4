/** Quotes of twelve-month contracts: the mean of the rents expected until their end, and a premium; once a week. */
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { gaussLegendre } from '../../sim/kernel/maths/quadrature.ts'
import { elapsedDays, type GpuMarketContext, type Part } from './columns.ts'
import type { Generations } from './generations.ts'
import { levelsAhead, type RegimeLaw, regimes } from './regimeChain.ts'
import { expectedStepFactor } from './releaseDelay.ts'
import type { Releases } from './releases.ts'
import type { Compensation } from './rents.ts'

const daysPerYear = 365
/** Days between quotes: the same days on every path. */
const quoteEvery = 7
/** Eight nodes leave 1e-6 of a rent where deviations revert at 6 a year, and far less where they revert more slowly. */
const nodes = 8

/** What can be said before day one about the expected rents at each node of the year after each quote. */
interface Ahead {
  /** Days from a quote to the node. */
  readonly days: Float64Array
  readonly weights: Float64Array
  /** Share of today's deviation left at the node, and of the level of the regimes. */
  readonly deviationLeft: Float64Array
  readonly levelLeft: Float64Array
  /** What the regimes to come add to the level, node × 3 + regime. */
  readonly levelAdded: Float64Array
  /** Share of the fall of a release that is absorbed between the quote and the node. */
  readonly absorbed: Float64Array
  /** By quote × nodes + node: jump compensation to come, and one over the expected level. */
  readonly jumps: Float64Array
  readonly inverseLevel: Float64Array
  /** By (quote × nodes + node) × generations: share of older rents expected to be left by a release still planned. */
  readonly stepFactors: Float64Array
}

/** Days from the start for which a contract looks at the level of regimes. */
export function longestView(days: number): number {
  return days + daysPerYear + 1
}

export function openContracts(
  context: GpuMarketContext,
  generations: Generations,
  law: RegimeLaw,
  releases: Releases,
  compensation: Compensation,
): Part {
  const { parameters, state, clock } = context
  const { contractQuote } = state
  const { count: n, contractRent } = generations
  const ahead = lookAhead(context, generations, law, releases, compensation)
  const quotes = Math.floor(clock.days / quoteEvery) + 1
  const premium = new Float64Array(quotes * n)
  const average = averageAhead(context, generations, ahead)

  const quote = (active: Int32Array, count: number, which: number): void => {
    for (let k = 0; k < count; k++) average(active[k], which)
    for (let k = 0; k < count; k++) {
      for (let g = 0; g < n; g++) contractQuote[active[k] * n + g] *= premium[which * n + g]
    }
  }

  /** Today's quotes of the table fix today's premium; it then goes to the long-run one. */
  const fixPremium = (p: number): void => {
    average(p, 0)
    for (let g = 0; g < n; g++) {
      const today = log(contractRent[g] / contractQuote[p * n + g])
      for (let which = 0; which < quotes; which++) {
        const left = exp((-parameters.contractPremiumReversion * which * quoteEvery) / daysPerYear)
        premium[which * n + g] = exp(parameters.contractPremium + (today - parameters.contractPremium) * left)
      }
    }
  }

  return {
    start(active, count) {
      if (count === 0) return
      fixPremium(active[0])
      quote(active, count, 0)
    },
    step(active, count) {
      const now = elapsedDays(clock)
      if (now % quoteEvery === 0) quote(active, count, now / quoteEvery)
    },
  }
}

function lookAhead(
  { parameters, clock }: GpuMarketContext,
  { count: n, plannedRelease, releaseStep }: Generations,
  law: RegimeLaw,
  releases: Releases,
  compensation: Compensation,
): Ahead {
  const rule = gaussLegendre(nodes)
  const days = rule.nodes.map((x) => (daysPerYear * (1 + x)) / 2)
  const quotes = Math.floor(clock.days / quoteEvery) + 1
  const added = levelsAhead(law, daysPerYear + 1)
  const { jumpLog, levelByDay } = compensation
  const byQuote = (value: (now: number, j: number) => number): Float64Array =>
    Float64Array.from({ length: quotes * nodes }, (_, i) => value(Math.floor(i / nodes) * quoteEvery, i % nodes))
  return {
    days,
    weights: rule.weights.map((w) => w / 2),
    deviationLeft: days.map((s) => exp((-parameters.meanReversion * s) / daysPerYear)),
    levelLeft: days.map((s) => exp(s * log(law.keep))),
    levelAdded: Float64Array.from({ length: nodes * regimes }, (_, i) =>
      betweenDays(added, days[Math.floor(i / regimes)], regimes, i % regimes),
    ),
    absorbed: days.map((s) => 1 - exp(-releases.speed * s)),
    jumps: byQuote((now, j) => jumpLog(days[j]) - jumpLog(now + days[j])),
    inverseLevel: byQuote((now, j) => 1 / betweenDays(levelByDay, now + days[j], 1, 0)),
    stepFactors: Float64Array.from({ length: quotes * nodes * n }, (_, i) => {
      const g = i % n
      const now = Math.floor(i / (nodes * n)) * quoteEvery
      if (plannedRelease[g] <= 0) return 1
      const s = days[Math.floor(i / n) % nodes]
      return expectedStepFactor(releases.law, plannedRelease[g], releaseStep[g], releases.speed, now, s)
    }),
  }
}

/** A daily table read between its days. */
function betweenDays(table: Float64Array, days: number, width: number, column: number): number {
  const whole = Math.floor(days)
  const low = table[whole * width + column]
  return low + (days - whole) * (table[(whole + 1) * width + column] - low)
}

/**
 * Writes the mean of the rents expected over the next year into contractQuote. Given today's deviation Y of variance v, the mean rent
 * above the floor s ahead is exp(curve(s) + Y e - v e² / 2 + jumps to come), e = exp(-kappa s): later diffusion and its compensation
 * cancel. The term of a generation not yet released begins with its release.
 */
function averageAhead(
  { state }: GpuMarketContext,
  { count: n, floor, decline, volatility }: Generations,
  ahead: Ahead,
): (p: number, which: number) => void {
  const { deviation, deviationVariance, curve, regime, regimeLevel, released, stepLeft, contractQuote } = state
  const { days, weights, deviationLeft, levelLeft, levelAdded, absorbed, jumps, inverseLevel, stepFactors } = ahead
  const shares = new Float64Array(nodes)

  return (p, which) => {
    const first = which * nodes
    for (let j = 0; j < nodes; j++) {
      const level = levelLeft[j] * regimeLevel[p] + levelAdded[j * regimes + regime[p]]
      shares[j] = weights[j] * level * inverseLevel[first + j]
    }
    let falling = 0
    for (let g = n - 1; g >= 0; g--) {
      const i = p * n + g
      const halfVariance = 0.5 * deviationVariance[p] * volatility[g] * volatility[g]
      const perDay = decline[g] / daysPerYear
      let sum = 0
      for (let j = 0; j < nodes; j++) {
        const left = deviationLeft[j]
        const gap = left * (deviation[i] - left * halfVariance) - perDay * days[j] - falling * absorbed[j]
        sum += shares[j] * exp(curve[i] + gap + jumps[first + j])
      }
      contractQuote[i] = floor[g] + sum
      if (released[i] === 1) falling += stepLeft[i]
      else for (let j = 0; j < nodes; j++) shares[j] *= stepFactors[(first + j) * n + g]
    }
  }
}
