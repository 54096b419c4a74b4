/** What a change does to the probability of each failure: one difference a row, around zero. */
import * as Plot from '@observablehq/plot'
import type { CompareAnswer } from '../../sim/studies/compare/compare.ts'
import type { EventDifference } from '../../sim/studies/compare/differences.ts'
import { differenceScale, sayDifference, shares, verdictText } from '../differences.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain } from '../plot.ts'

/** Differences of the probabilities that differ on some path; null where none does. */
export function eventDifferencesFigure(answer: CompareAnswer): Figure | null {
  const { events, paths } = answer
  const moved = events.filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0)
  if (moved.length === 0) return null
  const told = events.filter(({ difference }) => difference.verdict === 'better' || difference.verdict === 'worse')
  return {
    id: 'event-differences',
    question: 'Which failures become more or less likely?',
    title:
      told.length === 0
        ? `None of ${counted(events.length)} failures can be told apart on ${counted(paths)} paths`
        : `${counted(told.length)} of ${counted(events.length)} failures differ by more than chance, each by itself`,
    units: `Probability under B minus probability under A, points. ${counted(paths)} paths, the same luck under both`,
    notes: [
      `Dot: difference of the shares of paths. Bar: 95 % interval from the paths that fail under one policy only, exact. Grey bars cross zero: these paths cannot tell the two apart.${moved.length < events.length ? ' Failures that are the same on every path stand in the table only.' : ''}`,
    ],
    panels: [{ label: '', unit: 'points', plot: (frame) => options(moved, frame) }],
    table: {
      columns: [
        { name: 'event', unit: 'text' },
        { name: 'paths under A', unit: '1' },
        { name: 'paths under B', unit: '1' },
        { name: 'paths under A only', unit: '1' },
        { name: 'paths under B only', unit: '1' },
        { name: 'paths', unit: '1' },
        { name: 'difference', unit: '1' },
        { name: 'lower', unit: '1' },
        { name: 'upper', unit: '1' },
        { name: 'p', unit: '1' },
        { name: 'p among all', unit: '1' },
        { name: 'smallest seen', unit: '1' },
      ],
      rows: events.map(({ name, first, second, onlyFirst, onlySecond, difference: d }) => [
        ...[name, first.occurrences, second.occurrences, onlyFirst, onlySecond, first.paths],
        ...[d.value, d.lower, d.upper, d.p, d.adjusted, d.smallest],
      ]),
    },
  }
}

function options(events: readonly EventDifference[], frame: Frame): Plot.PlotOptions {
  const scale = differenceScale(shares)
  const said = (difference: EventDifference['difference']): string => {
    const { value, interval } = sayDifference(difference, scale)
    return `${value} (${interval}) points, ${verdictText(difference)}`
  }
  const rows = events.map(({ name, meaning, difference }) => ({
    name,
    // Its first clause: two lines are all that a phone has room for.
    meaning: meaning.split(/[;(]/)[0].trim(),
    value: difference.value * 100,
    lower: (difference.lower as number) * 100,
    upper: (difference.upper as number) * 100,
    stated: said(difference),
    colour:
      difference.verdict === 'worse' ? colours.bad : difference.verdict === 'better' ? colours.accent : colours.soft,
  }))
  type Row = (typeof rows)[number]
  const domain = paddedDomain(rows.flatMap(({ lower, upper }) => [lower, upper, 0]))
  return {
    height: events.length * (frame.narrow ? 92 : 74) + 34,
    marginLeft: 22,
    marginRight: 24,
    marginTop: 6,
    marginBottom: 26,
    x: { domain },
    y: { type: 'point', domain: rows.map((r) => r.name), padding: 0.72, axis: null },
    marks: [
      Plot.gridX({ stroke: colours.line, strokeOpacity: 1, ticks: frame.narrow ? 4 : 8 }),
      Plot.axisX({
        tickFormat: axisNumber,
        ticks: frame.narrow ? 4 : 8,
        tickSize: 0,
        color: colours.soft,
        label: null,
      }),
      Plot.ruleX([0], { stroke: colours.ink }),
      Plot.text(rows, {
        x: () => domain[0],
        y: 'name',
        text: 'meaning',
        textAnchor: 'start',
        lineAnchor: 'bottom',
        dy: -12,
        lineWidth: frame.narrow ? 21 : 55,
        fill: colours.ink,
        fontWeight: 600,
      }),
      Plot.text(rows, {
        x: () => domain[0],
        y: 'name',
        text: 'stated',
        textAnchor: 'start',
        dy: 17,
        fill: colours.soft,
      }),
      Plot.link(rows, {
        x1: 'lower',
        x2: 'upper',
        y1: 'name',
        y2: 'name',
        stroke: (r: Row) => r.colour,
        strokeWidth: 5,
        strokeOpacity: 0.45,
      }),
      Plot.dot(rows, { x: 'value', y: 'name', r: 5, fill: (r: Row) => r.colour, stroke: colours.paper }),
    ],
  }
}
