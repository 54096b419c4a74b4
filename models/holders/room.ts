/** Holders: individual agents who hold AID, sAID or pool shares, look now and then, and leave on price, cover, news and queues. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { cohortTable } from './cohorts.ts'
import { makeDecisions } from './decisions.ts'
import { makeFlows } from './flows.ts'
import { holderParameters } from './parameters.ts'
import { holderDraws } from './purposes.ts'
import { countHolders, makeRegister } from './register.ts'
import { makeSchedule } from './schedule.ts'
import { makeWallets } from './wallets.ts'

export const holders = defineRoom({
  name: 'holders',
  meaning:
    'Everyone who holds AID, sAID or pool shares: each with a balance, a door to leave by, a threshold and limited attention.',
  parameters: holderParameters,
  tables: { cohorts: cohortTable },
  sizes: (_, { cohorts }) => ({ holder: countHolders(cohorts), hour: 24, two: 2 }),
  state: {
    aid: { unit: 'AID', meaning: 'AID in the wallet', each: 'holder' },
    shares: { unit: 'shares', meaning: 'sAID in the wallet', each: 'holder' },
    usdc: { unit: 'USDC', meaning: 'USDC in the wallet', each: 'holder' },
    poolShares: { unit: 'shares', meaning: 'Shares of the AID/USDC pool', each: 'holder' },
    saidPoolShares: { unit: 'shares', meaning: 'Shares of the sAID/AID pool', each: 'holder' },
    threshold: { unit: '1', meaning: 'Stress at which this holder leaves', each: 'holder' },
    rank: { unit: '1', meaning: 'Place in an exogenous run: leaves when the panic lever exceeds it', each: 'holder' },
    leaving: {
      unit: '1',
      meaning: '1 while the holder wants out of everything, −1 when it has just calmed down',
      each: 'holder',
    },
    stress: { unit: '1', meaning: 'Stress felt at the last look', each: 'holder' },
    looksAt: {
      unit: 'tick',
      meaning: 'When the holder looks today, with a fraction for the order; −1 not today',
      each: 'holder',
    },
    actor: { unit: 'holder', meaning: 'Holders who act in this tick, in their random order', each: 'holder' },
    actors: { unit: 'holders', meaning: 'How many act in this tick' },
    mood: { unit: '1', meaning: 'Persistent part of the calm daily flow, standard normal' },
    flow: { unit: 'USD', meaning: 'Calm flow of the day: positive comes in, negative wants out' },
    flowHolder: { unit: 'holder', meaning: 'Who brings or takes the flow of the day' },
    flowTick: { unit: 'tick', meaning: 'When the flow of the day happens' },
    exitShare: { unit: '1', meaning: 'Share of value that asked to leave, decaying over a day' },
    standingUsdc: { unit: 'USDC', meaning: 'USDC that the holder keeps beside, as at the start', each: 'holder' },
    usdcAtStart: { unit: 'USDC', meaning: 'USDC of everybody at the start: wallets, pool, lenders and reserve' },
    outsideCapital: {
      unit: 'USDC',
      meaning: 'Capital that an arbitrageur raised outside and has not returned',
      each: 'holder',
    },
    externalIn: { unit: 'USDC', meaning: 'USDC brought from outside since the start' },
    externalOut: { unit: 'USDC', meaning: 'USDC taken away since the start' },
    arbitrageProfit: { unit: 'USDC', meaning: 'Profit of arbitrageurs and liquidators since the start, before gas' },
    gasPaid: { unit: 'USDC', meaning: 'Gas paid since the start: leaves the economy' },
    cappedTicks: {
      unit: 'ticks',
      meaning: 'Ticks in which the market had not come to rest when its rounds were used up',
    },
    runnersTotal: { unit: 'holders', meaning: 'Holders who decided to leave everything since the start' },
  },
  inputs: {
    supply: { unit: 'AID', meaning: 'AID in existence' },
    heldAid: { unit: 'AID', meaning: 'AID inside the vault' },
    totalShares: { unit: 'shares', meaning: 'sAID in existence' },
    poolAid: { unit: 'AID', meaning: 'AID in the AID/USDC pool' },
    poolUsdc: { unit: 'USDC', meaning: 'USDC in the AID/USDC pool' },
    lenderUsdc: { unit: 'USDC', meaning: 'USDC of lenders that is not borrowed' },
    reserveUsdc: { unit: 'USDC', meaning: 'USDC of the reserve' },
    saidPoolAid: { unit: 'AID', meaning: 'AID in the sAID/AID pool' },
    saidPoolSaid: { unit: 'shares', meaning: 'sAID in its pool' },
    collateral: { unit: 'shares', meaning: 'sAID pledged in the lending market' },
    poolSupply: { unit: 'shares', meaning: 'Shares of the AID/USDC pool in existence' },
    saidPoolSupply: { unit: 'shares', meaning: 'Shares of the sAID/AID pool in existence' },
    aidPrice: { unit: 'USD', meaning: 'Price of AID' },
    backing: { unit: '1', meaning: 'What stands behind an AID outside the vault' },
    drawdown: { unit: '1', meaning: 'Fall of the exit NAV from its peak' },
    overdueDays: { unit: 'days', meaning: 'Days that the oldest exit is past its due date' },
    depositNav: { unit: 'AID/share', meaning: 'Price of entry to sAID' },
  },
  shocks: {
    look: { law: 'uniform', meaning: 'Whether and when each holder looks today', agents: 'holder' },
    mood: { law: 'normal', meaning: 'New part of the calm flow' },
    flowTurn: { law: 'uniform', meaning: 'Whose turn the flow of the day is, and when', each: 'two' },
    trade: { law: 'normal', meaning: 'Calm trade of each hour', each: 'hour' },
  },
  draws: holderDraws,
  levers: {
    panic: { unit: '1', meaning: 'Share of holders who want out of everything by now', neutral: 0, from: 0, to: 1 },
    providerExit: { unit: '1', meaning: 'Share of pool liquidity that leaves by now', neutral: 0, from: 0, to: 1 },
    flow: { unit: '1/year', meaning: 'Extra net flow a year as a share of supply', neutral: 0, from: -20, to: 20 },
  },
  open(context) {
    const register = makeRegister(context.tables.cohorts)
    const wallets = makeWallets(context, register)
    const { paths, own } = context
    const schedule = makeSchedule(context.state.looksAt, paths, register.holders, context.clock.ticksPerDay, own)
    const flows = makeFlows(context, register, schedule)
    const decisions = makeDecisions(context, register, schedule)
    return {
      start(active, count) {
        wallets.start(active, count)
        flows.start(active, count)
      },
      step: flows.step,
      tick: decisions.tick,
      operations: { ...wallets.operations, ...flows.operations, ...decisions.operations },
      laws: wallets.laws,
    }
  },
})
