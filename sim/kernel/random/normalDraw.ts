/**
 * Standard normal numbers out of random words by the inverse distribution function: one draw takes one word, larger
 * words give larger numbers, and the same word gives the same number in every policy that is compared.
 *
 * The word w stands for the part (w + 1/2) / 2³² of the distribution. By symmetry only the lower half is tabulated: its
 * octaves of probability are each cut into 64 cells, in which a cubic through Chebyshev's points stands for the quantile
 * (largest difference from normalQuantile 5e-11). In the outermost 1/256 of probability, where steps of 2⁻³² would show,
 * 21 bits of a second word refine the first one and the quantile itself is taken: there the steps are 2⁻⁵³ of
 * probability, the largest number is 8.29, and events far rarer than 1 in 2³² have their right frequency.
 */
import { normalQuantile } from '../maths/normal.ts'
import { cos, pi } from '../maths/trigonometric.ts'

/** Magnitudes (31 bits) below this lie in the outermost 1/256 of probability. */
export const tailStart = 1 << 23

const octaves = 8
const cellsPerOctave = 64
/** Half the width of a cell, in units of the magnitude shifted up to 31 bits. */
const halfCell = 1 << 23
const table = cubicTable()

/** Rows of four coefficients of the cubic in the distance from the middle of the cell, octave after octave outwards. */
function cubicTable(): Float64Array {
  const rows = new Float64Array(octaves * cellsPerOctave * 4)
  for (let octave = 0; octave < octaves; octave += 1) {
    const shrink = 1 / (1 << octave)
    for (let cell = 0; cell < cellsPerOctave; cell += 1) {
      const middle = 1073741824 + (2 * cell + 1) * halfCell
      const quantile = (distance: number): number =>
        normalQuantile(((middle + distance * halfCell) * shrink + 0.5) / 4294967296)
      rows.set(cubicThrough(quantile), (octave * cellsPerOctave + cell) * 4)
    }
  }
  return rows
}

/** The cubic that meets f at Chebyshev's four points of [−1, 1], its coefficients scaled to [−halfCell, halfCell]. */
function cubicThrough(f: (x: number) => number): [number, number, number, number] {
  const x = [cos(pi / 8), cos((3 * pi) / 8)]
  const even = x.map((at) => 0.5 * (f(at) + f(-at)))
  const odd = x.map((at) => (0.5 * (f(at) - f(-at))) / at)
  const squares = x.map((at) => at * at)
  const curvature = (even[0] - even[1]) / (squares[0] - squares[1])
  const twist = (odd[0] - odd[1]) / (squares[0] - squares[1])
  const value = even[0] - curvature * squares[0]
  const slope = odd[0] - twist * squares[0]
  return [value, slope / halfCell, curvature / halfCell / halfCell, twist / halfCell / halfCell / halfCell]
}

/**
 * The normal number of a magnitude at or above tailStart. `flip` is 0 in the lower half of the distribution and −1 in
 * the upper half, and the magnitude is the word exclusive-or `flip`.
 */
export function bodyNormal(magnitude: number, flip: number): number {
  const octave = Math.clz32(magnitude) - 1
  const shifted = magnitude << octave
  const row = ((octave << 6) | ((shifted >>> 24) & 63)) << 2
  const x = (shifted & 0xffffff) - halfCell
  const square = x * x
  const z = table[row] + table[row + 1] * x + square * (table[row + 2] + table[row + 3] * x)
  return z * (flip | 1)
}

/** The normal number of a magnitude below tailStart, refined by the upper 21 bits of a second word. */
export function tailNormal(magnitude: number, flip: number, word1: number): number {
  const tail = (magnitude * 2097152 + ((word1 ^ flip) >>> 11) + 0.5) / 9007199254740992
  return normalQuantile(tail) * (flip | 1)
}

/**
 * A standard normal number out of two 32-bit words (signed or unsigned); the second one matters only in the outermost
 * 1/256 of probability. Differs from normalQuantile((word0 + 1/2) / 2³²) by at most 5e-11 elsewhere.
 */
export function normalDraw(word0: number, word1: number): number {
  const flip = word0 >> 31
  const magnitude = word0 ^ flip
  return magnitude < tailStart ? tailNormal(magnitude, flip, word1) : bodyNormal(magnitude, flip)
}
