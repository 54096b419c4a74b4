/**
 * A ledger of the unified balance sheet driven by a script of operations, exact to the micro-USD. It is the account of
 * record against which the simulation's floating-point books are tested, so it favours plainness over speed.
 */
import { InputError } from '../../sim/kernel/errors.ts'
import {
  annuityInstalment,
  billCost,
  monthlyInterest,
  proRata,
  sharesBurnedFor,
  splitFee,
  unvestedOf,
  vaultDeposit,
  vaultRedeem,
} from './exact.ts'
import { smaller } from './rationals.ts'

/** Amounts are micro-USD (or micro-AID, micro-shares); fees basis points; rates fractions a year. */
export type LedgerOperation =
  | { operation: 'mint'; amount: bigint; feeBp: number }
  | { operation: 'fundInsurance'; amount: bigint }
  | { operation: 'stake'; amount: bigint }
  | { operation: 'buyBills'; face: bigint; discount: number; days: number }
  | { operation: 'lend'; principal: bigint; annualRate: number; months: number }
  | { operation: 'advance'; hours: number }
  | { operation: 'collect'; days: number; performanceFeeBp: number; dripHours: number }
  | { operation: 'redeem'; amount: bigint; feeBp: number }
  | { operation: 'default'; amount: bigint; recovered: bigint }
  | { operation: 'settleQueue'; requests: readonly bigint[]; available: bigint }

interface BillLot {
  readonly face: bigint
  readonly cost: bigint
  readonly days: bigint
  carrying: bigint
}

interface Loan {
  readonly annualRate: number
  readonly instalment: bigint
  balance: bigint
  monthsLeft: number
}

interface Drip {
  total: bigint
  hours: bigint
  hoursLeft: bigint
}

interface Ledger {
  cash: bigint
  insurance: bigint
  supply: bigint
  held: bigint
  vault: bigint
  shares: bigint
  treasury: bigint
  surplus: bigint
  /** Loss that nothing absorbed: supply and surplus exceed the assets by this much. */
  shortfall: bigint
  bills: BillLot[]
  loans: Loan[]
  drips: Drip[]
}

/** The books after one operation, micro-USD. `shortfall` appears once a loss went through the whole waterfall. */
export interface LedgerAccounts {
  cash: bigint
  bills: bigint
  loans: bigint
  /** Segregated first-loss fund, outside the balance of cash. */
  insurance: bigint
  /** AID in existence = held + vault + treasury. */
  supply: bigint
  /** AID with holders, outside the vault and the treasury. */
  held: bigint
  /** AID in the vault, unvested included. */
  vault: bigint
  unvested: bigint
  shares: bigint
  treasury: bigint
  surplus: bigint
  shortfall?: bigint
  paid?: bigint[]
  burned?: bigint[]
}

/**
 * Runs a script from empty books and returns the accounts after each operation. Conventions: fees and the discount fall
 * on the user's side of the rounding; a loan's instalment is half-even and stays as agreed when part of the loan
 * defaults; its last payment clears the balance; a default writes down the oldest loan first; accretion stops at face;
 * a new drip runs beside the live ones and a burn cancels the oldest first; a queue pays AID pro-rata to what the
 * requested shares are worth and burns shares rounded up.
 * @throws InputError when an operation asks for more than there is.
 */
export function runLedger(operations: readonly LedgerOperation[]): LedgerAccounts[] {
  const ledger: Ledger = {
    cash: 0n,
    insurance: 0n,
    supply: 0n,
    held: 0n,
    vault: 0n,
    shares: 0n,
    treasury: 0n,
    surplus: 0n,
    shortfall: 0n,
    bills: [],
    loans: [],
    drips: [],
  }
  return operations.map((operation) => {
    const more = apply(ledger, operation)
    const accounts = accountsOf(ledger)
    assertBalanced(accounts)
    return { ...accounts, ...more }
  })
}

