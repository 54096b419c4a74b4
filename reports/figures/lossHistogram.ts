/** The loss to sAID on every path, counted. */
import * as Plot from '@observablehq/plot'
import type { QuantileHeadline } from '../../sim/studies/headline.ts'
import type { Figure, Frame } from '../figure.ts'
import { amount, axisNumberWith, counted, levelText } from '../format.ts'
import { inSentence, statedQuantile } from '../numbers.ts'
import { colours, valueAxis } from '../plot.ts'
import type { Amount, Reading } from '../reading.ts'

const bins = 40
const marked: readonly number[] = [0.95, 0.99, 0.999]
/** Beyond this share of paths without any loss, their bar would dwarf all others and is told in words instead. */
const mostUnharmed = 0.2
/** Beyond this share of paths in one bin, bars are drawn on a square-root scale so that the tail stays visible. */
const mostInOneBin = 0.4

interface Bin {
  readonly from: number
  readonly to: number
  readonly paths: number
}

/** Histogram of an amount, with its values at risk. Null where the run does not answer it or a path is infinite. */
export function lossHistogramFigure(reading: Reading, name: string): Figure | null {
  const loss = reading.amount(name)
  if (!loss || loss.headline.infinite > 0) return null
  const unharmed = loss.values.filter((v) => v <= 0).length
  const apart = unharmed > mostUnharmed * reading.paths
  const drawn = apart && unharmed < reading.paths ? loss.values.filter((v) => v > 0) : loss.values
  const counts = countBins(drawn)
  const crowded = Math.max(...counts.map((b) => b.paths)) > mostInOneBin * drawn.length
  return {
    id: 'loss-histogram',
    question: 'How large is the loss to sAID on a path?',
    title: titleOf(reading, loss, unharmed),
    units: `${loss.metric.meaning}, ${loss.scale.unit}. Number of paths in each of ${bins} bins, of ${counted(drawn.length)} paths${crowded ? ', square-root scale' : ''}`,
    notes: [
      ...(drawn.length < reading.paths ? [`Not drawn: ${counted(unharmed)} paths without any fall.`] : []),
      'Marked: value at risk (VaR) over all paths, the loss that the given share of paths does not exceed. Its intervals stand in the table of headline numbers; the tail is magnified in the next figure.',
    ],
    panels: [{ label: '', unit: loss.scale.unit, plot: (frame) => options(loss, counts, crowded, frame) }],
    table: {
      columns: [
        { name: 'from', unit: loss.metric.unit },
        { name: 'to', unit: loss.metric.unit },
        { name: 'paths', unit: '1' },
        { name: 'share of all paths', unit: '1' },
      ],
      rows: [
        ...(drawn.length < reading.paths ? [[0, 0, unharmed, unharmed / reading.paths]] : []),
        ...counts.map((b) => [b.from, b.to, b.paths, b.paths / reading.paths]),
      ],
    },
  }
}

function titleOf(reading: Reading, loss: Amount, unharmed: number): string {
  if (unharmed === reading.paths) return 'No path loses anything'
  const hundredth = loss.headline.quantiles.find((q) => q.level === 0.99)
  if (!hundredth) return loss.metric.meaning
  const stated = statedQuantile(hundredth, loss)
  return stated.open
    ? `What one path in a hundred loses: ${inSentence(stated)}`
    : `One path in a hundred loses ${stated.value} or more (${stated.interval})`
}

function countBins(values: Float64Array): Bin[] {
  let low = Infinity
  let high = -Infinity
  for (const v of values) {
    if (v < low) low = v
    if (v > high) high = v
  }
  const from = Math.min(0, low)
  const width = high > from ? (high - from) / bins : 1 / bins
  const counts = new Array<number>(bins).fill(0)
  for (const v of values) counts[Math.min(bins - 1, Math.floor((v - from) / width))]++
  return counts.map((paths, i) => ({ from: from + i * width, to: from + (i + 1) * width, paths }))
}

function options(loss: Amount, counts: readonly Bin[], crowded: boolean, frame: Frame): Plot.PlotOptions {
  const f = loss.scale.factor
  const domain: [number, number] = [counts[0].from * f, counts[counts.length - 1].to * f]
  const most = Math.max(...counts.map((b) => b.paths))
  return {
    height: frame.narrow ? 250 : 320,
    marginLeft: frame.narrow ? 42 : 54,
    marginRight: 14,
    marginTop: 14,
    marginBottom: 30,
    x: { domain },
    y: { type: crowded ? 'sqrt' : 'linear', domain: [0, most * 1.02] },
    marks: [
      ...valueAxis({ ticks: 5, tickFormat: (v: number) => (Number.isInteger(v) ? counted(v) : '') }),
      Plot.rect(counts, {
        x1: (b: Bin) => b.from * f,
        x2: (b: Bin) => b.to * f,
        y1: 0,
        y2: 'paths',
        fill: colours.accent,
        fillOpacity: 0.75,
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
      Plot.ruleY([0], { stroke: colours.ink, strokeOpacity: 0.5 }),
      Plot.axisX({
        ticks: frame.narrow ? 5 : 10,
        tickFormat: axisNumberWith(loss.scale),
        tickSize: 4,
        color: colours.soft,
        label: null,
      }),
      ...riskMarks(loss, domain, most),
    ],
  }
}

interface Risk {
  readonly value: number
  readonly text: string
  readonly y: number
}

/** Values at risk as staggered posts, their names on the side that has room. */
function riskMarks(loss: Amount, domain: readonly [number, number], most: number): Plot.Markish[] {
  const f = loss.scale.factor
  const risks = loss.headline.quantiles
    .filter((q) => marked.includes(q.level))
    .map(
      (q: QuantileHeadline, i): Risk => ({
        value: q.value * f,
        text: `VaR ${levelText(q.level)}: ${amount(q.value, loss.scale)}`,
        y: most * (0.95 - i * 0.14),
      }),
    )
  const isRight = (risk: Risk): boolean => risk.value > domain[0] + 0.6 * (domain[1] - domain[0])
  const style = {
    x: 'value',
    y: 'y',
    text: 'text',
    dy: 4,
    fill: colours.bad,
    fontWeight: 600,
    stroke: colours.paper,
    strokeWidth: 4,
  }
  return [
    Plot.ruleX(risks, { x: 'value', y1: 0, y2: 'y', stroke: colours.bad, strokeWidth: 1.5 }),
    Plot.text(
      risks.filter((risk) => !isRight(risk)),
      { ...style, textAnchor: 'start', dx: 5 },
    ),
    Plot.text(risks.filter(isRight), { ...style, textAnchor: 'end', dx: -5 }),
  ]
}
