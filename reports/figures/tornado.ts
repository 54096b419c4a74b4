/** One dial at a time: how far each end of its range moves a metric. */
import * as Plot from '@observablehq/plot'
import type { SensitivityAnswer, SensitivityOfMetric, TornadoEnd } from '../../sim/studies/sensitivity/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain } from '../plot.ts'
import { changeScale, dialName, dialValue, shownChange, statisticWords } from '../studies/sensitivityWords.ts'
import { dialBands, dialNames, namesWidth } from './dialBands.ts'

interface Bar {
  readonly dial: string
  readonly side: 'low' | 'high'
  readonly at: number
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** The tornado of a metric, or null where nothing moved it. */
export function tornadoFigure(answer: SensitivityAnswer, metric: SensitivityOfMetric): Figure | null {
  const moved = (metric.tornado?.bars ?? []).filter(({ low, high }) => low.moved + high.moved > 0)
  const bars = moved.flatMap(({ dial, low, high }): Bar[] => [...barOf(dial, 'low', low), ...barOf(dial, 'high', high)])
  if (!bars.some(({ value }) => value !== 0)) return null
  const scale = changeScale(metric)
  const words = statisticWords(metric.statistic)
  return {
    id: `tornado-${metric.name}`,
    question: `${metric.meaning}: what does each dial do to it by itself?`,
    title: `Change of the ${words} when one dial goes to an end of its range`,
    units: `Change, ${scale.unit}, against the scenario itself; ${counted(answer.design.tornadoPaths)} paths a bar, on the same luck`,
    notes: [
      'Blue: the low end of the range, red: the high end, with the value of the dial. Bars carry their 95 % interval of paired differences; one that crosses zero cannot be told from zero.',
      `Dials that act together show in the other figures, not here.${moved.length < answer.dials.length ? ' Dials that move no path at either end are left out.' : ''}`,
    ],
    panels: [{ label: '', unit: scale.unit, plot: (frame) => options(answer, bars, scale.factor, frame) }],
    table: {
      columns: ['dial', 'end', 'dial value', 'change', 'lower', 'upper'].map((name) => ({
        name,
        unit: name === 'change' || name === 'lower' || name === 'upper' ? metric.unit : '',
      })),
      rows: bars.map(({ dial, side, at, value, lower, upper }) => [dial, side, at, value, lower, upper]),
    },
  }
}

function barOf(dial: string, side: Bar['side'], end: TornadoEnd): Bar[] {
  const { at } = end
  const { value, lower, upper } = shownChange(end)
  return value === null || lower === null || upper === null ? [] : [{ dial, side, at, value, lower, upper }]
}

function options(answer: SensitivityAnswer, bars: readonly Bar[], factor: number, frame: Frame): Plot.PlotOptions {
  const dials = [...new Set(bars.map(({ dial }) => dial))]
  const domain = paddedDomain(
    [0, ...bars.flatMap(({ lower, upper }) => [lower * factor, upper * factor])],
    frame.narrow ? 0.5 : 0.26,
  )
  const place = (bar: Bar): string => `${bar.dial} ${bar.side}`
  const bands = dialBands(bars, place, frame)
  const label = ({ dial, at }: Bar): string => dialValue(answer.dials, dial, at)
  const rightOf = ({ value, upper }: Bar): boolean => value > 0 || (value === 0 && upper >= 0)
  return {
    height: 40 + bands.length * 17 + dials.length * 4,
    marginLeft: frame.narrow ? 6 : namesWidth,
    marginRight: frame.narrow ? 10 : 20,
    marginTop: 8,
    marginBottom: 28,
    x: { domain },
    y: { type: 'band', domain: bands, padding: 0.12, axis: null },
    marks: [
      Plot.gridX({ ticks: frame.narrow ? 3 : 6, stroke: colours.line, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: frame.narrow ? 3 : 6,
        tickFormat: axisNumber,
        tickSize: 0,
        color: colours.soft,
        label: null,
      }),
      Plot.barX(bars, {
        x1: 0,
        x2: ({ value }: Bar) => value * factor,
        y: place,
        fill: ({ side }: Bar) => (side === 'low' ? colours.accent : colours.bad),
        fillOpacity: ({ lower, upper }: Bar) => (lower > 0 || upper < 0 ? 0.75 : 0.25),
      }),
      Plot.ruleY(bars, {
        x1: ({ lower }: Bar) => lower * factor,
        x2: ({ upper }: Bar) => upper * factor,
        y: place,
        stroke: colours.ink,
        strokeWidth: 1.2,
      }),
      Plot.ruleX([0], { stroke: colours.ink }),
      ...[true, false].map((right) =>
        Plot.text(
          bars.filter((bar) => rightOf(bar) === right),
          {
            x: (bar: Bar) => (right ? Math.max(0, bar.upper) : Math.min(0, bar.lower)) * factor,
            y: place,
            text: label,
            textAnchor: right ? 'start' : 'end',
            dx: right ? 4 : -4,
            fill: colours.soft,
            fontSize: 10.5,
          },
        ),
      ),
      dialNames(dials, ' low', frame, (dial) => dialName(answer.dials, dial)),
    ],
  }
}
