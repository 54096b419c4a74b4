/**
 * Intervals of sensitivity cover as often as they say, and the noise of the simulation is not taken for an effect.
 *
 * Bootstrap intervals of a few dozen rows are asymptotic: each experiment asks that at least as many cover as a binomial count
 * with 85 % coverage reaches with probability 1e-6 (intervals are of 95 %; 85 to 97 % were seen, the lower ones where luck is as large as the dials). A test of no effect fails when
 * more intervals leave out zero than a count with 5 % reaches with probability 1e-6. With 51 counts the budget is 6e-5; fixed
 * seeds make the outcome the same on every run.
 */
import { describe, expect, it } from 'vitest'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { morrisMeasures } from '../../sim/statistics/morris.ts'
import { type SobolRuns, sobolIndices, sobolPoint } from '../../sim/statistics/sobolIndices.ts'
import { saltelliMatrices } from '../../sim/studies/sensitivity/design.ts'
import { gFunction, ishigami, plain, randomDesign, runsOf, streamOf } from '../support/sensitivityFunctions.ts'

const f = ishigami(7, 0.1)
const truth = {
  variance: 13.8445879407,
  first: [0.3139051911, 0.4424111448, 0],
  total: [0.5575888552, 0.4424111448, 0.2436836641],
}

const repetitions = 150
const enough = binomialQuantile(1e-6, repetitions, 0.85)
const mostMisses = repetitions - binomialQuantile(1e-6, repetitions, 0.95)

interface Bounds {
  readonly lower: number | null
  readonly upper: number | null
}

const covers = ({ lower, upper }: Bounds, value: number): boolean =>
  lower !== null && upper !== null && lower <= value && upper >= value

/** A design, and under it results with luck: a part that the cells of a row share, a part of each cell, and a dummy of other luck. */
function noisyRuns(rows: number, paths: number, noise: number, repetition: number): SobolRuns {
  const stream = streamOf(11, repetition)
  const design = randomDesign(rows, 3, stream)
  const luck = () => Float64Array.from({ length: paths }, () => stream.normal())
  const lucky = (x: readonly number[], common: Float64Array) =>
    common.map((z) => f(x) + noise * (Math.sqrt(0.8) * z + Math.sqrt(0.2) * stream.normal()))
  const shared = Array.from({ length: rows }, luck)
  const runs = runsOf(design, (x, row) => lucky(x, shared[row]))
  return { ...runs, mixed: [...runs.mixed, design.a.map((x) => lucky(x, luck()))] }
}

describe('intervals of Sobol indices', () => {
  it('cover those of the function of Ishigami from 64 random rows', () => {
    const hits = Array.from({ length: 7 }, () => 0)
    for (let r = 0; r < repetitions; r++) {
      const stream = streamOf(10, r)
      const runs = runsOf(randomDesign(64, 3, stream), plain(f))
      const found = sobolIndices(runs, { draw: (n) => stream.index(n), replicates: 200, confidence: 0.95 })
      if (covers(found.variance, truth.variance)) hits[6]++
      found.inputs.forEach(({ first, total }, i) => {
        if (covers(first, truth.first[i])) hits[i]++
        if (covers(total, truth.total[i])) hits[3 + i]++
      })
    }
    for (const hit of hits) expect(hit, `${hits} of ${repetitions}`).toBeGreaterThanOrEqual(enough)
    // Intervals that always cover would say nothing.
    expect(Math.min(...hits)).toBeLessThan(repetitions)
  })

  it('cover those of the expectation where each path has luck as large as the dials together, and zero for the dummy', () => {
    const few = 60
    const least = binomialQuantile(1e-6, few, 0.85)
    const hits = Array.from({ length: 9 }, () => 0)
    for (let r = 0; r < few; r++) {
      const stream = streamOf(12, r)
      const found = sobolIndices(noisyRuns(48, 24, Math.sqrt(truth.variance) * 3, r), {
        draw: (n) => stream.index(n),
        replicates: 100,
        confidence: 0.95,
      })
      if (covers(found.variance, truth.variance)) hits[8]++
      found.inputs.forEach(({ first, total }, i) => {
        if (covers(first, truth.first[i] ?? 0)) hits[2 * i]++
        if (covers(total, truth.total[i] ?? 0)) hits[2 * i + 1]++
      })
    }
    for (const hit of hits) expect(hit, `${hits} of ${few}`).toBeGreaterThanOrEqual(least)
  })
})

/** The function of Sobol' for four inputs, with its closed form. */
const coefficients = [0, 1, 4.5, 9]
const parts = coefficients.map((a) => 1 / (3 * (1 + a) * (1 + a)))
const whole = parts.reduce((product, part) => product * (1 + part), 1)
const gTruth = {
  variance: whole - 1,
  first: parts.map((part) => part / (whole - 1)),
  total: parts.map((part) => (part * whole) / (1 + part) / (whole - 1)),
}

