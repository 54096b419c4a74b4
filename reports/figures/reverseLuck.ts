/** The luck of each way of failing: what its paths have in common, and the nearest point at which half of all paths fail. */
import * as Plot from '@observablehq/plot'
import type { ModeAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain } from '../plot.ts'

interface Mark {
  readonly mode: string
  readonly coordinate: string
  readonly mean: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly point: number | null
}

/** Null where no mode has any luck out of the ordinary. */
export function reverseLuckFigure(answer: ReverseAnswer): Figure | null {
  const names = shownCoordinates(answer)
  const shown = answer.modes.filter(({ luck, point }) => luck.length > 0 || point !== null)
  if (names.length === 0 || shown.length === 0) return null
  const marks = shown.flatMap((mode) => names.map((name) => markOf(mode, name)))
  const ends = marks.flatMap(({ lower, upper, point }) => [lower, upper, point]).filter((x) => x !== null)
  const domain = paddedDomain([0, ...ends], 0.08)
  return {
    id: 'reverse-luck',
    question: 'What luck does each way of failing need?',
    title: 'Mean luck of the failing paths, and the design point',
    units: `Standard deviations from ordinary luck, which is 0; ${shown.map(({ label, paths }) => `${label}: ${counted(paths)} paths`).join(', ')}`,
    notes: [
      'Dots: mean over the failing paths of the mode where it is surely not 0, with two standard errors. Diamonds: the design point, the smallest move of the luck’s centre at which half of all paths fail; nothing is drawn where it leaves a number alone.',
      'Each number is standard normal under the model’s own law and independent of the others, so that distances are comparable.',
    ],
    panels: shown.map(({ label, cause }) => ({
      label: `Mode ${label}`,
      unit: cause,
      plot: (frame: Frame) =>
        panel(
          marks.filter(({ mode }) => mode === label),
          names,
          domain,
          frame,
        ),
    })),
    table: {
      columns: ['mode', 'coordinate', 'mean', 'lower', 'upper', 'point'].map((name, i) => ({
        name,
        unit: i < 2 ? '' : 'standard deviations',
      })),
      rows: marks.map(({ mode, coordinate, mean, lower, upper, point }) => [
        mode,
        coordinate,
        mean,
        lower,
        upper,
        point,
      ]),
    },
  }
}

/** Coordinates that some mode needs, in the order of the model. */
function shownCoordinates({ coordinates, modes }: ReverseAnswer): readonly string[] {
  const needed = new Set(
    modes.flatMap(({ luck, point }) => [...luck, ...(point?.coordinates ?? [])].map(({ coordinate }) => coordinate)),
  )
  return coordinates.map(({ name }) => name).filter((name) => needed.has(name))
}

function markOf({ label, luck, point }: ModeAnswer, name: string): Mark {
  const found = luck.find(({ coordinate }) => coordinate === name)
  const at = point?.coordinates.find(({ coordinate }) => coordinate === name)
  return {
    mode: label,
    coordinate: name,
    mean: found?.value ?? null,
    lower: found ? found.value - 2 * found.standardError : null,
    upper: found ? found.value + 2 * found.standardError : null,
    point: at?.value ?? null,
  }
}

function panel(
  marks: readonly Mark[],
  names: readonly string[],
  domain: readonly [number, number],
  frame: Frame,
): Plot.PlotOptions {
  return {
    height: 40 + names.length * 30,
    marginLeft: 8,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 26,
    x: { domain: [...domain] },
    y: { type: 'band', domain: [...names], axis: null },
    marks: [
      Plot.gridX({ ticks: 5, stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: frame.narrow ? 5 : 7,
        tickFormat: axisNumber,
        tickSize: 0,
        color: colours.soft,
        label: null,
      }),
      Plot.ruleX([0], { stroke: colours.ink }),
      Plot.text(names, {
        y: (name: string) => name,
        text: (name: string) => name,
        frameAnchor: 'left',
        dy: -10,
        fill: colours.soft,
        fontSize: 10.5,
        stroke: colours.paper,
        strokeWidth: 3,
      }),
      Plot.ruleY(
        marks.filter(({ mean }) => mean !== null),
        { x1: 'lower', x2: 'upper', y: 'coordinate', stroke: colours.accent, strokeWidth: 1.5, dy: 4 },
      ),
      Plot.dot(
        marks.filter(({ mean }) => mean !== null),
        { x: 'mean', y: 'coordinate', r: 3.5, fill: colours.accent, dy: 4 },
      ),
      Plot.dot(
        marks.filter(({ point }) => point !== null),
        { x: 'point', y: 'coordinate', symbol: 'diamond', r: 5, stroke: colours.bad, strokeWidth: 1.8, dy: 4 },
      ),
    ],
  }
}
