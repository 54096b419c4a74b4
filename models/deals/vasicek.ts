/** Losses of a large portfolio whose borrowers share one factor: the limit that the simulation must hit, never the reserve itself. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { bivariateNormalCdf, normalCdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { gaussLegendre, integrate } from '../../sim/kernel/maths/quadrature.ts'

const rule = gaussLegendre(20)

/**
 * Probability of default given the common factor: N((G(pd) - sqrt(rho) z) / sqrt(1 - rho)).
 * Source: Vasicek, Risk 15/12 (2002), eq. 3.
 *
 * @param threshold G(pd), the normal quantile of the probability of default (may be infinite)
 * @param rho correlation of latent assets, 0 to 1
 * @param z common factor, good = positive
 */
export function conditionalDefaultProbability(threshold: number, rho: number, z: number): number {
  if (rho >= 1) return z < threshold ? 1 : 0
  return normalCdf((threshold - Math.sqrt(rho) * z) / Math.sqrt(1 - rho))
}

/** Quantile q of the defaulted share. Source: Vasicek (2002), eq. 6; at rho = 1 the share is 0 or 1. */
export function vasicekQuantile(pd: number, rho: number, q: number): number {
  if (rho >= 1) return q > 1 - pd ? 1 : 0
  return conditionalDefaultProbability(normalQuantile(pd), rho, -normalQuantile(q))
}

/**
 * Expected shortfall of the defaulted share beyond its quantile q, N2(G(pd), -G(q); sqrt(rho)) / (1 - q).
 * Source: Acerbi and Tasche, J. Banking and Finance 26 (2002), for Vasicek's distribution.
 */
export function vasicekExpectedShortfall(pd: number, rho: number, q: number): number {
  if (pd === 0 || pd === 1) return pd
  if (rho <= 0) return pd
  if (rho >= 1) return Math.min(1, pd / (1 - q))
  return bivariateNormalCdf(normalQuantile(pd), -normalQuantile(q), Math.sqrt(rho)) / (1 - q)
}

/**
 * Standard deviation of the defaulted share, sqrt(N2(G, G; rho) - pd²) with G = G(pd). Taken as the integral of the bivariate density over
 * the correlation (Plackett, Biometrika 41, 1954), which keeps its digits where rho is small and the difference would cancel;
 * the correlation is 2 u / (1 + u²), so the integrand is smooth up to rho = 1.
 */
export function vasicekSd(pd: number, rho: number): number {
  if (pd === 0 || pd === 1) return 0
  const threshold = normalQuantile(pd)
  const end = rho / (1 + Math.sqrt((1 - rho) * (1 + rho)))
  const density = (u: number) => {
    const square = 1 + u * u
    return exp((-threshold * threshold * square) / ((1 + u) * (1 + u))) / square
  }
  return Math.sqrt(integrate(density, 0, end, rule, 4) / Math.PI)
}

/**
 * Expected loss of the tranche from 0 to `detachment`, E[min(L, K)] = pd - N2(-G(K), G(pd); -sqrt(1 - rho)).
 * Source: Vasicek (2002); Andersen and Sidenius, J. Credit Risk 1 (2005).
 *
 * @param pd probability of default
 * @param rho correlation of latent assets, 0 to 1
 * @param detachment K, share of the portfolio, 0 to 1
 * @returns share of the portfolio
 */
export function trancheExpectedLoss(pd: number, rho: number, detachment: number): number {
  if (pd === 0 || pd === 1) return pd * detachment
  if (rho <= 0) return Math.min(pd, detachment)
  if (rho >= 1) return pd * detachment
  if (detachment <= 0) return 0
  if (detachment >= 1) return pd
  return pd - bivariateNormalCdf(-normalQuantile(detachment), normalQuantile(pd), -Math.sqrt(1 - rho))
}
