/** After default: the law takes its time, then a partner hosts the machines or they are sold; covers pay; the rest is lost. */
import type { DealsContext } from './columns.ts'
import { netOperatingIncome } from './covenants.ts'
import { defaultIntensity } from './intensity.ts'
import type { Ledger } from './ledger.ts'
import { drawInsurer } from './purposes.ts'
import { defaulted, hosted, liquidating } from './states.ts'
import { daysPerMonth, type Terms } from './terms.ts'

/** An insurer that never fails. */
const never = 1e9
const businessDaysPerWeek = 5

export function openWorkout(context: DealsContext, terms: Terms, ledger: Ledger) {
  const { state, inputs, parameters, clock, sizes, events } = context
  const { status, balance, units, generation, nextPayment, defaultedOn, saleLot, hostedUntil } = state
  const { hostedRentShare, hostedShare, hostedCost } = state
  const { collateralBrought, insuranceShare, insuranceDue, insuranceDueDay, firstLossLeft, insurerDefaultDay } = state
  const { contract, utilisation } = inputs
  const { legalDelay, saleWeeks, hostedMonths, workoutCost, recourse, unsecuredShare, insuranceLag } = parameters
  const generations = sizes['generation']
  const ours = recourse === 'secured' ? 1 : unsecuredShare
  const insurerIntensity = defaultIntensity(parameters.insurerDefaultProbability)

  function start(p: number): void {
    const draw = events.at(p, 0, drawInsurer).exponential()
    insurerDefaultDay[p] = insurerIntensity > 0 ? Math.min(never, (365 * draw) / insurerIntensity) : never
  }

  /** True from the day on which the machines may be hosted or sold. */
  const mayChoose = (i: number): boolean => status[i] === defaulted && clock.day >= defaultedOn[i] + legalDelay

  function liquidate(p: number, i: number): void {
    ledger.move(p, i, liquidating)
    saleLot[i] = units[i] / (businessDaysPerWeek * saleWeeks)
    if (units[i] === 0) finish(p, i)
  }

  /** What machines bring, net of costs and of other creditors, goes to the claim. */
  function bring(p: number, i: number, usd: number): number {
    const net = usd * ours
    collateralBrought[i] += net
    return ledger.recovery(p, i, net)
  }

  /** When nothing is left to sell: the underwriter's first loss, the insurer's share, and the rest written off. */
  function finish(p: number, i: number): void {
    const cover = Math.min(balance[i], firstLossLeft[i])
    firstLossLeft[i] -= cover
    ledger.recovery(p, i, cover)
    const insured = clock.day < insurerDefaultDay[p] ? balance[i] * insuranceShare[i] : 0
    ledger.writeOff(p, i, balance[i] - insured)
    insuranceDue[i] = balance[i]
    insuranceDueDay[i] = clock.day + insuranceLag
    if (balance[i] === 0) ledger.close(p, i)
  }

  function settleInsurance(p: number, i: number): void {
    if (clock.day < insurerDefaultDay[p]) ledger.insurance(p, i, balance[i])
    else ledger.writeOff(p, i, balance[i])
    ledger.close(p, i)
  }

  /** A month of hosting: the partner pays on a share of what the machines earn at today's contract rent, first the cost of moving. */
  function hostedMonth(p: number, i: number): void {
    nextPayment[i] += daysPerMonth
    const at = p * generations + generation[i]
    const rent = hostedRentShare[i] * contract[at]
    const net = netOperatingIncome(units[i], utilisation[p], rent, terms.opex[generation[i]])
    const share = Math.max(0, net) * hostedShare[i]
    const kept = Math.min(share, hostedCost[i])
    hostedCost[i] -= kept
    bring(p, i, share - kept)
    if (balance[i] === 0) ledger.close(p, i)
    else if (clock.day >= hostedUntil[i]) liquidate(p, i)
  }

  /** A day of a deal in default, hosted or in liquidation. */
  function day(p: number, i: number): void {
    const now = status[i]
    if (now === defaulted) {
      if (clock.day > defaultedOn[i] + legalDelay) liquidate(p, i)
    } else if (now === hosted) {
      if (clock.business && clock.day >= nextPayment[i]) hostedMonth(p, i)
    } else if (units[i] === 0 && clock.business && clock.day >= insuranceDueDay[i]) settleInsurance(p, i)
  }

  /** Hands the machines to a partner. */
  function host(p: number, i: number, rentShare: number, incomeShare: number, downtime: number, cost: number): void {
    ledger.move(p, i, hosted)
    hostedRentShare[i] = rentShare
    hostedShare[i] = incomeShare
    hostedCost[i] = cost
    nextPayment[i] = clock.day + downtime + daysPerMonth
    hostedUntil[i] = clock.day + downtime + hostedMonths * daysPerMonth
  }

  /** A lender without title to the machines cannot move them. */
  const mayHost = (i: number): boolean => ours === 1 && mayChoose(i)

  /** Machines that this deal wants to sell today: a lot each business day, with the last one all that is left. */
  function unitsForSale(i: number): number {
    if (status[i] !== liquidating || !clock.business) return 0
    return units[i] < 1.5 * saleLot[i] ? units[i] : saleLot[i]
  }

  /** Books a sale. @returns USD that reach the lender */
  function sold(p: number, i: number, count: number, proceeds: number): number {
    units[i] = count >= units[i] ? 0 : units[i] - count
    const reached = bring(p, i, proceeds * (1 - workoutCost))
    if (balance[i] === 0) ledger.close(p, i)
    else if (units[i] === 0) finish(p, i)
    return reached
  }

  return { start, day, host, liquidate, unitsForSale, sold, mayChoose, mayHost }
}

export type Workout = ReturnType<typeof openWorkout>