function apply(ledger: Ledger, o: LedgerOperation): { paid: bigint[]; burned: bigint[] } | undefined {
  switch (o.operation) {
    case 'mint':
      return mint(ledger, o.amount, o.feeBp)
    case 'fundInsurance':
      ledger.insurance += o.amount
      return
    case 'stake':
      return stake(ledger, o.amount)
    case 'buyBills':
      return buyBills(ledger, o.face, o.discount, BigInt(o.days))
    case 'lend':
      return lend(ledger, o.principal, o.annualRate, o.months)
    case 'advance':
      return advance(ledger, BigInt(o.hours))
    case 'collect':
      return collect(ledger, BigInt(o.days), BigInt(o.performanceFeeBp), BigInt(o.dripHours))
    case 'redeem':
      return redeem(ledger, o.amount, BigInt(o.feeBp))
    case 'default':
      return writeDown(ledger, o.amount, o.recovered)
    case 'settleQueue':
      return settleQueue(ledger, o.requests, o.available)
  }
}

function mint(ledger: Ledger, amount: bigint, feeBp: number): undefined {
  const { paid, fee } = splitFee(amount, BigInt(feeBp))
  ledger.cash += amount
  ledger.supply += paid
  ledger.held += paid
  ledger.surplus += fee
}

function stake(ledger: Ledger, amount: bigint): undefined {
  demand(amount, ledger.held, 'AID held')
  const minted = vaultDeposit(amount, vestedAssets(ledger), ledger.shares)
  ledger.held -= amount
  ledger.vault += amount
  ledger.shares += minted
}

function buyBills(ledger: Ledger, face: bigint, discount: number, days: bigint): undefined {
  const cost = billCost(face, discount, days)
  demand(cost, ledger.cash, 'cash')
  ledger.cash -= cost
  ledger.bills.push({ face, cost, days, carrying: cost })
}

function lend(ledger: Ledger, principal: bigint, annualRate: number, months: number): undefined {
  demand(principal, ledger.cash, 'cash')
  const instalment = annuityInstalment(principal, annualRate, months)
  ledger.cash -= principal
  ledger.loans.push({ annualRate, instalment, balance: principal, monthsLeft: months })
}

function advance(ledger: Ledger, hours: bigint): undefined {
  for (const drip of ledger.drips) drip.hoursLeft -= smaller(hours, drip.hoursLeft)
  ledger.drips = ledger.drips.filter((drip) => drip.hoursLeft > 0n)
}

function collect(ledger: Ledger, days: bigint, performanceFeeBp: bigint, dripHours: bigint): undefined {
  let income = 0n
  for (const loan of ledger.loans) income += collectInstalment(ledger, loan)
  ledger.loans = ledger.loans.filter((loan) => loan.balance > 0n)
  for (const lot of ledger.bills) income += accrete(lot, days)
  const { fee, toVault } = splitIncome(income, performanceFeeBp)
  ledger.supply += income
  ledger.treasury += fee
  ledger.vault += toVault
  if (toVault > 0n && dripHours > 0n) ledger.drips.push({ total: toVault, hours: dripHours, hoursLeft: dripHours })
}

function collectInstalment(ledger: Ledger, loan: Loan): bigint {
  const interest = monthlyInterest(loan.balance, loan.annualRate)
  const principal = loan.monthsLeft === 1 ? loan.balance : smaller(loan.instalment - interest, loan.balance)
  loan.balance -= principal
  loan.monthsLeft -= 1
  ledger.cash += interest + principal
  return interest
}

function accrete(lot: BillLot, days: bigint): bigint {
  const accretion = smaller(((lot.face - lot.cost) * days) / lot.days, lot.face - lot.carrying)
  lot.carrying += accretion
  return accretion
}

/** The performance fee is rounded down, so that the vault gets the odd unit. */
function splitIncome(income: bigint, feeBp: bigint): { fee: bigint; toVault: bigint } {
  const { paid: fee, fee: toVault } = splitFee(income, 10_000n - feeBp)
  return { fee, toVault }
}

function redeem(ledger: Ledger, amount: bigint, feeBp: bigint): undefined {
  demand(amount, ledger.held, 'AID held')
  const { paid, fee } = splitFee(amount, feeBp)
  demand(paid, ledger.cash, 'cash')
  ledger.held -= amount
  ledger.supply -= amount
  ledger.cash -= paid
  ledger.surplus += fee
}

