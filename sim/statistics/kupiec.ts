/** Whether a value at risk was exceeded as often as it said it would be. */
import { log } from '../kernel/maths/elementary.ts'
import { normalCdf } from '../kernel/maths/normal.ts'
import { requireCount, requireOpenProbability } from './checks.ts'

export interface KupiecTest {
  /** Likelihood ratio, chi-square with one degree of freedom if the forecast is right. */
  readonly statistic: number
  readonly pValue: number
}

/**
 * Kupiec's proportion-of-failures test: `exceptions` of `observations` days lost more than a value at risk that should be
 * exceeded with probability p. Source: Kupiec (1995), Journal of Derivatives 3.
 * @throws RangeError unless 0 <= exceptions <= observations and 0 < p < 1.
 */
export function kupiec(exceptions: number, observations: number, p: number): KupiecTest {
  requireCount(observations, 'number of observations', 1)
  requireCount(exceptions, 'number of exceptions', 0, observations)
  requireOpenProbability(p, 'exception probability')
  const share = exceptions / observations
  const kept = observations - exceptions
  const hits = exceptions === 0 ? 0 : exceptions * log(share / p)
  const misses = kept === 0 ? 0 : kept * log((1 - share) / (1 - p))
  const statistic = Math.max(0, 2 * (hits + misses))
  return { statistic, pValue: 2 * normalCdf(-Math.sqrt(statistic)) }
}
