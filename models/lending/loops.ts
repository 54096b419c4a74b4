/**
 * Leverage loops: borrow against an asset, buy more of it, again. Yields and rates are simple fractions a year.
 *
 * Source: the geometric series of repeated borrowing, and the balance of what the loop earns and pays.
 */
import { InputError } from '../../sim/kernel/errors.ts'
import { pow } from '../../sim/kernel/maths/elementary.ts'

/** Leverage after n rounds at one loan-to-value l: (1 − l^(n+1)) / (1 − l). */
export function leverageAfterLoops(loanToValue: number, loops: number): number {
  return (1 - pow(loanToValue, loops + 1)) / (1 - loanToValue)
}

/** Yield on the owner's money: leverage · assetYield − (leverage − 1) · borrowRate. */
export function loopNetYield(leverage: number, assetYield: number, borrowRate: number): number {
  return leverage * assetYield - (leverage - 1) * borrowRate
}

/**
 * Leverage that earns `target`: (target − borrowRate) / (assetYield − borrowRate).
 * @throws InputError when no loop reaches it: borrowing costs what the asset earns, or the asset alone earns more.
 */
export function requiredLeverage(target: number, assetYield: number, borrowRate: number): number {
  if (target === assetYield) return 1
  if (assetYield <= borrowRate) {
    throw new InputError(`borrowRate ${borrowRate}: below the assetYield, ${assetYield}, for a loop to add to it`)
  }
  if (target < assetYield) {
    throw new InputError(`target ${target}: at least the assetYield, ${assetYield}, which needs no loop`)
  }
  return (target - borrowRate) / (assetYield - borrowRate)
}

/** Debt over assets at a leverage: 1 − 1/leverage. */
export const loanToValueOf = (leverage: number): number => 1 - 1 / leverage

/** The most leverage a liquidation loan-to-value allows: 1 / (1 − LLTV). */
export const maximumLeverage = (liquidationLoanToValue: number): number => 1 / (1 - liquidationLoanToValue)

/** Fall of the oracle price (fraction) at which a loan at `loanToValue` may be liquidated. */
export const liquidationDrop = (loanToValue: number, liquidationLoanToValue: number): number =>
  1 - loanToValue / liquidationLoanToValue

/** Borrow rate at which a loop earns nothing: assetYield · leverage / (leverage − 1). */
export const breakEvenBorrowRate = (leverage: number, assetYield: number): number =>
  (assetYield * leverage) / (leverage - 1)

/** Part of the owner's money lost by leaving the loop when the asset sells at `drop` (fraction) below its mark. */
export const exitLoss = (leverage: number, drop: number): number => leverage * drop
