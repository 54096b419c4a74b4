/** Roots of functions of one variable, in a bounded number of turns. */
import { InputError } from '../errors.ts'

/**
 * A root of f in [low, high] by bisection: the bracket is halved until it is no wider than `tolerance` or no double
 * lies between its ends, in at most `turns` turns; the middle of the last bracket is returned.
 *
 * @throws InputError when f does not change sign over the bracket.
 */
export function bisect(
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 0, turns = 200 }: { tolerance?: number; turns?: number } = {},
): number {
  const atLow = f(low)
  if (atLow === 0) return low
  const atHigh = f(high)
  if (atHigh === 0) return high
  requireBracket(low, high, atLow, atHigh)
  let left = low
  let right = high
  for (let turn = 0; turn < turns && right - left > tolerance; turn += 1) {
    const middle = left + 0.5 * (right - left)
    if (middle <= left || middle >= right) break
    const value = f(middle)
    if (value === 0) return middle
    if (value > 0 === atLow > 0) left = middle
    else right = middle
  }
  return left + 0.5 * (right - left)
}

/**
 * A root of f in [low, high] by Brent's method: inverse quadratic interpolation and secant steps, safeguarded by
 * bisection, to `tolerance` plus four units in the last place of the root.
 *
 * R. P. Brent, "Algorithms for Minimization without Derivatives" (1973), chapter 4.
 * @throws InputError when f does not change sign over the bracket, or the root is not settled within `turns` turns.
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 1e-14, turns = 200 }: { tolerance?: number; turns?: number } = {},
): number {
  let a = low
  let b = high
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  requireBracket(a, b, fa, fb)
  let c = a
  let fc = fa
  let step = b - a
  let previous = step
  for (let turn = 0; turn < turns; turn += 1) {
    if (fb > 0 === fc > 0) {
      c = a
      fc = fa
      step = b - a
      previous = step
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b
      b = c
      c = a
      fa = fb
      fb = fc
      fc = fa
    }
    const enough = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance
    const half = 0.5 * (c - b)
    if (Math.abs(half) <= enough || fb === 0) return b
    const proposal =
      Math.abs(previous) >= enough && Math.abs(fa) > Math.abs(fb) ? interpolate(a, b, c, fa, fb, fc) : half
    const isSafe = Math.abs(proposal) < Math.min(1.5 * Math.abs(half) - 0.5 * enough, 0.5 * Math.abs(previous))
    previous = isSafe && proposal * half > 0 ? step : half
    step = isSafe && proposal * half > 0 ? proposal : half
    a = b
    fa = fb
    b += Math.abs(step) > enough ? step : half > 0 ? enough : -enough
    fb = f(b)
  }
  throw new InputError(`root between ${low} and ${high} did not settle in ${turns} turns; allow more turns`)
}

/** The step from b to the zero of the parabola in f, or of the secant where only two points are known. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const s = fb / fa
  if (a === c) return ((c - b) * s) / (s - 1)
  const q = fa / fc
  const r = fb / fc
  return -(s * ((c - b) * q * (q - r) - (b - a) * (r - 1))) / ((q - 1) * (r - 1) * (s - 1))
}

function requireBracket(low: number, high: number, atLow: number, atHigh: number): void {
  if (atLow > 0 === atHigh > 0 || Number.isNaN(atLow) || Number.isNaN(atHigh))
    throw new InputError(
      `bracket from ${low} to ${high} holds no sign change (${atLow} and ${atHigh}); give ends on both sides of the root`,
    )
}
