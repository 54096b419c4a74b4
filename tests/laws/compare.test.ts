/** Two policies on the same luck: what a comparison must say whatever the numbers are, and what it refuses. */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { compareTable } from '../../sim/host/compareTable.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { changesBetween } from '../../sim/studies/compare/changes.ts'
import { compare } from '../../sim/studies/compare/compare.ts'
import { cannedLaboratory } from '../support/laboratory.ts'
import { ask, before, deeper, defaults, fails, nothing, paths, plan, still } from '../support/twoPolicies.ts'

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
