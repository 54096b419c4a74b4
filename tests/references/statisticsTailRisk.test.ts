/** Value at risk and expected shortfall against closed forms and against another risk engine. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { quantile } from '../../sim/statistics/orderStatistics.ts'
import { quantileStandardError } from '../../sim/statistics/quantileError.ts'
import { studentQuantile } from '../../sim/statistics/student.ts'
import {
  expectedShortfallWithInterval,
  hillTailIndex,
  tailRisk,
  weightedValueAtRiskInterval,
} from '../../sim/statistics/tailRisk.ts'
import { weightDiagnostics } from '../../sim/statistics/weights.ts'

/** The quantiles of a law at the middles of n equal shares: an ideal sample without chance. */
function evenSample(n: number, quantile: (p: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n))
}

const n = 400_000
const normal = evenSample(n, normalQuantile)

function near(got: number, wanted: number, relative: number): void {
  expect(Math.abs(got / wanted - 1), `${got} is ${wanted} within ${relative} relative`).toBeLessThanOrEqual(relative)
}

describe('closed forms, in an ideal sample of 400,000', () => {
  // The middles of n shares leave out the last half share: below 4e-5 of the shortfall at 99.9 %, less further in.
  it.each([
    [0.95, 1.6448536269514722, 2.06271281],
    [0.975, 1.959963984540054, 2.33780279],
    [0.99, 2.32634787, 2.66521422],
    [0.999, 3.090232306167813, 3.36709008],
  ])('the normal law at %d has value at risk %d and expected shortfall %d', (q, valueAtRisk, shortfall) => {
    const got = tailRisk(normal, q)
    near(got.valueAtRisk, valueAtRisk, 2e-4)
    near(got.expectedShortfall, shortfall, 1e-4)
  })

  // A t4 tail is so heavy that the missing half share is worth 4e-4 of the shortfall at 99 %.
  it.each([
    [0.975, 1.96324316, 2.82387125],
    [0.99, 2.64949191, 3.69151049],
  ])('t with four degrees of freedom, scaled to variance 1, has at %d %d and %d', (q, valueAtRisk, shortfall) => {
    near(studentQuantile(q, 4) / Math.sqrt(2), valueAtRisk, 1e-8)
    const sample = evenSample(20_000, (p) => studentQuantile(p, 4) / Math.sqrt(2))
    const got = tailRisk(sample, q)
    near(got.valueAtRisk, valueAtRisk, 2e-3)
    near(got.expectedShortfall, shortfall, 3e-3)
  })

  it.each([0.9, 0.975, 0.999])('the exponential law at %d has expected shortfall 1 - ln(1 - q)', (q) => {
    const got = tailRisk(
      evenSample(n, (p) => -log(1 - p)),
      q,
    )
    near(got.valueAtRisk, -log(1 - q), 1e-3)
    near(got.expectedShortfall, 1 - log(1 - q), 3e-4)
  })

  // sd((Z - v)+) / ((1 - q) sqrt n): Chen (2008); the sample of 400,000 stands for one of 10,000 by sqrt(40).
  it.each([
    [0.975, 0.03199253],
    [0.99, 0.04588362],
  ])('the standard error of expected shortfall at %d of 10,000 normals is %d', (q, wanted) => {
    const { standardError } = expectedShortfallWithInterval(normal, q, 0.95)
    near((standardError as number) * Math.sqrt(40), wanted, 1e-3)
  })

  // sqrt(q (1 - q) / n) / density; the beta weights of 400,000 differ from their normal limit by about 1 / (n (1 - q)).
  it.each([
    [0.99, 0.03733236, 2e-3],
    [0.999, 0.09387026, 1e-2],
  ])('the standard error of the %d quantile of 10,000 normals is %d', (q, wanted, tolerance) => {
    near(quantileStandardError(normal, q) * Math.sqrt(40), wanted, tolerance)
  })

  it('an interval holds its estimate and counts its tail', () => {
    const { value, lower, upper, tailCount, enough, heavy } = expectedShortfallWithInterval(normal, 0.999, 0.95)
    expect(tailCount).toBe(400)
    expect(enough).toBe(true)
    expect(heavy).toBe(false)
    expect(lower as number).toBeLessThan(value)
    expect(upper as number).toBeGreaterThan(value)
  })
})

