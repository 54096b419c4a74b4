/** Safety against cost: every policy that was tried, and those that no other one beats. */
import * as Plot from '@observablehq/plot'
import { MINIMUM_TAIL_COUNT } from '../../sim/statistics/tailRisk.ts'
import type { Frontier, FrontierPoint, Standing } from '../../sim/studies/size/answer.ts'
import { wholeCost } from '../../sim/studies/size/cost.ts'
import { dialTitle, lowered } from '../dialWords.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted, levelText, percent, powerOfTenBelow } from '../format.ts'
import { colours, paddedDomain } from '../plot.ts'
import { dialScale, fewMark, fewNote, levelNumber, pointWords } from '../studies/sizeWords.ts'
import { probabilityAxis } from './lossTail.ts'

interface Drawn extends FrontierPoint {
  readonly x: number
  readonly x1: number
  readonly x2: number
}

/** The frontier of two to four dials. @param failure what counts as one, in words */
export function frontierFigure(frontier: Frontier, failure: string): Figure {
  const { dials, points, paths, confidence } = frontier
  const drawn = points.map(drawnOf)
  const names = dials.map(dialTitle)
  return {
    id: 'frontier',
    question: 'What does safety cost, and which policies buy it best?',
    title: standingsTitle(points),
    units: `Share of paths that fail (${lowered(failure)}), %, logarithmic, against the cost in yield of sAID, basis points a year, charges for money set aside included. ${counted(paths)} paths a policy, the same luck`,
    notes: [
      `Each cross is a policy of ${names.join(' and ')} with its ${levelText(confidence)} intervals. Full: no other policy is at most as dear and fails at most as often. Grey: worse than another with confidence. Pale: beaten by the estimates alone, which these paths cannot tell apart; those are not ranked.`,
      'Triangles: no path failed, and the triangle marks the upper end of the interval. The policy of today is at cost 0.',
      `Points on fewer than ${MINIMUM_TAIL_COUNT} failing paths are indications; the intervals say what they are worth.`,
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => options(drawn, frontier, frame) }],
    table: {
      columns: [
        ...dials.map(({ name, unit }) => ({ name, unit })),
        ...['failures', 'paths', 'failure probability', 'lower', 'upper'].map((name) => ({ name, unit: '1' })),
        ...['cost', 'cost lower', 'cost upper', 'charged'].map((name) => ({ name, unit: 'bp/year' })),
        { name: 'standing', unit: '' },
      ],
      rows: drawn.map(({ values, failures, probability, lower, upper, cost, standing, ...point }) => {
        const { lower: from, upper: to } = wholeCost(cost)
        return [...values, failures, point.paths, probability, lower, upper, point.x, from, to, cost.charged, standing]
      }),
    },
  }
}

function standingsTitle(points: readonly FrontierPoint[]): string {
  const are = (asked: Standing): readonly [number, string] => {
    const count = points.filter(({ standing }) => standing === asked).length
    return [count, count < 2 ? 'is' : 'are']
  }
  const [best, bestAre] = are('frontier')
  const [beaten, beatenAre] = are('dominated')
  const worse = `${beaten === 0 ? 'none' : counted(beaten)} ${beatenAre} worse than another with confidence`
  return `${counted(best)} of ${counted(points.length)} policies ${bestAre} beaten by no other, ${worse}`
}

/** The least and the greatest share of all points. */
function sharesTitle(points: readonly FrontierPoint[]): string {
  const shares = points.map(({ probability }) => probability)
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  if (most === 0) return 'No path fails anywhere'
  return least === most
    ? `${percent(least)} of the paths fail everywhere`
    : `Between ${percent(least)} and ${percent(most)} of the paths fail`
}

function drawnOf(point: FrontierPoint): Drawn {
  const { value, lower, upper } = wholeCost(point.cost)
  return { ...point, x: value, x1: lower ?? value, x2: upper ?? value }
}

