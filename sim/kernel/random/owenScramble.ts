/** Owen's nested uniform scramble: Sobol points made random, each uniform by itself, while every net stays a net. */
import { philox4x32 } from './philox.ts'

const drawn = new Uint32Array(4)

/** Sets this scramble apart from other uses of the generator with the same key. */
const purpose = 0x0e5c_a4b1

/**
 * A word with each of its bits flipped or not, by a coin that belongs to the dimension and to the bits above it.
 * Source: Owen (1995), Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing, Springer, 299-317.
 * @param word an unsigned 32-bit word with the point before its top bit, as SobolSequence.word gives it
 */
export function owenScramble(word: number, dimension: number, key: readonly [number, number]): number {
  let scrambled = 0
  for (let bit = 0; bit < 32; bit++) {
    const above = bit === 0 ? 0 : word >>> (32 - bit)
    philox4x32(above, bit, dimension, purpose, key[0], key[1], drawn)
    scrambled = (scrambled << 1) | (((word >>> (31 - bit)) & 1) ^ (drawn[0] >>> 31))
  }
  return scrambled >>> 0
}
