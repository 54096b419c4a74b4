/** How often a loss of at least a given size happens, down to the last path: the tail on a logarithmic scale. */
import * as Plot from '@observablehq/plot'
import { countAbove, sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { failureCurve } from '../../sim/statistics/sizing.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumberWith, counted, levelText, powerOfTenBelow, type Scale } from '../format.ts'
import { colours } from '../plot.ts'
import { type Amount, confidence, type Reading } from '../reading.ts'

const points = 160

/** A point of an exceedance curve, its level in display units. */
export interface CurvePoint {
  readonly level: number
  readonly exceed: number
  readonly probability: number
  readonly lower: number
  readonly upper: number
}

export interface ExceedanceWords {
  readonly id: string
  readonly question: string
  readonly title: string
  readonly notes: readonly string[]
}

/** Curves of P(amount > level) with bands for one or two amounts of the same unit; null where the run answers none. */
export function exceedanceFigure(
  reading: Reading,
  curves: readonly { readonly name: string; readonly label: string }[],
  words: ExceedanceWords,
): Figure | null {
  const found = curves.flatMap(({ name, label }) => {
    const loss = reading.amount(name)
    return loss && loss.headline.infinite === 0 ? [{ loss, label }] : []
  })
  if (found.length === 0) return null
  const drawn = found.map(({ loss, label }) => ({ loss, label, points: curveOf(loss) }))
  const scale = drawn[0].loss.scale
  return {
    ...words,
    units: `Probability that a path exceeds the level, %, logarithmic, against the level, ${scale.unit}. ${counted(reading.paths)} paths`,
    notes: [
      'Band: 95 % Clopper-Pearson interval at each level by itself. A curve ends at its largest path; beyond it the band alone remains.',
      ...words.notes,
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => options(drawn, scale, reading.paths, frame) }],
    table: {
      columns: [
        { name: 'amount', unit: 'text' },
        { name: 'level', unit: drawn[0].loss.metric.unit },
        { name: 'paths above', unit: '1' },
        { name: 'probability', unit: '1' },
        { name: 'lower', unit: '1' },
        { name: 'upper', unit: '1' },
      ],
      rows: drawn.flatMap(({ loss, points }) =>
        points.map((p) => [loss.metric.name, p.level / scale.factor, p.exceed, p.probability, p.lower, p.upper]),
      ),
    },
  }
}

function curveOf(loss: Amount): CurvePoint[] {
  const sorted = sortedColumn(loss.values)
  const low = Math.min(0, sorted[0])
  const high = sorted[sorted.length - 1]
  const width = high > low ? ((high - low) / points) * 1.02 : 1 / points
  const levels = Array.from({ length: points + 1 }, (_, i) => low + i * width)
  return failureCurve(loss.values, levels, confidence).map((p) => ({
    level: p.level * loss.scale.factor,
    exceed: countAbove(sorted, p.level),
    probability: p.probability,
    lower: p.lower,
    upper: p.upper,
  }))
}

interface DrawnCurve {
  readonly loss: Amount
  readonly label: string
  readonly points: readonly CurvePoint[]
}

function options(curves: readonly DrawnCurve[], scale: Scale, paths: number, frame: Frame): Plot.PlotOptions {
  const floor = powerOfTenBelow(0.9 / paths)
  const all = curves.flatMap((c) => c.points)
  const domain: [number, number] = [Math.min(...all.map((p) => p.level)), Math.max(...all.map((p) => p.level))]
  const tints = [colours.bad, colours.accent]
  return {
    height: frame.narrow ? 280 : 360,
    marginLeft: frame.narrow ? 52 : 60,
    marginRight: frame.narrow ? 12 : 20,
    marginTop: 12,
    marginBottom: 30,
    x: { domain },
    y: { type: 'log', domain: [floor, 1] },
    marks: [
      ...probabilityAxis(floor),
      ...levelAxis(scale, frame),
      ...curves.flatMap((curve, i) => [
        Plot.areaY(curve.points, {
          x: 'level',
          y1: (p: CurvePoint) => Math.max(floor, p.lower),
          y2: (p: CurvePoint) => Math.max(floor, p.upper),
          fill: tints[i],
          fillOpacity: 0.18,
        }),
        Plot.lineY(
          curve.points.filter((p) => p.exceed > 0),
          { x: 'level', y: 'probability', stroke: tints[i], strokeWidth: 2 },
        ),
        curveLabel(curve, i, tints[i], domain),
      ]),
    ],
  }
}

/** Powers of ten of a probability, in per cent, with their grid. */
export function probabilityAxis(floor: number): Plot.Markish[] {
  const ticks = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1].filter((t) => t >= floor)
  return [
    Plot.gridY(ticks, { stroke: colours.line, strokeOpacity: 1 }),
    Plot.axisY(ticks, { tickFormat: levelText, tickSize: 0, color: colours.soft, label: null }),
  ]
}

/** Levels along the bottom in their unit. */
export function levelAxis(scale: Scale, frame: Frame): Plot.Markish[] {
  return [
    Plot.axisX({
      ticks: frame.narrow ? 4 : 8,
      tickFormat: axisNumberWith(scale),
      tickSize: 4,
      color: colours.soft,
      label: null,
    }),
  ]
}

/** The name of a curve beside it, the first above its upper part and the second below. */
function curveLabel(curve: DrawnCurve, index: number, colour: string, domain: readonly [number, number]): Plot.Markish {
  const goal = index === 0 ? 0.01 : 0.1
  const at = curve.points.find((p) => p.probability <= goal && p.exceed > 0) ?? curve.points[0]
  const isRight = at.level > domain[0] + 0.6 * (domain[1] - domain[0])
  return Plot.text([at], {
    x: 'level',
    y: (p: CurvePoint) => Math.max(p.upper, p.probability),
    text: () => curve.label,
    fill: colour,
    fontWeight: 600,
    textAnchor: isRight ? 'end' : 'start',
    dx: isRight ? -4 : 6,
    dy: -8,
    stroke: colours.paper,
    strokeWidth: 4,
  })
}
