/** How the answers settle as paths are added, in the order in which they were drawn. */
import * as Plot from '@observablehq/plot'
import { clopperPearson, quantileWithInterval } from '../../sim/statistics/intervals.ts'
import { sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { geometricPlan } from '../../sim/statistics/sequential.ts'
import type { Figure, Frame, Panel } from '../figure.ts'
import { amount, axisNumber, counted, largestMagnitude, type Scale, scaleOf } from '../format.ts'
import { colours, paddedDomain, valueAxis } from '../plot.ts'
import { confidence, type Reading } from '../reading.ts'

interface Settling {
  readonly name: string
  readonly words: string
  readonly unit: string
  readonly rows: readonly SettlingRow[]
}

interface SettlingRow {
  readonly paths: number
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** Running estimates of chosen events, and of the 99 % value at risk of chosen amounts, with their intervals. */
export function convergenceFigure(
  reading: Reading,
  eventNames: readonly string[],
  amountNames: readonly string[],
): Figure | null {
  if (reading.paths < 20) return null
  const { checks } = geometricPlan(10, reading.paths, confidence, 1.25)
  const settlings = [
    ...eventNames.flatMap((name) => eventSettling(reading, name, checks)),
    ...amountNames.flatMap((name) => quantileSettling(reading, name, checks)),
  ]
  if (settlings.length === 0) return null
  return {
    id: 'convergence',
    question: 'Would more paths change the answers?',
    title: `How each answer settles from ${counted(checks[0])} to ${counted(reading.paths)} paths`,
    units:
      'Running estimate with its 95 % interval against the number of paths, logarithmic, in the order of their numbers',
    notes: [
      'Probabilities with Clopper-Pearson intervals; values at risk with order-statistic intervals, drawn only where the paths close them. Half the width costs four times the paths.',
      'Looking at a curve until it seems flat is no test: the intervals hold at the number of paths that was fixed before the run.',
    ],
    panels: settlings.map(panelOf),
    table: {
      columns: [
        { name: 'answer', unit: 'text' },
        { name: 'unit', unit: 'text' },
        { name: 'paths', unit: '1' },
        { name: 'estimate', unit: 'see unit' },
        { name: 'lower', unit: 'see unit' },
        { name: 'upper', unit: 'see unit' },
      ],
      rows: settlings.flatMap((s) => s.rows.map((r) => [s.name, s.unit, r.paths, r.value, r.lower, r.upper])),
    },
  }
}

function eventSettling(reading: Reading, name: string, checks: readonly number[]): Settling[] {
  const event = reading.event(name)
  if (!event) return []
  const rows = checks.map((paths) => {
    const k = event.values.subarray(0, paths).reduce((sum, v) => sum + v, 0)
    return { paths, value: k / paths, ...clopperPearson(k, paths, confidence) }
  })
  return [{ name, words: event.metric.meaning.split(':')[0], unit: '1', rows }]
}

function quantileSettling(reading: Reading, name: string, checks: readonly number[]): Settling[] {
  const found = reading.amount(name)
  if (found?.metric.bad !== 'high' || found.headline.infinite > 0) return []
  const rows = checks.map((paths) => {
    const { value, lower, upper } = quantileWithInterval(
      sortedColumn(found.values.subarray(0, paths)),
      0.99,
      confidence,
    )
    return { paths, value, lower, upper }
  })
  return [{ name, words: `VaR 99 %: ${found.metric.meaning}`, unit: found.metric.unit, rows }]
}

function panelOf(settling: Settling): Panel {
  const scale = scaleOf(settling.unit, largestMagnitude(settling.rows.map((r) => r.value)))
  return {
    label: settling.words,
    unit: scale.unit,
    plot: (frame) => options(settling.rows, scale, frame),
  }
}

function options(rows: readonly SettlingRow[], scale: Scale, frame: Frame): Plot.PlotOptions {
  const f = scale.factor
  const later = rows.filter((r) => r.paths >= rows[rows.length - 1].paths / 20)
  const bounds = later.flatMap((r) => [r.value, r.lower ?? r.value, r.upper ?? r.value].map((v) => v * f))
  const domain = paddedDomain(bounds, 0.1)
  const inside = (v: number): number => Math.min(domain[1], Math.max(domain[0], v))
  const last = rows[rows.length - 1]
  const closed = rows.filter((r) => r.lower !== null && r.upper !== null)
  const ticks = [10, 100, 1000, 1e4, 1e5, 1e6].filter((t) => t <= last.paths)
  return {
    height: 190,
    marginLeft: 44,
    marginRight: frame.narrow ? 46 : 60,
    marginTop: 10,
    marginBottom: 24,
    x: { type: 'log', domain: [rows[0].paths, last.paths] },
    y: { domain },
    marks: [
      ...valueAxis({ ticks: 4, tickFormat: axisNumber }),
      Plot.axisX(ticks, { tickFormat: (n: number) => counted(n), tickSize: 4, color: colours.soft, label: null }),
      Plot.areaY(closed, {
        x: 'paths',
        y1: (r: SettlingRow) => inside((r.lower as number) * f),
        y2: (r: SettlingRow) => inside((r.upper as number) * f),
        fill: colours.accent,
        fillOpacity: 0.2,
      }),
      Plot.lineY(rows, {
        x: 'paths',
        y: (r: SettlingRow) => inside(r.value * f),
        stroke: colours.accent,
        strokeWidth: 2,
      }),
      Plot.text([last], {
        x: 'paths',
        y: (r: SettlingRow) => r.value * f,
        text: (r: SettlingRow) => amount(r.value, scale),
        textAnchor: 'start',
        dx: 5,
        fill: colours.accent,
        fontWeight: 600,
      }),
    ],
  }
}
