/** The same tail by every way of simulating it, each with its interval. */
import * as Plot from '@observablehq/plot'
import type { TailsAnswer } from '../../sim/studies/tails/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain } from '../plot.ts'
import { briefPercent, surest, tailScale, tailWords } from '../studies/tailsWords.ts'

/** Null where no method has an interval. */
export function tailEstimatesFigure(answer: TailsAnswer): Figure | null {
  if (answer.methods.every(({ estimate }) => estimate.lower === null)) return null
  const scale = tailScale(answer)
  const rows = answer.methods.map(({ method, paths, pilotPaths, estimate }) => ({
    method,
    paths: paths + pilotPaths,
    value: estimate.value * scale.factor,
    lower: estimate.lower === null ? Number.NaN : estimate.lower * scale.factor,
    upper: estimate.upper === null ? Number.NaN : estimate.upper * scale.factor,
  }))
  return {
    id: 'tail-estimates',
    question: 'Do all ways of simulating say the same?',
    title: `${tailWords(answer)}, with ${briefPercent(answer.confidence)} intervals`,
    units: `${scale.unit}; paths of each, those of its pilot included, beside its name`,
    notes: [
      'Every way is right on average; a narrow interval on few paths is what a good one buys. The one that leads is red.',
      'Intervals are asymptotic but for the probability of plain paths; with few tail paths they are an indication.',
    ],
    panels: [{ label: '', unit: scale.unit, plot: (frame) => options(rows, surest(answer).method, frame) }],
    table: {
      columns: [
        { name: 'method', unit: '' },
        { name: 'paths', unit: 'paths' },
        { name: 'estimate', unit: scale.unit },
        { name: 'lower', unit: scale.unit },
        { name: 'upper', unit: scale.unit },
      ],
      rows: rows.map(({ method, paths, value, lower, upper }) => [method, paths, value, known(lower), known(upper)]),
    },
  }
}

/** A bound that there is; tables have an empty cell where there is none. */
const known = (bound: number): number | null => (Number.isFinite(bound) ? bound : null)

interface Row {
  readonly method: string
  readonly paths: number
  readonly value: number
  readonly lower: number
  readonly upper: number
}

function options(rows: readonly Row[], best: string, frame: Frame): Plot.PlotOptions {
  const label = ({ method, paths }: Row): string => `${method} · ${counted(paths)}`
  const colour = ({ method }: Row): string => (method === best ? colours.bad : colours.accent)
  const ends = rows.flatMap(({ value, lower, upper }) => [value, lower, upper]).filter((x) => Number.isFinite(x))
  return {
    height: 60 + 30 * rows.length,
    marginLeft: frame.narrow ? 190 : 220,
    x: { domain: paddedDomain([0, ...ends], 0.04), tickFormat: axisNumber, label: null, ticks: frame.narrow ? 4 : 8 },
    y: { domain: rows.map(label), label: null, tickSize: 0 },
    marks: [
      Plot.gridX({ stroke: colours.line, strokeOpacity: 1 }),
      Plot.link(
        rows.filter(({ lower }) => Number.isFinite(lower)),
        { x1: 'lower', x2: 'upper', y1: label, y2: label, stroke: colour, strokeWidth: 2 },
      ),
      Plot.dot(rows, { x: 'value', y: label, fill: colour, r: 4 }),
    ],
  }
}
