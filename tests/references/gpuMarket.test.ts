/** Rents: figures that no hook carries. */
import { describe, expect, it } from 'vitest'
import { correlationFactor } from '../../models/gpuMarket/correlation.ts'
import { jumpLogFactor, ouCoefficients } from '../../models/gpuMarket/ornsteinUhlenbeck.ts'
import { log } from '../../sim/kernel/maths/elementary.ts'

describe('the log deviation', () => {
  it('halves in 84.332907 days at a mean reversion of 3 a year', () => {
    const daily = ouCoefficients(3, 0.55, 1 / 365).a
    expect(log(0.5) / log(daily)).toBeCloseTo(84.332907, 6)
  })

  it('covaries with itself a week later by .0475978485', () => {
    const { a, stationarySd } = ouCoefficients(3, 0.55, 7 / 365)
    expect(stationarySd * stationarySd * a).toBeCloseTo(0.0475978485, 10)
  })

  it('is not the Euler scheme, whose stationary deviation is .2061 % too wide', () => {
    const step = 1 / 365
    const retained = 1 - 3 * step
    const euler = (0.55 * Math.sqrt(step)) / Math.sqrt(1 - retained * retained)
    expect(euler).toBeCloseTo(0.224999363186, 10)
    expect(euler / ouCoefficients(3, 0.55, step).stationarySd - 1).toBeCloseTo(0.002061, 6)
  })

  it('has the compensator of Merton for jumps that do not decay', () => {
    expect(jumpLogFactor(0, 1, -0.15, 0.1, 1)).toBeCloseTo(-0.134977706889, 12)
  })
})

describe('the correlation of generations', () => {
  it('has the published factor at .8 and four generations', () => {
    const expected = [1, 0, 0, 0, 0.8, 0.6, 0, 0, 0.64, 0.48, 0.6, 0, 0.512, 0.384, 0.48, 0.6]
    correlationFactor(0.8, 4).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 14)
    })
  })

  it('has .12874202 as the smallest eigenvalue of its product at .8 and four generations', () => {
    expect(smallestEigenvalue(correlationFactor(0.8, 4), 4)).toBeCloseTo(0.12874202, 8)
  })

  it('copies one draw to every generation at a correlation of 1, and leaves them alone at 0', () => {
    expect([...correlationFactor(1, 3)]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0])
    expect([...correlationFactor(0, 3)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1])
    expect([...correlationFactor(0.6, 1)]).toEqual([1])
  })
})

/** Power iteration on the inverse of L L', by forward and back substitution. */
function smallestEigenvalue(factor: Float64Array, n: number): number {
  let vector = Array.from({ length: n }, (_, i) => 1 + i * i)
  let length = 1
  for (let turn = 0; turn < 200; turn++) {
    const half: number[] = []
    for (let i = 0; i < n; i++) {
      const known = half.reduce((sum, value, j) => sum + factor[i * n + j]! * value, 0)
      half.push((vector[i]! - known) / factor[i * n + i]!)
    }
    const solved = new Array<number>(n).fill(0)
    for (let i = n - 1; i >= 0; i--) {
      let known = 0
      for (let j = i + 1; j < n; j++) known += factor[j * n + i]! * solved[j]!
      solved[i] = (half[i]! - known) / factor[i * n + i]!
    }
    length = Math.hypot(...solved)
    vector = solved.map((value) => value / length)
  }
  return 1 / length
}
