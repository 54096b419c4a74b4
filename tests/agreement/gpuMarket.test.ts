/** The fast daily forms of the rental and hardware markets beside the plain formulas that they stand for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contractRent } from '../../models/gpuMarket/contractRent.ts'
import { ouVariance } from '../../models/gpuMarket/ornsteinUhlenbeck.ts'
import {
  expectedLevels,
  keptADay,
  levelsAhead,
  regimeTransition,
  relativeLevelVariance,
  stationaryRegimes,
} from '../../models/gpuMarket/regimeChain.ts'
import { delayLaw, delayProbability, delayQuantile, expectedStepFactor } from '../../models/gpuMarket/releaseDelay.ts'
import { fundamentalValue } from '../../models/hardware/fundamentalValue.ts'
import { readMachines } from '../../models/hardware/machines.ts'
import { openWholeLives, wholeLifeValue } from '../../models/hardware/prices.ts'
import { baseRows, generation, gpuSimulator, quiet, rowsWith, runGpu } from '../support/gpuRuns.ts'

const oldest = baseRows.slice(0, 1)

describe('contract quotes of the market', () => {
  it('are those of the closed integral once the variance has settled', () => {
    const days = 1092
    const [sigma, kappa, decline] = [0.5, 6, 0.2]
    const rows = rowsWith({ decline, spotVolatility: sigma, releaseStep: 0 }, oldest)
    const simulator = runGpu({
      paths: 40,
      days,
      rows,
      parameters: {
        gpuMarket: {
          ...quiet,
          glutVolatility: 1,
          shortageVolatility: 1,
          meanReversion: kappa,
          contractPremiumReversion: 0,
        },
      },
    })
    // The premium of the table is held for ever; it is today's quote over the curve averaged from a deviation of nothing.
    const floor = rows[0]['floor'] as number
    const start = floor + contractRent((rows[0]['rent'] as number) - floor, decline, kappa, 0, 0, 12)
    const premium = (rows[0]['contractRent'] as number) / start
    const settled = ouVariance(kappa, sigma, days / 365)
    for (let p = 0; p < 40; p++) {
      const level = Math.exp(simulator.column('gpuMarket.curve')[p] - settled / 2)
      const plain = contractRent(level, decline, kappa, sigma, simulator.column('gpuMarket.deviation')[p], 12)
      // Eight nodes against twenty a panel leave 3e-7 at this speed of reversion; the variance lacks 2e-16 of its end.
      expect(Math.abs(simulator.column('gpuMarket.contract')[p] / ((floor + plain) * premium) - 1)).toBeLessThan(1e-6)
    }
  })

  it('start from the rents of the table', () => {
    const rows = baseRows
    const simulator = runGpu({ paths: 2, days: 1 })
    rows.forEach((row, g) => {
      expect(generation(simulator, 'gpuMarket.contract', g, rows.length)[1]).toBeCloseTo(
        row['contractRent'] as number,
        12,
      )
    })
  })
})

describe('the deviation of rents', () => {
  it('has after n daily steps the variance of one step of n days, which Euler steps would miss by 2e-3', () => {
    const simulator = runGpu({
      days: 365,
      parameters: { gpuMarket: { glutVolatility: 1, shortageVolatility: 1, meanReversion: 3 } },
    })
    const whole = ouVariance(3, 1, 1)
    expect(Math.abs(simulator.column('gpuMarket.deviationVariance')[0] / whole - 1)).toBeLessThan(1e-12)
  })
})

describe('a jump of rents', () => {
  it('decays from the moment of its arrival, not from the evening of its day', () => {
    const kappa = 20
    let [deviation, arrival, jumps] = [0, 0, 0]
    const simulator = gpuSimulator({
      days: 365,
      rows: rowsWith({ spotVolatility: 0 }, oldest),
      parameters: { gpuMarket: { meanReversion: kappa, jumpIntensity: 12, jumpMean: -0.3, jumpDeviation: 0 } },
      trade: (_operations, _path, day) => {
        const next = simulator.column('gpuMarket.nextJump')[0]
        deviation *= Math.exp(-kappa / 365)
        // The first arrival is known only from its day on: it lies between the evenings, and the column says when.
        if (day > 0 && next !== arrival) {
          expect(arrival).toBeGreaterThan(day)
          expect(arrival).toBeLessThanOrEqual(day + 1)
          deviation += -0.3 * Math.exp((-kappa * (day + 1 - arrival)) / 365)
          jumps += 1
        }
        if (next > day + 1) arrival = next
        expect(simulator.column('gpuMarket.deviation')[0]).toBeCloseTo(deviation, 12)
      },
    })
    simulator.run([3], { series: [], outcomes: [] }, undefined, new Float64Array(0))
    expect(jumps).toBeGreaterThan(4)
  })
})

describe('the level of the regimes', () => {
  const law = {
    transition: regimeTransition(30, 20, 40, 0.3),
    levels: Float64Array.of(0.7, 1, 1.4),
    keep: keptADay(25),
  }

  it('has the same expectation whether it is looked at from the start or from any later day', () => {
    const means = expectedLevels(law, 2, 200)
    const ahead = levelsAhead(law, 200)
    for (const n of [0, 1, 7, 200]) {
      expect(law.keep ** n * law.levels[2] + ahead[3 * n + 2]).toBeCloseTo(means[n], 13)
    }
  })

  it('spends in each regime the share of days that the chain leaves unchanged', () => {
    const shares = stationaryRegimes(law.transition)
    const moved = [0, 1, 2].map((s) => shares.reduce((sum, q, r) => sum + q * law.transition[3 * r + s], 0))
    moved.forEach((share, s) => {
      expect(share).toBeCloseTo(shares[s], 15)
    })
  })

  it('has the long-run variance that iterating its moments reaches', () => {
    const shares = stationaryRegimes(law.transition)
    let first = [0, 0, 0]
    let second = [0, 0, 0]
    for (let turn = 0; turn < 3000; turn++) {
      const m = [0, 1, 2].map((s) => first.reduce((sum, x, r) => sum + x * law.transition[3 * r + s], 0))
      const v = [0, 1, 2].map((s) => second.reduce((sum, x, r) => sum + x * law.transition[3 * r + s], 0))
      const step = 1 - law.keep
      first = m.map((x, r) => law.keep * x + step * law.levels[r] * shares[r])
      second = v.map(
        (x, r) =>
          law.keep ** 2 * x + 2 * law.keep * step * law.levels[r] * m[r] + (step * law.levels[r]) ** 2 * shares[r],
      )
    }
    const mean = first[0] + first[1] + first[2]
    const variance = (second[0] + second[1] + second[2]) / mean ** 2 - 1
    expect(relativeLevelVariance(law)).toBeCloseTo(variance, 13)
  })
})

describe('the delay of a release', () => {
  it('has the mean and the deviation that were asked for', () => {
    for (const [mean, deviation, earliest] of [
      [60, 60, -30],
      [90, 20, 0],
      [30, 60, 0],
    ]) {
      const law = delayLaw(mean, deviation, earliest)
      const at = (i: number) => earliest + i + 0.5
      const found = law.weights.reduce((sum, w, i) => sum + w * at(i), 0)
      const variance = law.weights.reduce((sum, w, i) => sum + w * (at(i) - found) ** 2, 0)
      // A day is a cell: half a day of the mean and a twelfth of a day squared of the variance are not told apart.
      expect(Math.abs(found - mean)).toBeLessThan(1)
      expect(Math.abs(Math.sqrt(variance) / deviation - 1)).toBeLessThan(0.02)
    }
  })

  it('is found again from its probability', () => {
    const law = delayLaw(60, 60, -30)
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (probability) => {
        expect(delayProbability(law, delayQuantile(law, probability))).toBeCloseTo(probability, 9)
      }),
      { seed: 20261122 },
    )
  })

  it('leaves older rents untouched before it and lowers them by the whole step long after it', () => {
    const law = delayLaw(60, 60, -30)
    expect(expectedStepFactor(law, 400, 0.1, 0.01, 0, 300)).toBe(1)
    expect(expectedStepFactor(law, 10, 0.1, 0.1, 0, 5000)).toBeCloseTo(Math.exp(-0.1), 12)
  })
})

describe('the value of a machine that lives to its end', () => {
  it('is the fundamental value to the last bit', () => {
    const machines = readMachines(baseRows, { life: 6, ageShare: 0.5, scrapShare: 0.05, scarcityPremium: 0.15 })
    const rate = 0.16
    const lives = openWholeLives(machines, rate)
    let whole = 0
    fc.assert(
      fc.property(
        fc.nat(machines.count - 1),
        fc.nat(1094),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        (g, day, rent, utilisation) => {
          lives.age(day)
          if (utilisation * rent <= lives.leastIncome[g]) return
          whole += 1
          const { decline, opex, scrap } = machines
          const plain = fundamentalValue(rent, decline[g], opex[g], rate, utilisation, lives.left[g], scrap[g])
          const { earned, spent, atEnd } = lives
          expect(wholeLifeValue(utilisation * rent, earned[g], spent[g], atEnd[g])).toBe(plain)
        },
      ),
      { seed: 20261122, numRuns: 500 },
    )
    expect(whole).toBeGreaterThan(100)
  })
})
