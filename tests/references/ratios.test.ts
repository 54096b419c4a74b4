/** Ratios of paired measurements, and products of intervals, against figures computed by hand. */
import { describe, expect, it } from 'vitest'
import { intervalOf, pairedRatio, productInterval } from '../../sim/statistics/tailVariances.ts'

describe('the ratio of paired measurements', () => {
  it('of 2, 4 and 8 is 4, from 0.7149 to 22.38: Student’s 4.302653 of two degrees times ln 2 over the root of 3', () => {
    const { value, lower, upper } = intervalOf(pairedRatio([2, 4, 8], [1, 1, 1])!, 0.95)
    expect(value).toBeCloseTo(4, 12)
    expect(lower).toBeCloseTo(0.7149242471326539, 9)
    expect(upper).toBeCloseTo(22.379993494655114, 7)
  })

  it('knows nothing of what both met: a machine that slows both three times changes neither value nor error', () => {
    const calm = pairedRatio([2, 2.2, 1.9], [1, 1.05, 1])!
    const slowed = pairedRatio([2, 6.6, 1.9], [1, 3.15, 1])!
    expect(slowed.value).toBeCloseTo(calm.value, 12)
    expect(slowed.logError).toBeCloseTo(calm.logError, 12)
  })

  it('is unknown of one pair, of lists that differ in length, and of nothing measured', () => {
    for (const [a, b] of [
      [[1], [1]],
      [
        [1, 2],
        [1, 2, 3],
      ],
      [
        [1, 2],
        [0, 2],
      ],
      [[], []],
    ]) {
      expect(pairedRatio(a, b)).toBeNull()
    }
  })
})

describe('the product of two intervals', () => {
  it('of 4 (1 to 16) and 2 (1 to 3) is 8 (1.698 to 33.91): half-widths of logarithms add in squares', () => {
    const { value, lower, upper } = productInterval({ value: 4, lower: 1, upper: 16 }, { value: 2, lower: 1, upper: 3 })
    expect(value).toBe(8)
    expect(lower).toBeCloseTo(1.6981124786446864, 12)
    expect(upper).toBeCloseTo(33.913554270297716, 11)
  })
})
