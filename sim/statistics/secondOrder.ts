/**
 * Second-order reliability: what the curvature of the limit at its design point does to the probability beyond it. For smooth
 * limits without noise, in tests and scripts; no study uses it.
 * Sources: Breitung, J. Eng. Mech. 110 (1984); Hohenbichler and Rackwitz, J. Eng. Mech. 114 (1988).
 */
import { normalCdf, normalPdf } from '../kernel/maths/normal.ts'
import { type DesignPoint, gradient, type LimitState, valueAt } from './designPoint.ts'
import { symmetricEigenvalues } from './symmetricEigenvalues.ts'
import { dot, norm } from './vectors.ts'

/**
 * Principal curvatures of the limit surface at a design point, ascending; positive where the safe side is curved around the
 * origin. One fewer than there are coordinates.
 */
export function principalCurvatures(limit: LimitState, { point, direction }: DesignPoint): Float64Array {
  const n = point.length
  const steepness = norm(gradient(limit, point))
  const basis = completeBasis(direction)
  const curvature = new Float64Array((n - 1) * (n - 1))
  for (let i = 0; i < n - 1; i++) {
    for (let j = 0; j <= i; j++) {
      const second = secondDifference(limit, point, basis[i], basis[j])
      curvature[i * (n - 1) + j] = second / steepness
      curvature[j * (n - 1) + i] = second / steepness
    }
  }
  return symmetricEigenvalues(curvature, n - 1)
}

/** Breitung: Φ(−beta) Π (1 + beta κ)^(−1/2). @throws RangeError where the surface curves in as much as the sphere does */
export function breitung(beta: number, curvatures: ArrayLike<number>): number {
  return normalCdf(-beta) * correction(beta, curvatures)
}

/** Hohenbichler and Rackwitz: the same with φ(beta)/Φ(−beta) in the place of beta, better where beta is small. */
export function hohenbichlerRackwitz(beta: number, curvatures: ArrayLike<number>): number {
  return normalCdf(-beta) * correction(normalPdf(beta) / normalCdf(-beta), curvatures)
}

function correction(hazard: number, curvatures: ArrayLike<number>): number {
  let product = 1
  for (let i = 0; i < curvatures.length; i++) {
    const factor = 1 + hazard * curvatures[i]
    if (!(factor > 0)) {
      throw new RangeError(
        `invalid curvature: ${curvatures[i]}; the point is no design point, or its formula fails here`,
      )
    }
    product /= Math.sqrt(factor)
  }
  return product
}

/** Second derivatives divide rounding errors by the step squared, so that theirs is longer. */
const curvatureStep = 1e-3

function secondDifference(limit: LimitState, u: Float64Array, a: Float64Array, b: Float64Array): number {
  const h = curvatureStep
  const at = (s: number, t: number): number =>
    valueAt(
      limit,
      u.map((x, i) => x + h * (s * a[i] + t * b[i])),
    )
  return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h)
}

/** Unit vectors at right angles to a direction and to one another (Gram-Schmidt on the axes, the nearest axis left out). */
function completeBasis(direction: Float64Array): Float64Array[] {
  const n = direction.length
  let nearest = 0
  for (let i = 1; i < n; i++) if (Math.abs(direction[i]) > Math.abs(direction[nearest])) nearest = i
  const kept = [direction]
  for (let axis = 0; axis < n; axis++) {
    if (axis === nearest) continue
    let vector = Float64Array.from({ length: n }, (_, i) => (i === axis ? 1 : 0))
    for (const other of kept) {
      const share = dot(vector, other)
      vector = vector.map((x, i) => x - share * other[i])
    }
    const length = norm(vector)
    kept.push(vector.map((x) => x / length))
  }
  return kept.slice(1)
}
