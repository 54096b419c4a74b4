/** How much buffer holds which failure probability: one curve from one run, with its band. */
import * as Plot from '@observablehq/plot'
import { sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import {
  type FailurePoint,
  failureCurve,
  type RequiredLevel,
  requiredLevelOfSorted,
} from '../../sim/statistics/sizing.ts'
import type { Figure, Frame } from '../figure.ts'
import { counted, levelText, powerOfTenBelow, type Scale, withUnit } from '../format.ts'
import { inSentence, interval, type StatedNumber, unbounded } from '../numbers.ts'
import { colours } from '../plot.ts'
import { type Amount, confidence, type Reading } from '../reading.ts'
import { levelAxis, probabilityAxis } from './lossTail.ts'

/** Failure probabilities that a buffer is sized for. */
export const sizingTargets: readonly number[] = [0.01, 0.001]

const points = 200
const tailSteps = 60

export interface SizingWords {
  readonly id: string
  /** Name of the amount: the smallest buffer that would have met each path. */
  readonly name: string
  readonly question: string
  /** What is sized, as in 'a liquid reserve of x'. */
  readonly noun: string
  readonly measure: string
  /** The level that the scenario itself starts with; null where the run does not say. */
  readonly inUse: (reading: Reading) => number | null
  readonly notes: readonly string[]
}

/** The level that holds a failure probability, in words with its interval. */
export function statedLevel(level: RequiredLevel, scale: Scale): StatedNumber {
  const closed = level.lower !== null && level.upper !== null
  const value = Number.isFinite(level.level) ? withUnit(level.level, scale) : 'no finite level'
  return {
    value,
    interval: closed ? interval(level, scale) : unbounded(level, scale, level.pathsNeeded),
    basis: `${counted(level.exceed)} of ${counted(level.count)} paths exceed it`,
    firm: closed && level.exceed >= 50,
    open: !closed,
  }
}

/** The level that each target asks of an amount. */
export function requiredLevels(amounts: Amount): { readonly target: number; readonly level: RequiredLevel }[] {
  const sorted = sortedColumn(amounts.values)
  return sizingTargets.map((target) => ({ target, level: requiredLevelOfSorted(sorted, target, confidence) }))
}

/** The sizing curve of a buffer, or null where the run does not answer it. */
export function sizingFigure(reading: Reading, words: SizingWords): Figure | null {
  const buffer = reading.amount(words.name)
  if (!buffer) return null
  const curve = curveOf(buffer)
  const required = requiredLevels(buffer)
  const first = statedLevel(required[0].level, buffer.scale)
  return {
    id: words.id,
    question: words.question,
    title: first.open
      ? `${words.noun} that would have held failures to ${levelText(sizingTargets[0])}: ${inSentence(first)}`
      : `${words.noun} of ${first.value} would have held failures to ${levelText(sizingTargets[0])} (${first.interval})`,
    units: `Share of paths that fail, %, logarithmic, against ${words.measure}, ${buffer.scale.unit}. ${counted(reading.paths)} paths`,
    notes: [
      'Static: the smallest buffer that would have met each path’s worst shortfall, with everybody behaving as simulated. A larger buffer would also calm holders, a smaller one alarm them; neither is in this curve.',
      'Band: 95 % Clopper-Pearson interval at each level by itself. Bars across the dashed lines: order-statistic interval of the level that holds that probability; open where the paths do not bound it.',
      ...words.notes,
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => options(buffer, curve, required, words.inUse(reading), frame) }],
    table: {
      columns: [
        { name: words.measure, unit: buffer.metric.unit },
        { name: 'failures', unit: '1' },
        { name: 'paths', unit: '1' },
        { name: 'failure probability', unit: '1' },
        { name: 'lower', unit: '1' },
        { name: 'upper', unit: '1' },
      ],
      rows: curve.map((p) => [p.level, p.failures, p.count, p.probability, p.lower, p.upper]),
    },
  }
}

/** Levels on an even grid, and each of the largest observed ones, so that the tail shows its true steps. */
function curveOf(buffer: Amount): FailurePoint[] {
  const finite = sortedColumn(buffer.values).filter((v) => Number.isFinite(v))
  if (finite.length === 0) return failureCurve(buffer.values, [0], confidence)
  const high = finite[finite.length - 1]
  const low = finite[0]
  const width = high > low ? (high - low) / points : Math.max(0.01, Math.abs(high) * 0.01)
  const grid = Array.from({ length: points + 6 }, (_, i) => low + (i - 1) * width)
  const levels = [...new Set([...grid, ...finite.subarray(-tailSteps)])].sort((a, b) => a - b)
  return failureCurve(buffer.values, levels, confidence)
}

