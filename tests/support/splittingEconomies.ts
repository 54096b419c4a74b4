/** Small economies whose rare failures have known probabilities, for the very engine that splits the real one. */
import { parseDate } from '../../sim/kernel/calendar.ts'
import { type AnyRoom, defineEconomy, type Economy } from '../../sim/kernel/economy.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { makePlan, type Plan } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import type { LevelFunction, Splitting } from '../../sim/kernel/splitting/declaration.ts'
import { rowsOf, splittingColumns } from '../../sim/kernel/splitting/declaration.ts'
import { Splitter } from '../../sim/kernel/splitting/splitter.ts'
import { logWeightColumn } from '../../sim/kernel/steering.ts'

function loneEconomy(room: AnyRoom, level: LevelFunction): Economy {
  return defineEconomy({
    name: `lone ${room.name}`,
    rooms: { [room.name]: room },
    wires: { [room.name]: () => ({}) },
    meetings: {},
    day: { morning: [{ run: room.name, description: 'the only room' }], ticks: [], evening: [] },
    laws: () => ({}),
    ledgerScale: () => () => 1,
    levels: [level],
  } as never) as unknown as Economy
}

const purse: LevelFunction = {
  name: 'purse',
  meaning: 'What the gambler has',
  unit: 'USD',
  columns: ['gambler.purse'],
  leadsTo: [],
  evaluate: ([purse], path) => purse[path],
}

const place: LevelFunction = {
  name: 'place',
  meaning: 'Where the motion is',
  unit: '1',
  columns: ['walk.place'],
  leadsTo: ['passing', 'place'],
  evaluate: ([place], path) => place[path],
}

/** A gambler with 1 who wins 1 with probability 0.4 and loses 1 otherwise, until nothing or 20 is left; even bets a day by its stream, odd ones by events. */
export const gambler = loneEconomy(
  defineRoom({
    name: 'gambler',
    meaning: 'A gambler who plays until ruin or fortune.',
    state: {
      purse: { unit: 'USD', meaning: 'What the gambler has' },
      fortune: { unit: '1', meaning: '1 once 20 was reached' },
    },
    shocks: { bet: { law: 'uniform', meaning: 'The bet of the day' } },
    open({ state, shocks, events, clock }) {
      const { purse, fortune } = state
      return {
        start(active, count) {
          for (let k = 0; k < count; k++) purse[active[k]] = 1
        },
        step(active, count) {
          for (let k = 0; k < count; k++) {
            const p = active[k]
            if (purse[p] === 0 || purse[p] === 20) continue
            const u = clock.day % 2 === 0 ? shocks.bet[p] : events.at(p, 0, 0).uniform()
            purse[p] += u < 0.4 ? 1 : -1
            if (purse[p] === 20) fortune[p] = 1
          }
        },
      }
    },
  }),
  purse,
)

/** A standard Brownian motion over the year of a run, seen once a day, and its highest point; `secret` keeps the place where copies miss it. */
export function brownian(secret: boolean): Economy {
  return loneEconomy(
    defineRoom({
      name: 'walk',
      meaning: 'Brownian motion, seen daily.',
      state: {
        place: { unit: '1', meaning: 'Where it is' },
        highest: { unit: '1', meaning: 'Where it was at most' },
      },
      shocks: { move: { law: 'normal', meaning: 'The move of the day' } },
      open({ state, shocks, clock, paths, own }) {
        const unit = Math.sqrt(1 / clock.days)
        const hidden = new Float64Array(paths)
        const at = secret ? hidden : own(hidden)
        return {
          start(active, count) {
            for (let k = 0; k < count; k++) at[active[k]] = 0
          },
          step(active, count) {
            for (let k = 0; k < count; k++) {
              const p = active[k]
              at[p] += unit * shocks.move[p]
              state.place[p] = at[p]
              state.highest[p] = Math.max(state.highest[p], at[p])
            }
          },
        }
      },
    }),
    place,
  )
}

export function smallPlan(economy: Economy, days: number, seed = 20261122): Plan {
  return makePlan(economy, { seed: [seed, 3], startDay: parseDate('2026-07-01'), days, ticksPerDay: 1 })
}

/** Rows of replications, column by column: the outcomes, then splittingColumns. */
export function splitRows(
  economy: Economy,
  plan: Plan,
  splitting: Splitting,
  outcomes: readonly string[],
  replications: { from: number; to: number },
  block?: number,
): Record<string, Float64Array> {
  const splitter = new Splitter(economy, plan, splitting, outcomes, block)
  const { width } = splitter
  const each = rowsOf(splitting)
  const names = [...outcomes, ...splittingColumns]
  const count = (replications.to - replications.from) * each
  const columns = names.map(() => new Float64Array(count))
  const rows = new Float64Array(each * width)
  for (let r = replications.from; r < replications.to; r++) {
    splitter.run(r, rows)
    const base = (r - replications.from) * each
    for (let i = 0; i < each; i++) for (let o = 0; o < width; o++) columns[o][base + i] = rows[i * width + o]
  }
  return Object.fromEntries(names.map((name, o) => [name, columns[o]]))
}

/** Estimates of single replications: the weighted sum over its paths of a function of an outcome. */
export function replicationMeans(
  columns: Readonly<Record<string, Float64Array>>,
  { particles, levels }: Splitting,
  outcome: string,
  of: (value: number) => number,
): Float64Array {
  const each = particles * (levels.length + 1)
  const logWeights = columns[logWeightColumn]
  return Float64Array.from({ length: logWeights.length / each }, (_, r) => {
    let sum = 0
    for (let i = r * each; i < (r + 1) * each; i++) {
      if (logWeights[i] > Number.NEGATIVE_INFINITY) sum += exp(logWeights[i]) * of(columns[outcome][i])
    }
    return sum
  })
}
