/** The economy of AID and sAID as the host sees it: what is simulated, what is kept, what is asked, what is told. */
import { economy as typedEconomy } from '../../models/economy.ts'
import { metrics } from '../../models/metrics.ts'
import type { ColumnDeclarations, Economy } from '../kernel/economy.ts'
import type { PathStory, RecordDeclaration, SeriesDeclaration } from '../kernel/record.ts'
import type { Metric } from '../studies/metric.ts'

/** What one run needs to know of a model; tests hand in small ones. */
export interface Model {
  readonly economy: Economy
  readonly record: RecordDeclaration
  readonly metrics: readonly Metric[]
  /** Columns kept day by day of a path that is told. */
  readonly storyColumns: readonly string[]
  /** Names of the metrics by which the told paths are chosen, in the order in which they choose. */
  readonly toldBy: readonly string[]
  /** What happened on a path, in order, in plain words. @param series column name → one number a day */
  readonly tell: (series: Readonly<Record<string, Float64Array>>) => PathStory['events']
}

/** The economy without the types of its rooms: the host treats all alike. */
export const economy: Economy = typedEconomy as unknown as Economy

const outcomeNames = Object.keys(economy.rooms['outcomes'].state as ColumnDeclarations)

const linear = (column: string, from: number, to: number): SeriesDeclaration => ({ column, scale: 'linear', from, to })
const log = (column: string, from: number, to: number): SeriesDeclaration => ({ column, scale: 'log', from, to })

const record: RecordDeclaration = {
  outcomes: outcomeNames.map((name) => `outcomes.${name}`),
  series: [
    linear('outcomes.lowestPriceOfDay', 0.5, 1.05),
    linear('signals.coverage', 0, 4),
    linear('vault.exitNav', 0, 3),
    log('aid.supply', 1e3, 1e10),
  ],
}

export const model: Model = {
  economy,
  record,
  metrics,
  storyColumns: record.series.map((series) => series.column),
  toldBy: ['saidLoss', 'lowestTwap24h', 'minimumLiquidityRatio', 'dealLoss', 'minimumCoverage'],
  tell: () => [],
}
