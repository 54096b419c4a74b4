/** The answer of a study of a tail as tables in long form. */
import type { TidyTable } from '../laboratory.ts'
import type { MethodAnswer } from './answer.ts'
import type { PilotStage } from './pilot.ts'

type Column = TidyTable['columns'][number]
type Cell = number | string | null

const number = (name: string, unit: string, meaning: string): Column => ({ name, unit, meaning, kind: 'number' })

export function methodTable(methods: readonly MethodAnswer[]): TidyTable {
  const columns: readonly (readonly [Column, (method: MethodAnswer) => Cell])[] = [
    [{ name: 'method', unit: '', meaning: 'Way of simulating', kind: 'text' }, (m) => m.method],
    [number('paths', 'paths', 'Paths of the estimate'), (m) => m.paths],
    [number('pilotPaths', 'paths', 'Paths spent before on finding out how to steer'), (m) => m.pilotPaths],
    [number('estimate', 'of the question', 'The tail'), (m) => m.estimate.value],
    [number('lower', 'of the question', 'Lower end of its interval'), (m) => m.estimate.lower],
    [number('upper', 'of the question', 'Upper end of its interval'), (m) => m.estimate.upper],
    [number('standardError', 'of the question', 'Standard error'), (m) => m.standardError],
    [number('tailPaths', 'paths', 'Paths in the tail, as many equal ones as they are worth'), (m) => m.tailPaths],
    [number('variancePerPath', 'squared', 'Variance of one path'), (m) => m.variancePerPath],
    [
      number('gainPerPath', '1', 'Plain paths that one path is worth, for the tail'),
      (m) => m.gainPerPath?.value ?? null,
    ],
    [number('gainLower', '1', 'Lower end of its interval'), (m) => m.gainPerPath?.lower ?? null],
    [number('gainUpper', '1', 'Upper end of its interval'), (m) => m.gainPerPath?.upper ?? null],
    [number('mean', 'of the metric', 'Mean of the metric'), (m) => m.mean.value],
    [number('meanLower', 'of the metric', 'Lower end of its interval'), (m) => m.mean.lower],
    [number('meanUpper', 'of the metric', 'Upper end of its interval'), (m) => m.mean.upper],
    [
      number('meanGainPerPath', '1', 'Plain paths that one path is worth, for the mean'),
      (m) => m.meanGainPerPath?.value ?? null,
    ],
    [
      number('effectiveSampleSize', 'paths', 'Effective number of weighted paths'),
      (m) => m.weights?.effectiveSampleSize ?? null,
    ],
    [number('largestWeight', '1', 'Largest weight'), (m) => m.weights?.largest ?? null],
    [number('meanWeight', '1', 'Mean weight, 1 within its error'), (m) => m.weights?.mean ?? null],
  ]
  return { columns: columns.map(([column]) => column), rows: methods.map((m) => columns.map(([, cell]) => cell(m))) }
}

export function stageTable(stages: readonly PilotStage[]): TidyTable {
  return {
    columns: [
      number('stage', '', 'Stage of the pilot, from 1'),
      number('paths', 'paths', 'Paths of the stage'),
      number('level', 'of the guide', 'Severity from which a path counts among the worst'),
      number('worst', 'paths', 'Paths among the worst'),
      number('effective', 'paths', 'Equal paths that these are worth'),
      number('inTail', '1', 'Share of the paths in the tail that is asked for'),
      number('shifts', '', 'Means that the fit moves'),
      number('chances', '', 'Ends that the fit makes likelier'),
    ],
    rows: stages.map((s, i) => [i + 1, s.paths, s.level, s.worst, s.effective, s.inTail, s.shifts, s.chances]),
  }
}
