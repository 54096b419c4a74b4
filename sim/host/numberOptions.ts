/** Numbers on a command line. */
import { InputError } from '../kernel/errors.ts'

/**
 * The whole number that an option gives, or undefined when it is not given.
 * @throws InputError naming the option, its value and its bounds
 */
export function wholeOption(name: string, text: string | undefined, from: number, to: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value) || value < from || value > to) {
    throw new InputError(`${name} is ${text}; it must be a whole number from ${from} to ${to}`)
  }
  return value
}

/**
 * The number that an option gives, or undefined when it is not given.
 * @throws InputError naming the option and its value
 */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new InputError(`${name} is ${text}; it must be a number`)
  return value
}
