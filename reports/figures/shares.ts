/** Sobol indices: which dial the variance of a metric is due to, alone and with the others. */
import * as Plot from '@observablehq/plot'
import {
  dummyName,
  type Found,
  type SensitivityAnswer,
  type SensitivityOfMetric,
} from '../../sim/studies/sensitivity/answer.ts'
import { listed } from '../dialWords.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain } from '../plot.ts'
import { dialName, statisticWords } from '../studies/sensitivityWords.ts'
import { dialBands, dialNames, namesWidth } from './dialBands.ts'

interface Bar {
  readonly dial: string
  readonly order: 'first' | 'total'
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** The indices of a metric, or null where there are none. */
export function sharesFigure(answer: SensitivityAnswer, metric: SensitivityOfMetric): Figure | null {
  const { sobol } = metric
  if (!sobol?.dummy) return null
  const bars = [...sobol.dials, sobol.dummy].flatMap(({ dial, first, total }) => [
    ...barOf(dial, 'first', first),
    ...barOf(dial, 'total', total),
  ])
  if (bars.every(({ dial }) => dial === dummyName)) return null
  const name = (dial: string): string => dialName(answer.dials, dial)
  const { rows, paths } = answer.design
  return {
    id: `shares-${metric.name}`,
    question: `${metric.meaning}: how much of what we do not know about it is due to each dial?`,
    title: `Shares of the variance of the ${statisticWords(metric.statistic)} over the box of dials`,
    units: `Sobol index of the expectation, 0 to 1: first order (pale) and total (full). ${counted(rows)} rows of ${counted(paths)} paths a cell`,
    notes: [
      'First order: what would be gone if the dial alone were known. Total: what would be left if all others were known. The difference is due to dials acting together. Lines: 95 % intervals; bars whose line crosses zero cannot be told from zero.',
      answer.kept.length < answer.dials.length
        ? `Only the ${listed(answer.kept.map(name))} are turned here; the other dials stay as the scenario has them.`
        : 'All dials are turned here.',
    ],
    panels: [{ label: '', unit: '1', plot: (frame) => options(bars, frame, name) }],
    table: {
      columns: ['dial', 'order', 'index', 'lower', 'upper'].map((name) => ({ name, unit: '1' })),
      rows: bars.map(({ dial, order, value, lower, upper }) => [dial, order, value, lower, upper]),
    },
  }
}

function barOf(dial: string, order: Bar['order'], { value, lower, upper }: Found): Bar[] {
  return value === null || lower === null || upper === null ? [] : [{ dial, order, value, lower, upper }]
}

function options(bars: readonly Bar[], frame: Frame, name: (dial: string) => string): Plot.PlotOptions {
  const place = ({ dial, order }: Bar): string => `${dial} ${order}`
  const bands = dialBands(bars, place, frame)
  const dials = [...new Set(bars.map(({ dial }) => dial))]
  const told = ({ lower }: Bar): boolean => lower > 0
  return {
    height: 40 + bands.length * 17,
    marginLeft: frame.narrow ? 6 : namesWidth,
    marginRight: 20,
    marginTop: 8,
    marginBottom: 28,
    x: { domain: paddedDomain([0, 1, ...bars.flatMap(({ lower, upper }) => [lower, upper])], 0.02) },
    y: { type: 'band', domain: bands, padding: 0.12, axis: null },
    marks: [
      Plot.gridX({ ticks: 5, stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisX({ ticks: 5, tickFormat: axisNumber, tickSize: 0, color: colours.soft, label: null }),
      Plot.barX(bars, {
        x1: 0,
        x2: ({ value }: Bar) => Math.max(0, value),
        y: place,
        fill: (bar: Bar) => (told(bar) ? colours.accent : colours.soft),
        fillOpacity: (bar: Bar) => (bar.order === 'first' ? 0.35 : 0.8) * (told(bar) ? 1 : 0.5),
      }),
      Plot.ruleY(bars, { x1: 'lower', x2: 'upper', y: place, stroke: colours.ink, strokeWidth: 1.2 }),
      Plot.ruleX([0], { stroke: colours.ink }),
      dialNames(dials, ' first', frame, name),
    ],
  }
}
