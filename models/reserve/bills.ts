/** Treasury bills: what they cost, what they are carried at, and what a forced sale loses. */

/**
 * Price of a bill quoted at a bank discount rate, Act/360: face (1 - discount days / 360).
 * Source: 31 CFR 356 appendix B (bank discount method); US Treasury auction results.
 *
 * @param face USD at maturity
 * @param discount bank discount rate, 1/year
 * @param days to maturity
 * @returns price in USD
 */
export function billPrice(face: number, discount: number, days: number): number {
  return face * (1 - (discount * days) / 360)
}

/**
 * Simple yield on Act/365 of a bill with at most half a year to run (the Treasury's investment rate).
 * Source: 31 CFR 356 appendix B.
 *
 * @param face USD at maturity
 * @param price USD paid
 * @param days to maturity
 * @returns yield, 1/year
 */
export function bondEquivalentYield(face: number, price: number, days: number): number {
  return ((face - price) / price) * (365 / days)
}

/**
 * Carrying value of a bill under linear accretion of its discount.
 *
 * @param face USD at maturity
 * @param cost USD paid
 * @param held days since purchase
 * @param days from purchase to maturity
 * @returns amortised cost in USD, the face from maturity on
 */
export function amortisedCost(face: number, cost: number, held: number, days: number): number {
  if (held >= days) return face
  return cost + (face - cost) * (held / days)
}

/**
 * Loss, against its value at the old yield, of selling a bill today: duration times the rise in yield, and half the dealer's spread.
 *
 * @param face USD at maturity
 * @param yieldRise rise in the yield since the bill was marked, 1/year
 * @param years to maturity
 * @param halfSpread half of the dealer's bid-ask spread, fraction of face
 * @returns loss in USD (a gain where yields fell by more than the spread)
 */
export function forcedSaleLoss(face: number, yieldRise: number, years: number, halfSpread: number): number {
  return face * (yieldRise * years + halfSpread)
}
