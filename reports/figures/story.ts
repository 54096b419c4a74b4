/** One path, day by day: small panels over the same time, its events marked, the crowd of all paths behind it. */
import * as Plot from '@observablehq/plot'
import type { Fan, NamedColumn, PathStory } from '../../sim/kernel/record.ts'
import { inStoryOrder, shortName } from '../columns.ts'
import { isoOfDay } from '../dates.ts'
import type { Figure, Frame, Panel } from '../figure.ts'
import { amount, axisNumber, counted, largestMagnitude, type Scale, scaleOf } from '../format.ts'
import { byImportance } from '../importance.ts'
import { colours, paddedDomain, timeAxis, valueAxis } from '../plot.ts'
import type { Reading } from '../reading.ts'

/** Events told at once, the most important ones; the rest stands behind a fold. */
export const eventsTold = 14

const mostPanels = 8
/** Drawn even where nothing moves. */
const firstPanels = 4

/** The panels of a told path. @param title what happened, in a sentence */
export function storyFigure(reading: Reading, story: PathStory, place: number, title: string): Figure {
  const { start, days } = reading.record.manifest
  const columns = inStoryOrder(reading.record.storyColumns).filter((c) => story.series[c.name])
  const moves = (c: NamedColumn): boolean => story.series[c.name].some((v) => v !== story.series[c.name][0])
  const drawn = columns.filter((c, i) => i < firstPanels || moves(c)).slice(0, mostPanels)
  return {
    id: `story-${place}`,
    question: `What happened on path ${counted(story.path)}?`,
    title,
    units: `One path over ${counted(days)} days from ${start}; each panel in its own unit`,
    notes: [
      `Orange: this path. Grey: the middle 90 % of ${counted(reading.paths)} paths and their median, where recorded. Dotted lines: the events told below. One path has no interval; it is an illustration of what the tail is made of.`,
    ],
    panels: drawn.map((column) => panelOf(reading, story, column)),
    table: {
      columns: [{ name: 'date', unit: 'text' }, ...columns.map((c) => ({ name: c.name, unit: c.unit }))],
      rows: Array.from({ length: lengthOf(story) }, (_, day) => [
        isoOfDay(start, day),
        ...columns.map((c) => story.series[c.name][day] ?? null),
      ]),
    },
  }
}

function lengthOf(story: PathStory): number {
  return Math.max(0, ...Object.values(story.series).map((values) => values.length))
}

function panelOf(reading: Reading, story: PathStory, column: NamedColumn): Panel {
  const values = story.series[column.name]
  const crowd = crowdOf(reading.fan(column.name))
  const all = [...values, ...crowd.flatMap((c) => [c.low, c.high])]
  const scale = scaleOf(column.unit, largestMagnitude(all))
  return {
    label: shortName(column),
    unit: scale.unit,
    plot: (frame) => options(reading, story, values, crowd, scale, frame),
  }
}

interface Crowd {
  readonly day: number
  readonly low: number
  readonly median: number
  readonly high: number
}

function crowdOf(fan: Fan | undefined): Crowd[] {
  if (!fan) return []
  const [low, median, high] = [0.05, 0.5, 0.95].map((p) => fan.probabilities.indexOf(p))
  if (low < 0 || median < 0 || high < 0) return []
  const width = fan.probabilities.length
  return Array.from({ length: fan.values.length / width }, (_, day) => ({
    day,
    low: fan.values[day * width + low],
    median: fan.values[day * width + median],
    high: fan.values[day * width + high],
  }))
}

function options(
  reading: Reading,
  story: PathStory,
  values: Float64Array,
  crowd: readonly Crowd[],
  scale: Scale,
  frame: Frame,
): Plot.PlotOptions {
  const f = scale.factor
  const { start, days } = reading.record.manifest
  const domain = paddedDomain(
    [...values, ...crowd.flatMap((c) => [c.low, c.high])].map((v) => v * f),
    0.08,
  )
  const eventDays = [...new Set(byImportance(story.events, eventsTold).told.map((event) => event.day))]
  const rows = Array.from(values, (value, day) => ({ day, value: value * f }))
  const last = rows[rows.length - 1]
  return {
    height: 150,
    marginLeft: 50,
    marginRight: 54,
    marginTop: 8,
    marginBottom: 22,
    x: { domain: [0, days - 1] },
    y: { domain },
    marks: [
      ...valueAxis({ ticks: 3, tickFormat: axisNumber }),
      Plot.areaY(crowd, {
        x: 'day',
        y1: (c: Crowd) => c.low * f,
        y2: (c: Crowd) => c.high * f,
        fill: colours.soft,
        fillOpacity: 0.18,
      }),
      Plot.lineY(crowd, { x: 'day', y: (c: Crowd) => c.median * f, stroke: colours.soft, strokeWidth: 1 }),
      Plot.ruleX(eventDays, { stroke: colours.ink, strokeOpacity: 0.35, strokeDasharray: '1 3' }),
      Plot.lineY(rows, { x: 'day', y: 'value', stroke: colours.bad, strokeWidth: 1.6 }),
      ...timeAxis(start, days, frame).marks,
      Plot.text([last], {
        x: 'day',
        y: 'value',
        text: () => amount(last.value / f, scale),
        textAnchor: 'start',
        dx: 5,
        fill: colours.bad,
        fontWeight: 600,
      }),
    ],
  }
}
