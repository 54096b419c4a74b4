/**
 * The simulated rental market beside its closed forms. Seeds are fixed. Each of the at most 90 comparisons of this file allows five
 * standard errors, which a right program exceeds with probability 6e-7: a false alarm at a fresh seed has probability below 6e-5.
 */
import { describe, expect, it } from 'vitest'
import { ouJumpMoments } from '../../models/gpuMarket/ornsteinUhlenbeck.ts'
import {
  expectedLevels,
  keptADay,
  regimeTransition,
  relativeLevelVariance,
} from '../../models/gpuMarket/regimeChain.ts'
import { delayLaw, expectedStepFactor } from '../../models/gpuMarket/releaseDelay.ts'
import { baseRows, generation, gpuSimulator, rowsWith, runGpu } from '../support/gpuRuns.ts'

const standardErrors = 5
const paths = 3000
const names = baseRows.map((row) => row['name'] as string)
const number = (g: number, field: string): number => baseRows[g][field] as number

function moments(draws: ArrayLike<number>): {
  mean: number
  variance: number
  meanError: number
  varianceError: number
} {
  const n = draws.length
  const list = Array.from(draws)
  const mean = list.reduce((sum, x) => sum + x, 0) / n
  const variance = list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n
  const fourth = list.reduce((sum, x) => sum + (x - mean) ** 4, 0) / n
  return { mean, variance, meanError: Math.sqrt(variance / n), varianceError: Math.sqrt((fourth - variance ** 2) / n) }
}

function expectNear(found: number, right: number, error: number): void {
  expect(Math.abs(found - right) / error).toBeLessThan(standardErrors)
}

describe('expected rents', () => {
  it('stay on the obsolescence curve through jumps, regimes of every volatility and releases at unknown dates', () => {
    for (const days of [60, 365]) {
      const simulator = runGpu({ paths, days })
      const law = delayLaw(60, 60, -30)
      const speed = 3 / 365
      for (let g = 0; g < 4; g++) {
        const gap = generation(simulator, 'gpuMarket.spot', g, 5).map((rent) => rent - number(g, 'floor'))
        let factor = expectedStepFactor(law, number(4, 'releaseDay'), number(4, 'releaseStep'), speed, 0, days)
        for (let k = g + 1; k < 4; k++) {
          const left = number(k, 'releaseStep') * Math.exp(speed * number(k, 'releaseDay'))
          factor *= Math.exp(-left * (1 - Math.exp(-speed * days)))
        }
        const curve = (number(g, 'rent') - number(g, 'floor')) * Math.exp((-number(g, 'decline') * days) / 365) * factor
        const { mean, meanError } = moments(gap)
        expectNear(mean, curve, meanError)
      }
    }
  })
})

describe('deviations of rents', () => {
  it('have the mean, the variance and the mean exponential of the closed forms of daily diffusion and jumps', () => {
    const [kappa, intensity, jumpMean, jumpDeviation] = [3, 2, -0.15, 0.1]
    for (const days of [90, 365]) {
      const simulator = runGpu({
        paths,
        days,
        rows: rowsWith({ spotVolatility: 0.55 }),
        parameters: {
          gpuMarket: {
            meanReversion: kappa,
            jumpIntensity: intensity,
            jumpMean,
            jumpDeviation,
            glutVolatility: 1,
            shortageVolatility: 1,
          },
        },
      })
      const closed = ouJumpMoments(0, kappa, 0.55, intensity, jumpMean, jumpDeviation, days / 365)
      for (const g of [0, 2, 4]) {
        const draws = generation(simulator, 'gpuMarket.deviation', g, 5)
        const found = moments(draws)
        expectNear(found.mean, closed.mean, found.meanError)
        expectNear(found.variance, closed.variance, found.varianceError)
        const exponential = moments(draws.map((y) => Math.exp(y)))
        expectNear(exponential.mean, closed.meanExp, exponential.meanError)
      }
    }
  })

  it('of two generations correlate as the distance between them says', () => {
    const simulator = runGpu({
      paths,
      days: 200,
      parameters: { gpuMarket: { neighbourCorrelation: 0.7, jumpIntensity: 0 } },
    })
    const columns = names.map((_, g) => generation(simulator, 'gpuMarket.deviation', g, 5))
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < i; j++) {
        const a = moments(columns[i])
        const b = moments(columns[j])
        const product = columns[i].reduce((sum, x, p) => sum + (x - a.mean) * (columns[j][p] - b.mean), 0) / paths
        const right = 0.7 ** (i - j)
        const found = product / Math.sqrt(a.variance * b.variance)
        // Mixing of calm and wild regimes fattens the tails, by at most the ratio of the squared volatilities, 1.3².
        expectNear(Math.atanh(found), Math.atanh(right), 1.3 / Math.sqrt(paths - 3))
      }
    }
  })
})

