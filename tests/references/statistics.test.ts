/** Published values of the statistics that have no validation hook: special functions, means, sizing, stopping, selection. */
import { describe, expect, it } from 'vitest'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { binomialCdf, binomialQuantile, binomialSurvival } from '../../sim/statistics/binomial.ts'
import {
  bonferroni,
  clopperPearson,
  pathsNeeded,
  quantileWithInterval,
  wilson,
} from '../../sim/statistics/intervals.ts'
import { kupiec } from '../../sim/statistics/kupiec.ts'
import { meanWithInterval, pairedDifference, runningMeans, sampleVariance } from '../../sim/statistics/means.ts'
import { pairedProportionDifference } from '../../sim/statistics/pairedProportions.ts'
import { quantileStandardError } from '../../sim/statistics/quantileError.ts'
import { rinott, rinottPaths } from '../../sim/statistics/rankingSelection.ts'
import {
  decideLimit,
  decidePrecision,
  geometricPlan,
  maxFailures,
  pathsForHalfWidth,
  sequentialInterval,
} from '../../sim/statistics/sequential.ts'
import { failureCurve, requiredLevel } from '../../sim/statistics/sizing.ts'
import { incompleteBeta, inverseIncompleteBeta, logGamma } from '../../sim/statistics/specialFunctions.ts'
import { studentCdf, studentQuantile } from '../../sim/statistics/student.ts'
import { autoregressiveDependence, batchMeans } from '../../sim/statistics/timeAverage.ts'

/** Relative agreement, with the absolute difference where the reference is zero. */
function near(got: number, wanted: number, relative: number): void {
  const difference = Math.abs(got - wanted) / (wanted === 0 ? 1 : Math.abs(wanted))
  expect(difference, `${got} is ${wanted} within ${relative} relative`).toBeLessThanOrEqual(relative)
}

describe('special functions agree with 40-digit values', () => {
  // mpmath loggamma, rounded; 1e-14 is fifty times the error seen.
  it.each([
    [0.5, 0.5723649429247001],
    [1.5, -0.12078223763524522],
    [10, 12.801827480081469],
    [100, 359.1342053695754],
    [1e7, 151180949.3694739],
  ])('log gamma(%d) = %d', (x, wanted) => near(logGamma(x), wanted, 1e-14))

  it('log gamma vanishes at 1 and 2', () => {
    expect(Math.abs(logGamma(1))).toBeLessThan(2e-15)
    expect(Math.abs(logGamma(2))).toBeLessThan(2e-15)
  })

  // x^n is I_x(n, 1), 1 - (1 - x)^n is I_x(1, n), and I_x(1/2, 1/2) = 2/pi asin(sqrt x): exact in closed form.
  it('the incomplete beta function has its closed forms', () => {
    near(incompleteBeta(0.3, 5, 1), 0.00243, 1e-13)
    near(incompleteBeta(0.3, 1, 5), 1 - 0.7 * 0.7 * 0.7 * 0.7 * 0.7, 1e-13)
    near(incompleteBeta(0.25, 0.5, 0.5), 1 / 3, 1e-13)
    near(incompleteBeta(0.5, 5e6, 5e6), 0.5, 1e-12)
    near(incompleteBeta(0.5, 5e8, 5e8), 0.5, 1e-12)
  })

  // mpmath betainc in 40 digits.
  it('the incomplete beta function keeps its digits within 1e-7 of 1', () => {
    const y = 5.571642117116813e-7
    near(incompleteBeta(1 - y, 9999999, 2, y), 0.02500000000517003, 1e-11)
  })

  it('the inverse returns both x and 1 - x with full relative precision', () => {
    near(inverseIncompleteBeta(0.025, 1, 1e7).x, 2.53178079522403e-9, 1e-9)
    near(inverseIncompleteBeta(0.975, 1e7, 1).y, 2.53178079522403e-9, 1e-9)
    expect(inverseIncompleteBeta(0, 2, 3)).toEqual({ x: 0, y: 1 })
    expect(inverseIncompleteBeta(1, 2, 3)).toEqual({ x: 1, y: 0 })
  })

  it('the binomial distribution gives the traffic-light probabilities of the Basel Committee (1996)', () => {
    expect(binomialCdf(4, 250, 0.01)).toBeCloseTo(0.892188, 6)
    expect(binomialCdf(9, 250, 0.01)).toBeCloseTo(0.99975, 6)
    near(binomialSurvival(4, 250, 0.01), 1 - binomialCdf(4, 250, 0.01), 1e-13)
  })

  it('binomial quantiles are smallest: ties at exact halves stay at the tie', () => {
    expect(binomialQuantile(0.25, 2, 0.5)).toBe(0)
    expect(binomialQuantile(0.75, 2, 0.5)).toBe(1)
    expect(binomialQuantile(0.5, 1001, 0.5)).toBe(500)
    expect(binomialQuantile(0.3, 10, 0)).toBe(0)
    expect(binomialQuantile(0.3, 10, 1)).toBe(10)
  })

  // Printed in every table of Student's t; digits by SciPy.
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 4, 2.7764451051977934],
    [0.995, 9, 3.2498355415921263],
    [0.9, 1.5, 2.1963984175655376],
    [0.975, 1e7, 1.959964221767205],
  ])('Student quantile of %d with %d degrees of freedom is %d', (p, degrees, wanted) => {
    near(studentQuantile(p, degrees), wanted, 1e-9)
    near(studentQuantile(1 - p, degrees), -wanted, 1e-9)
    near(studentCdf(wanted, degrees), p, 1e-9)
  })
})

