/** Sensitivity indices of functions whose indices are published or follow by integration. */
import { describe, expect, it } from 'vitest'
import { scrambledSobol } from '../../sim/kernel/random/scrambledSobol.ts'
import { morrisMeasures } from '../../sim/statistics/morris.ts'
import { sobolPoint } from '../../sim/statistics/sobolIndices.ts'
import { morrisTrajectory } from '../../sim/studies/sensitivity/design.ts'
import { type Design, gFunction, ishigami, plain, runsOf, streamOf } from '../support/sensitivityFunctions.ts'

/** Scrambled Sobol points, the first half of their coordinates for A and the second for B. */
function quasiDesign(rows: number, inputs: number): Design {
  const points = Array.from({ length: rows }, (_, j) => scrambledSobol(2 * inputs, 20261122, j))
  return { a: points.map((x) => x.slice(0, inputs)), b: points.map((x) => x.slice(inputs)) }
}

const rows = 8192
/** Errors of 8,192 rows of a net are a few thousandths; a wrong estimator errs by hundredths. */
const tolerance = 0.01

function expectIndices(found: readonly number[], published: readonly number[]): void {
  expect(found).toHaveLength(published.length)
  found.forEach((value, i) => {
    expect(Math.abs(value - published[i]), `input ${i}: ${value}`).toBeLessThan(tolerance)
  })
}

describe('Sobol indices', () => {
  const three = quasiDesign(rows, 3)

  it('of the function of Ishigami with a = 7, b = 0.1 are those of its closed form', () => {
    const { variance, first, total } = sobolPoint(runsOf(three, plain(ishigami(7, 0.1))))
    expect(Math.abs(variance / 13.8445879407 - 1)).toBeLessThan(tolerance)
    expectIndices(first, [0.3139051911, 0.4424111448, 0])
    expectIndices(total, [0.5575888552, 0.4424111448, 0.2436836641])
  })

  it('of the function of Ishigami with a = 7, b = 0.05 are those of its closed form', () => {
    const { first, total } = sobolPoint(runsOf(three, plain(ishigami(7, 0.05))))
    expectIndices(first, [0.2185185644, 0.6868946436, 0])
    expectIndices(total, [0.3131053564, 0.6868946436, 0.0945867919])
  })

  it('of the g-function of eight inputs are those of its closed form', () => {
    const g = gFunction([0, 1, 4.5, 9, 99, 99, 99, 99])
    const { variance, first, total } = sobolPoint(runsOf(quasiDesign(rows, 8), plain(g)))
    expect(Math.abs(variance / 0.4654244319 - 1)).toBeLessThan(tolerance)
    expectIndices(first, [0.71619217, 0.17904804, 0.02367577, 0.00716192, ...Array(4).fill(0.00007162)])
    expectIndices(total, [0.78714413, 0.24219819, 0.03431691, 0.01046039, ...Array(4).fill(0.00010495)])
  })
})

/** Elementary effects along trajectories of the design of a study. */
function effectsOf(inputs: number, f: (x: readonly number[]) => number): Float64Array[][] {
  const effects: Float64Array[][] = Array.from({ length: inputs }, () => [])
  for (let t = 0; t < 20; t++) {
    const { points, turned } = morrisTrajectory(inputs, 7, t)
    turned.forEach((input, step) => {
      const run = points[step + 1][input] - points[step][input]
      effects[input].push(Float64Array.of((f(points[step + 1]) - f(points[step])) / run))
    })
  }
  return effects
}

const resampling = () => {
  const stream = streamOf(1)
  return { draw: (n: number) => stream.index(n), replicates: 200, confidence: 0.95 }
}

describe('elementary effects', () => {
  it('of y = 2 x1 − 3 x2 + x3 / 2 are its coefficients, without spread', () => {
    const found = morrisMeasures(
      effectsOf(3, ([x, y, z]) => 2 * x - 3 * y + 0.5 * z),
      resampling(),
    )
    const coefficients = [2, -3, 0.5]
    found.forEach(({ mu, muStar, sigma }, i) => {
      expect(mu.value).toBeCloseTo(coefficients[i], 12)
      expect(mu.lower).toBeCloseTo(coefficients[i], 12)
      expect(mu.upper).toBeCloseTo(coefficients[i], 12)
      expect(muStar.value).toBeCloseTo(Math.abs(coefficients[i]), 12)
      expect(sigma.value).toBeLessThan(1e-7) // root of a rounding error of 1e-15
    })
  })

  it('of y = x1 x2 over the whole grid of four levels have mean 1/2 and standard deviation .37267800', () => {
    const levels = [0, 1 / 3, 2 / 3, 1]
    const ofFirst = levels.flatMap((y) => [0, 1 / 3].map((x) => Float64Array.of(((x + 2 / 3) * y - x * y) / (2 / 3))))
    const [{ mu, muStar, sigma }] = morrisMeasures([ofFirst], resampling())
    expect(mu.value).toBeCloseTo(0.5, 12)
    expect(muStar.value).toBeCloseTo(0.5, 12)
    // The published value is that of the grid itself, the estimate that of a sample: n − 1 in the divisor.
    expect(sigma.value * Math.sqrt(7 / 8)).toBeCloseTo(0.372678, 8)
  })

  it('of y = x1 x2 along twenty trajectories cover mean 1/2', () => {
    for (const { mu, muStar } of morrisMeasures(
      effectsOf(2, ([x, y]) => x * y),
      resampling(),
    )) {
      expect(mu.lower).toBeLessThan(0.5)
      expect(mu.upper).toBeGreaterThan(0.5)
      expect(muStar.value).toBe(mu.value)
    }
  })
})
