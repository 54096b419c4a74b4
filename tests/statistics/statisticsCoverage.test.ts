/**
 * Intervals cover as often as they say, in simulated experiments whose truth is known.
 *
 * Each experiment with a guarantee fails when fewer intervals cover than a binomial count with exactly the stated
 * confidence reaches with probability 1e-6; with eight such experiments the shelf's false-alarm budget is 1e-5, and fixed
 * seeds make the outcome the same on every run. Asymptotic intervals have no guarantee: their bounds are stated apart.
 */
import { describe, expect, it } from 'vitest'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { clopperPearson, quantileWithInterval, wilson } from '../../sim/statistics/intervals.ts'
import { meanWithInterval, pairedDifference } from '../../sim/statistics/means.ts'
import { sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { pairedProportionDifference } from '../../sim/statistics/pairedProportions.ts'
import { rinott, rinottPaths } from '../../sim/statistics/rankingSelection.ts'
import { geometricPlan, sequentialInterval } from '../../sim/statistics/sequential.ts'
import { requiredLevel } from '../../sim/statistics/sizing.ts'
import { expectedShortfallWithInterval, weightedValueAtRiskInterval } from '../../sim/statistics/tailRisk.ts'
import { batchMeans } from '../../sim/statistics/timeAverage.ts'

const FALSE_ALARM = 1e-6

/** A stream of its own for each experiment. */
function stream(experiment: number): SideStream {
  const side = new SideStream()
  side.open(20261122, 0, 0x57a7, experiment, 0, 0)
  return side
}

interface Bounds {
  readonly lower: number | null
  readonly upper: number | null
}

function covers({ lower, upper }: Bounds, truth: number): boolean {
  return (lower === null || lower <= truth) && (upper === null || upper >= truth)
}

function countCovering(repetitions: number, interval: () => Bounds, truth: number): number {
  let covering = 0
  for (let r = 0; r < repetitions; r++) if (covers(interval(), truth)) covering++
  return covering
}

/** At least as many as chance allows when the true coverage is exactly the stated one. */
function expectGuarantee(covering: number, repetitions: number, confidence: number): void {
  expect(covering, `${covering} of ${repetitions} cover`).toBeGreaterThanOrEqual(
    binomialQuantile(FALSE_ALARM, repetitions, confidence),
  )
}

function failuresAmong(side: SideStream, n: number, p: number): number {
  let k = 0
  for (let i = 0; i < n; i++) if (side.uniform() < p) k++
  return k
}

function drawColumn(n: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: n }, draw)
}

describe('intervals with a guarantee', () => {
  it('Clopper and Pearson cover a failure probability of 1 % from 500 paths', () => {
    const side = stream(1)
    const covering = countCovering(4000, () => clopperPearson(failuresAmong(side, 500, 0.01), 500, 0.95), 0.01)
    expectGuarantee(covering, 4000, 0.95)
  })

  it('order statistics cover the 99 % quantile of an exponential law from 1,000 paths, and not needlessly often', () => {
    const side = stream(2)
    const interval = () => quantileWithInterval(sortedColumn(drawColumn(1000, () => side.exponential())), 0.99, 0.9)
    const covering = countCovering(1500, interval, 4.605170185988091)
    expectGuarantee(covering, 1500, 0.9)
    // Discrete ranks at n = 1000 really cover .9296; a count above 1,460 of 1,500 would mean ranks drawn too wide.
    expect(covering).toBeLessThan(1460)
  })

  it("Student's interval covers the mean of ten normals exactly as often as stated", () => {
    const side = stream(3)
    const covering = countCovering(
      6000,
      () =>
        meanWithInterval(
          drawColumn(10, () => side.normal()),
          0.9,
        ),
      0,
    )
    expectGuarantee(covering, 6000, 0.9)
    expect(covering).toBeLessThanOrEqual(binomialQuantile(1 - FALSE_ALARM, 6000, 0.9))
  })

  it('a paired difference covers, and is narrower than the difference of two unpaired means', () => {
    const side = stream(4)
    let narrower = 0
    const interval = () => {
      const luck = drawColumn(30, () => side.normal())
      const better = luck.map((value) => value + 0.2 + 0.3 * side.normal())
      const paired = pairedDifference(luck, better, 0.95)
      const alone = meanWithInterval(better, 0.95)
      if ((paired.standardError as number) < (alone.standardError as number)) narrower++
      return paired
    }
    expectGuarantee(countCovering(3000, interval, 0.2), 3000, 0.95)
    expect(narrower).toBeGreaterThan(2990)
  })

  it('a paired difference of probabilities covers', () => {
    const side = stream(5)
    const interval = () => {
      let onlyFirst = 0
      let onlySecond = 0
      for (let i = 0; i < 400; i++) {
        const u = side.uniform()
        if (u < 0.02) onlyFirst++
        else if (u < 0.03) onlySecond++
      }
      return pairedProportionDifference(onlyFirst, onlySecond, 400, 0.9)
    }
    expectGuarantee(countCovering(3000, interval, -0.01), 3000, 0.9)
  })

  it('looking five times does not break the promise: all looks together cover', () => {
    const side = stream(6)
    const plan = geometricPlan(200, 3200, 0.9)
    const anyLook = (): Bounds => {
      const failures: number[] = []
      let drawn = 0
      let k = 0
      for (const check of plan.checks) {
        k += failuresAmong(side, check - drawn, 0.02)
        drawn = check
        failures.push(k)
      }
      return sequentialInterval(plan, failures) ?? { lower: 1, upper: 0 }
    }
    expectGuarantee(countCovering(1500, anyLook, 0.02), 1500, 0.9)
  })

  it('a certified buffer really fails in at most 1 % of years, and its two-sided interval covers', () => {
    const side = stream(7)
    let certifiedHolds = 0
    const interval = () => {
      const size = requiredLevel(
        drawColumn(1000, () => side.uniform()),
        0.01,
        0.9,
      )
      if ((size.certified as number) >= 0.99) certifiedHolds++
      return size
    }
    expectGuarantee(countCovering(2000, interval, 0.99), 2000, 0.9)
    expectGuarantee(certifiedHolds, 2000, 0.9)
  })

  it('Rinott picks the best of five policies as often as promised when the lead is the least that matters', () => {
    const side = stream(8)
    const first = 20
    const lead = 0.5
    const h = rinott(5, 0.9, first)
    let right = 0
    for (let r = 0; r < 3000; r++) {
      let best = -1
      let highest = -Infinity
      for (let policy = 0; policy < 5; policy++) {
        const start = drawColumn(first, () => side.normal() + (policy === 0 ? lead : 0))
        const { mean, standardError } = meanWithInterval(start, 0.95)
        const paths = rinottPaths(h, (standardError as number) * Math.sqrt(first), lead, first)
        const more = paths - first
        const rest = more === 0 ? 0 : more * (policy === 0 ? lead : 0) + Math.sqrt(more) * side.normal()
        const overall = (first * mean + rest) / paths
        if (overall > highest) {
          highest = overall
          best = policy
        }
      }
      if (best === 0) right++
    }
    expectGuarantee(right, 3000, 0.9)
  })
})

