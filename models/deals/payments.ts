/** The monthly life of a deal that pays: revenue in, what is due out of it, the reserve, covenants, spare cash. */
import { levelPayment } from './annuity.ts'
import type { DealsContext } from './columns.ts'
import type { Income } from './income.ts'
import type { Ledger } from './ledger.ts'
import { drawRenewal, drawRevenue, drawSponsor } from './purposes.ts'
import { late, performing, watch } from './states.ts'
import { daysPerMonth } from './terms.ts'

export function openPayments(context: DealsContext, income: Income, ledger: Ledger) {
  const { state, inputs, parameters, clock, sizes, events } = context
  const { status, borrower, type, structure, balance, rate, revenueShare, payment, monthsLeft, nextPayment } = state
  const { interestAccrued, interestDue, principalDue, borrowerCash, cashReserve, reserveShare, stopped } = state
  const { contractRent, contractUntil, generation, revenueDeviation, revenueThrough, breachSince, lateSince } = state
  const { contract, regime } = inputs
  const { dscrCovenant, ltvCovenant, accelerationLoanToValue, cureDays, sponsorSupport, retainedMonths } = parameters
  const { extensionMonths, refinancingLoanToValue, revenueNoise, revenuePersistence, renewalProbability } = parameters
  const slots = sizes['slot']
  const borrowers = sizes['borrower']
  const generations = sizes['generation']
  const fresh = revenueNoise * Math.sqrt((1 - revenuePersistence) * (1 + revenuePersistence))

  const isStopped = (p: number, i: number): boolean => stopped[p * borrowers + borrower[i]] === 1

  /** Books the revenue since the last time; machines that do not pay for their power stand still at the sponsor's cost. */
  function collect(p: number, i: number): void {
    const months = (clock.day - revenueThrough[i]) / daysPerMonth
    revenueThrough[i] = clock.day
    if (months > 0 && !isStopped(p, i)) {
      borrowerCash[i] = Math.max(0, borrowerCash[i] + income.netIncome(p, i) * months)
    }
  }

  /** Adds what falls due: interest on the balance, and principal by the structure; all of it with the last payment. */
  function bill(i: number): void {
    nextPayment[i] += daysPerMonth
    monthsLeft[i] = Math.max(0, monthsLeft[i] - 1)
    const interest = (balance[i] * rate[i]) / 12
    const notDue = balance[i] - principalDue[i]
    if (monthsLeft[i] === 0) {
      interestDue[i] += interestAccrued[i] + interest
      interestAccrued[i] = 0
      principalDue[i] = balance[i]
    } else if (structure[i] === 2) interestAccrued[i] += interest
    else {
      interestDue[i] += interest
      if (structure[i] === 0) principalDue[i] += Math.min(notDue, Math.max(0, payment[i] - interest))
    }
  }

  /** Another lender takes out a balance due in full, if machines and income still bear it and the market is no glut. */
  function refinances(p: number, i: number): boolean {
    if (principalDue[i] < balance[i] || balance[i] === 0 || regime[p] < 0.5) return false
    if (income.netIncome(p, i) < (balance[i] * rate[i]) / 12) return false
    return balance[i] + interestDue[i] <= refinancingLoanToValue * income.value(p, i)
  }

  /** The lender itself extends a balloon that nobody takes out, once, while income covers level payments. */
  function mayExtend(p: number, i: number): boolean {
    if (extensionMonths === 0 || structure[i] === 0 || monthsLeft[i] > 0) return false
    return income.netIncome(p, i) >= levelPayment(balance[i], rate[i], extensionMonths)
  }

  function extend(i: number): void {
    structure[i] = 0
    monthsLeft[i] = extensionMonths
    principalDue[i] = 0
    income.setPayment(i)
  }

  /** Pays what is due from the account, then the reserve; interest before principal. */
  function pay(p: number, i: number): void {
    const due = interestDue[i] + principalDue[i]
    if (due === 0 || isStopped(p, i)) return
    const available = borrowerCash[i] + cashReserve[i]
    if (available < due && refinances(p, i)) settle(p, i, due)
    else {
      if (available < due && mayExtend(p, i)) extend(i)
      const paid = Math.min(interestDue[i] + principalDue[i], available)
      settle(p, i, paid)
      const fromCash = Math.min(paid, borrowerCash[i])
      borrowerCash[i] -= fromCash
      cashReserve[i] = Math.max(0, cashReserve[i] - (paid - fromCash))
    }
  }

  function settle(p: number, i: number, usd: number): void {
    const all = usd >= interestDue[i] + principalDue[i]
    const toInterest = all ? interestDue[i] : Math.min(usd, interestDue[i])
    const toPrincipal = all ? principalDue[i] : usd - toInterest
    interestDue[i] -= toInterest
    principalDue[i] -= toPrincipal
    ledger.interest(p, toInterest)
    ledger.principal(p, i, toPrincipal)
  }

  /** Pays principal ahead of time. The months stay, so the level payment falls. */
  function prepay(p: number, i: number, usd: number): void {
    if (!(usd > 0)) return
    ledger.principal(p, i, usd)
    if (principalDue[i] > balance[i]) principalDue[i] = balance[i]
    if (monthsLeft[i] > 0) income.setPayment(i)
  }

  function fallLate(p: number, i: number): void {
    if (status[i] !== late) {
      ledger.move(p, i, late)
      lateSince[i] = clock.day
    }
  }

  /** After a payment: late, done, on watch or performing. */
  function review(p: number, i: number): void {
    if (isStopped(p, i) || interestDue[i] + principalDue[i] > 0) fallLate(p, i)
    else if (balance[i] === 0) ledger.close(p, i)
    else monitor(p, i)
  }

  /** Tests the covenants of a deal that owes nothing today, and directs its spare cash. */
  function monitor(p: number, i: number): void {
    const coverage = income.testDscr(p, i)
    const loanToValue = income.testLtv(p, i)
    if (accelerates(p, i, loanToValue, coverage)) {
      principalDue[i] = balance[i]
      interestDue[i] += interestAccrued[i]
      interestAccrued[i] = 0
      fallLate(p, i)
    } else if (balance[i] === 0) ledger.close(p, i)
    else direct(p, i, coverage, loanToValue)
  }

  /** Pays the upside of a hybrid, fills the reserve, and sets the state that the covenants ask for. */
  function direct(p: number, i: number, coverage: number, loanToValue: number): void {
    const upside = type[i] === 2 ? revenueShare[i] * (income.netIncome(p, i) - income.debtService(i)) : 0
    if (upside > 0) {
      const paid = Math.min(upside, borrowerCash[i])
      borrowerCash[i] -= paid
      ledger.interest(p, paid)
    }
    const refill = Math.min(borrowerCash[i], Math.max(0, reserveShare[i] * balance[i] - cashReserve[i]))
    borrowerCash[i] -= refill
    cashReserve[i] += refill
    const to = coverage < dscrCovenant || loanToValue > ltvCovenant ? watch : performing
    if (status[i] !== to) ledger.move(p, i, to)
    useSpareCash(p, i, loanToValue)
  }

  /** Spare cash goes to the sponsor; on watch it stays, or repays principal where the machines are worth too little. */
  function useSpareCash(p: number, i: number, loanToValue: number): void {
    const spare = borrowerCash[i] - retainedMonths * income.debtService(i)
    if (!(spare > 0)) return
    if (status[i] === performing) borrowerCash[i] -= spare
    else if (loanToValue > ltvCovenant) {
      const swept = Math.min(spare, balance[i])
      borrowerCash[i] -= swept
      prepay(p, i, swept)
      if (balance[i] === 0) ledger.close(p, i)
    }
  }

  /** True when a breach has outlasted its cure period and the sponsor does not pay the balance down. */
  function accelerates(p: number, i: number, loanToValue: number, coverage: number): boolean {
    if (loanToValue <= accelerationLoanToValue) {
      breachSince[i] = -1
      return false
    }
    if (breachSince[i] < 0) breachSince[i] = clock.day
    if (clock.day - breachSince[i] < cureDays) return false
    breachSince[i] = -1
    const helps = coverage >= 1 && events.at(p, i - p * slots, drawSponsor).uniform() < sponsorSupport
    if (helps) prepay(p, i, balance[i] - accelerationLoanToValue * income.value(p, i))
    return !helps
  }

  /** At the end of grace the sponsor pays what is late, if it can and the deal is worth keeping. @returns true when paid */
  function isRescued(p: number, i: number): boolean {
    if (type[i] === 1 || isStopped(p, i) || principalDue[i] >= balance[i]) return false
    if (income.netIncome(p, i) < (balance[i] * rate[i]) / 12 || income.value(p, i) < balance[i]) return false
    if (!(events.at(p, i - p * slots, drawSponsor).uniform() < sponsorSupport)) return false
    settle(p, i, interestDue[i] + principalDue[i])
    review(p, i)
    return true
  }

  /** The deal's own luck for the next month, and what follows a contract that has ended. */
  function turnMonth(p: number, i: number): void {
    const agent = i - p * slots
    if (fresh > 0) {
      revenueDeviation[i] = revenuePersistence * revenueDeviation[i] + fresh * events.at(p, agent, drawRevenue).normal()
    }
    if (contractUntil[i] < 0 || clock.day < contractUntil[i]) return
    if (events.at(p, agent, drawRenewal).uniform() < renewalProbability) {
      contractUntil[i] += 365
      contractRent[i] = contract[p * generations + generation[i]]
    } else contractUntil[i] = -1
  }

  /** Pays the share of an equity deal: capital back in level instalments, the rest is income, a shortfall at the end a loss. */
  function share(p: number, i: number): void {
    const months = (clock.day - revenueThrough[i]) / daysPerMonth
    revenueThrough[i] = clock.day
    nextPayment[i] += daysPerMonth
    if (isStopped(p, i)) {
      fallLate(p, i)
      return
    }
    monthsLeft[i] = Math.max(0, monthsLeft[i] - 1)
    const paid = revenueShare[i] * income.revenue(p, i) * months
    const toCapital = Math.min(paid, Math.max(0, balance[i] - payment[i] * monthsLeft[i]))
    ledger.principal(p, i, toCapital)
    ledger.interest(p, paid - toCapital)
    if (monthsLeft[i] === 0) {
      ledger.writeOff(p, i, balance[i])
      ledger.close(p, i)
    }
  }

  /** Everything of a due day of a performing or watched deal. */
  function month(p: number, i: number): void {
    if (type[i] === 1) share(p, i)
    else {
      collect(p, i)
      bill(i)
      pay(p, i)
      review(p, i)
    }
    turnMonth(p, i)
  }

  /** A day of a late deal: it pays as revenue arrives; on due days more falls due. */
  function lateDay(p: number, i: number): void {
    if (type[i] === 1) return
    collect(p, i)
    if (clock.day >= nextPayment[i]) {
      bill(i)
      turnMonth(p, i)
    }
    pay(p, i)
    if (!isStopped(p, i) && interestDue[i] + principalDue[i] === 0) review(p, i)
  }

  return { month, lateDay, fallLate, isRescued }
}

export type Payments = ReturnType<typeof openPayments>
