/** A copied path is the path itself: nothing that a room remembers stays behind. */
import { afterEach, describe, expect, it } from 'vitest'
import { planOf } from '../../scenarios/scenario.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { planFor } from '../support/economyRuns.ts'
import { economy, librarian } from '../support/scenarios.ts'
import { brownian, gambler, smallPlan } from '../support/splittingEconomies.ts'

const columnsOf = (economy: Economy): string[] =>
  Object.values(economy.rooms).flatMap((room) => Object.keys(room.state).map((name) => `${room.name}.${name}`))

const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i)

/**
 * Lives to a day with some paths, copies each over another that has lived too, and goes on with both.
 * @returns names of the columns in which a copy differs from its original at the end
 */
function strayColumns(economy: Economy, plan: Plan, day: number, originals: number): string[] {
  const simulator = new Simulator(economy, plan, 2 * originals)
  const all = range(0, 2 * originals)
  simulator.open(range(100, 100 + 2 * originals))
  for (let d = 0; d < day; d++) simulator.advance(d, all, all.length)
  for (let p = 0; p < originals; p++) simulator.copyPath(p, originals + p)
  for (let d = day; d < plan.days; d++) simulator.advance(d, all, all.length)
  return columnsOf(economy).filter((name) => {
    const column = simulator.column(name)
    const half = column.length / 2
    // Bit by bit: Object.is tells -0 from 0 and takes NaN for NaN.
    return !column.slice(0, half).every((value, i) => Object.is(value, column[half + i]))
  })
}

describe('a copied path', () => {
  it('with the same luck lives to the last bit as its original, in every column of the whole economy', () => {
    const plan = planOf(librarian('base', { days: 150 }), economy)
    expect(strayColumns(economy, plan, 61, 6)).toEqual([])
  }, 180_000)

  it('also in a storm, with late oracles, liquidations, redemptions and a run', () => {
    const days = 40
    const lever = (from: number, level: number) =>
      Float64Array.from({ length: 24 * days }, (_, i) => (i < from ? 1 : level))
    const plan = planFor({
      days,
      ticksPerDay: 24,
      parameters: { lending: { oracle: 'twap', oracleDelay: 180 } },
      levers: {
        gpuMarket: { rentFactor: lever(24 * 5, 0.3) },
        holders: { panic: lever(0, 1).map((_, i) => (i < 24 * 12 ? 0 : 0.7)) },
      },
    })
    for (const day of [1, 13, 25]) expect(strayColumns(economy, plan, day, 4), `day ${day}`).toEqual([])
  }, 180_000)

  it('shows what a room keeps to itself', () => {
    expect(strayColumns(brownian(false), smallPlan(brownian(false), 30), 10, 3)).toEqual([])
    expect(strayColumns(brownian(true), smallPlan(brownian(true), 30), 10, 3)).toContain('walk.place')
  })

  it('draws what the new number draws, from its first draw on, once its luck is renewed', () => {
    const walk = brownian(false)
    const plan = smallPlan(walk, 30)
    const simulator = new Simulator(walk, plan, 2)
    const both = range(0, 2)
    const place = simulator.column('walk.place')
    simulator.open([7, 8])
    const moves: number[] = []
    for (let d = 0; d < 10; d++) {
      const before = place[1]
      simulator.advance(d, both, 2)
      moves.push(place[1] - before)
    }
    simulator.renewLuck(0, 8)
    for (let d = 10; d < 20; d++) {
      const before = place[0]
      simulator.advance(d, both, 1)
      // Sums of other numbers round differently.
      expect(place[0] - before).toBeCloseTo(moves[d - 10], 12)
    }
  })

  it('draws events of a day from the address of the new number', () => {
    const plan = smallPlan(gambler, 6)
    const lives = (renewed: number): number[] => {
      const simulator = new Simulator(gambler, plan, 40)
      const all = range(0, 40)
      simulator.open(range(0, 40))
      for (let p = 0; p < 40; p++) simulator.renewLuck(p, renewed + p)
      for (let d = 0; d < plan.days; d++) simulator.advance(d, all, 40)
      return [...simulator.column('gambler.purse')]
    }
    expect(lives(1000)).toEqual(lives(1000))
    expect(lives(1000)).not.toEqual(lives(2000))
    // On the eve nothing has been drawn, so a renewed path is the path of that number.
    const simulator = new Simulator(gambler, plan, 40)
    simulator.open(range(1000, 1040))
    for (let d = 0; d < plan.days; d++) simulator.advance(d, range(0, 40), 40)
    expect(lives(1000)).toEqual([...simulator.column('gambler.purse')])
  })

  it('is refused where luck is steered, whose weights it would lose', () => {
    const walk = brownian(false)
    const simulator = new Simulator(walk, smallPlan(walk, 5), 2, {
      steering: { shifts: [{ shock: 'walk.move', by: 1 }] },
    })
    simulator.open([0, 1])
    expect(() => simulator.copyPath(0, 1)).toThrow('a steered path cannot be copied')
    expect(() => simulator.renewLuck(0, 5)).toThrow('the luck of a steered path cannot be renewed')
  })

  it('leaves paths that stand still untouched', () => {
    const plan = planFor({ days: 6, ticksPerDay: 4 })
    const simulator = new Simulator(economy, plan, 4)
    simulator.open(range(0, 4))
    for (let d = 0; d < 3; d++) simulator.advance(d, range(0, 4), 4)
    const before = simulator.ownedNumbers.map((numbers) => numbers.slice(numbers.length / 2))
    simulator.advance(3, range(0, 2), 2)
    const after = simulator.ownedNumbers.map((numbers) => numbers.slice(numbers.length / 2))
    expect(after).toEqual(before)
  })
})