describe('probabilities', () => {
  it('Wilson interval of 3 in 1000 at 95 % is [.00102078, .00878301]', () => {
    const { lower, upper } = wilson(3, 1000, 0.95)
    expect(lower).toBeCloseTo(0.00102078, 8)
    expect(upper).toBeCloseTo(0.00878301, 8)
  })

  it('a lower one-sided bound mirrors the upper one', () => {
    const upper = clopperPearson(3, 1000, 0.95, 'upper').upper
    near(1 - clopperPearson(997, 1000, 0.95, 'lower').lower, upper, 1e-12)
  })

  it('a quantile at 99.9 % and 95 % confidence is bounded from 3,688 paths on', () => {
    expect(pathsNeeded(0.999, 0.95)).toBe(3688)
    expect(pathsNeeded(0.001, 0.95)).toBe(3688)
    expect(pathsNeeded(0.99, 0.95)).toBe(368)
    expect(pathsNeeded(0.5, 0.95)).toBe(6)
  })

  it('the most failures that certify 1 % at 95 % are 0, 1, 4, 12, 38, 83', () => {
    const paths = [299, 500, 1000, 2000, 5000, 10000]
    expect(paths.map((n) => maxFailures(n, 0.01, 0.95))).toEqual([0, 1, 4, 12, 38, 83])
    expect(maxFailures(298, 0.01, 0.95)).toBeNull()
  })

  it('planning asks 38,031 paths for 1 % within .1 % and 383,762 for .1 % within a tenth', () => {
    expect(pathsForHalfWidth(0.01, 0.001, 0.95)).toBe(38031)
    expect(pathsForHalfWidth(0.001, 0.0001, 0.95)).toBe(383762)
  })

  it("Kupiec's statistic has its published values", () => {
    const statistics = [0, 2, 5, 7, 10].map((x) => kupiec(x, 250, 0.01).statistic)
    const wanted = [5.025168, 0.108435, 1.95681, 5.49699, 12.955491]
    statistics.forEach((statistic, i) => {
      expect(statistic).toBeCloseTo(wanted[i], 6)
    })
    expect(kupiec(7, 250, 0.01).pValue).toBeCloseTo(0.01905, 5)
  })

  it("Rinott's h for 20 first paths and 95 % is 2.45247, 3.38542, 3.87528 for 2, 5, 10 policies", () => {
    expect(rinott(2, 0.95, 20)).toBeCloseTo(2.45247, 5)
    expect(rinott(5, 0.95, 20)).toBeCloseTo(3.38542, 5)
    expect(rinott(10, 0.95, 20)).toBeCloseTo(3.87528, 5)
    expect(rinottPaths(2.45247, 3, 0.5, 20)).toBe(217)
    expect(rinottPaths(2.45247, 0.1, 0.5, 20)).toBe(20)
  })
})

