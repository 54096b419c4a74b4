/**
 * Products of expectations from simulated paths, free of the noise of the simulation.
 *
 * The square of a mean of n noisy paths exceeds the square of the expectation by the noise's variance over n. A product of
 * two different paths does not: each path is simulated by itself, so E[x_p y_q] = E[x] E[y] for p ≠ q. The mean over all
 * pairs of different paths is the unbiased estimate with the smallest variance (Hoeffding 1948, Annals of Mathematical
 * Statistics 19). What was simulated on the same luck stays paired, path by path.
 */

/** Mean of a column of one number a path. */
export function pathMean(x: Float64Array): number {
  let sum = 0
  for (let p = 0; p < x.length; p++) sum += x[p]
  return sum / x.length
}

/** Mean over paths of x y: the product within each path. */
export function meanProduct(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let p = 0; p < x.length; p++) sum += x[p] * y[p]
  return sum / x.length
}

/**
 * Estimate of E[x] E[y] from columns of one number a path, on the same paths. A single path is taken to be without noise, a
 * plain function.
 */
export function expectationProduct(x: Float64Array, y: Float64Array): number {
  const n = x.length
  const product = pathMean(x) * pathMean(y)
  return n > 1 ? (n * product - meanProduct(x, y)) / (n - 1) : product
}

/** Estimate of the square of a mean from independent terms, as the mean product of two different terms. */
export function squareOfMean(sum: number, squares: number, count: number): number {
  return (sum * sum - squares) / (count * (count - 1))
}
