/** Memory of the whole economy: all of it is taken when a batch is opened; a day leaves nothing behind and passes few numbers by the heap. */
import { describe, expect, it } from 'vitest'
import { planOf } from '../../scenarios/scenario.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { leastGrowth, livingBytes } from '../support/memory.ts'
import { economy, librarian } from '../support/scenarios.ts'

const paths = 64
const days = 40
const simulator = new Simulator(economy, planOf(librarian('base', { days }), economy), paths)
const numbers = Int32Array.from({ length: paths }, (_, p) => p)
const nothing = { outcomes: [], series: [] }
const runs = (count: number): void => {
  for (let i = 0; i < count; i++) simulator.run(numbers, nothing, undefined, new Float64Array(0))
}
/** Until all tiers of the compiler have done with it. */
runs(10)

/** Bytes a path-day that each room and meeting takes from the young heap. */
function bytesTaken(): Map<string, number> {
  const taken = new Map<string, number>()
  simulator.runMeasured(numbers, (name, run) => {
    const before = process.memoryUsage().heapUsed
    run()
    // A collection in between makes the heap smaller; such an entry tells nothing.
    const more = Math.max(0, process.memoryUsage().heapUsed - before)
    taken.set(name, (taken.get(name) ?? 0) + more / (paths * days))
  })
  return taken
}

describe('memory of the economy', () => {
  it('7,680 path-days leave less than 256 kB behind: columns are written over, nothing grows', () => {
    expect(leastGrowth(livingBytes, () => runs(3), 256_000)).toBeLessThan(256_000)
  })

  it('a path-day of 24 ticks takes less than 20 kB of short-lived numbers, and rooms without trades almost none', () => {
    // The least of three: a tier of the compiler may allocate in between.
    const turns = [bytesTaken(), bytesTaken(), bytesTaken()]
    const least = new Map([...turns[0].keys()].map((name) => [name, Math.min(...turns.map((t) => t.get(name) ?? 0))]))
    const whole = [...least.values()].reduce((sum, bytes) => sum + bytes, 0)
    // A number handed to a function too large to be inlined takes 12 bytes: some 300 a path-day in trades and laws when
    // bundled, twice as many under the test runner. An object for each holder and tick would take 40 kB at least.
    expect(whole).toBeLessThan(20_000)
    for (const room of [
      'holders',
      'signals',
      'outcomes',
      'aidPool',
      'saidPool',
      'lending',
      'vault',
      'reserve',
      'hardware',
    ]) {
      expect(least.get(room), room).toBeLessThan(400)
    }
  })
})
