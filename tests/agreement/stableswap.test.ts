/** The floating-point StableSwap pool against its exact-integer twin. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { floatTrades, runExact, runFloat } from '../../bench/workloads/stableswap.ts'
import * as curve from '../../models/stableswap/curve.ts'
import * as exact from '../../models/stableswap/exact.ts'

const seeded = { seed: 20261122, numRuns: 1000 }
/** Doubles carry sixteen digits; a formula of a dozen operations leaves more than thirteen; what the integers truncate is given beside each check. */
const TOLERANCE = 1e-13
const UNIT = 10n ** 18n

/** Tokens as an integer of 1e-18 and the double nearest to it. */
const wei = (tokens: number): bigint => BigInt(Math.round(tokens * 1e6)) * 10n ** 12n
const tokens = (amount: bigint): number => Number(amount) / 1e18
const rounded = (value: number): number => tokens(wei(value))

const state = fc.record({
  x: fc.double({ min: 1e5, max: 1e9, noNaN: true }).map(rounded),
  ratio: fc.double({ min: -4, max: 4, noNaN: true }),
  amplification: fc.integer({ min: 10, max: 2000 }),
})
const balancesOf = ({ x, ratio }: { x: number; ratio: number }): [number, number] => [x, rounded(x * Math.exp(ratio))]

const poolOf = (x: number, y: number, amplification: number, fee: bigint, multiplier: bigint): exact.ExactPool => ({
  amplification: BigInt(amplification),
  fee,
  offpegMultiplier: multiplier,
  adminFeeShare: 5_000_000_000n,
  rates: [UNIT, UNIT],
  balances: [wei(x), wei(y)],
})

function expectClose(got: number, expected: number, slack: number, what: string): void {
  const difference = Math.abs(got - expected)
  expect(difference <= TOLERANCE * Math.abs(expected) + slack, `${what}: ${got} against ${expected}`).toBe(true)
}

