/** The normal form: one JSON value with sorted keys, the same for two files that ask the same, whatever their layout. */
import type { Scenario } from './scenario.ts'

/** A JSON value whose objects have their keys in order and no undefined values. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}

/** A scenario from its stored normal form: enough to run it again. */
export function scenarioFrom(normalForm: unknown, file: string, ancestry: readonly string[]): Scenario {
  return { ...(normalForm as Omit<Scenario, 'file' | 'ancestry' | 'normalForm'>), file, ancestry, normalForm }
}
