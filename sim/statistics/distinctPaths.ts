/**
 * Products of expectations from simulated paths, free of the noise of the simulation.
 *
 * The square of a mean of n noisy paths exceeds the square of the expectation by the noise's variance over n. A product of
 * two different paths does not: each path is simulated by itself, so E[x_p y_q] = E[x] E[y] for p ≠ q. The mean over all
 * pairs of different paths is the unbiased estimate with the smallest variance (Hoeffding 1948, Annals of Mathematical
 * Statistics 19). What was simulated on the same luck stays paired, path by path.
 */
import { requireCount } from './checks.ts'

/** How often each path counts, and the number of pairs of different paths. */
export interface PathWeights {
  readonly weights: Float64Array
  /** Sum of the weights. */
  readonly total: number
  /** total² less the squares of the weights: pairs of different paths. */
  readonly pairs: number
}

/** @throws RangeError when there are no paths. */
export function pathWeights(weights: Float64Array): PathWeights {
  requireCount(weights.length, 'number of paths', 1)
  let total = 0
  let squares = 0
  for (const weight of weights) {
    total += weight
    squares += weight * weight
  }
  return { weights, total, pairs: total * total - squares }
}

/** Weighted sum of a column over paths. */
export function pathSum({ weights }: PathWeights, x: Float64Array): number {
  let sum = 0
  for (let p = 0; p < weights.length; p++) sum += weights[p] * x[p]
  return sum
}

/**
 * Estimate of E[x] E[y] from columns of one number a path. A single path is taken to be without noise, a plain function.
 * Where resampling has left one path alone, the pairs are gone and the product of the means is all that is left.
 */
export function expectationProduct(luck: PathWeights, x: Float64Array, y: Float64Array): number {
  const { weights, total, pairs } = luck
  let sumX = 0
  let sumY = 0
  let own = 0
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p]
    const wx = weight * x[p]
    const wy = weight * y[p]
    sumX += wx
    sumY += wy
    own += wx * wy
  }
  return pairs > 0 ? (sumX * sumY - own) / pairs : (sumX / total) * (sumY / total)
}

/** Weighted mean over paths of x y: the product within each path. */
export function meanProduct({ weights, total }: PathWeights, x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let p = 0; p < weights.length; p++) sum += weights[p] * x[p] * y[p]
  return sum / total
}
