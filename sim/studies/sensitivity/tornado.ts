/** One dial at a time, from the scenario's value to each end of its range, on the same luck. */
import { changeRangeOf, rangeOf, within } from '../../kernel/metric.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import { skewedMeanWithInterval } from '../../statistics/skewedMean.ts'
import { type Found, found, type TornadoAnswer, type TornadoEnd } from './answer.ts'
import { type Cells, pathsMoved, type Reading } from './cells.ts'
import type { SensitivityQuestion, StudiedMetric } from './question.ts'
import type { Statistic } from './statistic.ts'

/** For each metric: the scenario itself, then each dial low and high. */
export type Bars = readonly Reading[]

export async function tornadoCells(question: SensitivityQuestion, cells: Cells): Promise<Bars> {
  const { dials, tornadoPaths: paths, metrics } = question
  const readings = await Promise.all([
    cells.readAll([], [{ at: [], from: 0, paths }]),
    ...dials.map((dial) =>
      cells.readAll(
        [dial],
        [0, 1].map((end) => ({ at: [end], from: 0, paths })),
      ),
    ),
  ])
  return metrics.map((_, m) => readings.flat().map((reading) => reading[m]))
}

/** No bound lies beyond what the metric, or the change of it, can be. */
export function tornadoOf(question: SensitivityQuestion, studied: StudiedMetric, bars: Reading): TornadoAnswer {
  const { dials, confidence } = question
  const { metric, statistic } = studied
  const [base] = bars
  const end = (at: number, column: Float64Array): TornadoEnd => ({
    at,
    change: within(changeOf(base, column, statistic, confidence), changeRangeOf(metric)),
    moved: pathsMoved(base, column),
  })
  const rows = dials.map(({ name, from, to }, i) => ({
    dial: name,
    low: end(from, bars[1 + 2 * i]),
    high: end(to, bars[2 + 2 * i]),
  }))
  const width = ({ low, high }: (typeof rows)[number]): number => {
    const ends = [0, low.change.value ?? 0, high.change.value ?? 0]
    return Math.max(...ends) - Math.min(...ends)
  }
  return {
    base: within(levelOf(base, statistic, confidence), rangeOf(metric)),
    bars: rows.sort((a, b) => width(b) - width(a)),
  }
}

function levelOf(column: Float64Array, statistic: Statistic, confidence: number): Found {
  const { mean: value, lower, upper } = meanOf(column, statistic, confidence)
  if (statistic.kind !== 'probability') return found({ value, lower, upper })
  const failures = column.reduce((sum, one) => sum + one, 0)
  return found({ value, ...clopperPearson(failures, column.length, confidence) })
}

/** The second column's statistic less the first's; where no path tells them apart the change is zero, which bounds no mean. */
function changeOf(first: Float64Array, second: Float64Array, statistic: Statistic, confidence: number): Found {
  const differences = first.map((value, p) => second[p] - value)
  if (statistic.kind === 'probability') {
    const only = (sign: number): number => differences.filter((one) => one === sign).length
    const { difference, lower, upper } = pairedProportionDifference(only(-1), only(1), first.length, confidence)
    return found({ value: difference, lower, upper })
  }
  if (differences.every((one) => one === 0)) return found({ value: 0, lower: null, upper: null })
  const { mean, lower, upper } = meanOf(differences, statistic, confidence)
  return found({ value: mean, lower, upper })
}

/** Influences of a tail are but as many observations as there are tail paths. */
function meanOf(column: Float64Array, statistic: Statistic, confidence: number) {
  const share = 'level' in statistic ? Math.min(statistic.level, 1 - statistic.level) : 1
  const observations = Math.max(2, Math.floor(share * column.length + 1e-9))
  return skewedMeanWithInterval(column, confidence, observations - 1)
}