describe('heavy and thin tails', () => {
  it("Hill's index of a Pareto tail is its exponent, and below two the interval is marked", () => {
    const pareto = evenSample(50_000, (p) => exp(-log(1 - p) / 1.5))
    const worstFirst = Float64Array.from(pareto).reverse()
    near(hillTailIndex(worstFirst, 2000) as number, 1.5, 3e-3)
    expect(expectedShortfallWithInterval(pareto, 0.975, 0.95).heavy).toBe(true)
  })

  it('fewer than two tail paths have a value and no interval, never a NaN', () => {
    const got = expectedShortfallWithInterval([1, 2, 3], 0.9, 0.95)
    expect(got).toMatchObject({ value: 3, standardError: null, lower: null, upper: null, enough: false, tailCount: 0 })
    expect(expectedShortfallWithInterval([5], 0.5, 0.95)).toMatchObject({ value: 5, standardError: null })
  })

  it('equal losses have that shortfall and no spread', () => {
    const got = expectedShortfallWithInterval(new Float64Array(1000).fill(0.3), 0.9, 0.95)
    expect(got).toMatchObject({ value: 0.3, standardError: 0, lower: 0.3, upper: 0.3 })
  })

  it('a rank that is whole in decimals is whole: .55 of 100 paths is rank 55, though 100 * .55 > 55 in binary', () => {
    expect(100 * 0.55).toBeGreaterThan(55)
    const losses = Float64Array.from({ length: 100 }, (_, i) => i + 1)
    expect(tailRisk(losses, 0.55)).toMatchObject({ valueAtRisk: 55, expectedShortfall: 78, tailCount: 45 })
    expect(quantile(losses, 0.07)).toBe(7)
    expect(quantile(losses, 0.57)).toBe(57)
  })
})

describe('weights', () => {
  // Shifting a normal by 2 and weighting by exp(2 - 2 x) gives back the normal law.
  const shifted = evenSample(50_000, (p) => normalQuantile(p) + 2)
  const weights = Float64Array.from(shifted, (x) => exp(2 - 2 * x))

  it('an importance sample reproduces the law it came from', () => {
    const got = tailRisk(shifted, 0.99, weights)
    near(got.valueAtRisk, 2.32634787, 2e-3)
    near(got.expectedShortfall, 2.66521422, 2e-3)
  })

  it('an interval of the weighted value at risk holds it and is null past the last path', () => {
    const { value, lower, upper } = weightedValueAtRiskInterval(shifted, 0.99, 0.95, weights)
    expect(lower as number).toBeLessThan(value)
    expect(upper as number).toBeGreaterThan(value)
    expect(weightedValueAtRiskInterval([1, 2, 3], 0.9, 0.95, [1, 1, 1])).toEqual({ value: 3, lower: null, upper: null })
    const few = Array.from({ length: 40 }, (_, i) => i)
    const bounds = weightedValueAtRiskInterval(
      few,
      0.95,
      0.95,
      few.map(() => 1),
    )
    expect(bounds.upper).toBeNull()
    expect(bounds.lower as number).toBeLessThan(37)
  })

  it('the shortfall of weighted tail paths has an interval that shrinks with the shift', () => {
    const weighted = expectedShortfallWithInterval(shifted, 0.99, 0.95, weights)
    const plain = expectedShortfallWithInterval(evenSample(50_000, normalQuantile), 0.99, 0.95)
    expect(weighted.standardError as number).toBeLessThan(0.5 * (plain.standardError as number))
    expect(weighted.tailCount).toBeGreaterThan(1000)
  })

  it('diagnostics: equal weights are worth their number, one weight is worth one path', () => {
    expect(weightDiagnostics([1, 1, 1, 1])).toMatchObject({
      effectiveSampleSize: 4,
      largestShare: 0.25,
      meanIsOne: true,
    })
    expect(weightDiagnostics([0, 0, 1e300, 0])).toMatchObject({ effectiveSampleSize: 1, largestShare: 1 })
    // E w^2 = e for a shift of 1: the effective share is 1/e; the even sample lacks .4 % of it in the far tail.
    const gentle = Float64Array.from(shifted, (x) => exp(0.5 - (x - 1)))
    near(weightDiagnostics(gentle).effectiveSampleSize / 50_000, exp(-1), 5e-3)
    expect(weightDiagnostics(weights).meanIsOne).toBe(true)
  })

  it('weights that cannot be used are refused with their index', () => {
    expect(() => tailRisk([1, 2], 0.5, [1, -1])).toThrow('-1 at index 1')
    expect(() => tailRisk([1, 2], 0.5, [0, 0])).toThrow('all are 0')
    expect(() => tailRisk([1, 2], 0.5, [1])).toThrow('2 and 1')
    expect(() => tailRisk([1, Number.NaN], 0.5)).toThrow('NaN at index 1')
    expect(() => tailRisk([], 0.5)).toThrow('at least one')
  })
})