/**
 * No theorem stands behind these at finite numbers of paths. With these seeds 93.8 to 95.5 % of a thousand intervals cover
 * (expected shortfall of normal and lognormal losses with 50 tail paths: 94.7 and 94.0 %); the bounds below leave some four
 * standard deviations of such a count, so that a change of method shows.
 */
describe('asymptotic intervals, nominally 95 %', () => {
  const repetitions = 1000

  it('Wilson covers 1 % from 500 paths about as stated', () => {
    const side = stream(11)
    const covering = countCovering(4000, () => wilson(failuresAmong(side, 500, 0.01), 500, 0.95), 0.01)
    expect(covering / 4000).toBeGreaterThan(0.93)
    expect(covering / 4000).toBeLessThan(0.985)
  })

  it('expected shortfall of normal losses with 50 tail paths', () => {
    const side = stream(12)
    const interval = () =>
      expectedShortfallWithInterval(
        drawColumn(2000, () => side.normal()),
        0.975,
        0.95,
      )
    const covering = countCovering(repetitions, interval, 2.3378027922014093)
    expect(covering / repetitions).toBeGreaterThan(0.915)
  })

  it('expected shortfall of lognormal losses with 50 tail paths', () => {
    const side = stream(13)
    const interval = () =>
      expectedShortfallWithInterval(
        drawColumn(2000, () => exp(0.9 * side.normal())),
        0.975,
        0.95,
      )
    // ES_q = exp(s^2 / 2) P(Z < s - z_q) / (1 - q).
    const truth = (exp(0.405) * normalCdf(0.9 - 1.959963984540054)) / 0.025
    const covering = countCovering(repetitions, interval, truth)
    expect(covering / repetitions).toBeGreaterThan(0.91)
  })

  it.each([
    ['normalised', 1, 0.91],
    ['likelihoodRatios', 2, 0.92],
  ] as const)('weighted value at risk, %s, of a normal shifted by %d', (weighting, shift, least) => {
    const side = stream(14)
    const interval = () => {
      const shifted = drawColumn(1000, () => side.normal() + shift)
      const weights = shifted.map((x) => exp((shift * shift) / 2 - shift * x))
      return weightedValueAtRiskInterval(shifted, 0.99, 0.95, weights, weighting)
    }
    const covering = countCovering(repetitions, interval, 2.3263478740408408)
    expect(covering / repetitions).toBeGreaterThan(least)
  })

  it.each([
    ['normalised', 1, 0.91],
    ['likelihoodRatios', 2, 0.92],
  ] as const)('weighted expected shortfall, %s, of a normal shifted by %d', (weighting, shift, least) => {
    const side = stream(16)
    const interval = () => {
      const shifted = drawColumn(1000, () => side.normal() + shift)
      const weights = shifted.map((x) => exp((shift * shift) / 2 - shift * x))
      return expectedShortfallWithInterval(shifted, 0.99, 0.95, weights, weighting)
    }
    const covering = countCovering(repetitions, interval, 2.665214220345808)
    expect(covering / repetitions).toBeGreaterThan(least)
  })

  it('batch means of an AR(1) with coefficient .5', () => {
    const side = stream(15)
    const interval = () => {
      let x = side.normal() / Math.sqrt(0.75)
      const series = drawColumn(2000, () => {
        x = 0.5 * x + side.normal()
        return x
      })
      return batchMeans(series, 20, 0.95)
    }
    const covering = countCovering(repetitions, interval, 0)
    expect(covering / repetitions).toBeGreaterThan(0.915)
  })
})
