/** Reserve, AID and vault together with a plain loan book, so that money can be followed through all of them. */
import { aid } from '../../models/aid/room.ts'
import { reserve } from '../../models/reserve/room.ts'
import { vault } from '../../models/vault/room.ts'
import { parseDate } from '../../sim/kernel/calendar.ts'
import { defineEconomy, type Economy, type MeetingContext } from '../../sim/kernel/economy.ts'
import { makePlan, type ParameterSettings } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { holdersOwner } from './playRoom.ts'

const book = defineRoom({
  name: 'book',
  meaning: 'Loans and what is expected to be lost on them.',
  state: {
    outstanding: { unit: 'USD', meaning: 'Loans' },
    impairment: { unit: 'USD', meaning: 'Expected loss' },
  },
  open({ state }) {
    return {
      start: () => {},
      step: () => {},
      operations: {
        lend(path: number, usd: number): void {
          state.outstanding[path] += usd
        },
        impair(path: number, usd: number): void {
          state.impairment[path] = usd
        },
      },
    }
  },
})

const rooms = (holders: number) => ({ holders: holdersOwner(holders), book, aid, vault, reserve })
export type BalanceRooms = ReturnType<typeof rooms>
export type BalanceContext = MeetingContext<BalanceRooms>

/** @param meet what happens each day after the steps, for path 0 */
export function balanceEconomy(holders: number, meet: (context: BalanceContext, day: number) => void): Economy {
  return defineEconomy<BalanceRooms, Record<'meet', never>>({
    name: 'balance sheet',
    rooms: rooms(holders),
    wires: {
      holders: () => ({}),
      book: () => ({}),
      aid: (c) => ({ liquid: c.reserve.liquid, heldAid: c.vault.heldAid }),
      vault: (c) => ({ impairment: c.book.impairment, openingStake: c.aid.openingStake, burned: c.aid.burned }),
      reserve: (c) => ({
        supply: c.aid.supply,
        heldAid: c.vault.heldAid,
        fundClaim: c.vault.fundClaim,
        treasuryPayable: c.vault.treasuryPayable,
        surplus: c.aid.surplus,
        deficit: c.aid.deficit,
        outstanding: c.book.outstanding,
        pendingRedemptions: c.aid.pendingRedemptions,
        pendingExits: c.vault.pendingExits,
      }),
    },
    meetings: {
      meet: {
        meaning: 'What the test does.',
        open: (context: BalanceContext) => () => meet(context, context.clock.day),
      },
    } as never,
    day: {
      morning: ['reserve', 'aid', 'vault', 'book', 'meet', 'holders'].map((run) => ({
        run,
        description: run,
      })) as never,
      ticks: [],
      evening: [],
    },
    laws: (context) => ({
      balanceSheet: {
        meaning: 'What is owned is what is owed',
        scale: 'ledger',
        distance: (p) => assets(context, p) - claims(context, p),
      },
    }),
    ledgerScale: (context) => (p) => Math.max(1, assets(context, p), context.columns.vault.depositsTotal[p]),
  }) as unknown as Economy
}

function assets({ columns }: BalanceContext, p: number): number {
  return columns.reserve.liquid[p] + columns.book.outstanding[p]
}

function claims({ columns }: BalanceContext, p: number): number {
  const { aid, vault, reserve } = columns
  const fund = vault.fundClaim[p] + vault.treasuryPayable[p]
  const between = reserve.incomeToday[p] - reserve.lossToday[p]
  return aid.supply[p] - vault.heldAid[p] + fund + aid.surplus[p] - aid.deficit[p] + between
}

/** Plays path 0 for `days` days with every law checked after every step. @returns the simulator, to read columns from. */
export function playBalance(
  settings: { days: number; holders?: number; start?: string; parameters?: ParameterSettings },
  meet: (context: BalanceContext, day: number) => void,
): Simulator {
  const economy = balanceEconomy(settings.holders ?? 5, meet)
  const plan = makePlan(economy, {
    seed: [20261122, 1],
    startDay: parseDate(settings.start ?? '2026-07-01'),
    days: settings.days,
    ticksPerDay: 1,
    parameters: settings.parameters,
  })
  const simulator = new Simulator(economy, plan, 1, { laws: 'everyStep' })
  simulator.run([0], { outcomes: [], series: [] }, undefined, new Float64Array(0))
  return simulator
}
