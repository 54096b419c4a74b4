/** A metric over the cells of a sweep: a heat map of two dials, lines with bands for one, dots for many. */
import * as Plot from '@observablehq/plot'
import type { SweepAnswer, SweptMetric } from '../../sim/studies/sweep/sweep.ts'
import type { Table } from '../csv.ts'
import { dialTitle, lowered } from '../dialWords.ts'
import { sayDifference } from '../differences.ts'
import type { Figure, Frame, Panel } from '../figure.ts'
import { amount, axisNumber, counted, type Scale } from '../format.ts'
import { colours, paddedDomain, valueAxis } from '../plot.ts'
import {
  axisText,
  cellsText,
  dialText,
  isToldApart,
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
  /** Against the scenario as it is, where that is told apart; with its sign. */
  readonly difference: string
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
  const how = isMap
    ? 'Darker is worse, of the cells that are told apart; their difference to the scenario as it is stands under the estimate where there is room, of shares in points. Faint: all estimates round to the same. ~:'
    : 'Bands and bars: 95\u00a0% intervals, one by one. Hollow dots:'
  const same = isMap ? ' =: no path differs from it.' : ''
  const reference = isMap ? 'Framed' : 'Ringed'
  const framed = answer.reference === null ? '' : ` ${reference}: the scenario as it is.`
  return `${how} the 95\u00a0% interval of the paired difference to the scenario as it is holds zero, so these paths cannot tell the cell apart from it.${same}${framed}`
}

export function isHeatMap({ design, dials }: SweepAnswer): boolean {
  return design === 'grid' && dials.length === 2
}

function pointsOf(answer: SweepAnswer, metric: SweptMetric, statistic: number, scale: Scale): Point[] {
  const shown = (value: number | null): number | null => (value === null ? null : value * scale.factor)
  return metric.cells.map((cell, index) => {
    const { estimate, lower, upper, difference } = cell[statistic]
    const standing = standingOf(answer, metric, index, statistic)
    const isTold = isToldApart(standing) && difference !== null
    return {
      cell: index,
      estimate: shown(estimate),
      lower: shown(lower),
      upper: shown(upper),
      difference: isTold ? sayDifference({ ...difference, smallest: null }, scale).value : '',
      standing,
    }
  })
}

/** Shades of the cells of a map: those that are not told apart have that of the scenario as it is, since others would show noise. */
export function shadesOf(
  metric: SweptMetric,
  statistic: number,
  standings: readonly Standing[],
  scale: Scale,
): number[] {
  const reference = metric.reference[statistic].estimate
  const values = metric.cells.map((cell, c) => (isToldApart(standings[c]) ? cell[statistic].estimate : reference))
  const known = [reference, ...values].filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const areAlike = new Set(known.map((value) => amount(value, scale))).size === 1
  const reach = areAlike ? faintest : darkest
  return metric.cells.map((cell, c) => {
    const value = values[c]
    if (value === null || cell[statistic].estimate === null) return 0
    const share = high > low ? (value - low) / (high - low) : metric.bad === 'high' ? 0 : 1
    return lightest + reach * (metric.bad === 'high' ? share : 1 - share)
  })
}

/** Opacity of the best cell, and what the worst has more: much, or little where all estimates are printed alike. */
const lightest = 0.06
const darkest = 0.66
const faintest = 0.12

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
  const isTall = new Set(answer.cells.map((cell) => cell[down.name])).size <= mostTall
  const standings = points.map(({ standing }) => standing)
  const shades = shadesOf(metric, leadingStatistic(metric), standings, scale)
  const lines = (point: Point): string => {
    const estimate =
      (point.estimate === null ? '—' : amount(point.estimate / scale.factor, scale)) + marks[point.standing]
    return point.difference === '' || !isTall ? estimate : `${estimate}\n${point.difference}`
  }
  const cells = points.map((point) => ({
    ...point,
    x: dialText(answer.cells[point.cell][across.name], acrossScale),
    y: dialText(answer.cells[point.cell][down.name], downScale),
    opacity: shades[point.cell],
    text: lines(point),
  }))
  type Cell = (typeof cells)[number]
  const rows = [...new Set(cells.map(({ y }) => y))]
  const columns = [...new Set(cells.map(({ x }) => x))]
  const isRoomy = columns.length <= (frame.narrow ? 5 : 12)
  return {
    height: 46 + rows.length * (isTall ? 42 : 26),
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

/** Rows of a map that are high enough for two lines. */
const mostTall = 12

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
