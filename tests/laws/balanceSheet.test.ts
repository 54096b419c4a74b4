/** Any sequence of deposits, exits, redemptions, loans, losses and holidays keeps every law of reserve, AID, vault and their balance sheet. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ParameterSettings } from '../../sim/kernel/plan.ts'
import { type BalanceContext, playBalance } from '../support/balanceSheet.ts'

const holders = 5
const days = 45

const kinds = [
  'mint',
  'deposit',
  'requestExit',
  'redeem',
  'lend',
  'collect',
  'default',
  'impair',
  'insure',
  'convert',
  'trade',
] as const
interface Deed {
  readonly kind: (typeof kinds)[number]
  readonly day: number
  readonly holder: number
  /** Of what there is; above 1 asks for too much. */
  readonly share: number
}

const deeds = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    day: fc.nat({ max: days - 1 }),
    holder: fc.nat({ max: holders - 1 }),
    share: fc.oneof(
      fc.constantFrom(0, 1, 1.5, 1e-15, 1e-320),
      fc.integer({ min: 1, max: 1000 }).map((perMille) => perMille / 1000),
    ),
  }),
  { minLength: 5, maxLength: 60 },
)

const settings: fc.Arbitrary<ParameterSettings> = fc.record({
  aid: fc.record({
    mode: fc.constantFrom('twoTier', 'unified'),
    stakedAid: fc.constantFrom('held', 'burned'),
    redeemFee: fc.constantFrom(0, 0.001, 0.5, 1),
    mintFee: fc.constantFrom(0, 0.001),
    dailyRedemptionCap: fc.constantFrom(0, 0.05, 1),
    gate: fc.constantFrom(0, 0.2),
    startSupply: fc.constantFrom(0, 1000, 21e6),
    stakedShare: fc.constantFrom(0, 0.7, 1),
  }),
  vault: fc.record({
    exitRule: fc.constantFrom('fifo', 'proRata'),
    cycleDays: fc.constantFrom(1, 7, 20),
    windowDays: fc.constantFrom(1, 5, 30),
    settlementDelayCycles: fc.constantFrom(0, 1),
    dualNav: fc.constantFrom('on', 'off'),
    priceFixing: fc.constantFrom('settlement', 'request'),
    navMarking: fc.constantFrom('monthlyStep', 'continuous'),
    dripHours: fc.constantFrom(0, 100),
    openingInsurance: fc.constantFrom(0, 0.02),
    startingNav: fc.constantFrom(0.2, 1.07),
  }),
  reserve: fc.record({
    rateVolatility: fc.constantFrom(0, 0.2),
    rebalanceBand: fc.constantFrom(0, 0.02),
    rungs: fc.constantFrom(1, 13, 52),
    tenorDays: fc.constantFrom(7, 91),
    usdcTarget: fc.constantFrom(0, 0.3),
    conversionFee: fc.constantFrom(0, 0.001),
  }),
})

function bearLoss({ operations: { aid, vault }, parameters }: BalanceContext, loss: number): void {
  const left =
    parameters.aid.mode === 'unified'
      ? vault.bear(0, aid.absorb(0, vault.insure(0, loss)))
      : aid.absorb(0, vault.lose(0, loss))
  aid.addDeficit(0, left)
  aid.burn(0, vault.takeBurned(0))
}

/** What every morning hands from room to room. */
function handOver(context: BalanceContext): void {
  const { aid, vault, reserve } = context.operations
  aid.mintYield(0, vault.takeInjected(0))
  aid.mintTreasury(0, vault.takeTreasury(0))
  aid.burn(0, vault.takeBurned(0))
  vault.earn(0, reserve.incomeTaken(0))
  bearLoss(context, reserve.lossTaken(0))
}

/** A line of five holders is served in a few turns; more means that something does not move on. */
function mostTurns(turn: number): void {
  if (turn > 100) throw new Error('the line does not get shorter')
}

function payRedemptions({ operations: { aid, reserve }, columns }: BalanceContext): void {
  let turn = 0
  for (let holder = aid.nextInQueue(0); holder !== -1; holder = aid.nextInQueue(0)) {
    mostTurns(turn++)
    const amount = Math.min(aid.payable(0), aid.requested(0, holder), aid.redeemable(0, columns.reserve.usdc[0]))
    if (amount === 0) return
    reserve.payUsdc(0, aid.paid(0, holder, amount))
  }
}

