/** The only writers of balances and of the totals that must agree with them: each dollar is booked on both sides at once. */
import type { DealsContext } from './columns.ts'
import { closed, defaulted, mayMove } from './states.ts'

/** Beyond ten times the balance no cover is worth asking for: machines sold in such numbers bring nothing. */
export const mostCover = 10

/** Bookings of one slot i of path p. Amounts are in USD and never negative; principal never exceeds the balance. */
export function openLedger({ state }: DealsContext) {
  const { status, balance, slotFunded, slotRepaid, slotWrittenOff, recovered, interestDue, illegalMoves } = state
  const { interestAccrued, principalDue, borrowerCash, cashReserve, units, slotImpairment, firstLossLeft } = state
  const { insuranceDue, exposure, coverage, collateralBrought, insuranceDueDay } = state
  const { fundedTotal, repaidTotal, writtenOffTotal, recoveredTotal, interestTotal, lossTotal, lossShareOfFunded } =
    state
  const { interestToday, principalToday, recoveryToday, insuranceToday, writeOffToday } = state
  const { worstLossGivenDefault, requiredCover } = state

  function move(p: number, i: number, to: number): void {
    if (!mayMove(status[i], to)) illegalMoves[p] += 1
    status[i] = to
  }

  function fund(p: number, i: number, usd: number): void {
    balance[i] = usd
    slotFunded[i] = usd
    slotRepaid[i] = 0
    slotWrittenOff[i] = 0
    fundedTotal[p] += usd
  }

  function interest(p: number, usd: number): void {
    interestToday[p] += usd
    interestTotal[p] += usd
  }

  /** Takes principal off the balance, never more than there is. */
  function lower(p: number, i: number, usd: number): number {
    const cut = Math.min(usd, balance[i])
    balance[i] -= cut
    slotRepaid[i] += cut
    repaidTotal[p] += cut
    return cut
  }

  function principal(p: number, i: number, usd: number): void {
    principalToday[p] += lower(p, i, usd)
  }

  /** Money recovered after default: principal first, then interest still due; what is left belongs to the borrower. */
  function recovery(p: number, i: number, usd: number): number {
    const toPrincipal = lower(p, i, usd)
    recovered[i] += toPrincipal
    recoveredTotal[p] += toPrincipal
    recoveryToday[p] += toPrincipal
    const toInterest = Math.min(usd - toPrincipal, interestDue[i])
    interestDue[i] -= toInterest
    interest(p, toInterest)
    return toPrincipal + toInterest
  }

  function insurance(p: number, i: number, usd: number): void {
    const paid = lower(p, i, usd)
    recovered[i] += paid
    recoveredTotal[p] += paid
    insuranceToday[p] += paid
  }

  function writeOff(p: number, i: number, usd: number): void {
    const cut = Math.min(usd, balance[i])
    balance[i] -= cut
    slotWrittenOff[i] += cut
    writtenOffTotal[p] += cut
    lossTotal[p] = writtenOffTotal[p]
    lossShareOfFunded[p] = writtenOffTotal[p] / fundedTotal[p]
    writeOffToday[p] += cut
  }

  /** Ends a deal whose balance is 0: pledges and reserves go back to the borrower. */
  function close(p: number, i: number): void {
    if (status[i] >= defaulted) grade(p, i, collateralBrought[i], slotWrittenOff[i])
    interestDue[i] = 0
    interestAccrued[i] = 0
    principalDue[i] = 0
    borrowerCash[i] = 0
    cashReserve[i] = 0
    units[i] = 0
    slotImpairment[i] = 0
    firstLossLeft[i] = 0
    insuranceDue[i] = 0
    insuranceDueDay[i] = 0
    move(p, i, closed)
  }

  /**
   * What a workout says about the cover that the deal should have had.
   * @param brought what the machines brought, or are expected to, USD
   * @param lost principal lost, or expected to be, USD
   */
  function grade(p: number, i: number, brought: number, lost: number): void {
    worstLossGivenDefault[p] = Math.max(worstLossGivenDefault[p], exposure[i] > 0 ? lost / exposure[i] : 0)
    // Without a loss the machines may have brought more than was owed: then less cover would have been enough.
    const owed = lost > 0 ? brought + lost : Math.min(brought, recovered[i] + balance[i])
    const cover = brought > 0 ? (coverage[i] * owed) / brought : lost > 0 ? mostCover : 0
    requiredCover[p] = Math.max(requiredCover[p], Math.min(mostCover, cover))
  }

  return { move, fund, interest, principal, recovery, insurance, writeOff, close, grade }
}

export type Ledger = ReturnType<typeof openLedger>
