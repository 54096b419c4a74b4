/** Runs, herding and rumour: published figures that no hook carries, and limits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimalDepositContract, runTippingPoint } from '../../models/holders/diamondDybvig.ts'
import { cascadeSize, criticalSpread, runningShare } from '../../models/holders/granovetter.ts'
import { heXiong } from '../../models/holders/heXiong.ts'
import { morrisShin } from '../../models/holders/morrisShin.ts'
import { rumourPeak, rumourSize } from '../../models/holders/rumour.ts'
import { runThreshold } from '../../models/holders/runThreshold.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'

const seeded = { seed: 20261122, numRuns: 300 }
const credit = { rho: 0.015, r: 0.07, phi: 0.077, alpha: 0.55, mu: 0.015, sigma: 0.2, theta: 5, delta: 10 }

describe('the bank of Diamond and Dybvig', () => {
  it('pays 1.281509 early and 1.812327 late for a quarter of impatient and a return of 2 (Diamond 2007: 1.28, 1.813)', () => {
    const { early, late } = optimalDepositContract(0.25, 2)
    expect(early).toBeCloseTo(1.281509, 6)
    expect(late).toBeCloseTo(1.812327, 6)
  })

  it('tips into a run at a share of .560660, and at .5625 for the rounded contract (Diamond 2007)', () => {
    expect(runTippingPoint(optimalDepositContract(0.25, 2).early, 2)).toBeCloseTo(0.56066, 6)
    expect(runTippingPoint(1.28, 2)).toBeCloseTo(0.5625, 12)
  })
})

describe('thresholds of a crowd', () => {
  const uniform = Array.from({ length: 100 }, (_, i) => i)

  it('let all 100 run when they are 0 to 99, and one alone when the 1 becomes a 2 (Granovetter 1978)', () => {
    expect(cascadeSize(uniform)).toBe(100)
    expect(cascadeSize(uniform.map((threshold) => (threshold === 1 ? 2 : threshold)))).toBe(1)
    expect(cascadeSize([...uniform].reverse())).toBe(100)
    expect(cascadeSize([])).toBe(0)
    expect(cascadeSize([1, 1, 1])).toBe(0)
    expect(cascadeSize([0, 0, 0])).toBe(3)
  })

  it('make the share leap at the critical spread .122221 of a mean of .25, and nowhere just beside it', () => {
    const critical = criticalSpread(0.25)!
    expect(critical).toBeCloseTo(0.122221, 6)
    expect(runningShare(0.25, critical * (1 - 1e-9))).toBeLessThan(0.08)
    expect(runningShare(0.25, critical * (1 + 1e-9))).toBeGreaterThan(0.99)
  })

  it('bring the crowd to the lowest point at which as many run as want to', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.03, max: 2, noNaN: true }),
        (mean, sd) => {
          const share = runningShare(mean, sd)
          // The root is known to 1e-14 in z; times the density and 1/sd that stays below 1e-11.
          expect(Math.abs(normalCdf((share - mean) / sd) - share)).toBeLessThan(1e-11)
          for (let below = 1; below < 50; below++) {
            const tried = (share * below) / 50
            expect(normalCdf((tried - mean) / sd)).toBeGreaterThan(tried)
          }
        },
      ),
      seeded,
    )
  })
})

describe('a rumour', () => {
  it('has .1534264097 of the holders spreading it at its height when each convinces two', () => {
    expect(rumourPeak(2)).toBeCloseTo(0.1534264097, 10)
    expect(rumourPeak(1)).toBe(0)
  })

  it('reaches a share that solves z = 1 - exp(-R0 z), more for a larger R0', () => {
    let last = 0
    for (let reproduction = 1.001; reproduction < 30; reproduction *= 1.1) {
      const share = rumourSize(reproduction)
      expect(share).toBeGreaterThan(last)
      expect(Math.abs(1 - Math.exp(-reproduction * share) - share)).toBeLessThan(1e-14)
      last = share
    }
  })
})

describe('the threshold of a fund run', () => {
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

  it('leaves the marginal holder indifferent over every share of leavers equally likely', () => {
    fc.assert(
      fc.property(share, share, share, (liquid, fireSale, generosity) => {
        const reserve = liquid + fireSale * (1 - liquid)
        const payout = reserve + (1 - reserve) * generosity
        const threshold = runThreshold(liquid, fireSale, payout)
        const panels = 4000
        let gain = 0
        for (let k = 0; k < panels; k++) gain += stayLessLeave((k + 0.5) / panels, liquid, fireSale, payout, threshold)
        // The midpoint rule meets a jump and an integrable peak where nearly all leave: an error of about
        // threshold / panels times a logarithm.
        expect(Math.abs(gain / panels)).toBeLessThan(2e-2 * Math.max(1, threshold))
      }),
      seeded,
    )
  })

  it('falls with the sale price and with a lower payout, towards 1 as the book becomes liquid', () => {
    expect(runThreshold(0.3, 0.7)).toBeLessThan(runThreshold(0.3, 0.6))
    expect(runThreshold(0.3, 0.6, 0.95)).toBeLessThan(runThreshold(0.3, 0.6))
    expect(Math.abs(runThreshold(1 - 1e-9, 0.6) - 1)).toBeLessThan(0.05)
    expect(runThreshold(0.3, 1 - 1e-12)).toBeCloseTo(1, 9)
  })

  it('refuses shares and prices that are none', () => {
    expect(() => runThreshold(1.1, 0.5)).toThrow(/share of 0 to 1/)
    expect(() => runThreshold(0.1, 0)).toThrow(/above 0/)
    expect(() => runThreshold(0.1, 0.5, 1.5)).toThrow(/at most 1/)
  })

  function stayLessLeave(
    leaving: number,
    liquid: number,
    fireSale: number,
    payout: number,
    fundamental: number,
  ): number {
    const owed = leaving * payout
    const reserve = liquid + fireSale * (1 - liquid)
    if (owed > reserve) return -reserve / leaving
    const cashLeft = Math.max(liquid - owed, 0)
    const illiquidLeft = 1 - liquid - Math.max(owed - liquid, 0) / fireSale
    return (cashLeft + illiquidLeft * fundamental) / (1 - leaving) - payout
  }
})

describe('the threshold under noisy news', () => {
  it('tends to 1 - t when private signals are precise, and refuses news that admits several', () => {
    expect(morrisShin(0.6, 1, 1e24, 0.3)).toBeCloseTo(0.7, 10)
    expect(() => morrisShin(0.6, 10, 1, 0.3)).toThrow(/several thresholds/)
  })
})

describe('the threshold of a rollover run', () => {
  it('rises with more fragile credit lines, shorter claims and poorer forced sales', () => {
    const base = heXiong(credit)
    expect(heXiong({ ...credit, theta: 6 })).toBeGreaterThan(base)
    expect(heXiong({ ...credit, delta: 12 })).toBeGreaterThan(base)
    expect(heXiong({ ...credit, alpha: 0.5 })).toBeGreaterThan(base)
  })

  it('stays finite and steady for very small and very large volatility', () => {
    for (const sigma of [0.003, 0.01, 1, 3]) {
      const threshold = heXiong({ ...credit, sigma })
      expect(threshold).toBeGreaterThan(0)
      // Neighbours in volatility have neighbouring thresholds, so no piece lost its digits.
      expect(Math.abs(heXiong({ ...credit, sigma: sigma * 1.0001 }) / threshold - 1)).toBeLessThan(1e-3)
    }
  })

  it('refuses an interest at which creditors always run, or never do, and growth that has no value', () => {
    expect(() => heXiong({ ...credit, r: 0.01 })).toThrow(/run at any fundamental/)
    expect(() => heXiong({ ...credit, r: 0.2, alpha: 0.9 })).toThrow(/never run/)
    expect(() => heXiong({ ...credit, mu: 0.1 })).toThrow(/below rho \+ phi/)
  })
})
