/** A comparison in words and in the table of the terminal: what is said first, and what is never said. */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { leadWords } from '../../reports/studies/compareWords.ts'
import { compareTable } from '../../sim/host/compareTable.ts'
import { plainSpaces } from '../../sim/host/textTable.ts'
import { compare } from '../../sim/studies/compare/compare.ts'
import { cannedLaboratory, toyMetric } from '../support/laboratory.ts'
import { ask, before, deeper, fails, nothing, paths, plan } from '../support/twoPolicies.ts'

describe('The answer of a comparison in words', () => {
  it('says first what remains among all tests, each with its interval, and that nothing else can be told apart', async () => {
    expect(plainSpaces(leadWords(await ask(plan, deeper)))).toBe(
      'With the depth of the AID pool at 4 M USD instead of 2 M USD, the probability that meaning of fails drops from 5.00 % to 2.25 % (−5.83 to −0.31 points, better); meaning of price, in the mean, rises from 0.9499 USD to 0.9525 USD (0.00074 to 0.00446 USD, better, an indication only). Nothing else can be told apart.',
    )
  })

  it('says that nothing can be told apart, and that no path differs, as two things', async () => {
    const one = { name: 'A', plan }
    const other = { name: 'B', plan: deeper }
    const asked = (values: Float64Array) =>
      compare(
        { first: one, second: other, paths, confidence: 0.95, told: 0 },
        cannedLaboratory(economy, [fails], ({ plan: p }) => ({
          'outcomes.minimumTwap1h': p === deeper ? values : before,
        })),
        nothing,
        [],
      )
    const flipped = before.map((value, p) => (p === 30 ? 0.1 : value))
    expect(leadWords(await asked(flipped))).toMatch(/, nothing can be told apart on 400 paths\.$/)
    expect(leadWords(await asked(before))).toMatch(/, none of 1 outcomes differs on any of 400 paths\.$/)
  })

  it('tells what is of no size last, and lists what stays within a ten-thousandth with its whole interval', async () => {
    const big = toyMetric('big', 'outcomes.minimumTwap1h', { unit: 'USD' })
    const slight = toyMetric('slight', 'outcomes.defaults', { unit: 'USD' })
    const tiny = toyMetric('tiny', 'outcomes.worstDrawdown', { unit: 'USD' })
    const luck = Float64Array.from({ length: paths }, (_, p) => 1 + (0.2 * ((p * 7919) % paths)) / paths)
    const by = (factor: number, isSecond: boolean) => luck.map((value) => (isSecond ? value * (1 + factor) : value))
    const answer = await compare(
      { first: { name: 'A', plan }, second: { name: 'B', plan: deeper }, paths, confidence: 0.95, told: 0 },
      cannedLaboratory(economy, [tiny, slight, big], ({ plan: p }) => ({
        'outcomes.minimumTwap1h': by(0.2, p === deeper),
        'outcomes.defaults': by(5e-4, p === deeper),
        'outcomes.worstDrawdown': by(1e-5, p === deeper),
      })),
      nothing,
      [],
    )
    const lead = leadWords(answer)
    expect(lead).toMatch(/instead of 2\sM\sUSD, meaning of big, in the mean, rises from/)
    expect(lead).toMatch(
      /2 more outcomes are told apart, and differ by less than 0\.1\s% of their value; all of them remain when all 6/,
    )
    const text = compareTable(answer, false)
    expect(text.indexOf('big, USD')).toBeLessThan(text.indexOf('slight, USD'))
    expect(text.replace(/\s+/g, ' ')).toContain(
      'the same within 0.01 % of their value, and so is every interval that these paths give: tiny',
    )
    expect(text).not.toContain('tiny, USD')
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('never says that nothing remains where a small difference does, and counts the small ones that remain', async () => {
    const luck = Float64Array.from({ length: paths }, (_, p) => 1 + (0.2 * ((p * 7919) % paths)) / paths)
    // Large where it moves, and on few paths: told apart by itself at 2 to 4 %, far from enough among all tests.
    const rare = luck.map((value, p) => (p < 14 ? value * (p < 10 ? 1.5 : 0.7) : value))
    const askOf = (metrics: Parameters<typeof cannedLaboratory>[1]) =>
      compare(
        { first: { name: 'A', plan }, second: { name: 'B', plan: deeper }, paths, confidence: 0.95, told: 0 },
        cannedLaboratory(economy, metrics, ({ plan: p }) => ({
          'outcomes.minimumTwap1h': p === deeper ? rare : luck,
          'outcomes.defaults': p === deeper ? luck.map((value) => value * (1 + 5e-4)) : luck,
          'outcomes.worstDrawdown': p === deeper ? luck.map((value) => value * 1.2) : luck,
        })),
        nothing,
        [],
      )
    const single = toyMetric('single', 'outcomes.minimumTwap1h', { unit: 'USD', bad: 'low' })
    const slight = toyMetric('slight', 'outcomes.defaults', { unit: 'USD' })
    const slighter = toyMetric('slighter', 'outcomes.defaults', { unit: 'USD' })
    const big = toyMetric('big', 'outcomes.worstDrawdown', { unit: 'USD' })
    const more = [1, 2, 3].map((n) => toyMetric(`more${n}`, 'outcomes.minimumTwap1h', { unit: 'USD', bad: 'low' }))
    const answer = await askOf([single, slight, ...more])
    const [found] = answer.amounts.find(({ name }) => name === 'single')!.statistics
    expect(found.difference).toMatchObject({ verdict: 'better', remains: false })
    const lead = plainSpaces(leadWords(answer))
    expect(lead).not.toContain('nothing remains')
    expect(lead).toMatch(
      /2 M USD, what remains when all 10 tests are counted differs by less than 0\.1 % of its value: meaning of slight, in the mean, rises from .*\. Told apart only one by one: meaning of single, /,
    )
    expect(lead).not.toContain('more outcome')
    expect(plainSpaces(leadWords(await askOf([big, slight])))).toMatch(
      /One more outcome is told apart, and differs by less than 0\.1 % of its value; it remains when all 4 tests are counted\./,
    )
    expect(plainSpaces(leadWords(await askOf([big, slight, slighter])))).toMatch(
      /2 more outcomes are told apart, and differ by less than 0\.1 % of their value; all of them remain when all 6/,
    )
    expect(leadWords(await askOf([single, ...more]))).toContain('nothing remains when all 8 tests are counted.')
  })

  it('stays within 80 columns whatever its numbers are, and leaves none of them out', async () => {
    const answer = await ask(plan, deeper)
    const shrunk = (by: number): typeof answer => {
      const less = <E extends object>(one: E, factor = by): E =>
        Object.fromEntries(
          Object.entries(one).map(([key, value]) => [key, typeof value === 'number' ? value * factor : value]),
        ) as E
      // rarer events than these flip fewer paths than these
      const rarer = <E extends object>(one: E): E => less(one, Math.max(by, 1e-3))
      return {
        ...answer,
        events: answer.events.map((event) => ({
          ...event,
          ...{ name: 'redemptionFailure', onlyFirst: 1_234, onlySecond: 5_678 },
          ...{ first: rarer(event.first), second: rarer(event.second), difference: rarer(event.difference) },
        })),
        amounts: answer.amounts.map((one) => ({
          ...one,
          unit: '1',
          statistics: one.statistics.map(({ first, second, difference, ...rest }) => ({
            ...rest,
            ...{ first: less(first), second: less(second), difference: less(difference) },
          })),
        })),
      }
    }
    for (const by of [1, 0.017, 1.7e-3, 1.7e-4, 1.7e-6]) {
      const text = compareTable(shrunk(by), false)
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
      expect(text.match(/^ mean/gm)).toHaveLength(1)
      expect(text.match(/better/g)!.length).toBeGreaterThanOrEqual(3)
    }
    expect(compareTable(shrunk(1.7e-4), false)).toMatch(/\nredemptionFailure .*\n +better, firm\n/)
  })

  it('prints the median of every amount, and in which direction quantiles count', async () => {
    const text = compareTable(await ask(plan, deeper), false)
    expect(text).toMatch(/\n 50 % /)
    expect(text).toContain('Quantiles count from the good end to the bad one')
  })
})
