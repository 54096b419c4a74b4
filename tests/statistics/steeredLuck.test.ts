/**
 * Every way of steering luck says the same as plain luck, only surer: against closed forms, through the simulator itself.
 *
 * Seeds are fixed, so the outcome is the same on every run. Each comparison of a mean would fail by chance on one seed in a million
 * (4.9 standard errors); with some 60 of them the false-alarm budget of this shelf is 1e-4.
 */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { logWeightColumn, luckColumns, type Steering } from '../../sim/kernel/steering.ts'
import { controlledMean } from '../../sim/statistics/controlVariates.ts'
import { groupedEstimate, groupMeans, tailTerms } from '../../sim/statistics/groupedEstimates.ts'
import { sampleVariance } from '../../sim/statistics/means.ts'
import { termVariances } from '../../sim/statistics/tailVariances.ts'
import { weightDiagnostics } from '../../sim/statistics/weights.ts'
import { planFor } from '../support/economyRuns.ts'
import { playToy, toyPlan } from '../support/toyEconomy.ts'

const errors = 4.9
const plan = toyPlan(8)
const names = ['total', 'second', 'highest', 'rare', 'middle', 'pair', 'wait', 'size', 'events'].map((n) => `dice.${n}`)
const paths = 20_480
const rootDays = Math.sqrt(8)

type Columns = Record<string, Float64Array>

function weightsOf(columns: Columns): Float64Array {
  return columns[logWeightColumn]?.map((x) => exp(x)) ?? new Float64Array(paths).fill(1)
}

/** Fails where a mean is farther from the truth than chance allows. */
function expectMean(terms: ArrayLike<number>, group: number, truth: number, what: string): void {
  const means = groupMeans(terms, group)
  const mean = means.reduce((sum, x) => sum + x, 0) / means.length
  const error = Math.sqrt((sampleVariance(means) as number) / means.length)
  // 1e-12: mirrored pairs meet the mean of an odd function exactly, up to rounding.
  expect(Math.abs(mean - truth), `${what}: ${mean}, ${truth} expected`).toBeLessThan(errors * error + 1e-12)
}

/** Mean of the highest of eight partial sums and 0: Σ E[Sₙ⁺]/n (F. Spitzer, Transactions of the AMS 82, 1956). */
const highest = Array.from({ length: 8 }, (_, k) => 1 / Math.sqrt(2 * Math.PI * (k + 1))).reduce((sum, x) => sum + x, 0)
const truths: Readonly<Record<string, number>> = {
  'dice.total': 0,
  'dice.second': 0,
  'dice.highest': highest,
  'dice.rare': 0.08,
  'dice.middle': 4,
  'dice.pair': 0,
  'dice.wait': 1,
  'dice.size': 0,
  'dice.events': 2.4,
}

const ways: Readonly<Record<string, { readonly steering: Steering; readonly group: number }>> = {
  'shifts of every law': {
    group: 1,
    steering: {
      shifts: [
        { shock: 'dice.factor', index: 0, by: 0.25 },
        { shock: 'dice.coin', by: -0.2, from: 2, to: 5 },
        { shock: 'dice.wait', by: 0.3 },
        { shock: 'dice.size', by: -0.2 },
        { shock: 'dice.answer', by: 0.1 },
        { shock: 'dice.pair', index: 1, by: 0.1 },
      ],
    },
  },
  'likelier ends of every law': {
    group: 1,
    steering: {
      chances: [
        { shock: 'dice.factor', index: 0, end: 'highest', of: 0.1, becomes: 0.2 },
        { shock: 'dice.coin', end: 'lowest', of: 0.01, becomes: 0.03 },
        { shock: 'dice.coin', end: 'highest', of: 0.2, becomes: 0.15 },
        { shock: 'dice.answer', end: 'lowest', of: 0.3, becomes: 0.25 },
        { shock: 'dice.wait', end: 'highest', of: 0.05, becomes: 0.3 },
        { shock: 'dice.size', end: 'highest', of: 0.2, becomes: 0.3 },
      ],
    },
  },
  'a mixture': {
    group: 10,
    steering: {
      mixture: [
        { paths: 2 },
        { paths: 3, shifts: [{ shock: 'dice.factor', index: 0, by: 0.8 }] },
        {
          paths: 5,
          shifts: [{ shock: 'dice.wait', by: 1 }],
          chances: [{ shock: 'dice.factor', index: 0, end: 'lowest', of: 0.1, becomes: 0.3 }],
        },
      ],
    },
  },
  'mirrored pairs': { group: 2, steering: { antithetic: true } },
  'scrambled Sobol points': {
    group: 256,
    steering: {
      quasi: {
        points: 256,
        blocks: 4,
        shocks: [
          { shock: 'dice.factor' },
          { shock: 'dice.coin' },
          { shock: 'dice.wait' },
          { shock: 'dice.pair', index: 1 },
        ],
      },
    },
  },
  'scrambled Sobol points with shifts': {
    group: 256,
    steering: {
      quasi: { points: 256, blocks: 4, shocks: [{ shock: 'dice.factor' }, { shock: 'dice.wait' }] },
      shifts: [
        { shock: 'dice.factor', index: 0, by: 0.4 },
        { shock: 'dice.wait', by: -0.5 },
      ],
    },
  },
}

