/** The issuer’s policy: how much of the fund is lent, and what happens to income that belongs to nobody else. */
import { defineRoom } from '../../sim/kernel/room.ts'

export const treasury = defineRoom({
  name: 'treasury',
  meaning:
    'What the issuer decides: how much of the fund stays liquid, how fast it lends, and where the income of AID’s reserve goes.',
  parameters: {
    bufferShare: {
      value: 0.15,
      unit: '1',
      from: 0,
      to: 1,
      meaning: 'Share of the fund that stays liquid: what is above it is lent',
      source:
        'sAID gross 14.8 % with bills at 4 % and deals at 16.7 % gives 85 % deployed (DefiLlama fee adapter, February 2026); draft papers say 30 %',
      evidence: 'S',
    },
    smallestLending: {
      value: 150_000,
      unit: 'USD',
      from: 0,
      to: 1e9,
      meaning: 'Nothing is lent below this amount',
      source: 'pilot of 100,000 USD with Aethir; one deal needs a segregated portfolio',
      evidence: 'S',
    },
    lendingDays: {
      value: 14,
      unit: 'days',
      from: 1,
      to: 365,
      integer: true,
      meaning: 'Days between two rounds of lending: repayments gather until a deal is worth its papers',
      source: 'expert judgement: a credit committee every fortnight',
      evidence: 'J',
    },
    lendingPace: {
      value: 1,
      unit: '1',
      from: 0,
      to: 1,
      meaning: 'Share of what is above the buffer that is offered to borrowers at a time',
      source: 'expert judgement, swept in studies',
      evidence: 'J',
    },
    cautionExits: {
      value: 1,
      unit: '1',
      from: 0,
      to: 3,
      meaning: 'USD kept back from lending for each USD of exits asked for',
      source: 'documents fund exits from undeployed cash and maturing deals first',
      evidence: 'D',
    },
    reserveIncomeToSurplus: {
      value: 0,
      unit: '1',
      from: 0,
      to: 1,
      meaning: 'Share of the income of AID’s own reserve that is kept as surplus; the rest is the issuer’s',
      source: 'unknown: documents say AID bears no yield and do not say who keeps it',
      evidence: 'J',
    },
    exitFunding: {
      value: 'fundLiquidity',
      choices: ['fundLiquidity', 'idleAid'],
      meaning:
        'Exits from sAID are paid up to the fund’s own liquid assets, or (idleAid) from the AID in the vault whatever its dollars do',
      source:
        'documents fund exits from cash, maturities, deposits, interest and bills; the contract pays from idle AID',
      evidence: 'D',
    },
  },
  state: {
    par: { unit: 'USDC/AID', meaning: 'Value at which the pool counts AID: par, for it has no rate oracle' },
    lastLent: { unit: 'day', meaning: 'Day of the latest round of lending' },
    offered: { unit: 'USD', meaning: 'Lent since the start' },
    paidOut: { unit: 'USD', meaning: 'Fees and income paid to the issuer since the start' },
  },
  open({ state, parameters, clock }) {
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) {
          state.par[active[k]] = 1
          state.lastLent[active[k]] = -parameters.lendingDays
        }
      },
      step() {},
      operations: {
        noteLending(p: number, usd: number): void {
          state.offered[p] += usd
          state.lastLent[p] = clock.day
        },
        notePayout(p: number, usd: number): void {
          state.paidOut[p] += usd
        },
      },
    }
  },
})
