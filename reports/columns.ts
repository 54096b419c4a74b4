/** Short names of well-known columns, and the order in which stories show them; other columns show their own words. */
import type { NamedColumn } from '../sim/kernel/record.ts'

const shortNames: Readonly<Record<string, string>> = {
  'signals.aidPrice': 'AID price',
  'outcomes.lowestPriceOfDay': 'AID, lowest price of the day',
  'signals.coverage': 'Coverage of AID',
  'vault.exitNav': 'sAID exit NAV',
  'vault.queueDays': 'Wait for an exit asked today',
  'vault.overdueDays': 'Oldest exit overdue',
  'vault.pendingExits': 'Exits waiting',
  'signals.liquid': 'Liquid assets',
  'reserve.liquid': 'Liquid assets',
  'deals.dealsDefaulted': 'Defaults so far',
  'deals.writtenOffTotal': 'Written off so far',
  'aid.supply': 'AID supply',
  'gpuMarket.rentIndex': 'GPU rents',
  'signals.liquidityRatio': 'Liquidity ratio',
  'signals.collateralCover': 'Collateral cover',
  'aid.pendingRedemptions': 'AID waiting for redemption',
  'vault.depositNav': 'sAID deposit NAV',
  'vault.drawdown': 'sAID drawdown',
  'signals.claims': 'Claims on AID',
  'deals.outstanding': 'Deals outstanding',
  'deals.impairment': 'Impairment of deals',
  'aid.deficit': 'AID without backing',
  'reserve.usdc': 'USDC of the reserve',
  'reserve.usdcPrice': 'USDC price',
  'aidPool.invariant': 'AID pool depth',
  'saidPool.price': 'sAID price over NAV',
  'lending.utilisation': 'Lending utilisation',
  'lending.liquidations': 'Liquidations so far',
  'lending.badDebt': 'Bad debt of lenders',
  'holders.runnersTotal': 'Holders who ran',
}

/** A short name of a column, for the head of a small panel. */
export function shortName(column: NamedColumn): string {
  return shortNames[column.name] ?? column.meaning
}

/** Columns in the order of a story: price, cover, NAV, queue, liquidity, defaults, then the rest as recorded. */
export function inStoryOrder<C extends NamedColumn>(columns: readonly C[]): C[] {
  const order = Object.keys(shortNames)
  const rank = (column: C): number => {
    const known = order.indexOf(column.name)
    return known === -1 ? order.length : known
  }
  return [...columns].sort((a, b) => rank(a) - rank(b))
}
