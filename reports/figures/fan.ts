/** A daily column across all paths: median and nested bands of percentiles over time. */
import * as Plot from '@observablehq/plot'
import type { Fan } from '../../sim/kernel/record.ts'
import { quantileInterval } from '../../sim/statistics/intervals.ts'
import { shortName } from '../columns.ts'
import { isoOfDay } from '../dates.ts'
import type { Figure, Frame, Panel } from '../figure.ts'
import {
  amount,
  axisNumber,
  counted,
  largestMagnitude,
  percent,
  percentOfLevel,
  type Scale,
  scaleOf,
} from '../format.ts'
import { colours, fittingLabels, paddedDomain, timeAxis, valueAxis } from '../plot.ts'
import { confidence, type Reading } from '../reading.ts'

export interface FanWords {
  readonly id: string
  readonly question: string
  readonly title: string
  /** What is measured, in words. */
  readonly measure: string
  /** A level to compare with, such as par. */
  readonly reference?: { readonly value: number; readonly text: string }
  readonly notes?: readonly string[]
}

const percentiles = 'Median and percentiles (P1: one path in a hundred lies below)'

/** The fan of a column, or null where the run did not record it. */
export function fanFigure(reading: Reading, column: string, words: FanWords): Figure | null {
  const fan = reading.fan(column)
  if (!fan || fan.values.length === 0) return null
  const scale = scaleOf(fan.unit, largestMagnitude(fan.values))
  return {
    id: words.id,
    question: words.question,
    title: words.title,
    units: `${words.measure}, ${scale.unit}, at the end of each day. ${percentiles} of ${counted(reading.paths)} paths`,
    notes: [...(words.notes ?? []), `${samplingNote(fan, reading.paths)} ${countingNote(fan, scale)}`],
    panels: [fanPanel(reading, fan, words.reference)],
    table: fanTable(reading, [fan]),
  }
}

/** Small fans of several columns, side by side; null where the run recorded none of them. */
export function smallFansFigure(
  reading: Reading,
  columns: readonly string[],
  words: Omit<FanWords, 'measure' | 'reference'>,
): Figure | null {
  const fans = columns.flatMap((column) => reading.fan(column) ?? [])
  if (fans.length === 0) return null
  const outside = fans.filter((fan) => fan.outside > 0)
  return {
    id: words.id,
    question: words.question,
    title: words.title,
    units: `Each panel in its own unit, at the end of each day. ${percentiles} of ${counted(reading.paths)} paths`,
    notes: [
      ...(words.notes ?? []),
      `${samplingNote(fans[0], reading.paths)} Counted in buckets; the data say how finely.`,
      ...outside.map(
        (fan) =>
          `${shortName(fan)}: ${percent(fan.outside)} of values lie beyond the counted range, drawn at its edge.`,
      ),
    ],
    panels: fans.map((fan) => ({ ...fanPanel(reading, fan), label: shortName(fan) })),
    table: fanTable(reading, fans),
  }
}

function fanTable(reading: Reading, fans: readonly Fan[]): Figure['table'] {
  const { start, days } = reading.record.manifest
  return {
    columns: [
      { name: 'date', unit: 'text' },
      ...fans.flatMap((fan) =>
        fan.probabilities.map((p) => ({
          name: `${fan.name} P${percentOfLevel(p)} within ${fan.bound} ${fan.boundKind}`,
          unit: fan.unit,
        })),
      ),
    ],
    rows: Array.from({ length: days }, (_, day) => [
      isoOfDay(start, day),
      ...fans.flatMap((fan) => valuesOf(fan, day)),
    ]),
  }
}

function valuesOf(fan: Fan, day: number): number[] {
  const width = fan.probabilities.length
  return Array.from(fan.values.subarray(day * width, (day + 1) * width))
}

function fanPanel(reading: Reading, fan: Fan, reference?: FanWords['reference']): Panel {
  const { start, days } = reading.record.manifest
  const scale = scaleOf(fan.unit, largestMagnitude(fan.values))
  const rows = Array.from({ length: days }, (_, day) => ({
    day,
    values: valuesOf(fan, day).map((v) => v * scale.factor),
  }))
  const level = reference && reference.value * scale.factor
  const domain = paddedDomain([...rows.flatMap((row) => row.values), ...(level === undefined ? [] : [level])])
  return {
    label: '',
    unit: scale.unit,
    plot: (frame) => ({
      height: heightOf(frame),
      marginLeft: frame.narrow ? 44 : 54,
      marginRight: frame.narrow ? 56 : 72,
      marginTop: 14,
      marginBottom: 26,
      x: { domain: [0, Math.max(1, days - 1)] },
      y: { domain },
      marks: [
        ...valueAxis({ tickFormat: axisNumber, ticks: frame.narrow ? 4 : 6 }),
        ...bandMarks(fan, rows),
        ...(reference && level !== undefined ? referenceMarks(reference.text, level, days) : []),
        ...timeAxis(start, days, frame).marks,
        edgeLabels(fan, rows, domain, frame),
      ],
    }),
  }
}

