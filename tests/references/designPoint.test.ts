/** The likeliest point of failure against closed forms. */
import { describe, expect, it } from 'vitest'
import { normalCdf, normalPdf } from '../../sim/kernel/maths/normal.ts'
import { gaussLegendre, integrate } from '../../sim/kernel/maths/quadrature.ts'
import { designPoint, designPoints } from '../../sim/statistics/designPoint.ts'
import { breitung, hohenbichlerRackwitz, principalCurvatures } from '../../sim/statistics/secondOrder.ts'
import { symmetricEigenvalues } from '../../sim/statistics/symmetricEigenvalues.ts'
import { angle } from '../../sim/statistics/vectors.ts'

describe('a linear limit', () => {
  const linear = (u: Float64Array): number => 12 - 3 * u[0] - 4 * u[1]

  it('is 2.4 deviations away at (1.44, 1.92), and first order is exact', () => {
    const { point, beta, probability, converged } = designPoint(linear, 2)
    expect(converged).toBe(true)
    // gradients are differences: 1e-9
    expect(beta).toBeCloseTo(2.4, 9)
    expect(point[0]).toBeCloseTo(1.44, 8)
    expect(point[1]).toBeCloseTo(1.92, 8)
    expect(Math.abs(probability / 8.1975359246e-3 - 1)).toBeLessThan(1e-8)
  })

  it('has no curvature, so that second order changes nothing', () => {
    const found = designPoint(linear, 2)
    expect(breitung(found.beta, principalCurvatures(linear, found))).toBeCloseTo(found.probability, 9)
  })

  it('has a negative distance where the origin itself fails', () => {
    const { beta, probability } = designPoint((u) => 3 * u[0] + 4 * u[1] - 12, 2)
    expect(beta).toBeCloseTo(-2.4, 9)
    expect(probability).toBeCloseTo(normalCdf(2.4), 9)
  })
})

describe('a curved limit, 3 − x2 + 0.1 x1²', () => {
  const curved = (u: Float64Array): number => 3 - u[1] + 0.1 * u[0] * u[0]
  const found = designPoint(curved, 2)
  const curvatures = principalCurvatures(curved, found)

  it('has its point at (0, 3) with curvature 0.2', () => {
    expect(found.beta).toBeCloseTo(3, 9)
    expect(curvatures.length).toBe(1)
    expect(curvatures[0]).toBeCloseTo(0.2, 6)
  })

  it('has Breitung’s probability 1.0671880972e-3', () => {
    // the curvature is a second difference, good to 1e-6
    expect(Math.abs(breitung(found.beta, curvatures) / 1.0671880972e-3 - 1)).toBeLessThan(1e-6)
  })

  it('has the exact probability 1.0435987588e-3, to which Hohenbichler and Rackwitz come nearer than Breitung', () => {
    const exact = integrate((x) => normalPdf(x) * normalCdf(-(3 + 0.1 * x * x)), -9, 9, gaussLegendre(20), 20)
    expect(Math.abs(exact / 1.0435987588e-3 - 1)).toBeLessThan(1e-9)
    const better = hohenbichlerRackwitz(found.beta, curvatures)
    expect(Math.abs(better - exact)).toBeLessThan(Math.abs(breitung(found.beta, curvatures) - exact))
  })

  it('has no second-order probability where the limit curves in more than the sphere', () => {
    expect(() => breitung(3, [-0.4])).toThrow(/invalid curvature: -0.4/)
  })
})

describe('several design points', () => {
  it('finds all three limits of a series system and ranks them by distance', () => {
    // distances 2.5, 3 and 3.2; the third limit lies at 45 degrees in the plane of two coordinates
    const series = (u: Float64Array): number => Math.min(2.5 - u[0], 3 + u[1], 3.2 - (u[2] + u[1]) / Math.SQRT2)
    const found = designPoints(series, 3)
    expect(found.map(({ beta }) => Math.round(1e6 * beta) / 1e6)).toEqual([2.5, 3, 3.2])
    expect(angle(found[0].point, [1, 0, 0])).toBeLessThan(0.01)
    expect(angle(found[1].point, [0, -1, 0])).toBeLessThan(0.01)
    expect(angle(found[2].point, [0, 1, 1])).toBeLessThan(0.01)
  })

  it('finds one point where there is one, from whichever side it searches', () => {
    expect(designPoints((u) => 12 - 3 * u[0] - 4 * u[1], 2).length).toBe(1)
  })

  it('finds both sides of a symmetric limit', () => {
    const found = designPoints((u) => 4 - u[0] * u[0], 2)
    expect(found.map(({ beta }) => Math.round(1e6 * beta) / 1e6)).toEqual([2, 2])
    expect(angle(found[0].point, found[1].point)).toBeCloseTo(180, 6)
  })
})

describe('the geometry behind it', () => {
  it('measures angles', () => {
    expect(angle([1, 0], [0, 2])).toBeCloseTo(90, 12)
    expect(angle([1, 0], [1, 1])).toBeCloseTo(45, 12)
    expect(angle([1, 1], [1, 1])).toBe(0)
    expect(angle([1, 0], [-3, 0])).toBeCloseTo(180, 12)
    expect(angle([1, 0], [1, 0.001])).toBeCloseTo((Math.atan(0.001) * 180) / Math.PI, 12)
  })

  it('has the eigenvalues of a matrix whose spectrum is known', () => {
    // second difference matrix of order 5: 2 − 2 cos(k π / 6)
    const n = 5
    const matrix = Float64Array.from({ length: n * n }, (_, k) => {
      const distance = Math.abs(Math.floor(k / n) - (k % n))
      return distance === 0 ? 2 : distance === 1 ? -1 : 0
    })
    symmetricEigenvalues(matrix, n).forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12)
    })
  })

  it('refuses what has no answer, by name', () => {
    expect(() => designPoint(() => Number.NaN, 2)).toThrow(/invalid limit state: NaN/)
    expect(() => designPoint(() => 1, 2)).toThrow(/no gradient/)
    expect(() => designPoint((u) => u[0], 0)).toThrow(/dimension/)
    expect(() => symmetricEigenvalues([1, 2, 3], 2)).toThrow(/invalid matrix: 3 numbers; 2 × 2 wanted/)
  })
})
