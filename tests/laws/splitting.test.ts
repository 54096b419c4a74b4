/** Rules of multilevel splitting that hold for every seed. */
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { levels } from '../../models/levels.ts'
import { metrics } from '../../models/metrics.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { daysColumn, levelColumn, rowsOf } from '../../sim/kernel/splitting/declaration.ts'
import { mostReplications } from '../../sim/kernel/splitting/replications.ts'
import { Splitter } from '../../sim/kernel/splitting/splitter.ts'
import { logWeightColumn } from '../../sim/kernel/steering.ts'
import { planFor } from '../support/economyRuns.ts'
import { economy } from '../support/scenarios.ts'
import { brownian, gambler, smallPlan, splitRows } from '../support/splittingEconomies.ts'

const options = { seed: 20261122, numRuns: 25 }
const walk = brownian(false)
const plan = smallPlan(walk, 60)
const marks = fc
  .uniqueArray(fc.integer({ min: -5, max: 30 }), { maxLength: 5 })
  .map((tenths) => tenths.sort((a, b) => a - b).map((value) => value / 10))
/** Places at the end of paths that had days to go; those that reach a mark on the last day are doubles without a future. */
const finalPlaces = (rows: Record<string, Float64Array>): number[] =>
  [...rows['walk.place']].filter(
    (_, i) => rows[logWeightColumn][i] > Number.NEGATIVE_INFINITY && rows[daysColumn][i] > 0,
  )

