/** Venues: published figures that no hook carries, and the limits of each formula. */
import { describe, expect, it } from 'vitest'
import { borrowRate, END_RATE_AT_TARGET, kinkedRate, MORPHO_CURVE } from '../../models/lending/adaptiveRate.ts'
import { taylorCompounded, WAD, wExp, YEAR_SECONDS } from '../../models/lending/exact.ts'
import {
  BAD_DEBT,
  badDebtGap,
  deleveringRepayment,
  healthFactor,
  isLiquidatable,
  liquidate,
  liquidationIncentive,
  liquidationPays,
  REPAID,
  SEIZED,
  spiralAmplification,
} from '../../models/lending/liquidation.ts'
import * as loops from '../../models/lending/loops.ts'
import { fundingPayment, fundingRate, premiumIndex } from '../../models/perpetual/funding.ts'
import {
  hedgedVarianceShare,
  isMarginCalled,
  liquidationPrice,
  minimumVarianceHedge,
} from '../../models/perpetual/margin.ts'
import * as curve from '../../models/stableswap/curve.ts'
import * as market from '../../models/yieldMarket/market.ts'
import { log } from '../../sim/kernel/maths/elementary.ts'

/** x on the curve of invariant 2 at which the price of x in y is p. */
function balanceAtPrice(price: number, amplification: number): number {
  let low = 1
  let high = 2.5
  for (let turn = 0; turn < 80; turn++) {
    const x = 0.5 * (low + high)
    if (curve.spotPrice(x, curve.solveY(x, 2, amplification), 2, amplification) > price) low = x
    else high = x
  }
  return low
}

describe('the depth of a balanced StableSwap pool', () => {
  const prices = [0.999, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8]
  /** Sale as a share of one side until the price, and the average price of it; five digits, computed independently. */
  const depth: Record<number, [number, number][]> = {
    100: [
      [0.05029, 0.9995],
      [0.22828, 0.99762],
      [0.37737, 0.99568],
      [0.53514, 0.99272],
      [0.70847, 0.98667],
      [0.80822, 0.97953],
      [0.8895, 0.96833],
    ],
    200: [
      [0.09865, 0.9995],
      [0.37443, 0.99784],
      [0.52998, 0.99637],
      [0.6625, 0.99425],
      [0.7928, 0.98996],
      [0.86476, 0.98488],
      [0.92269, 0.97685],
    ],
    500: [
      [0.22587, 0.99953],
      [0.57228, 0.99831],
      [0.69295, 0.99737],
      [0.78392, 0.99603],
      [0.86883, 0.99331],
      [0.91481, 0.99007],
      [0.95161, 0.98493],
    ],
  }
  for (const [amplification, rows] of Object.entries(depth)) {
    it(`sells what an independent computation sells until each price, at A = ${amplification}`, () => {
      rows.forEach(([sale, average], row) => {
        const x = balanceAtPrice(prices[row]!, Number(amplification))
        const dx = x - 1
        // Half a unit of the fifth digit, and the error of the published root.
        expect(Math.abs(dx - sale)).toBeLessThan(5.1e-6)
        expect(Math.abs(curve.grossOut(1, 1, dx, 2, Number(amplification)) / dx - average)).toBeLessThan(5.1e-6)
      })
    })
  }

  it('costs its providers what an independent computation says, against holding', () => {
    const losses: [number, number, number][] = [
      [200, 0.99, -0.001696],
      [200, 0.95, -0.016245],
      [200, 0.9, -0.03863],
      [200, 0.8, -0.090656],
      [200, 0.5, -0.301635],
      [500, 0.9, -0.043369],
    ]
    for (const [amplification, price, loss] of losses) {
      const x = balanceAtPrice(price, amplification)
      const value = x * price + curve.solveY(x, 2, amplification)
      expect(value / (price + 1) - 1).toBeCloseTo(loss, 6)
    }
  })

  it('is a constant sum for a great amplification and a constant product for a small one', () => {
    expect(curve.exchangeOut(1e6, 1e6, 5e5, 1e12, 0, 1)).toBeCloseTo(5e5, 2)
    // At leverage 2A → 0 the invariant is D³ = 4xyD.
    const D = curve.invariantD(1e6, 4e6, 1e-9)
    expect(Math.abs(D / (2 * Math.sqrt(4e12)) - 1)).toBeLessThan(1e-8)
  })

  it('pays nothing from a pool that lacks a coin, and no number that is none', () => {
    expect(curve.exchangeOut(0, 1e6, 10, 200, 1e-4, 5)).toBe(0)
    expect(curve.exchangeOut(1e6, 0, 10, 200, 1e-4, 5)).toBe(0)
    expect(curve.invariantD(0, 0, 200)).toBe(0)
    expect(curve.exchangeOut(1e6, 1, 1e9, 200, 1e-4, 5)).toBeLessThan(1)
  })
})

