/** Verdicts of a gate: what passes, what is refused, what needs more paths, and how sure each is. */
import { describe, expect, it } from 'vitest'
import { clopperPearson, quantileWithInterval } from '../../sim/statistics/intervals.ts'
import { geometricPlan, maxFailures, sequentialInterval } from '../../sim/statistics/sequential.ts'
import { confidenceOfLook } from '../../sim/studies/gate/docket.ts'
import { narrowed, verdictOf } from '../../sim/studies/gate/gate.ts'
import { depeg, every, failing, hear, policy } from '../support/gates.ts'

describe('a verdict', () => {
  const atMost = { side: 'atMost', limit: 1 } as const
  const atLeast = { side: 'atLeast', limit: 1 } as const

  it('passes and breaks only where the whole interval lies on one side; the limit itself is allowed', () => {
    expect(verdictOf({ lower: 0, upper: 1 }, atMost)).toBe('pass')
    expect(verdictOf({ lower: 0, upper: 1.01 }, atMost)).toBe('undecided')
    expect(verdictOf({ lower: 1, upper: 2 }, atMost)).toBe('undecided')
    expect(verdictOf({ lower: 1.01, upper: 2 }, atMost)).toBe('breach')
    expect(verdictOf({ lower: 1, upper: 2 }, atLeast)).toBe('pass')
    expect(verdictOf({ lower: 0.99, upper: 2 }, atLeast)).toBe('undecided')
    expect(verdictOf({ lower: 0, upper: 1 }, atLeast)).toBe('undecided')
    expect(verdictOf({ lower: 0, upper: 0.99 }, atLeast)).toBe('breach')
  })

  it('is undecided where the bound that would decide is missing', () => {
    expect(verdictOf({ lower: 0, upper: null }, atMost)).toBe('undecided')
    expect(verdictOf({ lower: 2, upper: null }, atMost)).toBe('breach')
    expect(verdictOf({ lower: null, upper: 2 }, atLeast)).toBe('undecided')
    expect(verdictOf({ lower: null, upper: null }, atLeast)).toBe('undecided')
  })

  it('has the confidence of one-sided sizing: with one look at most as many failures as Clopper and Pearson certify', async () => {
    const most = maxFailures(1000, 0.01, 0.95) as number
    expect(most).toBe(4)
    expect((await hear(policy([depeg]), { law: failing(most), paths: 1000 })).first.verdict).toBe('pass')
    expect((await hear(policy([depeg]), { law: failing(most + 1), paths: 1000 })).first.verdict).toBe('undecided')
  })

  it('pays for every planned look', async () => {
    const one = await hear(policy([depeg]), { law: failing(4), paths: 1000 })
    const three = await hear(policy([depeg]), { law: failing(4), paths: 1000, budget: 4000 })
    expect(three.first.looks[0].verdict).toBe('undecided')
    expect(three.first.looks[0].upper).toBeGreaterThan(one.first.upper as number)
    // 0.05 / 3 on the side that counts
    expect(three.first.looks[0].upper).toBeCloseTo(clopperPearson(4, 1000, 1 - 0.05 / 3, 'upper').upper, 12)
    expect(three.first.confidenceOfLook).toBeCloseTo(1 - 0.05 / 3, 12)
  })
})

