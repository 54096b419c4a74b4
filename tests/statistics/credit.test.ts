/**
 * Simulated rents and rates beside their closed forms. Seeds are fixed; each comparison allows four standard errors, which a right
 * program exceeds with probability 6e-5, so the seven of this file raise a false alarm with probability 5e-4 at a fresh seed.
 */
import { describe, expect, it } from 'vitest'
import { ouCoefficients, ouJumpMoments, ouStep } from '../../models/gpuMarket/ornsteinUhlenbeck.ts'
import { cirCoefficients, cirStep } from '../../models/reserve/shortRate.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'

const standardErrors = 4

function openStream(purpose: number): SideStream {
  const stream = new SideStream()
  stream.open(20261122, 0, purpose, 0, 0, 0)
  return stream
}

function momentsOf(draws: Float64Array): { mean: number; variance: number; fourth: number } {
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
  const fourth = draws.reduce((sum, x) => sum + (x - mean) ** 4, 0) / draws.length
  return { mean, variance, fourth }
}

describe('a year of rents with jumps', () => {
  it('has the mean of its exponential, the mean and the variance of the closed forms, in a million years', () => {
    const [kappa, sigma, intensity, jumpMean, jumpSd] = [3, 0.55, 2, -0.15, 0.1]
    const stream = openStream(1)
    const year = ouCoefficients(kappa, sigma, 1)
    const draws = new Float64Array(1_000_000)
    for (let n = 0; n < draws.length; n++) {
      let y = ouStep(0.2, year.a, year.sd, stream.normal())
      // Jumps arrive after exponential waits, and each decays from its arrival to the end of the year.
      for (let at = stream.exponential() / intensity; at < 1; at += stream.exponential() / intensity) {
        y = ouStep(jumpMean + jumpSd * stream.normal(), Math.exp(-kappa * (1 - at)), 1, y)
      }
      draws[n] = y
    }
    const closed = ouJumpMoments(0.2, kappa, sigma, intensity, jumpMean, jumpSd, 1)
    const { mean, variance, fourth } = momentsOf(draws)
    const root = Math.sqrt(draws.length)
    expect(Math.abs(mean - closed.mean)).toBeLessThan((standardErrors * Math.sqrt(variance)) / root)
    const spread = Math.sqrt(fourth - variance * variance)
    expect(Math.abs(variance - closed.variance)).toBeLessThan((standardErrors * spread) / root)
    const exponential = momentsOf(draws.map(Math.exp))
    const error = Math.sqrt(exponential.variance) / root
    expect(Math.abs(exponential.mean - closed.meanExp)).toBeLessThan(standardErrors * error)
  })
})

describe('a year of short rates', () => {
  it('by daily steps falls below 3 % as often as the exact law says, .18834145, with its mean and variance', () => {
    const stream = openStream(2)
    const day = cirCoefficients(0.5, 0.036, 0.06, 1 / 365)
    const draws = new Float64Array(40_000)
    let below = 0
    for (let n = 0; n < draws.length; n++) {
      let rate = 0.04
      for (let t = 0; t < 365; t++) rate = cirStep(rate, day, stream.normal())
      draws[n] = rate
      if (rate < 0.03) below++
    }
    const { mean, variance, fourth } = momentsOf(draws)
    const root = Math.sqrt(draws.length)
    const error = Math.sqrt(0.18834145 * (1 - 0.18834145)) / root
    expect(Math.abs(below / draws.length - 0.18834145)).toBeLessThan(standardErrors * error)
    expect(Math.abs(mean - 0.0384261226)).toBeLessThan((standardErrors * Math.sqrt(variance)) / root)
    const spread = Math.sqrt(fourth - variance * variance)
    expect(Math.abs(variance - 8.879598e-5)).toBeLessThan((standardErrors * spread) / root)
  })
})
