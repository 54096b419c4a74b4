/**
 * Intervals of the study of a tail cover, whose size a first stage has chosen, and so do those of what a method gains. The truths are
 * closed forms or integrals; seeds are fixed.
 *
 * All of these intervals are asymptotic: each is held to a coverage stated with it, and fails where fewer cover than a binomial count
 * of that coverage reaches with probability 1e-6. Ten counts: a false-alarm budget of 1e-5.
 */
import { describe, expect, it } from 'vitest'
import { exp, pow } from '../../sim/kernel/maths/elementary.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { groupedEstimate, type TailQuestion, tailTerms } from '../../sim/statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import { gainWithPilot, intervalOf, type PositiveInterval, tailVariances } from '../../sim/statistics/tailVariances.ts'
import { groupsWanted } from '../../sim/statistics/twoStage.ts'

function stream(experiment: number): SideStream {
  const side = new SideStream()
  side.open(20261122, 0, 0x9a10, experiment, 0, 0)
  return side
}

function expectCoverage(covering: number, repetitions: number, least: number): void {
  expect(covering, `${covering} of ${repetitions} cover`).toBeGreaterThanOrEqual(
    binomialQuantile(1e-6, repetitions, least),
  )
}

const holds = ({ lower, upper }: { lower: number; upper: number }, truth: number) => lower <= truth && truth <= upper

/** Ideal multilevel splitting of a memoryless process: at each of four levels one path in five goes on. */
const splits = { particles: 100, share: 0.2, levels: 4 }
const reached = pow(splits.share, splits.levels)

function replication(side: SideStream): number {
  let estimate = 1
  for (let level = 0; level < splits.levels; level++) {
    let passed = 0
    for (let p = 0; p < splits.particles; p++) if (side.uniform() < splits.share) passed++
    estimate *= passed / splits.particles
  }
  return estimate
}

/** As the study of a tail estimates from replications. */
function fromReplications(terms: Float64Array) {
  const { mean, standardError } = meanWithInterval(terms, 0.95)
  const relative = mean / (standardError as number)
  return groupedEstimate({ value: mean, terms, tailPaths: relative * relative, plainVariance: 1 }, 1, 0.95)
}

/** Normal losses drawn with their mean moved, and their likelihood ratios. */
function sampled(side: SideStream, count: number, by: number) {
  const losses = Float64Array.from({ length: count }, () => side.normal() + by)
  return { losses, weights: losses.map((z) => exp(by * (by / 2 - z))) }
}

describe('an estimate whose size a first stage has chosen', () => {
  it('covers a splitting probability of 0.0016 as well as one of a fixed size, and is right on average', () => {
    const [repetitions, precision] = [1500, 0.15]
    const side = stream(1)
    const many = (count: number) => Float64Array.from({ length: count }, () => replication(side))
    let covering = 0
    const ratios = Float64Array.from({ length: repetitions }, () => {
      const wanted = groupsWanted(fromReplications(many(16)), { precision, confidence: 0.95 })
      const found = fromReplications(many(Math.max(16, wanted)))
      if (holds(found, reached)) covering++
      return found.value / reached
    })
    // Student's and the skewness-corrected interval of means as skewed as these: 94 of a nominal 95 %.
    expectCoverage(covering, repetitions, 0.94)
    const { mean, standardError } = meanWithInterval(ratios, 0.95)
    expect(Math.abs(mean - 1)).toBeLessThan(4 * (standardError as number))
  })

  it('would cover less if the first stage were looked at again and again, and kept', () => {
    const [repetitions, precision] = [1500, 0.2]
    const side = stream(2)
    const coverage = { once: 0, often: 0 }
    for (let r = 0; r < repetitions; r++) {
      const all: number[] = []
      const of = (from: number, to: number) => {
        while (all.length < to) all.push(replication(side))
        return fromReplications(Float64Array.from(all.slice(from, to)))
      }
      let count = 16
      const wanted = () => groupsWanted(of(0, count), { precision, confidence: 0.95 }) / 1.1
      while (count < 256 && wanted() > count) count = Math.ceil(Math.min(wanted(), 2 * count, 256))
      if (holds(of(0, count), reached)) coverage.often++
      const first = groupsWanted(of(0, 16), { precision, confidence: 0.95 })
      if (holds(of(16, 16 + Math.max(16, first)), reached)) coverage.once++
    }
    expectCoverage(coverage.once, repetitions, 0.94)
    expect(coverage.often, `${coverage.often} against ${coverage.once}`).toBeLessThan(coverage.once)
  })

  for (const [name, question, truth, experiment] of [
    ['P(Z > 3)', { kind: 'probability', beyond: 3 }, 1.3498980316300957e-3, 3],
    ['the mean of the worst 0.1 %', { kind: 'shortfall', level: 0.999 }, 3.36709008, 4],
  ] as const) {
    it(`covers ${name} by importance sampling`, () => {
      const side = stream(experiment)
      const repetitions = 1000
      let covering = 0
      for (let r = 0; r < repetitions; r++) {
        const stage = (count: number) => {
          const { losses, weights } = sampled(side, count, 3)
          return groupedEstimate(tailTerms(question, losses, weights), 10, 0.95)
        }
        const precision = question.kind === 'shortfall' ? 0.008 : 0.12
        const wanted = 10 * groupsWanted(stage(300), { precision, confidence: 0.95 })
        if (holds(stage(Math.max(300, wanted)), truth)) covering++
      }
      expectCoverage(covering, repetitions, 0.94)
    })
  }

  it('asks for as many groups as Student’s interval needs and a tenth more, and for all there are where none is in the tail', () => {
    // (2.13145 × 0.2 / 0.1)² × 16 × 1.1 = 319.8
    const wish = { precision: 0.1, confidence: 0.95 }
    expect(groupsWanted({ value: 1, standardError: 0.2, groups: 16 }, wish)).toBe(320)
    expect(groupsWanted({ value: 0, standardError: 0, groups: 16 }, wish)).toBe(Number.POSITIVE_INFINITY)
    expect(() => groupsWanted({ value: 1, standardError: 1, groups: 16 }, { ...wish, precision: 0 })).toThrow(
      /invalid precision: 0/,
    )
  })
})

