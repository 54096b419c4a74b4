/** One text for one value: sorted keys, shortest numbers; its SHA-256 names a plan. */
import { createHash } from 'node:crypto'

/**
 * JSON with sorted keys, in which typed arrays are lists and -0, NaN and infinities keep their identity.
 * @throws TypeError for what is no data, such as a function.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0'
    return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value))
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof Float64Array) return `[${Array.from(value, canonical).join(',')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
  }
  throw new TypeError(`${typeof value} is no data; a number, text, list or object is right`)
}

/** SHA-256 in hexadecimal of the canonical text of a value. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}
