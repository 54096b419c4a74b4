/** What a customer pays who fixes the rent for some months: the average of the rents expected until then. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { gaussLegendre } from '../../sim/kernel/maths/quadrature.ts'
import { ouVariance } from './ornsteinUhlenbeck.ts'

const monthsPerYear = 12
const rule = gaussLegendre(20)
/** A panel spans this many e-foldings of the integrand; twenty nodes then leave less than 1e-12. */
const foldingsPerPanel = 3
/** After this many reversion times the deviation is forgotten to the last bit, and the rest of the integral is elementary. */
const reversionsToForget = 40

/**
 * Rent of a contract: the mean over its term of the expected spot rent, level exp(-decline s) E[exp Y(s)], where the log deviation starts
 * at y0 and follows an Ornstein-Uhlenbeck process. No risk premium; the mean of exp Y is not taken out of the curve.
 * Source: expectations hypothesis of forward prices, with E[exp Y] as in Schwartz, J. Finance 52 (1997), eq. 9.
 *
 * @param level of the obsolescence curve today, USD/GPU-hour
 * @param decline of the curve, 1/year
 * @param kappa mean reversion, 1/year, at least 0
 * @param sigma volatility, log points per square root of a year
 * @param y0 log deviation today
 * @param months term; 0 gives the spot rent
 * @returns USD/GPU-hour
 */
export function contractRent(
  level: number,
  decline: number,
  kappa: number,
  sigma: number,
  y0: number,
  months: number,
): number {
  const term = months / monthsPerYear
  if (term === 0) return level * exp(y0)
  const remembered = Math.min(term, reversionsToForget / kappa)
  const foldings = (kappa + Math.abs(decline) + 0.5 * sigma * sigma) * remembered
  const panels = Math.max(1, Math.ceil(foldings / foldingsPerPanel))
  const half = remembered / (2 * panels)
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < rule.nodes.length; i++) {
      const ahead = half * (2 * panel + 1 + rule.nodes[i])
      const deviation = y0 * exp(-kappa * ahead) + 0.5 * ouVariance(kappa, sigma, ahead)
      sum += rule.weights[i] * exp(deviation - decline * ahead)
    }
  }
  sum *= half
  if (remembered < term) {
    const settled = exp((0.25 * sigma * sigma) / kappa - decline * remembered)
    sum += settled * decayIntegral(decline, term - remembered)
  }
  return (level * sum) / term
}
