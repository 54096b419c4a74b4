/** Wrong-way risk: the rents that make borrowers default are the rents that make their machines worth little. */
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { bivariateNormalCdf, normalCdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { conditionalDefaultProbability } from './vasicek.ts'

/**
 * E[(1 - S)+] for a lognormal S of the given mean and log-volatility: a put struck at par, undiscounted.
 * Source: Black, J. Financial Economics 3 (1976).
 */
function expectedShortage(mean: number, volatility: number): number {
  if (volatility === 0 || mean === 0) return Math.max(0, 1 - mean)
  const upper = (volatility * volatility * 0.5 - log(mean)) / volatility
  return normalCdf(upper) - mean * normalCdf(upper - volatility)
}

/**
 * Expected loss of a large portfolio, per unit of debt, given the common factor z (good = positive): probability of default times loss given
 * default, both falling in z. Collateral per unit of debt is coverage exp(s (w Z + sqrt(1 - w²) e) - s² / 2).
 * Source: Frye, Risk 13/11 (2000), with lognormal collateral (Pykhtin, Risk 16/8, 2003).
 *
 * @param threshold normal quantile of the probability of default
 * @param rho correlation of latent assets, 0 to 1
 * @param coverage collateral per unit of debt after the forced-sale haircut
 * @param volatility s, of the log of the collateral value
 * @param loading w, of the collateral on the common factor, 0 to 1
 * @param z common factor
 */
export function conditionalLoss(
  threshold: number,
  rho: number,
  coverage: number,
  volatility: number,
  loading: number,
  z: number,
): number {
  const common = volatility * loading
  const own = volatility * Math.sqrt((1 - loading) * (1 + loading))
  const mean = coverage * exp(common * z - 0.5 * common * common)
  return conditionalDefaultProbability(threshold, rho, z) * expectedShortage(mean, own)
}

/** Expected loss if collateral and default were independent. Arguments as expectedLoss. */
export function independentLoss(pd: number, coverage: number, volatility: number): number {
  return pd * expectedShortage(coverage, volatility)
}

/**
 * Expected loss, in closed form: default and a shortage of collateral are two corners of one bivariate normal of correlation sqrt(rho) w,
 * N2(a, d; r) - C N2(a - r s, d - s; r) with a = G(pd) and d = (s² / 2 - log C) / s.
 * Source: Pykhtin (2003).
 *
 * @param pd probability of default
 * @param rho correlation of latent assets, 0 to 1
 * @param coverage collateral per unit of debt after the forced-sale haircut
 * @param volatility of the log of the collateral value
 * @param loading of the collateral on the common factor, 0 to 1
 * @returns per unit of debt
 */
export function expectedLoss(pd: number, rho: number, coverage: number, volatility: number, loading: number): number {
  const joint = Math.sqrt(rho) * loading
  if (pd === 0 || pd === 1 || volatility === 0 || coverage === 0 || joint === 0) {
    return independentLoss(pd, coverage, volatility)
  }
  const threshold = normalQuantile(pd)
  const shortage = (volatility * volatility * 0.5 - log(coverage)) / volatility
  const debt = bivariateNormalCdf(threshold, shortage, joint)
  const collateral = bivariateNormalCdf(threshold - joint * volatility, shortage - volatility, joint)
  return debt - coverage * collateral
}

/**
 * Quantile q of the loss of a large portfolio: the loss falls in the common factor, so it is the loss at the factor's quantile 1 - q.
 * Arguments as expectedLoss. @returns per unit of debt
 */
export function lossQuantile(
  pd: number,
  rho: number,
  coverage: number,
  volatility: number,
  loading: number,
  q: number,
): number {
  return conditionalLoss(normalQuantile(pd), rho, coverage, volatility, loading, -normalQuantile(q))
}
