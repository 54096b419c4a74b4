/** A metric over the cells of a sweep: a heat map of two dials, lines with bands for one, dots for many. */
import * as Plot from '@observablehq/plot'
import type { SweepAnswer, SweptMetric } from '../../sim/studies/sweep/sweep.ts'
import type { Table } from '../csv.ts'
import { dialTitle, lowered } from '../dialWords.ts'
import type { Figure, Frame, Panel } from '../figure.ts'
import { amount, axisNumber, counted, type Scale } from '../format.ts'
import { colours, paddedDomain, valueAxis } from '../plot.ts'
import {
  axisText,
  cellsText,
  dialText,
  leadingStatistic,
  type Standing,
  scaleOfDial,
  scaleOfStatistic,
  standingOf,
  statisticWords,
} from '../sweepWords.ts'

interface Point {
  readonly cell: number
  readonly estimate: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly standing: Standing
}

/** The figure of a metric. @param index its place among the metrics */
export function sweepFigure(answer: SweepAnswer, metric: SweptMetric, index: number): Figure {
  const statistic = leadingStatistic(metric)
  const scale = scaleOfStatistic(metric, statistic)
  const points = pointsOf(answer, metric, statistic, scale)
  const words = statisticWords(metric.cells[0][statistic])
  return {
    id: `sweep-${index + 1}`,
    question: questionOf(metric),
    title: titleOf(points, words),
    units: `${metric.meaning}: ${words}, ${scale.unit}. ${counted(answer.paths)} paths a cell, on the same luck`,
    notes: [noteOf(answer)],
    panels: panelsOf(answer, metric, points, scale),
    table: tableOf(answer, metric, statistic),
  }
}

function questionOf({ kind, meaning }: SweptMetric): string {
  return kind === 'event' ? `How likely is it that ${lowered(meaning)}?` : `${meaning}: how does it change?`
}

function titleOf(points: readonly Point[], words: string): string {
  const count = (standing: Standing): number => points.filter((point) => point.standing === standing).length
  const others = points.length - count('reference')
  const [better, worse] = [count('better'), count('worse')]
  if (better + worse === 0) return `By its ${words}, no cell can be told apart from the scenario as it is`
  return `By its ${words}, ${counted(better)} of ${cellsText(others)} ${better === 1 ? 'is' : 'are'} better than the scenario as it is, ${counted(worse)} worse`
}

function noteOf(answer: SweepAnswer): string {
  const isMap = isHeatMap(answer)
  const how = isMap ? 'Darker is worse. ~:' : 'Bands and bars: 95\u00a0% intervals, one by one. Hollow dots:'
  const same = isMap ? ' =: no path differs from it.' : ''
  const reference = isMap ? 'Framed' : 'Ringed'
  const framed = answer.reference === null ? '' : ` ${reference}: the scenario as it is.`
  return `${how} the 95\u00a0% interval of the paired difference to the scenario as it is holds zero, so these paths cannot tell the cell apart from it.${same}${framed}`
}

export function isHeatMap({ design, dials }: SweepAnswer): boolean {
  return design === 'grid' && dials.length === 2
}

function pointsOf(answer: SweepAnswer, metric: SweptMetric, statistic: number, { factor }: Scale): Point[] {
  const shown = (value: number | null): number | null => (value === null ? null : value * factor)
  return metric.cells.map((cell, index) => {
    const { estimate, lower, upper } = cell[statistic]
    return {
      cell: index,
      estimate: shown(estimate),
      lower: shown(lower),
      upper: shown(upper),
      standing: standingOf(answer, metric, index, statistic),
    }
  })
}

