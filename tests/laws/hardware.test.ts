/** What must hold of the market for machines. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gpuMarket } from '../../models/gpuMarket/room.ts'
import { fundamentalValue } from '../../models/hardware/fundamentalValue.ts'
import { hardware } from '../../models/hardware/room.ts'
import type { Trade } from '../support/gpuEconomy.ts'
import { baseRows, runGpu } from '../support/gpuRuns.ts'
import { soloEconomy, soloSimulator } from '../support/openRoom.ts'

type HardwareOperations = Parameters<Trade>[0]
const generations = baseRows.length

/** Opens the room with rents written by the test: path p has the p-th rent for every generation. */
function machinesAt(
  rents: readonly number[],
  options: {
    utilisation?: number
    regime?: number
    days?: number
    meet?: (operations: HardwareOperations, path: number, day: number) => void
    parameters?: Record<string, number>
  } = {},
) {
  const { utilisation = 0.75, regime = 1, days = 1, meet, parameters = {} } = options
  const economy = soloEconomy(hardware, {
    sizes: { generation: generations },
    owners: [gpuMarket],
    feed: (inputs, path) => {
      for (let g = 0; g < generations; g++) inputs.contract[path * generations + g] = rents[path]
      inputs.utilisation[path] = utilisation
      inputs.regime[path] = regime
    },
    meet,
  })
  const simulator = soloSimulator(economy, { paths: rents.length, days, parameters: { hardware: parameters } })
  const numbers = rents.map((_, p) => p)
  simulator.run(numbers, { series: [], outcomes: [] }, undefined, new Float64Array(0))
  return simulator
}

/** What the operations say at the end of the first day of one path, H100 unless said otherwise. */
function ask<T>(
  question: (operations: HardwareOperations) => T,
  rent = 2.35,
  options: Parameters<typeof machinesAt>[1] = {},
): T {
  let answer: T | undefined
  machinesAt([rent], { ...options, meet: (operations) => (answer = question(operations)) })
  return answer as T
}

describe('the price of machines', () => {
  it('rises with the rent, from scrap to the price at which buyers rather wait for a new one', () => {
    const rents = Array.from({ length: 60 }, (_, i) => 0.1 * (i + 1))
    const simulator = machinesAt(rents)
    for (let g = 0; g < generations; g++) {
      const prices = rents.map((_, p) => simulator.column('hardware.price')[p * generations + g])
      for (let i = 1; i < prices.length; i++) expect(prices[i]).toBeGreaterThanOrEqual(prices[i - 1])
      const fresh = baseRows[g]['machinePrice'] as number
      expect(prices[0]).toBeCloseTo(0.05 * fresh, 9)
      expect(Math.max(...prices)).toBeLessThanOrEqual(1.15 * fresh * (1 + 1e-12))
    }
  })

  it('falls by more than the rent: machines carry the leverage of their running cost', () => {
    const simulator = machinesAt([2.35, 0.7 * 2.35])
    const value = simulator.column('hardware.value')
    expect(value[generations + 1] / value[1]).toBeLessThan(0.65)
  })

  it('is lower in a glut and higher in a shortage, by the declared discounts', () => {
    const [glut, normal, shortage] = [0, 1, 2].map(
      (regime) => machinesAt([2.35], { regime }).column('hardware.price')[1],
    )
    expect(glut / shortage).toBeCloseTo(0.85, 12)
    expect(normal / shortage).toBeCloseTo(0.95, 12)
  })

  it('capitalises rents over the years that a machine bought half-way since the release has left', () => {
    const days = 11
    const value = machinesAt([2.35], { days }).column('hardware.value')[1]
    const left = 6 - (0.5 * 1380 + days - 1) / 365
    expect(value).toBe(
      fundamentalValue(2.35, 0.15, 0.45, 0.14 + 0.02, 0.75, left, 0.05 * (baseRows[1]['machinePrice'] as number)),
    )
  })

  it('falls with age as the same rent is left for fewer years', () => {
    const old = machinesAt([2.35], { days: 365 }).column('hardware.value')[1]
    expect(old).toBeLessThan(machinesAt([2.35]).column('hardware.value')[1])
  })
})

