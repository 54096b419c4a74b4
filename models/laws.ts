/** What must hold of the whole, every day on every path: every dollar, every AID and every share is somewhere. */
import type { Law, ReadonlyColumn } from '../sim/kernel/declarations.ts'
import type { EconomyContext } from './rooms.ts'

/** The balance sheet of a path in USD, at least one: what residuals are compared with. */
export function ledgerScale({ columns }: EconomyContext): (path: number) => number {
  const { supply } = columns.aid
  const { fundClaim } = columns.vault
  const { liquid } = columns.reserve
  const { outstanding } = columns.deals
  return (p) => Math.max(1, supply[p] + fundClaim[p], liquid[p] + outstanding[p])
}

export function laws(context: EconomyContext): Readonly<Record<string, Law>> {
  const { columns, sizes } = context
  const { aid, vault, reserve, deals, aidPool, saidPool, lending, holders } = columns
  const count = sizes.holders['holder']
  const sum = (column: ReadonlyColumn, p: number): number => {
    let total = 0
    for (let at = p * count; at < (p + 1) * count; at++) total += column[at]
    return total
  }

  /** USDC that everybody holds, less what came from outside and plus what left: constant over a run. */
  const usdcInside = (p: number): number =>
    sum(holders.usdc, p) +
    aidPool.balance1[p] +
    aidPool.adminFees1[p] +
    lending.idle[p] +
    reserve.usdc[p] -
    (holders.externalIn[p] - holders.externalOut[p] - holders.gasPaid[p]) -
    (lending.lenderIn[p] - lending.lenderOut[p]) -
    (reserve.convertedIn[p] - reserve.convertedOut[p])

  return {
    'USDC is conserved': {
      meaning: 'I1: USDC of holders, pools, lenders and reserve changes only by what comes from outside or leaves',
      scale: 'ledger',
      distance: (p) => usdcInside(p) - holders.usdcAtStart[p],
    },
    'AID is somewhere': {
      meaning: 'I2: AID in existence is in wallets, pools, the vault, the redemption line or the treasury',
      scale: 'ledger',
      distance: (p) =>
        aid.supply[p] -
        (sum(holders.aid, p) +
          aidPool.balance0[p] +
          aidPool.adminFees0[p] +
          saidPool.balance1[p] +
          saidPool.adminFees1[p] +
          vault.heldAid[p] +
          aid.pendingRedemptions[p] +
          aid.treasury[p]),
    },
    'sAID is somewhere': {
      meaning: 'I4: shares in existence are in wallets, the pool, escrow or pledged',
      scale: 'ledger',
      distance: (p) =>
        vault.shares[p] -
        (sum(holders.shares, p) +
          saidPool.balance0[p] +
          saidPool.adminFees0[p] +
          lending.collateralTotal[p] +
          vault.pendingShares[p]),
    },
    'the balance sheet balances': {
      meaning:
        'I6: liquid assets and deals equal AID outside the vault, the claim of the fund, fees owed and surplus, less any deficit',
      scale: 'ledger',
      distance(p) {
        const onTheWay =
          deals.principalToday[p] + deals.recoveryToday[p] + deals.insuranceToday[p] + deals.writeOffToday[p]
        const assets = reserve.liquid[p] + deals.outstanding[p] + onTheWay
        const notBooked = reserve.incomeToday[p] - reserve.lossToday[p]
        const claims = aid.supply[p] - vault.heldAid[p] + vault.fundClaim[p] + vault.treasuryPayable[p]
        return assets - (claims + aid.surplus[p] - aid.deficit[p] + notBooked)
      },
    },
    'the vault holds what it owes': {
      meaning: 'I5: where staking holds AID, AID in the vault is its vested and unvested assets',
      scale: 'ledger',
      distance: (p) =>
        aid.burned[p] === 1
          ? vault.heldAid[p]
          : vault.heldAid[p] + vault.injectedToday[p] - vault.burnedToday[p] - vault.totalAssets[p] - vault.unvested[p],
    },
    'pool shares belong to somebody': {
      meaning: 'I10: shares of both pools add up over their holders',
      scale: 'ledger',
      distance: (p) =>
        Math.abs(aidPool.supply[p] - sum(holders.poolShares, p)) +
        Math.abs(saidPool.supply[p] - sum(holders.saidPoolShares, p)),
    },
    'everything is a number': {
      meaning: 'I17: supply, prices and the balance sheet are finite',
      scale: 'pure',
      distance: (p) =>
        Number.isFinite(aid.supply[p] + vault.exitNav[p] + aidPool.price[p] + saidPool.price[p] + reserve.liquid[p])
          ? 0
          : 1,
    },
  }
}
