/** Why a borrower defaults: payments late beyond grace, a jump outside its rents, or the order of a scenario. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import type { DealsContext } from './columns.ts'
import { defaultIntensity } from './intensity.ts'
import type { Ledger } from './ledger.ts'
import type { Payments } from './payments.ts'
import { drawThreshold } from './purposes.ts'
import { defaulted, empty, late, performing } from './states.ts'
import type { Terms } from './terms.ts'

/** A hazard that no run reaches: borrowers whose hazard multiple is 0. */
const never = 1e9

export function openTriggers(context: DealsContext, terms: Terms, payments: Payments, ledger: Ledger) {
  const { state, inputs, parameters, clock, sizes, levers, events } = context
  const { status, borrower, balance, interestAccrued, interestDue, borrowerCash, cashReserve, lateSince } = state
  const { defaultedOn, exposure, stopped, borrowerDefaulted, hazardThreshold, hazard, hazardToday, nextThreshold } =
    state
  const { slotsUsed, defaultsCumulative, dealsDefaulted, defaultedAmount, collateralBrought, recovered } = state
  const { borrowerBalance } = state
  const { factor } = inputs
  const { graceDays, wrongWayLoading, overlayProbability } = parameters
  const slots = sizes['slot']
  const borrowers = sizes['borrower']
  const dailyIntensity = defaultIntensity(overlayProbability) * clock.yearsPerDay
  const convexity = 0.5 * wrongWayLoading * wrongWayLoading

  /** Draws the hazard at which each borrower of the path stops paying. */
  function start(p: number): void {
    for (let b = 0; b < borrowers; b++) {
      const multiple = terms.hazardMultiple[b]
      const draw = events.at(p, b, drawThreshold).exponential()
      hazardThreshold[p * borrowers + b] = multiple > 0 ? draw / multiple : never
    }
    findNext(p)
  }

  function findNext(p: number): void {
    let lowest = never
    for (let b = p * borrowers; b < (p + 1) * borrowers; b++) {
      if (stopped[b] === 0 && hazardThreshold[b] < lowest) lowest = hazardThreshold[b]
    }
    nextThreshold[p] = lowest
  }

  /** Adds today's hazard of the path; its mean over a standard normal factor is the stated one. */
  function addHazard(p: number, stress: number): void {
    const tilt = wrongWayLoading === 0 ? 1 : exp(-wrongWayLoading * factor[p] - convexity)
    hazardToday[p] = dailyIntensity * tilt * stress
    hazard[p] += hazardToday[p]
  }

  /** Borrowers whose threshold has been passed pay nothing from today; their deals are late and have their grace. */
  function stopBorrowers(p: number): void {
    for (let b = 0; b < borrowers; b++) {
      const at = p * borrowers + b
      if (stopped[at] === 1 || hazard[p] < hazardThreshold[at]) continue
      stopped[at] = 1
      for (let i = p * slots; i < p * slots + slotsUsed[p]; i++) {
        if (borrower[i] === b && status[i] >= performing && status[i] < late) payments.fallLate(p, i)
      }
    }
    findNext(p)
  }

  /**
   * The borrower defaults with all its deals (cross-default).
   * @param since day of the first missed payment, which its other deals share
   */
  function defaultBorrower(p: number, b: number, since: number): void {
    const at = p * borrowers + b
    if (borrowerDefaulted[at] === 0) {
      borrowerDefaulted[at] = 1
      defaultsCumulative[p] += 1
    }
    if (stopped[at] === 0) {
      stopped[at] = 1
      findNext(p)
    }
    for (let i = p * slots; i < p * slots + slotsUsed[p]; i++) {
      if (borrower[i] === b && status[i] > empty && status[i] < defaulted) defaultDeal(p, i, since)
    }
  }

  function defaultDeal(p: number, i: number, since: number): void {
    if (status[i] !== late) {
      ledger.move(p, i, late)
      lateSince[i] = since
    } else if (since < lateSince[i]) lateSince[i] = since
    ledger.move(p, i, defaulted)
    defaultedOn[i] = clock.day
    exposure[i] = balance[i]
    dealsDefaulted[p] += 1
    defaultedAmount[p] += balance[i]
    recovered[i] = 0
    collateralBrought[i] = 0
    interestDue[i] += interestAccrued[i]
    interestAccrued[i] = 0
    borrowerCash[i] = 0
    const reserve = cashReserve[i]
    cashReserve[i] = 0
    ledger.recovery(p, i, Math.min(reserve, balance[i]))
    if (balance[i] === 0) ledger.close(p, i)
  }

  /** Defaults the borrower of a late deal whose grace has passed and which its sponsor does not rescue. */
  function endGrace(p: number, i: number): void {
    if (status[i] !== late || clock.day - lateSince[i] < graceDays) return
    if (!payments.isRescued(p, i)) defaultBorrower(p, borrower[i], lateSince[i])
  }

  /** The borrower with the largest balance turns out not to have paid for as long as grace lasts. */
  function defaultLargest(p: number): void {
    let largest = -1
    for (let b = 0; b < borrowers; b++) {
      const at = p * borrowers + b
      if (borrowerDefaulted[at] === 1 || borrowerBalance[at] === 0) continue
      if (largest < 0 || borrowerBalance[at] > borrowerBalance[p * borrowers + largest]) largest = b
    }
    if (largest >= 0) defaultBorrower(p, largest, clock.day - graceDays)
  }

  /** True when a scenario orders the largest borrower to default in some tick of today. */
  function ordered(): boolean {
    for (let t = 0; t < clock.ticksPerDay; t++) {
      if (levers.defaultLargest[clock.day * clock.ticksPerDay + t] > 0.5) return true
    }
    return false
  }

  /** Mean over the ticks of today of the multiple of the hazard. */
  function stress(): number {
    let sum = 0
    for (let t = 0; t < clock.ticksPerDay; t++) sum += levers.borrowerStress[clock.day * clock.ticksPerDay + t]
    return sum / clock.ticksPerDay
  }

  return { start, addHazard, stopBorrowers, endGrace, defaultLargest, ordered, stress }
}

export type Triggers = ReturnType<typeof openTriggers>
