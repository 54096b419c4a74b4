/** Hall's transformation and tail differences against numbers made another way. */
import { describe, expect, it } from 'vitest'
import {
  pairedQuantileDifference,
  pairedShortfallDifference,
  shortfallWithInterval,
} from '../../sim/statistics/pairedTails.ts'
import { skewedMeanWithInterval } from '../../sim/statistics/skewedMean.ts'
import { tailRisk } from '../../sim/statistics/tailRisk.ts'

describe('the mean of skewed values', () => {
  it('has the ends that bisection of the cubic of Hall (1992) finds', () => {
    // five values, 90 %, Student with 4 degrees of freedom 2.1318467863266499; the cubic solved by bisection
    const { mean, standardError, lower, upper } = skewedMeanWithInterval([0.1, 0.2, 0.2, 0.4, 2.0], 0.9)
    expect(mean).toBeCloseTo(0.58, 14)
    expect(standardError).toBeCloseTo(0.35832945734337834, 12)
    expect(lower).toBeCloseTo(0.043925853681052, 10)
    expect(upper).toBeCloseTo(3.5281526905338, 10)
  })

  it('is Student’s for values that lean to no side, and turns round with them', () => {
    const even = skewedMeanWithInterval([1, 2, 3, 4, 5], 0.95)
    // 3 ± 2.7764451 × 0.7071068
    expect(even.lower).toBeCloseTo(1.0367568385, 9)
    expect(even.upper).toBeCloseTo(4.9632431615, 9)
    const values = [0, 0, 1, 7, 2]
    const [there, back] = [values, values.map((value) => -value)].map((column) => skewedMeanWithInterval(column, 0.9))
    expect(back.lower).toBeCloseTo(-there.upper, 12)
    expect(back.upper).toBeCloseTo(-there.lower, 12)
    expect(there.upper - there.mean).toBeGreaterThan(there.mean - there.lower)
  })

  it('needs two values, and has no width where all are alike', () => {
    expect(() => skewedMeanWithInterval([1], 0.9)).toThrow(/number of values: 1/)
    expect(skewedMeanWithInterval([2, 2, 2], 0.9)).toEqual({ mean: 2, standardError: 0, lower: 2, upper: 2 })
  })
})

describe('tails over pairs', () => {
  const first = Float64Array.from({ length: 400 }, (_, i) => (i * 37) % 400)

  it('a shortfall that every path moves alike has no bound, because rare others may move; it has one where the tail differs', () => {
    const shifted = first.map((value) => value + 3)
    const same = pairedShortfallDifference(first, shifted, 0.9, 0.95)
    expect([same.value, same.lower, same.upper, same.tailCount]).toEqual([3, null, null, 40])
    const stretched = pairedShortfallDifference(
      first,
      first.map((value) => 1.1 * value),
      0.9,
      0.95,
    )
    expect(stretched.value).toBeCloseTo(0.1 * tailRisk(first, 0.9).expectedShortfall, 10)
    const alone = shortfallWithInterval(first, 0.9, 0.95)
    const width = (one: typeof alone): number => (one.upper as number) - (one.lower as number)
    // the influence of every path is a tenth of what it is alone
    expect(width(stretched)).toBeCloseTo(0.1 * width(alone), 10)
  })

  it('no path moved bounds nothing, nor do fewer than 10 tail paths', () => {
    const draw = () => 0
    expect(pairedShortfallDifference(first, first, 0.9, 0.95)).toMatchObject({
      value: 0,
      lower: null,
      upper: null,
      telling: 0,
    })
    // none of 400 moved: up to 0.9 % of all may, and with them the rank of the quantile
    const unmoved = pairedQuantileDifference(first, first, 0.9, 0.95, draw, 400)
    expect(unmoved.value).toBe(0)
    expect(unmoved.lower).toBeLessThan(0)
    expect(unmoved.lower).toBeGreaterThan(-20)
    expect(unmoved.upper).toBe(0 - (unmoved.lower as number))
    expect(shortfallWithInterval(first, 0.99, 0.95)).toMatchObject({ lower: null, upper: null, tailCount: 4 })
    const moved = first.map((value) => 2 * value)
    expect(pairedQuantileDifference(first, moved, 0.99, 0.95, draw, 400)).toMatchObject({ lower: null, upper: null })
  })

  it('a quantile that is doubled on every resample has the interval of one column alone', () => {
    let state = 7
    const draw = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 4294967296) * n)
    }
    const { value, lower, upper } = pairedQuantileDifference(
      first,
      first.map((v) => 2 * v),
      0.5,
      0.9,
      draw,
      2000,
    )
    expect(value).toBe(199)
    // order statistics of 400 values: ranks 200 -+ 1.645 × 10, give or take the noise of 2,000 resamples
    expect(Math.abs((lower as number) - 182.5)).toBeLessThan(3)
    expect(Math.abs((upper as number) - 215.5)).toBeLessThan(3)
  })

  it('too few resamples and columns of unequal length are refused', () => {
    expect(() => pairedQuantileDifference(first, first, 0.9, 0.95, () => 0, 100)).toThrow(/number of resamples: 100/)
    expect(() => pairedShortfallDifference(first, first.subarray(1), 0.9, 0.95)).toThrow(/unequal columns/)
  })
})