/** The 36 worst of 715 historical scenarios of the Open Source Risk Engine (Example "HistSimVar", commit b1f2393). */
const oreWorst: readonly number[] = [
  1069145.188965, 1016501.188572, 965400.870434, 929586.683671, 916945.520777, 916424.386422, 910260.713482,
  874503.346996, 863072.257754, 860837.978625, 854304.233066, 841600.455109, 814045.671608, 810162.556667,
  803483.559298, 758924.290422, 757825.088332, 751824.008606, 734884.060071, 725675.583765, 717825.180824,
  714100.078263, 712355.675364, 710032.354099, 701917.123611, 699607.013028, 699222.064791, 695886.107742,
  669435.030066, 665809.835568, 655090.012548, 651376.740276, 640102.796473, 632387.810882, 630658.703107,
  629899.117052,
]

/**
 * The Open Source Risk Engine averages whole paths: the value at risk and everything beyond it, each counted once.
 * Recovered here from the coherent shortfall, whose value at risk has the weight left over.
 */
function wholePathShortfall(losses: ArrayLike<number>, q: number): number {
  const { valueAtRisk, expectedShortfall, tailCount } = tailRisk(losses, q)
  const tail = losses.length * (1 - q)
  return (tail * expectedShortfall + (tailCount + 1 - tail) * valueAtRisk) / (tailCount + 1)
}

describe('the Open Source Risk Engine, 715 scenarios', () => {
  // The other 679 scenarios only take up ranks; printed to 1e-6 of a unit.
  const losses = [...oreWorst, ...Array.from({ length: 679 }, () => 0)]

  it.each([
    [0.99, 874503.346996, 949845.987415],
    [0.95, 629899.117052, 777808.702398],
  ])('at %d the value at risk is %d and its whole-path shortfall %d', (q, valueAtRisk, shortfall) => {
    expect(tailRisk(losses, q).valueAtRisk).toBe(valueAtRisk)
    expect(wholePathShortfall(losses, q)).toBeCloseTo(shortfall, 5)
    expect(tailRisk(losses, q).expectedShortfall).toBeGreaterThan(shortfall)
  })

  const file = new URL('../../../shared/vectors/ore_histsim_var.json', import.meta.url)
  it.skipIf(!existsSync(file))('all cases of the full vectors agree (skipped where ../shared is absent)', () => {
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { pnl: number[]; quantiles: Record<string, number>; es: Record<string, number> }[]
    }
    expect(cases.length).toBeGreaterThan(0)
    for (const { pnl, quantiles, es } of cases) {
      const all = pnl.map((gain) => -gain)
      for (const level of Object.keys(quantiles)) {
        const q = 1 - Number(level)
        expect(-tailRisk(all, q).valueAtRisk).toBe(quantiles[level])
        expect(-wholePathShortfall(all, q)).toBeCloseTo(es[level], 5)
      }
    }
  })
})
