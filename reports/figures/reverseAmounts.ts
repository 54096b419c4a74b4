/** How far things go on the failing paths of each mode, against what plain paths see. */
import * as Plot from '@observablehq/plot'
import type { ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours } from '../plot.ts'

interface Mark {
  readonly mode: string
  readonly amount: string
  readonly meaning: string
  readonly unit: string
  readonly median: number
  readonly plain: number
  readonly rarer: number
  readonly lower: number
  readonly upper: number
  readonly told: boolean
}

/** Null where there is no mode. */
export function reverseAmountsFigure({ modes, controls }: ReverseAnswer): Figure | null {
  const told = new Set(modes.flatMap(({ amounts }) => amounts.filter((a) => a.told).map(({ name }) => name)))
  const marks = modes.flatMap(({ label, amounts }) =>
    amounts
      .filter(({ name }) => told.has(name))
      .map(
        (a): Mark => ({
          mode: label,
          amount: a.name,
          meaning: a.meaning,
          unit: a.unit,
          median: a.median,
          plain: a.plainMedian,
          rarer: 100 * (1 - a.seen.value),
          lower: 100 * (1 - a.seen.upper),
          upper: 100 * (1 - a.seen.lower),
          told: a.told,
        }),
      ),
  )
  if (marks.length === 0) return null
  return {
    id: 'reverse-amounts',
    question: 'How unusual is what happens on these paths?',
    title: 'Share of plain paths on which less happens than on the middle path of each mode',
    units: `Per cent of ${counted(controls)} plain paths; letters are modes, with 95 % intervals`,
    notes: [
      'At 50 the mode is like any year; at 95 one plain path in twenty goes as far. Bold letters are told in the words of the mode.',
      'Failing paths count up to the day of failure, plain ones over the whole run, so that plain paths have more time to go far.',
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => options(marks, frame) }],
    table: {
      columns: ['mode', 'amount', 'unit', 'median', 'plain median', 'less on %', 'lower', 'upper'].map((name) => ({
        name,
        unit: '',
      })),
      rows: marks.map((m) => [m.mode, m.amount, m.unit, m.median, m.plain, m.rarer, m.lower, m.upper]),
    },
  }
}

function options(marks: readonly Mark[], frame: Frame): Plot.PlotOptions {
  const meanings = [...new Set(marks.map(({ meaning }) => meaning))]
  const modes = [...new Set(marks.map(({ mode }) => mode))]
  const row = ({ meaning, mode }: Mark): string => `${meaning} ${mode}`
  const step = 15
  return {
    height: 40 + meanings.length * (modes.length * step + 22),
    marginLeft: 8,
    marginRight: 16,
    marginTop: 6,
    marginBottom: 26,
    x: { domain: [0, 100] },
    y: {
      type: 'band',
      domain: meanings.flatMap((meaning) => [meaning, ...modes.map((mode) => `${meaning} ${mode}`)]),
      axis: null,
    },
    marks: [
      Plot.gridX({ ticks: 5, stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: frame.narrow ? 5 : 10,
        tickFormat: axisNumber,
        tickSize: 0,
        color: colours.soft,
        label: null,
      }),
      Plot.ruleX([50], { stroke: colours.soft, strokeDasharray: '3,3' }),
      Plot.text(meanings, {
        y: (meaning: string) => meaning,
        text: (meaning: string) => meaning,
        frameAnchor: 'left',
        fill: colours.ink,
        fontWeight: 600,
        stroke: colours.paper,
        strokeWidth: 3,
        lineWidth: frame.narrow ? 30 : 60,
      }),
      Plot.ruleY(marks, { x1: 'lower', x2: 'upper', y: row, stroke: colours.line, strokeWidth: 5 }),
      Plot.text(marks, {
        x: 'rarer',
        y: row,
        text: 'mode',
        fill: (m: Mark) => (m.told ? colours.bad : colours.soft),
        fontWeight: 700,
      }),
    ],
  }
}
