/** Which cells of a study get a thread of their own: a second plan in a thread is slow, a fresh thread takes a second to warm up. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type JobStart, Pool } from '../../sim/host/study/pool.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import { brownian, smallPlan } from '../support/splittingEconomies.ts'

const seen = vi.hoisted(() => ({ threads: 0, turned: 0 }))
vi.mock('../../sim/host/workers.ts', () => ({
  openThread: () => {
    seen.threads++
    return {
      open: async () => {
        seen.turned++
      },
      run: async (_: number, count: number) => new Float64Array(count),
      takeCounts: async () => new Uint32Array(0),
      close: async () => {},
    }
  },
}))

const walk: Economy = brownian(false)
const interaction = { chance: 'passing', beyond: 2, strength: 0.6, everyDays: 15, particles: 64 }
const year = (seed: number): JobStart['plan'] => ({ ...smallPlan(walk, 365, seed), ticksPerDay: 24 })
const record = { outcomes: ['walk.place'], series: [] }

describe('a thread that has one plan open', () => {
  let pool: Pool
  const run = (start: JobStart, count: number) => pool.run(start, { from: 0, to: count }, [], () => {})

  beforeEach(async () => {
    Object.assign(seen, { threads: 0, turned: 0 })
    pool = new Pool(walk, { threads: 1 })
    await run({ plan: year(1), record }, 10)
    expect(seen).toEqual({ threads: 1, turned: 0 })
  })
  afterEach(() => pool.close())

  it('turns to a small cell of another', async () => {
    await run({ plan: year(2), record }, 20)
    expect(seen).toEqual({ threads: 1, turned: 1 })
  })

  it('gives way to a fresh one for a large cell', async () => {
    await run({ plan: year(2), record }, 2000)
    expect(seen).toEqual({ threads: 2, turned: 0 })
  })

  it('gives way for replications by their paths: 32 of 64 are a large cell, one is a small one', async () => {
    await run({ plan: year(2), record, splitting: interaction }, 32)
    expect(seen).toEqual({ threads: 2, turned: 0 })
    await run({ plan: year(3), record, splitting: interaction }, 1)
    expect(seen).toEqual({ threads: 2, turned: 1 })
  })

  it('stays for more of what it has open', async () => {
    const start = { plan: year(2), record, splitting: interaction }
    await run(start, 32)
    await run(start, 64)
    expect(seen).toEqual({ threads: 2, turned: 0 })
  })
})
