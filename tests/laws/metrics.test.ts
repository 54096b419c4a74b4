/** What metrics can be: every path of the economy keeps to it, and limits that say nothing of it are refused. */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { metrics } from '../../models/metrics.ts'
import { catalogue } from '../../sim/host/catalogue.ts'
import { model } from '../../sim/host/model.ts'
import type { LeverDeclaration } from '../../sim/kernel/declarations.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import {
  changeRangeOf,
  type Metric,
  metricsOver,
  percentHint,
  rangeOf,
  rangeWords,
  requirePassable,
  within,
} from '../../sim/kernel/metric.ts'
import { evaluateMetric } from '../../sim/studies/metric.ts'
import { readFailures } from '../../sim/studies/reverse/failure.ts'
import { fromDay, type RunOptions, runEconomy } from '../support/economyRuns.ts'
import { hear, policy } from '../support/gates.ts'

const named = (name: string): Metric => metrics.find((metric) => metric.name === name) as Metric

describe('a deficit left to holders of AID', () => {
  it('counts from a ten-thousandth of the supply on, and from a dollar on where hardly any is left', () => {
    const happens = (lossOfAid: number, supplyAtEnd: number): number =>
      named('aidLossEvent').evaluate({ 'outcomes.lossOfAid': lossOfAid, 'outcomes.supplyAtEnd': supplyAtEnd })
    expect([happens(40, 21e6), happens(2099, 21e6), happens(2100, 21e6), happens(0.5, 0), happens(2, 0)]).toEqual([
      0, 0, 1, 0, 1,
    ])
  })
})

describe('every path keeps to what its metrics can be:', () => {
  const days = 75
  const ticksPerDay = 6
  const paths = 3
  const parameters: Readonly<Record<string, RunOptions['parameters']>> = {
    'staked AID held': {},
    'staked AID burned': { aid: { stakedAid: 'burned' } },
    unified: { aid: { mode: 'unified' } },
    'exits paid from idle AID': { treasury: { exitFunding: 'idleAid' } },
  }
  const storm = {
    holders: { panic: fromDay(days, ticksPerDay, 12, 0, 0.9), providerExit: fromDay(days, ticksPerDay, 20, 0, 1) },
    reserve: { usdcPrice: fromDay(days, ticksPerDay, 30, 1, 0.1), depositLoss: fromDay(days, ticksPerDay, 40, 0, 0.5) },
    gpuMarket: { rentFactor: fromDay(days, ticksPerDay, 8, 1, 0.02) },
    hardware: { resaleFactor: fromDay(days, ticksPerDay, 8, 1, 0.02) },
    deals: { defaultLargest: fromDay(days, ticksPerDay, 10, 0, 1) },
  }
  /** One lever after another at each of its ends, from the fifth day on. */
  const ends = Object.entries(economy.rooms).flatMap(([room, { levers }]) =>
    Object.entries<LeverDeclaration>(levers).flatMap(([name, { from, to, neutral }]) =>
      [from, to].map((level) => ({
        name: `${room}.${name} at ${level}`,
        levers: { [room]: { [name]: fromDay(30, 2, 5, neutral, level) } },
      })),
    ),
  )

  const expectWithin = (columns: Readonly<Record<string, Float64Array>>, count: number, run: number): void => {
    for (const metric of metricsOver(metrics, run)) {
      const { lowest, highest } = rangeOf(metric)
      for (const value of evaluateMetric(metric, columns, count)) {
        expect(value, `${metric.name} is ${value}`).toBeGreaterThanOrEqual(lowest)
        expect(value, `${metric.name} is ${value}`).toBeLessThanOrEqual(highest)
      }
    }
  }

  for (const [name, one] of Object.entries(parameters)) {
    it(`through all that can go wrong at once, ${name}`, () => {
      const columns = runEconomy({ paths, days, ticksPerDay, parameters: one, levers: storm })
      expectWithin(columns, paths, days)
      // the storm is one: most of the fund is lost on some path
      expect(Math.max(...evaluateMetric(named('saidLoss'), columns, paths))).toBeGreaterThan(0.2)
    })
  }

  it('with each lever at each of its ends', () => {
    let ran = 0
    for (const { levers } of ends) {
      try {
        expectWithin(runEconomy({ paths: 2, days: 30, ticksPerDay: 2, levers }), 2, 30)
        ran++
      } catch (error) {
        if (!(error instanceof InputError)) throw error
      }
    }
    expect(ran).toBeGreaterThan(ends.length / 2)
  })
})