describe('lending', () => {
  it('takes the contract’s exponential and compounding to the last digit', () => {
    expect(wExp(WAD)).toBe(2707864291678420188n)
    expect(wExp((3n * WAD) / 10n)).toBe(1345000000000000000n)
    expect(wExp((-3n * WAD) / 10n)).toBe(745000000000000000n)
    expect(taylorCompounded(WAD / 10n / YEAR_SECONDS, YEAR_SECONDS)).toBe(105166666653548106n)
  })

  it('doubles or halves the rate at target in the published number of days', () => {
    const result = new Float64Array(2)
    const afterDays = (utilisation: number, days: number) => {
      let rate = 0.04
      // Step by step, for the contract's exponential is 0.5 % off in one great step.
      for (let step = 0; step < 1000; step++) {
        borrowRate(utilisation, rate, days / 365 / 1000, MORPHO_CURVE, result)
        rate = result[END_RATE_AT_TARGET]!
      }
      return rate / 0.04
    }
    expect(afterDays(1, 5.06)).toBeCloseTo(2, 4)
    expect(afterDays(0.95, 10.1199)).toBeCloseTo(2, 4)
    expect(afterDays(0, 5.06)).toBeCloseTo(0.5, 4)
  })

  it('has the two-slope rates of an Aave-like market', () => {
    const rate = (utilisation: number) => kinkedRate(utilisation, 0.92, 0.055, 0.35)
    expect(rate(0.5)).toBeCloseTo(0.0298913, 7)
    expect(rate(0.92)).toBeCloseTo(0.055, 12)
    expect(rate(0.95)).toBeCloseTo(0.18625, 12)
    expect(rate(1)).toBeCloseTo(0.405, 12)
  })

  it('has the published incentives, leverages and gaps of every tier', () => {
    const tiers: [number, number, number, number][] = [
      [0.385, 1.15, 1.626, 0.55725],
      [0.625, 1.126761, 2.667, 0.295775],
      [0.77, 1.074114, 4.348, 0.172932],
      [0.86, 1.043841, 7.143, 0.102296],
      [0.915, 1.026167, 11.765, 0.061057],
      [0.945, 1.016777, 18.182, 0.039146],
      [0.965, 1.010611, 28.571, 0.02476],
      [0.98, 1.006036, 50, 0.014085],
    ]
    for (const [tier, incentive, leverage, gap] of tiers) {
      expect(liquidationIncentive(tier)).toBeCloseTo(incentive, 6)
      expect(loops.maximumLeverage(tier)).toBeCloseTo(leverage, 3)
      expect(badDebtGap(tier)).toBeCloseTo(gap, 6)
    }
  })

  it('calls a health of exactly one healthy', () => {
    expect(healthFactor(100, 1, 0.86, 86)).toBe(1)
    expect(isLiquidatable(100, 1, 0.86, 86)).toBe(false)
    expect(isLiquidatable(100, 1, 0.86, 86.000001)).toBe(true)
    expect(healthFactor(100, 1, 0.86, 0)).toBe(Infinity)
  })

  it('leaves bad debt only when the collateral is gone', () => {
    const result = new Float64Array(3)
    liquidate(100, 0.95, 86, 1.04, Infinity, result)
    expect([...result]).toEqual([86, (86 * 1.04) / 0.95, 0])
    liquidate(100, 0.8, 86, 1.04, Infinity, result)
    expect(result[REPAID]).toBeCloseTo(80 / 1.04, 12)
    expect(result[SEIZED]).toBe(100)
    expect(result[BAD_DEBT]).toBeCloseTo(86 - 80 / 1.04, 12)
    liquidate(100, 0, 86, 1.04, Infinity, result)
    expect([...result]).toEqual([0, 100, 86])
  })

  it('repays 46.071775 to bring 86 against 100 at .98 down to 80 %, and reaches the target by it', () => {
    const repaid = deleveringRepayment(86, 100, 0.98, 0.8, 1.0438)
    expect(repaid).toBeCloseTo(46.071775, 6)
    const collateral = 100 - (repaid * 1.0438) / 0.98
    expect((86 - repaid) / (collateral * 0.98)).toBeCloseTo(0.8, 12)
    expect(deleveringRepayment(70, 100, 0.98, 0.8, 1.0438)).toBe(0)
    expect(deleveringRepayment(99, 100, 0.98, 0.97, 1.0438)).toBe(Infinity)
  })

  it('amplifies a fall of 1 % to 2.5 % at a feedback of .6, and without end from 1', () => {
    expect(spiralAmplification(0.6) * -0.01).toBeCloseTo(-0.025, 12)
    expect(spiralAmplification(1)).toBe(Infinity)
  })

  it('pays a liquidator only above slippage and cost', () => {
    expect(liquidationPays(1.0438, 0.03, 0.005)).toBe(true)
    expect(liquidationPays(1.0438, 0.05, 0.005)).toBe(false)
  })
})

