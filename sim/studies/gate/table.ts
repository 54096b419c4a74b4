/** Every look at every statement as a table. */
import type { TidyTable } from '../laboratory.ts'
import type { StatementAnswer } from './answer.ts'

/** One row for each statement and look. */
export function looksTable(statements: readonly StatementAnswer[]): TidyTable {
  const text = (name: string, meaning: string) => ({ name, unit: '', meaning, kind: 'text' as const })
  const number = (name: string, unit: string, meaning: string) => ({ name, unit, meaning, kind: 'number' as const })
  return {
    columns: [
      text('statement', 'Name of the statement'),
      text('unit', 'Unit of limit, value and bounds'),
      text('side', 'Whether the limit is an atMost or an atLeast'),
      number('limit', 'see unit', 'Limit of the statement'),
      number('paths', 'paths', 'Paths looked at'),
      number('value', 'see unit', 'Estimate'),
      number('lower', 'see unit', 'Lower bound, corrected for the planned looks; null where unbounded'),
      number('upper', 'see unit', 'Upper bound, corrected for the planned looks; null where unbounded'),
      text('verdict', 'pass, breach or undecided'),
    ],
    rows: statements.flatMap(({ name, unit, side, limit, looks }) =>
      looks.map((look) => [name, unit, side, limit, look.paths, look.value, look.lower, look.upper, look.verdict]),
    ),
  }
}
