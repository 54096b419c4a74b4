/** The vault’s calendar: AID is minted for injected income, burned for losses, and due exits are paid. */
import type { EconomyContext } from '../rooms.ts'

/** AID in the vault mirrors its assets: what was injected is minted, what was lost is burned. */
export function openMirror({ operations, columns }: EconomyContext) {
  const { aid, vault } = operations
  const { injectedToday, burnedToday } = columns.vault
  return (active: Int32Array, count: number): void => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      if (injectedToday[p] > 0) aid.mintYield(p, vault.takeInjected(p))
      if (burnedToday[p] > 0) aid.burn(p, vault.takeBurned(p))
    }
  }
}

/** Pays exits on settlement days out of what the fund has in liquid form. */
export function openExitCycle({ operations, columns, parameters }: EconomyContext) {
  const { aid, vault, holders } = operations
  const { fundClaim, totalAssets } = columns.vault
  const { outstanding } = columns.deals
  const { liquid } = columns.reserve
  const { burned } = columns.aid
  const idleAid = parameters.treasury.exitFunding === 'idleAid'

  const available = (p: number): number => {
    if (idleAid && burned[p] === 0) return totalAssets[p]
    return Math.max(0, Math.min(fundClaim[p] - outstanding[p], liquid[p]))
  }

  return (active: Int32Array, count: number): void => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      if (vault.due(p) === 0) continue
      vault.settle(p, available(p))
      for (let h = vault.nextPayout(p); h >= 0; h = vault.nextPayout(p)) {
        const paid = vault.payout(p, h)
        // Where staking burned AID, the leaver’s AID is made anew and its dollars pass from the fund to the reserve of AID.
        if (burned[p] === 1) aid.mintYield(p, paid)
        holders.addAid(p, h, paid)
      }
    }
  }
}
