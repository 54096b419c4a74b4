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

/**
 * The words of an option that takes several with commas between, or undefined when it is not given.
 * @throws InputError when it names none, or has a comma too many
 */
export function listOption(name: string, text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const words = text.split(',').map((word) => word.trim())
  if (words.every((word) => word === '')) {
    throw new InputError(`${name} names none; give one or more, with commas between`)
  }
  if (words.includes('')) throw new InputError(`${name} is ${text}; between or after its commas a word is missing`)
  return words
}

/** What was given, without what was not. */
export function givenOnly<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}
