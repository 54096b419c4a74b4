/** The issuer lends what the fund has above its buffer. */
import type { EconomyContext } from '../rooms.ts'

export function openDeployment({ operations, columns, parameters, clock }: EconomyContext) {
  const { deals, reserve, treasury } = operations
  const { outstanding } = columns.deals
  const { cash } = columns.reserve
  const { fundClaim, pendingExits } = columns.vault
  const { deficit } = columns.aid
  const { lastLent } = columns.treasury
  const { bufferShare, lendingDays, smallestLending, lendingPace, cautionExits } = parameters.treasury

  return (active: Int32Array, count: number): void => {
    if (!clock.business) return
    for (let k = 0; k < count; k++) {
      const p = active[k]
      if (deficit[p] > 0 || clock.day - lastLent[p] < lendingDays) continue
      const above = fundClaim[p] * (1 - bufferShare) - outstanding[p] - cautionExits * pendingExits[p]
      const offer = Math.min(above * lendingPace, cash[p])
      if (!(offer >= smallestLending)) continue
      const lent = deals.originate(p, offer)
      if (lent <= 0) continue
      reserve.payCash(p, lent)
      treasury.noteLending(p, lent)
    }
  }
}