describe('means', () => {
  // Student (1908), the sleep data: ten patients under two drugs; the published paired t interval is (0.70, 2.46).
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

  it("a paired difference reproduces Student's sleep data", () => {
    const { mean, standardError, lower, upper } = pairedDifference(first, second, 0.95)
    near(mean, 1.58, 1e-12)
    near(standardError as number, 1.58 / 4.062127683382037, 1e-9)
    near(lower as number, 0.7001142, 1e-7)
    near(upper as number, 2.4598858, 1e-7)
  })

  it('one value has a mean and no interval', () => {
    expect(meanWithInterval([7], 0.95)).toEqual({ mean: 7, standardError: null, lower: null, upper: null, count: 1 })
  })

  it('equal values have exactly that mean and no spread', () => {
    const { mean, standardError, lower, upper } = meanWithInterval(new Float64Array(1001).fill(0.1), 0.95)
    expect([mean, standardError, lower, upper]).toEqual([0.1, 0, 0.1, 0.1])
  })

  // 1e16 + 1 rounds in plain summation; the certified standard deviation of NIST's NumAcc4 is 0.1.
  it("the variance passes NIST's NumAcc4", () => {
    const values = [10000000.2, ...Array.from({ length: 1000 }, (_, i) => 10000000 + (i % 2 === 0 ? 0.1 : 0.3))]
    near(Math.sqrt(sampleVariance(values) as number), 0.1, 1e-7)
    near(meanWithInterval([1e16, 1, -1e16], 0.95).mean, 1 / 3, 1e-15)
  })

  it('a running mean at the last path is the mean', () => {
    const panel = runningMeans(first, [1, 5, 10], 0.95)
    expect(panel[2]).toEqual(meanWithInterval(first, 0.95))
    expect(panel[0].lower).toBeNull()
  })

  it('an AR(1) with coefficient .9 is worth .05263158 of its days and has long-run variance 100', () => {
    const { effectiveShare, longRunVariance } = autoregressiveDependence(0.9)
    expect(effectiveShare).toBeCloseTo(0.05263158, 8)
    near(longRunVariance, 100, 1e-12)
  })

  it('batch means of four batches are the interval of their four means', () => {
    const got = batchMeans([1, 3, 2, 4, 6, 8, 5, 7], 4, 0.95)
    const wanted = meanWithInterval([2, 3, 7, 6], 0.95)
    expect(got).toEqual(wanted)
  })

  it('policies that never differ still leave a difference unproved', () => {
    const { difference, lower, upper } = pairedProportionDifference(0, 0, 1000, 0.95)
    expect(difference).toBe(0)
    // 1 - (alpha/4)^(1/n): Clopper-Pearson's closed form at half the error.
    near(upper, 1 - exp(-4.382026634673881 / 1000), 1e-9)
    near(lower, -upper, 1e-15)
  })
})

describe('quantile standard errors', () => {
  it('the order statistic of an even grid has the standard deviation of its beta distribution', () => {
    const n = 10000
    const grid = Float64Array.from({ length: n }, (_, i) => (i + 0.5) / n)
    const rank = 9900
    const beta = Math.sqrt((rank * (n - rank + 1)) / ((n + 1) * (n + 1) * (n + 2)))
    // The grid rounds each value by at most half a step, a variance of 1/(12 n^2), 0.1 % of the whole.
    near(quantileStandardError(grid, 0.99), beta, 1e-3)
  })

  it('one value has no error', () => {
    expect(quantileStandardError([3], 0.5)).toBe(0)
  })
})

describe('sizing', () => {
  const n = 100_000
  const evenLognormal = Float64Array.from({ length: n }, (_, i) => 0.08 * exp(0.9 * normalQuantile((i + 0.5) / n)))

  it.each([
    [0.01, 0.6491992766],
    [0.001, 1.2910817479],
  ])('a lognormal demand of median .08 and s .9 needs, at %d, the buffer %d', (share, wanted) => {
    near(0.08 * exp(0.9 * normalQuantile(1 - share)), wanted, 1e-9)
    const { level, lower, upper, certified, exceed } = requiredLevel(evenLognormal, share, 0.95)
    // Half a grid step on the probability axis moves the quantile by .9 / (2 n share z-density ratio): under .2 %.
    near(level, wanted, 2e-3)
    expect(lower as number).toBeLessThan(wanted)
    expect(upper as number).toBeGreaterThan(wanted)
    expect(certified as number).toBeGreaterThan(wanted)
    expect(exceed).toBe(n * share)
  })

  it('too few paths leave the level unbounded, uncertified, and say how many are needed', () => {
    const values = Array.from({ length: 200 }, (_, i) => i)
    expect(requiredLevel(values, 0.01, 0.95)).toEqual({
      level: 197,
      lower: 194,
      upper: null,
      count: 200,
      exceed: 2,
      boundedBy: null,
      pathsNeeded: 368,
      certified: null,
      certifiedExceed: null,
    })
  })

  it('a thousand paths certify 1 % at the fifth largest', () => {
    const values = Array.from({ length: 1000 }, (_, i) => 1000 - i)
    const { level, certified, certifiedExceed, lower, upper, boundedBy } = requiredLevel(values, 0.01, 0.95)
    expect([level, certified, certifiedExceed, lower, upper, boundedBy]).toEqual([990, 996, 4, 983, 997, 997])
  })

  it('one path, and paths that no buffer saves, are answered', () => {
    expect(requiredLevel([5], 0.01, 0.95)).toMatchObject({ level: 5, lower: 5, upper: null, exceed: 0 })
    const hopeless = [...Array.from({ length: 900 }, () => 1), ...Array.from({ length: 100 }, () => Infinity)]
    expect(requiredLevel(hopeless, 0.01, 0.95).level).toBe(Infinity)
    expect(failureCurve(hopeless, [1e300], 0.95)[0].failures).toBe(100)
  })

  it('a curve counts strictly above the level and bands it', () => {
    const curve = failureCurve([1, 2, 2, 3], [0, 1, 2, 3], 0.95)
    expect(curve.map((point) => point.failures)).toEqual([4, 3, 1, 0])
    expect(curve[3].upper).toBe(clopperPearson(0, 4, 0.95).upper)
    const all = failureCurve([1, 2, 2, 3], [0, 1, 2, 3], 0.95, 'all')
    expect(all[3].upper).toBe(clopperPearson(0, 4, bonferroni(0.95, 4)).upper)
  })
})

