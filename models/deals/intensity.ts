/** From a probability of default a year to a hazard a day, and the hazard that falls when rents are good. */
import { exp, expm1, log1p } from '../../sim/kernel/maths/elementary.ts'
import { normalPdf } from '../../sim/kernel/maths/normal.ts'
import { gaussLegendre, integrate } from '../../sim/kernel/maths/quadrature.ts'
import { bisect } from '../../sim/kernel/maths/solve.ts'

const rule = gaussLegendre(20)

/** Constant hazard with the given probability of default in a year, -log(1 - pd), 1/year; Infinity at pd = 1. */
export function defaultIntensity(annualProbability: number): number {
  return -log1p(-annualProbability)
}

/** Probability of default over `years` at a constant hazard, 1 - exp(-hazard years). */
export function defaultProbability(intensity: number, years: number): number {
  return years === 0 ? 0 : -expm1(-intensity * years)
}

/** Mean over the common factor Z of 1 - exp(-base exp(-sensitivity Z) years). */
function meanProbability(base: number, sensitivity: number, years: number): number {
  return integrate((z) => defaultProbability(base * exp(-sensitivity * z), years) * normalPdf(z), -9, 9, rule, 12)
}

/**
 * Base hazard of an overlay hazard base exp(-sensitivity Z), Z standard normal and fixed over the horizon, whose mean probability of default
 * is the stated one. It does not nest the Gaussian copula: its tail is heavier. Source: Cox process of Lando, Review of Derivatives Research 2 (1998).
 *
 * @param probability of default over the horizon, 0 to below 1
 * @param sensitivity of the log hazard to the common factor, at least 0
 * @param years horizon, above 0
 * @returns base hazard, 1/year
 */
export function overlayBaseIntensity(probability: number, sensitivity: number, years: number): number {
  if (probability === 0) return 0
  const excess = (base: number) => meanProbability(base, sensitivity, years) - probability
  let high = 1 / years
  while (excess(high) < 0) high *= 2
  return bisect(excess, 0, high)
}
