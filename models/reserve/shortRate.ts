/** The short rate that the reserve earns: CIR by default (never negative), Vasicek as its challenger. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'

/** What one step of a fixed length needs, computed once at the start of a run. */
export interface ShortRateCoefficients {
  /** Share of today's deviation that is left after the step. */
  readonly retained: number
  /** Long-run rate, 1/year. */
  readonly level: number
  /** Variance added a unit of today's rate (CIR), or 0 (Vasicek). */
  readonly varianceOfRate: number
  /** Variance added whatever today's rate, 1/year². */
  readonly variance: number
}

/**
 * Exact mean and variance of CIR, dr = a (b - r) dt + s sqrt(r) dW, over a step.
 * Source: Cox, Ingersoll and Ross, Econometrica 53 (1985), eq. 19.
 *
 * @param a mean reversion, 1/year
 * @param b long-run rate, 1/year
 * @param s volatility, 1/year per square root of a year and of a rate
 * @param years length of the step
 */
export function cirCoefficients(a: number, b: number, s: number, years: number): ShortRateCoefficients {
  const retained = exp(-a * years)
  const weight = decayIntegral(a, years)
  return {
    retained,
    level: b,
    varianceOfRate: s * s * retained * weight,
    variance: 0.5 * a * b * s * s * weight * weight,
  }
}

/**
 * Exact mean and variance of Vasicek, dr = a (b - r) dt + s dW, over a step. Source: Vasicek, J. Financial Economics 5 (1977), eq. 25-26.
 *
 * @param a mean reversion, 1/year
 * @param b long-run rate, 1/year
 * @param s volatility, 1/year per square root of a year
 * @param years length of the step
 */
export function vasicekCoefficients(a: number, b: number, s: number, years: number): ShortRateCoefficients {
  return { retained: exp(-a * years), level: b, varianceOfRate: 0, variance: s * s * decayIntegral(2 * a, years) }
}

/** Expected rate one step after `rate`, 1/year. */
export function shortRateMean(rate: number, step: ShortRateCoefficients): number {
  return step.level + (rate - step.level) * step.retained
}

/** Variance of the rate one step after `rate`, 1/year². */
export function shortRateVariance(rate: number, step: ShortRateCoefficients): number {
  return rate * step.varianceOfRate + step.variance
}

/** Exact Gaussian step of Vasicek from `rate` by the standard normal draw `z`, 1/year. */
export function vasicekStep(rate: number, step: ShortRateCoefficients, z: number): number {
  return shortRateMean(rate, step) + Math.sqrt(step.variance) * z
}

/**
 * Step of CIR by the quadratic-exponential scheme: exact mean and variance, never negative, one normal draw a step.
 * Its law is not exact in one step (that takes a noncentral chi-square draw), but a year of daily steps meets the exact quantiles.
 * Source: Andersen, Journal of Computational Finance 11 (2008), section 3.2, switching at 1.5.
 *
 * @param rate today's short rate, 1/year, at least 0
 * @param step from cirCoefficients
 * @param z standard normal draw
 * @returns rate after the step, 1/year
 */
export function cirStep(rate: number, step: ShortRateCoefficients, z: number): number {
  const mean = shortRateMean(rate, step)
  const variance = shortRateVariance(rate, step)
  if (variance === 0 || mean * mean === 0) return mean
  const dispersion = variance / (mean * mean)
  // Below 1e-15 the quadratic is the normal to the last digit, and far below its inverse overflows.
  if (dispersion < 1e-15) return mean + Math.sqrt(variance) * z
  if (dispersion <= 1.5) {
    const inverse = 2 / dispersion
    const shift = inverse - 1 + Math.sqrt(inverse * (inverse - 1))
    const root = Math.sqrt(shift) + z
    return (mean / (1 + shift)) * root * root
  }
  const atZero = (dispersion - 1) / (dispersion + 1)
  const survival = normalCdf(-z)
  return survival >= 1 - atZero ? 0 : (mean * log((1 - atZero) / survival)) / (1 - atZero)
}
