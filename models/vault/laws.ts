/** What must hold of the vault on every path, every day. */
import type { Law, Laws } from '../../sim/kernel/declarations.ts'
import type { FirstComeQueue } from '../../sim/kernel/firstComeQueue.ts'
import type { VaultContext } from './context.ts'

export function vaultLaws(context: VaultContext, queue: FirstComeQueue): Laws {
  return { ...assetLaws(context), ...feeLaws(context), ...queueLaws(context, queue) }
}

function assetLaws({
  state,
  inputs,
}: VaultContext): Record<'shares' | 'assets' | 'heldAid' | 'income' | 'navOrder', Law> {
  const { shares, openingShares, sharesMinted, sharesBurned, totalAssets, unvested, openingAssets, depositsTotal } =
    state
  const { injectedTotal, paidTotal, lossesTotal, incomeLost, sweptTotal, heldAid, injectedToday, burnedToday } = state
  const { undistributed, incomeTotal, feesTotal, depositNav, exitNav } = state
  return {
    shares: {
      meaning: 'Shares changed by deposits and withdrawals',
      scale: 'ledger',
      distance: (p) => shares[p] - openingShares[p] - sharesMinted[p] + sharesBurned[p],
    },
    assets: {
      meaning: 'Assets changed by deposits, injected income, payments, losses and what the last leavers left',
      scale: 'ledger',
      distance: (p) =>
        totalAssets[p] +
        unvested[p] -
        (openingAssets[p] + depositsTotal[p] + injectedTotal[p]) +
        (paidTotal[p] + lossesTotal[p] - incomeLost[p] + sweptTotal[p]),
    },
    heldAid: {
      meaning:
        'AID inside the vault, with what is still to be minted and burned, is its assets; none where staking burns AID',
      scale: 'ledger',
      distance: (p) =>
        inputs.burned[p] === 1
          ? heldAid[p]
          : heldAid[p] + injectedToday[p] - burnedToday[p] - totalAssets[p] - unvested[p],
    },
    income: {
      meaning: 'Income not yet injected is income less what was injected, its fees and its losses',
      scale: 'ledger',
      distance: (p) => undistributed[p] - incomeTotal[p] + injectedTotal[p] + feesTotal[p] + incomeLost[p],
    },
    navOrder: {
      meaning: 'The price of exit is never above the price of entry',
      scale: 'pure',
      distance: (p) => Math.max(0, exitNav[p] - depositNav[p]),
    },
  }
}

function feeLaws({ state }: VaultContext): Record<'insurance' | 'treasury' | 'nonNegative', Law> {
  const { insurance, openingInsurance, feesInsured, insuranceAdded, sweptTotal, insuranceUsed } = state
  const { treasuryPayable, treasuryTaken, feesTotal, shares, totalAssets, heldAid, unvested, undistributed } = state
  const { pendingShares, exitNav } = state
  return {
    insurance: {
      meaning: 'The insurance fund is what it got less the losses that it bore',
      scale: 'ledger',
      distance: (p) =>
        insurance[p] - openingInsurance[p] - feesInsured[p] - insuranceAdded[p] - sweptTotal[p] + insuranceUsed[p],
    },
    treasury: {
      meaning: 'Every performance fee went to the insurance fund or to the treasury, once',
      scale: 'ledger',
      distance: (p) => treasuryPayable[p] + treasuryTaken[p] + feesInsured[p] - feesTotal[p],
    },
    nonNegative: {
      meaning: 'No balance of the vault is negative, and shares in escrow exist',
      scale: 'ledger',
      distance: (p) =>
        Math.min(
          0,
          shares[p] - pendingShares[p],
          pendingShares[p],
          totalAssets[p],
          heldAid[p],
          unvested[p],
          undistributed[p],
          insurance[p],
          treasuryPayable[p],
          exitNav[p],
        ),
    },
  }
}

function queueLaws(
  { state, parameters, sizes }: VaultContext,
  queue: FirstComeQueue,
): Record<'escrow' | 'firstCome' | 'available', Law> {
  const { requestShares, requestSequence, pendingShares, queueLength, lastPaidSequence, settledPaid } = state
  const { settledAvailable } = state
  const holders = sizes['holder']
  const isFifo = parameters.exitRule === 'fifo'
  return {
    escrow: {
      meaning: 'Shares in escrow are the sum of the open exit requests',
      scale: 'ledger',
      distance: (p) => {
        if (queueLength[p] === 0) return pendingShares[p]
        let sum = 0
        for (let at = p * holders; at < (p + 1) * holders; at++) sum += requestShares[at]
        return sum - pendingShares[p]
      },
    },
    firstCome: {
      meaning: 'Where the first come is served first, no exit was paid while an older one waits',
      scale: 'pure',
      distance: (p) => {
        const oldest = queue.at(p, 0)
        if (!isFifo || oldest === -1) return 0
        return Math.max(0, lastPaidSequence[p] - requestSequence[p * holders + oldest])
      },
    },
    available: {
      meaning: 'A settlement never pays more than was available to it',
      scale: 'ledger',
      distance: (p) => Math.max(0, settledPaid[p] - settledAvailable[p]),
    },
  }
}
