/** Points of a scrambled Sobol sequence by a seed as people write it. */
import { owenScramble } from './owenScramble.ts'
import { seedKey } from './seed.ts'
import { SobolSequence } from './sobol.ts'

/**
 * Point `index` of a scrambled Sobol sequence, one number between 0 and 1 (neither) for each dimension. More points, or
 * more dimensions behind the others, leave the numbers of the others as they are.
 * @param seed of the scramble, as the seed of a run
 * @throws InputError as SobolSequence and seedKey do
 */
export function scrambledSobol(dimensions: number, seed: string | number, index: number): number[] {
  const sequence = new SobolSequence(dimensions)
  const key = seedKey(seed)
  return Array.from(
    { length: dimensions },
    (_, dimension) => (owenScramble(sequence.word(index, dimension), dimension, key) + 0.5) / 4294967296,
  )
}
