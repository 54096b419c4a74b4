/**
 * Intervals of weighted, grouped and controlled paths cover as often as they say, in experiments whose truth is known.
 *
 * Exact intervals fail when fewer cover than a binomial count with exactly the stated confidence reaches with probability 1e-6;
 * asymptotic ones are held to a coverage stated with each. Five experiments: a false-alarm budget of 5e-6, with fixed seeds.
 */
import { describe, expect, it } from 'vitest'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { controlledMean } from '../../sim/statistics/controlVariates.ts'
import { groupedEstimate, groupMeans, type TailQuestion, tailTerms } from '../../sim/statistics/groupedEstimates.ts'
import { expectedShortfallWithInterval } from '../../sim/statistics/tailRisk.ts'
import { intervalOf, quotient, termVariances } from '../../sim/statistics/tailVariances.ts'

function stream(experiment: number): SideStream {
  const side = new SideStream()
  side.open(20261122, 0, 0x9a0f, experiment, 0, 0)
  return side
}

function expectCoverage(repetitions: number, least: number, covers: () => boolean): void {
  let covering = 0
  for (let r = 0; r < repetitions; r++) if (covers()) covering++
  expect(covering, `${covering} of ${repetitions} cover`).toBeGreaterThanOrEqual(
    binomialQuantile(1e-6, repetitions, least),
  )
}

/** Normal losses drawn with their mean moved, and their likelihood ratios. */
function sampled(side: SideStream, count: number, by: number) {
  const losses = Float64Array.from({ length: count }, () => side.normal() + by)
  return { losses, weights: losses.map((z) => exp(by * (by / 2 - z))) }
}

describe('intervals of importance sampling', () => {
  const tail = (question: TailQuestion, truth: number, experiment: number): void => {
    const side = stream(experiment)
    // Asymptotic: 93 % of a nominal 95 on 400 paths.
    expectCoverage(2000, 0.93, () => {
      const { losses, weights } = sampled(side, 400, 3)
      const { lower, upper } = groupedEstimate(tailTerms(question, losses, weights), 1, 0.95)
      return lower <= truth && truth <= upper
    })
  }

  it('cover P(Z > 3) from 400 paths', () => tail({ kind: 'probability', beyond: 3 }, 1.3498980316300957e-3, 1))

  it('cover the mean of the worst 0.1 % from 400 paths', () => tail({ kind: 'shortfall', level: 0.999 }, 3.36709008, 2))
})

describe('exact intervals of normal numbers', () => {
  it('cover a mean from 16 groups whose members depend on each other', () => {
    const side = stream(3)
    expectCoverage(4000, 0.95, () => {
      const terms = Float64Array.from({ length: 16 * 8 })
      for (let g = 0; g < 16; g++) {
        const common = side.normal()
        for (let i = 0; i < 8; i++) terms[8 * g + i] = 5 + common + 0.1 * side.normal()
      }
      const found = groupedEstimate({ value: 5, terms, tailPaths: 128, plainVariance: 1 }, 8, 0.95)
      const mean = groupMeans(terms, 128)[0]
      return found.lower + mean - 5 <= 5 && 5 <= found.upper + mean - 5
    })
  })

  it('cover a mean from 9 paths with three controls: n − d − 1 degrees of freedom, and the distance of the controls', () => {
    const side = stream(4)
    expectCoverage(4000, 0.95, () => {
      const columns = [0, 1, 2].map(() => Float64Array.from({ length: 9 }, () => side.normal()))
      const values = columns[0].map((x, i) => 2 + x - columns[1][i] + 0.5 * columns[2][i] + side.normal())
      const controls = columns.map((column) => ({ values: column, mean: 0 }))
      const { lower, upper } = controlledMean(values, controls, 0.95)
      return lower <= 2 && 2 <= upper
    })
  })
})

describe('the interval of a gain', () => {
  it('covers a ratio of variances of 3 of independent methods', () => {
    const side = stream(5)
    const variance = (spread: number) => {
      const terms = Float64Array.from({ length: 400 }, () => spread * side.normal())
      return termVariances({ value: 0, terms, tailPaths: 400 }, 1).perPath
    }
    expectCoverage(600, 0.93, () => {
      const [plain, own] = [variance(Math.sqrt(3)), variance(1)]
      if (plain === null || own === null) return false
      const { lower, upper } = intervalOf(quotient(plain, own), 0.95)
      return lower <= 3 && 3 <= upper
    })
  })
})

describe('terms of a tail', () => {
  const side = stream(6)
  const { losses, weights } = sampled(side, 3000, 2)

  it('have the value and the standard error of weighted expected shortfall, and its plain variance', () => {
    const found = tailTerms({ kind: 'shortfall', level: 0.99 }, losses, weights)
    const { value, standardError } = groupedEstimate(found, 1, 0.95)
    const other = expectedShortfallWithInterval(losses, 0.99, 0.95, weights, 'likelihoodRatios')
    expect(value).toBe(other.value)
    // The sum of squares is over n there and over n − 1 here, on 3,000 paths.
    expect(Math.abs(standardError / (other.standardError as number) - 1)).toBeLessThan(3e-4)
    // Plain luck: Var((Z − z)+) / 0.01² at z = 2.3263 is 0.04588362² × 10,000.
    expect(Math.abs(found.plainVariance / 21.053 - 1)).toBeLessThan(0.15)
  })

  it('count as often as they are worth: plain paths beyond a level, and n equal weights as n', () => {
    const plain = tailTerms({ kind: 'probability', beyond: 2 }, losses)
    expect(plain.tailPaths).toBeCloseTo(losses.filter((x) => x > 2).length, 9)
    expect(plain.value).toBe(losses.filter((x) => x > 2).length / 3000)
    expect(plain.plainVariance).toBeCloseTo(plain.value * (1 - plain.value), 12)
  })

  it('refuse groups that are not whole', () => {
    expect(() => groupMeans(losses, 7)).toThrow(/3000; whole groups of 7 wanted/)
  })
})

describe('control variates', () => {
  it('explain a linear function wholly, whatever its controls share, and leave out what says nothing', () => {
    const side = stream(7)
    const a = Float64Array.from({ length: 50 }, () => side.normal())
    const b = a.map((x) => 3 - 2 * x)
    const constant = new Float64Array(50).fill(4)
    const values = a.map((x) => 7 + 5 * x)
    const controls = [
      { values: a, mean: 0 },
      { values: b, mean: 3 },
      { values: constant, mean: 4 },
    ]
    const { mean, used, explained } = controlledMean(values, controls, 0.95)
    expect(mean).toBeCloseTo(7, 10)
    expect(used).toBe(1)
    expect(explained).toBeCloseTo(1, 10)
    expect(() =>
      controlledMean(
        values.slice(0, 5),
        controls.map((c) => ({ ...c, values: c.values.slice(0, 5) })),
        0.95,
      ),
    ).toThrow(/number of paths: 5; at least 6 wanted/)
  })
})