type Required = ReturnType<typeof requiredLevels>

function options(
  buffer: Amount,
  curve: readonly FailurePoint[],
  required: Required,
  inUse: number | null,
  frame: Frame,
): Plot.PlotOptions {
  const f = buffer.scale.factor
  const count = curve[0].count
  const floor = Math.min(1e-4, powerOfTenBelow(0.9 / count))
  const domain: [number, number] = [curve[0].level * f, curve[curve.length - 1].level * f]
  const found = required.filter(({ level }) => Number.isFinite(level.level))
  return {
    height: frame.narrow ? 290 : 370,
    marginLeft: frame.narrow ? 52 : 60,
    marginRight: frame.narrow ? 12 : 20,
    marginTop: 12,
    marginBottom: 30,
    x: { domain },
    y: { type: 'log', domain: [floor, 1] },
    marks: [
      ...probabilityAxis(floor),
      ...levelAxis(buffer.scale, frame),
      Plot.areaY(curve, {
        x: (p: FailurePoint) => p.level * f,
        y1: (p: FailurePoint) => Math.max(floor, p.lower),
        y2: (p: FailurePoint) => Math.max(floor, p.upper),
        curve: 'step-after',
        fill: colours.accent,
        fillOpacity: 0.2,
      }),
      Plot.ruleY(sizingTargets, { stroke: colours.bad, strokeDasharray: '3 3' }),
      Plot.lineY(
        curve.filter((p) => p.failures > 0),
        {
          x: (p: FailurePoint) => p.level * f,
          y: 'probability',
          curve: 'step-after',
          stroke: colours.accent,
          strokeWidth: 2,
        },
      ),
      Plot.link(found, {
        x1: ({ level }: Required[number]) => (level.lower ?? level.level) * f,
        x2: ({ level }: Required[number]) => (level.upper === null ? domain[1] : Math.min(domain[1], level.upper * f)),
        y1: 'target',
        y2: 'target',
        stroke: colours.bad,
        strokeWidth: 4,
        strokeOpacity: ({ level }: Required[number]) => (level.upper === null ? 0.35 : 0.8),
      }),
      Plot.dot(found, {
        x: ({ level }: Required[number]) => level.level * f,
        y: 'target',
        r: 4.5,
        fill: colours.bad,
        stroke: colours.paper,
        strokeWidth: 1.5,
      }),
      ...levelLabels(buffer, found, domain),
      ...inUseMarks(inUse, f, domain, floor),
    ],
  }
}

/** The level that holds a target, above its line: to the right of its dot, or at the end where there is no room. */
function levelLabels(buffer: Amount, found: Required, domain: readonly [number, number]): Plot.Markish[] {
  const f = buffer.scale.factor
  const isRight = (r: Required[number]): boolean => r.level.level * f > domain[0] + 0.5 * (domain[1] - domain[0])
  const style = { y: 'target', dy: -11, fill: colours.bad, fontWeight: 600, stroke: colours.paper, strokeWidth: 4 }
  const text = ({ level }: Required[number]): string => {
    const { interval, value } = statedLevel(level, buffer.scale)
    return level.upper === null ? `unbounded above (indication: ${value})` : `${value} (${interval})`
  }
  return [
    Plot.text(
      found.filter((r) => !isRight(r)),
      { ...style, text, x: (r: Required[number]) => r.level.level * f, textAnchor: 'start', dx: 6 },
    ),
    Plot.text(found.filter(isRight), { ...style, text, x: () => domain[1], textAnchor: 'end' }),
  ]
}

/** What the scenario itself starts with. */
function inUseMarks(
  inUse: number | null,
  factor: number,
  domain: readonly [number, number],
  floor: number,
): Plot.Markish[] {
  if (inUse === null || inUse * factor < domain[0] || inUse * factor > domain[1]) return []
  const x = inUse * factor
  return [
    Plot.ruleX([x], { stroke: colours.ink, strokeOpacity: 0.6, strokeDasharray: '2 3' }),
    Plot.text([x], {
      x,
      y: floor,
      text: ['this scenario'],
      textAnchor: x > (domain[0] + domain[1]) / 2 ? 'end' : 'start',
      dx: x > (domain[0] + domain[1]) / 2 ? -5 : 5,
      dy: -8,
      fill: colours.ink,
      stroke: colours.paper,
      strokeWidth: 4,
    }),
  ]
}