/** Variances of one path of weight × value, plain and drawn with its mean moved, by the trapezoidal rule. */
function variances(by: number, value: (z: number) => number): { plain: number; own: number; mean: number } {
  let [mean, plain, own] = [0, 0, 0]
  const step = 1e-3
  for (let z = -8; z < 12; z += step) {
    const density = (exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * step
    const square = value(z) * value(z)
    mean += density * value(z)
    plain += density * square
    own += density * exp(by * (by / 2 - z)) * square
  }
  return { plain: plain - mean * mean, own: own - mean * mean, mean }
}

describe('the interval of a gain', () => {
  const valueAtRisk = 3.0902323061678
  const shortfall = variances(3, (z) => 1000 * Math.max(0, z - valueAtRisk))
  const cases: readonly (readonly [string, TailQuestion, ReturnType<typeof variances>, number, number, number])[] = [
    ['expected shortfall', { kind: 'shortfall', level: 0.999 }, shortfall, valueAtRisk + shortfall.mean, 2000, 5],
    ['a probability', { kind: 'probability', beyond: 3 }, variances(3, (z) => (z > 3 ? 1 : 0)), 1.34989803e-3, 1000, 6],
  ]
  for (const [name, question, { plain, own }, value, paths, experiment] of cases) {
    it(`covers what importance sampling gains on ${name}, and how many plain paths it would need`, () => {
      const side = stream(experiment)
      const repetitions = 200
      const covering = { gain: 0, relative: 0, saving: 0 }
      for (let r = 0; r < repetitions; r++) {
        const found = tailVariances(question, { ...sampled(side, paths, 3), group: 10 })
        if (found.gain === null || found.relative === null) continue
        const gain = intervalOf(found.gain, 0.95)
        const relative = intervalOf(found.relative, 0.95)
        if (holds(gain, plain / own)) covering.gain++
        if (holds(relative, plain / (value * value))) covering.relative++
        // A pilot of a tenth of the plain paths: the gain is then 1 / (0.1 + 1 / gain).
        const saving = gainWithPilot(gain, relative, (0.1 * plain) / (value * value))
        if (holds(saving, 1 / (0.1 + own / plain))) covering.saving++
      }
      // Student's interval of a jackknifed logarithm: 92 of a nominal 95 %.
      for (const count of Object.values(covering)) expectCoverage(count, repetitions, 0.92)
    })
  }

  it('covers what splitting gains over 60 replications', () => {
    const side = stream(7)
    const repetitions = 400
    const own = reached * reached * (pow(1 + (1 - splits.share) / (splits.share * splits.particles), 4) - 1)
    let covering = 0
    for (let r = 0; r < repetitions; r++) {
      const weights = Float64Array.from({ length: 60 }, () => replication(side))
      const paths = { losses: new Float64Array(60).fill(1), weights, group: 1 }
      const { gain } = tailVariances({ kind: 'probability', beyond: 0.5 }, paths, 60)
      if (gain && holds(intervalOf(gain, 0.95), (reached * (1 - reached)) / own)) covering++
    }
    expectCoverage(covering, repetitions, 0.91)
  })

  it('is that of the very variances of the estimate, and none where fewer than five paths are in the tail', () => {
    const { losses, weights } = sampled(stream(8), 1000, 3)
    const question: TailQuestion = { kind: 'shortfall', level: 0.999 }
    const terms = tailTerms(question, losses, weights)
    const found = tailVariances(question, { losses, weights, group: 10 })
    const { value, variancePerPath } = groupedEstimate(terms, 10, 0.95)
    expect(found.perPath?.value).toBeCloseTo(variancePerPath, 9)
    expect((found.plain?.value as number) / terms.plainVariance).toBeCloseTo(1, 9)
    expect((found.relative?.value as number) / (terms.plainVariance / (value * value))).toBeCloseTo(1, 9)
    const lone = Float64Array.from({ length: 1000 }, (_, p) => (p % 250 === 7 ? p / 250 + 9 : 0))
    expect(tailVariances({ kind: 'probability', beyond: 8 }, { losses: lone, group: 1 }).gain).toBeNull()
  })

  it('loses what a pilot costs: with one of half of the plain paths no gain passes 2', () => {
    const even = (value: number): PositiveInterval => ({ value, lower: value / 2, upper: 2 * value })
    const { value, lower, upper } = gainWithPilot(even(100), even(1000), 500)
    expect(value).toBeCloseTo(1 / 0.51, 12)
    expect(lower).toBeCloseTo(1 / 1.02, 12)
    expect(upper).toBeCloseTo(1 / 0.255, 12)
  })
})
