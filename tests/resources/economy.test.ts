/** Memory of the whole economy: all of it is taken when a batch is opened; a day leaves nothing behind and passes few numbers by the heap. */
import { describe, expect, it } from 'vitest'
import { planOf } from '../../scenarios/scenario.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { leastGrowth, leastTaken, livingBytes } from '../support/memory.ts'
import { economy, librarian } from '../support/scenarios.ts'

const paths = 64
const days = 40
const pathDays = paths * days
const simulator = new Simulator(economy, planOf(librarian('base', { days }), economy), paths)
const numbers = Int32Array.from({ length: paths }, (_, p) => p)
const nothing = { outcomes: [], series: [] }
const runs = (count: number): void => {
  for (let i = 0; i < count; i++) simulator.run(numbers, nothing, undefined, new Float64Array(0))
}
/** Until all tiers of the compiler have done with it. */
runs(10)

describe('memory of the economy', () => {
  it('7,680 path-days leave less than 256 kB behind: columns are written over, nothing grows', () => {
    expect(leastGrowth(livingBytes, () => runs(3), 256_000)).toBeLessThan(256_000)
  })

  it('a path-day of 24 ticks takes less than 20 kB of short-lived numbers, and rooms without trades almost none', () => {
    // A number handed to a function too large to be inlined takes 12 bytes: some 300 a path-day in trades and laws when
    // bundled, twice as many under the test runner. An object for each holder and tick would take 40 kB at least.
    const limit = 20_000
    const quiet = ['holders', 'signals', 'outcomes', 'aidPool', 'saidPool', 'lending', 'vault', 'reserve', 'hardware']
    const wholeOf = (taken: ReadonlyMap<string, number>): number => [...taken.values()].reduce((a, b) => a + b, 0)
    const least = leastTaken(
      (measure) => simulator.runMeasured(numbers, measure),
      (taken) =>
        wholeOf(taken) < limit * pathDays && quiet.every((room) => (taken.get(room) ?? Number.NaN) < 400 * pathDays),
    )
    expect(wholeOf(least) / pathDays).toBeLessThan(limit)
    for (const room of quiet) expect(least.get(room)! / pathDays, room).toBeLessThan(400)
  })
})
