/** The two ratios that a lender watches: income against debt service, and debt against collateral. */

/** Hours of a month on which rents and running costs are budgeted (8760 / 12). */
const hoursPerMonth = 730

/**
 * Net operating income of a month: hours rented at the contract price, less running cost.
 *
 * @param units GPUs
 * @param utilisation share of hours rented out, 0 to 1
 * @param rent contract price, USD/GPU-hour
 * @param opex running cost, USD/GPU-hour, paid whether rented or not
 * @returns USD a month
 */
export function netOperatingIncome(units: number, utilisation: number, rent: number, opex: number): number {
  return units * hoursPerMonth * (utilisation * rent - opex)
}

/**
 * Debt-service coverage ratio. Source: Yescombe, Principles of Project Finance, section 12.3.
 *
 * @param income net operating income, USD a month
 * @param debtService interest and principal due, USD a month
 * @returns ratio; Infinity where nothing is due
 */
export function debtServiceCoverage(income: number, debtService: number): number {
  return debtService === 0 ? Infinity : income / debtService
}

/**
 * Loan-to-value ratio of a deal against the haircut market value of its machines.
 *
 * @param balance owed, USD
 * @param units GPUs pledged
 * @param mid market price, USD/GPU
 * @param haircut fraction
 * @returns ratio; Infinity where something is owed against nothing, 0 where nothing is owed
 */
export function loanToValue(balance: number, units: number, mid: number, haircut: number): number {
  return balance === 0 ? 0 : balance / (units * mid * (1 - haircut))
}