describe('sequential stopping', () => {
  const plan = geometricPlan(1000, 16000, 0.95)

  it('a geometric plan looks as often as paths double', () => {
    expect(plan.checks).toEqual([1000, 2000, 4000, 8000, 16000])
    expect(geometricPlan(10, 10, 0.95).checks).toEqual([10])
  })

  it('intervals pay for every planned look and only shrink', () => {
    const once = clopperPearson(10, 1000, bonferroni(0.95, 5))
    expect(sequentialInterval(plan, [10])).toEqual(once)
    const twice = sequentialInterval(plan, [10, 25])
    const second = clopperPearson(25, 2000, bonferroni(0.95, 5))
    expect(twice).toEqual({ lower: Math.max(once.lower, second.lower), upper: Math.min(once.upper, second.upper) })
  })

  it('results at odds with each other have no common interval', () => {
    expect(sequentialInterval(plan, [0, 900])).toBeNull()
  })

  it('a limit is decided below, above, or not at all', () => {
    expect(decideLimit(plan, [0], 0.01)).toMatchObject({ stop: true, answer: 'below' })
    expect(decideLimit(plan, [40], 0.01)).toMatchObject({ stop: true, answer: 'above' })
    expect(decideLimit(plan, [10], 0.01)).toMatchObject({ stop: false, answer: 'undecided' })
    expect(decideLimit(plan, [10, 20, 40, 80, 160], 0.01)).toMatchObject({ stop: true, answer: 'undecided' })
  })

  it('precision needs both a narrow interval and twenty failures', () => {
    expect(decidePrecision(plan, [500], 0.15)).toMatchObject({ stop: true, answer: 'precise' })
    expect(decidePrecision(plan, [10], 10)).toMatchObject({ stop: false, answer: 'undecided' })
    expect(decidePrecision(plan, [20], 10)).toMatchObject({ stop: true, answer: 'precise' })
  })
})

describe('broken input is refused', () => {
  it('a NaN is named with its index', () => {
    expect(() => meanWithInterval([1, 2, Number.NaN], 0.95)).toThrow('NaN at index 2')
    expect(() => quantileWithInterval([1, Number.NaN], 0.5, 0.95)).toThrow('NaN at index 1')
    expect(() => requiredLevel([Number.NaN, 1], 0.01, 0.95)).toThrow('NaN at index 0')
    expect(() => pairedDifference([1, 2], [1, Number.NaN], 0.95)).toThrow('second values: NaN at index 1')
    expect(() => meanWithInterval([1, Infinity], 0.95)).toThrow('Infinity at index 1')
  })

  it('an empty column, an unsorted one, and unequal pairs are refused', () => {
    expect(() => meanWithInterval([], 0.95)).toThrow('at least one')
    expect(() => requiredLevel([], 0.01, 0.95)).toThrow('at least one')
    expect(() => quantileWithInterval([2, 1], 0.5, 0.95)).toThrow('sort ascending')
    expect(() => pairedDifference([1], [1, 2], 0.95)).toThrow('1 and 2')
  })

  it('counts and probabilities out of bounds are refused', () => {
    expect(() => clopperPearson(5, 4, 0.95)).toThrow('number of failures')
    expect(() => clopperPearson(1.5, 4, 0.95)).toThrow('integer')
    expect(() => clopperPearson(1, 4, 1)).toThrow('confidence')
    expect(() => sequentialInterval(geometricPlan(10, 20, 0.95), [5, 4])).toThrow('only grow')
    expect(() => sequentialInterval(geometricPlan(10, 20, 0.95), [1, 2, 3])).toThrow('number of looks')
    expect(() => rinott(2, 0.4, 20)).toThrow('guessing')
  })
})
