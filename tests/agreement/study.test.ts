/** A study gives the same bytes however it is run, and simulates nothing twice. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { turned } from '../../scenarios/dials.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { type HostLaboratory, openLaboratory, type StudyProgress } from '../../sim/host/study/hostLaboratory.ts'
import { type PoolOptions, Stopped } from '../../sim/host/study/pool.ts'
import { runStudy, type StudyAsk } from '../../sim/host/study/runStudy.ts'
import type { StudyArguments } from '../../sim/host/study/studyOptions.ts'
import type { Terminal } from '../../sim/host/terminal.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const { scenario, plan: basePlan } = askScenario('base', { paths: 40, days: 2, seed: 7 }, model)
const small = (plan: Plan): Plan => ({ ...plan, ticksPerDay: 2 })
const depths = [1e6, 2e6, 3e6]
const planAt = (depth: number): Plan =>
  small(planOf(turned(scenario, { 'aidPool.depth': depth }, model.economy), model.economy))

const lowest = 'outcomes.minimumTwap1h'

/** Means of three cells, then of more paths of the cell with the lowest mean. */
async function toy(laboratory: Laboratory) {
  const cells = depths.map((depth): Cell => ({ plan: planAt(depth), from: 0, to: 20 }))
  const columns = await Promise.all(cells.map((cell) => laboratory.simulate(cell)))
  const means = columns.map((one) => one[lowest].reduce((sum, value) => sum + value, 0) / 20)
  const worst = means.indexOf(Math.min(...means))
  const more = await laboratory.simulate({ ...cells[worst], from: 0, to: 40 })
  const rows = means.map((mean, i) => [depths[i], mean])
  const table = {
    columns: ['depth', 'mean'].map((name) => ({ name, unit: 'USD', meaning: name, kind: 'number' as const })),
    rows,
  }
  return { kind: 'sweep' as const, means, worst, more: Array.from(more[lowest]), tables: { cells: table } }
}

const ask: StudyAsk<Awaited<ReturnType<typeof toy>>> = {
  kind: 'sweep',
  name: 'toy',
  title: 'A toy',
  question: { depths },
  scenarios: [{ scenario, plan: small(basePlan) }],
  model,
  study: toy,
}

const terminal: Terminal = { out: () => {}, say: () => {}, colours: false, words: [] }
const given = (name: string, more: Partial<StudyArguments>): StudyArguments => ({
  set: [],
  report: false,
  out: join(folder, name),
  ...more,
})

const bytes = (name: string): readonly string[] =>
  ['study.json', 'cells.parquet'].map((file) => readFileSync(join(folder, name, file)).toString('base64'))

function open(
  name: string,
  options: Partial<PoolOptions>,
  onProgress: (p: StudyProgress) => void = () => {},
): HostLaboratory {
  return openLaboratory(model, join(folder, name), { threads: 0, ...options }, () => {}, onProgress)
}

