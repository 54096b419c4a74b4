/** A run needs no more memory for more paths: outcomes go to the disk, days into counts. */
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { marketEconomy } from '../../bench/workloads/market.ts'
import { writePaths } from '../../sim/host/parquetFile.ts'
import { simulate } from '../../sim/host/simulate.ts'
import { OutcomeSpool } from '../../sim/host/spool.ts'
import { makePlan } from '../../sim/kernel/plan.ts'
import { livingBytes } from '../support/memory.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const plan = makePlan(marketEconomy, { seed: [3, 4], startDay: 20_000, days: 2, ticksPerDay: 1 })
const outcomes = ['rent', 'ether', 'rate', 'interest', 'resale', 'loss'].map((name) => `factors.${name}`)
const record = { outcomes, series: [{ column: 'factors.rent', scale: 'linear' as const, from: -5, to: 5 }] }

/** Bytes that live at the median of ten looks while `paths` are simulated and written: one look may meet garbage on its way out. */
async function liveBytes(paths: number): Promise<number> {
  const spool = new OutcomeSpool(join(folder, `${paths}.f64`), outcomes.length)
  const seen: number[] = []
  const look = (): void => {
    seen.push(livingBytes())
  }
  let next = paths / 5
  await simulate(marketEconomy, plan, record, {
    paths,
    threads: 0,
    batch: 1000,
    sink: spool,
    onProgress: ({ done }) => {
      if (done < next) return
      next += paths / 5
      look()
    },
  })
  let rows = 0
  const columns = outcomes.map((name) => ({ name, unit: '1', meaning: name }))
  await writePaths(join(folder, `${paths}.parquet`), columns, paths, (from, count) => {
    if (from >= rows) {
      rows += paths / 5
      look()
    }
    return spool.read(from, count)
  })
  spool.close()
  return seen.sort((a, b) => a - b)[seen.length >> 1]
}

it('ten times the paths need less than a tenth of their own size more', async () => {
  const limit = (180_000 * outcomes.length * 8) / 10
  await liveBytes(20_000)
  // What the compiler keeps comes in some of the turns; what each path takes, in all of them.
  let least = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 4 && least >= limit; turn += 1) {
    const few = await liveBytes(20_000)
    const many = await liveBytes(200_000)
    least = Math.min(least, many - few)
  }
  expect(least).toBeLessThan(limit)
})
