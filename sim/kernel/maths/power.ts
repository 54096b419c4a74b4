/**
 * x^y = e^(y ln x) with the logarithm carried to about 70 bits, from + − × and table look-ups alone.
 *
 * The logarithm is that of logarithm.ts, kept as an unrounded sum of two doubles; its product with y is exact to about
 * 80 bits by Dekker's splitting. (T. J. Dekker, "A floating-point technique for extending the available precision",
 * Numerische Mathematik 18, 1971.)
 */
import { expOfSum } from './exponential.ts'
import { powersOfTwo } from './fixedPoint.ts'
import { cellOrigin, ln2High, ln2Low, logarithmTable } from './logarithm.ts'

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)
const powers = powersOfTwo()
const cells = logarithmTable()
const origin = cellOrigin
/** Adding and subtracting 1.5 · 2³² rounds a double near one to a multiple of 2⁻²⁰. */
const shorten = 6442450944
const highOfLn2 = ln2High
const lowOfLn2 = ln2Low
/** 2²⁷ + 1: splits a double into two halves of 26 bits. */
const splitter = 134217729
/** Beyond these the power of any x other than one is 0 or ∞, or one. */
const hugeExponent = 2147483648 * 2147483648 * 8
const tinyExponent = 1 / hugeExponent

/**
 * x to the power y, within one unit in the last place.
 * Edges as ECMAScript's Math.pow, which is IEEE 754's except that (±1)^±∞ and 1^NaN are NaN; x^0 = 1 for every x.
 */
export function pow(x: number, y: number): number {
  float[0] = x
  const high = words[1]
  const size = y < 0 ? -y : y
  if (high < 0x00100000 || high >= 0x7ff00000 || !(size > tinyExponent && size < hugeExponent)) return powAtEdge(x, y)
  return powOfNormal(x, y, high, 0)
}

/** (x · 2^shift)^y for a positive normal x whose upper word is `high`. */
function powOfNormal(x: number, y: number, high: number, shift: number): number {
  const offset = (high - origin) | 0
  const k = (offset >> 20) + shift
  const i = ((offset >> 12) & 255) * 5
  const z = x * powers[1074 + shift - k]
  const short = z + shorten - shorten
  const reciprocal = cells[i]
  const rHigh = short * reciprocal - 1
  const rLow = (z - short) * reciprocal
  const r = rHigh + rLow

  const whole = k * highOfLn2 + cells[i + 3]
  const sum = whole + r
  const squareHigh = -0.5 * rHigh * rHigh
  const head = sum + squareHigh
  const rest =
    k * lowOfLn2 +
    cells[i + 4] +
    (whole - sum + r + (rHigh - r + rLow)) +
    -0.5 * rLow * (r + rHigh) +
    (sum - head + squareHigh) +
    beyondQuadratic(r)
  const logHigh = head + rest
  const logLow = head - logHigh + rest

  const yScaled = y * splitter
  const yHigh = yScaled - (yScaled - y)
  const logScaled = logHigh * splitter
  const logHead = logScaled - (logScaled - logHigh)
  const logRest = logHigh - logHead + logLow
  return expOfSum(yHigh * logHead, (y - yHigh) * logHead + y * logRest)
}

/** ln(1 + r) − r + r²/2 by its Taylor polynomial to degree 8, for |r| < 0.0035. */
function beyondQuadratic(r: number): number {
  const s = r * r
  return r * s * (1 / 3 - r * 0.25 + s * (0.2 - r * (1 / 6) + s * (1 / 7 - r * 0.125)))
}

function powAtEdge(x: number, y: number): number {
  if (Number.isNaN(y)) return y
  if (y === 0) return 1
  if (Number.isNaN(x)) return x
  const size = x < 0 ? -x : x
  const grows = size > 1 === y > 0
  const isInfinite = y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY
  if (isInfinite) return size === 1 ? Number.NaN : grows ? Number.POSITIVE_INFINITY : 0
  const isInteger = Math.trunc(y) === y
  const isOdd = isInteger && Math.trunc(y / 2) !== y / 2
  const sign = isOdd && (x < 0 || 1 / x < 0) ? -1 : 1
  if (size === 0 || size === Number.POSITIVE_INFINITY) return grows ? sign * Number.POSITIVE_INFINITY : sign * 0
  if (x < 0 && !isInteger) return Number.NaN
  if (size === 1) return sign
  const exponent = y < 0 ? -y : y
  if (exponent >= hugeExponent) return grows ? sign * Number.POSITIVE_INFINITY : sign * 0
  if (exponent <= tinyExponent) return 1
  const isSubnormal = size < 2.2250738585072014e-308
  const normal = isSubnormal ? size * 18014398509481984 : size
  float[0] = normal
  return sign * powOfNormal(normal, y, words[1], isSubnormal ? -54 : 0)
}
