/** Every failure with its probability and interval, on one logarithmic scale. */
import * as Plot from '@observablehq/plot'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type { Figure, Frame } from '../figure.ts'
import { counted, levelText, powerOfTenBelow } from '../format.ts'
import { statedProbability } from '../numbers.ts'
import { colours } from '../plot.ts'
import { confidence, type Occurrence, type Reading } from '../reading.ts'

/** Probabilities of all events of a run; null when it answers none. */
export function probabilitiesFigure(reading: Reading): Figure | null {
  const { events, paths } = reading
  if (events.length === 0) return null
  const seen = events.filter((event) => event.headline.occurrences > 0)
  return {
    id: 'probabilities',
    question: 'How likely is each failure within the run?',
    title:
      seen.length === 0
        ? `None of ${events.length} kinds of failure happened on any path`
        : `${seen.length} of ${events.length} kinds of failure happened on at least one of ${counted(paths)} paths`,
    units: `Probability that it happens at least once in ${counted(reading.record.manifest.days)} days, %, logarithmic scale. ${counted(paths)} paths`,
    notes: [
      'Dot: share of paths. Bar: 95 % Clopper-Pearson interval. What no path saw has no dot; its bar ends in an arrow at the one-sided 95 % upper bound.',
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => options(events, paths, frame) }],
    table: {
      columns: [
        { name: 'event', unit: 'text' },
        { name: 'paths on which it happened', unit: '1' },
        { name: 'paths', unit: '1' },
        { name: 'probability', unit: '1' },
        { name: 'lower', unit: '1' },
        { name: 'upper', unit: '1' },
      ],
      rows: events.map(({ headline: h }) => [h.name, h.occurrences, h.paths, h.probability, h.lower, h.upper]),
    },
  }
}

interface Row {
  readonly name: string
  readonly text: string
  readonly stated: string
  /** Null where no path saw the event. */
  readonly value: number | null
  readonly lower: number
  readonly upper: number
}

function rowOf({ headline: h }: Occurrence, floor: number): Row {
  const stated = statedProbability(h)
  const never = h.occurrences === 0
  return {
    name: h.name,
    text: h.meaning,
    stated: never ? stated.value : `${stated.value} (${stated.interval})`,
    value: never ? null : h.probability,
    lower: Math.max(floor, h.lower),
    upper: never ? clopperPearson(0, h.paths, confidence, 'upper').upper : h.upper,
  }
}

function options(events: readonly Occurrence[], paths: number, frame: Frame): Plot.PlotOptions {
  const floor = powerOfTenBelow(0.3 / paths)
  const rows = events.map((event) => rowOf(event, floor))
  const ticks = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1].filter((t) => t >= floor)
  return {
    height: events.length * (frame.narrow ? 84 : 64) + 34,
    marginLeft: 22,
    marginRight: 24,
    marginTop: 6,
    marginBottom: 26,
    x: { type: 'log', domain: [floor, 1] },
    y: { type: 'point', domain: rows.map((r) => r.name), padding: 0.72, axis: null },
    marks: [
      Plot.gridX(ticks, { stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisX(ticks, { tickFormat: levelText, tickSize: 0, color: colours.soft, label: null }),
      Plot.text(rows, {
        x: () => floor,
        y: 'name',
        text: 'text',
        textAnchor: 'start',
        lineAnchor: 'bottom',
        lineWidth: frame.narrow ? 23 : 46,
        dy: -12,
        fill: colours.ink,
        stroke: colours.paper,
        strokeWidth: 4,
      }),
      Plot.link(rows, {
        x1: 'lower',
        x2: 'upper',
        y1: 'name',
        y2: 'name',
        stroke: colours.accent,
        strokeWidth: 7,
        strokeOpacity: 0.3,
        strokeLinecap: 'butt',
      }),
      Plot.dot(
        rows.filter((r) => r.value === null),
        { x: 'upper', y: 'name', symbol: 'triangle', rotate: -90, r: 4.5, fill: colours.accent },
      ),
      Plot.dot(
        rows.filter((r) => r.value !== null),
        { x: 'value', y: 'name', r: 5, fill: colours.accent, stroke: colours.paper, strokeWidth: 1.5 },
      ),
      statedMark(rows, floor),
    ],
  }
}

/** The number below its bar, from the left margin: wherever the bar lies, it stays inside the frame. */
function statedMark(rows: readonly Row[], floor: number): Plot.Markish {
  return Plot.text(rows, {
    x: () => floor,
    y: 'name',
    text: 'stated',
    textAnchor: 'start',
    lineAnchor: 'top',
    dy: 7,
    fill: colours.accent,
    fontWeight: 600,
    stroke: colours.paper,
    strokeWidth: 4,
  })
}
