/** How much a way of simulating gains: the time that plain simulation needs for an error over the time that it needs itself. */
import { exp, log } from '../kernel/maths/elementary.ts'
import { normalQuantile } from '../kernel/maths/normal.ts'
import { requireOpenProbability } from './checks.ts'

export interface Cost {
  readonly variancePerPath: number
  readonly logVarianceError: number
  /** Of one path. */
  readonly seconds: number
}

export interface Gain {
  /** Above 1 the method is faster. */
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/**
 * (variance × seconds of plain simulation) / (variance × seconds of the method), both of one path: an error falls as the root of
 * paths, so the ratio is that of times to the same error (J. M. Hammersley and D. C. Handscomb, Monte Carlo Methods, 1964, 5.1). The
 * interval is normal in the log, for the error of both variances; seconds count as known.
 * @returns null where a variance is 0, such as that of an event that no path showed
 */
export function gainOf(plain: Cost, method: Cost, confidence: number): Gain | null {
  requireOpenProbability(confidence, 'confidence')
  if (!(plain.variancePerPath > 0 && method.variancePerPath > 0)) return null
  const ratio = log(plain.variancePerPath / method.variancePerPath) + log(plain.seconds / method.seconds)
  const error = Math.sqrt(
    plain.logVarianceError * plain.logVarianceError + method.logVarianceError * method.logVarianceError,
  )
  const half = -normalQuantile((1 - confidence) / 2) * error
  return { value: exp(ratio), lower: exp(ratio - half), upper: exp(ratio + half) }
}