describe('the state of the market', () => {
  const parameters = { glutDays: 40, normalDays: 30, shortageDays: 50, glutShare: 0.4, regimeAdjustment: 20 }
  const transition = regimeTransition(40, 30, 50, 0.4)
  const law = { transition, levels: Float64Array.of(0.8, 1, 1.25), keep: keptADay(20) }

  it('is glut, normal and shortage as often as the chain says, on early and late days', () => {
    for (const days of [15, 400]) {
      const simulator = runGpu({ paths, days, parameters: { gpuMarket: parameters } })
      const regime = simulator.column('gpuMarket.regime')
      let chances = [0, 1, 0]
      for (let day = 0; day < days; day++) {
        chances = [0, 1, 2].map((s) => chances.reduce((sum, q, r) => sum + q * transition[3 * r + s], 0))
      }
      for (let r = 0; r < 3; r++) {
        const found = regime.reduce((sum, x) => sum + (x === r ? 1 : 0), 0) / paths
        expectNear(found, chances[r], Math.sqrt((chances[r] * (1 - chances[r])) / paths))
      }
    }
  })

  it('moves the level of rents with the mean and the long-run variance of the closed forms', () => {
    const simulator = runGpu({ paths, days: 400, parameters: { gpuMarket: parameters } })
    const found = moments(simulator.column('gpuMarket.regimeLevel'))
    const mean = expectedLevels(law, 1, 400)[400]
    expectNear(found.mean, mean, found.meanError)
    expectNear(found.variance, relativeLevelVariance(law) * mean * mean, found.varianceError)
  })
})

describe('the release of a planned generation', () => {
  it('comes with the mean and the deviation of its delay', () => {
    const found = moments(generation(runGpu({ paths, days: 1 }), 'gpuMarket.releaseDay', 4, 5))
    expectNear(found.mean, 240, found.meanError)
    expectNear(found.variance, 60 * 60, found.varianceError)
  })
})

describe('the common factor', () => {
  it('has mean 0 on every day and variance near 1 in the long run', () => {
    const early = moments(runGpu({ paths, days: 30 }).column('gpuMarket.factor'))
    expectNear(early.mean, 0, early.meanError)
    const late = moments(runGpu({ paths, days: 1095 }).column('gpuMarket.factor'))
    expectNear(late.mean, 0, late.meanError)
    // Three years forget 97 % of the start; regimes that last as long as a deviation make its variance theirs.
    expect(Math.abs(late.variance - 1)).toBeLessThan(0.1)
  })
})

describe('the base year', () => {
  it('lowers the median H100 rent by 10 to 30 %, with a spread between that of rate cards and that of cloud spot prices', () => {
    const simulator = runGpu({ paths, days: 365 })
    const logs = generation(simulator, 'gpuMarket.spot', 1, 5).map((rent) => Math.log(rent / number(1, 'rent')))
    const median = logs.slice().sort()[paths / 2]
    // Matched rate cards fell by 14 % a year over a whole swing, one-year contracts by 30 % a year on its way down.
    expect(median).toBeLessThan(Math.log(0.9))
    expect(median).toBeGreaterThan(Math.log(0.7))
    // Volatility of quarterly rate cards 0.195 (a floor: they are sticky), of cloud spot H100 0.50.
    const spread = Math.sqrt(moments(logs).variance)
    expect(spread).toBeGreaterThan(0.195)
    expect(spread).toBeLessThan(0.5)
  })

  it('keeps three quarters of the hours rented out, and correlates quarterly rents as rate cards do', () => {
    const quarters: Float64Array[] = []
    const simulator = gpuSimulator({
      paths: 600,
      days: 728,
      trade: (_operations, path, day) => {
        if (path === 599 && day % 91 === 0) quarters.push(Float64Array.from(simulator.column('gpuMarket.spot')))
      },
    })
    const numbers = Array.from({ length: 600 }, (_, p) => p)
    simulator.run(numbers, { series: [], outcomes: [] }, undefined, new Float64Array(0))
    const used = moments(simulator.column('gpuMarket.utilisation'))
    expect(Math.abs(used.mean - 0.75)).toBeLessThan(0.03)
    const changes = [0, 1, 2, 3].map((g) =>
      quarters.slice(1).flatMap((now, q) => numbers.map((p) => Math.log(now[p * 5 + g] / quarters[q][p * 5 + g]))),
    )
    let sum = 0
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [moments(changes[i]), moments(changes[j])]
        const product =
          changes[i].reduce((s, x, k) => s + (x - a.mean) * (changes[j][k] - b.mean), 0) / changes[i].length
        sum += product / Math.sqrt(a.variance * b.variance) / 6
      }
    }
    // Rate cards of 2022-2026: 0.46 to 0.77, mean 0.64.
    expect(sum).toBeGreaterThan(0.5)
    expect(sum).toBeLessThan(0.75)
  })
})