describe('every way of steering is unbiased', () => {
  for (const [way, { steering, group }] of Object.entries(ways)) {
    it(`${way}: nine means, two probabilities, a moment and the weights themselves`, () => {
      const count = paths - (paths % group)
      const columns = playToy(plan, steering, 0, count, names)
      const weights = weightsOf(columns)
      const weighted = (value: (p: number) => number): Float64Array =>
        Float64Array.from({ length: count }, (_, p) => weights[p] * value(p))
      for (const name of names)
        expectMean(
          weighted((p) => columns[name][p]),
          group,
          truths[name],
          name,
        )
      const total = columns['dice.total']
      expectMean(
        weighted((p) => (total[p] > 1.5 ? 1 : 0)),
        group,
        normalCdf(-1.5),
        'P(total > 1.5)',
      )
      expectMean(
        weighted((p) => (columns['dice.wait'][p] < 0.2 ? 1 : 0)),
        group,
        1 - exp(-0.2),
        'P(wait < 0.2)',
      )
      expectMean(
        weighted((p) => total[p] * total[p]),
        group,
        1,
        'variance of the total',
      )
      expect(weightDiagnostics(weights).meanIsOne).toBe(true)
    })
  }

  it('on rents and deals of the whole economy, with a weight of mean 1', () => {
    const short = planFor({ days: 60, ticksPerDay: 1 })
    const outcomes = ['outcomes.rentAtEnd', 'outcomes.defaults', 'deals.hazard', 'outcomes.dealLoss']
    const play = (steering: Steering | undefined, from: number, count: number): Columns => {
      const all = [...outcomes, ...(steering ? luckColumns(steering) : [])]
      const out = new Float64Array(count * all.length)
      const numbers = Int32Array.from({ length: count }, (_, i) => from + i)
      new Simulator(economy, short, count, { steering }).run(numbers, { outcomes: all, series: [] }, undefined, out)
      return Object.fromEntries(
        all.map((name, n) => [name, Float64Array.from({ length: count }, (_, p) => out[p * all.length + n])]),
      )
    }
    const plain = play(undefined, 0, 600)
    const steered = play(
      {
        shifts: [
          { shock: 'gpuMarket.rentLuck', index: 0, by: -0.08 },
          { shock: 'gpuMarket.jumpSize', by: -0.2 },
          { shock: 'deals.revenue', index: 3, by: -0.3 },
        ],
        chances: [
          { shock: 'gpuMarket.regimeLuck', end: 'lowest', of: 0.002, becomes: 0.006 },
          { shock: 'deals.threshold', index: 0, end: 'lowest', of: 0.05, becomes: 0.25 },
          { shock: 'deals.sponsor', end: 'highest', of: 0.2, becomes: 0.4 },
        ],
      },
      600,
      600,
    )
    const weights = weightsOf(steered)
    expect(weightDiagnostics(weights).meanIsOne).toBe(true)
    expect(weightDiagnostics(weights).effectiveSampleSize).toBeLessThan(500)
    for (const name of outcomes) {
      const terms = Float64Array.from(weights, (weight, p) => weight * steered[name][p])
      const mean = (x: Float64Array): number => x.reduce((sum, y) => sum + y, 0) / x.length
      const error = Math.sqrt(((sampleVariance(terms) as number) + (sampleVariance(plain[name]) as number)) / 600)
      expect(Math.abs(mean(terms) - mean(plain[name])), name).toBeLessThan(errors * error)
    }
    // Moved where it was to be moved: rents fell by far more than chance.
    const fall = (c: Columns): number => c['outcomes.rentAtEnd'].reduce((sum, x) => sum + x, 0) / 600
    expect(fall(steered)).toBeLessThan(fall(plain) - 0.02)
  })
})

