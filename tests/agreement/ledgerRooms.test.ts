/** The rooms' floating-point books against the exact ledger of the unified balance sheet, operation by operation. */
import { describe, expect, it } from 'vitest'
import { type LedgerAccounts, type LedgerOperation, runLedger } from '../../models/ledger/script.ts'
import { type BalanceContext, playBalance } from '../support/balanceSheet.ts'

const micro = (usd: number): bigint => BigInt(Math.round(usd * 1e6))

const script: readonly LedgerOperation[] = [
  { operation: 'mint', amount: micro(10_000_000), feeBp: 0 },
  { operation: 'fundInsurance', amount: micro(150_000) },
  { operation: 'stake', amount: micro(6_000_000) },
  { operation: 'buyBills', face: micro(3_000_000), discount: 0.036, days: 91 },
  { operation: 'lend', principal: micro(5_000_000), annualRate: 0.14, months: 24 },
  { operation: 'collect', days: 30, performanceFeeBp: 1000, dripHours: 168 },
  { operation: 'advance', hours: 36 },
  { operation: 'redeem', amount: micro(1_500_000), feeBp: 10 },
  { operation: 'default', amount: micro(1_000_000), recovered: micro(600_000) },
  {
    operation: 'settleQueue',
    requests: [micro(1_200_000), micro(700_000), micro(100_001)],
    available: micro(900_000),
  },
  { operation: 'redeem', amount: micro(900_000), feeBp: 10 },
]
const exact = runLedger(script)

/** A day of the rooms drips 24 hours: 24 of 112 vest as many as 36 of 168. */
const dripHours = 112
const parameters = {
  aid: { mode: 'unified', startSupply: 0, redeemFee: 0.001 },
  vault: {
    exitRule: 'proRata',
    cycleDays: 32,
    windowDays: 32,
    settlementDelayCycles: 0,
    navMarking: 'continuous',
    dripHours,
    performanceFee: 0.1,
    feeToInsurance: 0,
  },
  // A constant rate at which a 13-week bill is discounted at 3.6 %; no interest on cash, and a treasury that does nothing.
  reserve: {
    startRate: (-Math.log(1 - (0.036 * 91) / 360) * 365) / 91,
    longRunRate: (-Math.log(1 - (0.036 * 91) / 360) * 365) / 91,
    rateVolatility: 0,
    cashInterestShare: 0,
    usdcTarget: 0,
    cashTarget: 0,
    rebalanceBand: 1,
  },
}

/** Relative to the amount, and the micro-dollar that integers round away. */
function expectNear(name: string, float: number, integer: bigint): void {
  const want = Number(integer) / 1e6
  expect(Math.abs(float - want), `${name}: ${float} against ${want}`).toBeLessThanOrEqual(1e-9 * Math.abs(want) + 2e-6)
}

/** @param laterDays days of accretion of the bills, 300 USD each, that the exact ledger does not count. */
function expectSameBooks({ columns }: BalanceContext, accounts: LedgerAccounts, laterDays = 0): void {
  const { aid, vault, reserve, book } = columns
  expectNear('supply', aid.supply[0], accounts.supply)
  expectNear('vault', vault.heldAid[0], accounts.vault)
  expectNear('unvested', vault.unvested[0], accounts.unvested)
  expectNear('vested', vault.totalAssets[0], accounts.vault - accounts.unvested)
  expectNear('shares', vault.shares[0], accounts.shares)
  expectNear('treasury', aid.treasury[0], accounts.treasury)
  expectNear('surplus', aid.surplus[0], accounts.surplus)
  expectNear('insurance', vault.insurance[0], accounts.insurance)
  // The rooms keep the insurance fund's money with the rest of the cash.
  expectNear('cash', reserve.cash[0], accounts.cash + accounts.insurance)
  expectNear('bills', reserve.bills[0] - 300 * laterDays, accounts.bills)
  expectNear('loans', book.outstanding[0], accounts.loans)
  expect(aid.deficit[0]).toBe(0)
}

function redeem({ operations: { aid, reserve } }: BalanceContext, holder: number, amount: number): void {
  expect(aid.requestRedemption(0, holder, amount)).toBe(amount)
  expect(aid.nextInQueue(0)).toBe(holder)
  const out = aid.paid(0, holder, Math.min(amount, aid.payable(0)))
  expect(reserve.payCash(0, out)).toBe(out)
}

