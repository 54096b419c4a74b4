/** Every look at every statement as a table. */
import type { TidyTable } from '../laboratory.ts'
import { numberColumn, textColumn } from '../tidyColumn.ts'
import type { StatementAnswer } from './answer.ts'

/** One row for each statement and look. */
export function looksTable(statements: readonly StatementAnswer[]): TidyTable {
  return {
    columns: [
      textColumn('statement', 'Name of the statement'),
      textColumn('unit', 'Unit of limit, value and bounds'),
      textColumn('side', 'Whether the limit is an atMost or an atLeast'),
      numberColumn('limit', 'see unit', 'Limit of the statement'),
      numberColumn('paths', 'paths', 'Paths looked at'),
      numberColumn('value', 'see unit', 'Estimate'),
      numberColumn('lower', 'see unit', 'Lower bound, corrected for the planned looks; null where unbounded'),
      numberColumn('upper', 'see unit', 'Upper bound, corrected for the planned looks; null where unbounded'),
      textColumn('verdict', 'pass, breach or undecided'),
    ],
    rows: statements.flatMap(({ name, unit, side, limit, looks }) =>
      looks.map((look) => [name, unit, side, limit, look.paths, look.value, look.lower, look.upper, look.verdict]),
    ),
  }
}
