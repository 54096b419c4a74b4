/** Two policies on the same luck: what a comparison must say whatever the numbers are, and what it refuses. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { afterAll, describe, expect, it } from 'vitest'
import { leadWords } from '../../reports/studies/compareWords.ts'
import { renderStudyReport } from '../../reports/studyReport.ts'
import { turned } from '../../scenarios/dials.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { compareTable } from '../../sim/host/compareTable.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { plainSpaces } from '../../sim/host/textTable.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import { changesBetween } from '../../sim/studies/compare/changes.ts'
import { type CompareQuestion, compare, type TellPath } from '../../sim/studies/compare/compare.ts'
import { flipsOf, pathsToTell } from '../../sim/studies/compare/flips.ts'
import { partings, storyDifference } from '../../sim/studies/compare/parting.ts'
import { aidlab } from '../support/commandLine.ts'
import { cannedLaboratory, toyMetric } from '../support/laboratory.ts'
import { scratch } from '../support/runs.ts'

const { economy } = model
const { scenario, plan } = askScenario('base', { paths: 50, days: 3, seed: 7 }, model)
const deeper = planOf(turned(scenario, { 'aidPool.depth': 4e6 }, economy), economy)

const fails = toyMetric('fails', 'outcomes.minimumTwap1h', {
  kind: 'event',
  evaluate: (row) => (row['outcomes.minimumTwap1h'] < 0.9 ? 1 : 0),
})
const price = toyMetric('price', 'outcomes.minimumTwap1h', { unit: 'USD', bad: 'low' })
const still = toyMetric('still', 'outcomes.defaults')

const nothing: TellPath = () => ({ series: {}, events: [], commands: [] })

/** Prices of 400 paths: the second policy lifts the first 12 of 20 failures, and lowers one path that held. */
const paths = 400
const before = Float64Array.from({ length: paths }, (_, p) => (p < 20 ? 0.85 : 0.95 + 0.0001 * (p % 100)))
const after = before.map((value, p) => (p < 12 ? 0.95 : p === 399 ? 0.8 : value))
const defaults = new Float64Array(paths)

const ask = (first: Plan, second: Plan, more: Partial<CompareQuestion> = {}) =>
  compare(
    {
      first: { name: 'A', plan: first },
      second: { name: 'B', plan: second },
      paths,
      confidence: 0.95,
      told: 0,
      ...more,
    },
    cannedLaboratory(economy, [fails, price, still], ({ plan: asked }) => ({
      'outcomes.minimumTwap1h': asked.parameters['aidPool']['depth'] === 4e6 ? after : before,
      'outcomes.defaults': defaults,
    })),
    nothing,
    [],
  )

