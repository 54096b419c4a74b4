/** What a sure dollar at a later date is worth today under the two short-rate models. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp, expm1, log1p } from '../../sim/kernel/maths/elementary.ts'

/**
 * Zero-coupon bond under Vasicek, dr = a (b - r) dt + s dW. Source: Vasicek, Journal of Financial Economics 5 (1977), eq. 27.
 *
 * @param a mean reversion, 1/year, at least 0
 * @param b long-run rate, 1/year
 * @param s volatility, 1/year per square root of a year
 * @param r0 short rate today, 1/year
 * @param years to maturity
 * @returns price of one dollar
 */
export function vasicekBond(a: number, b: number, s: number, r0: number, years: number): number {
  const loading = decayIntegral(a, years)
  const convexity = 0.5 * s * s * squaredLoading(a, years)
  return exp(-r0 * loading - b * (years - loading) + convexity)
}

/** Integral of ((1 - exp(-a u)) / a)^2 over u from 0 to `years`; a series near a = 0, where the closed form cancels. */
function squaredLoading(a: number, years: number): number {
  const x = a * years
  if (x > 0.5) return (years - 2 * decayIntegral(a, years) + decayIntegral(2 * a, years)) / (a * a)
  let sum = 0
  let power = 1 / 2
  let doubling = 2
  for (let n = 3; n <= 24; n++) {
    power *= (n === 3 ? 1 : -x) / n
    doubling *= 2
    sum += power * (doubling - 2)
  }
  return sum * years * years * years
}

/**
 * Zero-coupon bond under CIR, dr = a (b - r) dt + s sqrt(r) dW. Source: Cox, Ingersoll and Ross, Econometrica 53 (1985), eq. 23,
 * rearranged so that neither s = 0 nor a = 0 divides by zero.
 *
 * @param a mean reversion, 1/year, at least 0
 * @param b long-run rate, 1/year, at least 0
 * @param s volatility, 1/year per square root of a year and of a rate
 * @param r0 short rate today, 1/year, at least 0
 * @param years to maturity
 * @returns price of one dollar
 */
export function cirBond(a: number, b: number, s: number, r0: number, years: number): number {
  const h = Math.sqrt(a * a + 2 * s * s)
  if (h === 0) return exp(-r0 * years)
  const excess = (s * s) / (h + a)
  const decayed = -expm1(-h * years)
  const y = (excess * decayed) / h
  const loading = decayed / h / (1 - y)
  const drift = ((2 * a * b) / (h + a)) * (years + (decayed / h) * logRatio(y))
  return exp(-drift - loading * r0)
}

/** log(1 - y) / y, whose limit at y = 0 is -1. */
function logRatio(y: number): number {
  return y === 0 ? -1 : log1p(-y) / y
}
