/** AID in existence, the treasury's AID, and what stands between a loss and the backing of AID. */
import type { AidContext } from './context.ts'

export function openSupply({ state, parameters, levers, clock }: AidContext) {
  const { supply, openingSupply, openingStake, mintedTotal, burnedTotal, mintedToday, unified, burned, treasury } =
    state
  const { surplus, deficit, openingSurplus, feesTotal, surplusAdded, surplusUsed, deficitAdded } = state
  const { mintFee, startSupply, stakedShare, startSurplus } = parameters
  const isUnified = parameters.mode === 'unified'
  const burnsStake = !isUnified && parameters.stakedAid === 'burned'

  const issue = (path: number, amount: number): void => {
    supply[path] += amount
    mintedTotal[path] += amount
  }
  /** What comes in heals a deficit before it is a surplus. */
  const credit = (path: number, usd: number): void => {
    const healed = Math.min(deficit[path], usd)
    deficit[path] -= healed
    surplus[path] += usd - healed
  }
  const bookFee = (path: number, fee: number): void => {
    feesTotal[path] += fee
    credit(path, fee)
  }

  return {
    bookFee,
    start(path: number): void {
      openingStake[path] = startSupply * stakedShare
      supply[path] = burnsStake ? startSupply - openingStake[path] : startSupply
      openingSupply[path] = supply[path]
      unified[path] = isUnified ? 1 : 0
      burned[path] = burnsStake ? 1 : 0
      surplus[path] = startSurplus
      openingSurplus[path] = startSurplus
    },
    operations: {
      /** Mints for USDC; the fee is surplus. @returns AID minted, 0 while the primary market is shut: then take no USDC. */
      mint(path: number, usdcIn: number): number {
        if (!(usdcIn > 0) || levers.redemptionOpen[clock.now] < 0.5) return 0
        const fee = usdcIn * mintFee
        const out = usdcIn - fee
        issue(path, out)
        mintedToday[path] += out
        bookFee(path, fee)
        return out
      },
      /** Mints without USDC: for yield put into the vault, or for exits where staking burns AID. @returns AID minted. */
      mintYield(path: number, amount: number): number {
        if (!(amount > 0)) return 0
        issue(path, amount)
        return amount
      },
      /** Mints a fee to the treasury. @returns AID minted. */
      mintTreasury(path: number, amount: number): number {
        if (!(amount > 0)) return 0
        issue(path, amount)
        treasury[path] += amount
        return amount
      },
      /** The treasury parts with AID. @returns AID it gave, at most what it has. */
      payTreasury(path: number, want: number): number {
        const amount = Math.min(Math.max(0, want), treasury[path])
        treasury[path] -= amount
        return amount
      },
      /** @returns AID burned, at most the supply. */
      burn(path: number, amount: number): number {
        const gone = Math.min(Math.max(0, amount), supply[path])
        supply[path] -= gone
        burnedTotal[path] += gone
        return gone
      },
      /** The surplus bears a loss. @returns the loss that is left, USD. */
      absorb(path: number, loss: number): number {
        if (!(loss > 0)) return 0
        const borne = Math.min(loss, surplus[path])
        surplus[path] -= borne
        surplusUsed[path] += borne
        return loss - borne
      },
      /** Adds to the surplus, after healing a deficit. */
      addSurplus(path: number, usd: number): void {
        if (!(usd > 0)) return
        surplusAdded[path] += usd
        credit(path, usd)
      },
      /** Books a loss that nothing bore: AID is not fully backed. */
      addDeficit(path: number, usd: number): void {
        if (!(usd > 0)) return
        deficit[path] += usd
        deficitAdded[path] += usd
      },
    },
  }
}
export type Supply = ReturnType<typeof openSupply>
