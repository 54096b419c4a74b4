/**
 * Sine and cosine from + − × alone, so that every engine returns the same bits.
 *
 * x = n π/2 + r with π/2 in three words (W. J. Cody and W. Waite, "Software Manual for the Elementary Functions",
 * 1980); r is carried as a double and its rest, and the Taylor polynomials on |r| ≤ π/4 end below 1e-19.
 */
import { InputError } from '../errors.ts'
import { exactly, fixedPi, nearest, toMultiple } from './fixedPoint.ts'

/** π, rounded to a double. */
export const pi = nearest(fixedPi)

const halfPi = fixedPi / 2n
const first = toMultiple(halfPi, 30)
const second = toMultiple(halfPi - exactly(first), 60)
const third = nearest(halfPi - exactly(first) - exactly(second))
const quadrantsPerUnit = 1 / nearest(halfPi)
const rounder = 6755399441055744
const largestAngle = 1048576

/**
 * Sine of an angle in radians, within one unit in the last place.
 * @throws InputError when |x| exceeds 2²⁰, where three words of π/2 no longer reach; NaN gives NaN.
 */
export function sin(x: number): number {
  return quadrantValue(x, 0)
}

/**
 * Cosine of an angle in radians, within one unit in the last place.
 * @throws InputError when |x| exceeds 2²⁰; NaN gives NaN.
 */
export function cos(x: number): number {
  return quadrantValue(x, 1)
}

/** sin(x + quadrants · π/2). */
function quadrantValue(x: number, quadrants: number): number {
  if (x > largestAngle || x < -largestAngle)
    throw new InputError(`angle ${x} radians is too large; give one between -${largestAngle} and ${largestAngle}`)
  if (Number.isNaN(x)) return x
  if (x === 0) return quadrants === 0 ? x : 1
  const n = x * quadrantsPerUnit + rounder - rounder
  const start = x - n * first
  const middle = n * second
  const near = start - middle
  const back = near - start
  const lost = start - (near - back) - (middle + back)
  const end = n * third
  const r = near - end
  const rest = near - r - end + lost
  const turn = ((n | 0) + quadrants) & 3
  const value = (turn & 1) === 0 ? sineNearZero(r, rest) : cosineNearZero(r, rest)
  return turn < 2 ? value : -value
}

/** sin(r + rest) for |r| ≤ π/4 and a rest below its last place. */
function sineNearZero(r: number, rest: number): number {
  const s = r * r
  const tail =
    1 / 120 -
    s *
      (1 / 5040 -
        s * (1 / 362880 - s * (1 / 39916800 - s * (1 / 6227020800 - s * (1 / 1307674368000 - s / 355687428096000)))))
  return r + (s * r * (s * tail - 1 / 6) + rest * (1 - 0.5 * s))
}

/** cos(r + rest) for |r| ≤ π/4; 1 − r²/2 is taken first, and its rounding given back. */
function cosineNearZero(r: number, rest: number): number {
  const s = r * r
  const half = 0.5 * s
  const top = 1 - half
  const tail =
    1 / 24 -
    s *
      (1 / 720 - s * (1 / 40320 - s * (1 / 3628800 - s * (1 / 479001600 - s * (1 / 87178291200 - s / 20922789888000)))))
  return top + (1 - top - half + (s * s * tail - r * rest))
}
