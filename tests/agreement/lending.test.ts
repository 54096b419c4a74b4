/** The adaptive borrow rate and the liquidation incentive in doubles against their exact-integer twins. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AVERAGE_RATE,
  accruedInterest,
  borrowRate,
  contractExponential,
  END_RATE_AT_TARGET,
  MORPHO_CURVE,
} from '../../models/lending/adaptiveRate.ts'
import * as exact from '../../models/lending/exact.ts'
import { liquidationIncentive } from '../../models/lending/liquidation.ts'

const seeded = { seed: 20261122, numRuns: 1000 }
const YEAR = Number(exact.YEAR_SECONDS)
const yearly = (rate: bigint): number => (Number(rate) * YEAR) / 1e18

/** The contract keeps rates of about 1e9 to 1e11 as integers a second: truncation costs up to one in 3e7, a few times over. */
const RATE_TOLERANCE = 4e-7

describe('the adaptive curve in doubles and in integers', () => {
  it('agree on the rate after any time at any utilisation', () => {
    const result = new Float64Array(2)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 31_709_792, max: 63_000_000_000 }),
        fc.integer({ min: 0, max: 120 * 86_400 }),
        (millionths, rate, seconds) => {
          const integer = exact.borrowRate(BigInt(millionths) * 10n ** 12n, BigInt(rate), BigInt(seconds))
          borrowRate(millionths / 1e6, (rate * YEAR) / 1e18, seconds / YEAR, MORPHO_CURVE, result)
          expect(Math.abs(result[AVERAGE_RATE]! / yearly(integer.averageBorrowRate) - 1)).toBeLessThan(RATE_TOLERANCE)
          expect(Math.abs(result[END_RATE_AT_TARGET]! / yearly(integer.endRateAtTarget) - 1)).toBeLessThan(
            RATE_TOLERANCE,
          )
        },
      ),
      seeded,
    )
  })

  it('agree on the contract’s exponential to twelve digits where both are large', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 50_000_000 }), (millionths) => {
        const integer = Number(exact.wExp(BigInt(millionths) * 10n ** 12n)) / 1e18
        expect(Math.abs(contractExponential(millionths / 1e6) / integer - 1)).toBeLessThan(1e-12)
      }),
      seeded,
    )
  })

  it('agree on interest accrued', () => {
    const rate = 3_170_979_198n
    const seconds = 30n * 86_400n
    const integer = Number(exact.taylorCompounded(rate, seconds)) / 1e18
    expect(Math.abs(accruedInterest(yearly(rate), Number(seconds) / YEAR) / integer - 1)).toBeLessThan(1e-13)
  })

  it('agree on the liquidation incentive at every liquidation loan-to-value', () => {
    for (let thousandths = 0; thousandths <= 1000; thousandths++) {
      const integer = Number(exact.liquidationIncentiveFactor(BigInt(thousandths) * 10n ** 15n)) / 1e18
      expect(Math.abs(liquidationIncentive(thousandths / 1000) - integer)).toBeLessThan(1e-15 * 4)
    }
  })
})
