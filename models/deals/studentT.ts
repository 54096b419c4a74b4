/** Student's t as an integral over the half angle, which needs neither the gamma function nor a series. */
import { pow } from '../../sim/kernel/maths/elementary.ts'
import { gaussLegendre, type QuadratureRule } from '../../sim/kernel/maths/quadrature.ts'
import { bisect } from '../../sim/kernel/maths/solve.ts'

/**
 * Unnormalised density of t over v, where t = sqrt(nu) tan(theta) and tan(theta / 2) = 1 - v², for t from 0 (v = 1) to infinity (v = 0).
 * It vanishes as v^(2 nu - 1), which is smooth enough for Gauss's rule at every nu above 2. Source: t = sqrt(nu) tan(theta), with cos^(nu - 1).
 */
export function halfAngleDensity(v: number, nu: number): number {
  const y = 1 - v * v
  const square = y * y
  return (pow((v * v * (1 + y)) / (1 + square), nu - 1) * 4 * v) / (1 + square)
}

/** The t that belongs to v in (0, 1]. */
export function studentOfHalfAngle(v: number, nu: number): number {
  const y = 1 - v * v
  return (Math.sqrt(nu) * 2 * y) / (v * v * (1 + y))
}

const rule: QuadratureRule = gaussLegendre(64)

/** Integral of the half-angle density from 0 to `v`; its value at 1 is half of the whole mass. */
export function halfAngleMass(v: number, nu: number): number {
  let sum = 0
  for (let i = 0; i < rule.nodes.length; i++) {
    sum += rule.weights[i] * halfAngleDensity(0.5 * v * (1 + rule.nodes[i]), nu)
  }
  return 0.5 * v * sum
}

/**
 * P(T <= t) of Student's t, to 1e-13 relative in the lower tail. Source: Abramowitz and Stegun 26.7.1.
 *
 * @param t finite
 * @param nu degrees of freedom, above 2
 * @param half halfAngleMass(1, nu), worked out once by the caller
 */
export function studentCdf(t: number, nu: number, half: number): number {
  const slope = Math.abs(t) / Math.sqrt(nu)
  const hypotenuse = Math.sqrt(1 + slope * slope)
  // 1 - tan(theta / 2), written so that it keeps its digits in the tail.
  const v = Math.sqrt(2 / (1 + slope + hypotenuse))
  const tail = (0.5 * halfAngleMass(v, nu)) / half
  return t > 0 ? 1 - tail : tail
}

/** Quantile p of Student's t, bisected; arguments as studentCdf, p strictly between 0 and 1. */
export function studentQuantile(p: number, nu: number, half: number): number {
  if (p > 0.5) return -studentQuantile(1 - p, nu, half)
  let low = -1
  while (studentCdf(low, nu, half) > p) low *= 2
  return bisect((t) => studentCdf(t, nu, half) - p, low, 0)
}
