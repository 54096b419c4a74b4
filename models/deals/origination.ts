/** How a deal begins: those of the tape on the first day, and new ones out of the pipeline. */
import { InputError } from '../../sim/kernel/errors.ts'
import { levelPayment } from './annuity.ts'
import type { DealsContext } from './columns.ts'
import type { Income } from './income.ts'
import type { Ledger } from './ledger.ts'
import { drawOrigination } from './purposes.ts'
import { closed, empty, performing } from './states.ts'
import { type DealTerms, daysPerMonth, type Terms } from './terms.ts'

export function openOrigination(context: DealsContext, terms: Terms, income: Income, ledger: Ledger) {
  const { state, inputs, parameters, clock, sizes, events } = context
  const { status, borrower, type, structure, balance, rate, revenueShare, monthsLeft, nextPayment } = state
  const { interestAccrued, interestDue, principalDue, borrowerCash, cashReserve, reserveShare, units } = state
  const { generation, coverage, contractRent, contractUntil, relativeUtilisation, revenueDeviation } = state
  const { revenueThrough, breachSince, insuranceShare, insuranceDue, firstLossLeft, slotsUsed } = state
  const { outstanding, borrowerBalance, stopped, originatedTotal } = state
  const { contract, price, releaseDay } = inputs
  const { openingScale, overCollateralisation, firstLoss, smallestDeal, largestDeal, borrowerLimit, minimumCoverage } =
    parameters
  const { equityPart, hybridPart, shortestTenor, usualTenor, longestTenor, contractMonths } = parameters
  const slots = sizes['slot']
  const borrowers = sizes['borrower']
  const generations = sizes['generation']
  /** A deal starts with the market's revenue; the log deviation then has mean zero, the revenue itself mean one. */
  const asUnderwritten = 0.5 * parameters.revenueNoise * parameters.revenueNoise
  if (!(shortestTenor <= usualTenor && usualTenor <= longestTenor)) {
    throw new InputError(
      `deals.usualTenor is ${usualTenor}; it must lie from shortestTenor ${shortestTenor} to longestTenor ${longestTenor}`,
    )
  }

  /** What every new deal starts with, once its terms stand: payment, accounts, covers, first tests. */
  function begin(p: number, i: number, principal: number): void {
    ledger.move(p, i, performing)
    ledger.fund(p, i, principal)
    interestAccrued[i] = 0
    interestDue[i] = 0
    principalDue[i] = 0
    revenueThrough[i] = clock.day
    breachSince[i] = -1
    insuranceDue[i] = 0
    income.setPayment(i)
    borrowerCash[i] = terms.startingCash[borrower[i]] * income.debtService(i)
    cashReserve[i] = reserveShare[i] * principal
    firstLossLeft[i] = firstLoss * principal
    coverage[i] = principal > 0 ? income.value(p, i) / principal : 0
    income.testDscr(p, i)
    income.testLtv(p, i)
  }

  /** Puts a deal of the tape into slot s. */
  function load(p: number, s: number, deal: DealTerms): void {
    const i = p * slots + s
    const at = p * generations + deal.generation
    const principal = deal.principal * openingScale
    borrower[i] = deal.borrower
    type[i] = deal.type
    structure[i] = deal.structure
    rate[i] = deal.rate
    revenueShare[i] = deal.revenueShare
    monthsLeft[i] = deal.monthsLeft
    nextPayment[i] = deal.firstPayment
    generation[i] = deal.generation
    units[i] = deal.units > 0 ? deal.units * openingScale : pledge(p, deal, principal)
    contractRent[i] = deal.contractRent > 0 ? deal.contractRent : contract[at]
    contractUntil[i] = deal.contractMonthsLeft > 0 ? deal.contractMonthsLeft * daysPerMonth : -1
    relativeUtilisation[i] = deal.utilisation
    revenueDeviation[i] = asUnderwritten
    reserveShare[i] = deal.cashReserveShare
    insuranceShare[i] = deal.insuranceShare
    begin(p, i, principal)
    revenueThrough[i] = deal.firstPayment - daysPerMonth
    if (deal.structure === 2) interestAccrued[i] = (principal * deal.rate * deal.monthsPaid) / 12
    if (balance[i] === 0) ledger.close(p, i)
  }

  function pledge(p: number, deal: DealTerms, principal: number): number {
    const at = price[p * generations + deal.generation]
    if (!(at > 0)) throw new InputError(`deals.tape.${deal.name} pledges machines that have no price; give its units`)
    return ((1 + overCollateralisation) * principal) / at
  }

  function start(p: number): void {
    const { deals } = terms
    slotsUsed[p] = deals.length
    for (let s = 0; s < deals.length; s++) load(p, s, deals[s])
  }

  /** @returns a free place, −1 where the scenario wants no new deals @throws InputError when all places are taken */
  function freeSlot(p: number): number {
    for (let i = p * slots; i < (p + 1) * slots; i++) if (status[i] === empty || status[i] === closed) return i
    if (parameters.pipelineSlots === 0) return -1
    throw new InputError(
      `deals.pipelineSlots is ${parameters.pipelineSlots}: all places are taken on day ${clock.day}; a larger number, or a larger deals.smallestDeal, is right`,
    )
  }

  /** What a borrower may still owe, USD: the limit on its share of the book with the money on offer. */
  function headroom(p: number, b: number, offered: number): number {
    const at = p * borrowers + b
    if (stopped[at] === 1 || terms.pipelineWeight[b] === 0) return 0
    return borrowerLimit * (outstanding[p] + offered) - borrowerBalance[at]
  }

  /** A borrower with room for a smallest deal, drawn by weight; −1 when there is none. */
  function chooseBorrower(p: number, offered: number, draw: number): number {
    let sum = 0
    for (let b = 0; b < borrowers; b++) if (headroom(p, b, offered) >= smallestDeal) sum += terms.pipelineWeight[b]
    let left = draw * sum
    for (let b = 0; b < borrowers; b++) {
      if (headroom(p, b, offered) < smallestDeal || terms.pipelineWeight[b] === 0) continue
      left -= terms.pipelineWeight[b]
      if (left < 0) return b
    }
    return -1
  }

  /** A generation on the market, drawn by weight; −1 when there is none. */
  function chooseGeneration(p: number, draw: number): number {
    let sum = 0
    for (let g = 0; g < generations; g++) sum += weight(p, g)
    let left = draw * sum
    for (let g = 0; g < generations; g++) {
      left -= weight(p, g)
      if (left < 0) return g
    }
    return -1
  }

  function weight(p: number, g: number): number {
    const at = p * generations + g
    return price[at] > 0 && clock.day >= releaseDay[at] ? terms.mixWeight[g] : 0
  }

  /** Inverse of the triangular distribution, rounded to whole months. */
  function drawTenor(draw: number): number {
    const width = longestTenor - shortestTenor
    const rise = usualTenor - shortestTenor
    const months =
      draw * width < rise
        ? shortestTenor + Math.sqrt(draw * width * rise)
        : longestTenor - Math.sqrt((1 - draw) * width * (longestTenor - usualTenor))
    return Math.round(months)
  }

  /** Lengthens the tenor until net income covers debt service; 0 when even the longest does not. */
  function bearableTenor(principal: number, interest: number, net: number, months: number): number {
    for (let n = months; n <= longestTenor; n++) {
      if (net >= minimumCoverage * levelPayment(principal, interest, n)) return n
    }
    return 0
  }

  /** Sets type, price and share of a new deal. */
  function setKind(i: number, draw: number, luck: number): void {
    const kind = draw < equityPart ? 1 : draw < equityPart + hybridPart ? 2 : 0
    type[i] = kind
    structure[i] = 0
    const spread = parameters.rateDispersion * luck
    rate[i] = kind === 1 ? 0 : Math.max(0, (kind === 2 ? parameters.hybridRate : parameters.originationRate) + spread)
    revenueShare[i] = kind === 0 ? 0 : kind === 1 ? parameters.equityRevenueShare : parameters.hybridRevenueShare
  }

  /** Sets the machines and contracts of a new deal. */
  function setCollateral(p: number, i: number, g: number, principal: number): void {
    const at = p * generations + g
    generation[i] = g
    units[i] = ((1 + overCollateralisation) * principal) / price[at]
    contractRent[i] = contract[at]
    contractUntil[i] = contractMonths > 0 ? clock.day + contractMonths * daysPerMonth : -1
    relativeUtilisation[i] = 1
    revenueDeviation[i] = asUnderwritten
  }

  /**
   * Makes one new deal with at most `usd`.
   * @returns USD funded; 0 without a free slot, a borrower below its limit, or terms that the credit tests allow
   */
  function originate(p: number, usd: number): number {
    const i = usd >= smallestDeal && usd > 0 ? freeSlot(p) : -1
    if (i < 0) return 0
    const draws = events.at(p, i - p * slots, drawOrigination)
    const b = chooseBorrower(p, usd, draws.uniform())
    const g = chooseGeneration(p, draws.uniform())
    if (b < 0 || g < 0) return 0
    const principal = Math.min(usd, largestDeal, headroom(p, b, usd))
    borrower[i] = b
    setKind(i, draws.uniform(), draws.normal())
    setCollateral(p, i, g, principal)
    const wanted = drawTenor(draws.uniform())
    const months = type[i] === 1 ? wanted : bearableTenor(principal, rate[i], income.netIncome(p, i), wanted)
    if (months === 0) {
      units[i] = 0
      return 0
    }
    monthsLeft[i] = months
    nextPayment[i] = clock.day + daysPerMonth
    reserveShare[i] = parameters.cashReserveShare
    insuranceShare[i] = parameters.insuranceShare
    slotsUsed[p] = Math.max(slotsUsed[p], i - p * slots + 1)
    begin(p, i, principal)
    originatedTotal[p] += principal
    return principal
  }

  return { start, originate }
}

export type Origination = ReturnType<typeof openOrigination>
