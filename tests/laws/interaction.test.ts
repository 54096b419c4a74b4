/** Rules of interacting particles that hold for every seed. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chances } from '../../models/chances.ts'
import { metrics } from '../../models/metrics.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { daysColumn } from '../../sim/kernel/splitting/declaration.ts'
import { Interactor } from '../../sim/kernel/splitting/interactor.ts'
import { firstNumber, mostReplications, numbersEach, replicationOf } from '../../sim/kernel/splitting/replications.ts'
import { logWeightColumn } from '../../sim/kernel/steering.ts'
import { planFor } from '../support/economyRuns.ts'
import { economy } from '../support/scenarios.ts'
import { brownian, smallPlan, splitRows } from '../support/splittingEconomies.ts'

const walk = brownian(false)
const plan = smallPlan(walk, 60)
const interaction = { chance: 'passing', beyond: 2, strength: 0.7, everyDays: 7, particles: 30 }

describe('interacting particles', () => {
  afterEach(() => vi.restoreAllMocks())

  it('without strength are plain paths, each with the same weight', () => {
    const rows = splitRows(walk, plan, { ...interaction, strength: 0 }, ['walk.place'], { from: 0, to: 1 })
    const out = new Float64Array(30)
    const numbers = Int32Array.from({ length: 30 }, (_, i) => -(2 ** 31) + i)
    new Simulator(walk, plan, 30).run(numbers, { outcomes: ['walk.place'], series: [] }, undefined, out)
    expect(rows['walk.place']).toEqual(out)
    for (const logWeight of rows[logWeightColumn]) expect(logWeight).toBeCloseTo(-Math.log(30), 12)
  })

  it('come to the tail far more often than plain paths, and every row is a whole path', () => {
    const inTail = (strength: number): number => {
      const rows = splitRows(walk, plan, { ...interaction, strength }, ['walk.highest'], { from: 0, to: 20 })
      expect(new Set(rows[daysColumn])).toEqual(new Set([60]))
      return rows['walk.highest'].filter((value) => value >= 2).length
    }
    expect(inTail(0.7)).toBeGreaterThan(5 * inTail(0))
  })

  it('give the same bytes of the whole economy, whichever replications were simulated before', () => {
    const storm = planFor({ days: 40, ticksPerDay: 4 })
    const towards = { chance: 'saidLoss', beyond: 0.05, strength: 0.6, everyDays: 5, particles: 12 }
    const names = ['outcomes.worstDrawdown', 'outcomes.supplyAtEnd', 'outcomes.minimumTwap1h']
    const both = splitRows(economy, storm, towards, names, { from: 0, to: 2 })
    const alone = splitRows(economy, storm, towards, names, { from: 1, to: 2 })
    for (const [name, column] of Object.entries(alone)) expect(column, name).toEqual(both[name].slice(12))
    expect(new Set(both[logWeightColumn]).size).toBeGreaterThan(2)
  }, 180_000)

  it('send doubles of one path different ways, and share luck with no other replication; without luck of their own they would stay doubles', () => {
    const places = () => {
      const first = splitRows(walk, plan, interaction, ['walk.place'], { from: 0, to: 3 })['walk.place']
      const last = { from: mostReplications - 1, to: mostReplications }
      return [...first, ...splitRows(walk, plan, interaction, ['walk.place'], last)['walk.place']]
    }
    const apart = places()
    expect(new Set(apart).size).toBe(apart.length)
    vi.spyOn(Simulator.prototype, 'renewLuck').mockImplementation(() => {})
    const doubles = places()
    expect(new Set(doubles).size).toBeLessThan(doubles.length)
  })

  it('draw from numbers that are all different and those of the replication, whether or not the days come out even', () => {
    for (const everyDays of [6, 7]) {
      const numbers: number[] = []
      const { open, renewLuck } = Simulator.prototype
      vi.spyOn(Simulator.prototype, 'open').mockImplementation(function (this: Simulator, all) {
        numbers.push(...Array.from(all))
        open.call(this, all)
      })
      vi.spyOn(Simulator.prototype, 'renewLuck').mockImplementation(function (this: Simulator, slot, number) {
        numbers.push(number)
        renewLuck.call(this, slot, number)
      })
      splitRows(walk, plan, { ...interaction, everyDays }, [], { from: 5, to: 6 })
      vi.restoreAllMocks()
      expect(numbers.length).toBeGreaterThan(60)
      expect(new Set(numbers).size).toBe(numbers.length)
      for (const number of numbers) {
        expect(number >>> 0).toBeGreaterThanOrEqual(firstNumber(5) >>> 0)
        expect(number >>> 0).toBeLessThan(firstNumber(6) >>> 0)
      }
    }
  })

  it('name their replication where a law breaks: their numbers are none that replay knows', () => {
    const holds = { meaning: 'never', scale: 'pure' as const, distance: (slot: number) => (slot === 3 ? 2 : 0) }
    const broken: Economy = { ...walk, laws: () => ({ 'no fourth path': holds }) }
    const run = () => splitRows(broken, plan, interaction, ['walk.place'], { from: 5, to: 6 })
    expect(run).toThrow(/no fourth path .* on a path of replication 5, day 0 /)
    for (const replication of [0, 5, mostReplications - 1]) {
      expect(replicationOf(firstNumber(replication))).toBe(replication)
      expect(replicationOf(firstNumber(replication) + numbersEach - 1)).toBe(replication)
    }
    for (const ordinary of [0, 1, 2 ** 31 - 1]) expect(replicationOf(ordinary)).toBeNull()
  })

  it('refuse by name what cannot be', () => {
    const open =
      (change: object, days = 60) =>
      () =>
        new Interactor(walk, smallPlan(walk, days), { ...interaction, ...change }, [])
    expect(open({ chance: 'luck' })).toThrow('unknown chance function: luck; known: passing')
    expect(open({ particles: 1 })).toThrow('particles is 1; it must be a whole number from 2 to 4096')
    expect(open({ everyDays: 0 })).toThrow('days between choices is 0; it must be a whole number from 1 to 1095')
    expect(open({ strength: 1.5 })).toThrow('strength is 1.5; it must be a number from 0 to 1')
    expect(open({ beyond: Number.NaN })).toThrow('passing is to pass NaN; it must be a number')
    expect(open({ particles: 4096, everyDays: 1 })).toThrow(
      '4096 particles chosen every 1 of 60 days draw 245760 times; at most 131072 are possible',
    )
    expect(() => open({})().run(mostReplications, new Float64Array(90))).toThrow(`replication ${mostReplications}`)
  })

  it('stop at a chance above one or that is not a number', () => {
    const [passing] = walk.chances ?? []
    for (const chance of [0.1, Number.NaN]) {
      const wrong = { ...walk, chances: [{ ...passing, logChance: () => chance }] }
      expect(() => splitRows(wrong, plan, interaction, [], { from: 0, to: 1 })).toThrow(
        `chance function passing has a logarithm of ${chance}, above 0`,
      )
    }
  })
})

/** The chance of a fall beyond 45 % on a day of the first path, of one borrower. */
function chanceOf(state: Readonly<Record<string, number>>, daysLeft = 100): number {
  const [saidLoss] = chances
  const calm: Readonly<Record<string, number>> = {
    'vault.totalAssets': 15e6,
    'deals.outstanding': 12e6,
    'deals.collateralValue': 12e6,
    'deals.hazardToday': 1e-4,
    'deals.hazardThreshold': 0.5,
    'deals.borrowerBalance': 12e6,
  }
  const values = saidLoss.columns.map((name) => Float64Array.of(state[name] ?? calm[name] ?? 0))
  return saidLoss.logChance(values, 0, daysLeft, 0.45)
}

