/** Plays the deals alone on a market that the test writes, with every law checked after every step. */

import { deals } from '../../models/deals/room.ts'
import { tables as marketTables } from '../../models/gpuMarket/parameters.ts'
import type { Row } from '../../sim/kernel/declarations.ts'
import type { ParameterSettings } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { soloEconomy, soloSimulator } from './openRoom.ts'

export type DealOperations = ReturnType<(typeof deals)['open']>['operations']
export type ColumnOf = (name: keyof (typeof deals)['state']) => Float64Array
export type Market = Readonly<Record<keyof (typeof deals)['inputs'], Float64Array>>

const generations = marketTables.generations.rows
export const generationCount = generations.length
/** Row of the H100 in the table of generations. */
export const h100 = generations.findIndex((g) => g.name === 'H100')

const owner = defineRoom({
  name: 'gpuMarket',
  meaning: 'Lists the generations.',
  tables: marketTables,
  state: { idle: { unit: '1', meaning: 'Nothing' } },
  open: () => ({ start: () => {}, step: () => {} }),
})

/** Rents and prices of the first day for ever: all generations on the market, no glut, a factor of 0. */
export function calmMarket(market: Market, path: number): void {
  for (let g = 0; g < generationCount; g++) {
    const at = path * generationCount + g
    market.spot[at] = generations[g].rent
    market.contract[at] = generations[g].contractRent
    market.price[at] = 0.8 * generations[g].machinePrice
    market.releaseDay[at] = generations[g].releaseDay
  }
  market.utilisation[path] = 0.75
  market.regime[path] = 1
  market.factor[path] = 0
}

/** Multiplies all rents of a path, spot and contract. */
export function scaleRents(market: Market, path: number, by: number): void {
  for (let g = path * generationCount; g < (path + 1) * generationCount; g++) {
    market.spot[g] *= by
    market.contract[g] *= by
  }
}

export interface DealsPlay {
  days?: number
  paths?: number
  pathNumbers?: readonly number[]
  seed?: readonly [number, number]
  tape?: readonly Row[]
  borrowers?: readonly Row[]
  parameters?: ParameterSettings[string]
  levers?: Readonly<Record<string, Float64Array>>
  market?: (market: Market, path: number, day: number) => void
  /** Called after the step of each day, for each path. */
  meet?: (operations: DealOperations, column: ColumnOf, path: number, day: number) => void
}

/** @returns the columns of the room at the end */
export function playDeals(play: DealsPlay): ColumnOf {
  const economy = soloEconomy(deals, {
    sizes: { generation: generationCount },
    owners: [owner],
    feed(inputs, path, day) {
      calmMarket(inputs as Market, path)
      play.market?.(inputs as Market, path, day)
    },
    meet: (operations, path, day) => play.meet?.(operations, column, path, day),
  })
  const simulator = soloSimulator(economy, {
    paths: play.paths ?? 1,
    days: play.days ?? 365,
    seed: play.seed,
    parameters: { deals: play.parameters ?? {} },
    tables: {
      deals: {
        ...(play.tape ? { tape: play.tape } : {}),
        ...(play.borrowers ? { borrowers: play.borrowers } : {}),
      },
    },
    levers: play.levers ? { deals: play.levers } : undefined,
  })
  const column: ColumnOf = (name) => simulator.column(`deals.${name}`)
  const numbers = play.pathNumbers ?? Array.from({ length: play.paths ?? 1 }, (_, p) => p)
  simulator.run(numbers, { outcomes: [], series: [] }, undefined, new Float64Array(0))
  return column
}

/** Numbers that switch luck off: no overlay, no noise of revenue. */
export const noLuck = { overlayProbability: 0, revenueNoise: 0 }

/** A row of the tape: a million of level-payment debt on H100s unless told otherwise. */
export function loan(name: string, borrower: string, terms: Partial<Record<string, number | string>> = {}): Row {
  const usual = { borrower, type: 'debt', structure: 'amortising', principal: 1_000_000, rate: 0.14, revenueShare: 0 }
  const life = { tenorMonths: 24, ageMonths: 0, generation: 'H100', units: 0, contractRent: 0, contractMonthsLeft: 0 }
  return { name, ...usual, ...life, utilisation: 1, cashReserveShare: 0, insuranceShare: 0, ...terms } as Row
}

export function borrower(name: string, terms: Partial<Record<string, number | string>> = {}): Row {
  const usual = { relatedParty: 'no', startingCash: 0, contractedShare: 0, hazardMultiple: 1, pipelineWeight: 1 }
  return { name, ...usual, ...terms } as Row
}

/** Sells what workouts offer at a fixed price a machine. */
export function sellAt(usd: number): NonNullable<DealsPlay['meet']> {
  return (operations, column, path) => {
    const slots = column('status').length / column('hazard').length
    for (let s = operations.awaitingDecision(path); s >= 0; s = operations.awaitingDecision(path)) {
      operations.liquidate(path, s)
    }
    for (let s = 0; s < slots; s++) {
      const units = operations.unitsForSale(path, s)
      if (units > 0) operations.recover(path, s, units, units * usd)
    }
  }
}
