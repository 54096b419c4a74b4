/** What must hold of every venue, whatever the state. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as arbitrage from '../../models/stableswap/arbitrage.ts'
import * as curve from '../../models/stableswap/curve.ts'
import { addLiquidity, type ExactPool, exchange, getD, withdrawOne } from '../../models/stableswap/exact.ts'
import * as market from '../../models/yieldMarket/market.ts'
import { log } from '../../sim/kernel/maths/elementary.ts'

const seeded = { seed: 20261122, numRuns: 500 }
const UNIT = 10n ** 18n

const pool = fc.record({
  x: fc.double({ min: 1e5, max: 1e8, noNaN: true }),
  tilt: fc.double({ min: -3, max: 3, noNaN: true }),
  amplification: fc.integer({ min: 10, max: 1000 }),
  fee: fc.constantFrom(0, 1e-4, 4e-4),
  multiplier: fc.constantFrom(1, 2, 5, 20),
})
const limit = fc.constantFrom(Infinity, 1e3, 1e5, 1e6, 1e7)

describe('an exact StableSwap pool', () => {
  it('never loses invariant to a trade, a deposit or a withdrawal, and nobody gains by going there and back', () => {
    const amount = fc.bigInt({ min: UNIT, max: 10n ** 26n })
    const coins = fc.array(fc.bigInt({ min: 10n ** 22n, max: 10n ** 26n }), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(coins, amount, fc.nat(3), fc.nat(2), (balances, dx, from, hop) => {
        const n = balances.length
        const [i, j] = [from % n, (from + 1 + (hop % (n - 1))) % n]
        const state: ExactPool = {
          amplification: 200n,
          fee: 1_000_000n,
          offpegMultiplier: 50_000_000_000n,
          adminFeeShare: 5_000_000_000n,
          rates: balances.map(() => UNIT),
          balances,
        }
        const before = getD(balances, 200n)
        const there = exchange(state, i, j, dx)
        expect(getD(there.balances, 200n) >= before).toBe(true)
        expect(exchange({ ...state, balances: there.balances }, j, i, there.out).out <= dx).toBe(true)

        const amounts = balances.map((_, coin) => (coin === i ? dx : 0n))
        const added = addLiquidity(state, before, amounts)
        const paid = withdrawOne({ ...state, balances: added.balances }, before + added.minted, added.minted, i)
        expect(paid.out <= dx).toBe(true)
      }),
      seeded,
    )
  })
})

describe('the floating-point pool', () => {
  it('scales with the size of its balances and trades', () => {
    fc.assert(
      fc.property(pool, fc.double({ min: 1e-6, max: 2, noNaN: true }), (p, share) => {
        const y = p.x * Math.exp(p.tilt)
        const out = curve.exchangeOut(p.x, y, share * p.x, p.amplification, p.fee, p.multiplier)
        const scaled = curve.exchangeOut(10 * p.x, 10 * y, 10 * share * p.x, p.amplification, p.fee, p.multiplier)
        expect(Math.abs(scaled / (10 * out) - 1)).toBeLessThan(1e-13)
      }),
      seeded,
    )
  })

  it('pays a provider who leaves in proportion exactly the share', () => {
    const result = new Float64Array(3)
    curve.withdrawBalanced(300, 500, 10, 100, result)
    expect([result[0], result[1]]).toEqual([30, 50])
  })
})

describe('arbitrage against par', () => {
  const result = new Float64Array(4)

  it('earns at least what any other size within the limits would', () => {
    fc.assert(
      fc.property(pool, fc.double({ min: 0.9, max: 1.1, noNaN: true }), limit, limit, (p, value, budget, capacity) => {
        const y = p.x * Math.exp(p.tilt)
        const { amplification: A, fee, multiplier } = p
        arbitrage.bestTrade(p.x, y, A, fee, multiplier, value, 1, 0, budget, capacity, result)
        const [size, out, profit] = [result[arbitrage.SIZE]!, result[arbitrage.OUT]!, result[arbitrage.PROFIT]!]
        expect(size).toBeLessThanOrEqual(budget)
        expect(out).toBeLessThanOrEqual(capacity * (1 + 1e-12))
        // Profits are differences of amounts of this size, so they are known to its last digits.
        const rounding = 1e-12 * (size + p.x + y)
        for (const factor of [1e-3, 0.5, 0.9, 0.99, 1.01, 1.1, 2, 30]) {
          const other = Math.min(budget, size > 0 ? size * factor : factor * 100)
          const otherOut = curve.exchangeOut(p.x, y, other, A, fee, multiplier)
          if (otherOut > capacity) continue
          expect(value * otherOut - other <= profit + rounding, `${other} beats ${size}`).toBe(true)
        }
      }),
      seeded,
    )
  })

  it('knows the slope of what the pool pays, the fee’s own movement included', () => {
    fc.assert(
      fc.property(pool, fc.double({ min: 1e-3, max: 1, noNaN: true }), (p, share) => {
        const y = p.x * Math.exp(p.tilt)
        const { amplification: A, fee, multiplier } = p
        const D = curve.invariantD(p.x, y, A)
        const dx = share * p.x
        const step = 1e-4 * dx
        const out = (size: number) => curve.exchangeOutAt(p.x, y, size, D, A, fee, multiplier)
        const difference = (out(dx + step) - out(dx - step)) / (2 * step)
        const slope = arbitrage.marginalOut(p.x, y, dx, D, A, fee, multiplier)
        // The central difference is off by the square of the step and by rounding over the step.
        expect(Math.abs(slope - difference)).toBeLessThan(1e-6 * slope + 1e-9)
      }),
      seeded,
    )
  })

  it('reports what the pool pays, and a profit that adds up', () => {
    fc.assert(
      fc.property(pool, limit, (p, capacity) => {
        const y = p.x * Math.exp(p.tilt)
        arbitrage.redemptionArbitrage(
          y,
          p.x,
          p.amplification,
          p.fee,
          p.multiplier,
          0.999,
          1,
          5,
          Infinity,
          capacity,
          result,
        )
        const [usdc, aid, profit] = [result[arbitrage.SIZE]!, result[arbitrage.OUT]!, result[arbitrage.PROFIT]!]
        if (usdc === 0) expect([aid, profit]).toEqual([0, 0])
        else {
          expect(aid).toBe(curve.exchangeOut(p.x, y, usdc, p.amplification, p.fee, p.multiplier))
          expect(profit).toBeCloseTo(0.999 * aid - usdc - 5, 6)
          expect(profit).toBeGreaterThan(0)
        }
      }),
      seeded,
    )
  })

  it('leaves the price within the fees of par when nothing limits it (no gas)', () => {
    fc.assert(
      fc.property(pool, (p) => {
        let aid = p.x
        let usdc = p.x * Math.exp(p.tilt)
        const { amplification: A, fee, multiplier } = p
        arbitrage.redemptionArbitrage(aid, usdc, A, fee, multiplier, 1, 1, 0, Infinity, Infinity, result)
        usdc += result[arbitrage.SIZE]!
        aid -= result[arbitrage.OUT]!
        arbitrage.mintArbitrage(aid, usdc, A, fee, multiplier, 1, 1, 0, Infinity, result)
        aid += result[arbitrage.SIZE]!
        usdc -= result[arbitrage.OUT]!
        const price = curve.spotPrice(aid, usdc, curve.invariantD(aid, usdc, A), A)
        // The fee that stops it is the average over the trade, at most the multiplier times the base fee, and moves with the size.
        expect(Math.abs(price - 1)).toBeLessThan(2 * fee * multiplier + 1e-9)
      }),
      seeded,
    )
  })

  it('sees a USDC off its own par: redeemed in USDC nothing changes, redeemed in dollars it pays to buy AID', () => {
    const trade = (value: number, cost: number) => {
      arbitrage.redemptionArbitrage(1e7, 1e7, 200, 1e-4, 5, value, cost, 0, Infinity, Infinity, result)
      return result[arbitrage.SIZE]!
    }
    expect(trade(0.88 * 0.999, 0.88)).toBe(0)
    expect(trade(0.999, 0.88)).toBeGreaterThan(1e6)
  })

  it('stays at home when the gas costs more than the trade earns', () => {
    arbitrage.redemptionArbitrage(1.2e7, 8e6, 200, 1e-4, 5, 0.999, 1, 0, Infinity, Infinity, result)
    const profit = result[arbitrage.PROFIT]!
    expect(profit).toBeGreaterThan(0)
    arbitrage.redemptionArbitrage(1.2e7, 8e6, 200, 1e-4, 5, 0.999, 1, profit + 1, Infinity, Infinity, result)
    expect([...result]).toEqual([0, 0, 0, 0])
  })
})

describe('the principal-token market', () => {
  it('never lets a trader gain by buying and selling back at the same moment', () => {
    const result = new Float64Array(market.TRADE_RESULTS)
    const share = fc.double({ min: 1e-4, max: 0.4, noNaN: true })
    const years = fc.double({ min: 0.02, max: 2, noNaN: true })
    const apy = fc.double({ min: 0.05, max: 0.3, noNaN: true })
    fc.assert(
      fc.property(share, years, apy, fc.boolean(), (part, tenor, yearly, buysFirst) => {
        const pt = (buysFirst ? 1 : -1) * part * 1e6
        const rate = market.lnRateOfYield(yearly)
        try {
          market.trade(1e6, 1e6, rate, pt, 1.05, 75, tenor, log(1.001), 0.8, result)
        } catch {
          return fc.pre(false)
        }
        const first = result[market.SY_TO_TRADER]!
        const [totalPt, totalSy, implied] = [
          result[market.TOTAL_PT]!,
          result[market.TOTAL_SY]!,
          result[market.LN_IMPLIED_RATE]!,
        ]
        market.trade(totalPt, totalSy, implied, -pt, 1.05, 75, tenor, log(1.001), 0.8, result)
        expect(first + result[market.SY_TO_TRADER]!).toBeLessThan(0)
      }),
      seeded,
    )
  })
})
