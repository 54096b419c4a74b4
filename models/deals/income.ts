/** What a deal's machines earn: contract rent while contracts last, the spot market's after. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { levelPayment } from './annuity.ts'
import type { DealsContext } from './columns.ts'
import { debtServiceCoverage, loanToValue, netOperatingIncome } from './covenants.ts'
import type { Terms } from './terms.ts'

/** Beyond this a ratio says no more. */
const largestRatio = 99

export function openIncome({ state, inputs, parameters, clock, sizes }: DealsContext, terms: Terms) {
  const { borrower, type, structure, balance, rate, payment, monthsLeft, units, generation } = state
  const { contractRent, contractUntil, relativeUtilisation, revenueDeviation, dscr, ltv } = state
  const { spot, contract, price, utilisation } = inputs
  const { contractUtilisation, renegotiationRatio, revenueNoise } = parameters
  const generations = sizes['generation']
  const { contractedShare, opex } = terms

  /** Gross revenue of an average machine, USD an hour. */
  function revenueAnHour(p: number, i: number): number {
    const at = p * generations + generation[i]
    const open = Math.min(1, relativeUtilisation[i] * utilisation[p]) * spot[at]
    const own = revenueNoise === 0 ? 1 : exp(revenueDeviation[i] - 0.5 * revenueNoise * revenueNoise)
    if (clock.day >= contractUntil[i]) return own * open
    const share = contractedShare[borrower[i]]
    const honoured = Math.min(contractRent[i], renegotiationRatio * contract[at])
    return own * (share * contractUtilisation * honoured + (1 - share) * open)
  }

  /** Gross revenue, USD a month. */
  function revenue(p: number, i: number): number {
    return netOperatingIncome(units[i], 1, revenueAnHour(p, i), 0)
  }

  /** Net operating income, USD a month; below 0 where rents do not pay for the power. */
  function netIncome(p: number, i: number): number {
    return netOperatingIncome(units[i], 1, revenueAnHour(p, i), opex[generation[i]])
  }

  /** What the contract asks for in an ordinary month, USD; an equity deal asks for nothing. */
  function debtService(i: number): number {
    if (type[i] === 1) return 0
    return structure[i] === 0 ? payment[i] : (balance[i] * rate[i]) / 12
  }

  /** Level payment or instalment of capital for the balance and months that are left. */
  function setPayment(i: number): void {
    if (type[i] === 1) payment[i] = balance[i] / monthsLeft[i]
    else payment[i] = structure[i] === 0 ? levelPayment(balance[i], rate[i], Math.max(1, monthsLeft[i])) : 0
  }

  /** Market value of the machines, USD. */
  function value(p: number, i: number): number {
    return units[i] * price[p * generations + generation[i]]
  }

  /** Loan-to-value at today's price of the machines. */
  function testLtv(p: number, i: number): number {
    const ratio = loanToValue(balance[i], units[i], price[p * generations + generation[i]], 0)
    ltv[i] = Math.min(largestRatio, ratio)
    return ltv[i]
  }

  /** Debt-service coverage at today's rents. */
  function testDscr(p: number, i: number): number {
    dscr[i] = Math.min(largestRatio, debtServiceCoverage(netIncome(p, i), debtService(i)))
    return dscr[i]
  }

  return { revenue, netIncome, debtService, setPayment, value, testLtv, testDscr }
}

export type Income = ReturnType<typeof openIncome>