describe('closed forms of importance sampling', () => {
  const count = 40_000

  /** Variance of one path over the square of the truth, and the estimate, of P(total > 4). */
  function rare(by: number): { value: number; relative: number; error: number; spread: number } {
    const columns = playToy(plan, { shifts: [{ shock: 'dice.factor', index: 0, by: by / rootDays }] }, 0, count, [
      'dice.total',
    ])
    const terms = tailTerms({ kind: 'probability', beyond: 4 }, columns['dice.total'], weightsOf(columns))
    const { value, variancePerPath, standardError } = groupedEstimate(terms, 1, 0.95)
    const spread = termVariances(terms, 1).perPath?.logError as number
    const truth = 3.167124183311998e-5
    return { value: value / truth, relative: variancePerPath / (truth * truth), error: standardError / truth, spread }
  }

  it('P(Z > 4) by a shift of 4: the value, and a relative variance of 4.5111 a path against 31,573 of plain luck', () => {
    const { value, relative, error, spread } = rare(4)
    expect(Math.abs(value - 1)).toBeLessThan(errors * error)
    // Terms as heavy as these give the variance of 40,000 paths a relative error of some 2 %.
    expect(spread).toBeLessThan(0.03)
    expect(Math.abs(relative / 4.51110867 - 1)).toBeLessThan(errors * spread)
    expect(31573.4 / relative).toBeGreaterThan(6500)
  })

  it('P(Z > 4) by the best shift, 4.1197: 4.4712', () => {
    const { value, relative, error, spread } = rare(4.11967702)
    expect(Math.abs(value - 1)).toBeLessThan(errors * error)
    expect(Math.abs(relative / 4.47123182 - 1)).toBeLessThan(errors * spread)
  })

  it('the tail of Vasicek’s portfolio, P(L > 0.3) at PD 5 % and ρ 0.2, by a shift of the factor', () => {
    const columns = playToy(plan, { shifts: [{ shock: 'dice.factor', index: 0, by: -2.6 / rootDays }] }, 0, count, [
      'dice.total',
    ])
    const loss = columns['dice.total'].map((z) =>
      normalCdf((normalQuantile(0.05) - Math.sqrt(0.2) * z) / Math.sqrt(0.8)),
    )
    const terms = tailTerms({ kind: 'probability', beyond: 0.3 }, loss, weightsOf(columns))
    const { value, standardError, lower, upper } = groupedEstimate(terms, 1, 0.95)
    expect(Math.abs(value - 4.279256459e-3)).toBeLessThan(errors * standardError)
    expect(lower).toBeLessThan(4.279256459e-3)
    expect(upper).toBeGreaterThan(4.279256459e-3)
    // Plain paths would need 233 times 0.9957 for the same relative error.
    expect((4.279256459e-3 * (1 - 4.279256459e-3)) / (standardError * standardError * count)).toBeGreaterThan(50)
  })
})

