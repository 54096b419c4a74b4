/** Student's t distribution, for intervals of means. */
import { requireOpenProbability } from './checks.ts'
import { incompleteBeta, inverseIncompleteBeta } from './specialFunctions.ts'

/**
 * P(T <= t) for Student's t with the given degrees of freedom (Abramowitz and Stegun 26.7.1).
 * @throws RangeError when t is NaN or degreesOfFreedom is not above 0.
 */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom)
  if (Number.isNaN(t)) throw new RangeError('invalid t: NaN; a number wanted')
  if (t === 0) return 0.5
  const square = t * t
  if (square === Infinity) return t > 0 ? 1 : 0
  const sum = degreesOfFreedom + square
  const tail = 0.5 * incompleteBeta(degreesOfFreedom / sum, degreesOfFreedom / 2, 0.5, square / sum)
  return t > 0 ? 1 - tail : tail
}

/**
 * The t at which P(T <= t) = p.
 * @throws RangeError unless 0 < p < 1 and degreesOfFreedom > 0.
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom)
  requireOpenProbability(p, 'probability')
  if (p === 0.5) return 0
  const tail = p < 0.5 ? p : 1 - p
  const { x, y } = inverseIncompleteBeta(2 * tail, degreesOfFreedom / 2, 0.5)
  const magnitude = Math.sqrt((degreesOfFreedom * y) / x)
  return p < 0.5 ? -magnitude : magnitude
}

/** Half-width of a two-sided interval in standard errors: the (1 + confidence)/2 quantile of Student's t. */
export function studentMultiplier(confidence: number, degreesOfFreedom: number): number {
  requireOpenProbability(confidence, 'confidence')
  return -studentQuantile((1 - confidence) / 2, degreesOfFreedom)
}

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new RangeError(`invalid degrees of freedom: ${degreesOfFreedom}; above 0 and finite wanted`)
  }
}
