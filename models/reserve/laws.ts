/** What must hold of the reserve on every path, every day. */
import type { Law, Laws } from '../../sim/kernel/declarations.ts'
import type { ReserveContext } from './context.ts'

export function reserveLaws(context: ReserveContext): Laws {
  const { state } = context
  const { cash, usdc, unsettled, converting, mintingUsdc, redeemingUsdc, bills, liquid, startLiquid } = state
  const { receivedTotal, paidTotal, incomeTotal, costsTotal, lossToday } = state
  const { startUsdc, usdcReceived, usdcPaid, convertedIn, convertedOut } = state
  return {
    conservation: {
      meaning: 'What the reserve owns changed by what it received, paid, earned and lost',
      scale: 'ledger',
      distance: (p) => liquid[p] - startLiquid[p] - receivedTotal[p] + paidTotal[p] - incomeTotal[p] + costsTotal[p],
    },
    parts: {
      meaning: 'What the reserve owns is cash, USDC, what is on its way, and bills',
      scale: 'ledger',
      distance: (p) => liquid[p] - cash[p] - usdc[p] - unsettled[p] - converting[p] - bills[p],
    },
    usdc: {
      meaning: 'USDC changed by what was received, paid, created from dollars and returned for them',
      scale: 'ledger',
      distance: (p) => usdc[p] - startUsdc[p] - usdcReceived[p] + usdcPaid[p] - convertedIn[p] + convertedOut[p],
    },
    nonNegative: {
      meaning: 'No balance of the reserve is negative',
      scale: 'ledger',
      distance: (p) =>
        Math.min(0, cash[p], usdc[p], unsettled[p], mintingUsdc[p], redeemingUsdc[p], bills[p], lossToday[p]),
    },
    ...ladderLaws(context),
  }
}

function ladderLaws({ state, sizes }: ReserveContext): Record<'ladder' | 'billsLedger' | 'maturities', Law> {
  const {
    face,
    cost,
    accretion,
    maturityDay,
    bills,
    startBills,
    billsBought,
    billsSold,
    accretedTotal,
    maturedTotal,
    settledDay,
  } = state
  const rungs = sizes['rung']
  return {
    ladder: {
      meaning: 'The bills are the sum of the rungs; only one bought at a negative yield stands above its face',
      scale: 'ledger',
      distance: (p) => {
        let sum = 0
        let above = 0
        for (let at = p * rungs; at < (p + 1) * rungs; at++) {
          sum += cost[at]
          if (cost[at] > face[at] && accretion[at] >= 0) above += cost[at] - face[at]
        }
        return Math.abs(sum - bills[p]) + above
      },
    },
    billsLedger: {
      meaning: 'Bills changed by purchases, accretion, sales at book and maturities at face',
      scale: 'ledger',
      distance: (p) => bills[p] - startBills[p] - billsBought[p] + billsSold[p] - accretedTotal[p] + maturedTotal[p],
    },
    maturities: {
      meaning: 'No bill that was due when banks were last open is still there',
      scale: 'pure',
      distance: (p) => {
        const last = settledDay[p]
        let overdue = 0
        for (let at = p * rungs; at < (p + 1) * rungs; at++) if (maturityDay[at] <= last && face[at] > 0) overdue++
        return overdue
      },
    },
  }
}
