/**
 * Elementary functions to about 30 digits in pairs of doubles, by other ways than the simulation's: no tables, Taylor
 * series after halving, and logarithms by one Newton step on the exponential. (T. J. Dekker, Numerische Mathematik 18,
 * 1971; D. E. Knuth, The Art of Computer Programming 2, 4.2.2.)
 */
export interface Pair {
  readonly high: number
  readonly low: number
}

const pair = (high: number, low: number): Pair => ({ high, low })

export function sumOf(a: number, b: number): Pair {
  const high = a + b
  const back = high - a
  return pair(high, a - (high - back) + (b - back))
}

function quickSum(a: number, b: number): Pair {
  const high = a + b
  return pair(high, b - (high - a))
}

export function productOf(a: number, b: number): Pair {
  const aWide = a * 134217729
  const aHigh = aWide - (aWide - a)
  const aLow = a - aHigh
  const bWide = b * 134217729
  const bHigh = bWide - (bWide - b)
  const bLow = b - bHigh
  const high = a * b
  return pair(high, aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow))
}

export function add(a: Pair, b: Pair): Pair {
  const high = sumOf(a.high, b.high)
  const low = sumOf(a.low, b.low)
  const once = quickSum(high.high, high.low + low.high)
  return quickSum(once.high, once.low + low.low)
}

export function multiply(a: Pair, b: Pair): Pair {
  const product = productOf(a.high, b.high)
  return quickSum(product.high, product.low + (a.high * b.low + a.low * b.high))
}

function scale(a: Pair, factor: number): Pair {
  const product = productOf(a.high, factor)
  return quickSum(product.high, product.low + a.low * factor)
}

function divide(a: Pair, b: number): Pair {
  const first = a.high / b
  const back = productOf(first, b)
  return quickSum(first, (a.high - back.high - back.low + a.low) / b)
}

const one = pair(1, 0)
/** ln 2 and π/2 to 32 digits (published: OEIS A002162, A019669). */
const ln2 = pair(Math.LN2, 2.3190468138462996e-17)
const halfPi = pair(1.5707963267948966, 6.123233995736766e-17)
const reciprocalFactorials = Array.from({ length: 30 }, (_, k) => {
  let value = one
  for (let i = 2; i <= k; i += 1) value = divide(value, i)
  return value
})

/** e^x − 1 for |x| ≤ 0.35 by halving five times, a series, and (1 + g)² − 1 = 2 g + g². */
function smallExpm1(x: Pair): Pair {
  const r = pair(x.high / 32, x.low / 32)
  let sum = reciprocalFactorials[14]
  for (let k = 13; k >= 1; k -= 1) sum = add(multiply(sum, r), reciprocalFactorials[k])
  let growth = multiply(sum, r)
  for (let i = 0; i < 5; i += 1) growth = add(scale(growth, 2), multiply(growth, growth))
  return growth
}

/** e^x as a pair times 2^exponent. */
export function expPair(x: Pair): { value: Pair; exponent: number } {
  const exponent = Math.round(x.high / ln2.high)
  const r = add(x, scale(ln2, -exponent))
  return { value: add(one, smallExpm1(r)), exponent }
}

export function expm1Pair(x: number): Pair {
  if (Math.abs(x) <= 0.35) return smallExpm1(pair(x, 0))
  const { value, exponent } = expPair(pair(x, 0))
  return add(scale(value, 2 ** exponent), pair(-1, 0))
}

/** ln x of a pair in [2⁻¹⁰⁰⁰, 2¹⁰⁰⁰], from a guess right to about 1e-13. */
export function logPair(x: Pair, guess: number): Pair {
  const { value, exponent } = expPair(pair(-guess, 0))
  // Two halves of the power of two keep either factor in range.
  const half = Math.trunc(exponent / 2)
  const scaled = scale(scale(x, 2 ** half), 2 ** (exponent - half))
  const rest = add(multiply(scaled, value), pair(-1, 0))
  return add(pair(guess, 0), add(rest, scale(multiply(rest, rest), -0.5)))
}

/** ln(1 + x) for x > −1, from a guess right to about 1e-13; the series serves where 30 digits of 1 + x are too few. */
export function log1pPair(x: number, guess: number): Pair {
  if (Math.abs(x) > 2 ** -30) return logPair(sumOf(1, x), guess)
  const square = productOf(x, x)
  return add(pair(x, 0), add(scale(square, -0.5), divide(scale(square, x), 3)))
}

/** sin(x + quadrants π/2) for |x| below a million or so. */
export function sinePair(x: number, quadrants: number): Pair {
  const n = Math.round(x / halfPi.high)
  // The third word of π/2 matters once n is large.
  const r = add(add(pair(x, 0), scale(halfPi, -n)), pair(1.4973849048591833e-33 * n, 0))
  const turn = (n + quadrants) & 3
  const square = multiply(r, r)
  const isOdd = (turn & 1) === 0
  let sum = reciprocalFactorials[isOdd ? 27 : 26]
  for (let k = isOdd ? 25 : 24; k >= 0; k -= 2) sum = add(scale(multiply(sum, square), -1), reciprocalFactorials[k])
  const value = isOdd ? multiply(sum, r) : sum
  return turn < 2 ? value : scale(value, -1)
}