function writeDown(ledger: Ledger, amount: bigint, recovered: bigint): undefined {
  demand(
    amount,
    sum(ledger.loans, (loan) => loan.balance),
    'loans',
  )
  demand(recovered, amount, 'the defaulted amount as recovery')
  let unpaid = amount
  for (const loan of ledger.loans) {
    const part = smaller(unpaid, loan.balance)
    loan.balance -= part
    unpaid -= part
  }
  ledger.loans = ledger.loans.filter((loan) => loan.balance > 0n)
  ledger.cash += recovered
  absorb(ledger, amount - recovered)
}

/**
 * The waterfall: insurance pays in cash, then surplus, then the vault's AID is burned, and what remains is a shortfall.
 */
function absorb(ledger: Ledger, loss: bigint): void {
  const insured = smaller(loss, ledger.insurance)
  ledger.insurance -= insured
  ledger.cash += insured
  const fromSurplus = smaller(loss - insured, ledger.surplus)
  ledger.surplus -= fromSurplus
  const burned = smaller(loss - insured - fromSurplus, ledger.vault)
  cancelUnvested(ledger, burned)
  ledger.vault -= burned
  ledger.supply -= burned
  ledger.shortfall += loss - insured - fromSurplus - burned
}

function cancelUnvested(ledger: Ledger, burned: bigint): void {
  let left = burned
  for (const drip of ledger.drips) {
    const unvested = unvestedOf(drip.total, drip.hoursLeft, drip.hours)
    const cancelled = smaller(left, unvested)
    if (cancelled === 0n) continue
    drip.total = unvested - cancelled
    drip.hours = drip.hoursLeft
    left -= cancelled
  }
  ledger.drips = ledger.drips.filter((drip) => drip.total > 0n)
}

function settleQueue(ledger: Ledger, requests: readonly bigint[], available: bigint) {
  const requested = sum(requests, (shares) => shares)
  demand(requested, ledger.shares, 'shares')
  const assets = vestedAssets(ledger)
  const claims = requests.map((shares) => vaultRedeem(shares, assets, ledger.shares))
  const paid = proRata(claims, available)
  const burned = paid.map((amount, i) => smaller(sharesBurnedFor(amount, assets, ledger.shares), requests[i]!))
  const out = sum(paid, (amount) => amount)
  ledger.vault -= out
  ledger.held += out
  ledger.shares -= sum(burned, (shares) => shares)
  return { paid, burned }
}

function vestedAssets(ledger: Ledger): bigint {
  return ledger.vault - unvestedTotal(ledger)
}

function unvestedTotal(ledger: Ledger): bigint {
  return sum(ledger.drips, (drip) => unvestedOf(drip.total, drip.hoursLeft, drip.hours))
}

function accountsOf(ledger: Ledger): LedgerAccounts {
  return {
    cash: ledger.cash,
    bills: sum(ledger.bills, (lot) => lot.carrying),
    loans: sum(ledger.loans, (loan) => loan.balance),
    insurance: ledger.insurance,
    supply: ledger.supply,
    held: ledger.held,
    vault: ledger.vault,
    unvested: unvestedTotal(ledger),
    shares: ledger.shares,
    treasury: ledger.treasury,
    surplus: ledger.surplus,
    ...(ledger.shortfall > 0n && { shortfall: ledger.shortfall }),
  }
}

function assertBalanced(a: LedgerAccounts): void {
  const assets = a.cash + a.bills + a.loans + (a.shortfall ?? 0n)
  if (assets !== a.supply + a.surplus)
    throw new Error(
      `ledger: assets and shortfall ${assets} differ from supply and surplus ${a.supply + a.surplus}; equal is right`,
    )
  if (a.supply !== a.held + a.vault + a.treasury)
    throw new Error(`ledger: supply ${a.supply} differs from its holders' balances ${a.held + a.vault + a.treasury}`)
}

function demand(amount: bigint, available: bigint, what: string): void {
  if (amount > available) throw new InputError(`amount ${amount} is more than ${what}; at most ${available} is right`)
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => bigint): bigint {
  return items.reduce((total, item) => total + amountOf(item), 0n)
}