describe('closed forms of the other ways', () => {
  const columns = playToy(plan, { antithetic: true }, 0, 40_000, ['dice.total'])
  const plain = playToy(plan, undefined, 0, 40_000, ['dice.total'])['dice.total']

  it('antithetic e^Z has 1 − 1/e = 0.63212 of the variance of independent pairs', () => {
    const pairs = groupMeans(
      columns['dice.total'].map((z) => exp(z)),
      2,
    )
    const ratio = (2 * (sampleVariance(pairs) as number)) / (Math.E * (Math.E - 1))
    // The variance of cosh Z, of kurtosis 38, has a relative error of 4.3 % on 20,000 pairs.
    expect(Math.abs(ratio / 0.63212056 - 1)).toBeLessThan(errors * 0.043)
    expect(ratio).toBeLessThan(0.85)
  })

  it('the control variate Z takes 58.2 % of the variance of e^Z: a factor of 2.392', () => {
    const values = plain.map((z) => exp(z))
    const { mean, standardError, explained, used } = controlledMean(values, [{ values: plain, mean: 0 }], 0.95)
    expect(used).toBe(1)
    expect(Math.abs(mean - exp(0.5))).toBeLessThan(errors * standardError)
    // What is left has kurtosis 190 or so, which on 40,000 paths gives its variance a relative error of 7 %.
    expect(Math.abs(1 / (1 - explained) / 2.392211 - 1)).toBeLessThan(0.15)
  })

  it('ten strata of x², one number each, vary by 1.10888889e-4 where ten plain numbers vary by 8.8888889e-3', () => {
    const uniforms = plain.map((z) => normalCdf(z))
    const squares = uniforms.map((u, i) => ((i % 10) + u) / 10).map((x) => x * x)
    const plainSquares = uniforms.map((u) => u * u)
    const relative = (of: Float64Array, truth: number): number =>
      (sampleVariance(groupMeans(of, 10)) as number) / truth - 1
    // 4,000 sums of ten numbers each, all but normal: sqrt(2 / 4,000).
    expect(Math.abs(relative(squares, 1.10888889e-4))).toBeLessThan(errors * 0.0224)
    expect(Math.abs(relative(plainSquares, 0.0088888889))).toBeLessThan(errors * 0.0224)
  })

  it('a scrambled net of 16 points stratifies x² like 16 strata', () => {
    const steering: Steering = { quasi: { points: 16, blocks: 1, shocks: [{ shock: 'dice.factor' }] } }
    const net = playToy(plan, steering, 0, 32_000, ['dice.total'])['dice.total']
    const squares = net.map((z) => normalCdf(z)).map((x) => x * x)
    // Σ over strata of Var(x²) on [a, a + h], over 16²: h² (4 m² / 12 + h² / 180) at the middle m, h = 1/16.
    const h = 1 / 16
    const truth =
      Array.from({ length: 16 }, (_, k) => (k + 0.5) * h).reduce(
        (sum, m) => sum + h * h * ((4 * m * m) / 12 + (h * h) / 180),
        0,
      ) / 256
    const relative = (sampleVariance(groupMeans(squares, 16)) as number) / truth - 1
    expect(Math.abs(relative)).toBeLessThan(errors * Math.sqrt(2 / 2000))
  })
})

describe('scrambled nets through the bridge', () => {
  it('integrate a smooth function of three totals and a draw with an error that falls faster than n^−1.2', () => {
    const rmse = (points: number): number => {
      const shocks = [0, 1, 2].map((index) => ({ shock: 'dice.factor', index }))
      const steering: Steering = { quasi: { points, blocks: 1, shocks: [...shocks, { shock: 'dice.wait' }] } }
      const columns = playToy(
        toyPlan(2),
        steering,
        0,
        32 * points,
        ['dice.walk0', 'dice.total', 'dice.second', 'dice.wait'].slice(1),
      )
      const value = (p: number): number =>
        normalCdf(columns['dice.total'][p]) *
        normalCdf(0.5 * columns['dice.second'][p] + 0.3) *
        exp(-columns['dice.wait'][p])
      const means = groupMeans(
        Float64Array.from({ length: 32 * points }, (_, p) => value(p)),
        points,
      )
      return Math.sqrt(sampleVariance(means) as number)
    }
    const [few, many] = [rmse(16), rmse(1024)]
    const rate = Math.log(few / many) / Math.log(1024 / 16)
    expect(rate).toBeGreaterThan(1.2)
  })

  it('keep the exact law: days of a steered shock are independent standard normal numbers', () => {
    const steering: Steering = {
      quasi: { points: 2, blocks: 3, shocks: [{ shock: 'dice.factor' }, { shock: 'dice.coin' }] },
      watch: [
        { shock: 'dice.factor', what: 'total', blocks: 8 },
        { shock: 'dice.coin', what: 'total', blocks: 8 },
      ],
    }
    const columns = playToy(plan, steering, 0, paths, [])
    const days = ['factor', 'coin'].flatMap((shock) =>
      Array.from({ length: 8 }, (_, day) => columns[`luck.dice.${shock}.0.total.${day}`]),
    )
    for (let a = 0; a < days.length; a++) {
      expectMean(days[a], 2, 0, `mean of day ${a}`)
      expectMean(
        days[a].map((z) => z ** 4),
        2,
        3,
        `fourth moment of day ${a}`,
      )
      for (let b = 0; b <= a; b++) {
        expectMean(
          days[a].map((z, p) => z * days[b][p]),
          2,
          a === b ? 1 : 0,
          `product of days ${a} and ${b}`,
        )
      }
    }
  })
})
