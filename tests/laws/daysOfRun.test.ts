/** What is counted in days cannot pass the days of a run: every question refuses a limit that no path of its run could pass. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { metrics } from '../../models/metrics.ts'
import { metricsOver, rangeOf } from '../../sim/kernel/metric.ts'
import { mostDays } from '../../sim/kernel/plan.ts'
import { aidlab } from '../support/commandLine.ts'
import { policyText } from '../support/gates.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)
const inside = (name: string): string => join(folder, name)

const waits = (limit: string): string => `{ metric: queueDays, statistic: mean, limit: { ${limit} } }`
const policy = (name: string, limit: string): string => {
  writeFileSync(inside(name), policyText([waits(limit)]))
  return inside(name)
}

describe('a wait', () => {
  it('is at most as long as the run, and as the longest possible one where no run is named', () => {
    const of = (days: number) => metricsOver(metrics, days).find(({ name }) => name === 'queueDays')!
    expect(rangeOf(of(30))).toEqual({ lowest: 0, highest: 30 })
    expect(rangeOf(metrics.find(({ name }) => name === 'queueDays')!)).toEqual({ lowest: 0, highest: mostDays })
    const others = (days: number) => metricsOver(metrics, days).filter(({ name }) => name !== 'queueDays')
    expect(others(30)).toEqual(metrics.filter(({ name }) => name !== 'queueDays'))
  })

  const never = 'no path is worse than 40: queueDays is never above 30'
  it.each([
    ['reverse', ['reverse', 'base', '--failure', 'queueDays > 40', '--paths', '60'], never],
    ['size', ['size', 'base', '--failure', 'queueDays > 40', '--paths', '60', '--no-frontier'], never],
    ['tails', ['tails', 'base', '--metric', 'queueDays', '--beyond', '40'], never],
    [
      'gate',
      ['gate', policy('long.yaml', 'atMost: 40')],
      'long.yaml:5:5 queueDays mean: the limit of queueDays is 40; queueDays lies between 0 and 30',
    ],
    [
      'gate at the end itself',
      ['gate', policy('end.yaml', 'atMost: 30')],
      'end.yaml:5:5 queueDays mean: the limit of queueDays is 30; queueDays is never above 30, so that nothing could break it: ask for less',
    ],
  ])('that a run of 30 days cannot have is refused by %s', async (_, words, message) => {
    const out = inside('out')
    const { status, said } = await aidlab(...words, '--days', '30', '--threads', '0', '--out', out)
    expect(said).toContain(message)
    expect(status).toBe(2)
    expect(existsSync(out)).toBe(false)
  })

  it('is no wrong question to a run that is long enough', async () => {
    const words = ['gate', policy('wait.yaml', 'atMost: 40'), '--days', '45', '--paths', '200', '--budget', '200']
    const { status, said } = await aidlab(...words, '--threads', '0', '--no-report', '--out', inside('asked'))
    // no path waits so long: a mean without a path that tells is undecided
    expect(status, said).toBe(1)
  })
})
