/** A small economy whose answers are known in closed form: sums and extremes of a few shocks and draws. */
import { defineEconomy, type Economy } from '../../sim/kernel/economy.ts'
import { makePlan, type Plan } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { luckColumns, type Steering } from '../../sim/kernel/steering.ts'

const asked = 5
const once = 6
const often = 7

/** Adds up what it draws, each as standard normal numbers where the law is normal. */
const dice = defineRoom({
  name: 'dice',
  meaning: 'Adds up what it draws.',
  parameters: {
    factors: {
      value: 3,
      unit: '1',
      from: 1,
      to: 20,
      integer: true,
      meaning: 'Factors',
      source: 'test',
      evidence: 'J',
    },
  },
  sizes: ({ factors }) => ({ factor: factors, two: 2 }),
  state: {
    walk: { unit: '1', meaning: 'Sum of the normal shocks of each factor', each: 'factor' },
    total: { unit: '1', meaning: 'Sum of the first factor over the root of the days' },
    second: { unit: '1', meaning: 'Sum of the second factor over the root of the days' },
    highest: { unit: '1', meaning: 'Highest running sum of the first factor' },
    rare: { unit: '1', meaning: 'Days on which the coin fell below a hundredth' },
    middle: { unit: '1', meaning: 'Sum of the coins' },
    pair: { unit: '1', meaning: 'Sum of the second of two pairs' },
    wait: { unit: '1', meaning: 'An exponential number drawn on the eve' },
    size: { unit: '1', meaning: 'Sum of the normal numbers that events have drawn' },
    events: { unit: '1', meaning: 'Events so far' },
    twice: { unit: '1', meaning: 'Days on which asking twice gave two answers' },
  },
  shocks: {
    factor: { law: 'normal', meaning: 'Luck of each factor', agents: 'factor' },
    coin: { law: 'uniform', meaning: 'A coin' },
    pair: { law: 'normal', meaning: 'Two numbers', each: 'two' },
  },
  draws: {
    wait: { law: 'exponential', purpose: once, once: true, meaning: 'A wait' },
    size: { law: 'normal', purpose: often, meaning: 'Size of an event' },
    answer: { law: 'uniform', purpose: asked, meaning: 'An answer' },
  },
  open({ state: s, shocks, events, clock, sizes }) {
    const factors = sizes['factor']
    const root = Math.sqrt(clock.days)
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) s.wait[active[k]] = events.at(active[k], 0, once).exponential()
      },
      step(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          for (let f = 0; f < factors; f++) s.walk[p * factors + f] += shocks.factor[p * factors + f]
          s.total[p] = s.walk[p * factors] / root
          if (factors > 1) s.second[p] = s.walk[p * factors + 1] / root
          s.highest[p] = Math.max(s.highest[p], s.walk[p * factors])
          s.middle[p] += shocks.coin[p]
          s.pair[p] += shocks.pair[2 * p + 1]
          if (shocks.coin[p] < 0.01) s.rare[p] += 1
          if (shocks.coin[p] < 0.3) {
            s.events[p] += 1
            s.size[p] += events.at(p, 0, often).normal()
          }
          const answer = events.at(p, 0, asked).uniform()
          if (events.at(p, 0, asked).uniform() !== answer) s.twice[p] += 1
        }
      },
    }
  },
})

export const toyEconomy = defineEconomy({
  name: 'toy',
  rooms: { dice },
  wires: { dice: () => ({}) },
  meetings: {},
  day: { morning: [{ run: 'dice', description: 'draws' }], ticks: [], evening: [] },
  laws: () => ({}),
  ledgerScale: () => () => 1,
}) as unknown as Economy

export function toyPlan(days = 8, factors = 3, seed: readonly [number, number] = [20261122, 5]): Plan {
  return makePlan(toyEconomy, {
    seed,
    startDay: 20_000,
    days,
    ticksPerDay: 1,
    parameters: { dice: { factors } },
  })
}

/** Outcome columns of a range of paths, simulated in batches. */
export function playToy(
  plan: Plan,
  steering: Steering | undefined,
  from: number,
  to: number,
  outcomes: readonly string[],
  batch = 1000,
): Record<string, Float64Array> {
  const names = [...outcomes, ...(steering ? luckColumns(steering) : [])]
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(to - from)]))
  const simulator = new Simulator(toyEconomy, plan, Math.min(batch, to - from), { steering })
  for (let first = from; first < to; first += batch) {
    const count = Math.min(batch, to - first)
    const out = new Float64Array(count * names.length)
    const numbers = Int32Array.from({ length: count }, (_, i) => first + i)
    simulator.run(numbers, { outcomes: names, series: [] }, undefined, out)
    names.forEach((name, n) => {
      for (let i = 0; i < count; i++) columns[name][first - from + i] = out[i * names.length + n]
    })
  }
  return columns
}