describe('selling machines', () => {
  it('brings no more a machine the more sellers there are, and all together no more than each alone', () => {
    const units = fc.double({ min: 0.5, max: 400, noNaN: true })
    fc.assert(
      fc.property(fc.array(units, { minLength: 2, maxLength: 6 }), fc.nat(generations - 1), (sellers, g) => {
        const { alone, together } = ask((operations) => ({
          alone: sellers.map((n) => operations.quote(0, g, n)),
          together: sellers.map((n) => operations.sell(0, g, n)),
        }))
        together.forEach((proceeds, i) => {
          expect(proceeds).toBeLessThanOrEqual(alone[i])
          expect(proceeds).toBeGreaterThan(0)
        })
        // Of equal sellers the later ones get less a machine.
        const equal = ask((operations) => sellers.map(() => operations.sell(0, g, sellers[0])))
        for (let i = 1; i < equal.length; i++) expect(equal[i]).toBeLessThan(equal[i - 1])
      }),
      { seed: 20261122, numRuns: 25 },
    )
  })

  it('pays the price less impact, fixed costs and the spread of the dealer, and books it', () => {
    const simulator = machinesAt([2.35], { meet: (operations) => operations.sell(0, 1, 50) })
    const mid = simulator.column('hardware.calmPrice')[1]
    const expected = mid * 50 * 0.92 * 0.9 * Math.exp((-0.01 * 50) / (baseRows[1]['depth'] as number))
    expect(simulator.column('hardware.proceedsTotal')[0]).toBeCloseTo(expected, 6)
    expect(simulator.column('hardware.soldTotal')[0]).toBe(50)
    expect(simulator.column('hardware.pressure')[1]).toBe(50)
  })

  it('weighs on the price of machines not sold, and half of the weight is gone after a half-life', () => {
    const meet = (operations: HardwareOperations, _path: number, day: number) => {
      if (day === 0) operations.sell(0, 1, 100)
    }
    const simulator = machinesAt([2.35], { days: 22, meet })
    expect(simulator.column('hardware.pressure')[1]).toBeCloseTo(50, 9)
    const weight = Math.exp((-0.01 * 50) / (baseRows[1]['depth'] as number))
    expect(simulator.column('hardware.price')[1] / simulator.column('hardware.calmPrice')[1]).toBeCloseTo(weight, 12)
    expect(simulator.column('hardware.price')[0]).toBe(simulator.column('hardware.calmPrice')[0])
  })

  it('finds a market each day for a fifth of the weekly capacity, whoever sells', () => {
    const depth = baseRows[1]['depth'] as number
    const left: number[] = []
    machinesAt([2.35], {
      days: 2,
      meet: (operations) => {
        left.push(operations.dailyCapacity(0, 1))
        operations.sell(0, 1, 15)
        left.push(operations.dailyCapacity(0, 1))
        operations.sell(0, 1, 15)
        left.push(operations.dailyCapacity(0, 1))
      },
    })
    const whole = (4 * depth) / 5
    expect(left).toEqual([whole, Math.max(0, whole - 15), 0, whole, Math.max(0, whole - 15), 0])
  })

  it('of no machines brings nothing and changes nothing', () => {
    const simulator = machinesAt([2.35], {
      meet: (operations) => {
        expect(operations.sell(0, 1, 0)).toBe(0)
        expect(operations.hostingValue(0, 1, 0, 12)).toBe(0)
      },
    })
    expect(simulator.column('hardware.pressure')[1]).toBe(0)
  })

  it('suffers from a shallow market and from a lever on prices', () => {
    let proceeds = 0
    const trade: Trade = (operations, _path, day) => {
      if (day === 5) proceeds = operations.quote(0, 1, 100)
    }
    const quote = (levers: Record<string, () => number>) => {
      runGpu({ days: 6, trade, levers: { hardware: levers } })
      return proceeds
    }
    const calm = quote({})
    const impact = (0.01 * 100) / (baseRows[1]['depth'] as number)
    expect(quote({ depthFactor: () => 0.1 }) / calm).toBeCloseTo(Math.exp(-9 * impact), 12)
    expect(quote({ resaleFactor: () => 0.5 }) / calm).toBeCloseTo(0.5, 12)
  })
})

describe('hosting machines with a partner', () => {
  it('is worth more for longer, less at a higher fee, and nothing but its cost where the move takes longer than the term', () => {
    const worth = (months: number, parameters: Record<string, number> = {}) =>
      ask((operations) => operations.hostingValue(0, 1, 10, months), 2.35, { parameters })
    expect(worth(24)).toBeGreaterThan(worth(12))
    expect(worth(24, { hostingFee: 0.5 })).toBeLessThan(worth(24))
    expect(worth(24, { hostingRateShare: 0.5 })).toBeLessThan(worth(24))
    const moving = worth(0.5)
    expect(moving).toBeLessThan(-10 * 500)
    expect(moving).toBeGreaterThan(-10 * (500 + 0.45 * 24 * 31))
  })

  it('and selling what is left afterwards is worth no more than the machines without costs and fees', () => {
    for (const months of [3, 12, 36]) {
      const [host, sold, value] = ask((operations) => [
        operations.hostingValue(0, 1, 1, months),
        operations.residualValue(0, 1, 1, months),
        machinesAt([2.35]).column('hardware.value')[1],
      ])
      expect(host + sold).toBeLessThan(value)
      expect(sold).toBeGreaterThan(0)
    }
  })

  it('finds a partner as often as the state of the market allows', () => {
    for (const [regime, probability] of [
      [0, 0.05],
      [1, 0.5],
      [2, 0.8],
    ]) {
      let found = 0
      let asked = 0
      const meet = (operations: HardwareOperations, path: number) => {
        for (let slot = 0; slot < 10; slot++) {
          const answer = operations.partnerFound(path, slot)
          expect(operations.partnerFound(path, slot)).toBe(answer)
          found += answer
          asked += 1
        }
      }
      machinesAt(new Array(50).fill(2.35), { regime, days: 4, meet })
      // Five standard errors: one false alarm in two million at a fresh seed.
      expect(Math.abs(found / asked - probability)).toBeLessThan(
        5 * Math.sqrt((probability * (1 - probability)) / asked),
      )
    }
  })
})