interface Known {
  readonly f: (x: readonly number[]) => number
  readonly truth: { readonly variance: number; readonly first: readonly number[]; readonly total: readonly number[] }
  /** Standard deviation of the luck of a path, four fifths of its variance shared by the cells of a row. */
  readonly noise: number
  readonly paths: number
  readonly repetitions: number
}

describe('intervals of Sobol indices from the net of a study', () => {
  const rows = 64

  /** Results of repetition r on the net of a study, or on independent rows. */
  function runsAt({ f, truth: known, noise, paths }: Known, isNet: boolean, r: number): SobolRuns {
    const inputs = known.first.length
    const stream = streamOf(isNet ? 21 : 22, r)
    const design = isNet ? saltelliMatrices(inputs, 1000 + r, rows) : randomDesign(rows, inputs, stream)
    const shared = Array.from({ length: rows }, () => Float64Array.from({ length: paths }, () => stream.normal()))
    return runsOf(design, (x, row) =>
      noise === 0
        ? Float64Array.of(f(x))
        : shared[row].map((z) => f(x) + noise * (Math.sqrt(0.8) * z + Math.sqrt(0.2) * stream.normal())),
    )
  }

  /** How often each index and the variance were covered. */
  function hitsOf(known: Known): number[] {
    const truths = [...known.truth.first, ...known.truth.total, known.truth.variance]
    const hits = truths.map(() => 0)
    for (let r = 0; r < known.repetitions; r++) {
      const stream = streamOf(23, r)
      const draw = (n: number) => stream.index(n)
      const found = sobolIndices(runsAt(known, true, r), { draw, replicates: 200, confidence: 0.95 })
      const own = [...found.inputs.map(({ first }) => first), ...found.inputs.map(({ total }) => total), found.variance]
      own.forEach((one, i) => {
        if (covers(one, truths[i])) hits[i]++
      })
    }
    return hits
  }

  /** Sum of the squared errors of each index and the variance. */
  function squaresOf(known: Known, isNet: boolean): number[] {
    const truths = [...known.truth.first, ...known.truth.total, known.truth.variance]
    const squares = truths.map(() => 0)
    for (let r = 0; r < known.repetitions; r++) {
      const { first, total, variance } = sobolPoint(runsAt(known, isNet, r))
      ;[...first, ...total, variance].forEach((value, i) => {
        squares[i] += (value - truths[i]) * (value - truths[i])
      })
    }
    return squares
  }

  const cases: readonly (readonly [string, Known])[] = [
    ['the function of Ishigami', { f, truth, noise: 0, paths: 1, repetitions: 200 }],
    ['the g-function', { f: gFunction(coefficients), truth: gTruth, noise: 0, paths: 1, repetitions: 200 }],
    [
      'the function of Ishigami under luck three times as large as the dials',
      { f, truth, noise: Math.sqrt(truth.variance) * 3, paths: 24, repetitions: 60 },
    ],
  ]

  it.each(cases)(
    'cover those of %s, on average at least as often as they say',
    (_, known) => {
      const hits = hitsOf(known)
      const least = binomialQuantile(1e-6, known.repetitions, 0.9)
      for (const hit of hits) expect(hit, `${hits} of ${known.repetitions}`).toBeGreaterThanOrEqual(least)
      // Over all indices, though single ones come out at 91 %: those of inputs that hardly matter, whose errors lean to one side.
      const mean = hits.reduce((sum, hit) => sum + hit, 0) / hits.length / known.repetitions
      expect(mean, `${hits} of ${known.repetitions}`).toBeGreaterThanOrEqual(0.95)
    },
    60_000,
  )

  it.each(cases.slice(0, 2))(
    'err less for %s than those from independent rows',
    (_, known) => {
      const [net, independent] = [squaresOf(known, true), squaresOf(known, false)]
      const ratios = net.map((square, i) => square / independent[i])
      for (const ratio of ratios) expect(ratio, `${ratios}`).toBeLessThan(1)
      expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(0.7)
    },
    60_000,
  )
})

