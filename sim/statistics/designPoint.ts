/**
 * First-order reliability: the likeliest point of failure in standard normal space, and the probability beyond it. For smooth
 * limits that can be evaluated without noise, such as closed forms in tests and scripts; the reverse stress test does not use it,
 * as whether a simulated path fails is a step with chance in it and has no gradient.
 * Sources: Hasofer and Lind, J. Eng. Mech. 100 (1974); Rackwitz and Fiessler, Computers & Structures 9 (1978); Zhang and Der
 * Kiureghian, IFIP WG 7.5 (1995), for the merit function.
 */
import { normalCdf } from '../kernel/maths/normal.ts'
import { requireCount } from './checks.ts'
import { angle, dot, norm } from './vectors.ts'

/** Failure where it is 0 or below; the argument is one standard normal number a coordinate, not to be kept. */
export type LimitState = (u: Float64Array) => number

export interface DesignPoint {
  readonly point: Float64Array
  /** Distance from the origin, negative where the origin itself fails. */
  readonly beta: number
  /** First order: Φ(−beta). */
  readonly probability: number
  /** Unit vector from safety to failure at the point. */
  readonly direction: Float64Array
  readonly iterations: number
  /** The point lies on the limit and its direction through the origin; otherwise it is no design point. */
  readonly converged: boolean
}

export interface DesignPointOptions {
  readonly start?: ArrayLike<number>
  readonly mostIterations?: number
  /** On the limit (relative to its value at the start) and on the direction. */
  readonly tolerance?: number
}

/** Step of a central difference in standard deviations: its error is of the order of this squared. */
const differenceStep = 1e-5

/**
 * argmin |u|² subject to limit(u) ≤ 0, by the improved Hasofer-Lind-Rackwitz-Fiessler iteration with numerical gradients.
 * @param dimension number of coordinates, at least 1
 * @throws RangeError when the limit is not a finite number, or has no gradient where the search has come
 */
export function designPoint(limit: LimitState, dimension: number, options: DesignPointOptions = {}): DesignPoint {
  requireCount(dimension, 'dimension', 1)
  const { mostIterations = 200, tolerance = 1e-9 } = options
  let u = Float64Array.from({ length: dimension }, (_, i) => options.start?.[i] ?? 0)
  const atOrigin = valueAt(limit, new Float64Array(dimension))
  const scale = Math.abs(atOrigin) > 0 ? Math.abs(atOrigin) : 1
  for (let iteration = 1; ; iteration++) {
    const value = valueAt(limit, u)
    const slopes = gradient(limit, u)
    const steepness = norm(slopes)
    if (!(steepness > 0)) throw new RangeError(`invalid limit state: no gradient at (${u.join(', ')})`)
    const direction = slopes.map((slope) => -slope / steepness)
    const along = dot(direction, u)
    const aside = norm(u.map((x, i) => x - along * direction[i]))
    const converged = Math.abs(value) <= tolerance * scale && aside <= 1e3 * tolerance * Math.max(1, norm(u))
    if (converged || iteration >= mostIterations) {
      const beta = atOrigin > 0 ? norm(u) : -norm(u)
      return { point: u, beta, probability: normalCdf(-beta), direction, iterations: iteration, converged }
    }
    const target = direction.map((a) => a * (along + value / steepness))
    u = armijo(limit, u, target, value, norm(u) / steepness)
  }
}

/** A step towards the target that lowers |u|²/2 + penalty |limit|, halved until it does. */
function armijo(
  limit: LimitState,
  u: Float64Array,
  target: Float64Array,
  value: number,
  leastPenalty: number,
): Float64Array<ArrayBuffer> {
  const penalty = 2 * leastPenalty + 10
  const merit = (x: Float64Array, g: number): number => 0.5 * dot(x, x) + penalty * Math.abs(g)
  const before = merit(u, value)
  for (let step = 1; ; step /= 2) {
    const next = Float64Array.from(u, (x, i) => x + step * (target[i] - x))
    if (step < 1e-4 || merit(next, valueAt(limit, next)) < before) return next
  }
}

/**
 * Every design point that searches from all sides find, the likeliest first: rays along the axes and the diagonals of all
 * pairs are followed to the limit, and a search starts where each meets it.
 * @param apart least angle between two of them, degrees
 * @param farthest distance up to which rays are followed, standard deviations
 */
export function designPoints(limit: LimitState, dimension: number, apart = 20, farthest = 8): readonly DesignPoint[] {
  const found: DesignPoint[] = []
  for (const ray of raysOf(dimension)) {
    const distance = firstCrossing(limit, ray, farthest)
    if (distance === null) continue
    const point = designPoint(limit, dimension, { start: ray.map((x) => x * distance) })
    if (point.converged) found.push(point)
  }
  found.sort((a, b) => a.beta - b.beta)
  return found.filter((one, i) => found.slice(0, i).every((kept) => angle(kept.point, one.point) >= apart))
}

function raysOf(dimension: number): Float64Array[] {
  const rays: Float64Array[] = []
  const push = (entries: readonly (readonly [number, number])[]): void => {
    const ray = new Float64Array(dimension)
    for (const [i, x] of entries) ray[i] = x / Math.sqrt(entries.length)
    rays.push(ray)
  }
  const signs = [1, -1]
  for (let i = 0; i < dimension; i++) {
    for (const s of signs) push([[i, s]])
    for (let j = 0; j < i; j++) {
      for (const s of signs) {
        for (const t of signs) {
          push([
            [i, s],
            [j, t],
          ])
        }
      }
    }
  }
  return rays
}

/** Where a ray first meets the limit, by steps of a quarter and bisection; null where it does not. */
function firstCrossing(limit: LimitState, ray: Float64Array, farthest: number): number | null {
  const at = (r: number): number =>
    valueAt(
      limit,
      ray.map((x) => x * r),
    )
  const fails = at(0) <= 0
  for (let r = 0.25; r <= farthest; r += 0.25) {
    if (at(r) <= 0 === fails) continue
    let [low, high] = [r - 0.25, r]
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2
      if (at(middle) <= 0 === fails) low = middle
      else high = middle
    }
    return high
  }
  return null
}

/** @throws RangeError when the limit is not finite */
export function valueAt(limit: LimitState, u: Float64Array): number {
  const value = limit(u)
  if (!Number.isFinite(value)) throw new RangeError(`invalid limit state: ${value} at (${u.join(', ')}); finite wanted`)
  return value
}

/** Central differences. */
export function gradient(limit: LimitState, u: Float64Array): Float64Array {
  return u.map((x, i) => {
    const h = differenceStep * Math.max(1, Math.abs(x))
    const moved = (by: number): number =>
      valueAt(
        limit,
        u.map((y, j) => (j === i ? y + by : y)),
      )
    return (moved(h) - moved(-h)) / (2 * h)
  })
}
