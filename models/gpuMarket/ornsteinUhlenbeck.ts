/** Log rents wander around the obsolescence curve and are pulled back to it: an Ornstein-Uhlenbeck deviation, stepped exactly. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'

export interface OrnsteinUhlenbeckCoefficients {
  /** Share of today's deviation that is left after the step. */
  readonly a: number
  /** Standard deviation added by the step, log points. */
  readonly sd: number
  /** Standard deviation in the long run, log points; Infinity without mean reversion. */
  readonly stationarySd: number
}

/**
 * Coefficients of the exact step of dY = -kappa Y dt + sigma dW, for any length of step; kappa = 0 gives Brownian motion.
 * Source: Uhlenbeck and Ornstein, Physical Review 36 (1930); Glasserman, Monte Carlo Methods in Financial Engineering, section 3.3.1.
 *
 * @param kappa mean reversion, 1/year, at least 0
 * @param sigma volatility, log points per square root of a year, at least 0
 * @param years length of the step
 */
export function ouCoefficients(kappa: number, sigma: number, years: number): OrnsteinUhlenbeckCoefficients {
  return {
    a: exp(-kappa * years),
    sd: Math.sqrt(ouVariance(kappa, sigma, years)),
    stationarySd: sigma === 0 ? 0 : sigma / Math.sqrt(2 * kappa),
  }
}

/** Variance of Y after `years` from a known start, sigma² (1 - exp(-2 kappa t)) / (2 kappa), log points². */
export function ouVariance(kappa: number, sigma: number, years: number): number {
  return sigma * sigma * decayIntegral(2 * kappa, years)
}

/** One exact step: `a` and `sd` from ouCoefficients, `z` a standard normal draw. @returns the deviation after the step, log points */
export function ouStep(y: number, a: number, sd: number, z: number): number {
  return a * y + sd * z
}

/**
 * Log of the factor by which compound Poisson jumps of normal size, each decaying at kappa from its arrival, raise E[exp Y]:
 * intensity times the integral of exp(u m + u² s² / 2) - 1, u = exp(-kappa age), over ages from 0 to `years`.
 * It is subtracted from the curve so that compensated jumps leave the mean rent where it was. With kappa = 0, years = 1 and
 * intensity = 1 it is the compensator exp(m + s² / 2) - 1 of Merton, J. Financial Economics 3 (1976).
 * The integrand is expanded in powers of u (an entire function, so the sum converges for every size) and integrated term by term.
 * Source: Duffie, Pan and Singleton, Econometrica 68 (2000), section 2.
 *
 * @param kappa mean reversion, 1/year, at least 0
 * @param intensity jumps a year
 * @param jumpMean mean size of a jump, log points
 * @param jumpSd standard deviation of the size, log points
 * @param years horizon, finite
 * @returns log points
 */
export function jumpLogFactor(
  kappa: number,
  intensity: number,
  jumpMean: number,
  jumpSd: number,
  years: number,
): number {
  const jumpVariance = jumpSd * jumpSd
  let beforeLast = 0
  let last = 1
  let sum = 0
  for (let n = 1; n <= 1000; n++) {
    const coefficient = (jumpMean * last + jumpVariance * beforeLast) / n
    const term = coefficient * decayIntegral(n * kappa, years)
    sum += term
    // One coefficient can vanish by chance or by symmetry (jumpMean = 0), two in a row cannot.
    if (Math.abs(term) + Math.abs(last) * years <= 1e-18 * Math.abs(sum)) break
    if (coefficient === 0 && last === 0) break
    beforeLast = last
    last = coefficient
  }
  return intensity * sum
}

/**
 * Moments of the deviation with jumps after `years`, from y0: the mean of exp Y, and the mean and variance of Y.
 * Source: as ouCoefficients and jumpLogFactor; the variance is (sigma² + intensity (m² + s²)) (1 - exp(-2 kappa t)) / (2 kappa).
 *
 * @param y0 deviation at the start, log points
 * @param kappa mean reversion, 1/year
 * @param sigma volatility, log points per square root of a year
 * @param intensity jumps a year
 * @param jumpMean mean size of a jump, log points
 * @param jumpSd standard deviation of the size, log points
 * @param years horizon
 */
export function ouJumpMoments(
  y0: number,
  kappa: number,
  sigma: number,
  intensity: number,
  jumpMean: number,
  jumpSd: number,
  years: number,
): { meanExp: number; mean: number; variance: number } {
  const left = y0 * exp(-kappa * years)
  const diffusion = ouVariance(kappa, sigma, years)
  const jumps = intensity * (jumpMean * jumpMean + jumpSd * jumpSd) * decayIntegral(2 * kappa, years)
  return {
    meanExp: exp(left + diffusion / 2 + jumpLogFactor(kappa, intensity, jumpMean, jumpSd, years)),
    mean: left + intensity * jumpMean * decayIntegral(kappa, years),
    variance: diffusion + jumps,
  }
}