describe('leverage loops', () => {
  it('sum the rounds of borrowing', () => {
    expect(loops.leverageAfterLoops(0.8, 0)).toBeCloseTo(1, 12)
    expect(loops.leverageAfterLoops(0.8, 3)).toBeCloseTo(1 + 0.8 + 0.64 + 0.512, 12)
    expect(loops.leverageAfterLoops(0.8, 400)).toBeCloseTo(5, 9)
  })

  it('stand as near to liquidation as the table of a 40 % target says', () => {
    // Health at liquidation loan-to-values of 86 % and 91.5 %, three digits, computed independently.
    const rows: [number, number, number, number][] = [
      [0.1, 0.04, 1.032, 1.098],
      [0.1, 0.06, 0.975, 1.037],
      [0.12, 0.06, 1.044, 1.111],
      [0.15, 0.06, 1.17, 1.244],
      [0.15, 0.08, 1.101, 1.171],
      [0.2, 0.08, 1.376, 1.464],
    ]
    for (const [asset, borrow, at86, at915] of rows) {
      const loanToValue = loops.loanToValueOf(loops.requiredLeverage(0.4, asset, borrow))
      expect(healthFactor(1, 1, 0.86, loanToValue)).toBeCloseTo(at86, 3)
      expect(healthFactor(1, 1, 0.915, loanToValue)).toBeCloseTo(at915, 3)
      expect(loops.liquidationDrop(loanToValue, 0.915)).toBeCloseTo(1 - 1 / healthFactor(1, 1, 0.915, loanToValue), 12)
    }
  })

  it('earn nothing at 19.2 % for 15 % and leverage 4.571, and lose leverage times the discount on the way out', () => {
    expect(loops.breakEvenBorrowRate(32 / 7, 0.15)).toBeCloseTo(0.192, 12)
    expect(loops.exitLoss(5, 0.02)).toBeCloseTo(0.1, 12)
  })

  it('refuse a target that no loop reaches', () => {
    expect(() => loops.requiredLeverage(0.4, 0.05, 0.06)).toThrow('borrowRate')
    expect(() => loops.requiredLeverage(0.04, 0.05, 0.03)).toThrow('needs no loop')
  })
})

describe('the principal-token market', () => {
  it('discounts linearly as the published oracle', () => {
    expect(market.linearDiscountPrice(0.12, 180 / 365)).toBeCloseTo(0.940821917808219, 14)
    expect(market.linearDiscountPrice(0.15, 90 / 365)).toBeCloseTo(0.963013698630137, 14)
  })

  it('brings PT to 1 and YT to 0 at expiry, and PT down 4.81 % for ten points at 180 days', () => {
    expect(market.ptPrice(2, 0)).toBe(1)
    expect(market.ytPrice(2, 0)).toBe(0)
    expect(market.ptPriceChange(0.1, 180 / 365)).toBeCloseTo(-0.0481, 4)
  })

  it('refuses to trade beyond 96 % of PT, below a rate of 1, past what it holds and after expiry', () => {
    const result = new Float64Array(market.TRADE_RESULTS)
    const sell = (netPt: number, years = 0.5) =>
      market.trade(1e6, 1e6, log(1.12), netPt, 1.05, 75, years, log(1.001), 0.8, result)
    expect(() => sell(-5e7)).toThrow('at most 0.96')
    expect(() => sell(999_999.999)).toThrow('exchange rate')
    expect(() => sell(1e6)).toThrow('below the pool')
    expect(() => sell(-10, 0)).toThrow('expiry')
  })
})

describe('perpetual futures', () => {
  it('pay funding from longs to shorts and nothing else', () => {
    const rate = fundingRate(0.001)
    expect(fundingPayment(1000, rate, 1) + fundingPayment(-1000, rate, 1)).toBe(0)
    expect(fundingPayment(-1000, rate, 8)).toBeCloseTo(0.5, 12)
    expect(fundingRate(0.05, 0.01)).toBe(0.01)
  })

  it('measure the premium from whichever side of the book has left the index', () => {
    expect(premiumIndex(100, 100.1, 100.3)).toBeCloseTo(0.001, 12)
    expect(premiumIndex(100, 99.5, 99.8)).toBeCloseTo(-0.002, 12)
    expect(premiumIndex(100, 99.9, 100.1)).toBe(0)
  })

  it('are called at the liquidation price and not before', () => {
    for (const [side, units] of [
      ['long', 50],
      ['short', -50],
    ] as const) {
      const price = liquidationPrice(2, 0.1, 0.05, side)
      const margin = 0.1 * 50 * 2
      const worse = side === 'long' ? 0.9999 : 1.0001
      expect(isMarginCalled(margin, units, 2, price * worse, 0.05)).toBe(true)
      expect(isMarginCalled(margin, units, 2, price / worse, 0.05)).toBe(false)
    }
  })

  it('leave 1 − ρ² of the variance to the best hedge', () => {
    const [spot, future, rho] = [0.3, 0.5, 0.8]
    const units = minimumVarianceHedge(rho * spot * future, future * future)
    const left = spot * spot + units * units * future * future - 2 * units * rho * spot * future
    expect(left / (spot * spot)).toBeCloseTo(hedgedVarianceShare(rho), 12)
  })
})
