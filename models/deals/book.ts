/** The book as a whole: sums over the deals of a path, the expected loss of those in trouble, and when the next one acts. */
import type { DealsContext } from './columns.ts'
import type { Income } from './income.ts'
import { closed, defaulted, empty, hosted, late, liquidating, watch } from './states.ts'
import type { Terms } from './terms.ts'
import type { Workout } from './workout.ts'

export function openBook(context: DealsContext, terms: Terms, income: Income, workout: Workout) {
  const { state, inputs, parameters, clock, sizes } = context
  const { status, balance, type, revenueShare, monthsLeft, cashReserve, firstLossLeft, insuranceShare } = state
  const { insuranceDue, slotImpairment, borrower, units, generation, nextPayment, slotsUsed } = state
  const { outstanding, impairment, performing, watched, troubled, largestShare, relatedShare, borrowerBalance } = state
  const { awaiting, forSale, nextEvent, unitsPledged, collateralValue, changedOn } = state
  const { price } = inputs
  const slots = sizes['slot']
  const borrowers = sizes['borrower']
  const generations = sizes['generation']
  const ours = parameters.recourse === 'secured' ? 1 : parameters.unsecuredShare
  const kept = (1 - parameters.impairmentHaircut) * (1 - parameters.workoutCost) * ours
  const { lateLossWeight } = parameters

  /** What the machines of a slot are expected to bring in a forced sale, net of costs and of other creditors, USD. */
  const expectedProceeds = (p: number, i: number): number => kept * income.value(p, i)

  /**
   * Expected loss of a deal at today's prices, between 0 and its balance: what its machines, reserve and covers would leave
   * unpaid, weighted while it is only late; for an equity deal that pays, what its share will not return.
   */
  function expectedLoss(p: number, i: number): number {
    const now = status[i]
    if (now < late) {
      if (type[i] !== 1) return 0
      const expected = revenueShare[i] * income.revenue(p, i) * monthsLeft[i]
      return Math.max(0, balance[i] - Math.max(0, expected))
    }
    if (insuranceDue[i] > 0) return 0
    const uncovered = balance[i] - expectedProceeds(p, i) - cashReserve[i] - firstLossLeft[i]
    const loss = Math.max(0, uncovered) * (1 - insuranceShare[i])
    return Math.min(balance[i], now === late ? lateLossWeight * loss : loss)
  }

  /** Takes stock of a path after something has changed. */
  function takeStock(p: number): void {
    clear(p)
    changedOn[p] = clock.day
    let total = 0
    let loss = 0
    let next = 1e9
    for (let i = p * slots; i < p * slots + slotsUsed[p]; i++) {
      const now = status[i]
      if (now === empty || now === closed) continue
      const owed = balance[i]
      slotImpairment[i] = expectedLoss(p, i)
      total += owed
      loss += slotImpairment[i]
      borrowerBalance[p * borrowers + borrower[i]] += owed
      unitsPledged[p * generations + generation[i]] += units[i]
      count(p, i, now, owed)
      next = Math.min(next, now < late || now === hosted ? nextPayment[i] : clock.day + 1)
    }
    outstanding[p] = total
    impairment[p] = loss
    nextEvent[p] = troubled[p] > 0 ? Math.min(next, clock.day + 1) : next
    findShares(p)
  }

  function clear(p: number): void {
    for (let b = p * borrowers; b < (p + 1) * borrowers; b++) borrowerBalance[b] = 0
    for (let g = p * generations; g < (p + 1) * generations; g++) unitsPledged[g] = 0
    performing[p] = 0
    watched[p] = 0
    troubled[p] = 0
    awaiting[p] = 0
    forSale[p] = 0
  }

  function count(p: number, i: number, now: number, owed: number): void {
    if (now < late) {
      performing[p] += owed
      if (now === watch) watched[p] += owed
      return
    }
    troubled[p] += owed
    if (now === defaulted && workout.mayChoose(i)) awaiting[p] += 1
    if (now === liquidating && units[i] > 0) forSale[p] += 1
  }

  /** Books a payment of a deal whose state has not changed. */
  function lower(p: number, i: number, usd: number): void {
    outstanding[p] -= usd
    performing[p] -= usd
    if (status[i] === watch) watched[p] -= usd
    borrowerBalance[p * borrowers + borrower[i]] -= usd
  }

  /** Shares of the largest borrower and of related parties in the book. */
  function findShares(p: number): void {
    const total = outstanding[p]
    let largest = 0
    let related = 0
    for (let b = 0; b < borrowers; b++) {
      const owed = borrowerBalance[p * borrowers + b]
      if (owed > largest) largest = owed
      if (terms.relatedParty[b] === 1) related += owed
    }
    largestShare[p] = total > 0 ? largest / total : 0
    relatedShare[p] = total > 0 ? related / total : 0
  }

  /** Values all machines at today's prices. */
  function valueCollateral(p: number): void {
    let sum = 0
    for (let g = p * generations; g < (p + 1) * generations; g++) sum += unitsPledged[g] * price[g]
    collateralValue[p] = sum
  }

  return { takeStock, lower, findShares, valueCollateral, expectedProceeds }
}

export type Book = ReturnType<typeof openBook>
