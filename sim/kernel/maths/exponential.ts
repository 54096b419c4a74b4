/**
 * e^x and e^x − 1 from + − × and table look-ups alone, so that every engine returns the same bits.
 *
 * x = (256 m + j) ln 2 / 256 + r with |r| ≤ ln 2 / 512; e^x = 2^m · 2^(j/256) · e^r. The table holds 2^(j/256) as a
 * double and its relative rest; e^r is a polynomial of degree 4, off by less than 6e-18.
 * Method: P. T. P. Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic",
 * ACM TOMS 15 (1989).
 */
import { fixedExp, fixedLn2, nearest, powersOfTwo, remainder, toMultiple } from './fixedPoint.ts'

const powers = powersOfTwo()
const exponentials = exponentialTable()
/** 256 / ln 2, and ln 2 / 256 in two words, the first short enough for an exact product with 256 m + j. */
const cellsPerUnit = 256 / nearest(fixedLn2)
const cellHigh = toMultiple(fixedLn2, 30) / 256
const cellLow = remainder(fixedLn2, toMultiple(fixedLn2, 30)) / 256
/** Taylor's coefficient of r³, moved so that it also stands for the r⁵ left out: 1/6 + 0.87 (ln 2 / 512)² / 120. */
const cubic = 0.16666667995434195
/** Adding and subtracting 1.5 · 2⁵² rounds a double to the nearest integer, faster than Math.round. */
const rounder = 6755399441055744

function exponentialTable(): Float64Array {
  const table = new Float64Array(512)
  for (let j = 0; j < 256; j += 1) {
    const value = fixedExp((fixedLn2 * BigInt(j)) / 256n)
    table[2 * j] = nearest(value)
    table[2 * j + 1] = remainder(value, table[2 * j]) / table[2 * j]
  }
  return table
}

/**
 * e^x, within 0.55 units in the last place; subnormal results within one.
 * Edges as IEEE 754: e^∞ = ∞, e^−∞ = 0, e^NaN = NaN; above 709.78 it overflows to ∞, below −745.13 it is 0.
 */
export function exp(x: number): number {
  if (!(Math.abs(x) < 708)) return expAtEdge(x, 0)
  const cells = x * cellsPerUnit + rounder - rounder
  const r = x - cells * cellHigh - cells * cellLow
  const k = cells | 0
  const j = (k & 255) << 1
  const square = r * r
  const growth = exponentials[j + 1] + r + square * (0.5 + r * cubic + square * (1 / 24))
  const base = exponentials[j] * powers[(k >> 8) + 1074]
  return base + base * growth
}

/** e^(x + low), where low is small against x: the exponential with an argument of more than 53 bits. */
export function expOfSum(x: number, low: number): number {
  if (!(Math.abs(x) < 708)) return expAtEdge(x, low)
  const cells = x * cellsPerUnit + rounder - rounder
  return scaledExp(cells, x - cells * cellHigh - cells * cellLow + low, 0)
}

/** 2^(cells/128) e^r · 2^shift. */
function scaledExp(cells: number, r: number, shift: number): number {
  const j = (cells & 255) << 1
  const square = r * r
  const growth = exponentials[j + 1] + r + square * (0.5 + r * cubic + square * (1 / 24))
  const base = exponentials[j] * powers[(cells >> 8) + shift + 1074]
  return base + base * growth
}

/** Results that overflow, are subnormal or nearly so, and arguments that are not finite. */
function expAtEdge(x: number, low: number): number {
  if (Number.isNaN(x)) return x
  if (x > 710) return Number.POSITIVE_INFINITY
  if (x < -746) return 0
  const cells = x * cellsPerUnit + rounder - rounder
  const r = x - cells * cellHigh - cells * cellLow + low
  // Half-way scaling keeps the first factor in the normal range; the second one rounds once, into the edge.
  return x > 0 ? scaledExp(cells, r, -2) * 4 : scaledExp(cells, r, 100) * powers[1074 - 100]
}

/**
 * e^x − 1, within one unit in the last place, without the cancellation of exp(x) − 1 near zero.
 * Edges as IEEE 754: −0 stays −0, −∞ gives −1, ∞ gives ∞, NaN gives NaN.
 */
export function expm1(x: number): number {
  if (x > -0.3 && x < 0.3) return expm1NearZero(x)
  if (!(x > -50 && x < 709)) return x < 0 ? -1 : exp(x) - 1
  const cells = x * cellsPerUnit + rounder - rounder
  const r = x - cells * cellHigh - cells * cellLow
  const k = cells | 0
  const j = (k & 255) << 1
  const square = r * r
  const growth = exponentials[j + 1] + r + square * (0.5 + r * cubic + square * (1 / 24))
  const scale = powers[(k >> 8) + 1074]
  const base = exponentials[j] * scale
  const difference = base - 1
  const lost = base > 1 ? base - difference - 1 : base - (difference + 1)
  return difference + (lost + base * growth)
}

/** Taylor to degree 14: the next term is below 1e-19 of the result. */
function expm1NearZero(x: number): number {
  // The sum below would lose the sign of −0.
  if (x === 0) return x
  const s = x * x
  const even = 1 / 24 + s * (1 / 720 + s * (1 / 40320 + s * (1 / 3628800 + s * (1 / 479001600 + s / 87178291200))))
  const odd = 1 / 6 + s * (1 / 120 + s * (1 / 5040 + s * (1 / 362880 + s * (1 / 39916800 + s / 6227020800))))
  return x + s * (0.5 + (x * odd + s * even))
}
