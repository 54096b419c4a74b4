/** How many paths fail as a stress grows. */
import * as Plot from '@observablehq/plot'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type { LeverAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours } from '../plot.ts'

interface Point {
  readonly size: number
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** Null where no lever was tried. */
export function reverseLeversFigure({ levers, confidence }: ReverseAnswer): Figure | null {
  if (levers.length === 0) return null
  const paths = levers[0].tried[0].paths
  const pointsOf = ({ tried }: LeverAnswer): readonly Point[] =>
    tried.map((one) => {
      const { lower, upper } = clopperPearson(one.failed, one.paths, confidence)
      return { size: one.size, value: (100 * one.failed) / one.paths, lower: 100 * lower, upper: 100 * upper }
    })
  return {
    id: 'reverse-levers',
    question: 'How large must a single stress be to break it?',
    title: 'Share of paths that fail as each stress grows, all else being ordinary luck',
    units: `Per cent of ${counted(paths)} paths on the same luck, with intervals; the size of the stress along the bottom`,
    notes: [
      'The dashed line is one half; the vertical line is the critical size, where the paths cross it.',
      'A stress without a vertical line broke fewer than half of these paths at every size tried.',
    ],
    panels: levers.map((lever) => ({
      label: lever.name,
      unit: lever.unit !== '1' ? lever.unit : lever.largest.size <= 1 ? 'share' : 'multiple',
      plot: (frame: Frame) => panel(pointsOf(lever), lever.size, frame),
    })),
    table: {
      columns: ['stress', 'size', 'failing %', 'lower', 'upper'].map((name) => ({ name, unit: '' })),
      rows: levers.flatMap((lever) => pointsOf(lever).map((p) => [lever.name, p.size, p.value, p.lower, p.upper])),
    },
  }
}

function panel(points: readonly Point[], critical: number | null, frame: Frame): Plot.PlotOptions {
  return {
    height: 150,
    marginLeft: 34,
    marginRight: 14,
    marginTop: 8,
    marginBottom: 26,
    y: { domain: [0, 100] },
    marks: [
      Plot.gridY({ ticks: 4, stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisY({ ticks: 4, tickFormat: axisNumber, tickSize: 0, color: colours.soft, label: null }),
      Plot.axisX({
        ticks: frame.narrow ? 4 : 6,
        tickFormat: axisNumber,
        tickSize: 0,
        color: colours.soft,
        label: null,
      }),
      Plot.areaY(points, { x: 'size', y1: 'lower', y2: 'upper', fill: colours.accent, fillOpacity: 0.15 }),
      Plot.lineY(points, { x: 'size', y: 'value', stroke: colours.accent, strokeWidth: 1.6 }),
      Plot.dot(points, { x: 'size', y: 'value', r: 2.2, fill: colours.accent }),
      Plot.ruleY([50], { stroke: colours.soft, strokeDasharray: '3,3' }),
      ...(critical === null ? [] : [Plot.ruleX([critical], { stroke: colours.bad, strokeWidth: 1.6 })]),
    ],
  }
}
