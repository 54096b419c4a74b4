/** Interval of a mean whose values lean to one side, as losses do: Student's would cut the long side short. */
import { pow } from '../kernel/maths/elementary.ts'
import { requireCount, requireFinite, requireOpenProbability } from './checks.ts'
import { studentMultiplier } from './student.ts'
import { compensatedMean, compensatedSum } from './summation.ts'

export interface SkewedMean {
  readonly mean: number
  readonly standardError: number
  readonly lower: number
  readonly upper: number
}

/**
 * Mean of independent values with an asymptotic interval corrected for their skewness: the studentised mean is made normal by
 * a cubic and the ends are read back through its inverse. Both one-sided errors are then of order 1/n instead of 1/sqrt(n).
 * Source: Hall (1992), "On the removal of skewness by transformation", Journal of the Royal Statistical Society B 54, g1.
 * @param degreesOfFreedom of Student's multiplier that stands in for the normal one; fewer than n - 1 where only some values
 * tell anything, such as the paths of a tail.
 * @throws RangeError when there are fewer than two values, one is not finite, or degreesOfFreedom is below 1.
 */
export function skewedMeanWithInterval(
  values: ArrayLike<number>,
  confidence: number,
  degreesOfFreedom: number = values.length - 1,
): SkewedMean {
  requireFinite(values, 'values')
  requireOpenProbability(confidence, 'confidence')
  const count = values.length
  requireCount(count, 'number of values', 2)
  requireCount(degreesOfFreedom, 'degrees of freedom', 1)
  const mean = compensatedMean(values)
  const moment = (power: (deviation: number) => number) =>
    compensatedSum(count, (i) => power((values[i] as number) - mean)) / count
  const spread = Math.sqrt(moment((d) => d * d))
  if (spread === 0) return { mean, standardError: 0, lower: mean, upper: mean }
  const skewness = moment((d) => (d / spread) * (d / spread) * (d / spread))
  const z = studentMultiplier(confidence, degreesOfFreedom)
  const scale = spread * Math.sqrt(count / (count - 1))
  const at = (t: number) => mean - scale * untransformed(t / Math.sqrt(count) - skewness / (6 * count), skewness)
  return { mean, standardError: scale / Math.sqrt(count), lower: at(z), upper: at(-z) }
}

/** The w at which w + g w^2 / 3 + g^2 w^3 / 27 = u, for skewness g. */
function untransformed(u: number, skewness: number): number {
  if (Math.abs(skewness * u) < 1e-9) return u
  const cube = 1 + skewness * u
  const root = cube < 0 ? -pow(-cube, 1 / 3) : pow(cube, 1 / 3)
  return (3 / skewness) * (root - 1)
}
