/** A split cell has the same bytes however its replications are handed out, and none is simulated twice. */
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { model } from '../../sim/host/model.ts'
import { type HostLaboratory, openLaboratory } from '../../sim/host/study/hostLaboratory.ts'
import type { PoolOptions } from '../../sim/host/study/pool.ts'
import { rowsOf, splittingColumns } from '../../sim/kernel/splitting/declaration.ts'
import { planFor } from '../support/economyRuns.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const splitting = { level: 'saidLoss', levels: [0.045, 0.055], particles: 8 }
const cell = { plan: planFor({ days: 12, ticksPerDay: 2 }), from: 0, to: 5, splitting }
const interaction = { chance: 'saidLoss', beyond: 0.05, strength: 0.6, everyDays: 2, particles: 8 }
const interacting = { ...cell, splitting: interaction }

function open(name: string, options: Partial<PoolOptions> = {}): HostLaboratory {
  const nothing = () => {}
  return openLaboratory(model, join(folder, name), { threads: 0, ...options }, nothing, nothing)
}

describe.each([
  ['split by levels', cell],
  ['of interacting particles', interacting],
])('a cell %s', (kind, cell) => {
  const { splitting } = cell

  it('has the same numbers with two threads as with none, row by row of every replication', async () => {
    const alone = await open(`${kind} alone`).simulate(cell)
    expect(Object.keys(alone)).toEqual([...model.record.outcomes, ...splittingColumns])
    for (const column of Object.values(alone)) expect(column.length).toBe(5 * rowsOf(splitting))
    const threads = open(`${kind} threads`, { threads: 2 })
    expect(await threads.simulate(cell)).toEqual(alone)
    await threads.close()
  })

  it('goes on from the replications that are finished', async () => {
    const whole = await open(`${kind} whole`).simulate(cell)
    await open(`${kind} begun`).simulate({ ...cell, from: 1, to: 3 })
    const again = open(`${kind} begun`)
    expect(await again.simulate(cell)).toEqual(whole)
    expect(again.progress().simulated).toBe(3 * rowsOf(splitting))
  })
})

describe('a split cell', () => {
  it('is another cell with other levels, and not to be steered too', async () => {
    const laboratory = open('others')
    await laboratory.simulate(cell)
    const before = laboratory.progress().simulated
    await laboratory.simulate({ ...cell, splitting: { ...splitting, levels: [0.045] } })
    expect(laboratory.progress().simulated).toBe(before + 5 * 16)
    expect(() => laboratory.simulate({ ...cell, steering: { antithetic: true } })).toThrow('steered and split')
  })

  it('is refused by name where it cannot be split', async () => {
    const ask = (change: object) => open('refused').simulate({ ...cell, splitting: { ...splitting, ...change } })
    await expect(ask({ level: 'rents' })).rejects.toThrow(/unknown level function: rents; known: saidLoss, buffer, peg/)
    await expect(ask({ particles: 0 })).rejects.toThrow('splitting particles is 0')
  })
})