describe('multilevel splitting', () => {
  afterEach(() => vi.restoreAllMocks())

  it('gives the same bytes however many paths go through a day together', () => {
    fc.assert(
      fc.property(
        marks,
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 40 }),
        (marks, particles, block) => {
          const splitting = { level: 'place', levels: marks, particles }
          const rows = (block: number) => splitRows(walk, plan, splitting, ['walk.place'], { from: 3, to: 5 }, block)
          expect(rows(block)).toEqual(rows(64))
        },
      ),
      options,
    )
  })

  it('gives the same bytes of the whole economy, whichever replications were simulated before', () => {
    const storm = planFor({ days: 20, ticksPerDay: 4 })
    const splitting = { level: 'saidLoss', levels: [0.05, 0.06], particles: 12 }
    const names = ['outcomes.worstDrawdown', 'outcomes.supplyAtEnd', 'outcomes.minimumTwap1h']
    const both = splitRows(economy, storm, splitting, names, { from: 0, to: 2 })
    const alone = splitRows(economy, storm, splitting, names, { from: 1, to: 2 }, 5)
    const each = rowsOf(splitting)
    for (const [name, column] of Object.entries(alone)) expect(column, name).toEqual(both[name].slice(each))
    expect(both[logWeightColumn].slice(each, 2 * each).some((w) => w > Number.NEGATIVE_INFINITY)).toBe(true)
  }, 180_000)

  it('has weights that are one together, a level at or above the mark that was reached, and days that add up', () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 2, max: 30 }), fc.nat(1000), (marks, particles, replication) => {
        const splitting = { level: 'place', levels: marks, particles }
        const span = { from: replication, to: replication + 1 }
        const rows = splitRows(walk, plan, splitting, ['walk.highest'], span)
        let whole = 0
        rows[logWeightColumn].forEach((logWeight, i) => {
          const stage = Math.floor(i / particles)
          const went = logWeight === Number.NEGATIVE_INFINITY
          whole += Math.exp(logWeight)
          expect(rows[daysColumn][i]).toBeLessThanOrEqual(plan.days)
          if (went) {
            expect(rows['walk.highest'][i]).toBe(0)
            return
          }
          if (stage > 0) expect(rows[levelColumn][i]).toBeGreaterThanOrEqual(marks[stage - 1])
          if (stage < marks.length) expect(rows[levelColumn][i]).toBeLessThan(marks[stage])
          // The engine keeps the highest place from 0 on; the level may be lower.
          expect(Math.max(0, rows[levelColumn][i])).toBe(rows['walk.highest'][i])
          if (stage === 0) expect(rows[daysColumn][i]).toBe(plan.days)
        })
        expect(whole).toBeCloseTo(1, 12)
      }),
      options,
    )
  })

  it('tells a level function the days that are left', () => {
    const [place] = walk.levels ?? []
    const clock = {
      ...walk,
      levels: [{ ...place, evaluate: (_: unknown, __: unknown, daysLeft: number) => -daysLeft }],
    }
    const rows = splitRows(clock, plan, { level: 'place', levels: [-20, -3], particles: 4 }, [], { from: 0, to: 1 })
    const [first, second, third] = [40, 17, 3]
    const days = [...Array(4).fill(first), ...Array(4).fill(second), ...Array(4).fill(third)]
    expect([...rows[daysColumn]]).toEqual(days)
    expect([...rows[levelColumn].subarray(8)].map((level) => level + 0)).toEqual([0, 0, 0, 0])
  })

  it('without levels is plain simulation of the same size', () => {
    const rows = splitRows(walk, plan, { level: 'place', levels: [], particles: 20 }, ['walk.place'], {
      from: 0,
      to: 1,
    })
    const simulator = new Simulator(walk, plan, 20)
    const out = new Float64Array(20)
    const numbers = Int32Array.from({ length: 20 }, (_, i) => -(2 ** 31) + i)
    simulator.run(numbers, { outcomes: ['walk.place'], series: [] }, undefined, out)
    expect(rows['walk.place']).toEqual(out)
  })

  it('replications and paths of a plain run never share luck', () => {
    const splitting = { level: 'place', levels: [0.5, 1], particles: 30 }
    const rows = splitRows(walk, plan, splitting, ['walk.place'], { from: 0, to: 3 })
    const last = splitRows(walk, plan, splitting, ['walk.place'], { from: mostReplications - 1, to: mostReplications })
    const plain = new Float64Array(300)
    const numbers = Int32Array.from({ length: 300 }, (_, i) => i)
    new Simulator(walk, plan, 300).run(numbers, { outcomes: ['walk.place'], series: [] }, undefined, plain)
    const places = [...finalPlaces(rows), ...finalPlaces(last), ...plain]
    expect(new Set(places).size).toBe(places.length)
  })

  it('sends doubles of one state different ways; without luck of their own they would stay doubles', () => {
    const splitting = { level: 'place', levels: [0.5, 1], particles: 30 }
    const split = () => finalPlaces(splitRows(walk, plan, splitting, ['walk.place'], { from: 0, to: 1 }))
    const places = split()
    expect(new Set(places).size).toBe(places.length)
    vi.spyOn(Simulator.prototype, 'renewLuck').mockImplementation(() => {})
    const doubles = split()
    expect(new Set(doubles).size).toBeLessThan(doubles.length)
  })

  it('refuses by name what cannot be split', () => {
    const open = (change: object) => () =>
      new Splitter(gambler, smallPlan(gambler, 9), { level: 'purse', levels: [2], particles: 8, ...change }, [])
    expect(open({ level: 'buffer' })).toThrow('unknown level function: buffer; known: purse')
    expect(open({ particles: 1 })).toThrow('splitting particles is 1; it must be a whole number from 2 to 4096')
    expect(open({ particles: 2.5 })).toThrow('splitting particles is 2.5')
    expect(open({ levels: [2, 2] })).toThrow('level 2 of splitting is 2; levels must be finite and rise')
    expect(open({ levels: [Number.POSITIVE_INFINITY] })).toThrow('level 1 of splitting is Infinity')
    expect(open({ levels: Array.from({ length: 31 }, (_, i) => i) })).toThrow('31 levels; at most 30')
    expect(() => open({})().run(mostReplications, new Float64Array(48))).toThrow(`replication ${mostReplications}`)
  })
})

describe('level functions of the economy', () => {
  it('have different names and lead to metrics that exist', () => {
    expect(new Set(levels.map(({ name }) => name)).size).toBe(levels.length)
    const known = metrics.map(({ name }) => name)
    for (const { leadsTo } of levels) for (const metric of leadsTo) expect(known).toContain(metric)
  })

  it('no metric has two that lead to it', () => {
    const led = levels.flatMap(({ leadsTo }) => leadsTo)
    expect(new Set(led).size).toBe(led.length)
  })
})
