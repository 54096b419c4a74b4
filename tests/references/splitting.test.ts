/**
 * Rare failures of known probability, estimated by the very engine that splits the real economy. Seeds are fixed; a mean of
 * replications may be four standard errors from the truth, which chance exceeds once in 16,000 tests.
 */
import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import { dailyMaximum } from '../support/brownianMaximum.ts'
import { brownian, gambler, replicationMeans, smallPlan, splitRows } from '../support/splittingEconomies.ts'

/** Gambler's ruin (Feller, An Introduction to Probability Theory, volume 1, XIV.2): ((q/p)^1 − 1) / ((q/p)^20 − 1), q/p = 1.5. */
const fortune = 0.5 / (1.5 ** 20 - 1)

function expectMean(means: Float64Array, truth: number, relativeError: number): void {
  const { mean, standardError } = meanWithInterval(means, 0.95)
  expect(standardError as number).toBeLessThan(relativeError * truth)
  expect(Math.abs(mean - truth), `${mean} for ${truth}`).toBeLessThan(4 * (standardError as number))
}

describe('multilevel splitting', () => {
  it("finds the gambler's 1.504095623770e-4, of which plain paths would need some four million to see as much", () => {
    expect(fortune).toBeCloseTo(1.50409562377e-4, 15)
    const splitting = { level: 'purse', levels: [3, 6, 10, 15], particles: 50 }
    const rows = splitRows(gambler, smallPlan(gambler, 400), splitting, ['gambler.fortune'], { from: 0, to: 600 })
    expectMean(
      replicationMeans(rows, splitting, 'gambler.fortune', (value) => value),
      fortune,
      0.04,
    )
  }, 180_000)

  it('finds the probability that a Brownian motion seen daily passes 3 within a year', () => {
    const truth = dailyMaximum(365, 3, 500)
    expect(Math.abs(truth / dailyMaximum(365, 3, 350) - 1)).toBeLessThan(1e-4)
    // Continuously watched 2 (1 − Φ(3)) = .0026997961; daily as if the bar stood .5826 daily deviations higher (M. Broadie,
    // P. Glasserman and S. Kou, Mathematical Finance 7, 1997): .0024415349, to within its own order.
    expect(2 * (1 - normalCdf(3))).toBeCloseTo(0.0026997961, 10)
    expect(2 * (1 - normalCdf(3 + 0.5826 / Math.sqrt(365)))).toBeCloseTo(0.0024415349, 7)
    // Exactly, by Gauss-Legendre quadrature in panels (computed independently): .00245006135.
    expect(Math.abs(truth / 0.0024415349 - 1)).toBeLessThan(5e-3)
    expect(Math.abs(truth / 0.00245006135 - 1)).toBeLessThan(3e-5)
    const splitting = { level: 'place', levels: [1, 1.7, 2.2, 2.6], particles: 100 }
    const walk = brownian(false)
    const rows = splitRows(walk, smallPlan(walk, 365), splitting, ['walk.highest'], { from: 0, to: 400 })
    expectMean(
      replicationMeans(rows, splitting, 'walk.highest', (value) => (value >= 3 ? 1 : 0)),
      truth,
      0.03,
    )
  }, 180_000)

  it('estimates every function of a whole path: the weights are one together, the mean of the place 0 and of its square 1', () => {
    const splitting = { level: 'place', levels: [0.5, 1.5, 2.5], particles: 40 }
    const walk = brownian(false)
    const rows = splitRows(walk, smallPlan(walk, 100, 5), splitting, ['walk.place'], { from: 0, to: 800 })
    for (const weight of replicationMeans(rows, splitting, 'walk.place', () => 1)) expect(weight).toBeCloseTo(1, 12)
    const first = meanWithInterval(
      replicationMeans(rows, splitting, 'walk.place', (value) => value),
      0.95,
    )
    expect(Math.abs(first.mean)).toBeLessThan(4 * (first.standardError as number))
    expectMean(
      replicationMeans(rows, splitting, 'walk.place', (value) => value * value),
      1,
      0.02,
    )
  })

  it('is wrong by far where a room keeps memory from copies: what the tests of copies are for', () => {
    const splitting = { level: 'place', levels: [1, 1.7, 2.2, 2.6], particles: 100 }
    const walk = brownian(true)
    const rows = splitRows(walk, smallPlan(walk, 365), splitting, ['walk.highest'], { from: 0, to: 100 })
    const { mean, standardError } = meanWithInterval(
      replicationMeans(rows, splitting, 'walk.highest', (value) => (value >= 3 ? 1 : 0)),
      0.95,
    )
    expect(Math.abs(mean - 0.00245)).toBeGreaterThan(8 * (standardError as number))
  })
})
