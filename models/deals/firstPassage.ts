/** Default as the first time that assets fall to a barrier, the structural challenger to the cash-flow trigger. */
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf, normalPdf } from '../../sim/kernel/maths/normal.ts'

/**
 * Probability that assets end below the barrier, N(-(log(V / B) + (mu - sigma² / 2) T) / (sigma sqrt(T))).
 * Source: Merton, J. Finance 29 (1974).
 *
 * @param assets USD today
 * @param barrier USD
 * @param drift mu, expected growth of assets, 1/year
 * @param volatility sigma, per square root of a year
 * @param years horizon
 */
export function terminalDefaultProbability(
  assets: number,
  barrier: number,
  drift: number,
  volatility: number,
  years: number,
): number {
  const spread = volatility * Math.sqrt(years)
  const distance = log(assets / barrier) + (drift - 0.5 * volatility * volatility) * years
  if (spread === 0) return distance < 0 ? 1 : 0
  return normalCdf(-distance / spread)
}

/**
 * Probability that assets, watched without pause, touch the barrier by the horizon. Arguments as terminalDefaultProbability.
 * Source: Black and Cox, J. Finance 31 (1976); Harrison, Brownian Motion and Stochastic Flow Systems (1985), section 1.8.
 * A barrier watched every h years is one moved to B exp(-0.5826 sigma sqrt(h)) and watched without pause
 * (Broadie, Glasserman and Kou, Mathematical Finance 7, 1997).
 */
export function firstPassageProbability(
  assets: number,
  barrier: number,
  drift: number,
  volatility: number,
  years: number,
): number {
  if (assets <= barrier) return 1
  const spread = volatility * Math.sqrt(years)
  const height = log(assets / barrier)
  const trend = (drift - 0.5 * volatility * volatility) * years
  if (spread === 0) return height + trend <= 0 ? 1 : 0
  const direct = (-height - trend) / spread
  const mirrored = (-height + trend) / spread
  return Math.min(1, normalCdf(direct) + reflected(direct, mirrored))
}

/**
 * exp((mirrored² - direct²) / 2) N(mirrored): the paths that touch and come back. Far in the tail the exponential overflows while N vanishes,
 * so there Mills' ratio is expanded instead (Abramowitz and Stegun 26.2.12).
 */
function reflected(direct: number, mirrored: number): number {
  if (mirrored > -30) return exp(0.5 * (mirrored - direct) * (mirrored + direct)) * normalCdf(mirrored)
  const square = mirrored * mirrored
  const mills = (1 - (1 - (3 - 15 / square) / square) / square) / -mirrored
  return normalPdf(direct) * mills
}