function panelsOf(answer: SweepAnswer, metric: SweptMetric, points: readonly Point[], scale: Scale): Panel[] {
  if (isHeatMap(answer)) {
    return [{ label: '', unit: scale.unit, plot: (frame) => heatMap(answer, metric, points, scale, frame) }]
  }
  const isCurve = answer.design === 'zip' || answer.dials.length === 1
  const dials = answer.design === 'zip' ? answer.dials.slice(0, 1) : answer.dials
  return dials.map((_, d) => ({
    label: dials.length === 1 ? '' : dialTitle(answer.dials[d]),
    unit: scaleOfDial(answer, answer.dials[d]).unit,
    plot: (frame) => curve(answer, d, points, isCurve && answer.design !== 'sobol', frame),
  }))
}

function heatMap(
  answer: SweepAnswer,
  metric: SweptMetric,
  points: readonly Point[],
  scale: Scale,
  frame: Frame,
): Plot.PlotOptions {
  const [down, across] = answer.dials
  const [downScale, acrossScale] = [scaleOfDial(answer, down), scaleOfDial(answer, across)]
  const found = points.flatMap(({ estimate }) => (estimate === null ? [] : [estimate]))
  const [low, high] = [Math.min(...found), Math.max(...found)]
  // Where no cell can be told apart, shades would show nothing but noise.
  const isTold = points.some(({ standing }) => standing === 'better' || standing === 'worse')
  const badness = (value: number): number => {
    if (!isTold) return 0
    const share = high > low ? (value - low) / (high - low) : 0
    return metric.bad === 'high' ? share : 1 - share
  }
  const cells = points.map((point) => ({
    ...point,
    x: dialText(answer.cells[point.cell][across.name], acrossScale),
    y: dialText(answer.cells[point.cell][down.name], downScale),
    opacity: point.estimate === null ? 0 : 0.06 + 0.66 * badness(point.estimate),
    text: (point.estimate === null ? '—' : amount(point.estimate / scale.factor, scale)) + marks[point.standing],
  }))
  type Cell = (typeof cells)[number]
  const rows = [...new Set(cells.map(({ y }) => y))]
  const columns = [...new Set(cells.map(({ x }) => x))]
  const isRoomy = columns.length <= (frame.narrow ? 5 : 12)
  return {
    height: 46 + rows.length * (rows.length > 12 ? 26 : 42),
    marginLeft: frame.narrow ? 62 : 76,
    marginRight: 10,
    marginTop: 26,
    marginBottom: 40,
    x: { type: 'band', domain: columns, label: `${axisText(across, acrossScale)} →`, padding: 0.03 },
    y: { type: 'band', domain: rows.reverse(), label: null, padding: 0.05 },
    opacity: { type: 'identity' } as Plot.ScaleOptions,
    marks: [
      // Along the top, since a label that runs up a low map would reach into the words above it.
      Plot.text([`↑ ${axisText(down, downScale)}`], {
        frameAnchor: 'top-left',
        textAnchor: 'start',
        dx: frame.narrow ? -56 : -70,
        dy: -18,
      }),
      Plot.cell(cells, {
        x: 'x',
        y: 'y',
        fill: colours.bad,
        fillOpacity: 'opacity',
        stroke: (c: Cell) => (c.standing === 'reference' ? colours.ink : colours.line),
        strokeWidth: (c: Cell) => (c.standing === 'reference' ? 2 : 0.5),
      }),
      ...(isRoomy ? [Plot.text(cells, { x: 'x', y: 'y', text: 'text', fill: colours.ink })] : []),
    ],
  }
}

const marks: Readonly<Record<Standing, string>> = {
  better: '',
  worse: '',
  undecided: ' ~',
  same: ' =',
  reference: '',
  unknown: '',
}

