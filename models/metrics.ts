/** The questions asked of every path, by name: events that happen or not, and amounts. */

import type { Metric } from '../sim/kernel/metric.ts'
import { mostCover } from './deals/ledger.ts'

const o = (name: string): string => `outcomes.${name}`

function event(name: string, column: string, meaning: string, happened: (value: number) => boolean): Metric {
  return {
    name,
    meaning,
    unit: '1',
    kind: 'event',
    bad: 'high',
    columns: [o(column)],
    evaluate: (row) => (happened(row[o(column)]) ? 1 : 0),
  }
}

/** What a path can have, end by end: how low and how high, where there is an end at all. */
type Ends = Pick<Metric, 'lowest' | 'highest'>

/** Part of a whole. */
const part: Ends = { lowest: 0, highest: 1 }
/** A size, a wait or a price: never negative. A share that can pass 1 is one of these too. */
const size: Ends = { lowest: 0 }
/**
 * Liquid assets that stand behind AID are what the fund leaves of them, which can be less than nothing; a yield is taken to a
 * year from a run of any length.
 */
const any: Ends = {}

function amount(name: string, column: string, unit: string, meaning: string, bad: 'high' | 'low', ends: Ends): Metric {
  return { name, meaning, unit, kind: 'amount', bad, ...ends, columns: [o(column)], evaluate: (row) => row[o(column)] }
}

/** A deficit that the fees of the next days pay is none; a dollar is what sums of floating numbers may miss. */
const aidLossEvent: Metric = {
  name: 'aidLossEvent',
  meaning: 'Holders of AID are left with a deficit of at least 0.01 % of the supply',
  unit: '1',
  kind: 'event',
  bad: 'high',
  columns: [o('lossOfAid'), o('supplyAtEnd')],
  evaluate(row) {
    const deficit = row[o('lossOfAid')]
    return deficit > 1 && deficit >= 1e-4 * row[o('supplyAtEnd')] ? 1 : 0
  },
}

/** Depegs (delta, tau): the average price over tau falls below 1 − delta. */
const depegs: readonly Metric[] = [
  event(
    'depeg_0.5pct_1h',
    'minimumTwap1h',
    'The 1-hour average price of AID falls below 0.995 dollars',
    (v) => v < 0.995,
  ),
  event(
    'depeg_2pct_24h',
    'minimumTwap24h',
    'The 24-hour average price of AID falls below 0.98 dollars',
    (v) => v < 0.98,
  ),
  event(
    'depeg_5pct_24h',
    'minimumTwap24h',
    'The 24-hour average price of AID falls below 0.95 dollars',
    (v) => v < 0.95,
  ),
  event(
    'depeg_10pct_72h',
    'minimumTwap72h',
    'The 72-hour average price of AID falls below 0.90 dollars',
    (v) => v < 0.9,
  ),
]

const failures: readonly Metric[] = [
  event(
    'reserveShortfall',
    'minimumCoverage',
    'Coverage of AID falls below 0.999 (a tenth of a percent is left for spreads); in unified mode before the vault bears its losses',
    (v) => v < 0.999,
  ),
  event(
    'redemptionFailure',
    'redemptionFailure',
    'An AID redemption stays unpaid beyond two business days',
    (v) => v > 0,
  ),
  event('exitFailure', 'exitFailure', 'An sAID exit stays unpaid for three cycles', (v) => v > 0),
  event('saidLossEvent', 'finalLoss', 'A share of sAID is worth less at the end than at the start', (v) => v > 0),
  aidLossEvent,
  event('badDebtEvent', 'lossOfLenders', 'Lenders are left with bad debt', (v) => v > 1),
]

const amounts: readonly Metric[] = [
  amount('saidLoss', 'worstDrawdown', '1', 'Deepest fall of the sAID exit NAV from its peak', 'high', part),
  amount('saidFinalLoss', 'finalLoss', '1', 'Loss of a share of sAID held from start to end', 'high', part),
  amount('saidNetYield', 'netYield', '1/year', 'Annual growth of the sAID exit NAV', 'low', any),
  amount('lowestTwap24h', 'minimumTwap24h', 'USD', 'Lowest 24-hour average price of AID', 'low', size),
  amount('minimumCoverage', 'minimumCoverage', '1', 'Lowest coverage of AID', 'low', any),
  amount('minimumLiquidityRatio', 'minimumLiquidityRatio', '1', 'Lowest liquidity ratio', 'low', any),
  amount(
    'requiredReserve',
    'requiredLiquid',
    '1',
    'Liquid reserve, as a share of AID supply at the start, that would have met the worst shortfall',
    'high',
    size,
  ),
  amount(
    'requiredCover',
    'requiredCover',
    '1',
    'Collateral over balance that would have made the worst default whole (1000 % stands for: no cover would)',
    'high',
    { ...size, highest: mostCover },
  ),
  amount(
    'requiredFirstLoss',
    'requiredFirstLoss',
    '1',
    'First-loss cover, as a share of deals, that would have absorbed all write-offs and expected losses of open workouts',
    'high',
    size,
  ),
  amount('queueDays', 'longestWait', 'days', 'Longest wait of an sAID exit beyond its due date', 'high', {
    ...size,
    highest: 'days',
  }),
  amount('dealLoss', 'dealLoss', 'USD', 'Written off on deals, with the expected loss of open workouts', 'high', size),
  amount('badDebt', 'lossOfLenders', 'USD', 'Bad debt of lenders, shown or still hidden', 'high', size),
]

export const metrics: readonly Metric[] = [...depegs, ...failures, ...amounts]
