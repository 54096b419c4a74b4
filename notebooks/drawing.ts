/** What the notebooks draw with: figures with their words, charts over the days of a run, small tables, a bar of progress. */
import * as Plot from '@observablehq/plot'
import { amount, axisNumber, largestMagnitude, type Scale, scaleOf } from '../reports/format.ts'
import { colours, paddedDomain, timeAxis, valueAxis } from '../reports/plot.ts'
import type { Progress } from '../sim/host/schedule.ts'
import type { Fan } from '../sim/kernel/record.ts'

/** The time that a chart shows. */
export interface Span {
  /** ISO date of day 0. */
  readonly start: string
  readonly days: number
}

type Words = string | readonly (string | Node)[]

function element(name: string, className: string, ...children: readonly (string | Node)[]): HTMLElement {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/** A drawing with what it shows, in which units, and how to read it. */
export function figure(title: string, units: string, drawing: Node, note: Words): HTMLElement {
  const caption = element('figcaption', '', ...(typeof note === 'string' ? [note] : note))
  return element('figure', 'figure', element('p', 'title', title), element('p', 'units', units), drawing, caption)
}

/** A chart in the look of the reports. @param label what a reader who cannot see it is told */
export function chart(label: string, options: Plot.PlotOptions): SVGElement | HTMLElement {
  const drawn = Plot.plot({ ...options, className: 'chart', ariaLabel: label, style: 'overflow:visible' })
  drawn.setAttribute('role', 'img')
  return drawn
}

/** A table; numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[]): Node {
  const cells = (tag: string, texts: readonly string[]): HTMLElement =>
    element('tr', '', ...texts.map((text, i) => element(tag, numbers.includes(i) ? 'number' : '', text)))
  const body = rows.map((row) => cells('td', row))
  return element('table', '', element('thead', '', cells('th', head)), element('tbody', '', ...body))
}

/** A sentence that stands out, with its basis below it. */
export function answer(text: string, basis: string): HTMLElement {
  return element('p', 'answer', text, element('small', '', basis))
}

/** A bar that follows a run. @returns its element, and the function that moves it */
export function progressBar(): { readonly element: HTMLElement; readonly show: (progress: Progress) => void } {
  const bar = document.createElement('progress')
  const words = element('span', '', 'starting')
  return {
    element: element('p', 'progress', bar, words),
    show({ done, paths, pathsPerSecond }) {
      bar.max = paths
      bar.value = done
      words.textContent = `${done} of ${paths} paths, ${pathsPerSecond.toFixed(0)} a second`
    },
  }
}

interface Level {
  readonly day: number
  readonly value: number
}

/** One level of a fan, day by day. @throws RangeError when the fan has no such level */
export function levelOf(fan: Fan, probability: number): Level[] {
  const at = fan.probabilities.indexOf(probability)
  if (at < 0) throw new RangeError(`level is ${probability}; the fan has ${fan.probabilities.join(', ')}`)
  const width = fan.probabilities.length
  return Array.from({ length: fan.values.length / width }, (_, day) => ({ day, value: fan.values[day * width + at] }))
}

/** The space between two levels of a fan. */
export function band(fan: Fan, low: number, high: number, opacity: number): Plot.Markish {
  const upper = levelOf(fan, high)
  const rows = levelOf(fan, low).map(({ day, value }) => ({ day, low: value, high: upper[day].value }))
  return Plot.areaY(rows, { x: 'day', y1: 'low', y2: 'high', fill: colours.accent, fillOpacity: opacity })
}

/** A column of one path for a small panel, with the crowd of all paths behind it where the run counted it. */
export interface Panel {
  readonly label: string
  readonly unit: string
  readonly values: ArrayLike<number>
  readonly fan?: Fan
  /** A level to compare with, such as par. */
  readonly reference?: number
  /** Days of its own, where the panel looks at a part of the run. */
  readonly span?: Span
}

/** Small panels over the same days; dotted lines at the days that the words speak of. */
export function panels(list: readonly Panel[], span: Span, marked: readonly number[]): HTMLElement {
  return element(
    'div',
    'panels',
    ...list.map((panel) => smallPanel(panel, panel.span ?? span, panel.span ? [] : marked)),
  )
}

function smallPanel(panel: Panel, span: Span, marked: readonly number[]): HTMLElement {
  const { label, unit, reference } = panel
  const values = Array.from(panel.values)
  const low = panel.fan ? levelOf(panel.fan, 0.05) : []
  const high = panel.fan ? levelOf(panel.fan, 0.95) : []
  const all = [
    ...values,
    ...low.map((l) => l.value),
    ...high.map((l) => l.value),
    ...(reference === undefined ? [] : [reference]),
  ]
  const scale = scaleOf(unit, largestMagnitude(all))
  const f = scale.factor
  const crowd = low.map(({ day, value }) => ({ day, low: value * f, high: high[day].value * f }))
  const drawn = chart(`${label}, ${scale.unit}`, {
    width: 350,
    height: 150,
    marginLeft: 44,
    marginRight: 46,
    marginTop: 8,
    marginBottom: 22,
    x: { domain: [0, span.days - 1] },
    y: {
      domain: paddedDomain(
        all.map((v) => v * f),
        0.08,
      ),
    },
    marks: [
      ...valueAxis({ ticks: 3, tickFormat: axisNumber }),
      Plot.areaY(crowd, { x: 'day', y1: 'low', y2: 'high', fill: colours.soft, fillOpacity: 0.2 }),
      ...(reference === undefined ? [] : [Plot.ruleY([reference * f], { stroke: colours.ink, strokeOpacity: 0.6 })]),
      Plot.ruleX(marked, { stroke: colours.ink, strokeOpacity: 0.4, strokeDasharray: '1 3' }),
      ...pathMarks(values, scale),
      ...timeAxis(span.start, span.days, { width: 350, narrow: true }).marks,
    ],
  })
  return element('div', 'panel', element('p', '', element('b', '', label), ' ', element('span', '', scale.unit)), drawn)
}

/** The line of a path and the number at its end. */
function pathMarks(values: readonly number[], scale: Scale): Plot.Markish[] {
  const rows = values.map((value, day) => ({ day, value: value * scale.factor }))
  const text = amount(values[values.length - 1], scale)
  return [
    Plot.lineY(rows, { x: 'day', y: 'value', stroke: colours.bad, strokeWidth: 1.6 }),
    Plot.text(rows.slice(-1), {
      x: 'day',
      y: 'value',
      text: () => text,
      textAnchor: 'start',
      dx: 5,
      fill: colours.bad,
      fontWeight: 600,
    }),
  ]
}
