/** What must hold of the synthetic dollar on every path, every day. */
import type { Laws } from '../../sim/kernel/declarations.ts'
import type { FirstComeQueue } from '../../sim/kernel/firstComeQueue.ts'
import type { AidContext } from './context.ts'

export function aidLaws({ state, sizes }: AidContext, queue: FirstComeQueue): Laws {
  const { supply, openingSupply, mintedTotal, burnedTotal, treasury, surplus, deficit, openingSurplus, feesTotal } =
    state
  const { surplusAdded, surplusUsed, deficitAdded, pendingRedemptions, requestAmount, requestSequence } = state
  const { queueLength, lastPaidSequence, redeemedToday, capToday } = state
  const holders = sizes['holder']
  return {
    supply: {
      meaning: 'AID in existence changed by what was minted less what was burned',
      scale: 'ledger',
      distance: (p) => supply[p] - openingSupply[p] - mintedTotal[p] + burnedTotal[p],
    },
    escrow: {
      meaning: 'AID in escrow is the sum of the open redemption requests',
      scale: 'ledger',
      distance: (p) => {
        if (queueLength[p] === 0) return pendingRedemptions[p]
        let sum = 0
        for (let at = p * holders; at < (p + 1) * holders; at++) sum += requestAmount[at]
        return sum - pendingRedemptions[p]
      },
    },
    firstCome: {
      meaning: 'No redemption was paid while an older one waits',
      scale: 'pure',
      distance: (p) => {
        const oldest = queue.at(p, 0)
        return oldest === -1 ? 0 : Math.max(0, lastPaidSequence[p] - requestSequence[p * holders + oldest])
      },
    },
    cap: {
      meaning: 'No more was redeemed today than the daily cap allows',
      scale: 'ledger',
      distance: (p) => Math.max(0, redeemedToday[p] - capToday[p]),
    },
    surplus: {
      meaning: 'Every fee and addition is in the surplus once, less the losses that it bore or that nothing bore',
      scale: 'ledger',
      distance: (p) =>
        surplus[p] - deficit[p] - openingSurplus[p] - feesTotal[p] - surplusAdded[p] + surplusUsed[p] + deficitAdded[p],
    },
    nonNegative: {
      meaning: 'No balance is negative, and what waits in escrow or lies in the treasury exists',
      scale: 'ledger',
      distance: (p) =>
        Math.min(
          0,
          supply[p] - pendingRedemptions[p] - treasury[p],
          pendingRedemptions[p],
          treasury[p],
          surplus[p],
          deficit[p],
        ),
    },
  }
}