describe('A comparison', () => {
  it('counts the paths that fail under one policy only, and judges by them', async () => {
    const { events, flipping, tables, changes } = await ask(plan, deeper)
    expect(events[0]).toMatchObject({ onlyFirst: 12, onlySecond: 1 })
    expect(events[0].difference.value).toBeCloseTo(-11 / 400, 12)
    expect(events[0].difference.verdict).toBe('better')
    expect(flipping).toBe(13)
    expect(tables.flips.rows.map(([path]) => path)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 399])
    expect(tables.flips.rows[12]).toEqual([399, 'fails', 'second', 'B'])
    expect(changes).toEqual([
      {
        name: 'aidPool.depth',
        meaning: 'Value of both coins together at the start',
        unit: 'USD',
        first: 2e6,
        second: 4e6,
      },
    ])
  })

  it('says the opposite when the policies change places', async () => {
    const there = await ask(plan, deeper)
    const back = await ask(deeper, plan)
    expect(back.events[0].difference.verdict).toBe('worse')
    const mean = (answer: typeof there) => answer.amounts[0].statistics[0].difference
    expect(mean(back).value).toBeCloseTo(-mean(there).value, 12)
    expect(mean(back).lower).toBeCloseTo(-(mean(there).upper as number), 12)
    const shortfall = (answer: typeof there) => answer.amounts[0].statistics.at(-1)!.difference
    expect(shortfall(back).value).toBeCloseTo(-shortfall(there).value, 12)
    expect(shortfall(back).lower).toBeCloseTo(-(shortfall(there).upper as number), 9)
    expect(shortfall(there).value).toBeGreaterThan(0)
  })

  it('puts every difference between its bounds, and the bounds of a lifted price above the loss that is bad', async () => {
    const { amounts } = await ask(plan, deeper)
    for (const { statistics } of amounts) {
      for (const { difference } of statistics) {
        const { value, lower, upper } = difference
        if (lower !== null) expect(lower).toBeLessThanOrEqual(value)
        if (upper !== null) expect(upper).toBeGreaterThanOrEqual(value)
      }
    }
    // Twelve of twenty failing paths are lifted by 0.1 and one is lowered: 0.1 × 12 − 0.1599 over 400 paths.
    const { first, second, difference } = amounts[0].statistics[0]
    expect(difference.value).toBeCloseTo((12 * 0.1 - (before[399] - 0.8)) / 400, 12)
    expect(second.value - first.value).toBeCloseTo(difference.value, 12)
    expect(difference.verdict).toBe('better')
  })

  it('calls what no path changes the same, and gives it neither p-value nor smallest difference', async () => {
    const { amounts } = await ask(plan, deeper)
    const found = amounts.find(({ name }) => name === 'still')!
    expect(found.differing).toBe(0)
    for (const { statistic, difference } of found.statistics) {
      expect(difference).toMatchObject({ value: 0, verdict: 'same', p: null, smallest: null })
      // what the paths that were not simulated feel has no bound; only ranks have
      if (statistic !== 'quantile') expect(difference).toMatchObject({ lower: null, upper: null })
    }
    expect(compareTable(await ask(plan, deeper), false)).toMatch(
      /the same on every path: still; a change felt by fewer than 0\.75 % of all paths\s+is not seen/,
    )
  })

  it('counts every mean, expected shortfall and event as a test, and keeps what Holm keeps', async () => {
    const { tests, events, amounts } = await ask(plan, deeper)
    expect(tests).toBe(1 + 2 * 2)
    const { p, adjusted, remains } = events[0].difference
    expect(adjusted).toBeGreaterThan(p as number)
    expect(remains).toBe((adjusted as number) <= 0.05)
    for (const { statistic, difference } of amounts[0].statistics)
      if (statistic === 'quantile') expect(difference.adjusted).toBeNull()
  })

  it('leaves a difference unproved where a single path flips, and says how large it would have to be', async () => {
    const one = await compare(
      { first: { name: 'A', plan }, second: { name: 'B', plan: deeper }, paths, confidence: 0.95, told: 0 },
      cannedLaboratory(economy, [fails], ({ plan: asked }) => ({
        'outcomes.minimumTwap1h': asked === deeper ? before.map((value, p) => (p === 30 ? 0.1 : value)) : before,
      })),
      nothing,
      [],
    )
    const { verdict, smallest, lower, upper } = one.events[0].difference
    expect(verdict).toBe('undecided')
    expect(lower as number).toBeLessThan(0)
    expect(upper as number).toBeGreaterThan(1 / 400)
    // Seven paths on one side are the fewest that tell: 7 + 0.8416 √7 of 400.
    expect(smallest as number).toBeGreaterThanOrEqual((7 + 0.8416 * Math.sqrt(7)) / 400 - 1e-6)
  })

  it('asks both policies for the same paths of the same luck', async () => {
    const laboratory = cannedLaboratory(economy, [still], () => ({ 'outcomes.defaults': defaults }))
    const question = { first: { name: 'A', plan }, second: { name: 'B', plan: deeper } }
    await compare({ ...question, paths, confidence: 0.95, told: 0 }, laboratory, nothing, [])
    expect(laboratory.asked.map(({ from, to }) => [from, to])).toEqual([
      [0, 400],
      [0, 400],
    ])
    expect(laboratory.asked[0].plan.seed).toEqual(laboratory.asked[1].plan.seed)
  })

  it.each([
    ['the same question twice', () => ask(plan, plan), 'A and B ask the same; change something in one of them'],
    [
      'different days',
      () => ask(plan, { ...deeper, days: 4 }),
      'A has days 3 and B 4; paths share their luck only where',
    ],
    [
      'different ticks',
      () => ask(plan, { ...deeper, ticksPerDay: 2 }),
      'A has ticksPerDay 24 and B 2; paths share their luck only where both have the same: give both the same run.ticksPerDay',
    ],
    ['another start', () => ask(plan, { ...deeper, startDay: deeper.startDay + 1 }), 'A has start day'],
    ['another seed', () => ask(plan, { ...deeper, seed: [1, 2] }), 'give --seed'],
    ['a single path', () => ask(plan, deeper, { paths: 1 }), 'paths is 1; a comparison needs'],
    ['no confidence', () => ask(plan, deeper, { confidence: 1 }), 'confidence is 1; it must lie between 0.5 and 1'],
  ])('refuses %s', async (_, asked, message) => {
    await expect(asked()).rejects.toThrow(InputError)
    await expect(asked()).rejects.toThrow(message)
  })
})

