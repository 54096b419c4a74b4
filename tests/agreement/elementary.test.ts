/** The simulation's elementary functions against an independent reference of 30 digits, a million points each. */
import { describe, expect, it } from 'vitest'
import { cos, exp, expm1, log, log1p, pow, sin } from '../../sim/kernel/maths/elementary.ts'
import {
  add,
  expm1Pair,
  expPair,
  log1pPair,
  logPair,
  multiply,
  type Pair,
  productOf,
  sinePair,
  sumOf,
} from './doubleDouble.ts'

const points = 1_000_000

/** Evenly spread points of (0, 1), never on a grid of powers of two (Kronecker's sequence of the golden ratio). */
const spread = (i: number, step = 0.6180339887498949): number => (i * step + 0.123) % 1

/** Size of the last place of a double. */
function lastPlace(x: number): number {
  const size = Math.abs(x)
  return size < 2 ** -1022 ? 2 ** -1074 : 2 ** (Math.floor(Math.log2(size) + 1e-12) - 52)
}

/** Error in units in the last place of the correctly rounded result. */
function errorInPlaces(got: number, exact: Pair): number {
  const rounded = exact.high + exact.low
  return Math.abs((got - exact.high - exact.low) / lastPlace(rounded))
}

function worst(error: (i: number) => number): number {
  let largest = 0
  for (let i = 0; i < points; i += 1) {
    const value = error(i)
    if (!(value <= largest)) largest = value
  }
  return largest
}

const expExact = (x: Pair): Pair => {
  const { value, exponent } = expPair(x)
  return { high: value.high * 2 ** exponent, low: value.low * 2 ** exponent }
}
const number = (x: number): Pair => ({ high: x, low: 0 })

describe('elementary functions of the kernel', () => {
  it('exp is within one unit in the last place of e^x between -700 and 709', () => {
    const error = worst((i) => {
      const x = i % 2 === 0 ? -700 + 1409 * spread(i) : -3 + 6 * spread(i)
      return errorInPlaces(exp(x), expExact(number(x)))
    })
    expect(error).toBeLessThan(0.55)
  })

  it('expm1 is within one unit in the last place of e^x - 1, from 1e-20 up', () => {
    const error = worst((i) => {
      const size = 2 ** (-66 + 72 * spread(i))
      const x = i % 4 === 0 ? -size : i % 4 === 1 ? size : -2 + 4 * spread(i)
      return errorInPlaces(expm1(x), expm1Pair(x))
    })
    expect(error).toBeLessThan(0.85)
  })

  it('log is within one unit in the last place of ln x between 1e-300 and 1e300, and near one', () => {
    const error = worst((i) => {
      const u = spread(i)
      const x =
        i % 3 === 0 ? 2 ** (-996 + 1992 * u) : i % 3 === 1 ? 0.5 + 1.5 * u : 1 + (u - 0.5) * 2 ** -((i % 1000) / 20)
      return errorInPlaces(log(x), logPair(number(x), Math.log(x)))
    })
    expect(error).toBeLessThan(0.6)
  })

  it('log1p is within one unit in the last place of ln(1 + x), from 1e-20 up', () => {
    const error = worst((i) => {
      const u = spread(i)
      const size = 2 ** (-66 + 86 * u)
      const x = i % 3 === 0 ? size : i % 3 === 1 ? -0.999 + 2 * u : -(2 ** (-66 + 65.9 * u))
      return errorInPlaces(log1p(x), log1pPair(x, Math.log1p(x)))
    })
    expect(error).toBeLessThan(0.7)
  })

  it('pow is within one unit in the last place of x^y wherever the result is a normal number', () => {
    const error = worst((i) => {
      const x = i % 2 === 0 ? 2 ** (-400 + 800 * spread(i)) : 1 + 0.5 * (spread(i) - 0.5)
      const logarithm = Math.log(x)
      const y =
        ((spread(i, 0.7548776662466927) - 0.5) * 1400) / (i % 5 === 0 ? Math.max(1e-6, Math.abs(logarithm)) : 400)
      if (Math.abs(y * logarithm) > 700) return 0
      const exact = logPair(number(x), logarithm)
      const power = add(productOf(exact.high, y), number(exact.low * y))
      return errorInPlaces(pow(x, y), expExact(power))
    })
    expect(error).toBeLessThan(0.55)
  })

  it('sin and cos are within one unit in the last place between -1000 and 1000', () => {
    const error = worst((i) => {
      const x = (spread(i) - 0.5) * (i % 2 === 0 ? 2000 : 6)
      return Math.max(errorInPlaces(sin(x), sinePair(x, 0)), errorInPlaces(cos(x), sinePair(x, 1)))
    })
    expect(error).toBeLessThan(0.85)
  })

  it('the reference itself multiplies and takes logarithms to 30 digits: e^(ln 3 + ln 7) is 21', () => {
    const product = expExact(add(logPair(number(3), Math.log(3)), logPair(number(7), Math.log(7))))
    expect(Math.abs(product.high - 21 + product.low)).toBeLessThan(1e-29)
    const square = multiply(sumOf(1, 1e-20), sumOf(1, 1e-20))
    expect(square.low).toBeCloseTo(2e-20, 30)
  })
})
