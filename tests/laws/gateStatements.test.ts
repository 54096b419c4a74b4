/** Statements of a gate of each kind, and when a verdict rests on them. */
import { describe, expect, it } from 'vitest'
import { plain, reasonOf } from '../../reports/studies/gateWords.ts'
import { pow } from '../../sim/kernel/maths/elementary.ts'
import { every, hear, type Law, policy, uniform } from '../support/gates.ts'

describe('statements of each kind', () => {
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
})