describe('the StableSwap curve in doubles and in integers', () => {
  it('agree on the invariant, the price and the balance on the curve', () => {
    fc.assert(
      fc.property(state, (s) => {
        const [x, y] = balancesOf(s)
        const D = exact.getD([wei(x), wei(y)], BigInt(s.amplification))
        const floatD = curve.invariantD(x, y, s.amplification)
        expectClose(floatD, tokens(D), 0, 'D')
        const price = exact.getPrices([wei(x), wei(y)], BigInt(s.amplification), D)[0]!
        expectClose(1 / curve.spotPrice(x, y, floatD, s.amplification), tokens(price), 2e-18, 'price')
        expectClose(curve.solveY(x, floatD, s.amplification), y, 0, 'y')
      }),
      seeded,
    )
  })

  it('agree on a trade of any size, dust included, at a static fee', () => {
    fc.assert(
      fc.property(state, fc.double({ min: -14, max: 1, noNaN: true }), (s, logSize) => {
        const [x, y] = balancesOf(s)
        const dx = rounded(Math.max(1e-5, x * Math.exp(logSize)))
        const integer = exact.exchange(poolOf(x, y, s.amplification, 4_000_000n, 0n), 0, 1, wei(dx))
        // The integers themselves are a few 1e-18 of the balances off the curve: the slack is the contract's rounding.
        const got = curve.exchangeOut(x, y, dx, s.amplification, 4e-4, 1)
        expectClose(got, tokens(integer.out), 1e-17 * (4 + 1e-1 * (x / y + y / x)), 'out')
      }),
      seeded,
    )
  })

  it('agree on a dynamic fee to the contract’s last digit of the rate', () => {
    const result = new Float64Array(3)
    fc.assert(
      fc.property(state, fc.double({ min: -6, max: 0, noNaN: true }), (s, logSize) => {
        const [x, y] = balancesOf(s)
        const dx = rounded(x * Math.exp(logSize))
        const integer = exact.exchange(poolOf(x, y, s.amplification, 1_000_000n, 50_000_000_000n), 0, 1, wei(dx))
        curve.exchange(x, y, dx, s.amplification, 1e-4, 5, result)
        const gross = result[curve.AMOUNT]! + result[curve.FEE_IN_Y]!
        // The contract truncates the evenness (1e-10) and then the rate (1e-10) of which the fee is taken.
        expectClose(result[curve.AMOUNT]!, tokens(integer.out), 1.01e-10 * gross, 'out')
        expectClose(0.5 * result[curve.FEE_IN_Y]!, tokens(integer.adminFee), 0.51e-10 * gross, 'admin fee')
      }),
      seeded,
    )
  })

  it('agree on liquidity added and withdrawn', () => {
    const result = new Float64Array(3)
    const share = fc.double({ min: 0, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(state, share, share, fc.double({ min: 1e-4, max: 0.4, noNaN: true }), (s, a, b, c) => {
        const [x, y] = balancesOf(s)
        const [dx, dy] = [rounded(a * x), rounded(b * y + 1)]
        const supply = rounded(0.9 * (x + y))
        const pool = poolOf(x, y, s.amplification, 1_000_000n, 50_000_000_000n)
        const added = exact.addLiquidity(pool, wei(supply), [wei(dx), wei(dy)])
        curve.addLiquidity(x, y, dx, dy, supply, s.amplification, 1e-4, 5, result)
        const scale = x + y + dx + dy
        expectClose(result[curve.AMOUNT]!, tokens(added.minted), 2e-10 * scale, 'minted')
        expectClose(result[curve.FEE_IN_X]!, tokens(added.fees[0]!), 1e-10 * scale, 'fee of x')
        expectClose(result[curve.FEE_IN_Y]!, tokens(added.fees[1]!), 1e-10 * scale, 'fee of y')

        const lp = rounded(c * supply)
        const paid = exact.withdrawOne(pool, wei(supply), wei(lp), 1)
        curve.withdrawOne(x, y, lp, supply, s.amplification, 1e-4, 5, result)
        expectClose(result[curve.AMOUNT]!, tokens(paid.out), 2e-10 * scale * (1 + x / y), 'paid out')
        expectClose(result[curve.FEE_IN_Y]!, tokens(paid.fee), 2e-10 * scale * (1 + x / y), 'fee of the withdrawal')
      }),
      seeded,
    )
  })

  it('agree on liquidity without a fee to thirteen digits', () => {
    const result = new Float64Array(3)
    const share = fc.double({ min: 1e-6, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(state, share, share, (s, a, c) => {
        const [x, y] = balancesOf(s)
        const dx = rounded(a * x)
        const supply = rounded(0.9 * (x + y))
        const pool = poolOf(x, y, s.amplification, 0n, 0n)
        const added = exact.addLiquidity(pool, wei(supply), [wei(dx), 0n])
        curve.addLiquidity(x, y, dx, 0, supply, s.amplification, 0, 1, result)
        expectClose(result[curve.AMOUNT]!, tokens(added.minted), 1e-17, 'minted')
        const lp = rounded(c * supply)
        const paid = exact.withdrawOne(pool, wei(supply), wei(lp), 1)
        curve.withdrawOne(x, y, lp, supply, s.amplification, 0, 1, result)
        expectClose(result[curve.AMOUNT]!, tokens(paid.out), 1e-17 * (1 + x / y), 'paid out')
      }),
      seeded,
    )
  })
})

describe('a million exchanges from a splitmix64 stream', () => {
  it('end 200,000 in at the balances of an independent integer program, to the last digit', () => {
    expect(runExact(200_000)).toEqual([787046010127219653806118n, 1613911008744717527198790n])
  })

  it('end at the integers’ balances in doubles, within thirteen digits after a million', () => {
    const [b0, b1] = runFloat(floatTrades(1_000_000))
    expectClose(b0, tokens(1908654855825622541417669n), 0, 'coin 0')
    expectClose(b1, tokens(2092163910977508525693318n), 0, 'coin 1')
  })
})
