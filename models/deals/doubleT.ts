/** The one-factor model with fat tails: factor and own luck are both Student's t, so that bad years come together. */
import { integrateAdaptively } from '../../sim/kernel/maths/quadrature.ts'
import { findRoot } from '../../sim/kernel/maths/solve.ts'
import { halfAngleDensity, halfAngleMass, studentCdf, studentOfHalfAngle, studentQuantile } from './studentT.ts'

/**
 * Default threshold of the latent asset X = sqrt(rho) M + sqrt(1 - rho) E, M and E independent Student's t scaled to unit variance:
 * the k with P(X < k) = pd, by quadrature over M and a root. Source: Hull and White, J. Derivatives 12/2 (2004).
 *
 * @param pd probability of default, 0 to 1
 * @param rho correlation of latent assets, 0 to 1
 * @param nu degrees of freedom of both, above 2
 * @returns threshold in standard deviations; infinite at pd = 0 and 1
 */
export function doubleTThreshold(pd: number, rho: number, nu: number): number {
  if (pd === 0) return -Infinity
  if (pd === 1) return Infinity
  if (pd > 0.5) return -doubleTThreshold(1 - pd, rho, nu)
  const half = halfAngleMass(1, nu)
  const unit = Math.sqrt((nu - 2) / nu)
  if (rho <= 0 || rho >= 1) return unit * studentQuantile(pd, nu, half)
  const excess = (k: number) => probabilityBelow(k, rho, nu, half, pd) - pd
  let low = -1
  while (excess(low) > 0) low *= 2
  return unit * findRoot(excess, low, 1)
}

/** P(sqrt(rho) M + sqrt(1 - rho) E < k) for unscaled t variables, to 1e-11 of `scale`. */
function probabilityBelow(k: number, rho: number, nu: number, half: number, scale: number): number {
  const load = Math.sqrt(rho)
  const own = Math.sqrt(1 - rho)
  const integrand = (v: number) => {
    const m = load * studentOfHalfAngle(v, nu)
    const both = studentCdf((k - m) / own, nu, half) + studentCdf((k + m) / own, nu, half)
    return halfAngleDensity(v, nu) * both
  }
  return integrateAdaptively(integrand, 0, 1, 1e-11 * scale * half) / (2 * half)
}

/**
 * Quantile q of the defaulted share of a large portfolio. Arguments as doubleTThreshold.
 * Source: Hull and White (2004), with the share given the factor at the factor's quantile 1 - q.
 *
 * @param threshold of doubleTThreshold, in standard deviations
 * @param q strictly between 0 and 1
 */
export function doubleTQuantile(pd: number, rho: number, nu: number, threshold: number, q: number): number {
  if (pd === 0 || pd === 1 || rho <= 0) return pd
  if (rho >= 1) return q > 1 - pd ? 1 : 0
  const half = halfAngleMass(1, nu)
  const factor = studentQuantile(1 - q, nu, half)
  const limit = threshold / Math.sqrt((nu - 2) / nu)
  return studentCdf((limit - Math.sqrt(rho) * factor) / Math.sqrt(1 - rho), nu, half)
}
