/** Steered days take no lasting memory, and few short-lived numbers. */
import { describe, expect, it } from 'vitest'
import { Simulator } from '../../sim/kernel/simulator.ts'
import type { Steering } from '../../sim/kernel/steering.ts'
import { leastGrowth, livingBytes } from '../support/memory.ts'
import { toyEconomy, toyPlan } from '../support/toyEconomy.ts'

const paths = 200
const ways: Readonly<Record<string, Steering>> = {
  mixture: {
    mixture: [
      { paths: 1 },
      {
        paths: 3,
        shifts: [{ shock: 'dice.factor', by: 0.1 }],
        chances: [{ shock: 'dice.coin', end: 'lowest', of: 0.01, becomes: 0.05 }],
      },
    ],
    watch: [{ shock: 'dice.factor', what: 'total', blocks: 4 }],
  },
  mirrors: { antithetic: true },
  nets: { quasi: { points: 64, blocks: 8, shocks: [{ shock: 'dice.factor' }, { shock: 'dice.wait' }] } },
}

describe('memory of steered luck', () => {
  for (const [name, steering] of Object.entries(ways)) {
    it(`${name}: 240,000 steered path-days leave less than 64 kB behind`, () => {
      const simulator = new Simulator(toyEconomy, toyPlan(400), paths, { steering })
      const numbers = Int32Array.from({ length: paths }, (_, p) => p)
      const run = (): void => simulator.run(numbers, { outcomes: [], series: [] }, undefined, new Float64Array(0))
      for (let i = 0; i < 4; i++) run()
      const threeRuns = (): void => {
        for (let i = 0; i < 3; i++) run()
      }
      expect(leastGrowth(livingBytes, threeRuns, 64_000)).toBeLessThan(64_000)
    })
  }
})