describe('What differs between two plans', () => {
  it('are parameters, fields of rows and levers, each with both values', () => {
    const other = askScenario(
      'rent-collapse',
      { days: 200, set: ['aid.redeemFee=0.01', 'deals.borrowers.Meridian Cloud.startingCash=0.5'] },
      model,
    ).plan
    const base = askScenario('base', { days: 200 }, model).plan
    const found = changesBetween(base, other, economy)
    expect(found.map(({ name }) => name).sort()).toEqual(
      ['aid.redeemFee', 'deals.borrowers.Meridian Cloud.startingCash', 'gpuMarket.rentFactor'].sort(),
    )
    expect(found.find(({ name }) => name === 'aid.redeemFee')).toMatchObject({ second: 0.01 })
    expect(found.find(({ name }) => name === 'gpuMarket.rentFactor')!.meaning).toMatch(/, from day \d+$/)
  })
})

describe('The paths that flip', () => {
  it('are told turn by turn, an event and a side at a time, no path twice', () => {
    const column = (...failing: number[]) => Float64Array.from({ length: 8 }, (_, p) => (failing.includes(p) ? 1 : 0))
    const flips = flipsOf([
      { metric: fails, first: column(0, 1, 2), second: column(2, 3) },
      { metric: toyMetric('other', 'x', { kind: 'event' }), first: column(0, 5), second: column() },
    ])
    expect(flips.map(({ path, event, under }) => `${path} ${event} ${under}`)).toEqual([
      '0 fails first',
      '1 fails first',
      '3 fails second',
      '0 other first',
      '5 other first',
    ])
    expect(pathsToTell(flips, 3)).toEqual([0, 3, 1])
    expect(pathsToTell(flips, 99)).toEqual([0, 3, 1, 5])
    expect(pathsToTell([], 3)).toEqual([])
  })

  it('part on the first day on which a column differs by a tenth of its range, money under a thousand left out', () => {
    const days = (...values: number[]) => Float64Array.from(values)
    const first = { 'a.price': days(1, 1, 1, 0.9), 'a.money': days(0, 0, 0, 1), 'a.stock': days(5e6, 5e6, 5e6, 5e6) }
    const second = {
      'a.price': days(1, 0.995, 0.98, 1),
      'a.money': days(0, 9, 9, 9),
      'a.stock': days(5e6, 5e6, 4e6, 4e6),
    }
    const columns = [
      { name: 'a.price', unit: 'USD' },
      { name: 'a.money', unit: 'USD' },
      { name: 'a.stock', unit: 'USD' },
    ]
    expect(partings(first, second, columns)).toEqual([
      { day: 2, column: 'a.stock', first: 5e6, second: 4e6 },
      { day: 2, column: 'a.price', first: 1, second: 0.98 },
    ])
  })

  it('are told by what stands in one story only; other numbers in a sentence make no other event', () => {
    const first = [
      { day: 3, text: 'A deal defaults (1 so far); expected losses are 1.2 % of the book.' },
      { day: 9, text: 'AID trades below 0.98 dollars (low of the day 0.9712).' },
    ]
    const second = [
      { day: 20, text: '2 deals default (2 so far); expected losses are 3.4 % of the book.' },
      { day: 30, text: 'AID trades below 0.95 dollars (low of the day 0.9412).' },
    ]
    const { onlyFirst, onlySecond, moved } = storyDifference(first, second)
    expect(onlyFirst.map(({ day }) => day)).toEqual([9])
    expect(onlySecond.map(({ day }) => day)).toEqual([30])
    expect(moved).toEqual([{ text: first[0].text, first: 3, second: 20 }])
  })
})

