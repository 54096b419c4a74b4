/** The reserve: published figures that no hook carries. */
import { describe, expect, it } from 'vitest'
import { amortisedCost, bondEquivalentYield, forcedSaleLoss } from '../../models/reserve/bills.ts'
import {
  cirCoefficients,
  cirStep,
  shortRateMean,
  shortRateVariance,
  vasicekCoefficients,
  vasicekStep,
} from '../../models/reserve/shortRate.ts'

describe('a Treasury bill', () => {
  it('yields what the auction reports say, .127 % and .137 % (Associated Press, 2013), and .036835 at a discount of 3.6 %', () => {
    expect(bondEquivalentYield(10_000, 9996.84, 91)).toBeCloseTo(0.00127, 5)
    expect(bondEquivalentYield(10_000, 9993.18, 182)).toBeCloseTo(0.00137, 5)
    expect(bondEquivalentYield(10_000, 9909, 91)).toBeCloseTo(0.036835, 6)
  })

  it('accretes from its cost to its face in a straight line and stays there', () => {
    expect(amortisedCost(10_000, 9909, 0, 91)).toBe(9909)
    expect(amortisedCost(10_000, 9909, 45.5, 91)).toBe(9954.5)
    expect(amortisedCost(10_000, 9909, 91, 91)).toBe(10_000)
    expect(amortisedCost(10_000, 9909, 92, 91)).toBe(10_000)
  })

  it('ladder of 13 weekly rungs loses .00134247 of its face when sold after yields rise by a point', () => {
    const rungs = Array.from({ length: 13 }, (_, k) => 7 * (k + 1))
    const loss = rungs.reduce((sum, days) => sum + forcedSaleLoss(1 / 13, 0.01, days / 365, 0), 0)
    expect(rungs.reduce((sum, days) => sum + days / 13, 0)).toBeCloseTo(49, 12)
    expect(loss).toBeCloseTo(0.00134247, 8)
    expect(forcedSaleLoss(1000, 0, 0.25, 0.0003)).toBeCloseTo(0.3, 12)
  })
})

describe('the short rate', () => {
  it('of Cox, Ingersoll and Ross has mean .0384261226 and variance 8.8795980e-5 after a year', () => {
    const year = cirCoefficients(0.5, 0.036, 0.06, 1)
    expect(shortRateMean(0.04, year)).toBeCloseTo(0.0384261226, 10)
    expect(shortRateVariance(0.04, year)).toBeCloseTo(8.879598e-5, 11)
  })

  it('of Vasicek has standard deviation .0095407212 after a year', () => {
    const year = vasicekCoefficients(0.5, 0.036, 0.012, 1)
    expect(vasicekStep(0.04, year, 1) - vasicekStep(0.04, year, 0)).toBeCloseTo(0.0095407212, 10)
  })

  it('of Cox, Ingersoll and Ross keeps its mean and variance in both branches of the scheme', () => {
    const steps: [number, ReturnType<typeof cirCoefficients>][] = [
      [0.04, cirCoefficients(0.5, 0.036, 0.06, 1 / 365)],
      [0.04, cirCoefficients(0.5, 0.036, 0.06, 1)],
      [0.001, cirCoefficients(0.5, 0.01, 0.5, 1)],
    ]
    for (const [rate, step] of steps) {
      let mean = 0
      let square = 0
      // A midpoint sum: the kink at zero of the second branch holds the tolerance of the variance.
      const width = 1e-4
      for (let z = -9 + width / 2; z < 9; z += width) {
        const weight = (width * Math.exp(-z * z * 0.5)) / Math.sqrt(2 * Math.PI)
        const next = cirStep(rate, step, z)
        mean += weight * next
        square += weight * next * next
      }
      expect(mean / shortRateMean(rate, step)).toBeCloseTo(1, 6)
      expect((square - mean * mean) / shortRateVariance(rate, step)).toBeCloseTo(1, 4)
    }
  })

  it('without noise follows its mean', () => {
    const step = cirCoefficients(0.5, 0.036, 0, 0.5)
    expect(cirStep(0.04, step, 3)).toBe(shortRateMean(0.04, step))
  })
})