describe('what rooms remember of paths', () => {
  const kinds = [
    'Float64Array',
    'Float32Array',
    'Int32Array',
    'Uint32Array',
    'Int16Array',
    'Uint16Array',
    'Uint8Array',
  ] as const
  const globals = globalThis as unknown as Record<string, unknown>
  const originals = Object.fromEntries(kinds.map((kind) => [kind, globals[kind]]))
  afterEach(() => Object.assign(globals, originals))

  /** A number of paths of which no other length in the economy is a multiple. */
  const capacity = 257

  /** Arrays of as many numbers for each path that were made when the batch was opened but are not in its memory. */
  function strayArrays(economy: Economy, plan: Plan): string[] {
    const made: { length: number; [i: number]: number }[] = []
    for (const kind of kinds) {
      globals[kind] = new Proxy(originals[kind] as new (...values: unknown[]) => { length: number }, {
        construct(target, values, newTarget) {
          const array = Reflect.construct(target, values, newTarget)
          made.push(array)
          return array
        },
      })
    }
    const simulator = new Simulator(economy, plan, capacity)
    Object.assign(globals, originals)
    const owned = new Set<unknown>(simulator.ownedNumbers)
    const isList = (array: { length: number; [i: number]: number }): boolean =>
      array.length === capacity && Array.from({ length: capacity }, (_, i) => array[i] === i).every(Boolean)
    return made
      .filter((array) => array.length > 0 && array.length % capacity === 0 && !owned.has(array) && !isList(array))
      .map((array) => `${array.constructor.name} of ${array.length / capacity} a path`)
  }

  it('is all in the memory of the batch, in every room and meeting of the economy', () => {
    const plan = planOf(librarian('base', { days: 30 }), economy)
    const simulator = new Simulator(economy, plan, capacity)
    expect(simulator.ownedNumbers.length).toBeGreaterThan(300)
    expect(strayArrays(economy, plan)).toEqual([])
  })

  it('is missed when a room keeps an array of its own', () => {
    expect(strayArrays(brownian(false), smallPlan(brownian(false), 30))).toEqual([])
    expect(strayArrays(brownian(true), smallPlan(brownian(true), 30))).toEqual(['Float64Array of 1 a path'])
  })
})
