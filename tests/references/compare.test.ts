/** Comparisons on the same paths, against values worked by hand and published ones. */
import { describe, expect, it } from 'vitest'
import { meanWithInterval, pairedDifference } from '../../sim/statistics/means.ts'
import { holm, pValueOf } from '../../sim/statistics/multiplicity.ts'
import { mcNemar, pairedProportionDifference } from '../../sim/statistics/pairedProportions.ts'
import { fewestTelling, smallestSeen } from '../../sim/studies/compare/detectable.ts'

const near = (got: number, wanted: number, relative: number): void =>
  expect(Math.abs(got / wanted - 1), `${got} against ${wanted}`).toBeLessThan(relative)

describe('the exact test of McNemar', () => {
  it('counts the tosses of a fair coin: 6 to 0 is 2/64, 8 to 1 is 20/512, 3 to 3 is certain', () => {
    near(mcNemar(0, 6), 2 / 64, 1e-12)
    near(mcNemar(1, 8), (2 * (1 + 9)) / 512, 1e-12)
    near(mcNemar(8, 1), (2 * (1 + 9)) / 512, 1e-12)
    expect(mcNemar(3, 3)).toBe(1)
    expect(mcNemar(0, 0)).toBe(1)
  })

  it('gives the tail of 12 or fewer of 39 tosses, summed here in whole numbers', () => {
    let sum = 0n
    let term = 1n
    for (let k = 0n; k <= 12n; k++) {
      sum += term
      term = (term * (39n - k)) / (k + 1n)
    }
    near(mcNemar(12, 27), (2 * Number(sum)) / 2 ** 39, 1e-12)
  })

  it('refuses counts that are no counts', () => {
    expect(() => mcNemar(-1, 3)).toThrow('-1')
    expect(() => mcNemar(1.5, 3)).toThrow('1.5')
  })
})

describe('the difference of two probabilities on the same paths', () => {
  it('has bounds that follow from Clopper and Pearson in closed form where every differing path falls on one side', () => {
    // 9 of 2,000 paths, all under the second policy: the share that falls there is at least (0.0125)^(1/9).
    const { difference, lower, upper } = pairedProportionDifference(0, 9, 2000, 0.95)
    expect(difference).toBe(0.0045)
    const part = 2 * 0.0125 ** (1 / 9) - 1
    // Clopper-Pearson of 9 in 2,000 at 97.5 %, from the beta quantiles of 0.0125: checked by its own equation.
    const share = lower / part
    let tail = 0
    let term = (1 - share) ** 2000
    for (let k = 0; k < 9; k++) {
      tail += term
      term *= ((2000 - k) / (k + 1)) * (share / (1 - share))
    }
    near(1 - tail, 0.0125, 1e-8)
    expect(upper).toBeGreaterThan(0.0045)
  })

  it('leaves out zero exactly where McNemar’s p-value is below half the error', () => {
    for (const [b, c] of [
      [0, 6],
      [0, 7],
      [1, 8],
      [1, 10],
      [12, 27],
      [30, 31],
      [200, 260],
    ]) {
      const { lower } = pairedProportionDifference(b, c, 1000, 0.95)
      expect(lower > 0, `${b} and ${c}`).toBe(mcNemar(b, c) < 0.025)
    }
  })

  it('needs seven paths against none at 95 %: 2/2^7 is below 0.025, 2/2^6 is not', () => {
    expect(fewestTelling(1000, 0.95)).toBe(7)
    expect(fewestTelling(5, 0.95)).toBeNull()
  })
})

describe('paired means', () => {
  it('of Student’s sleep data: 1.58 hours, 0.7001142 to 2.4598858, p 0.002833', () => {
    // Student (1908), Biometrika 6, table 1; the interval and p-value as printed by R's t.test(paired = TRUE).
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    const { mean, lower, upper } = pairedDifference(first, second, 0.95)
    near(mean, 1.58, 1e-12)
    near(lower as number, 0.7001142, 1e-6)
    near(upper as number, 2.4598858, 1e-6)
    near(
      pValueOf((confidence) => pairedDifference(first, second, confidence)),
      0.00283289,
      1e-5,
    )
  })

  it('that differ by nothing have the p-value 1', () => {
    expect(pValueOf((confidence) => meanWithInterval([-1, 1, -2, 2], confidence))).toBe(1)
  })
})

describe('Holm’s p-values', () => {
  it('are the step-down products, never falling: 0.01 0.04 0.03 0.005 become 0.03 0.06 0.06 0.02', () => {
    // Worked by hand after Holm (1979): 4 × 0.005, 3 × 0.01, 2 × 0.03, and 1 × 0.04 raised to the one before.
    const wanted = [0.03, 0.06, 0.06, 0.02]
    for (const [i, p] of holm([0.01, 0.04, 0.03, 0.005]).entries()) near(p as number, wanted[i], 1e-12)
  })

  it('count questions without a p-value as asked, and give them none', () => {
    expect(holm([null, 0.01, null])).toEqual([null, 0.03, null])
    expect(() => holm([0.1, 1.2])).toThrow('1.2')
  })
})

describe('the smallest difference that paths could have seen', () => {
  it('is (1.959964 + 0.841621)/1.959964 half-widths at 95 % and a power of 80 %', () => {
    near(smallestSeen({ lower: -1, upper: 1 }, 0.95) as number, (1.9599639845 + 0.8416212336) / 1.9599639845, 1e-9)
    expect(smallestSeen({ lower: null, upper: 1 }, 0.95)).toBeNull()
  })
})
