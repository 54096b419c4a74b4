/** Checks that all ways of multiplying paths share. */
import { InputError } from '../errors.ts'

export const mostParticles = 4096

/** @throws InputError with the names that are known */
export function named<F extends { readonly name: string }>(what: string, wanted: string, known: readonly F[]): F {
  const found = known.find(({ name }) => name === wanted)
  if (found) return found
  const names = known.length > 0 ? known.map(({ name }) => name).join(', ') : 'none'
  throw new InputError(`unknown ${what}: ${wanted}; known: ${names}`)
}

/** @throws InputError with the value and its bounds */
export function requireWhole(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new InputError(`${what} is ${value}; it must be a whole number from ${least} to ${most}`)
}
