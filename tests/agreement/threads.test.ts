/** The same bytes however a run is cut into batches, threads and sittings. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marketEconomy } from '../../bench/workloads/market.ts'
import { readPaths } from '../../sim/host/parquetFile.ts'
import { partialOf, readManifest, runFiles } from '../../sim/host/runFolder.ts'
import { type Checkpoint, simulate } from '../../sim/host/simulate.ts'
import { makePlan } from '../../sim/kernel/plan.ts'
import { bytesOf, scratch, smallRun } from '../support/runs.ts'

const paths = 520
const { folder, clean } = scratch()
const out = (name: string): string => join(folder, name)
let expected: { paths: string; series: string }

beforeAll(async () => {
  await smallRun(out('alone'), { paths, threads: 0, batch: 512 })
  expected = bytesOf(out('alone'))
})
afterAll(clean)

describe('a run', () => {
  for (const [threads, batch] of [
    [1, 64],
    [2, 500],
    [3, 64],
    [3, 500],
  ]) {
    it(`has the same bytes with ${threads} threads and batches of ${batch} as in one thread`, async () => {
      const name = `threads-${threads}-${batch}`
      await smallRun(out(name), { paths, threads, batch })
      expect(bytesOf(out(name))).toEqual(expected)
    })
  }

  it('that is stopped and resumed with other threads and batches has the same bytes', async () => {
    const controller = new AbortController()
    const stopped = await smallRun(out('stopped'), {
      paths,
      threads: 2,
      batch: 64,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done >= 128) controller.abort()
      },
    })
    expect(stopped.complete).toBe(false)
    expect(existsSync(out('stopped'))).toBe(false)
    const first: number[] = []
    const options = { paths, threads: 0, batch: 50, resume: true }
    const resumed = await smallRun(out('stopped'), { ...options, onProgress: ({ done }) => first.push(done) })
    expect(resumed.complete).toBe(true)
    expect(first[0], 'finished paths are not simulated again').toBeGreaterThan(128)
    expect(bytesOf(out('stopped'))).toEqual(expected)
  })

  it('that is cut down between checkpoints goes on from the last one to the same bytes', async () => {
    let seen = 0
    const cut = smallRun(out('cut'), {
      paths,
      threads: 0,
      batch: 100,
      checkpointEvery: 0,
      onProgress: () => {
        if (++seen === 4) throw new Error('power is gone')
      },
    })
    await expect(cut).rejects.toThrow('power is gone')
    expect(readManifest(partialOf(out('cut'))).complete).toBe(false)
    const first: number[] = []
    await smallRun(out('cut'), {
      paths,
      threads: 0,
      batch: 70,
      resume: true,
      onProgress: ({ done }) => first.push(done),
    })
    expect(first[0]).toBe(300 + 70)
    expect(bytesOf(out('cut'))).toEqual(expected)
    expect(readManifest(out('cut')).complete).toBe(true)
  })

  it('keeps path i as it is when the number of paths grows', async () => {
    await smallRun(out('short'), { paths: 37, threads: 0, batch: 10 })
    const short = await readPaths(join(out('short'), runFiles.paths))
    const long = await readPaths(join(out('alone'), runFiles.paths))
    for (const { name } of short.columns) {
      expect(Array.from(long.outcomes[name].subarray(0, 37)), name).toEqual(Array.from(short.outcomes[name]))
    }
  })
})

describe('an economy of a module of one’s own', () => {
  const plan = makePlan(marketEconomy, { seed: [3, 4], startDay: 20_000, days: 5, ticksPerDay: 1 })
  const series = [{ column: 'factors.rent', scale: 'linear' as const, from: -1, to: 1 }]
  const record = { outcomes: ['factors.loss', 'factors.rate'], series }
  const module = { url: new URL('../../bench/workloads/market.ts', import.meta.url).href, name: 'marketEconomy' }

  it('is simulated in threads as in this one', async () => {
    const here = await simulate(marketEconomy, plan, record, { paths: 30, threads: 0 })
    const there = await simulate(marketEconomy, plan, record, { paths: 30, threads: 2, batch: 7, module })
    expect(there.outcomes).toEqual(here.outcomes)
    expect(new Set(here.outcomes['factors.loss']).size).toBe(30)
  })

  it('counts each path once a day, however often it was interrupted', async () => {
    const counted = async (cuts: readonly number[]): Promise<Uint32Array> => {
      let last: Checkpoint | undefined
      for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
        const controller = new AbortController()
        await simulate(marketEconomy, plan, record, {
          paths: 100,
          threads: 0,
          batch: 9,
          signal: controller.signal,
          onProgress: ({ done }) => {
            if (done >= cut) controller.abort()
          },
          checkpoint: {
            from: last,
            save: ({ finished, counts }) => {
              last = { finished, counts: counts.slice() }
            },
          },
        })
      }
      return last!.counts
    }
    const whole = await counted([])
    expect(whole.reduce((sum, count) => sum + count, 0)).toBe(100 * plan.days)
    expect(await counted([20, 50, 51])).toEqual(whole)
  })

  it('is refused in threads that cannot find it', async () => {
    await expect(simulate(marketEconomy, plan, record, { paths: 3, threads: 1 })).rejects.toThrow(
      'threads is 1 for the economy W1 market, which threads cannot find',
    )
  })

  it('whose module has no such export is an error of the run, not a silence', async () => {
    const wrong = { ...module, name: 'marketEconomie' }
    await expect(simulate(marketEconomy, plan, record, { paths: 3, threads: 1, module: wrong })).rejects.toThrow(
      'exports no marketEconomie',
    )
  })
})
