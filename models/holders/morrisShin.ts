/** The currency-attack game with public and private information: how noise in what holders know moves the threshold. */
import { InputError } from '../../sim/kernel/errors.ts'
import { normalCdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { findRoot } from '../../sim/kernel/maths/solve.ts'
import { pi } from '../../sim/kernel/maths/trigonometric.ts'

/**
 * The fundamental theta below which the run succeeds: the solution of theta = N(alpha / sqrt(beta) (theta - y -
 * sqrt(alpha + beta) / alpha N^-1(t))). As beta grows it tends to 1 - t.
 * Source: Morris and Shin, Rethinking Multiple Equilibria in Macroeconomic Modeling, NBER Macroeconomics Annual 15
 * (2000).
 * @param y public signal
 * @param alpha precision of the public signal, above 0
 * @param beta precision of the private signal, above 0
 * @param t cost of running as a share of what success pays, strictly within 0..1
 * @throws InputError where alpha / sqrt(beta) exceeds sqrt(2 pi): public news then lets several thresholds stand.
 */
export function morrisShin(y: number, alpha: number, beta: number, t: number): number {
  if (!(alpha > 0 && beta > 0)) throw new InputError(`precisions ${alpha} and ${beta} are wrong; both above 0 is right`)
  if (!(t > 0 && t < 1)) throw new InputError(`cost t ${t} is wrong; strictly between 0 and 1 is right`)
  const publicWeight = alpha / Math.sqrt(beta)
  const largest = Math.sqrt(2 * pi)
  if (publicWeight > largest)
    throw new InputError(
      `alpha / sqrt(beta) ${publicWeight} admits several thresholds; at most sqrt(2 pi) = ${largest} is right`,
    )
  const centre = -Math.sqrt(1 + alpha / beta) * normalQuantile(t)
  const excess = (z: number): number => z - centre - publicWeight * (normalCdf(z) - y)
  return normalCdf(findRoot(excess, centre - publicWeight * y - 1, centre + publicWeight * (1 - y) + 1))
}
