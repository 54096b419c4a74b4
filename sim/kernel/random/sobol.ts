/**
 * Sobol's low-discrepancy sequence with Joe and Kuo's direction numbers, unscrambled, 32 bits, in Gray-code order; point
 * 0 is the origin. Sets of 2^m points from point 0 on are nets: never skip or drop a few.
 *
 * I. M. Sobol', USSR Computational Mathematics and Mathematical Physics 7 (1967); I. A. Antonov and V. M. Saleev, ibid.
 * 19 (1979) for the Gray code; P. Bratley and B. L. Fox, Algorithm 659, ACM TOMS 14 (1988) for the recursion.
 */
import { InputError } from '../errors.ts'
import { directionNumbers } from './directionNumbers.ts'

const bits = 32
const rows = directionNumbers.split('\n').map((line) => line.split(' ').map(Number))

/** Dimensions for which direction numbers are at hand. */
export const sobolDimensions = rows.length + 1

/** The 32 direction numbers of a dimension, the first dimension being 0, as words with the point before the top bit. */
function directionWords(dimension: number): Int32Array {
  const words = new Int32Array(bits)
  if (dimension === 0) {
    for (let k = 0; k < bits; k += 1) words[k] = 1 << (bits - 1 - k)
    return words
  }
  const [degree, coefficients, ...initial] = rows[dimension - 1]
  for (let k = 0; k < degree; k += 1) words[k] = initial[k] << (bits - 1 - k)
  for (let k = degree; k < bits; k += 1) {
    words[k] = words[k - degree] ^ (words[k - degree] >>> degree)
    for (let j = 1; j < degree; j += 1) {
      if (((coefficients >>> (degree - 1 - j)) & 1) === 1) words[k] ^= words[k - j]
    }
  }
  return words
}

/** Coordinates of points of the sequence, as 32-bit words or numbers in [0, 1). */
export class SobolSequence {
  readonly dimensions: number
  readonly #directions: readonly Int32Array[]

  /** @throws InputError when the number of dimensions is not a whole number from 1 to sobolDimensions. */
  constructor(dimensions: number) {
    if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= sobolDimensions))
      throw new InputError(`number of dimensions ${dimensions} cannot be used; give 1 to ${sobolDimensions}`)
    this.dimensions = dimensions
    this.#directions = Array.from({ length: dimensions }, (_, dimension) => directionWords(dimension))
  }

  /** Coordinate `dimension` (from 0) of point `index` as an unsigned 32-bit word, for scrambling. */
  word(index: number, dimension: number): number {
    const directions = this.#directions[dimension]
    let gray = (index ^ (index >>> 1)) >>> 0
    let word = 0
    for (let k = 0; gray !== 0; k += 1, gray >>>= 1) if ((gray & 1) === 1) word ^= directions[k]
    return word >>> 0
  }

  /**
   * Point `index`, one number in [0, 1) for each dimension.
   * @throws InputError when the index is not a whole number from 0 to 2³² − 1.
   */
  point(index: number): number[] {
    if (!(Number.isInteger(index) && index >= 0 && index < 4294967296))
      throw new InputError(`point ${index} is not in the sequence; give a whole number from 0 to 4294967295`)
    return Array.from({ length: this.dimensions }, (_, dimension) => this.word(index, dimension) / 4294967296)
  }
}
