/**
 * Standard normal numbers out of random words by the inverse distribution function: one draw takes one word, larger
 * words give larger numbers, and the same word gives the same number in every policy that is compared.
 *
 * The word w stands for the part (w + 1/2) / 2³² of the distribution. By symmetry only the lower half is fitted: its
 * octaves of probability are each cut into 64 cells, in which a cubic through Chebyshev's points stands for the quantile
 * (largest difference from normalQuantile 5e-11); the upper half has the same cubics with the other sign. In the
 * outermost 1/256 of probability, where steps of 2⁻³² would show, 21 bits of a second word refine the first one and the
 * quantile itself is taken: there the steps are 2⁻⁵³ of probability, the largest number is 8.29, and events far rarer
 * than 1 in 2³² have their right frequency.
 */
import { normalQuantile, tailQuantile } from '../maths/normal.ts'
import { cos, pi } from '../maths/trigonometric.ts'

/** Magnitudes (31 bits) below this lie in the outermost 1/256 of probability. */
export const tailStart = 1 << 23

const octaves = 8
const cellsPerOctave = 64
/** Half the width of a cell, in units of the magnitude shifted up to 32 bits. */
const halfCell = 1 << 24
/** Rows of both halves; a power of two, so that a masked row needs no check of its bounds. */
const rowMask = 2 * octaves * cellsPerOctave - 1
const upperHalf = octaves * cellsPerOctave
const table = cubicTable()

/** Rows of four coefficients of the cubic in the distance from the middle of the cell, at the place that rowOf gives. */
function cubicTable(): Float64Array {
  const rows = new Float64Array((rowMask + 1) * 4)
  for (let octave = 0; octave < octaves; octave += 1) {
    const shrink = 1 / (1 << (octave + 1))
    for (let cell = 0; cell < cellsPerOctave; cell += 1) {
      const middle = 2147483648 + (2 * cell + 1) * halfCell
      const quantile = (distance: number): number =>
        normalQuantile(((middle + distance * halfCell) * shrink + 0.5) / 4294967296)
      const cubic = cubicThrough(quantile)
      const shifted = middle | 0
      rows.set(cubic, 4 * rowOf(octave + 1, shifted, 0))
      rows.set(
        cubic.map((coefficient) => -coefficient),
        4 * rowOf(octave + 1, shifted, -1),
      )
    }
  }
  return rows
}

/** The row of a magnitude with `zeros` leading zeros, shifted up by as many. */
function rowOf(zeros: number, shifted: number, flip: number): number {
  return ((zeros << 6) + (shifted >>> 25) + (flip & upperHalf)) & rowMask
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
 * The normal number of a magnitude at or above tailStart; a smaller one gives a number without meaning. `flip` is 0 in
 * the lower half of the distribution and −1 in the upper half, and the magnitude is the word exclusive-or `flip`.
 */
export function bodyNormal(magnitude: number, flip: number): number {
  const zeros = Math.clz32(magnitude)
  const shifted = magnitude << zeros
  const at = rowOf(zeros, shifted, flip) << 2
  const x = (shifted & 0x1ffffff) - halfCell
  const square = x * x
  return table[at] + table[at + 1] * x + square * (table[at + 2] + table[at + 3] * x)
}

/** The normal number of a magnitude below tailStart, refined by the upper 21 bits of a second word. */
function tailNormal(magnitude: number, flip: number, word1: number): number {
  const tail = (magnitude * 2097152 + ((word1 ^ flip) >>> 11) + 0.5) / 9007199254740992
  return -tailQuantile(tail) * (flip | 1)
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
