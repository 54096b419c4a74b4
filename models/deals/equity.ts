/** Deals that share revenue instead of paying interest. */
import { InputError } from '../../sim/kernel/errors.ts'
import { bisect } from '../../sim/kernel/maths/solve.ts'

/**
 * What an investor may still receive this month before reaching a cap on the internal rate of return: the outlay grown at the cap,
 * less what was paid. Once it is 0 the cap is reached. Source: the hurdle account of private-equity waterfalls.
 *
 * @param outstanding hurdle balance after last month, USD (the outlay at the start)
 * @param monthlyCap cap on the monthly internal rate of return
 * @param share of revenue that the contract grants, USD
 * @returns USD paid; the new balance is outstanding (1 + monthlyCap) less this
 */
export function cappedShare(outstanding: number, monthlyCap: number, share: number): number {
  return Math.min(share, Math.max(0, outstanding * (1 + monthlyCap)))
}

/**
 * Internal rate of return a period of an outlay followed by receipts that are never negative, bisected to the last bit.
 * The present value of such receipts falls in the rate, so the root is the only one above -1.
 * Source: Fisher, The Theory of Interest (1930), chapter 7.
 *
 * @param outlay paid at time 0, USD, above 0
 * @param receipts one a period, USD, at least 0
 * @returns rate a period; -1 where nothing comes back
 * @throws InputError when the outlay is not above 0 or a receipt is negative
 */
export function internalRateOfReturn(outlay: number, receipts: ArrayLike<number>): number {
  if (!(outlay > 0)) throw new InputError(`outlay: ${outlay} has no rate of return; above 0`)
  let sum = 0
  for (let k = 0; k < receipts.length; k++) {
    if (!(receipts[k]! >= 0))
      throw new InputError(`receipts[${k}]: ${receipts[k]} may have several rates of return; at least 0`)
    sum += receipts[k]!
  }
  if (sum === 0) return -1
  const excess = (discountFactor: number) => presentValue(receipts, discountFactor) - outlay
  let high = 1
  while (excess(high) < 0) high *= 2
  const discountFactor = bisect(excess, 0, high)
  return (1 - discountFactor) / discountFactor
}

/** Receipts worth v, v², … each, summed from the last by Horner's rule. */
function presentValue(receipts: ArrayLike<number>, v: number): number {
  let value = 0
  for (let k = receipts.length - 1; k >= 0; k--) value = (value + receipts[k]!) * v
  return value
}
