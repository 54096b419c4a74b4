/** What the protocol charges for a deal. */

/**
 * Upfront tokenisation fee: the larger of 0.25 % and 1 % a year of tenor. Source: GAIB documentation, protocol fees.
 *
 * @param principal USD
 * @param months tenor
 * @param minimum fraction of the principal
 * @param perYear fraction of the principal a year of tenor
 * @returns USD
 */
export function tokenisationFee(principal: number, months: number, minimum: number, perYear: number): number {
  return principal * Math.max(minimum, (perYear * months) / 12)
}
