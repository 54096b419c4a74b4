/** The morning’s money: what deals paid and bills earned reaches the bank, sAID and the issuer; losses find their bearers. */
import type { EconomyContext } from '../rooms.ts'
import { makeLosses } from './losses.ts'

export function openSettlement(context: EconomyContext) {
  const { operations, columns, parameters } = context
  const { deals, reserve, vault, aid, treasury } = operations
  const { interestToday, principalToday, recoveryToday, insuranceToday, writeOffToday, outstanding } = columns.deals
  const { incomeToday, lossToday, liquid, cash } = columns.reserve
  const { fundClaim, treasuryPayable } = columns.vault
  const { unified } = columns.aid
  const { reserveIncomeToSurplus } = parameters.treasury
  const losses = makeLosses(context)

  const fromDeals = (p: number): void => {
    const cash = interestToday[p] + principalToday[p] + recoveryToday[p] + insuranceToday[p]
    if (cash > 0) reserve.receiveCash(p, cash)
    if (interestToday[p] > 0) vault.earn(p, interestToday[p])
    const lost = writeOffToday[p]
    deals.settled(p)
    losses.onDeals(p, lost)
  }

  /** The fund earns on its own liquid assets; the rest backs AID, whose income is the issuer’s or surplus. */
  const fromReserve = (p: number): void => {
    const income = reserve.incomeTaken(p)
    const share = unified[p] === 1 ? 1 : fundShare(p)
    if (income > 0) {
      vault.earn(p, income * share)
      const rest = income - income * share
      const kept = rest * reserveIncomeToSurplus
      aid.addSurplus(p, kept)
      const due = rest - kept
      const paid = reserve.payCash(p, due)
      treasury.notePayout(p, paid)
      // What the bank account cannot pay today stays in the protocol.
      aid.addSurplus(p, due - paid)
    }
    // At negative yields bills cost money to hold: that is a loss like any other.
    losses.onLiquid(p, reserve.lossTaken(p) + Math.max(0, -income))
  }

  const fundShare = (p: number): number => {
    const own = Math.max(0, fundClaim[p] - outstanding[p])
    return liquid[p] > 0 ? Math.min(1, own / liquid[p]) : 0
  }

  const payIssuer = (p: number): void => {
    // The issuer waits while the bank account cannot pay it whole: holders come first.
    if (treasuryPayable[p] <= 0 || treasuryPayable[p] > cash[p]) return
    treasury.notePayout(p, reserve.payCash(p, vault.takeTreasury(p)))
  }

  return (active: Int32Array, count: number): void => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      if (interestToday[p] + principalToday[p] + recoveryToday[p] + insuranceToday[p] + writeOffToday[p] > 0)
        fromDeals(p)
      if (incomeToday[p] !== 0 || lossToday[p] !== 0) fromReserve(p)
      payIssuer(p)
    }
  }
}
