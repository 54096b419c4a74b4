/**
 * Health and liquidation of a loan against collateral, in floating point.
 *
 * Source: Morpho Blue (Morpho Labs, 2023, and the deployed contract); exact.ts holds the integer twin of the incentive.
 * Units: collateral in its own units, price in the loan currency a unit, debt in the loan currency; ratios are fractions.
 */

/** The contract's liquidation cursor and the ceiling of the incentive. */
export const LIQUIDATION_CURSOR = 0.3
export const MAXIMUM_LIQUIDATION_INCENTIVE = 1.15

/** Places in the `result` of liquidate. */
export const REPAID = 0
export const SEIZED = 1
export const BAD_DEBT = 2

/** What may be borrowed over what is: below 1 the loan may be liquidated. Infinity without debt. */
export function healthFactor(collateral: number, price: number, liquidationLoanToValue: number, debt: number): number {
  return debt > 0 ? (collateral * price * liquidationLoanToValue) / debt : Infinity
}

/** A health of exactly 1 is still healthy: the debt must pass what may be borrowed. */
export function isLiquidatable(
  collateral: number,
  price: number,
  liquidationLoanToValue: number,
  debt: number,
): boolean {
  return debt > collateral * price * liquidationLoanToValue
}

/** Value seized per unit repaid: min(1.15, 1 / (1 − 0.3 (1 − LLTV))). */
export function liquidationIncentive(liquidationLoanToValue: number): number {
  return Math.min(MAXIMUM_LIQUIDATION_INCENTIVE, 1 / (1 - LIQUIDATION_CURSOR * (1 - liquidationLoanToValue)))
}

/** How far (fraction) the price may fall in one step from the liquidation line before a full close leaves bad debt. */
export function badDebtGap(liquidationLoanToValue: number): number {
  return 1 - liquidationLoanToValue * liquidationIncentive(liquidationLoanToValue)
}

/**
 * Repays up to `repayment` of a loan's debt against its collateral at the incentive. result[REPAID] and result[SEIZED]: what moves;
 * result[BAD_DEBT]: what is left of the debt once the collateral is gone, which the suppliers bear at once; zero else.
 */
export function liquidate(
  collateral: number,
  price: number,
  debt: number,
  incentive: number,
  repayment: number,
  result: Float64Array,
): void {
  const worth = (collateral * price) / incentive
  const repaid = Math.min(repayment, debt, worth)
  const emptied = repaid === worth
  result[REPAID] = repaid
  result[SEIZED] = emptied ? collateral : (repaid * incentive) / price
  result[BAD_DEBT] = emptied ? debt - repaid : 0
}

/**
 * Debt to repay, by selling collateral at the incentive, that brings the loan-to-value down to `target`:
 * (debt − target · price · collateral) / (1 − target · incentive). Zero where it is there already; Infinity where no repayment
 * reaches it, because each sale takes more than it repays.
 */
export function deleveringRepayment(
  debt: number,
  collateral: number,
  price: number,
  target: number,
  incentive: number,
): number {
  const excess = debt - target * price * collateral
  if (excess <= 0) return 0
  const gain = 1 - target * incentive
  return gain > 0 ? excess / gain : Infinity
}

/**
 * What a price shock becomes once forced sales feed on themselves, per unit of shock: 1 / (1 − m), m = (sale per price) · (price per sale).
 * Infinity from m = 1 on: a spiral.
 */
export function spiralAmplification(feedback: number): number {
  return feedback < 1 ? 1 / (1 - feedback) : Infinity
}

/** Whether a liquidator earns: incentive · (1 − slippage) > 1 + cost, slippage and cost as fractions of what is repaid. */
export function liquidationPays(incentive: number, slippage: number, cost: number): boolean {
  return incentive * (1 - slippage) > 1 + cost
}
