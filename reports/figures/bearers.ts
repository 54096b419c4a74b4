/** Who bears the losses: on the average path, and on the worst paths. */
import * as Plot from '@observablehq/plot'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import type { Figure, Frame } from '../figure.ts'
import { amount, axisNumber, counted, largestMagnitude, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'
import { colours } from '../plot.ts'
import { confidence, type Reading } from '../reading.ts'

/** Bearers in the order in which a loss on a deal reaches them, then those who lose in the market. */
export const bearers: readonly {
  readonly column: string
  readonly name: string
  /** The name inside a sentence. */
  readonly phrase: string
  readonly tier: 'ledger' | 'market'
}[] = [
  { column: 'outcomes.lossOfInsurance', name: 'Insurance reserve', phrase: 'the insurance reserve', tier: 'ledger' },
  { column: 'outcomes.lossOfSurplus', name: 'Surplus', phrase: 'the surplus', tier: 'ledger' },
  { column: 'outcomes.lossOfSaid', name: 'sAID, through its NAV', phrase: 'sAID', tier: 'ledger' },
  { column: 'outcomes.lossOfAid', name: 'AID holders, deficit', phrase: 'holders of AID', tier: 'ledger' },
  { column: 'outcomes.lossOfLenders', name: 'Lenders, bad debt', phrase: 'lenders', tier: 'market' },
  {
    column: 'outcomes.lossOfProviders',
    name: 'Pool liquidity providers',
    phrase: 'liquidity providers',
    tier: 'market',
  },
  { column: 'outcomes.lossOfLoopers', name: 'Leveraged holders', phrase: 'leveraged holders', tier: 'market' },
]

/** Fewer paths than this give no mean worth an interval. */
const leastWorst = 20

export interface Borne {
  readonly name: string
  /** The name inside a sentence. */
  readonly phrase: string
  readonly tier: 'ledger' | 'market'
  readonly column: string
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
  readonly paths: number
}

/** Average loss of each bearer over all paths, and over the worst hundredth (at least 20 paths) by the sum of all losses. */
export function lossesBorne(reading: Reading): { readonly all: Borne[]; readonly worst: Borne[] } | null {
  const found = bearers.flatMap((bearer) => {
    const column = reading.outcome(bearer.column)
    return column ? [{ ...bearer, values: column.values }] : []
  })
  if (found.length === 0) return null
  const total = Float64Array.from({ length: reading.paths }, (_, p) => found.reduce((sum, b) => sum + b.values[p], 0))
  const order = Array.from(total.keys()).sort((a, b) => total[b] - total[a] || a - b)
  const tail = order.slice(0, Math.max(leastWorst, Math.ceil(reading.paths / 100)))
  const borneOver = (paths: readonly number[]): Borne[] =>
    found.map(({ name, phrase, tier, column, values }) => {
      const estimate = meanWithInterval(
        paths.map((p) => values[p]),
        confidence,
      )
      return {
        name,
        phrase,
        tier,
        column,
        mean: estimate.mean,
        lower: estimate.lower,
        upper: estimate.upper,
        paths: paths.length,
      }
    })
  return { all: borneOver(order), worst: borneOver(tail) }
}

/** The waterfall of losses; null where the run keeps none of its columns. */
export function bearersFigure(reading: Reading): Figure | null {
  const borne = lossesBorne(reading)
  if (!borne) return null
  const scaleAll = scaleOf('USD', largestMagnitude(borne.all.map((b) => b.upper ?? b.mean)))
  const scaleWorst = scaleOf('USD', largestMagnitude(borne.worst.map((b) => b.upper ?? b.mean)))
  const most = [...borne.worst].sort((a, b) => b.mean - a.mean)[0]
  return {
    id: 'bearers',
    question: 'Who bears the losses?',
    title:
      most.mean === 0
        ? 'Nobody loses anything on any path'
        : `On the worst ${counted(most.paths)} paths most falls on ${most.phrase}: ${withUnit(most.mean, scaleWorst)} on average (${intervalText(most, scaleWorst)})`,
    units: `Loss in a run, USD, mean over paths with its 95 % interval. Of ${counted(reading.paths)} paths`,
    notes: [
      'Blue: losses of the ledger, in the order in which a write-off reaches them (insurance, surplus, sAID, AID). Orange: losses made in the market on the way: bad debt, what pool shares are worth below par, liquidation penalties. The two kinds overlap in their causes and are not one sum.',
      `Intervals are Student’s; those of ${counted(most.paths)} paths are wide, and the choice of the worst paths is itself uncertain. Lower ends are cut at zero, below which no loss is counted.`,
    ],
    panels: [
      {
        label: `All ${counted(reading.paths)} paths`,
        unit: scaleAll.unit,
        plot: (frame) => options(borne.all, scaleAll, frame),
      },
      {
        label: `Worst ${counted(most.paths)} paths`,
        unit: scaleWorst.unit,
        plot: (frame) => options(borne.worst, scaleWorst, frame),
      },
    ],
    table: {
      columns: [
        { name: 'paths', unit: 'text' },
        { name: 'bearer', unit: 'text' },
        { name: 'mean', unit: 'USD' },
        { name: 'lower', unit: 'USD' },
        { name: 'upper', unit: 'USD' },
        { name: 'number of paths', unit: '1' },
      ],
      rows: (['all', 'worst'] as const).flatMap((which) =>
        borne[which].map((b) => [which, b.name, b.mean, b.lower, b.upper, b.paths]),
      ),
    },
  }
}

function intervalText(borne: Borne, scale: Scale): string {
  if (borne.lower === null || borne.upper === null) return 'unbounded, needs at least 2 paths'
  return rangeText(Math.max(0, borne.lower), borne.upper, scale)
}

function options(rows: readonly Borne[], scale: Scale, frame: Frame): Plot.PlotOptions {
  const f = scale.factor
  const high = Math.max(...rows.map((b) => (b.upper ?? b.mean) * f)) || 1
  const domain: [number, number] = [0, high]
  const tint = (b: Borne): string => (b.tier === 'ledger' ? colours.accent : colours.bad)
  const nothing = rows.every((b) => b.mean === 0)
  return {
    height: rows.length * 40 + 34,
    marginLeft: 4,
    marginRight: 14,
    marginTop: 6,
    marginBottom: 26,
    x: { domain },
    y: { type: 'point', domain: rows.map((b) => b.name), padding: 0.65, axis: null },
    marks: [
      Plot.gridX({ ticks: 4, stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: nothing ? [0] : frame.narrow ? 4 : 5,
        tickFormat: axisNumber,
        tickSize: 0,
        color: colours.soft,
        label: null,
      }),
      Plot.text(rows, {
        x: () => 0,
        y: 'name',
        text: (b: Borne) => `${b.name}: ${amount(b.mean, scale)} (${intervalText(b, { ...scale, unit: '' }).trim()})`,
        textAnchor: 'start',
        dy: -11,
        fill: colours.ink,
        stroke: colours.paper,
        strokeWidth: 4,
      }),
      Plot.link(rows, {
        x1: 0,
        x2: (b: Borne) => b.mean * f,
        y1: 'name',
        y2: 'name',
        stroke: tint,
        strokeWidth: 9,
        strokeLinecap: 'butt',
      }),
      Plot.link(
        rows.filter((b) => b.upper !== null && b.upper > 0),
        {
          x1: (b: Borne) => Math.max(0, (b.lower ?? 0) * f),
          x2: (b: Borne) => (b.upper ?? 0) * f,
          y1: 'name',
          y2: 'name',
          stroke: colours.ink,
          strokeWidth: 1.5,
        },
      ),
      Plot.ruleX([0], { stroke: colours.ink, strokeOpacity: 0.6 }),
    ],
  }
}