function curve(
  answer: SweepAnswer,
  dial: number,
  points: readonly Point[],
  isJoined: boolean,
  frame: Frame,
): Plot.PlotOptions {
  const own = answer.dials[dial]
  const { name, isChoice } = own
  const scale = scaleOfDial(answer, own)
  const rows = points.flatMap(({ estimate, lower, upper, standing, cell }) => {
    const value = answer.cells[cell][name]
    if (estimate === null) return []
    return [{ x: typeof value === 'number' ? value * scale.factor : value, estimate, lower, upper, standing }]
  })
  type Row = (typeof rows)[number]
  const numbers = rows.flatMap(({ x }) => (typeof x === 'number' ? [x] : []))
  const banded = rows.filter(({ lower, upper }) => lower !== null && upper !== null)
  const ends = rows.flatMap(({ estimate, lower, upper }) => [estimate, lower ?? estimate, upper ?? estimate])
  return {
    height: frame.narrow ? 220 : 300,
    marginLeft: 58,
    marginRight: 18,
    marginTop: 12,
    marginBottom: 40,
    x: isChoice
      ? { type: 'point', padding: 0.5, label: dialTitle(own) }
      : { type: isLogarithmic(numbers) ? 'log' : 'linear', label: `${axisText(own, scale)} →` },
    y: { domain: ends.length === 0 ? [0, 1] : paddedDomain(ends) },
    marks: [
      ...valueAxis({ ticks: 5, tickFormat: axisNumber }),
      ...(isChoice ? [] : numberTicks(numbers)),
      ...(isJoined && !isChoice
        ? [
            Plot.areaY(banded, { x: 'x', y1: 'lower', y2: 'upper', fill: colours.accent, fillOpacity: 0.18 }),
            Plot.lineY(rows, { x: 'x', y: 'estimate', stroke: colours.accent, strokeWidth: 2 }),
          ]
        : [
            Plot.ruleX(banded, {
              x: 'x',
              y1: 'lower',
              y2: 'upper',
              stroke: colours.accent,
              strokeOpacity: 0.45,
              strokeWidth: 3,
            }),
          ]),
      Plot.dot(rows, {
        x: 'x',
        y: 'estimate',
        r: (row: Row) => (row.standing === 'reference' ? 6 : 4),
        fill: (row: Row) => (row.standing === 'undecided' || row.standing === 'same' ? colours.paper : colours.accent),
        stroke: (row: Row) => (row.standing === 'reference' ? colours.ink : colours.accent),
        strokeWidth: 1.5,
      }),
    ],
    r: { type: 'identity' } as Plot.ScaleOptions,
  }
}

/** Few values are ticks themselves. */
function numberTicks(values: readonly number[]): Plot.Markish[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  const tickFormat = (value: number): string => axisNumber(Number(value.toPrecision(3)))
  // As text, since a logarithmic axis drops the labels of ticks that are no early multiple of a power of ten.
  return [distinct.length <= 8 ? Plot.axisX(distinct, { text: tickFormat }) : Plot.axisX({ tickFormat, ticks: 5 })]
}

/** Values in even ratios are shown on a logarithmic axis. */
function isLogarithmic(values: readonly number[]): boolean {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  if (sorted.length < 3 || sorted[0] <= 0) return false
  const ratios = sorted.slice(1).map((value, i) => value / sorted[i])
  return Math.min(...ratios) > 1.3 && Math.max(...ratios) / Math.min(...ratios) < 1.5
}

function tableOf(answer: SweepAnswer, metric: SweptMetric, statistic: number): Table {
  const { unit } = metric
  return {
    columns: [
      { name: 'cell', unit: '1' },
      ...answer.dials.map(({ name, unit: own }) => ({ name, unit: own })),
      ...['estimate', 'lower', 'upper', 'difference', 'difference lower', 'difference upper'].map((name) => ({
        name,
        unit,
      })),
      { name: 'against the scenario', unit: 'text' },
    ],
    rows: metric.cells.map((cell, index) => {
      const { estimate, lower, upper, difference } = cell[statistic]
      const dials = answer.dials.map(({ name }) => answer.cells[index][name])
      const ends = [difference?.value ?? null, difference?.lower ?? null, difference?.upper ?? null]
      return [index, ...dials, estimate, lower, upper, ...ends, standingOf(answer, metric, index, statistic)]
    }),
  }
}