describe('a study', () => {
  it('gives the same bytes with one, two and three threads, in the calling thread, and for other batches', async () => {
    for (const threads of ['0', '1', '2', '3']) await runStudy(ask, given(`threads${threads}`, { threads }), terminal)
    await runStudy(ask, given('batches', { threads: '2', batch: '7' }), terminal)
    for (const name of ['threads1', 'threads2', 'threads3', 'batches']) expect(bytes(name)).toEqual(bytes('threads0'))
    expect(existsSync(join(folder, 'threads0', 'cells'))).toBe(false)
  })

  it('goes on after it was stopped without simulating a finished path again', async () => {
    const controller = new AbortController()
    const first = open('cut', { signal: controller.signal, batch: 4 }, ({ simulated }) => {
      if (simulated >= 28) controller.abort()
    })
    await expect(toy(first)).rejects.toThrow(Stopped)
    const { simulated } = first.progress()
    expect(simulated).toBeGreaterThanOrEqual(28)
    expect(simulated).toBeLessThan(60)
    const second = open('cut', { batch: 7 })
    const answer = await toy(second)
    // 3 × 20 paths, and 20 more of one cell
    expect(second.progress().simulated).toBe(80 - simulated)
    expect(answer).toEqual(await toy(open('whole', {})))
  })

  it('loses nothing but the last line where a kill has cut the index', async () => {
    const cell: Cell = { plan: planAt(2e6), from: 0, to: 12 }
    const before = await open('killed', {}).simulate(cell)
    appendFileSync(join(folder, 'killed', 'finished.jsonl'), '{"cell":"abc","fr')
    const laboratory = open('killed', {})
    expect(await laboratory.simulate(cell)).toEqual(before)
    expect(laboratory.progress().simulated).toBe(0)
    await laboratory.simulate({ ...cell, to: 15 })
    const again = open('killed', {})
    await again.simulate({ ...cell, to: 15 })
    expect(again.progress().simulated).toBe(0)
  })

  it('begins afresh where a kill has left an index without a line', async () => {
    const cell: Cell = { plan: planAt(2e6), from: 0, to: 6 }
    mkdirSync(join(folder, 'empty'), { recursive: true })
    writeFileSync(join(folder, 'empty', 'finished.jsonl'), '')
    const laboratory = open('empty', {})
    expect(await laboratory.simulate(cell)).toEqual(await open('left alone', {}).simulate(cell))
    expect(laboratory.progress().simulated).toBe(6)
  })

  it('simulates a cell once that is asked for several times at once', async () => {
    const laboratory = open('twice', {})
    const cell: Cell = { plan: planAt(2e6), from: 3, to: 9 }
    const [a, b] = await Promise.all([laboratory.simulate(cell), laboratory.simulate(cell)])
    expect(a).toEqual(b)
    expect(laboratory.progress().simulated).toBe(6)
    const whole = await laboratory.simulate({ ...cell, from: 0, to: 9 })
    expect(whole[lowest].subarray(3)).toEqual(a[lowest])
  })

  it('says which cell is impossible and goes on with the others', async () => {
    for (const threads of [0, 2]) {
      const laboratory = open(`impossible${threads}`, { threads })
      const impossible = laboratory.simulate({ plan: planAt(3.2e7), from: 0, to: 5 })
      const possible = laboratory.simulate({ plan: planAt(2e6), from: 0, to: 5 })
      await expect(impossible).rejects.toThrow(/pools and loans need/)
      expect((await possible)[lowest]).toHaveLength(5)
      await laboratory.close()
    }
  })

  it('leaves nothing behind of a wrong question, so that the next try hears of the same mistake', async () => {
    const wrong = { ...ask, study: () => Promise.reject(new InputError('no such dial')) }
    for (let i = 0; i < 2; i++) {
      await expect(runStudy(wrong, given('wrong', { threads: '0' }), terminal)).rejects.toThrow('no such dial')
      expect(existsSync(join(folder, 'wrong.partial'))).toBe(false)
    }
  })

  it('keeps the words that make it again, and has nothing to go on with once it is finished', async () => {
    const words = ['sweep', 'my toy.yaml', '--resume', '--set', 'aidPool.depth=2e6']
    const finished = await runStudy(ask, given('words', { threads: '0' }), { ...terminal, words })
    expect(finished?.manifest.timing.command).toBe("aidlab sweep 'my toy.yaml' --set aidPool.depth=2e6")
    const again = runStudy(ask, given('words', { threads: '0', resume: true }), terminal)
    await expect(again).rejects.toThrow(`nothing to resume: ${join(folder, 'words')} is finished; run without --resume`)
  })

  it('refuses to go on with the cells of another question', async () => {
    await runStudy(ask, given('mine', { threads: '0' }), terminal)
    const other = { ...ask, question: { depths: [1] } }
    await expect(runStudy(other, given('mine', { threads: '0' }), terminal)).rejects.toThrow(
      /holds another question \(sweep: A toy\)/,
    )
  })
})
