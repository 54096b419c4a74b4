/** Redemption: AID burned at the issuer, USDC out of the reserve, into the wallet of the oldest in the line. */
import type { EconomyContext } from '../rooms.ts'

/**
 * Pays the line of path p as far as USDC, cap and gate allow.
 * @returns AID redeemed
 */
export function makeRedemption({ operations, columns }: EconomyContext): (path: number) => number {
  const { aid, reserve, holders } = operations
  const { usdc } = columns.reserve
  const { pendingRedemptions, burned } = columns.aid
  const { liquid } = columns.reserve
  const { fundClaim } = columns.vault
  const { outstanding } = columns.deals

  /** Where staking burns AID the fund's dollars are not there for AID. */
  const within = (p: number): number => {
    if (burned[p] === 0) return usdc[p]
    const fund = Math.max(0, fundClaim[p] - outstanding[p])
    return Math.min(usdc[p], Math.max(0, liquid[p] - fund))
  }

  return (p) => {
    if (pendingRedemptions[p] <= 0) return 0
    let redeemed = 0
    for (let holder = aid.nextInQueue(p); holder >= 0; holder = aid.nextInQueue(p)) {
      const asked = aid.requested(p, holder)
      const amount = Math.min(asked, aid.payable(p), aid.redeemable(p, within(p)))
      if (!(amount > 0)) break
      const out = aid.paid(p, holder, amount)
      const paid = reserve.payUsdc(p, out)
      holders.addUsdc(p, holder, paid)
      // The last digits of a division may leave a dust of dollars unpaid: it stays the issuer's.
      if (out > paid) aid.addSurplus(p, out - paid)
      redeemed += amount
      if (amount < asked) break
    }
    return redeemed
  }
}

export function openRedemption(context: EconomyContext): (active: Int32Array, count: number) => void {
  const redeem = makeRedemption(context)
  return (active, count) => {
    for (let k = 0; k < count; k++) redeem(active[k])
  }
}
