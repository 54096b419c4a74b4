/** Draws with Observable Plot on the server: one look for every figure, the same bytes for the same data. */
import * as Plot from '@observablehq/plot'
import { type MonthTick, monthTicks } from './dates.ts'
import type { Frame } from './figure.ts'

/** Colours by role; their values for light, dark and print stand in the style of the page. */
export const colours = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  line: 'var(--line)',
  accent: 'var(--accent)',
  bad: 'var(--bad)',
  paper: 'var(--paper)',
} as const

/** SVG text of a plot. @param label what a reader who cannot see it is told */
export function drawPlot(options: Plot.PlotOptions, width: number, label: string, document: Document): string {
  const drawn = Plot.plot({
    ...options,
    width,
    document,
    className: 'chart',
    ariaLabel: label,
    style: 'overflow:visible',
  })
  drawn.setAttribute('role', 'img')
  return shorten(drawn.outerHTML)
}

/** A tenth of a pixel is enough; the rest would be half of the page. */
function shorten(svg: string): string {
  return svg
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/ (d|transform|x|y|x1|x2|y1|y2|width|height|cx|cy)="([^"]*)"/g, (_, name, value) => {
      return ` ${name}="${value.replace(/-?\d+\.\d{2,}/g, (number: string) => String(Number(Number(number).toFixed(1))))}"`
    })
}

/** Margins and axes that every chart over time shares. */
export function timeAxis(start: string, days: number, frame: Frame): { ticks: MonthTick[]; marks: Plot.Markish[] } {
  const ticks = monthTicks(start, days, frame.narrow ? 4 : 12)
  const marks = [
    Plot.axisX(
      ticks.map((t) => t.day),
      {
        tickFormat: (day: number) => ticks.find((t) => t.day === day)?.label ?? '',
        tickSize: 4,
        color: colours.soft,
        label: null,
      },
    ),
  ]
  return { ticks, marks }
}

/** Horizontal grid and ticks on the left, quiet. */
export function valueAxis(options: Plot.AxisYOptions = {}): Plot.Markish[] {
  const { ticks, tickFormat, ...rest } = options
  return [
    Plot.gridY({ ...(ticks === undefined ? {} : { ticks }), stroke: colours.line, strokeOpacity: 1 }),
    Plot.axisY({
      ...(ticks === undefined ? {} : { ticks }),
      ...(tickFormat === undefined ? {} : { tickFormat }),
      tickSize: 0,
      color: colours.soft,
      label: null,
      ...rest,
    }),
  ]
}

export interface EdgeLabel {
  readonly y: number
  readonly text: string
  readonly colour: string
  /** Higher ones stay where two would overlap. */
  readonly priority: number
}

/** The labels that fit along an edge without touching each other, the more important ones first. */
export function fittingLabels(
  labels: readonly EdgeLabel[],
  domain: readonly [number, number],
  height: number,
  gap = 13,
): EdgeLabel[] {
  const pixel = (y: number): number => ((y - domain[0]) / (domain[1] - domain[0])) * height
  const kept: EdgeLabel[] = []
  for (const label of [...labels].sort((a, b) => b.priority - a.priority)) {
    if (kept.every((other) => Math.abs(pixel(other.y) - pixel(label.y)) >= gap)) kept.push(label)
  }
  return kept
}

/** A range a little wider than the values, so that no mark touches the frame; 0 to 1 around nothing but zeros. @throws RangeError when nothing is finite. */
export function paddedDomain(values: Iterable<number>, padding = 0.06): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) throw new RangeError('nothing to draw: at least one finite value wanted')
  if (low === 0 && high === 0) return [0, 1]
  const size = high - low
  const room = size > 0 ? size * padding : Math.max(Math.abs(low) * 0.02, 1e-6)
  return [low - room, high + room]
}
