/** What a borrower pays each month. */
import { expm1, log1p } from '../../sim/kernel/maths/elementary.ts'

/**
 * Level monthly payment of a loan, P i / (1 - (1 + i)^-n) with i = annualRate / 12; P / n at zero rate.
 * Source: Kellison, The Theory of Interest, chapter 3. Not rounded: the cents are kept by the integer twin.
 *
 * @param principal USD
 * @param annualRate nominal, compounded monthly, 1/year
 * @param months number of payments, at least 1
 * @returns USD a month
 */
export function levelPayment(principal: number, annualRate: number, months: number): number {
  const rate = annualRate / 12
  if (rate === 0) return principal / months
  return (principal * rate) / -expm1(-months * log1p(rate))
}