describe('the noise of the simulation', () => {
  const noise = Math.sqrt(truth.variance) * 3
  const few = 60
  const points = Array.from({ length: few }, (_, r) => sobolPoint(noisyRuns(64, 24, noise, r)))

  /** Mean over repetitions, and its standard error. */
  function average(of: (point: (typeof points)[number]) => number): { mean: number; error: number } {
    const values = points.map(of)
    const mean = values.reduce((sum, value) => sum + value, 0) / few
    const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
    return { mean, error: Math.sqrt(squares / few / (few - 1)) }
  }

  it('is taken out of the variance and of what the dummy is made of: both are right on average', () => {
    const variance = average((point) => point.variance)
    expect(Math.abs(variance.mean - truth.variance)).toBeLessThan(5 * variance.error)
    // Not taken out, the noise left in a cell would add 9 / 24 of the variance, and half of the dummy's 0.75 to its total index.
    const dummy = average((point) => point.total[3] * point.variance)
    expect(Math.abs(dummy.mean)).toBeLessThan(5 * dummy.error)
    expect(5 * dummy.error).toBeLessThan(0.25 * truth.variance)
  })

  it('that A and B share is taken off the variance by their product, which lowers its error where luck is large', () => {
    const large = Array.from({ length: few }, (_, r) => noisyRuns(64, 24, Math.sqrt(truth.variance) * 8, 1000 + r))
    const squares = large.map((runs) => (sobolPoint(runs).variance / truth.variance - 1) ** 2)
    const error = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / few)
    // The mean square alone errs by 0.56 of the variance here.
    expect(error).toBeLessThan(0.4)
  })

  it('is told apart from the dials in a single future: luck has the share of the variance that it has', () => {
    const stream = streamOf(13)
    const runs = noisyRuns(256, 64, Math.sqrt(truth.variance), 99)
    const found = sobolIndices(runs, { draw: (n) => stream.index(n), replicates: 100, confidence: 0.999 })
    // Luck has the variance of the dials; four fifths of it are the same in every cell.
    expect(covers(found.luckTotal, 1 / 2)).toBe(true)
    expect(covers(found.luckFirst, 0.8 / 2)).toBe(true)
    expect(covers(found.singleVariance, truth.variance * 2)).toBe(true)
    expect(covers(found.inputs[1].singleFirst, truth.first[1] / 2)).toBe(true)
    // Interaction with luck counts in full: the part of luck that each cell has for itself changes with any dial.
    expect(covers(found.inputs[1].singleTotal, truth.total[1] / 2 + 0.2 / 2)).toBe(true)
    // The intervals are narrow enough to tell a single future from the expectation.
    expect(found.singleVariance.lower).toBeGreaterThan(truth.variance)
    expect(found.singleVariance.upper).toBeLessThan(truth.variance * 3)
    expect(found.inputs[1].singleFirst.upper).toBeLessThan(truth.first[1])
  })
})

describe('elementary effects with noise', () => {
  const trajectories = 20
  const paths = 32

  /** Effects on paths: an expectation for each trajectory, and luck that leans to one side, as losses do. */
  function noisyEffects(expectation: (t: number) => number, repetition: number): Float64Array[] {
    const stream = streamOf(14, repetition)
    return Array.from({ length: trajectories }, (_, t) =>
      Float64Array.from({ length: paths }, () => expectation(t) + 3 * (stream.exponential() - 1)),
    )
  }

  it('of nothing are zero by mean, magnitude and spread, as often as 95 % intervals promise', () => {
    const misses = [0, 0, 0]
    let sum = 0
    for (let r = 0; r < repetitions; r++) {
      const stream = streamOf(15, r)
      const draw = (n: number) => stream.index(n)
      const [{ mu, muStar, sigma }] = morrisMeasures([noisyEffects(() => 0, r)], {
        draw,
        replicates: 200,
        confidence: 0.95,
      })
      ;[mu, muStar, sigma].forEach((one, i) => {
        if (!covers(one, 0)) misses[i]++
      })
      sum += muStar.value
    }
    for (const miss of misses) expect(miss, `${misses} of ${repetitions}`).toBeLessThanOrEqual(mostMisses)
    // The mean of magnitudes as they come would be sqrt(2 / π) × 3 / sqrt(32) = 0.42 of nothing but noise.
    expect(Math.abs(sum / repetitions)).toBeLessThan(0.1)
  })

  it('of a spread of one around two are covered by mean, magnitude and spread', () => {
    const hits = [0, 0, 0]
    const expectation = (t: number) => (t % 2 === 0 ? 1 : 3)
    for (let r = 0; r < repetitions; r++) {
      const stream = streamOf(16, r)
      const draw = (n: number) => stream.index(n)
      const [{ mu, muStar, sigma }] = morrisMeasures([noisyEffects(expectation, r)], {
        draw,
        replicates: 200,
        confidence: 0.95,
      })
      ;[covers(mu, 2), covers(muStar, 2), covers(sigma, Math.sqrt(20 / 19))].forEach((hit, i) => {
        if (hit) hits[i]++
      })
    }
    for (const hit of hits) expect(hit, `${hits} of ${repetitions}`).toBeGreaterThanOrEqual(enough)
  })
})
