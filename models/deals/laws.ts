/** What must hold of the loan book on every path and day. */
import type { Laws } from '../../sim/kernel/declarations.ts'
import type { DealsContext } from './columns.ts'
import { closed, defaulted, empty, late } from './states.ts'

/** The smaller of two; not a number if either is not. */
const lower = (a: number, b: number): number => (a < b ? a : a >= b ? b : Number.NaN)

export function dealLaws({ state, parameters, clock, sizes }: DealsContext): Laws {
  const { status, balance, slotFunded, slotRepaid, slotWrittenOff, slotImpairment, borrowerCash, cashReserve } = state
  const { units, interestDue, principalDue, insuranceDue, lateSince, defaultedOn, slotsUsed, illegalMoves } = state
  const {
    outstanding,
    impairment,
    fundedTotal,
    repaidTotal,
    writtenOffTotal,
    interestAccrued,
    firstLossLeft,
    changedOn,
  } = state
  const { graceDays, legalDelay } = parameters
  const slots = sizes['slot']

  /** Slots of a path to look at: none on a day on which no deal has acted, since the last day that one did was in order. */
  const end = (path: number): number => (changedOn[path] === clock.day ? path * slots + slotsUsed[path] : path * slots)

  /** True when the dates of a deal allow the state it is in. */
  function timely(i: number): boolean {
    const now = status[i]
    if (now === empty || now === closed) return balance[i] === 0 && units[i] === 0 && slotImpairment[i] === 0
    if (now < late) return interestDue[i] + principalDue[i] === 0
    if (now === late) return clock.day >= lateSince[i]
    if (defaultedOn[i] - lateSince[i] < graceDays) return false
    return now === defaulted || clock.day >= defaultedOn[i] + legalDelay
  }

  function perDeal(path: number): number {
    let worst = 0
    for (let i = path * slots, last = end(path); i < last; i++) {
      const off = Math.abs(slotFunded[i] - slotRepaid[i] - slotWrittenOff[i] - balance[i])
      if (!(off <= worst)) worst = off
    }
    return worst
  }

  function grossBook(path: number): number {
    if (changedOn[path] !== clock.day) return 0
    let sum = 0
    for (let i = path * slots, last = end(path); i < last; i++) sum += balance[i]
    return sum - outstanding[path]
  }

  /** The most negative of what can never be negative, and impairment beyond a balance. */
  function negative(path: number): number {
    let worst = Math.min(0, outstanding[path] - impairment[path])
    for (let i = path * slots, last = end(path); i < last; i++) {
      if (status[i] === empty || status[i] === closed) continue
      const book = lower(lower(balance[i], slotImpairment[i]), lower(balance[i] - slotImpairment[i], units[i]))
      const accounts = lower(lower(borrowerCash[i], cashReserve[i]), firstLossLeft[i])
      const dues = lower(lower(interestDue[i], principalDue[i]), lower(insuranceDue[i], interestAccrued[i]))
      const lowest = lower(book, lower(accounts, dues))
      if (!(lowest >= worst)) worst = lowest
    }
    return worst
  }

  function untimely(path: number): number {
    let count = illegalMoves[path]
    for (let i = path * slots, last = end(path); i < last; i++) if (!timely(i)) count += 1
    return count
  }

  return {
    loanBook: {
      meaning: 'funded principal = repaid + written off + outstanding',
      scale: 'ledger',
      distance: (path) => fundedTotal[path] - repaidTotal[path] - writtenOffTotal[path] - outstanding[path],
    },
    loanBookOfEachDeal: {
      meaning: 'of each deal, funded principal = repaid + written off + balance',
      scale: 'ledger',
      distance: perDeal,
    },
    grossBook: { meaning: 'the gross book is the sum of all balances', scale: 'ledger', distance: grossBook },
    nonNegativeDeals: {
      meaning: 'no balance, account, claim or pledge is negative, and no impairment exceeds its balance',
      scale: 'ledger',
      distance: negative,
    },
    legalStates: {
      meaning:
        'deals move between states as the contract allows: default never before grace, a sale never before the law',
      scale: 'pure',
      distance: untimely,
    },
  }
}
