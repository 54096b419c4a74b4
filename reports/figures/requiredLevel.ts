/** Failure probability against the level of a dial, as simulated at each level, with the level that each limit asks for. */
import * as Plot from '@observablehq/plot'
import { MINIMUM_TAIL_COUNT } from '../../sim/statistics/tailRisk.ts'
import type { CurvePoint, DialWords, Required, SizeAnswer } from '../../sim/studies/size/answer.ts'
import { wholeCost } from '../../sim/studies/size/cost.ts'
import { dialTitle, lowered } from '../dialWords.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumberWith, counted, levelText, powerOfTenBelow } from '../format.ts'
import { colours } from '../plot.ts'
import { bracketWords, dialScale, intervalWords, levelWords } from '../studies/sizeWords.ts'
import { probabilityAxis } from './lossTail.ts'

/** The curve of a size study. */
export function requiredLevelFigure(answer: SizeAnswer): Figure {
  const { dial, failure, curve, required, confidence } = answer
  const held = required.filter(({ certified }) => certified !== null)
  const title =
    held.length === 0
      ? `No level of the ${dialTitle(dial)} looked at is certified to hold a limit`
      : held
          .map((one) => `${levelWords(one.certified as number, dial)} holds failures to ${levelText(one.limit)}`)
          .join(', ')
  const most = Math.max(...curve.map(({ paths }) => paths))
  return {
    id: 'required-level',
    question: `What must the ${dialTitle(dial)} be?`,
    title,
    units: `Share of paths that fail (${lowered(failure.meaning)}), %, logarithmic, against the ${dialTitle(dial)}, ${dialScale(dial).unit}. Up to ${counted(most)} paths a level, the same luck at each`,
    notes: [
      `Dots: simulated at that level, everybody behaving as they then would, hollow where fewer than ${MINIMUM_TAIL_COUNT} paths fail: an indication; triangles: no path failed, and the triangle marks the upper end. Lines: ${levelText(confidence)} Clopper-Pearson interval of each level by itself; levels that were ruled out early have few paths and long lines.`,
      `Bars across the dashed lines: where the level lies that each limit asks for. ${held.map((one) => intervalWords(one, dial)).join(' ')}`,
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => options(answer, frame) }],
    table: {
      columns: [
        { name: dial.name, unit: dial.unit },
        ...['failures', 'paths', 'failure probability', 'lower', 'upper'].map((name) => ({ name, unit: '1' })),
        ...['cost', 'cost lower', 'cost upper'].map((name) => ({ name, unit: 'bp/year' })),
      ],
      rows: curve.map(({ level, failures, paths, probability, lower, upper, cost }) => {
        const whole = cost === null ? null : wholeCost(cost)
        return [
          level,
          failures,
          paths,
          probability,
          lower,
          upper,
          whole?.value ?? null,
          whole?.lower ?? null,
          whole?.upper ?? null,
        ]
      }),
    },
  }
}

function options({ dial, curve, required, today }: SizeAnswer, frame: Frame): Plot.PlotOptions {
  const scale = dialScale(dial)
  const f = scale.factor
  const floor = Math.min(1e-4, powerOfTenBelow(0.9 * Math.min(...curve.map(({ upper }) => upper))))
  const failed = curve.filter(({ failures }) => failures > 0)
  const x = (point: { readonly level: number }): number => point.level * f
  const ticks = frame.narrow ? 4 : 8
  return {
    height: frame.narrow ? 300 : 380,
    marginLeft: frame.narrow ? 52 : 60,
    marginRight: frame.narrow ? 14 : 24,
    marginTop: 14,
    marginBottom: 30,
    x: { type: dial.spacing === 'log' ? 'log' : 'linear', domain: [dial.from * f, dial.to * f] },
    y: { type: 'log', domain: [floor, 1] },
    marks: [
      ...probabilityAxis(floor),
      Plot.axisX({ ticks, tickFormat: axisNumberWith(scale), tickSize: 4, color: colours.soft, label: null }),
      Plot.ruleY(
        required.map(({ limit }) => limit),
        { stroke: colours.bad, strokeDasharray: '3 3' },
      ),
      Plot.lineY(failed, { x, y: 'probability', stroke: colours.accent, strokeOpacity: 0.5 }),
      Plot.ruleX(curve, {
        x,
        y1: (p: CurvePoint) => Math.max(floor, p.lower),
        y2: 'upper',
        stroke: colours.accent,
        strokeWidth: 2,
        strokeOpacity: 0.5,
      }),
      Plot.dot(
        failed.filter(({ failures }) => failures >= MINIMUM_TAIL_COUNT),
        { x, y: 'probability', r: 4, fill: colours.accent, stroke: colours.paper },
      ),
      Plot.dot(
        failed.filter(({ failures }) => failures < MINIMUM_TAIL_COUNT),
        { x, y: 'probability', r: 4, fill: colours.paper, stroke: colours.accent, strokeWidth: 1.5 },
      ),
      Plot.dot(
        curve.filter(({ failures }) => failures === 0),
        { x, y: 'upper', symbol: 'triangle', rotate: 180, r: 4, fill: colours.accent },
      ),
      ...todayMark(today, f, floor),
      ...brackets(required, dial, f, frame),
    ],
  }
}

function todayMark(today: CurvePoint, factor: number, floor: number): Plot.Markish[] {
  return [
    Plot.ruleX([today.level * factor], { stroke: colours.ink, strokeOpacity: 0.6, strokeDasharray: '2 3' }),
    Plot.text([today.level * factor], {
      x: (value: number) => value,
      y: () => floor,
      text: () => 'today',
      textAnchor: 'start',
      dx: 5,
      dy: -8,
      fill: colours.ink,
      stroke: colours.paper,
      strokeWidth: 4,
    }),
  ]
}

/** From the level that is certainly too little to the one that is enough. */
function brackets(required: readonly Required[], dial: DialWords, factor: number, frame: Frame): Plot.Markish[] {
  const safeEnd = dial.safer === 'up' ? dial.to : dial.from
  const unsafeEnd = dial.safer === 'up' ? dial.from : dial.to
  const end = (one: Required): number => (one.certified ?? safeEnd) * factor
  const isRight = (one: Required): boolean => end(one) > (dial.from + 0.5 * (dial.to - dial.from)) * factor
  const style = { y: 'limit', dy: -11, fill: colours.bad, fontWeight: 600, stroke: colours.paper, strokeWidth: 4 }
  const text = (one: Required): string =>
    frame.narrow || one.certified === null
      ? bracketWords(one, dial)
      : `${bracketWords(one, dial)} for ${levelText(one.limit)}`
  return [
    Plot.link(required, {
      x1: (one: Required) => (one.rejected ?? unsafeEnd) * factor,
      x2: end,
      y1: 'limit',
      y2: 'limit',
      stroke: colours.bad,
      strokeWidth: 4,
      strokeOpacity: (one: Required) => (one.certified === null ? 0.35 : 0.8),
    }),
    Plot.text(
      required.filter((one) => !isRight(one)),
      { ...style, text, x: end, textAnchor: 'start', dx: 6 },
    ),
    Plot.text(required.filter(isRight), { ...style, text, x: end, textAnchor: 'end', dx: -6 }),
  ]
}
