/** Columns of the tables that studies leave to other programs. */
import type { TidyTable } from './laboratory.ts'

export type TidyColumn = TidyTable['columns'][number]

/** A column of names or words. */
export function textColumn(name: string, meaning: string): TidyColumn {
  return { name, unit: '', meaning, kind: 'text' }
}

/** A column of numbers. @param unit '1' of shares, counts without a thing to count, and p-values */
export function numberColumn(name: string, unit: string, meaning: string): TidyColumn {
  return { name, unit, meaning, kind: 'number' }
}
