/** Small economies whose rare failures have known probabilities, for the very engine that splits the real one. */
import { parseDate } from '../../sim/kernel/calendar.ts'
import { type AnyRoom, defineEconomy, type Economy } from '../../sim/kernel/economy.ts'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { makePlan, type Plan } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import {
  isInteraction,
  type LevelFunction,
  type Multiplying,
  rowsOf,
  splittingColumns,
} from '../../sim/kernel/splitting/declaration.ts'
import type { ChanceFunction } from '../../sim/kernel/splitting/interaction.ts'
import { Interactor } from '../../sim/kernel/splitting/interactor.ts'
import { Splitter } from '../../sim/kernel/splitting/splitter.ts'
import { logWeightColumn } from '../../sim/kernel/steering.ts'

function loneEconomy(room: AnyRoom, level: LevelFunction, chance: ChanceFunction): Economy {
  return defineEconomy({
    name: `lone ${room.name}`,
    rooms: { [room.name]: room },
    wires: { [room.name]: () => ({}) },
    meetings: {},
    day: { morning: [{ run: room.name, description: 'the only room' }], ticks: [], evening: [] },
    laws: () => ({}),
    ledgerScale: () => () => 1,
    levels: [level],
    chances: [chance],
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

/** (q/p)^purse − 1 over the same of the fortune: the gambler’s chance with no end of days (Feller, volume 1, XIV.2). */
const fortuneAhead: ChanceFunction = {
  name: 'fortune',
  meaning: 'Chance to have 20 before nothing',
  columns: ['gambler.purse'],
  foretells: [],
  logChance: ([purse], path) => log(Math.max(1e-300, (exp(purse[path] * log(1.5)) - 1) / (exp(20 * log(1.5)) - 1))),
}

/** 2 (1 − Φ(distance over the deviation of the time left)): that of a motion watched without a break, one day ahead of the end. */
const passingAhead: ChanceFunction = {
  name: 'passing',
  meaning: 'Chance to pass the mark',
  columns: ['walk.place', 'walk.highest'],
  foretells: ['place', 'passing'],
  logChance([place, highest], path, daysLeft, beyond) {
    if (highest[path] >= beyond) return 0
    const tail = 2 * normalCdf((place[path] - beyond) / Math.sqrt((daysLeft + 1) / 365))
    return log(Math.min(1, Math.max(1e-300, tail)))
  },
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
  fortuneAhead,
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
    passingAhead,
  )
}

export function smallPlan(economy: Economy, days: number, seed = 20261122): Plan {
  return makePlan(economy, { seed: [seed, 3], startDay: parseDate('2026-07-01'), days, ticksPerDay: 1 })
}

/** Rows of replications, column by column: the outcomes, then splittingColumns. */
export function splitRows(
  economy: Economy,
  plan: Plan,
  splitting: Multiplying,
  outcomes: readonly string[],
  replications: { from: number; to: number },
  block?: number,
): Record<string, Float64Array> {
  const splitter = isInteraction(splitting)
    ? new Interactor(economy, plan, splitting, outcomes)
    : new Splitter(economy, plan, splitting, outcomes, block)
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
  splitting: Multiplying,
  outcome: string,
  of: (value: number) => number,
): Float64Array {
  const each = rowsOf(splitting)
  const logWeights = columns[logWeightColumn]
  return Float64Array.from({ length: logWeights.length / each }, (_, r) => {
    let sum = 0
    for (let i = r * each; i < (r + 1) * each; i++) {
      if (logWeights[i] > Number.NEGATIVE_INFINITY) sum += exp(logWeights[i]) * of(columns[outcome][i])
    }
    return sum
  })
}
