/** Words of a reverse stress test. */
import { describe, expect, it } from 'vitest'
import { failingWords, leadWords, limitWords } from '../../reports/studies/reverseWords.ts'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type { LeverAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { smallEffort, toyLaboratory, toyQuestion } from '../support/toyStress.ts'

describe('words of a reverse stress test', () => {
  const share = (count: number, of: number) => ({ count, of, value: count / of, ...ends(count, of) })
  const ends = (count: number, of: number) => {
    const { lower, upper } = clopperPearson(count, of, 0.95)
    return { lower, upper }
  }

  it('say of one failing path what it tells, and of several what they tell', () => {
    const told = (count: number) =>
      limitWords({
        plain: { ...share(count, 40), worth: count, weighted: false },
        steered: null,
        modes: [],
        enoughPaths: 50,
      } as unknown as ReverseAnswer)
    expect(told(1)).toMatch(/^1 failing path tells that .* It does not tell that/)
    expect(told(7)).toMatch(/^7 failing paths tell that .* They do not tell that/)
  })

  it('say why surely more than half fail at a critical size', () => {
    const told = (size: number, count: number, largest = 5) =>
      failingWords({
        size,
        failing: share(count, 20),
        largest: { size: largest, failing: share(20, 20) },
      } as LeverAnswer)
    expect(told(1, 18)).toContain('18 of 20 other paths fail there, 90.0')
    expect(told(1, 18)).toMatch(/, more than half as it comes in whole steps$/)
    expect(told(0.3, 18)).toMatch(/, more than half as it was measured on others$/)
    expect(told(1, 11)).not.toContain('more than half')
  })
})

describe('few failing paths', () => {
  it('are told with what they do not tell: five of them leave room for 45.1 % of all failures', async () => {
    const question = toyQuestion({ paths: 120, effort: { ...smallEffort, pilotPaths: 0 }, levers: [] })
    const answer = await reverse(question, toyLaboratory())
    const share = { count: 5, of: 120, value: 5 / 120, lower: 0.014, upper: 0.095 }
    const few = { ...answer, plain: { ...share, worth: 5, weighted: false } }
    expect(leadWords(few)).toContain('ways that none of them shows may make up as much as 45.1\u00a0% of all failures')
    const many = { ...answer, plain: { ...few.plain, worth: 60 } }
    expect(leadWords(many)).not.toContain('none of them shows')
  })
})
