/** The integral of an exponential decay, shared by everything that mean-reverts, amortises or discounts. */
import { expm1 } from './elementary.ts'

/**
 * Integral of exp(-rate s) over s from 0 to `years`: a continuous annuity of one a year, or the age-weight of a decaying shock.
 * Its limit at rate 0 is `years`; a negative rate grows.
 *
 * @param rate decay a year
 * @param years horizon in years, at least 0 (may be Infinity where rate > 0)
 * @returns years of undecayed flow
 */
export function decayIntegral(rate: number, years: number): number {
  const exponent = rate * years
  if (exponent === 0) return years
  return -expm1(-exponent) / rate
}