function options(points: readonly Drawn[], { dials }: Frontier, frame: Frame): Plot.PlotOptions {
  const floor = Math.min(1e-3, powerOfTenBelow(0.9 * Math.min(...points.map(({ upper }) => upper))))
  const y = ({ failures, probability, upper }: Drawn): number => (failures === 0 ? upper : probability)
  const fill = ({ standing }: Drawn): string => (standing === 'dominated' ? colours.soft : colours.accent)
  const strength = ({ standing }: Drawn): number => (standing === 'frontier' ? 1 : 0.35)
  const front = points.filter(({ standing }) => standing === 'frontier').sort((a, b) => a.x - b.x)
  const style = { stroke: fill, strokeOpacity: (p: Drawn) => 0.5 * strength(p), strokeWidth: 1.5 }
  const dot = { x: 'x', y, fill, fillOpacity: strength, stroke: colours.paper }
  return {
    height: frame.narrow ? 320 : 420,
    marginLeft: frame.narrow ? 52 : 60,
    marginRight: frame.narrow ? 14 : 24,
    marginTop: 14,
    marginBottom: 30,
    x: { domain: paddedDomain(points.flatMap(({ x1, x2 }) => [x1, x2])) },
    y: { type: 'log', domain: [floor, 1] },
    marks: [
      ...probabilityAxis(floor),
      Plot.axisX({
        ticks: frame.narrow ? 4 : 8,
        tickFormat: axisNumber,
        tickSize: 4,
        color: colours.soft,
        label: null,
      }),
      Plot.ruleX([0], { stroke: colours.ink, strokeOpacity: 0.6, strokeDasharray: '2 3' }),
      Plot.ruleX(points, { x: 'x', y1: (p: Drawn) => Math.max(floor, p.lower), y2: 'upper', ...style }),
      Plot.ruleY(points, { y, x1: 'x1', x2: 'x2', ...style }),
      Plot.line(front, { x: 'x', y, stroke: colours.accent, strokeOpacity: 0.6, curve: 'step-after' }),
      Plot.dot(
        points.filter(({ failures }) => failures > 0),
        { ...dot, r: 4.5 },
      ),
      Plot.dot(
        points.filter(({ failures }) => failures === 0),
        { ...dot, r: 4.5, symbol: 'triangle', rotate: 180 },
      ),
      Plot.text(front, {
        x: 'x',
        y,
        text: ({ values }: Drawn) => values.map((value, i) => levelNumber(value, dials[i])).join(' / '),
        textAnchor: 'start',
        dx: 7,
        dy: -8,
        fill: colours.ink,
        stroke: colours.paper,
        strokeWidth: 4,
      }),
    ],
  }
}

/** Failure probability over two dials. */
export function frontierMap(frontier: Frontier, failure: string): Figure | null {
  const { dials, points, paths } = frontier
  if (dials.length !== 2) return null
  const [across, up] = dials
  const shade = ({ probability }: FrontierPoint): number => Math.sqrt(probability)
  const darkest = Math.max(0.01, ...points.map(shade))
  return {
    id: 'frontier-map',
    question: `Where in ${dialTitle(across)} and ${dialTitle(up)} does it fail?`,
    title: sharesTitle(points),
    units: `Share of paths that fail (${lowered(failure)}), %, and cost in basis points a year, by ${dialTitle(across)} across, ${dialScale(across).unit}, and ${dialTitle(up)} upwards, ${dialScale(up).unit}. ${counted(paths)} paths a cell`,
    notes: [
      'Darker fails more often. The first number is the share that fails, the second what the policy costs holders of sAID. Intervals are in the table.',
      fewNote,
    ],
    panels: [{ label: '', unit: '%', plot: (frame) => mapOptions(points, frontier, (p) => shade(p) / darkest, frame) }],
    table: {
      columns: [
        ...dials.map(({ name, unit }) => ({ name, unit })),
        ...['failure probability', 'lower', 'upper'].map((name) => ({ name, unit: '1' })),
        { name: 'cost', unit: 'bp/year' },
      ],
      rows: points.map(({ values, probability, lower, upper, cost }) => [
        ...values,
        probability,
        lower,
        upper,
        wholeCost(cost).value,
      ]),
    },
  }
}

function mapOptions(
  points: readonly FrontierPoint[],
  { dials }: Frontier,
  strength: (point: FrontierPoint) => number,
  frame: Frame,
): Plot.PlotOptions {
  const [across, up] = dials
  const shown = (place: number) => (point: FrontierPoint) => levelNumber(point.values[place], dials[place])
  const order = (place: number): string[] => {
    const values = [...new Set(points.map(({ values: at }) => at[place]))].sort((a, b) => a - b)
    return values.map((value) => levelNumber(value, place === 0 ? across : up))
  }
  const text = { x: shown(0), y: shown(1), fill: colours.ink, stroke: colours.paper, strokeWidth: 3 }
  return {
    height: frame.narrow ? 300 : 340,
    marginLeft: frame.narrow ? 52 : 60,
    marginRight: 12,
    marginTop: 8,
    marginBottom: 30,
    x: { type: 'band', domain: order(0), padding: 0.04 },
    y: { type: 'band', domain: order(1).reverse(), padding: 0.04 },
    marks: [
      Plot.axisX({ tickSize: 0, color: colours.soft, label: null }),
      Plot.axisY({ tickSize: 0, color: colours.soft, label: null }),
      Plot.cell(points, {
        x: shown(0),
        y: shown(1),
        fill: colours.bad,
        fillOpacity: (p: FrontierPoint) => 0.04 + 0.7 * strength(p),
      }),
      Plot.text(points, {
        ...text,
        dy: -7,
        fontWeight: 600,
        text: ({ probability, failures }: FrontierPoint) => `${percent(probability)}${fewMark(failures)}`,
      }),
      Plot.text(points, {
        ...text,
        dy: 8,
        text: ({ cost }: FrontierPoint) => `${axisNumber(Math.round(wholeCost(cost).value))} bp`,
      }),
    ],
  }
}

/** The policies on the frontier in words, the cheapest first. */
export function frontierWords({ points, dials }: Frontier): readonly string[] {
  return points
    .filter(({ standing }) => standing === 'frontier')
    .sort((a, b) => wholeCost(a.cost).value - wholeCost(b.cost).value)
    .map(({ values }) => pointWords(values, dials))
}
