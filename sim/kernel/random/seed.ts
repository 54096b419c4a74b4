/** The seed of a run. */
import seedrandom from 'seedrandom'
import { InputError } from '../errors.ts'

/**
 * The two 32-bit key words of a seed, by the package seedrandom (ARC4): a text such as "summer" or a whole number; the
 * number 42 and the text "42" are the same seed.
 *
 * @throws InputError when the text is empty or the number is not a whole number that a double holds exactly.
 */
export function seedKey(seed: string | number): [number, number] {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed))
    throw new InputError(`seed ${seed} is not a whole number; give a whole number or a text`)
  const text = String(seed)
  if (text === '') throw new InputError('seed is empty; give a whole number or a text')
  const generator = seedrandom(text)
  return [generator.int32(), generator.int32()]
}
