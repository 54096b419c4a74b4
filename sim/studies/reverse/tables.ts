/** The answer in long form. */
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, textColumn } from '../tidyColumn.ts'
import type { ReverseAnswer } from './answer.ts'

export function reverseTables(answer: Omit<ReverseAnswer, 'tables'>): Readonly<Record<string, TidyTable>> {
  return {
    modes: modesTable(answer),
    amounts: amountsTable(answer),
    coordinates: coordinatesTable(answer),
    levers: leversTable(answer),
  }
}

function modesTable({ modes }: Omit<ReverseAnswer, 'tables'>): TidyTable {
  return {
    columns: [
      textColumn('mode', 'Label of the mode'),
      textColumn('cause', 'What went wrong first'),
      numberColumn('paths', 'paths', 'Failing paths of the mode that were looked at'),
      numberColumn('worth', 'paths', 'Equal failing paths that would say as much'),
      numberColumn('probability', '1', 'Probability of failing in this mode'),
      numberColumn('probabilityLower', '1', 'Lower end of its interval'),
      numberColumn('probabilityUpper', '1', 'Upper end of its interval'),
      numberColumn('beta', 'standard deviations', 'Distance of the design point'),
      numberColumn('betaLower', 'standard deviations', 'Lower end of its interval'),
      numberColumn('betaUpper', 'standard deviations', 'Upper end of its interval'),
      numberColumn('checkProbability', '1', 'Probability from paths drawn around the design points'),
      numberColumn('checkLower', '1', 'Lower end of its interval'),
      numberColumn('checkUpper', '1', 'Upper end of its interval'),
      textColumn('narration', 'The mode in words'),
    ],
    rows: modes.map(({ label, cause, paths, probability, point, check, narration }) => [
      label,
      cause,
      paths,
      probability.worth,
      probability.value,
      probability.lower,
      probability.upper,
      point?.beta ?? null,
      point?.lower ?? null,
      point?.upper ?? null,
      check?.probability ?? null,
      check?.lower ?? null,
      check?.upper ?? null,
      narration,
    ]),
  }
}

function amountsTable({ modes }: Omit<ReverseAnswer, 'tables'>): TidyTable {
  return {
    columns: [
      textColumn('mode', 'Label of the mode'),
      textColumn('amount', 'Name of the amount'),
      textColumn('unit', 'Its unit'),
      numberColumn('lowerQuartile', 'as the amount', 'Over the failing paths of the mode'),
      numberColumn('median', 'as the amount', 'Over the failing paths of the mode'),
      numberColumn('upperQuartile', 'as the amount', 'Over the failing paths of the mode'),
      numberColumn('plainMedian', 'as the amount', 'Over plain paths'),
      numberColumn('seen', 'paths', 'Plain paths that saw at least the median'),
      numberColumn('of', 'paths', 'Plain paths'),
    ],
    rows: modes.flatMap(({ label, amounts }) =>
      amounts.map((a) => [
        label,
        a.name,
        a.unit,
        a.lowerQuartile,
        a.median,
        a.upperQuartile,
        a.plainMedian,
        a.seen.count,
        a.seen.of,
      ]),
    ),
  }
}

function coordinatesTable({ modes, coordinates }: Omit<ReverseAnswer, 'tables'>): TidyTable {
  return {
    columns: [
      textColumn('mode', 'Label of the mode'),
      textColumn('coordinate', 'Number of the luck'),
      numberColumn('mean', 'standard deviations', 'Mean over its failing paths where it is surely not ordinary'),
      numberColumn('standardError', 'standard deviations', 'Of the mean'),
      numberColumn('point', 'standard deviations', 'Design point'),
    ],
    rows: modes.flatMap(({ label, luck, point }) =>
      coordinates.map(({ name }) => {
        const mean = luck.find(({ coordinate }) => coordinate === name)
        const at = point?.coordinates.find(({ coordinate }) => coordinate === name)
        return [label, name, mean?.value ?? null, mean?.standardError ?? null, point === null ? null : (at?.value ?? 0)]
      }),
    ),
  }
}

function leversTable({ levers }: Omit<ReverseAnswer, 'tables'>): TidyTable {
  return {
    columns: [
      textColumn('lever', 'Name of the lever'),
      textColumn('unit', 'Its unit'),
      numberColumn('size', 'as the lever', 'Size tried'),
      numberColumn('failed', 'paths', 'Paths that fail'),
      numberColumn('paths', 'paths', 'Paths tried'),
      numberColumn('critical', 'as the lever', 'Size at which half fail'),
      numberColumn('criticalLower', 'as the lever', 'Lower end of its interval'),
      numberColumn('criticalUpper', 'as the lever', 'Upper end of its interval'),
      numberColumn('failingAtCritical', 'paths', 'Paths that fail there, of others than found and measured it'),
      numberColumn('failingAtCriticalOf', 'paths', 'Of so many'),
    ],
    rows: levers.flatMap(({ name, unit, size, lower, upper, failing, tried }) =>
      tried.map((one) => [
        name,
        unit,
        one.size,
        one.failed,
        one.paths,
        size,
        lower,
        upper,
        failing?.count ?? null,
        failing?.of ?? null,
      ]),
    ),
  }
}