describe('a gate that grows', () => {
  it('asks only for the paths that are missing, doubles up to the budget, and stops as soon as all is decided', async () => {
    const { first, cells } = await hear(policy([depeg]), { law: every(250), paths: 500, budget: 8000 })
    expect(cells).toEqual([
      { of: 'scenario', from: 0, to: 500 },
      { of: 'scenario', from: 500, to: 1000 },
      { of: 'scenario', from: 1000, to: 2000 },
    ])
    expect(first.looks.map(({ paths, verdict }) => [paths, verdict])).toEqual([
      [500, 'undecided'],
      [1000, 'undecided'],
      [2000, 'pass'],
    ])
  })

  it('has at each look the interval of the sequential plan', async () => {
    const { first, answer } = await hear(policy([depeg]), { law: failing(12), paths: 500, budget: 2000 })
    const plan = geometricPlan(500, 2000, 1 - 2 * 0.05)
    expect(answer.policy.looks).toEqual(plan.checks)
    first.looks.forEach(({ lower, upper }, look) => {
      const failures = first.looks.slice(0, look + 1).map(() => 12)
      const interval = sequentialInterval(plan, failures)
      expect(lower).toBeCloseTo(interval?.lower as number, 12)
      expect(upper).toBeCloseTo(interval?.upper as number, 12)
    })
  })

  it('ends undecided with the budget, which fails unless the policy says otherwise', async () => {
    const options = { law: failing(10), paths: 500, budget: 1000 }
    const strict = await hear(policy([depeg]), options)
    expect([strict.first.verdict, strict.first.fails, strict.answer.passed]).toEqual(['undecided', true, false])
    const mild = await hear(policy([depeg], 'undecided: pass'), options)
    expect([mild.first.verdict, mild.first.fails, mild.answer.passed]).toEqual(['undecided', false, true])
  })

  it('leaves a decided statement its verdict and its paths while others go on', async () => {
    const broken = '{ name: broken, metric: minimumCoverage, statistic: quantile, level: 0.5, limit: { atMost: 0.7 } }'
    const { answer } = await hear(policy([broken, depeg]), { law: every(250), paths: 500, budget: 8000 })
    expect(answer.statements.map(({ verdict, paths }) => [verdict, paths])).toEqual([
      ['breach', 500],
      ['pass', 2000],
    ])
    expect(answer.paths).toBe(2000)
    expect(answer.tables.looks.rows).toHaveLength(4)
  })

  it('keeps what exact bounds of all looks have in common, and none where that is nothing', () => {
    const counts = { tailPaths: 1, telling: null, infinite: 0, moved: null }
    const trust = { enough: true, heavy: false, indication: false, method: 'order statistics', exact: true } as const
    const base = { value: 0, ...counts, ...trust }
    const bounds = (lower: number | null, upper: number | null) => ({ ...base, lower, upper })
    expect(narrowed(bounds(1, 4), { lower: 2, upper: 5 })).toMatchObject({ lower: 2, upper: 4 })
    expect(narrowed(bounds(null, 4), { lower: 2, upper: null })).toMatchObject({ lower: 2, upper: 4 })
    expect(narrowed(bounds(1, 2), { lower: 3, upper: 5 })).toMatchObject({ lower: null, upper: null })
  })
})

describe('confidence', () => {
  const two = [depeg, '{ name: other, metric: depeg_5pct_24h, statistic: probability, limit: { atMost: 0.01 } }']

  it('is that of each statement, of one of its own, or shared by all', async () => {
    const each = await hear(policy(two, 'confidence: 0.9'), { law: failing(0), paths: 2000 })
    expect(each.answer.statements.map(({ confidence }) => confidence)).toEqual([0.9, 0.9])
    const own = '{ metric: depeg_2pct_24h, statistic: probability, confidence: 0.99, limit: { atMost: 0.01 } }'
    expect((await hear(policy([own]), { law: failing(0), paths: 2000 })).first.confidence).toBe(0.99)
    const shared = await hear(policy(two, 'confidence: 0.9', 'together: yes'), { law: failing(0), paths: 2000 })
    expect(shared.answer.statements.map(({ confidence }) => confidence)).toEqual([0.95, 0.95])
    expect(shared.first.upper as number).toBeGreaterThan(each.first.upper as number)
  })

  it('of a look leaves each bound its share of the error', () => {
    expect(1 - confidenceOfLook(0.95, 1)).toBeCloseTo(0.1, 12)
    expect(1 - confidenceOfLook(0.95, 4)).toBeCloseTo(0.025, 12)
    const { upper } = quantileWithInterval(
      Float64Array.from({ length: 59 }, (_, i) => i),
      0.95,
      confidenceOfLook(0.95, 1),
    )
    // Wilks: 59 paths are the fewest whose largest bounds the 95 % quantile at 95 % confidence
    expect(upper).toBe(58)
    const short = quantileWithInterval(
      Float64Array.from({ length: 58 }, (_, i) => i),
      0.95,
      confidenceOfLook(0.95, 1),
    )
    expect(short.upper).toBe(null)
  })
})
