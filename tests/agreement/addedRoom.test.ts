/** Adding a room moves nobody else's luck. */
import { expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { defineEconomy, type Economy } from '../../sim/kernel/economy.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { outcomeNames, planFor } from '../support/economyRuns.ts'

const weather = defineRoom({
  name: 'weather',
  meaning: 'A room that draws every day, for its path and for each of seven agents, and by events.',
  sizes: () => ({ cloud: 7 }),
  state: { rain: { unit: 'mm', meaning: 'Rain so far' } },
  shocks: {
    wind: { law: 'normal', meaning: 'Wind' },
    cover: { law: 'uniform', meaning: 'Cover of each cloud', agents: 'cloud' },
  },
  open({ state, shocks, events }) {
    return {
      start() {},
      step(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          state.rain[p] += Math.abs(shocks.wind[p]) + shocks.cover[p * 7] + events.at(p, 0, 1).exponential()
        }
      },
    }
  },
})

const larger: Economy = defineEconomy({
  ...economy,
  rooms: { weather, ...economy.rooms },
  wires: { weather: () => ({}), ...economy.wires },
  day: { ...economy.day, morning: [{ run: 'weather', description: 'it rains' }, ...economy.day.morning] },
} as never)

it('gives every path the same outcomes, to the last bit, with and without another room', () => {
  const run = (which: Economy): Float64Array => {
    const plan = planFor({ days: 45, ticksPerDay: 6, parameters: { deals: { overlayProbability: 0.3 } } })
    const parameters = { ...plan.parameters, weather: {} }
    const simulator = new Simulator(which, { ...plan, parameters, tables: { ...plan.tables, weather: {} } }, 5)
    const out = new Float64Array(5 * outcomeNames.length)
    simulator.run([0, 1, 2, 3, 4], { outcomes: outcomeNames, series: [] }, undefined, out)
    return out
  }
  expect(Buffer.from(run(larger).buffer).equals(Buffer.from(run(economy).buffer))).toBe(true)
})
