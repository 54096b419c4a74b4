/** A law that breaks stops the run and says where, and the path can be replayed up to that day. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AlreadySaid } from '../../sim/host/commands/ending.ts'
import { simulateAlone } from '../../sim/host/commands/replay.ts'
import { runShown } from '../../sim/host/commands/run.ts'
import type { Asked } from '../../sim/host/scenarioFiles.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import { defineEconomy } from '../../sim/kernel/economy.ts'
import { makePlan } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

/** A purse that loses a coin on the third day of about one path in fifty. */
const purse = defineRoom({
  name: 'purse',
  meaning: 'A purse with a hole.',
  state: { coins: { unit: 'coin', meaning: 'Coins in the purse' }, luck: { unit: '1', meaning: 'Draw of the day' } },
  shocks: { draw: { law: 'uniform', meaning: 'Whether the hole opens' } },
  open({ state, shocks, clock }) {
    return {
      start: (active, count) => {
        for (let k = 0; k < count; k++) state.coins[active[k]] = 10
      },
      step: (active, count) => {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          state.luck[p] = shocks.draw[p]
          if (clock.day === 2 && shocks.draw[p] > 0.98) state.coins[p] -= 1
        }
      },
      laws: { 'no coin is lost': { meaning: 'ten coins', scale: 'pure', distance: (p) => state.coins[p] - 10 } },
    }
  },
})

const economy = defineEconomy({
  name: 'purse',
  rooms: { purse },
  wires: { purse: () => ({}) },
  meetings: {},
  day: { morning: [{ run: 'purse', description: 'the hole opens or not' }], ticks: [], evening: [] },
  laws: () => ({}),
  ledgerScale: () => () => 1,
}) as unknown as Economy

const plan = makePlan(economy, { seed: [5, 6], startDay: 20_635, days: 4, ticksPerDay: 1 })
const asked = {
  plan,
  scenario: { name: 'purse', question: 'Does the purse hold?' },
  question: {
    scenario: { name: 'purse', question: 'Does the purse hold?', file: 'purse.yaml', extends: [] },
    normalForm: {},
    shocks: [],
    because: {},
    seed: '5',
  },
  model: {
    economy,
    record: { outcomes: ['purse.coins'], series: [] },
    metrics: [],
    storyColumns: ['purse.coins', 'purse.luck'],
    toldBy: [],
    tell: () => [],
  },
} as unknown as Asked

describe('a broken law', () => {
  const said: string[] = []
  const terminal = { out: () => {}, say: (text: string) => said.push(text), colours: false, words: [] }
  const out = join(folder, 'run')

  it('stops the run, says path, day and law, and how to replay it', async () => {
    await expect(runShown(asked, { paths: 400, out, threads: 0 }, terminal)).rejects.toThrow(AlreadySaid)
    expect(said[1]).toMatch(
      /^aidlab: law broken: purse: no coin is lost \(ten coins\) is off by -1, allowed 1e-9, on path \d+, day 2 \(2026-07-03\), after evening$/,
    )
    const path = /on path (\d+)/.exec(said[1])![1]
    expect(said[2]).toBe(`replay it: aidlab replay ${out}.partial ${path}`)
    expect(existsSync(out)).toBe(false)
    expect(existsSync(`${out}.partial/manifest.json`)).toBe(true)
  })

  it('is met again by the replay, which tells the days before it', () => {
    const path = Number(/on path (\d+)/.exec(said[1])![1])
    const told = simulateAlone(asked, path)
    expect(told.broken).toMatchObject({ path, day: 2, law: 'purse: no coin is lost' })
    expect(told.days).toBe(2)
    expect(Array.from(told.series['purse.coins'])).toEqual([10, 10])
  })
})