function heightOf(frame: Frame): number {
  if (frame.width < 350) return 190
  return frame.narrow ? 260 : 340
}

interface FanRow {
  readonly day: number
  readonly values: readonly number[]
}

/** Pairs of levels that lie as far from the median, the widest first. */
function bandPairs(fan: Fan): [number, number][] {
  return fan.probabilities.flatMap((p, low): [number, number][] => {
    const high = p < 0.5 ? fan.probabilities.findIndex((q) => Math.abs(q - (1 - p)) < 1e-9) : -1
    return high === -1 ? [] : [[low, high]]
  })
}

function bandMarks(fan: Fan, rows: readonly FanRow[]): Plot.Markish[] {
  const median = fan.probabilities.indexOf(0.5)
  const bands = bandPairs(fan).map(([low, high], i) =>
    Plot.areaY(rows, {
      x: 'day',
      y1: (row: FanRow) => row.values[low],
      y2: (row: FanRow) => row.values[high],
      fill: colours.accent,
      fillOpacity: 0.12 + 0.05 * i,
    }),
  )
  if (median === -1) return bands
  const line = { x: 'day', y: (row: FanRow) => row.values[median], stroke: colours.accent, strokeWidth: 2 }
  return [...bands, Plot.lineY(rows, line)]
}

function referenceMarks(text: string, level: number, days: number): Plot.Markish[] {
  return [
    Plot.ruleY([level], { stroke: colours.ink, strokeDasharray: '2 3', strokeOpacity: 0.6 }),
    Plot.text([level], { x: days - 1, y: level, text: [text], textAnchor: 'end', dy: -7, fill: colours.soft }),
  ]
}

function edgeLabels(fan: Fan, rows: readonly FanRow[], domain: readonly [number, number], frame: Frame): Plot.Markish {
  const last = rows[rows.length - 1]
  const labels = fan.probabilities.map((p, i) => ({
    y: last.values[i],
    text: p === 0.5 ? 'median' : `P${percentOfLevel(p)}`,
    colour: p === 0.5 ? colours.accent : colours.soft,
    priority: p === 0.5 ? 3 : Math.abs(p - 0.5),
  }))
  const kept = fittingLabels(labels, domain, heightOf(frame) - 40)
  return Plot.text(kept, {
    x: () => last.day,
    y: 'y',
    text: 'text',
    fill: (label: { colour: string }) => label.colour,
    textAnchor: 'start',
    dx: 6,
  })
}

/** Which true percentiles the lines of a sample may stand for: order statistics turned round. */
function samplingNote(fan: Fan, paths: number): string {
  const levels = [0.05, Math.min(...fan.probabilities)].filter(
    (p, i, all) => fan.probabilities.includes(p) && all.indexOf(p) === i,
  )
  const said = levels.map((p) => {
    const ranks = quantileInterval(paths, p, confidence)
    const name = `P${percentOfLevel(p)}`
    const [from, to] = [ranks.lower, ranks.upper].map((rank) => (rank === null ? null : percent(rank / paths)))
    if (from !== null && to !== null) return `${name} lies between the true ${from} and ${to} levels`
    return to === null ? `${name} is unbounded by these paths` : `${name} anywhere below the true ${to} level`
  })
  return `On a given day, with 95 % confidence, ${said.join(', ')}.`
}

function countingNote(fan: Fan, scale: Scale): string {
  const bound =
    fan.boundKind === 'relative'
      ? `${percent(fan.bound)} of its value`
      : `${amount(fan.bound, scale)}\u00a0${scale.unit}`
  const outside =
    fan.outside > 0
      ? ` ${percent(fan.outside)} of all values lie beyond the counted range and are drawn at its edge.`
      : ''
  return `Values were counted in buckets: a line is within ${bound} of its sample percentile.${outside}`
}
