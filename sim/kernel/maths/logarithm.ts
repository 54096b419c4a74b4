/**
 * ln x and ln(1 + x) from + − × and table look-ups alone, so that every engine returns the same bits.
 *
 * x = 2^k z, and z lies in one of 256 cells with a middle m and a short c ≈ 1/m (a multiple of 2⁻⁹). Both z − m and its
 * product with c are exact, r = z c − 1 = (z − m) c + (m c − 1) is below 0.0035, and ln x = k ln 2 − ln c + ln(1 + r).
 * The cell around one has m = c = 1, so that small logarithms keep their relative accuracy. Method: P. T. P. Tang, "Table-driven implementation of the logarithm
 * function in IEEE floating-point arithmetic", ACM TOMS 16 (1990).
 */
import { fixedLn2, fixedLog, powersOfTwo, remainder, toMultiple } from './fixedPoint.ts'

/** The upper word of the double where the cells start (about 0.7057); one then lies well inside its cell. */
export const cellOrigin = 0x3fe69555
/** ln 2 in two words; 42 bits after the point leave room for an exact product with the exponent. */
export const ln2High = toMultiple(fixedLn2, 42)
export const ln2Low = remainder(fixedLn2, ln2High)

const float = new Float64Array(1)
// Every platform that runs JavaScript today is little-endian: the upper word of a double is the second one.
const words = new Int32Array(float.buffer)
const powers = powersOfTwo()
const cells = logarithmTable()
const origin = cellOrigin
const highOfLn2 = ln2High
const lowOfLn2 = ln2Low

/** Rows of five: c, m, m c − 1, −ln c to 42 bits after the point, and the rest of −ln c. */
export function logarithmTable(): Float64Array {
  const table = new Float64Array(256 * 5)
  const edge = new Float64Array(1)
  const upperWord = new Int32Array(edge.buffer)
  const edgeOfCell = (i: number): number => {
    upperWord[1] = cellOrigin + (i << 12)
    return edge[0]
  }
  for (let i = 0; i < 256; i += 1) {
    const from = edgeOfCell(i)
    const to = edgeOfCell(i + 1)
    const middle = from <= 1 && 1 < to ? 1 : 0.5 * (from + to)
    const reciprocal = Math.round(512 / middle)
    const logarithm = fixedLog(512n, BigInt(reciprocal))
    const high = toMultiple(logarithm, 42)
    const short = reciprocal / 512
    table.set([short, middle, middle * short - 1, high, remainder(logarithm, high)], 5 * i)
  }
  return table
}

/**
 * Natural logarithm, within 0.57 units in the last place.
 * Edges as IEEE 754: ln 0 = −∞, ln of a negative number or NaN = NaN, ln ∞ = ∞, ln 1 = +0.
 */
export function log(x: number): number {
  float[0] = x
  const high = words[1]
  if (high < 0x00100000 || high >= 0x7ff00000) return logAtEdge(x)
  const offset = (high - origin) | 0
  const k = offset >> 20
  const i = ((offset >> 12) & 255) * 5
  const r = (x * powers[1074 - k] - cells[i + 1]) * cells[i] + cells[i + 2]
  const whole = k * highOfLn2 + cells[i + 3]
  const sum = whole + r
  const low = whole - sum + r + (k * lowOfLn2 + cells[i + 4])
  return sum + (low + beyondLinear(r))
}

/**
 * ln(1 + r) − r for |r| < 0.0035: Taylor's polynomial to degree 6, with the coefficient of r⁵ moved so that it also
 * stands for the r⁷ left out in the cell around one, 1/5 + 0.87 · 0.0026² / 7.
 */
function beyondLinear(r: number): number {
  const s = r * r
  return s * (-0.5 + r * (1 / 3) + s * (-0.25 + r * 0.20000084 - s * (1 / 6)))
}

function logAtEdge(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (x < 0 || Number.isNaN(x)) return Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  // A subnormal x: 54 doublings make it normal; the logarithm is far from zero, so one correction suffices.
  const whole = log(x * 18014398509481984)
  return whole - 54 * ln2High - 54 * ln2Low
}

/**
 * ln(1 + x), within one unit in the last place, without the cancellation of log(1 + x) near zero.
 * Edges as IEEE 754: −0 stays −0, −1 gives −∞, below −1 or NaN gives NaN, ∞ gives ∞.
 */
export function log1p(x: number): number {
  if (x > -1.2e-16 && x < 1.2e-16) return x
  if (!(x > -1 && x < 1e300)) return x < -1 ? Number.NaN : log(1 + x)
  const rounded = 1 + x
  const lost = x > 1 ? 1 - (rounded - x) : x - (rounded - 1)
  float[0] = rounded
  const offset = (words[1] - origin) | 0
  const k = offset >> 20
  const i = ((offset >> 12) & 255) * 5
  const scale = powers[1074 - k]
  const reciprocal = cells[i]
  const r = (rounded * scale - cells[i + 1]) * reciprocal + cells[i + 2]
  const whole = k * highOfLn2 + cells[i + 3]
  const sum = whole + r
  const low = whole - sum + r + (k * lowOfLn2 + cells[i + 4]) + lost * scale * reciprocal * (1 - r)
  return sum + (low + beyondLinear(r))
}
