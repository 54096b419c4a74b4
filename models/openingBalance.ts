/** The balance sheet of the first day, from settings alone: what a buffer is a share of, and what benchmarks are held against. */
import type { Row } from '../sim/kernel/declarations.ts'

/** How a scenario has the economy. */
export interface Setting {
  /** @param name room.parameter */
  number(name: string): number
  /** @param name room.table */
  rows(name: string): readonly Row[]
}

/** USD, except where said otherwise. */
export interface OpeningBalance {
  /** AID that is not staked. */
  readonly outside: number
  /** What sAID has staked. */
  readonly staked: number
  readonly insurance: number
  readonly surplus: number
  /** Deals outstanding. */
  readonly book: number
  readonly usdc: number
  readonly cash: number
  readonly bills: number
  /** USDC, cash and bills. */
  readonly liquid: number
  /** Weighted by price, days. */
  readonly billMaturity: number
  /** Of everything liquid, cash counting as 0 days. */
  readonly liquidMaturity: number
  /** Share of the bills that is due within 7 days. */
  readonly billsWithinWeek: number
}

/** The opening books as the rooms draw them up: claims less deals are liquid, first USDC and cash at their targets, then bills. */
export function openingBalance({ number, rows }: Setting): OpeningBalance {
  const supply = number('aid.startSupply')
  const staked = supply * number('aid.stakedShare')
  const outside = supply - staked
  const insurance = number('vault.openingInsurance') * staked
  const surplus = number('aid.startSurplus')
  const principal = rows('deals.tape').reduce((sum, row) => sum + Number(row['principal']), 0)
  const book = principal * number('deals.openingScale')
  const liquid = Math.max(0, supply + insurance + surplus - book)
  const usdc = Math.min(liquid, number('reserve.usdcTarget') * outside)
  const cash = Math.min(liquid - usdc, number('reserve.cashTarget') * outside)
  const bills = liquid - usdc - cash
  const ladder = ladderOf(number('reserve.rungs'), number('reserve.tenorDays'))
  return {
    outside,
    staked,
    insurance,
    surplus,
    book,
    usdc,
    cash,
    bills,
    liquid,
    billMaturity: ladder.maturity,
    liquidMaturity: liquid > 0 ? (ladder.maturity * bills) / liquid : 0,
    billsWithinWeek: ladder.withinWeek,
  }
}

/** Mean maturity and share due within a week of equal rungs; the discount within a quarter is left out. */
function ladderOf(asked: number, tenor: number): { readonly maturity: number; readonly withinWeek: number } {
  const rungs = Math.min(asked, tenor)
  const spacing = Math.max(1, Math.floor(tenor / rungs))
  return { maturity: (spacing * (rungs + 1)) / 2, withinWeek: Math.min(1, Math.floor(7 / spacing) / rungs) }
}
