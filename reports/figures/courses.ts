/** One path under two policies, day by day: small panels over the same time, where its two courses part. */
import * as Plot from '@observablehq/plot'
import type { Course, ToldFlip } from '../../sim/studies/compare/compare.ts'
import { shortName } from '../columns.ts'
import { isoOfDay } from '../dates.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted, largestMagnitude, scaleOf } from '../format.ts'
import { colours, paddedDomain, timeAxis, valueAxis } from '../plot.ts'

/** @param start ISO date of the first day */
export function coursesFigure(told: ToldFlip, place: number, start: string): Figure | null {
  const [first] = told.courses
  if (!first) return null
  const days = first.first.length
  const [parting] = told.partings
  return {
    id: `courses-${place}`,
    question: `Where do the two courses of path ${counted(told.path)} part?`,
    title: `First on day ${counted(parting.day)}, in ${shortName({ ...parting, name: parting.column })}`,
    units: `One path over ${counted(days)} days from ${start} under both policies; each panel in its own unit`,
    notes: [
      'Blue: under A. Orange: under B. The same luck; what differs is due to what was changed. One path has no interval: it shows how a change works, not how often.',
    ],
    panels: told.courses.map((course) => {
      const scale = scaleOf(course.unit, largestMagnitude(valuesOf(course)))
      return {
        label: shortName({ ...course, name: course.column }),
        unit: scale.unit,
        plot: (frame: Frame) => options(course, scale.factor, start, frame),
      }
    }),
    table: {
      columns: [
        { name: 'date', unit: 'text' },
        ...told.courses.flatMap(({ column, unit }) => [
          { name: `${column} under A`, unit },
          { name: `${column} under B`, unit },
        ]),
      ],
      rows: first.first.map((_, day) => [
        isoOfDay(start, day),
        ...told.courses.flatMap((course) => [course.first[day], course.second[day]]),
      ]),
    },
  }
}

function valuesOf({ first, second }: Course): number[] {
  return [...first, ...second].filter((value) => value !== null)
}

function options(course: Course, factor: number, start: string, frame: Frame): Plot.PlotOptions {
  const rows = (values: Course['first']): { day: number; value: number }[] =>
    values.flatMap((value, day) => (value === null ? [] : [{ day, value: value * factor }]))
  return {
    height: 150,
    marginLeft: 50,
    marginRight: 12,
    marginTop: 8,
    marginBottom: 22,
    x: { domain: [0, Math.max(1, course.first.length - 1)] },
    y: {
      domain: paddedDomain(
        valuesOf(course).map((v) => v * factor),
        0.08,
      ),
    },
    marks: [
      ...valueAxis({ ticks: 3, tickFormat: axisNumber }),
      Plot.lineY(rows(course.first), { x: 'day', y: 'value', stroke: colours.accent, strokeWidth: 1.6 }),
      Plot.lineY(rows(course.second), { x: 'day', y: 'value', stroke: colours.bad, strokeWidth: 1.6 }),
      ...timeAxis(start, course.first.length, frame).marks,
    ],
  }
}
