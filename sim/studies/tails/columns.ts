/** Outcome columns of several cells as one. */
import type { OutcomeColumns } from '../metric.ts'

/** The paths of each part behind those of the one before. */
export function joined(parts: readonly OutcomeColumns[]): OutcomeColumns {
  return Object.fromEntries(
    Object.keys(parts[0]).map((name) => {
      const column = new Float64Array(parts.reduce((sum, part) => sum + part[name].length, 0))
      let next = 0
      for (const part of parts) {
        column.set(part[name], next)
        next += part[name].length
      }
      return [name, column]
    }),
  )
}

/** The first paths of each column. */
export function firstOf(columns: OutcomeColumns, paths: number): OutcomeColumns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(0, paths)]))
}
