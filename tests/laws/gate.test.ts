/** Verdicts of a gate: what passes, what is refused, what needs more paths, and what no number of paths could show. */
import { describe, expect, it } from 'vitest'
import { plain, reasonOf } from '../../reports/studies/gateWords.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { pow } from '../../sim/kernel/maths/elementary.ts'
import { clopperPearson, quantileWithInterval } from '../../sim/statistics/intervals.ts'
import { geometricPlan, maxFailures, sequentialInterval } from '../../sim/statistics/sequential.ts'
import { confidenceOfLook } from '../../sim/studies/gate/docket.ts'
import { narrowed, verdictOf } from '../../sim/studies/gate/gate.ts'
import { hear, type Law, policy } from '../support/gates.ts'

/** The event happens on the first `failures` paths: depeg_2pct_24h looks below 0.98. */
const failing =
  (failures: number): Law =>
  (_luck, path) =>
    path < failures ? 0.5 : 1
/** The event happens on every n-th path. */
const every =
  (n: number): Law =>
  (_luck, path) =>
    path % n === 0 ? 0.5 : 1
const depeg = '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 0.01 } }'
const good = '{ metric: minimumCoverage, statistic: quantile, level: 0.5, limit: { atLeast: 0 } }'

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

describe('statements of each kind', () => {
  const uniform: Law = (luck) => luck

  it('a quantile passes by its order statistics, counted upwards', async () => {
    const low = '{ metric: minimumCoverage, statistic: quantile, level: 0.01, limit: { atLeast: 0.002 } }'
    const { first } = await hear(policy([low]), { law: uniform, paths: 2000 })
    expect(first.verdict).toBe('pass')
    expect(first.value).toBeCloseTo(0.01, 2)
    expect([first.tailPaths, first.enough, first.method]).toEqual([20, false, 'order statistics'])
    const high = '{ metric: minimumCoverage, statistic: quantile, level: 0.01, limit: { atLeast: 0.5 } }'
    expect((await hear(policy([high]), { law: uniform, paths: 2000 })).first.verdict).toBe('breach')
  })

  it('an expected shortfall is the mean of the bad end, high or low', async () => {
    const loss = '{ metric: saidLoss, statistic: expectedShortfall, level: 0.95, limit: { atMost: 0.99 } }'
    const yields = '{ metric: saidNetYield, statistic: expectedShortfall, level: 0.95, limit: { atLeast: 0.015 } }'
    const { answer } = await hear(policy([loss, yields]), { law: uniform, paths: 2000 })
    expect(answer.statements.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
    // mean of the upper twentieth of a uniform law, and of the lower one; 3 standard errors of 100 paths are 0.005
    expect(Math.abs((answer.statements[0].value as number) - 0.975)).toBeLessThan(0.005)
    expect(Math.abs((answer.statements[1].value as number) - 0.025)).toBeLessThan(0.005)
    for (const { lower, value, upper } of answer.statements) {
      expect(lower as number).toBeLessThan(value as number)
      expect(upper as number).toBeGreaterThan(value as number)
    }
  })

  it('a mean has an interval, and none where all paths are alike', async () => {
    const statement = '{ metric: badDebt, statistic: mean, limit: { atMost: 0.55, unit: USD } }'
    expect((await hear(policy([statement]), { law: uniform, paths: 2000 })).first.verdict).toBe('pass')
    const { first } = await hear(policy([statement]), { law: () => 0, paths: 2000 })
    expect([first.value, first.lower, first.upper, first.verdict]).toEqual([0, null, null, 'undecided'])
  })

  const infinitely = (side: string, statistic: string) =>
    `{ metric: requiredReserve, ${statistic}, limit: { ${side}: 9 } }`
  const shortfall95 = 'statistic: expectedShortfall, level: 0.95'

  it('an infinite path breaks the limit of a mean and of a shortfall, which are infinite then, and not that of a median', async () => {
    const law: Law = (luck, path) => (path === 3 ? Number.POSITIVE_INFINITY : luck)
    const median = 'statistic: quantile, level: 0.5'
    const given = ['statistic: mean', shortfall95, median].map((one) => infinitely('atMost', one))
    const { answer } = await hear(policy(given, 'undecided: pass'), { law, paths: 2000 })
    expect(answer.statements.map(({ verdict, value, lower }) => [verdict, value === null, lower === null])).toEqual([
      ['breach', true, true],
      ['breach', true, true],
      ['pass', false, false],
    ])
    expect([answer.passed, answer.statements[0].infinite]).toEqual([false, 1])
    expect(plain(reasonOf(answer.statements[0], answer))).toBe(
      'On 1 path requiredReserve has no finite value. At 95 % confidence it is infinite: the limit of 900 % is broken.',
    )
    // the plain answer of a gate is JSON, which has no infinities
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
  })

  it('an infinite path proves nothing to the other side', async () => {
    const law: Law = (luck, path) => (path === 3 ? Number.POSITIVE_INFINITY : luck)
    const given = ['statistic: mean', shortfall95].map((one) => infinitely('atLeast', one))
    const { answer } = await hear(policy(given), { law, paths: 2000 })
    expect(answer.statements.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided'])
  })

  it('a quantile that is infinite on all paths breaks its limit, and so does a change to it', async () => {
    const quantile = (rest: string) =>
      `{ metric: requiredReserve, statistic: quantile, level: 0.5, ${rest} limit: { atMost: 9 } }`
    const given = policy([quantile(''), quantile('baseline: yes, name: change,')], 'baseline: base', 'undecided: pass')
    const options = { law: () => Number.POSITIVE_INFINITY, before: (luck: number) => luck, paths: 500 }
    const { answer } = await hear(given, options)
    expect(answer.statements.map(({ verdict, value, fails }) => [verdict, value, fails])).toEqual([
      ['breach', null, true],
      ['breach', null, true],
    ])
    const both = await hear(given, { ...options, before: () => Number.POSITIVE_INFINITY })
    expect(both.answer.statements.map(({ verdict }) => verdict)).toEqual(['breach', 'undecided'])
  })

  it('a change from finite to infinite breaks the limit of a mean and of a shortfall', async () => {
    const given = ['statistic: mean', shortfall95].map((one) => infinitely('atMost', `${one}, baseline: yes`))
    const law: Law = (luck, path) => (path === 3 ? Number.POSITIVE_INFINITY : luck)
    const heard = (before: Law) => hear(policy(given, 'baseline: base'), { law, before, paths: 2000 })
    const verdicts = async (before: Law) => (await heard(before)).answer.statements.map(({ verdict }) => verdict)
    expect(await verdicts((luck) => luck)).toEqual(['breach', 'breach'])
    expect(await verdicts(law)).toEqual(['undecided', 'undecided'])
  })

  it('no verdict rests on fewer than 50 tail paths or on a heavy tail, unless the statement accepts indications', async () => {
    const loss = (rest: string) =>
      `{ metric: requiredReserve, statistic: expectedShortfall, level: 0.975, ${rest} limit: { atMost: 1.5 } }`
    const thin = await hear(policy([loss('')]), { law: uniform, paths: 500, budget: 2000 })
    expect(thin.first.looks.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided', 'pass'])
    expect(thin.first.tailPaths).toBe(50)
    const accepted = await hear(policy([loss('indications: accept,')]), { law: uniform, paths: 500, budget: 2000 })
    expect([accepted.first.verdict, accepted.first.paths, accepted.first.indication]).toEqual(['pass', 500, true])
    // index 1.25: a mean, and no variance
    const heavy: Law = (luck) => 0.001 * pow(1 - luck, -0.8)
    const refused = await hear(policy([loss('')]), { law: heavy, paths: 2000 })
    expect([refused.first.heavy, refused.first.verdict]).toEqual([true, 'undecided'])
    expect(plain(reasonOf(refused.first, refused.answer))).toMatch(
      /No verdict rests on an interval .* that is an indication/,
    )
    expect((await hear(policy([loss('indications: accept,')]), { law: heavy, paths: 2000 })).first.verdict).toBe('pass')
    const few = await hear(policy(['{ metric: badDebt, statistic: mean, limit: { atMost: 1 } }']), {
      law: every(50),
      paths: 1000,
    })
    expect([few.first.telling, few.first.verdict]).toEqual([20, 'undecided'])
  })

  it('nor on a bootstrap of a quantile with fewer than 50 paths beyond it', async () => {
    const median = (rest: string) =>
      `{ metric: saidLoss, statistic: quantile, level: 0.9, baseline: yes, ${rest} limit: { atMost: 0.5 } }`
    const law: Law = (luck) => luck * 0.99
    const heard = (rest: string, paths: number) =>
      hear(policy([median(rest)], 'baseline: base'), { law, before: uniform, paths })
    const thin = (await heard('', 400)).first
    expect([thin.method, thin.tailPaths, thin.indication, thin.verdict]).toEqual([
      'paired bootstrap',
      40,
      true,
      'undecided',
    ])
    expect((await heard('indications: accept,', 400)).first.verdict).toBe('pass')
    expect((await heard('', 500)).first).toMatchObject({ tailPaths: 50, indication: false, verdict: 'pass' })
  })

  it('a change of a shortfall is seen to a tenth of its noise on the same luck', async () => {
    const change =
      '{ metric: saidLoss, statistic: expectedShortfall, level: 0.95, baseline: yes, limit: { atMost: 0.005 } }'
    const alone = '{ metric: saidLoss, statistic: expectedShortfall, level: 0.95, limit: { atMost: 0.999 } }'
    // about + 0.4 points on every bad path, where luck alone moves the shortfall by ± 0.5 points
    const law: Law = (luck) => luck * luck + (luck > 0.5 ? 0.0038 + 0.0002 * luck : 0)
    const before: Law = (luck) => luck * luck
    const { answer, cells } = await hear(policy([change, alone], 'baseline: base'), { law, before, paths: 2000 })
    const [moved, level] = answer.statements
    expect(moved.verdict).toBe('pass')
    expect(moved.value).toBeCloseTo(0.003995, 6)
    const width = (one: typeof moved): number => (one.upper as number) - (one.lower as number)
    expect(width(moved)).toBeLessThan(width(level) / 10)
    expect(cells.map(({ of, to }) => [of, to])).toEqual([
      ['scenario', 2000],
      ['baseline', 2000],
    ])
    const worse: Law = (luck) => luck * luck + (luck > 0.5 ? 0.0058 + 0.0002 * luck : 0)
    const refused = await hear(policy([change, alone], 'baseline: base'), { law: worse, before, paths: 2000 })
    expect(refused.first.verdict).toBe('breach')
  })

  it('a change of a shortfall of what is bad when low has its sign', async () => {
    const change =
      '{ metric: saidNetYield, statistic: expectedShortfall, level: 0.95, baseline: yes, limit: { atLeast: -0.01 } }'
    const given = policy([change], 'baseline: base')
    const before: Law = (luck) => luck
    const better = await hear(given, { law: (luck) => luck + 0.02 * luck + 0.01, before, paths: 1000 })
    expect(better.first.value as number).toBeGreaterThan(0.01)
    expect(better.first.verdict).toBe('pass')
    const worse = await hear(given, { law: (luck) => luck - 0.02 - 0.01 * luck, before, paths: 1000 })
    expect(worse.first.value as number).toBeLessThan(-0.02)
    expect(worse.first.verdict).toBe('breach')
  })

  it('a change of a quantile and of a mean are measured in pairs', async () => {
    const quantile = '{ metric: saidLoss, statistic: quantile, level: 0.9, baseline: yes, limit: { atMost: 0.03 } }'
    const mean = '{ metric: saidLoss, statistic: mean, baseline: yes, limit: { atMost: 0.03 } }'
    const law: Law = (luck) => luck + 0.02 + 0.001 * luck
    const given = policy([quantile, mean], 'baseline: base')
    const { answer } = await hear(given, { law, before: (luck) => luck, paths: 1000 })
    expect(answer.statements.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
    expect(answer.statements[0].value as number).toBeCloseTo(0.0209, 4)
    expect(answer.statements[1].value as number).toBeCloseTo(0.0205, 4)
    expect(await hear(given, { law, before: (luck) => luck, paths: 1000 })).toMatchObject({ answer })
  })

  it('a change of a probability counts the paths that differ', async () => {
    const change = '{ metric: depeg_2pct_24h, statistic: probability, baseline: yes, limit: { atMost: 0.005 } }'
    const given = policy([change], 'baseline: base')
    const steady = await hear(given, { law: failing(400), before: failing(400), paths: 2000 })
    expect([steady.first.verdict, steady.first.moved, steady.first.tailPaths]).toEqual(['pass', 0, 0])
    // nothing seen is not nothing: some 0.2 % may still differ
    expect(steady.first.upper as number).toBeGreaterThan(0.001)
    const worse = await hear(given, { law: failing(440), before: failing(400), paths: 2000 })
    expect([worse.first.verdict, worse.first.value, worse.first.moved]).toEqual(['breach', 0.02, 40])
  })

  it('a scenario against itself changes by nothing, without simulating the baseline', async () => {
    const change =
      '{ metric: saidLoss, statistic: expectedShortfall, level: 0.95, baseline: yes, limit: { atMost: 0 } }'
    const { first, cells } = await hear(policy([change], 'baseline: base'), { law: uniform, same: true, paths: 500 })
    expect([first.verdict, first.value, first.lower, first.upper]).toEqual(['pass', 0, 0, 0])
    expect(cells.every(({ of }) => of === 'scenario')).toBe(true)
  })
})

describe('a change that no path or few paths show', () => {
  const worse: Law = (luck) => (luck < 0.002 ? 1 : 0)
  const statement = (statistic: string, limit: number) =>
    `{ metric: saidLoss, statistic: ${statistic}, baseline: yes, limit: { atMost: ${limit} } }`
  const given = policy(
    [statement('mean', 0.0015), statement('expectedShortfall, level: 0.975', 0.005)],
    'baseline: base',
  )

  it('is undecided for a mean and a shortfall: it may still be large where no path looked', async () => {
    const { answer } = await hear(given, { law: () => 0, before: () => 0, paths: 2000 })
    for (const { verdict, lower, upper, telling, moved } of answer.statements) {
      expect([verdict, lower, upper, telling, moved]).toEqual(['undecided', null, null, 0, 0])
    }
    expect(plain(reasonOf(answer.statements[0], answer))).toMatch(
      /None of 2,000 paths moved; what fewer than 0\.15 % of all paths feel is not seen\.$/,
    )
    const few = await hear(given, { law: worse, before: () => 0, paths: 2000 })
    expect(few.answer.statements.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided'])
  })

  it('is undecided where all paths move alike, for the same reason', async () => {
    const { answer } = await hear(given, { law: (luck) => luck - 0.01, before: (luck) => luck, paths: 2000 })
    expect(answer.statements.map(({ verdict, telling }) => [verdict, telling])).toEqual([
      ['undecided', 0],
      ['undecided', 0],
    ])
  })

  it('has bounds for a quantile, by the ranks that so few could move it', async () => {
    const median = policy([statement('quantile, level: 0.5', 0.05)], 'baseline: base')
    const { first } = await hear(median, { law: (luck) => luck, before: (luck) => luck, paths: 1000 })
    expect([first.verdict, first.method, first.exact, first.value]).toEqual([
      'pass',
      'paired order statistics',
      true,
      0,
    ])
    // at most 0.4 % of paths may move, twice that in ranks; the whole interval of the median would be 0.06 wide
    expect(first.upper as number).toBeGreaterThan(0.004)
    expect(first.upper as number).toBeLessThan(0.025)
    expect(first.lower as number).toBeLessThan(-0.004)
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

describe('what the budget could never show is a wrong question:', () => {
  const refused = async (statement: string, budget: number, ...lines: readonly string[]): Promise<string> => {
    const given = policy([statement], ...lines)
    const before = lines.some((line) => line.startsWith('baseline')) ? failing(0) : undefined
    const error = await hear(given, { law: failing(0), before, paths: 100, budget }).then(
      () => new Error('it was accepted'),
      (thrown: Error) => thrown,
    )
    expect(error).toBeInstanceOf(InputError)
    return error.message
  }

  it('a probability that no failure at all would leave too uncertain', async () => {
    const message = await refused(depeg, 200)
    // two looks share the error: 1 - 0.025^(1/200) is 0.0183
    expect(message).toMatch(
      /^test.yaml:5:5 depeg_2pct_24h probability: no outcome of 200 paths could show it at 95 % confidence: even with depeg_2pct_24h on none of them, its probability could be 0\.0183, above the limit of 0\.01; give it at least (\d+) paths \(run\.budget, or --budget \1\), or set a limit of 0\.019$/,
    )
    // 299 with one look; two or three looks ask for more
    const needed = Number(/at least (\d+) paths/.exec(message)?.[1])
    expect(needed).toBeGreaterThan(299)
    expect((await hear(policy([depeg]), { law: failing(0), paths: 100, budget: needed })).first.verdict).toBe('pass')
    await expect(
      hear(policy([depeg]), { law: failing(0), paths: 100, budget: Math.floor(needed * 0.98) }),
    ).rejects.toThrow(/no outcome of/)
    const wider = depeg.replace('0.01', '0.019')
    expect((await hear(policy([wider]), { law: failing(0), paths: 100, budget: 200 })).first.verdict).toBe('pass')
    const often = '{ metric: depeg_2pct_24h, statistic: probability, limit: { atLeast: 0.99 } }'
    expect(await refused(often, 200)).toMatch(/on all of them.* 0\.982, below the limit of 0\.99.* a limit of 0\.981$/)
    const change = '{ metric: depeg_2pct_24h, statistic: probability, baseline: yes, limit: { atLeast: -0.01 } }'
    expect(await refused(change, 200, 'baseline: base')).toMatch(
      /even if none of them differs from the baseline, the change could be -0\.0\d+, below the limit of -0\.01;/,
    )
  })

  it('a quantile and a shortfall that lie beyond the last path, and the change of one', async () => {
    const quantile = '{ metric: saidLoss, statistic: quantile, level: 0.999, limit: { atMost: 0.9 } }'
    expect(await refused(quantile, 1000)).toMatch(
      /the bound that would show it lies beyond all of them; give it at least \d+ paths .*, or choose a level nearer to the middle than 0\.999$/,
    )
    const shortfall = '{ metric: saidLoss, statistic: expectedShortfall, level: 0.999, limit: { atMost: 0.9 } }'
    expect(await refused(shortfall, 1000)).toMatch(
      /only 1 lie in its tail, and no verdict rests on fewer than 50; give it at least 50[01]\d\d paths/,
    )
    const accepted = shortfall.replace('limit', 'indications: accept, limit')
    expect(await refused(accepted, 1000)).toMatch(/fewer than 10; give it at least 10\d\d\d paths/)
    const change = '{ metric: saidLoss, statistic: quantile, level: 0.99, baseline: yes, limit: { atMost: 0.9 } }'
    expect(await refused(change, 900, 'baseline: base')).toMatch(/only 9 lie beyond its level.* at least 1\d+ paths/)
  })

  it('and names the way out that is enough: accepted indications where they are, and the paths that all statements need', async () => {
    const shortfall = '{ metric: saidLoss, statistic: expectedShortfall, level: 0.975, limit: { atMost: 0.4 } }'
    const one = await refused(shortfall, 500)
    expect(one).toMatch(/at least 2000 paths .*, or write indications: accept in the statement, for a quick look/)
    const accepted = policy([shortfall.replace('limit', 'indications: accept, limit')])
    expect((await hear(accepted, { law: (luck) => luck / 9, paths: 500 })).first.verdict).toBe('pass')
    // 9 tail paths are too few for an indication as well
    expect(await refused(shortfall, 360)).toMatch(/or choose a level nearer to the middle than 0\.975$/)
    const three = hear(policy([depeg, shortfall, good]), { law: failing(0), paths: 100, budget: 200 })
    await expect(three).rejects.toThrow(
      /^test\.yaml:5:5 depeg_2pct_24h probability: .*; saidLoss expectedShortfall 0\.975 cannot be shown either: --budget 2000 is enough for all$/,
    )
  })

  it('an upper limit may be asked where only the other bound is missing', async () => {
    const low = '{ metric: saidLoss, statistic: quantile, level: 0.001, limit: { atMost: 0.9 } }'
    expect((await hear(policy([low]), { law: (luck) => luck, paths: 300 })).first.verdict).toBe('pass')
  })
})
