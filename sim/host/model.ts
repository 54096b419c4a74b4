/** The economy of AID and sAID as the host sees it: what is simulated, what is kept, what is asked, what is told. */
import { economy } from '../../models/economy.ts'
import { metrics } from '../../models/metrics.ts'
import { record, storyColumns } from '../../models/record.ts'
import { tellStory } from '../../models/story.ts'
import type { Economy } from '../kernel/economy.ts'
import type { PathStory, RecordDeclaration } from '../kernel/record.ts'
import type { Metric } from '../studies/metric.ts'

/** What one run needs to know of a model; tests hand in small ones. */
export interface Model {
  readonly economy: Economy
  readonly record: RecordDeclaration
  readonly metrics: readonly Metric[]
  /** Columns kept day by day of a path that is told. */
  readonly storyColumns: readonly string[]
  /** The metrics by which the told paths are chosen, in the order in which they choose. */
  readonly toldBy: readonly Metric[]
  /** What happened on a path, in order, in plain words. @param series column name → one number a day */
  readonly tell: (series: Readonly<Record<string, Float64Array>>) => PathStory['events']
}

export { economy }

/** Metrics by name, in the order of the names. */
export function namedMetrics(known: readonly Metric[], names: readonly string[]): readonly Metric[] {
  return names.flatMap((name) => known.filter((metric) => metric.name === name))
}

export const model: Model = {
  economy,
  record,
  metrics,
  storyColumns,
  toldBy: namedMetrics(metrics, ['saidLoss', 'lowestTwap24h', 'minimumLiquidityRatio', 'dealLoss', 'minimumCoverage']),
  tell: tellStory,
}