describe('what a metric can be', () => {
  it('is 0 or 1 of an event, and what an amount declares', () => {
    expect(rangeOf(named('depeg_2pct_24h'))).toEqual({ lowest: 0, highest: 1 })
    expect(rangeWords(rangeOf(named('saidLoss')))).toBe('lies between 0 and 1')
    expect(rangeWords(rangeOf(named('badDebt')))).toBe('is never below 0')
    expect(rangeWords(rangeOf(named('minimumCoverage')))).toBe(undefined)
    expect(changeRangeOf(named('saidLoss'))).toEqual({ lowest: -1, highest: 1 })
    expect(rangeWords(changeRangeOf(named('badDebt')))).toBe(undefined)
  })

  it('is told by its name', () => {
    const told = catalogue(model).filter(({ kind }) => kind === 'metric')
    const of = (name: string) => told.find((one) => one.name === name)?.canBe
    expect(told).toHaveLength(metrics.length)
    expect(of('queueDays')).toBe('lies between 0 and the days of the run')
    expect([of('saidLoss'), of('badDebt'), of('minimumCoverage'), of('depeg_2pct_24h')]).toEqual([
      'lies between 0 and 1',
      'is never below 0',
      'any number',
      'happens or not',
    ])
  })

  it('holds its bounds, and leaves those that nothing bounds', () => {
    const part = { lowest: 0, highest: 1 }
    expect(within({ lower: -0.1, upper: 1.2, value: 0.5 }, part)).toEqual({ lower: 0, upper: 1, value: 0.5 })
    expect(within({ lower: null, upper: null }, part)).toEqual({ lower: null, upper: null })
    expect(within({ lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }, part)).toEqual({
      lower: Number.NEGATIVE_INFINITY,
      upper: Number.POSITIVE_INFINITY,
    })
  })

  it('says how per cent is written only where that is what was meant', () => {
    const range = { lowest: 0, highest: 1 }
    expect(percentHint(5, '1', range)).toBe('; 5 % is written 0.05')
    expect(percentHint(0.5, '1', range)).toBe('')
    expect(percentHint(500, '1', range)).toBe('')
    expect(percentHint(5, 'days', range)).toBe('')
    expect(percentHint(100, '1', range)).toBe('')
    expect(percentHint(100, '1', { ...range, closed: true })).toBe('; 100 % is written 1')
    expect(percentHint(101, '1', { ...range, closed: true })).toBe('')
  })

  it('holds the bounds of a gate: a loss is not below nothing, and no more than all', async () => {
    const mean = (metric: string, more = '') =>
      `{ name: ${metric} ${more.length}, metric: ${metric}, statistic: mean, ${more} limit: { atMost: 0.5 } }`
    const heard = async (rare: number) => {
      const law = (_luck: number, path: number) => (path < 2 ? rare : 1 - rare)
      return (await hear(policy([mean('saidLoss'), mean('saidNetYield')]), { law, paths: 60 })).answer.statements
    }
    const [few, few2] = await heard(1)
    expect([few.lower, (few2.lower as number) < 0]).toEqual([0, true])
    const [most, most2] = await heard(0)
    expect([most.upper, (most2.upper as number) > 1]).toEqual([1, true])
    const change = policy([mean('saidLoss', 'baseline: yes,')], 'baseline: base')
    const law = (_luck: number, path: number) => (path < 2 ? 0.5 : 1)
    expect((await hear(change, { law, before: () => 0, paths: 60 })).first.upper).toBe(1)
  })

  it('has no floor for coverage: where the fund’s share of liquid assets is more than there is, less than nothing is left', () => {
    const [days, ticks] = [75, 6]
    const levers = {
      holders: { panic: fromDay(days, ticks, 12, 0, 0.9), providerExit: fromDay(days, ticks, 20, 0, 1) },
      reserve: { usdcPrice: fromDay(days, ticks, 30, 1, 0.1), depositLoss: fromDay(days, ticks, 40, 0, 0.5) },
    }
    const burned = { aid: { stakedAid: 'burned' } }
    const columns = runEconomy({ paths: 1, days, ticksPerDay: ticks, parameters: burned, levers })
    expect(evaluateMetric(named('minimumCoverage'), columns, 1)[0]).toBeLessThan(0)
  })
})

describe('a value that a failure or a tail is to pass', () => {
  const message = (name: string, value: number, orEqual?: boolean): string => {
    try {
      requirePassable(named(name), value, orEqual)
    } catch (error) {
      if (error instanceof InputError) return error.message
      throw error
    }
    return ''
  }

  it('is refused where no path can be worse, or every path is', () => {
    expect(message('saidLoss', 5)).toBe('no path is worse than 5: saidLoss is never above 1; 5 % is written 0.05')
    expect(message('saidLoss', 1)).toBe('no path is worse than 1: saidLoss is never above 1')
    expect(message('lowestTwap24h', 0)).toBe('no path is worse than 0: lowestTwap24h is never below 0')
    expect(message('saidLoss', -0.1)).toBe('every path is as bad as -0.1: saidLoss is never below 0')
    expect(message('saidLoss', 0, true)).toBe('every path is as bad as 0: saidLoss is never below 0')
  })

  it('is refused with the option, of a failure that no path could be', () => {
    const read = (text: string) => () => readFailures([text], metrics)
    expect(read('saidLoss > 5')).toThrow(
      '--failure saidLoss > 5: no path is worse than 5: saidLoss is never above 1; 5 % is written 0.05',
    )
    expect(read('saidLoss >= 0')).toThrow(
      '--failure saidLoss >= 0: every path is as bad as 0: saidLoss is never below 0',
    )
    expect(read('saidLoss >= 1')).not.toThrow()
  })

  it('is accepted elsewhere, and where there is no end', () => {
    for (const [name, value] of [
      ['saidLoss', 0],
      ['saidLoss', 0.3],
      ['badDebt', 1e9],
      ['minimumCoverage', -3],
      ['lowestTwap24h', 2],
    ] as const)
      expect(message(name, value)).toBe('')
    expect(message('saidLoss', 1, true)).toBe('')
  })
})