describe('chance functions of the economy', () => {
  it('know a fall that has passed the mark and come back for one that has passed', () => {
    expect(chanceOf({ 'outcomes.worstDrawdown': 0.46, 'vault.drawdown': 0.2 })).toBe(0)
    expect(chanceOf({ 'outcomes.worstDrawdown': 0.44, 'vault.drawdown': 0.2 })).toBeLessThan(-1)
  })

  it('rise with the fall, the debt in trouble and what will be, and sink with cover and as the days go by', () => {
    const usual = chanceOf({})
    expect(usual).toBeLessThan(-3)
    expect(chanceOf({ 'vault.drawdown': 0.1 })).toBeGreaterThan(usual)
    expect(chanceOf({ 'deals.troubled': 4e6 })).toBeGreaterThan(usual)
    expect(chanceOf({ 'deals.hazardThreshold': 0.005 })).toBeGreaterThan(usual)
    expect(chanceOf({ 'deals.hazardThreshold': 0.005, 'deals.stopped': 1 })).toBeLessThan(usual + 1e-9)
    expect(chanceOf({ 'deals.collateralValue': 18e6 })).toBeLessThan(usual)
    expect(chanceOf({ 'deals.impairment': 2e6 })).toBeLessThan(usual)
    expect(chanceOf({ 'vault.totalAssets': 30e6 })).toBeLessThan(usual)
    expect(chanceOf({ 'gpuMarket.utilisationLevel': 0.5 })).toBeGreaterThan(usual)
    expect(chanceOf({}, 20)).toBeLessThan(usual)
    expect(chanceOf({ 'deals.outstanding': 0, 'deals.collateralValue': 0 })).toBeLessThan(0)
  })

  it('have different names and foretell metrics that exist, each of them by one', () => {
    expect(new Set(chances.map(({ name }) => name)).size).toBe(chances.length)
    const known = metrics.map(({ name }) => name)
    const foretold = chances.flatMap(({ foretells }) => foretells)
    for (const metric of foretold) expect(known).toContain(metric)
    expect(new Set(foretold).size).toBe(foretold.length)
  })
})
