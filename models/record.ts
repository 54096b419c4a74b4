/** What a run of this economy keeps: every outcome, the daily fans of the report, and the columns in which a path is told. */
import type { RecordDeclaration, SeriesDeclaration } from '../sim/kernel/record.ts'
import { rooms } from './rooms.ts'

const series: readonly SeriesDeclaration[] = [
  { column: 'outcomes.lowestPriceOfDay', scale: 'linear', from: 0, to: 1.2 },
  { column: 'signals.coverage', scale: 'linear', from: 0, to: 5 },
  { column: 'signals.liquidityRatio', scale: 'linear', from: 0, to: 5 },
  { column: 'signals.collateralCover', scale: 'linear', from: 0, to: 5 },
  { column: 'vault.exitNav', scale: 'linear', from: 0, to: 4 },
  { column: 'vault.drawdown', scale: 'linear', from: 0, to: 1 },
  { column: 'vault.queueDays', scale: 'linear', from: 0, to: 730 },
  { column: 'vault.pendingExits', scale: 'log', from: 1, to: 1e12 },
  { column: 'aid.supply', scale: 'log', from: 1, to: 1e13 },
  { column: 'aid.pendingRedemptions', scale: 'log', from: 1, to: 1e12 },
  { column: 'reserve.liquid', scale: 'log', from: 1, to: 1e13 },
  { column: 'deals.outstanding', scale: 'log', from: 1, to: 1e13 },
  { column: 'aidPool.invariant', scale: 'log', from: 1, to: 1e12 },
  { column: 'saidPool.price', scale: 'linear', from: 0, to: 1.5 },
  { column: 'lending.utilisation', scale: 'linear', from: 0, to: 1.2 },
  { column: 'gpuMarket.rentIndex', scale: 'log', from: 0.001, to: 1000 },
]

export const record: RecordDeclaration = {
  outcomes: Object.keys(rooms.outcomes.state).map((name) => `outcomes.${name}`),
  series,
}

/** Columns kept day by day for the paths that are told. */
export const storyColumns: readonly string[] = [
  'outcomes.lowestPriceOfDay',
  'signals.coverage',
  'signals.liquidityRatio',
  'vault.exitNav',
  'vault.drawdown',
  'vault.pendingExits',
  'vault.overdueDays',
  'aid.supply',
  'aid.pendingRedemptions',
  'aid.redemptionFailure',
  'aid.deficit',
  'reserve.liquid',
  'reserve.usdc',
  'reserve.usdcPrice',
  'deals.outstanding',
  'deals.dealsDefaulted',
  'deals.writtenOffTotal',
  'deals.impairment',
  'signals.collateralCover',
  'gpuMarket.rentIndex',
  'aidPool.invariant',
  'saidPool.price',
  'lending.liquidations',
  'lending.badDebt',
  'holders.runnersTotal',
]
