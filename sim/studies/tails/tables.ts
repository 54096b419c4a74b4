/** The answer of a study of a tail as tables in long form. */
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, type TidyColumn, textColumn } from '../tidyColumn.ts'
import type { MethodAnswer } from './answer.ts'
import type { PilotStage } from './pilot.ts'

type Cell = number | string | null

export function methodTable(methods: readonly MethodAnswer[]): TidyTable {
  const columns: readonly (readonly [TidyColumn, (method: MethodAnswer) => Cell])[] = [
    [textColumn('method', 'Way of simulating'), (m) => m.method],
    [numberColumn('paths', 'paths', 'Paths of the estimate'), (m) => m.paths],
    [
      numberColumn('pilotPaths', 'paths', 'Paths spent before, on how to steer and how many paths are needed'),
      (m) => m.pilotPaths,
    ],
    [numberColumn('estimate', 'of the question', 'The tail'), (m) => m.estimate.value],
    [numberColumn('lower', 'of the question', 'Lower end of its interval'), (m) => m.estimate.lower],
    [numberColumn('upper', 'of the question', 'Upper end of its interval'), (m) => m.estimate.upper],
    [numberColumn('standardError', 'of the question', 'Standard error'), (m) => m.standardError],
    [numberColumn('tailPaths', 'paths', 'Paths in the tail, as many equal ones as they are worth'), (m) => m.tailPaths],
    [numberColumn('variancePerPath', 'squared', 'Variance of one path'), (m) => m.variancePerPath],
    [
      numberColumn('gainPerPath', '1', 'Plain paths that one path is worth, for the tail'),
      (m) => m.gainPerPath?.value ?? null,
    ],
    [numberColumn('gainLower', '1', 'Lower end of its interval'), (m) => m.gainPerPath?.lower ?? null],
    [numberColumn('gainUpper', '1', 'Upper end of its interval'), (m) => m.gainPerPath?.upper ?? null],
    [
      numberColumn('saving', '1', 'Plain paths over those of the method, its pilot included, to the precision wanted'),
      (m) => m.saving?.value ?? null,
    ],
    [numberColumn('savingLower', '1', 'Lower end of its interval'), (m) => m.saving?.lower ?? null],
    [numberColumn('savingUpper', '1', 'Upper end of its interval'), (m) => m.saving?.upper ?? null],
    [numberColumn('mean', 'of the metric', 'Mean of the metric'), (m) => m.mean?.value ?? null],
    [numberColumn('meanLower', 'of the metric', 'Lower end of its interval'), (m) => m.mean?.lower ?? null],
    [numberColumn('meanUpper', 'of the metric', 'Upper end of its interval'), (m) => m.mean?.upper ?? null],
    [
      numberColumn('meanGainPerPath', '1', 'Plain paths that one path is worth, for the mean'),
      (m) => m.meanGainPerPath?.value ?? null,
    ],
    [
      numberColumn('effectiveSampleSize', 'paths', 'Effective number of weighted paths'),
      (m) => m.weights?.effectiveSampleSize ?? null,
    ],
    [numberColumn('largestWeight', '1', 'Largest weight'), (m) => m.weights?.largest ?? null],
    [numberColumn('meanWeight', '1', 'Mean weight, 1 within its error'), (m) => m.weights?.mean ?? null],
    [
      numberColumn(
        'largestReplication',
        '1',
        'Share of the weight of the tail that one replication has, the one with most',
      ),
      (m) => m.largestReplication,
    ],
  ]
  return { columns: columns.map(([column]) => column), rows: methods.map((m) => columns.map(([, cell]) => cell(m))) }
}

export function stageTable(stages: readonly PilotStage[]): TidyTable {
  return {
    columns: [
      numberColumn('stage', '1', 'Stage of the pilot, from 1'),
      numberColumn('paths', 'paths', 'Paths of the stage'),
      numberColumn('level', 'of the guide', 'Severity from which a path counts among the worst'),
      numberColumn('worst', 'paths', 'Paths among the worst'),
      numberColumn('effective', 'paths', 'Equal paths that these are worth'),
      numberColumn('inTail', '1', 'Share of the paths in the tail that is asked for'),
      numberColumn('shifts', '1', 'Means that the fit moves'),
      numberColumn('chances', '1', 'Ends that the fit makes likelier'),
    ],
    rows: stages.map((s, i) => [i + 1, s.paths, s.level, s.worst, s.effective, s.inTail, s.shifts, s.chances]),
  }
}
