/** What must hold of every interval and every proportion, whatever the numbers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialCdf, binomialQuantile } from '../../sim/statistics/binomial.ts'
import { clopperPearson, quantileInterval, quantileWithInterval, wilson } from '../../sim/statistics/intervals.ts'
import { meanWithInterval, pairedDifference } from '../../sim/statistics/means.ts'
import { countAbove, quantileRank, sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { pairedProportionDifference } from '../../sim/statistics/pairedProportions.ts'
import { decideLimit, geometricPlan, maxFailures, sequentialInterval } from '../../sim/statistics/sequential.ts'
import { failureCurve, requiredLevel } from '../../sim/statistics/sizing.ts'
import { incompleteBeta, inverseIncompleteBeta } from '../../sim/statistics/specialFunctions.ts'
import { studentCdf, studentQuantile } from '../../sim/statistics/student.ts'

const seeded = { seed: 20261122, numRuns: 300 }
const share = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true })
const confidence = fc.double({ min: 0.8, max: 0.999, noNaN: true })
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
const column = fc.array(number, { minLength: 1, maxLength: 200 })
const evidence = fc
  .integer({ min: 1, max: 20_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('special functions', () => {
  it('the incomplete beta function mirrors itself: I_x(a, b) + I_(1-x)(b, a) = 1', () => {
    const shape = fc.double({ min: 0.01, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        const sum = incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a, x)
        expect(Math.abs(sum - 1)).toBeLessThan(1e-12)
      }),
      seeded,
    )
  })

  it('its inverse goes there and back', () => {
    const shape = fc.double({ min: 0.5, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(share, shape, shape, (p, a, b) => {
        const { x, y } = inverseIncompleteBeta(p, a, b)
        // The function's slope at x turns one unit of x into up to 1e-16 * x * density of p.
        expect(Math.abs(incompleteBeta(x, a, b, y) - p)).toBeLessThan(1e-11)
      }),
      seeded,
    )
  })

  it('a binomial quantile is the smallest count that reaches its probability', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), share, share, (n, p, probability) => {
        const k = binomialQuantile(probability, n, p)
        expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(probability * (1 - 1e-11))
        expect(binomialCdf(k - 1, n, p)).toBeLessThan(probability)
      }),
      seeded,
    )
  })

  it("Student's quantile goes there and back, and widens as degrees of freedom fall", () => {
    fc.assert(
      fc.property(share, fc.double({ min: 0.5, max: 1e6, noNaN: true }), (p, degrees) => {
        const t = studentQuantile(p, degrees)
        expect(Math.abs(studentCdf(t, degrees) - p)).toBeLessThan(1e-12)
        expect(Math.abs(studentQuantile(p, degrees / 2))).toBeGreaterThanOrEqual(Math.abs(t) * (1 - 1e-9))
      }),
      seeded,
    )
  })
})

describe('intervals of a probability', () => {
  it('hold their estimate, stay within 0 and 1, and widen with confidence', () => {
    fc.assert(
      fc.property(evidence, confidence, ([k, n], level) => {
        for (const interval of [clopperPearson, wilson]) {
          const { lower, upper } = interval(k, n, level)
          const wider = interval(k, n, (1 + level) / 2)
          expect(lower).toBeGreaterThanOrEqual(0)
          expect(upper).toBeLessThanOrEqual(1)
          expect(lower).toBeLessThanOrEqual(k / n)
          expect(upper).toBeGreaterThanOrEqual(k / n)
          expect(wider.lower).toBeLessThanOrEqual(lower)
          expect(wider.upper).toBeGreaterThanOrEqual(upper)
        }
      }),
      seeded,
    )
  })

  it('mirror when failures and survivals change places', () => {
    fc.assert(
      fc.property(evidence, confidence, ([k, n], level) => {
        const { lower, upper } = clopperPearson(k, n, level)
        const mirror = clopperPearson(n - k, n, level)
        expect(Math.abs(1 - mirror.upper - lower)).toBeLessThan(1e-12)
        expect(Math.abs(1 - mirror.lower - upper)).toBeLessThan(1e-12)
      }),
      seeded,
    )
  })

  it('Clopper and Pearson cover every probability at least as often as stated, by exact enumeration', () => {
    for (const n of [1, 7, 50, 299]) {
      const intervals = Array.from({ length: n + 1 }, (_, k) => clopperPearson(k, n, 0.95))
      for (const p of [0.0001, 0.003, 0.01, 0.1, 0.37, 0.5, 0.93, 0.999]) {
        const covered = intervals.reduce(
          (sum, { lower, upper }, k) =>
            lower <= p && p <= upper ? sum + binomialCdf(k, n, p) - binomialCdf(k - 1, n, p) : sum,
          0,
        )
        expect(covered, `coverage at n = ${n}, p = ${p}`).toBeGreaterThanOrEqual(0.95 - 1e-12)
      }
    }
  })

  it('most failures certified are certified, and one more is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 1e-3, max: 0.5, noNaN: true }), (n, limit) => {
        const k = maxFailures(n, limit, 0.95)
        if (k !== null) expect(clopperPearson(k, n, 0.95, 'upper').upper).toBeLessThanOrEqual(limit * (1 + 1e-9))
        const next = k === null ? 0 : k + 1
        expect(clopperPearson(next, n, 0.95, 'upper').upper).toBeGreaterThan(limit * (1 - 1e-9))
      }),
      seeded,
    )
  })

  it('a paired difference of probabilities changes sign with the order of the policies', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), confidence, (b, c, level) => {
        const there = pairedProportionDifference(b, c, 1000, level)
        const back = pairedProportionDifference(c, b, 1000, level)
        expect([back.difference + 0, back.lower, back.upper]).toEqual([
          0 - there.difference,
          0 - there.upper,
          0 - there.lower,
        ])
        expect(there.lower).toBeLessThanOrEqual(there.difference)
        expect(there.upper).toBeGreaterThanOrEqual(there.difference)
      }),
      seeded,
    )
  })
})

describe('intervals of a quantile', () => {
  it('hold the rank ceil(n p), cover with at least the confidence, and cannot be narrower on either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), share, confidence, (n, p, level) => {
        const { lower, upper } = quantileInterval(n, p, level)
        const rank = quantileRank(n, p)
        const outside = (1 - level) / 2
        if (lower !== null) {
          expect(lower).toBeLessThanOrEqual(rank)
          expect(binomialCdf(lower - 1, n, p)).toBeLessThan(outside * (1 + 1e-9))
        }
        if (upper !== null) {
          expect(upper).toBeGreaterThanOrEqual(rank)
          expect(1 - binomialCdf(upper - 1, n, p)).toBeLessThanOrEqual(outside + 1e-11)
          expect(1 - binomialCdf(upper - 2, n, p)).toBeGreaterThan(outside - 1e-11)
        } else expect(1 - binomialCdf(n - 1, n, p)).toBeGreaterThan(outside - 1e-11)
      }),
      seeded,
    )
  })

  it('are order statistics of the column around the value', () => {
    fc.assert(
      fc.property(column, share, confidence, (values, p, level) => {
        const sorted = sortedColumn(values)
        const { value, lower, upper, rank, count, tailCount } = quantileWithInterval(sorted, p, level)
        expect(value).toBe(sorted[rank - 1])
        expect(lower === null || lower <= value).toBe(true)
        expect(upper === null || upper >= value).toBe(true)
        expect(count).toBe(values.length)
        expect(tailCount).toBe(p >= 0.5 ? count - rank : rank)
      }),
      seeded,
    )
  })
})

describe('means', () => {
  it('an interval holds its mean, and its mean lies between the least and the greatest value', () => {
    fc.assert(
      fc.property(column, confidence, (values, level) => {
        const { mean, lower, upper, standardError } = meanWithInterval(values, level)
        expect(mean).toBeGreaterThanOrEqual(Math.min(...values))
        expect(mean).toBeLessThanOrEqual(Math.max(...values))
        expect(lower === null).toBe(values.length === 1)
        if (lower !== null && upper !== null) expect(lower <= mean && mean <= upper).toBe(true)
        expect(Number.isNaN(standardError ?? 0)).toBe(false)
      }),
      seeded,
    )
  })

  it('order hardly matters: at most a unit in the last place of the largest value', () => {
    fc.assert(
      fc.property(column, (values) => {
        const forwards = meanWithInterval(values, 0.95).mean
        const backwards = meanWithInterval([...values].reverse(), 0.95).mean
        const largest = Math.max(...values.map(Math.abs))
        expect(Math.abs(forwards - backwards)).toBeLessThanOrEqual(2.3e-16 * largest)
      }),
      seeded,
    )
  })

  it('a paired difference changes sign with the order of the policies, and a policy does not differ from itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 100 }), (pairs) => {
        const first = pairs.map(([a]) => a)
        const second = pairs.map(([, b]) => b)
        const there = pairedDifference(first, second, 0.95)
        const back = pairedDifference(second, first, 0.95)
        expect(back.mean + there.mean).toBe(0)
        expect(back.standardError).toBe(there.standardError)
        expect(pairedDifference(first, first, 0.95)).toMatchObject({ mean: 0, standardError: 0 })
      }),
      seeded,
    )
  })
})

describe('sizing', () => {
  it('failures never rise with the buffer, and every band holds its estimate', () => {
    fc.assert(
      fc.property(column, fc.array(number, { minLength: 1, maxLength: 10 }), (values, levels) => {
        const ascending = [...levels].sort((a, b) => a - b)
        const curve = failureCurve(values, ascending, 0.95)
        curve.forEach((point, i) => {
          expect(point.failures).toBe(values.filter((value) => value > point.level).length)
          expect(point.lower <= point.probability && point.probability <= point.upper).toBe(true)
          if (i > 0) expect(point.failures).toBeLessThanOrEqual(curve[i - 1]!.failures)
        })
      }),
      seeded,
    )
  })

  it('the required level keeps its promise on these paths and is the smallest observed one that does', () => {
    fc.assert(
      fc.property(column, fc.double({ min: 0.005, max: 0.5, noNaN: true }), (values, allowed) => {
        const got = requiredLevel(values, allowed, 0.9)
        const sorted = sortedColumn(values)
        expect(got.exceed).toBe(countAbove(sorted, got.level))
        expect(got.exceed).toBeLessThanOrEqual(values.length * allowed + 1e-9)
        const smaller = values.filter((value) => value < got.level)
        if (smaller.length > 0) {
          expect(countAbove(sorted, Math.max(...smaller))).toBeGreaterThan(values.length * allowed - 1e-9)
        }
        expect(got.lower === null || got.lower <= got.level).toBe(true)
        expect(got.upper === null || got.upper >= got.level).toBe(true)
        expect((got.upper === null) === (got.boundedBy === null)).toBe(true)
        if (got.upper === null) expect(got.pathsNeeded).toBeGreaterThan(values.length)
      }),
      seeded,
    )
  })

  it('a certified level is certified by its own failures', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 500 }), (values) => {
        const { level, certified, certifiedExceed } = requiredLevel(values, 0.05, 0.95)
        if (certified === null) {
          expect(values.length).toBeLessThan(59)
        } else {
          expect(certified).toBeGreaterThanOrEqual(level)
          expect(clopperPearson(certifiedExceed as number, values.length, 0.95, 'upper').upper).toBeLessThanOrEqual(
            0.05,
          )
        }
      }),
      seeded,
    )
  })
})

describe('sequential stopping', () => {
  it('intervals shrink from look to look, and a decision agrees with them', () => {
    const plan = geometricPlan(100, 3200, 0.95)
    const gains = fc.array(fc.nat(3), { minLength: 1, maxLength: plan.checks.length })
    fc.assert(
      fc.property(gains, (added) => {
        const failures = added.map((_, i) => added.slice(0, i + 1).reduce((a, b) => a + b, 0))
        const interval = sequentialInterval(plan, failures)
        const before = failures.length > 1 ? sequentialInterval(plan, failures.slice(0, -1)) : { lower: 0, upper: 1 }
        if (interval === null || before === null) return
        expect(interval.lower).toBeGreaterThanOrEqual(before.lower)
        expect(interval.upper).toBeLessThanOrEqual(before.upper)
        const { answer } = decideLimit(plan, failures, 0.02)
        if (answer === 'below') expect(interval.upper).toBeLessThanOrEqual(0.02)
        if (answer === 'above') expect(interval.lower).toBeGreaterThan(0.02)
      }),
      seeded,
    )
  })
})
