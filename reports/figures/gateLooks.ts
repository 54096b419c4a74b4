/** Each statement of a gate: its interval after every look, against its limit. */
import * as Plot from '@observablehq/plot'
import type { GateAnswer, Look, StatementAnswer } from '../../sim/studies/gate/answer.ts'
import type { Figure, Frame } from '../figure.ts'
import { axisNumber, counted } from '../format.ts'
import { colours, paddedDomain, valueAxis } from '../plot.ts'
import { claimOf, scaleOfStatement } from '../studies/gateWords.ts'

/** Panels of statements, or null where no statement has a value to draw. */
export function gateFigure(answer: GateAnswer): Figure | null {
  const drawn = answer.statements.filter(({ looks }) => looks.some(({ value }) => value !== null))
  if (drawn.length === 0) return null
  return {
    id: 'gate-looks',
    question: 'How close to its limit is each statement, and how sure is that?',
    title: 'The interval of each statement after each look, against its limit',
    units:
      'Bars: from lower to upper bound, each at the confidence of the verdict at all looks; dots: estimates. Across: paths looked at',
    notes: [
      'Red line: the limit; the shaded side is forbidden. A verdict falls with the first bar that lies wholly on one side. A bar that leaves the panel has no bound there.',
    ],
    panels: drawn.map((statement) => ({
      label: statement.name,
      unit: claimOf(statement),
      plot: (frame) => options(statement, frame),
    })),
    table: {
      columns: ['statement', 'unit', 'side', 'limit', 'paths', 'value', 'lower', 'upper', 'verdict'].map((name) => ({
        name,
        unit: '',
      })),
      rows: drawn.flatMap((s) =>
        s.looks.map((look) => [
          s.name,
          s.unit,
          s.side,
          s.limit,
          look.paths,
          look.value,
          look.lower,
          look.upper,
          look.verdict,
        ]),
      ),
    },
  }
}

function options(statement: StatementAnswer, frame: Frame): Plot.PlotOptions {
  const { looks, limit, side } = statement
  const { factor } = scaleOfStatement(statement)
  const seen = looks.filter((look) => look.value !== null)
  const numbers = seen.flatMap(({ value, lower, upper }) => [value, lower, upper]).filter((n) => n !== null)
  const domain = paddedDomain(
    [...numbers, limit].map((n) => n * factor),
    0.12,
  )
  const forbidden = side === 'atMost' ? [limit * factor, domain[1]] : [domain[0], limit * factor]
  const label = ({ paths }: Look): string => counted(paths)
  return {
    height: frame.narrow ? 200 : 240,
    marginLeft: 56,
    marginRight: 14,
    marginTop: 10,
    marginBottom: 26,
    x: { domain: looks.map(label), label: null },
    y: { domain },
    marks: [
      ...valueAxis({ ticks: 4, tickFormat: axisNumber }),
      Plot.axisX({ tickSize: 0, color: colours.soft, label: null }),
      Plot.rectY([forbidden], { y1: '0', y2: '1', fill: colours.bad, fillOpacity: 0.08 }),
      Plot.ruleY([limit * factor], { stroke: colours.bad, strokeDasharray: '3 3' }),
      Plot.ruleX(seen, {
        x: label,
        y1: ({ lower }: Look) => (lower === null ? domain[0] : lower * factor),
        y2: ({ upper }: Look) => (upper === null ? domain[1] : upper * factor),
        stroke: colours.accent,
        strokeWidth: 7,
        strokeOpacity: 0.45,
      }),
      Plot.dot(seen, {
        x: label,
        y: ({ value }: Look) => (value as number) * factor,
        r: 4,
        fill: colours.accent,
        stroke: colours.paper,
      }),
    ],
  }
}
