/** The answer in long form. */
import type { TidyTable } from '../laboratory.ts'
import type { ReverseAnswer } from './answer.ts'

type Column = TidyTable['columns'][number]

const text = (name: string, meaning: string): Column => ({ name, unit: '', meaning, kind: 'text' })
const number = (name: string, meaning: string, unit = '1'): Column => ({ name, unit, meaning, kind: 'number' })

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
      text('mode', 'Label of the mode'),
      text('cause', 'What went wrong first'),
      number('paths', 'Failing paths of the mode that were looked at', 'paths'),
      number('worth', 'Equal failing paths that would say as much', 'paths'),
      number('probability', 'Probability of failing in this mode'),
      number('probabilityLower', 'Lower end of its interval'),
      number('probabilityUpper', 'Upper end of its interval'),
      number('beta', 'Distance of the design point', 'standard deviations'),
      number('betaLower', 'Lower end of its interval', 'standard deviations'),
      number('betaUpper', 'Upper end of its interval', 'standard deviations'),
      number('checkProbability', 'Probability from paths drawn around the design points'),
      number('checkLower', 'Lower end of its interval'),
      number('checkUpper', 'Upper end of its interval'),
      text('narration', 'The mode in words'),
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
      text('mode', 'Label of the mode'),
      text('amount', 'Name of the amount'),
      text('unit', 'Its unit'),
      number('lowerQuartile', 'Over the failing paths of the mode', 'as the amount'),
      number('median', 'Over the failing paths of the mode', 'as the amount'),
      number('upperQuartile', 'Over the failing paths of the mode', 'as the amount'),
      number('plainMedian', 'Over plain paths', 'as the amount'),
      number('seen', 'Plain paths that saw at least the median', 'paths'),
      number('of', 'Plain paths', 'paths'),
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
      text('mode', 'Label of the mode'),
      text('coordinate', 'Number of the luck'),
      number('mean', 'Mean over its failing paths where it is surely not ordinary', 'standard deviations'),
      number('standardError', 'Of the mean', 'standard deviations'),
      number('point', 'Design point', 'standard deviations'),
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
      text('lever', 'Name of the lever'),
      text('unit', 'Its unit'),
      number('size', 'Size tried', 'as the lever'),
      number('failed', 'Paths that fail', 'paths'),
      number('paths', 'Paths tried', 'paths'),
      number('critical', 'Size at which half fail', 'as the lever'),
      number('criticalLower', 'Lower end of its interval', 'as the lever'),
      number('criticalUpper', 'Upper end of its interval', 'as the lever'),
    ],
    rows: levers.flatMap(({ name, unit, size, lower, upper, tried }) =>
      tried.map((one) => [name, unit, one.size, one.failed, one.paths, size, lower, upper]),
    ),
  }
}
