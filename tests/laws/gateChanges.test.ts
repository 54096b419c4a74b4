/** Statements of a gate about a change, judged on the same luck. */
import { describe, expect, it } from 'vitest'
import { plain, reasonOf } from '../../reports/studies/gateWords.ts'
import { failing, hear, type Law, policy, uniform } from '../support/gates.ts'

describe('statements of each kind', () => {
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
