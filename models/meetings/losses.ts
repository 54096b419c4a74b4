/** Who bears a loss, in the order of the mode: the one waterfall of the economy. */
import type { EconomyContext } from '../rooms.ts'

export interface Losses {
  /** A loss on deals: insurance, then in unified mode the surplus, then sAID, then a deficit of AID. USD. */
  onDeals(path: number, loss: number): void
  /** A loss on liquid assets: sAID for the fund's part, the surplus and then a deficit for the part behind AID. USD. */
  onLiquid(path: number, loss: number): void
}

export function makeLosses({ operations, columns }: EconomyContext): Losses {
  const { aid, vault } = operations
  const { unified } = columns.aid
  const { liquid } = columns.reserve
  const { fundClaim } = columns.vault
  const { outstanding } = columns.deals

  const onDeals = (p: number, loss: number): void => {
    if (!(loss > 0)) return
    let left = loss
    left = vault.insure(p, left)
    if (unified[p] === 1) left = aid.absorb(p, left)
    left = vault.bear(p, left)
    if (unified[p] === 0) left = aid.absorb(p, left)
    aid.addDeficit(p, left)
  }

  return {
    onDeals,
    onLiquid(p, loss) {
      if (!(loss > 0)) return
      if (unified[p] === 1) {
        onDeals(p, loss)
        return
      }
      const fund = Math.max(0, fundClaim[p] - outstanding[p])
      const share = liquid[p] > 0 ? Math.min(1, fund / liquid[p]) : 0
      const left = vault.bear(p, loss * share)
      aid.addDeficit(p, aid.absorb(p, loss - loss * share + left))
    },
  }
}
