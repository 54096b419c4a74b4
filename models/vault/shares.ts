/**
 * What a share of the vault is worth, in floating point for the simulation: amounts in AID, shares in sAID, both in
 * whole tokens. Scalars in, scalar out: nothing here allocates.
 */
import { InputError } from '../../sim/kernel/errors.ts'

/**
 * Virtual assets and shares that keep the first depositor from rounding the next one away: one millionth of a token
 * each.
 */
export const virtualUnit = 1e-6

/**
 * Whether the vault can take deposits: never while shares exist that nothing backs, for the newcomer would make the old
 * holders a gift.
 */
export function acceptsDeposits(totalAssets: number, totalShares: number): boolean {
  return totalAssets > 0 || totalShares === 0
}

/**
 * Shares minted for a deposit of `assets` into a vault of `totalAssets` (vested AID) and `totalShares`.
 * Source: EIP-4626 `convertToShares` with the virtual offset of OpenZeppelin Contracts' ERC4626.
 * @throws InputError when shares exist but nothing backs them; ask `acceptsDeposits` first.
 */
export function sharesForDeposit(assets: number, totalAssets: number, totalShares: number): number {
  if (!acceptsDeposits(totalAssets, totalShares))
    throw new InputError(
      `totalAssets ${totalAssets} with ${totalShares} shares out; deposits are blocked until something backs them`,
    )
  return sharesForAssets(assets, totalAssets, totalShares)
}

/**
 * Assets that `shares` are worth, AID; 0 when nothing backs them.
 * Source: EIP-4626 `convertToAssets` with the virtual offset of OpenZeppelin Contracts' ERC4626.
 */
export function assetsForShares(shares: number, totalAssets: number, totalShares: number): number {
  return (shares * (totalAssets + virtualUnit)) / (totalShares + virtualUnit)
}

/** Shares burned to pay out `assets`: the inverse of `assetsForShares`. Source: EIP-4626 `previewWithdraw`. */
export function sharesForAssets(assets: number, totalAssets: number, totalShares: number): number {
  return (assets * (totalShares + virtualUnit)) / (totalAssets + virtualUnit)
}

/** AID per share; 1 for an empty vault. */
export function sharePrice(totalAssets: number, totalShares: number): number {
  return (totalAssets + virtualUnit) / (totalShares + virtualUnit)
}

/**
 * What a linear drip still holds back after `elapsed` hours, given what it holds back now and the hours left now.
 * The pair (unvested, hoursLeft) is all that a drip needs to remember, also after part of it was cancelled.
 */
export function unvestedAfter(unvested: number, hoursLeft: number, elapsed: number): number {
  return elapsed >= hoursLeft ? 0 : (unvested * (hoursLeft - elapsed)) / hoursLeft
}
