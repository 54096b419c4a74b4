/** Which paths of a run are worth telling: the worst by each of a few metrics. */
import { evaluateMetric, type Metric, type OutcomeColumns } from './metric.ts'

export interface ToldPath {
  readonly path: number
  /** Why it is told, in words. */
  readonly reason: string
}

/**
 * The worst path of each metric in turn; a path that is already told gives its place to the next worst, and of equals the
 * lowest number is taken, so that the choice depends on the outcomes only.
 * @param metrics in the order in which they choose; asked again in turn until `count` paths are found
 */
export function worstPaths(
  metrics: readonly Metric[],
  columns: OutcomeColumns,
  paths: number,
  count: number,
): ToldPath[] {
  const told: ToldPath[] = []
  const taken = new Set<number>()
  const values = metrics.map((metric) => evaluateMetric(metric, columns, paths))
  const wanted = metrics.length === 0 ? 0 : Math.min(count, paths)
  for (let turn = 0; told.length < wanted; turn++) {
    const metric = metrics[turn % metrics.length]
    const path = worst(values[turn % metrics.length], metric.bad, taken)
    taken.add(path)
    const first = worst(values[turn % metrics.length], metric.bad, nobody) === path
    told.push({ path, reason: `${first ? 'the worst' : 'among the worst'} by ${metric.name}` })
  }
  return told
}

const nobody: ReadonlySet<number> = new Set()

function worst(values: Float64Array, bad: 'high' | 'low', taken: ReadonlySet<number>): number {
  let found = -1
  for (let path = 0; path < values.length; path++) {
    if (taken.has(path)) continue
    if (found < 0 || (bad === 'high' ? values[path] > values[found] : values[path] < values[found])) found = path
  }
  return found
}
