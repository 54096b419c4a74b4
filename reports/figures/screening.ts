/** Morris' plane: how much a dial does against how differently it does it, at many places of the box. */
import * as Plot from '@observablehq/plot'
import type { SensitivityAnswer, SensitivityOfMetric } from '../../sim/studies/sensitivity/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain, valueAxis } from '../plot.ts'
import { changeScale, dialName, statisticWords } from '../studies/sensitivityWords.ts'

interface Dot {
  readonly dial: string
  readonly isDummy: boolean
  readonly told: boolean
  readonly x: number
  readonly x1: number
  readonly x2: number
  readonly y: number
  readonly y1: number
  readonly y2: number
}

/** The plane of a metric, or null where no dial moves it. */
export function screeningFigure(answer: SensitivityAnswer, metric: SensitivityOfMetric): Figure | null {
  const { morris } = metric
  if (!morris?.dials.some(({ muStar }) => muStar.value !== 0)) return null
  const scale = changeScale(metric)
  const dots = [...morris.dials, morris.dummy].map(
    ({ dial, muStar, sigma }): Dot => ({
      dial,
      isDummy: dial === morris.dummy.dial,
      told: muStar.told,
      x: muStar.value ?? 0,
      x1: muStar.lower ?? muStar.value ?? 0,
      x2: muStar.upper ?? muStar.value ?? 0,
      y: sigma.value ?? 0,
      y1: sigma.lower ?? sigma.value ?? 0,
      y2: sigma.upper ?? sigma.value ?? 0,
    }),
  )
  const { trajectories, paths } = answer.design
  return {
    id: `screening-${metric.name}`,
    question: `${metric.meaning}: which dials matter anywhere in the box, and does it depend on the others?`,
    title: `Effects on the ${statisticWords(metric.statistic)} of turning one dial, wherever the others stand`,
    units: `Across: mean magnitude of the effect over the whole range of the dial (mu*), ${scale.unit}. Up: its standard deviation from place to place (sigma), ${scale.unit}. ${counted(trajectories)} trajectories of ${counted(paths)} paths a cell`,
    notes: [
      'Far right: matters. High up: its effect depends on where the other dials stand, or bends. Crosses: 95 % intervals; grey dots cannot be told from zero.',
      'The noise of the simulation is taken out of both; the dummy turns nothing but the luck and must sit at zero within its cross.',
    ],
    panels: [
      {
        label: '',
        unit: scale.unit,
        plot: (frame) => options(dots, scale.factor, frame, (dial) => dialName(answer.dials, dial)),
      },
    ],
    table: {
      columns: ['dial', 'mu*', 'mu* lower', 'mu* upper', 'sigma', 'sigma lower', 'sigma upper'].map((name) => ({
        name,
        unit: name === 'dial' ? '' : metric.unit,
      })),
      rows: dots.map(({ dial, x, x1, x2, y, y1, y2 }) => [dial, x, x1, x2, y, y1, y2]),
    },
  }
}

function options(dots: readonly Dot[], f: number, frame: Frame, name: (dial: string) => string): Plot.PlotOptions {
  const colour = ({ told }: Dot): string => (told ? colours.accent : colours.soft)
  const xs = paddedDomain([0, ...dots.flatMap(({ x1, x2 }) => [x1 * f, x2 * f])])
  const ys = paddedDomain([0, ...dots.flatMap(({ y1, y2 }) => [y1 * f, y2 * f])])
  const named = [...dots].filter(({ told, isDummy }) => told || isDummy).slice(0, frame.narrow ? 4 : 12)
  return {
    height: frame.narrow ? 320 : 420,
    marginLeft: 66,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 30,
    x: { domain: xs },
    y: { domain: ys },
    marks: [
      ...valueAxis({ ticks: 5, tickFormat: axisNumber }),
      Plot.axisX({ ticks: 5, tickFormat: axisNumber, tickSize: 0, color: colours.soft, label: null }),
      Plot.ruleX([0], { stroke: colours.ink, strokeOpacity: 0.5 }),
      Plot.ruleY(dots, {
        y: ({ y }: Dot) => y * f,
        x1: ({ x1 }: Dot) => x1 * f,
        x2: ({ x2 }: Dot) => x2 * f,
        stroke: colour,
        strokeOpacity: 0.6,
      }),
      Plot.ruleX(dots, {
        x: ({ x }: Dot) => x * f,
        y1: ({ y1 }: Dot) => y1 * f,
        y2: ({ y2 }: Dot) => y2 * f,
        stroke: colour,
        strokeOpacity: 0.6,
      }),
      Plot.dot(dots, {
        x: ({ x }: Dot) => x * f,
        y: ({ y }: Dot) => y * f,
        r: 4,
        fill: colour,
        stroke: colours.paper,
      }),
      ...[true, false].map((right) =>
        Plot.text(
          named.filter(({ x }) => x * f < (xs[0] + xs[1]) / 2 === right),
          {
            x: ({ x }: Dot) => x * f,
            y: ({ y }: Dot) => y * f,
            text: ({ dial }: Dot) => name(dial),
            textAnchor: right ? 'start' : 'end',
            dx: right ? 7 : -7,
            dy: -8,
            fill: colours.ink,
            stroke: colours.paper,
            strokeWidth: 4,
          },
        ),
      ),
    ],
  }
}
