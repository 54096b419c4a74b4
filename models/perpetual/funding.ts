/**
 * Funding of a perpetual future.
 *
 * Source: Aevo documentation, "Funding rates", rule in force since 1 August 2024. Rates are fractions of the notional for eight hours.
 */

/** Interest part of the rate, for eight hours. */
export const FUNDING_INTEREST = 0.0001
/** How far the interest part may pull the rate from the average premium. */
export const FUNDING_CLAMP = 0.0005
const HOURS = 8

/** Premium of the book over the index (fraction): (max(0, impactBid − index) − max(0, index − impactAsk)) / index. */
export function premiumIndex(index: number, impactBid: number, impactAsk: number): number {
  return (Math.max(0, impactBid - index) - Math.max(0, index - impactAsk)) / index
}

/**
 * Eight-hour rate that longs pay shorts: premium + clamp(interest − premium, ±0.05 %), held within ±cap.
 */
export function fundingRate(averagePremium: number, cap = Infinity): number {
  const pull = Math.min(Math.max(FUNDING_INTEREST - averagePremium, -FUNDING_CLAMP), FUNDING_CLAMP)
  return Math.min(Math.max(averagePremium + pull, -cap), cap)
}

/** What a position of signed `notional` (long above zero) receives in `hours` at an eight-hour rate: the short receives what the long pays. */
export function fundingPayment(notional: number, rate: number, hours: number): number {
  return (-notional * rate * hours) / HOURS
}
