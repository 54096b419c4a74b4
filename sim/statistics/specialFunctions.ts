/** The gamma and beta functions behind exact intervals: log gamma, the incomplete beta function and its inverse. */
import { exp, log, log1p } from '../kernel/maths/elementary.ts'

const HALF_LOG_TWO_PI = 0.9189385332046728
const TWO_PI = 6.283185307179586

/** B(2k) / (2k (2k-1)): coefficients of Stirling's series (Abramowitz and Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400] as const

/** From here on eight terms of Stirling's series leave less than 2e-17. */
const STIRLING_FROM = 10

/** log gamma(x) - [(x - 1/2) log x - x + log(2 pi)/2], x > 0, to about 1e-15 absolute. */
export function stirlingCorrection(x: number): number {
  let shifted = x
  let correction = 0
  while (shifted < STIRLING_FROM) {
    correction += (shifted + 0.5) * log1p(1 / shifted) - 1
    shifted += 1
  }
  const inverse = 1 / shifted
  const square = inverse * inverse
  let series = 0
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * square + (STIRLING[k] as number)
  return correction + series * inverse
}

/**
 * Natural logarithm of the gamma function, to about 1e-15 of the larger of 1 and the result.
 * Stirling's series after the recurrence gamma(x + 1) = x gamma(x) (Abramowitz and Stegun 6.1.41).
 * @throws RangeError unless x > 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`invalid argument of log gamma: ${x}; above 0 wanted`)
  if (x === Infinity) return Infinity
  return (x - 0.5) * log(x) - x + HALF_LOG_TWO_PI + stirlingCorrection(x)
}

/** x log(x / mean) + mean - x without cancellation where x is near its mean (C. Loader 2000, "saddle-point expansion"). */
function deviance(x: number, mean: number): number {
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * log(x / mean) + mean - x
  const ratio = difference / (x + mean)
  const square = ratio * ratio
  let sum = difference * ratio
  let term = 2 * x * ratio
  for (let j = 1; j < 1000; j++) {
    term *= square
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

/** x^a y^b / B(a, b), with y = 1 - x, exact to about 1e-14 for a + b of 1e7 (C. Loader 2000). */
function betaKernel(x: number, y: number, a: number, b: number): number {
  const n = a + b
  const exponent =
    stirlingCorrection(n) - stirlingCorrection(a) - stirlingCorrection(b) - deviance(a, n * x) - deviance(b, n * y)
  return exp(exponent) * Math.sqrt((a / n) * (b / TWO_PI))
}

/**
 * I_x(a, b) over the kernel, by the even part of the continued fraction of Didonato and Morris (1992), ACM Transactions on
 * Mathematical Software 18, algorithm 708, equation 9. It is written in a - (a + b) x, which keeps its digits where x is
 * within 1/a of 1; the classical arrangement loses them there. Valid up to x = (a + 1)/(a + b + 2).
 */
function betaFraction(x: number, y: number, a: number, b: number): number {
  const turns = 200 + 40 * Math.sqrt(a + b)
  const distance = 1 + (a > b ? (a + b) * y - b : a - (a + b) * x)
  const first = 1 + 1 / a
  let before = 0
  let current = first / distance
  let denominatorBefore = first / distance
  let p = 1
  let s = a + 1
  for (let n = 1; n <= turns; n++) {
    const share = n / a
    const w = n * (b - n) * x
    const alpha = ((p * (p + b / a) * a) / s) * (a / s) * (w * x)
    const beta = n + w / s + ((share + 1) / (first + 2 * share)) * (distance + n * (1 + y))
    p = 1 + share
    s += 2
    const numerator = alpha * before + beta * current
    const denominator = alpha * denominatorBefore + beta
    const next = numerator / denominator
    before = current / denominator
    denominatorBefore = 1 / denominator
    if (Math.abs(next - current) <= 1e-16 * next) return next
    current = next
  }
  throw new RangeError(`incomplete beta did not settle at x = ${x}, a = ${a}, b = ${b}; a + b up to 1e9 is supported`)
}

/** Both tails of the beta distribution; the smaller is computed, the other is its complement. */
function betaTails(x: number, y: number, a: number, b: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (y <= 0) return { lower: 1, upper: 0 }
  const kernel = betaKernel(x, y, a, b)
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, kernel * betaFraction(x, y, a, b))
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, kernel * betaFraction(y, x, b, a))
  return { lower: 1 - upper, upper }
}

/**
 * Regularised incomplete beta function I_x(a, b), for a + b up to 1e9.
 * @param complement 1 - x, for callers who know it more exactly than the subtraction does.
 * @throws RangeError unless 0 <= x <= 1, a > 0 and b > 0.
 */
export function incompleteBeta(x: number, a: number, b: number, complement: number = 1 - x): number {
  requireShape(a, b)
  if (!(x >= 0 && x <= 1)) throw new RangeError(`invalid argument of the incomplete beta: ${x}; from 0 to 1 wanted`)
  return betaTails(x, complement, a, b).lower
}

/**
 * The x at which I_x(a, b) = p, and y = 1 - x, each to about 1e-14 relative. Newton's method kept inside a bracket.
 * @param complement 1 - p, for callers who know it more exactly than the subtraction does.
 * @throws RangeError unless 0 <= p <= 1, a > 0 and b > 0.
 */
export function inverseIncompleteBeta(
  p: number,
  a: number,
  b: number,
  complement: number = 1 - p,
): { x: number; y: number } {
  requireShape(a, b)
  if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid probability: ${p}; from 0 to 1 wanted`)
  if (p <= 0) return { x: 0, y: 1 }
  if (complement <= 0) return { x: 1, y: 0 }
  if (p <= betaTails(0.5, 0.5, a, b).lower) {
    const x = solveLowerHalf(p, complement, a, b)
    return { x, y: 1 - x }
  }
  const y = solveLowerHalf(complement, p, b, a)
  return { x: 1 - y, y }
}

/** Solves on (0, 1/2], where the unknown keeps its relative precision, against the smaller of the two tails. */
function solveLowerHalf(p: number, q: number, a: number, b: number): number {
  let low = 0
  let high = 0.5
  let x = Math.min(0.5, a / (a + b))
  for (let turn = 0; turn < 3000; turn++) {
    const tails = betaTails(x, 1 - x, a, b)
    const excess = p <= q ? tails.lower - p : q - tails.upper
    if (excess === 0) return x
    if (excess > 0) high = x
    else low = x
    const slope = betaKernel(x, 1 - x, a, b) / (x * (1 - x))
    let next = x - excess / slope
    if (!(next > low && next < high)) next = low + (high - low) / 2
    if (Math.abs(next - x) <= 4e-16 * x) return next
    x = next
  }
  throw new RangeError(`inverse incomplete beta did not settle at p = ${p}, a = ${a}, b = ${b}`)
}

function requireShape(a: number, b: number): void {
  if (!(a > 0 && b > 0 && a + b < Infinity)) {
    throw new RangeError(`invalid shape of the beta distribution: ${a}, ${b}; both above 0 and finite wanted`)
  }
}
