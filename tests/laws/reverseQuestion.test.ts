/** Which questions a reverse stress test refuses, and what it understands as a failure. */
import { describe, expect, it } from 'vitest'
import { metrics } from '../../models/metrics.ts'
import { readFailures } from '../../sim/studies/reverse/failure.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { checkQuestion as checkTail, lossesOf, standardSizes } from '../../sim/studies/tails/question.ts'
import { planFor } from '../support/economyRuns.ts'
import { smallEffort, toyLaboratory, toyQuestion } from '../support/toyStress.ts'

const plan = planFor({ days: 3, ticksPerDay: 1 })

describe('a bad question', () => {
  const refused: readonly [string, Parameters<typeof toyQuestion>[0], RegExp][] = [
    ['an unknown metric', { failures: ['brokn'] }, /--failure brokn: unknown metric brokn; did you mean broken\?/],
    ['no metric', { failures: [] }, /no failure is named/],
    [
      'an amount without a limit',
      { failures: ['margin'] },
      /margin is an amount; say how much is a failure, such as "margin < 0.3"/,
    ],
    ['a limit at the good end', { failures: ['margin > 1'] }, /the bad end of margin is low; write "margin < 1"/],
    ['a limit that is no number', { failures: ['margin < low'] }, /the limit is low; it must be a number in USD/],
    ['a missing limit', { failures: ['margin <'] }, /the limit is missing/],
    ['a limit on an event', { failures: ['broken > 0.5'] }, /broken is an event, which happens or not; name it alone/],
    ['words that are no question', { failures: ['margin is low'] }, /write the name of an event, or amount > limit/],
    ['an unknown lever', { levers: ['pusch'] }, /--levers: pusch is no lever; did you mean push\?/],
    ['too few paths', { paths: 20 }, /--paths is 20; it must be at least 50/],
    ['too few search paths', { effort: { searchPaths: 3 } }, /--search-paths is 3; it must be a whole number from 20/],
    ['half a check path', { effort: { checkPaths: 200.5 } }, /--check-paths is 200.5; it must be a whole number/],
    [
      'an angle beyond the circle',
      { effort: { apart: 200 } },
      /--apart is 200; it must be an angle between 0 and 180 degrees/,
    ],
    [
      'a confidence of one',
      { effort: { confidence: 1 } },
      /confidence is 1; it must be a probability between 0.5 and 1/,
    ],
  ]
  for (const [what, changes, message] of refused) {
    it(`with ${what} is refused, and says what would be right`, async () => {
      await expect(reverse(toyQuestion(changes), toyLaboratory())).rejects.toThrow(message)
    })
  }

  it('never simulates before it is understood', async () => {
    const laboratory = toyLaboratory()
    await reverse(toyQuestion({ failures: ['brokn'] }), laboratory).catch(() => {})
    expect(laboratory.cells).toEqual([])
  })
})

describe('a failure', () => {
  it('may be any of several', () => {
    const { happened, text } = readFailures(['depeg_2pct_24h', 'saidLoss > 0.3'], metrics)
    expect(text).toBe('depeg_2pct_24h or saidLoss > 0.3')
    const calm = { 'outcomes.minimumTwap24h': 1, 'outcomes.worstDrawdown': 0.1 }
    expect(happened(calm)).toBe(false)
    expect(happened({ ...calm, 'outcomes.minimumTwap24h': 0.97 })).toBe(true)
    expect(happened({ ...calm, 'outcomes.worstDrawdown': 0.31 })).toBe(true)
  })

  // pilots and the command that is recommended know only "worse than"
  it('that has its limit is asked of a tail as the same paths, at the end of what a metric can be too', () => {
    for (const [text, limit, next] of [
      ['saidLoss >= 1', 1, 1 - 2 ** -53],
      ['saidLoss > 0.3', 0.3, 0.3],
      ['lowestTwap24h <= 0', 0, 5e-324],
      ['minimumCoverage <= -2', -2, -2 + 2 ** -52],
    ] as const) {
      const { parts, happened, columns } = readFailures([text], metrics)
      const [{ metric: name, beyond }] = parts
      const asked = checkTail({ ...standardSizes, plan, metric: name, beyond }, metrics)
      const { tail, metric } = asked
      expect(beyond, text).toBe(next)
      if (tail.kind !== 'probability') throw new Error(text)
      for (const value of [limit, next, (limit + next) / 2, limit - 1e-9, limit + 1e-9]) {
        const [loss] = lossesOf(metric, { [columns[0]]: Float64Array.of(value) }, 1)
        expect(loss > tail.beyond, `${text} at ${value}`).toBe(happened({ [columns[0]]: value }))
      }
    }
  })

  it('that has the end of what a metric can be is studied to the end', async () => {
    const laboratory = toyLaboratory()
    const metrics = laboratory.metrics.map((metric) => (metric.name === 'margin' ? { ...metric, lowest: -30 } : metric))
    const question = toyQuestion({ paths: 300, effort: smallEffort, levers: [], failures: ['margin <= -30'] })
    const { plain, tooRare } = await reverse(question, { ...laboratory, metrics })
    expect(plain.count).toBe(0)
    expect(tooRare?.command).toContain('--metric margin --beyond -29.99')
  })
})