const { folder, clean } = scratch()
afterAll(clean)
const inside = (name: string): string => join(folder, name)

mkdirSync(folder, { recursive: true })
writeFileSync(inside('coarse.yaml'), 'name: coarse\nquestion: q\nextends: base\nrun: { ticksPerDay: 2 }\n')
writeFileSync(inside('late.yaml'), 'name: late\nquestion: q\nextends: base\nrun: { start: 2026-08-01 }\n')
writeFileSync(inside('lucky.yaml'), 'name: lucky\nquestion: q\nextends: base\nrun: { seed: other }\n')
writeFileSync(inside('long.yaml'), 'name: long\nquestion: q\nextends: base\nrun: { days: 400 }\n')

describe('aidlab compare', () => {
  it.each([
    ['nothing to compare with', ['base'], 'aidlab: compare base with what? name a second scenario, or what changes'],
    [
      'a change of one of two',
      ['base', 'pilot', '--with', 'aid.redeemFee=0'],
      'aidlab: --with aid.redeemFee=0 changes the one scenario that is named, and base and pilot are two; write --set-b aid.redeemFee=0',
    ],
    [
      'a second set without a second scenario',
      ['base', '--with', 'aid.redeemFee=0', '--set-b', 'aid.mintFee=0'],
      'with one, write --with aid.mintFee=0',
    ],
    [
      'a misspelt parameter',
      ['base', '--with', 'aid.redeemFe=0'],
      'aidlab: --with aid.redeemFe=0: unknown parameter of aid: redeemFe; did you mean redeemFee?',
    ],
    [
      'a value out of bounds of the second',
      ['base', 'pilot', '--set-b', 'aid.redeemFee=7'],
      'aidlab: --set-b aid.redeemFee=7: aid.redeemFee is 7, out of bounds; it must lie from 0 to 1',
    ],
    [
      'no change at all',
      ['base', '--with', 'aidPool.depth=2e6', '--days', '1', '--paths', '4'],
      'ask the same; change something',
    ],
    ['other ticks', ['base', inside('coarse.yaml')], 'has ticksPerDay 24 and'],
    ['another start', ['base', inside('late.yaml')], 'give both the same run.start'],
    ['another seed', ['base', inside('lucky.yaml')], 'only where both have the same: give --seed'],
    ['another length', ['base', inside('long.yaml')], 'only where both have the same: give --days'],
    [
      'one path',
      ['base', '--with', 'aidPool.depth=4e6', '--paths', '1'],
      '--paths is 1; a comparison needs at least 2 paths',
    ],
    ['an unknown scenario', ['base', 'bse'], 'unknown scenario: bse; did you mean base?'],
  ])('refuses %s with status 2', async (_, words, message) => {
    const { status, said } = await aidlab('compare', ...words, '--out', inside('refused'), '--threads', '0')
    expect(said).toContain(message)
    expect(status).toBe(2)
  })

  it('writes a table, a folder and a report, the same bytes for any threads, and the seed of both is one', async () => {
    const words = ['compare', 'base', inside('lucky.yaml'), '--seed', '7', '--set-b', 'aidPool.depth=1e5']
    const size = ['--paths', '12', '--days', '40']
    const one = await aidlab(...words, ...size, '--threads', '0', '--out', inside('one'))
    expect(one.said).not.toContain('failed')
    expect(one.status).toBe(0)
    const two = await aidlab(...words, ...size, '--threads', '2', '--batch', '5', '--out', inside('two'), '--no-report')
    expect(two.status).toBe(0)
    for (const file of ['study.json', 'differences.parquet', 'flips.parquet'])
      expect(readFileSync(inside(`one/${file}`)).equals(readFileSync(inside(`two/${file}`))), file).toBe(true)
    expect(one.out).toContain('aidPool.depth: 2000000 → 100000 USD')
    expect(one.out).toContain('12 paths, the same luck under both')
    const answer = JSON.parse(readFileSync(inside('one/study.json'), 'utf8'))
    expect(answer.changes).toHaveLength(1)
    expect(answer.tables).toBeUndefined()
    const page = readFileSync(inside('one/report.html'), 'utf8')
    expect(page).not.toMatch(/NaN|undefined|\[object/)
    expect(page).toContain('Every failure is the same on every path.')
    expect(plainSpaces(page)).toContain('What follows from the depth of the AID pool at 0.1 M USD instead of 2 M USD?')
  }, 120_000)

  it('gives for a told path the commands that simulate the same two courses again', async () => {
    const words = [
      'compare',
      'base',
      '--with',
      'aidPool.depth=20000',
      '--days',
      '25',
      '--paths',
      '12',
      '--threads',
      '0',
    ]
    const compared = await aidlab(...words, '--no-report', '--json', '--out', inside('flips'))
    expect(compared.status, compared.said).toBe(0)
    const answer = JSON.parse(compared.out)
    expect(answer.inWords).toMatch(/^With the depth of the AID pool at 0\.02 M USD instead of 2 M USD, /)
    const [told] = answer.told
    for (const side of ['first', 'second'] as const) {
      const [run, replay] = told.replay[side].map((line: string) => line.split(' ').slice(1))
      const here = (one: string[]) => one.map((word) => word.replace(/^runs\//, `${folder}/`))
      expect((await aidlab(...here(run), '--threads', '0')).status).toBe(0)
      const alone = await aidlab(...here(replay), '--json')
      expect(alone.status, alone.said).toBe(0)
      const { path, columns } = JSON.parse(alone.out)
      expect(path).toBe(told.path)
      expect(told.courses.length).toBeGreaterThan(0)
      for (const course of told.courses) {
        const { values } = columns.find(({ name }: { name: string }) => name === course.column)
        expect(values, course.column).toEqual(course[side])
      }
    }
  }, 120_000)
})

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

describe('The report of a comparison', () => {
  it('tells a path that flips with both courses, and leaves nothing unsaid of what could not be told apart', async () => {
    const days = Array.from({ length: 3 }, (_, d) => d)
    const tell: TellPath = (asked) => {
      const bad = asked === plan
      const course = Float64Array.from(days, (d) => (bad && d > 0 ? 0.85 : 0.99))
      return {
        series: { 'outcomes.lowestPriceOfDay': course },
        events: bad ? [{ day: 1, text: 'AID trades below 0.9 dollars (low of the day 0.8500).' }] : [],
        commands: [`aidlab replay ${bad ? 'a' : 'b'} 0`],
      }
    }
    const answer = await compare(
      { first: { name: 'base', plan }, second: { name: 'deeper', plan: deeper }, paths, confidence: 0.95, told: 1 },
      cannedLaboratory(economy, [fails, price], ({ plan: asked }) => ({
        'outcomes.minimumTwap1h': asked === deeper ? after : before,
      })),
      tell,
      ['outcomes.lowestPriceOfDay'],
    )
    const [told] = answer.told
    expect(told.decided).toMatchObject([{ event: 'fails', under: 'first', first: 0.85, second: 0.95 }])
    expect(told.partings).toMatchObject([{ day: 1, first: 0.85, second: 0.99 }])
    const { tables, ...rest } = answer
    const manifest = {
      format: 1 as const,
      kind: 'compare' as const,
      title: 'What changes?',
      question: {},
      studyHash: 'x',
      scenarios: [
        {
          name: 'base',
          question: 'q',
          file: 'f',
          planHash: '0123456789',
          seed: '7',
          days: 3,
          ticksPerDay: 24,
          start: '2026-07-01',
          normalForm: {},
        },
      ],
      versions: {},
      commit: null,
      timing: { seconds: 1, threads: 1, cells: 2, paths: 800, finishedAt: 'now', command: 'aidlab' },
      complete: true,
    }
    const page = await renderStudyReport(manifest, JSON.parse(JSON.stringify(rest)), new JSDOM('').window.document)
    expect(page).toContain('Only under A: meaning of fails')
    expect(page).toContain('aidlab replay a 0')
    expect(page).toContain('day 1, only A')
    expect(page).toContain('AID, lowest price of the day: 0.8500 under A, 0.9900 under B (USD).')
    expect(page).toContain('13 of 400 paths meet some failure under one policy only.')
    expect(page).not.toMatch(/NaN|undefined|\[object/)
  })
})