function payExits({ operations: { aid, vault }, columns }: BalanceContext, available: number): void {
  if (vault.due(0) === 0) return
  vault.settle(0, available)
  let turn = 0
  for (let holder = vault.nextPayout(0); holder !== -1; holder = vault.nextPayout(0)) {
    mostTurns(turn++)
    const paid = vault.payout(0, holder)
    if (columns.aid.burned[0] === 1) aid.mintYield(0, paid)
  }
  aid.burn(0, vault.takeBurned(0))
}

function act(context: BalanceContext, { kind, holder, share }: Deed): void {
  const { operations, columns } = context
  const { aid, vault, reserve, book } = operations
  const outside = columns.aid.supply[0] - columns.vault.heldAid[0] - columns.aid.pendingRedemptions[0]
  const deedOf = {
    mint() {
      const usdc = share * 1e6
      if (aid.mint(0, usdc) > 0) reserve.receiveUsdc(0, usdc)
    },
    deposit() {
      const amount = Math.min(share, 1) * Math.max(0, outside - columns.aid.treasury[0])
      if (vault.deposit(0, amount) > 0 && columns.aid.burned[0] === 1) aid.burn(0, amount)
    },
    requestExit: () => void vault.requestExit(0, holder, share * columns.vault.shares[0]),
    redeem: () =>
      void aid.requestRedemption(0, holder, Math.min(share, 1) * Math.max(0, outside - columns.aid.treasury[0])),
    lend: () => void book.lend(0, reserve.payCash(0, share * columns.reserve.cash[0])),
    collect() {
      const principal = Math.min(share, 1) * columns.book.outstanding[0]
      reserve.receiveCash(0, principal * 1.01)
      book.lend(0, -principal)
      vault.earn(0, principal * 0.01)
    },
    default() {
      const lost = Math.min(share, 1) * columns.book.outstanding[0]
      reserve.receiveCash(0, lost * 0.3)
      book.lend(0, -lost)
      bearLoss(context, lost * 0.7)
    },
    impair: () => book.impair(0, share * columns.book.outstanding[0]),
    insure() {
      reserve.receiveCash(0, share * 1e4)
      vault.fundInsurance(0, share * 1e4)
    },
    convert() {
      reserve.convertToUsdc(0, share * columns.reserve.cash[0])
      reserve.convertToCash(0, share * columns.reserve.usdc[0])
    },
    trade() {
      if (holder % 2 === 0) reserve.sellBills(0, share * columns.reserve.bills[0])
      else reserve.buyBills(0, share * columns.reserve.cash[0])
    },
  }
  deedOf[kind]()
}

describe('reserve, AID and vault', () => {
  it('keep every law and the balance sheet through any sequence of deeds, in every mode', () => {
    const seen = new Map<string, number>()
    const count = (what: string, happened: boolean) => happened && seen.set(what, (seen.get(what) ?? 0) + 1)
    fc.assert(
      fc.property(deeds, settings, fc.constantFrom(0, 1e-9, 0.3, 0.9, 1, 2), (list, parameters, available) => {
        const simulator = playBalance({ days, holders, parameters }, (context, day) => {
          handOver(context)
          for (const deed of list) if (deed.day === day) act(context, deed)
          payRedemptions(context)
          payExits(context, available * context.columns.vault.pendingExits[0])
        })
        const at = (name: string) => simulator.column(name)[0]
        for (const name of ['vault.depositNav', 'vault.exitNav', 'vault.drawdown', 'aid.deficit', 'reserve.liquid']) {
          expect(Number.isFinite(at(name)), name).toBe(true)
        }
        count('paid exits', at('vault.paidTotal') > 0)
        count('wiped out', at('vault.totalAssets') === 0 && at('vault.shares') > 0)
        count('swept', at('vault.sweptTotal') > 0)
        count('redeemed', at('aid.redeemedTotal') > 0)
        count('failed', at('aid.redemptionFailure') === 1)
        count('deficit', at('aid.deficit') > 0)
        count('sold bills', at('reserve.billsSold') > 0)
        count('burned', at('aid.burned') === 1)
      }),
      { seed: 20261122, numRuns: 1000, endOnFailure: true },
    )
    // The sequences must have gone where things can break.
    for (const what of ['paid exits', 'wiped out', 'swept', 'redeemed', 'failed', 'deficit', 'sold bills', 'burned']) {
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(2)
    }
  })
})
