/** How much of a defaulted deal is lost once everything recovered is brought back to the day of default. */
import { exp, log1p } from '../../sim/kernel/maths/elementary.ts'

/**
 * Present value, on the day of default, of what a workout brings.
 *
 * @param gross recovery, USD
 * @param costShare of the workout, fraction of the gross recovery
 * @param years from default to recovery
 * @param discount effective annual rate
 * @returns USD
 */
export function presentRecovery(gross: number, costShare: number, years: number, discount: number): number {
  return gross * (1 - costShare) * exp(-years * log1p(discount))
}

/**
 * Loss given default: one less the present recoveries (collateral, insurance, reserve) over the exposure, kept within 0 and 1.
 * Source: Basel Committee, CRE 36.76 (economic loss, discounted, with workout costs).
 *
 * @param exposure at default, USD, above 0
 * @param recovered present value of all recoveries, USD
 * @returns fraction of the exposure
 */
export function lossGivenDefault(exposure: number, recovered: number): number {
  return Math.min(1, Math.max(0, 1 - recovered / exposure))
}