function openBooks(context: BalanceContext): void {
  const { aid, vault, reserve, book } = context.operations
  reserve.receiveCash(0, 10_000_000)
  expect(aid.mint(0, 10_000_000)).toBe(10_000_000)
  expectSameBooks(context, exact[0])
  reserve.receiveCash(0, 150_000)
  vault.fundInsurance(0, 150_000)
  expectSameBooks(context, exact[1])
  expect(vault.deposit(0, 6_000_000)).toBeCloseTo(6_000_000, 6)
  expectSameBooks(context, exact[2])
  expect(reserve.buyBills(0, 2_972_700)).toBe(2_972_700)
  expectNear('face', context.columns.reserve.maturedTotal[0] + faceOf(context), micro(3_000_000))
  expectSameBooks(context, exact[3])
  expect(reserve.payCash(0, 5_000_000)).toBe(5_000_000)
  book.lend(0, 5_000_000)
  expectSameBooks(context, exact[4])
}

const faceOf = ({ columns }: BalanceContext): number => {
  let sum = 0
  for (let r = 0; r < 13; r++) sum += columns.reserve['face'][r]
  return sum
}

/** The instalment comes from the exact ledger, for the rooms under test lend nothing. */
function collect({ operations: { vault, reserve, book } }: BalanceContext): void {
  const principal = Number(exact[4].loans - exact[5].loans) / 1e6
  const interest = Number(exact[5].cash - exact[4].cash) / 1e6 - principal
  reserve.receiveCash(0, interest + principal)
  book.lend(0, -principal)
  const accretion = reserve.incomeTaken(0)
  expect(accretion).toBeCloseTo(9000, 6)
  vault.earn(0, interest + accretion)
}

function inject({ operations: { aid, vault } }: BalanceContext): void {
  aid.mintYield(0, vault.takeInjected(0))
  aid.mintTreasury(0, vault.takeTreasury(0))
}

function writeDown(
  { operations: { aid, vault, reserve, book } }: BalanceContext,
  amount: number,
  recovered: number,
): void {
  reserve.receiveCash(0, recovered)
  book.lend(0, -amount)
  aid.addDeficit(0, vault.bear(0, aid.absorb(0, vault.insure(0, amount - recovered))))
  aid.burn(0, vault.takeBurned(0))
}

function settle({ operations: { vault }, columns }: BalanceContext, requests: number): void {
  expect(vault.due(0)).toBe(1)
  vault.settle(0, 900_000)
  expect(vault.due(0)).toBe(0)
  const sharesBefore = Float64Array.from({ length: requests }, (_, h) => columns.vault.requestShares[h])
  for (let h = 0; h < requests; h++) {
    expectNear(`paid to ${h}`, vault.payout(0, h), exact[9].paid![h])
    expectNear(`burned of ${h}`, sharesBefore[h] - columns.vault.requestShares[h], exact[9].burned![h])
  }
  expect(vault.nextPayout(0)).toBe(-1)
}

describe('the rooms of reserve, AID and vault', () => {
  it('keep the same books as the exact ledger through mint, stake, bills, loan, yield, redemption, default and queue', () => {
    const reached: number[] = []
    playBalance({ days: 33, parameters }, (context, day) => {
      const { vault } = context.operations
      reached.push(day)
      if (day === 0) openBooks(context)
      if (day === 30) collect(context)
      if (day === 31) {
        inject(context)
        expectSameBooks(context, exact[5], 1)
        for (const [holder, shares] of [1_200_000, 700_000, 100_001].entries()) {
          expect(vault.requestExit(0, holder, shares)).toBe(shares)
        }
      }
      if (day !== 32) return
      expectSameBooks(context, exact[6], 2)
      expect(context.columns.vault.depositNav[0]).toBeCloseTo(1.002164285714, 11)
      redeem(context, 0, 1_500_000)
      expectSameBooks(context, exact[7], 2)
      writeDown(context, 1_000_000, 600_000)
      expectSameBooks(context, exact[8], 2)
      expect(context.columns.vault.depositNav[0]).toBeCloseTo(0.968683333333, 11)
      settle(context, 3)
      expectSameBooks(context, exact[9], 2)
      redeem(context, 1, 900_000)
      expectSameBooks(context, exact[10], 2)
    })
    expect(reached.length).toBe(33)
  })

  it('end with the published ratios of that ledger', () => {
    const last = exact[10]
    expect(Number(last.cash) / Number(last.supply)).toBeCloseTo(0.08353934, 8)
    expect(last.supply).toBe(micro(7_418_833.333333))
  })
})
