/** Memory of the rental and hardware markets: all of it is taken when a batch is opened. */
import { describe, expect, it } from 'vitest'
import { gpuSimulator } from '../support/gpuRuns.ts'

const paths = 500
const days = 120

describe('a day of rents and machines', () => {
  it('allocates nothing a path: no object, array or closure, and less than one boxed number', () => {
    const simulator = gpuSimulator({
      paths,
      days,
      trade: (operations, path, day) => {
        if (day % 11 === 0) operations.sell(path, day % 5, 2)
      },
    })
    const numbers = Array.from({ length: paths }, (_, p) => p)
    const grown = (): Map<string, number> => {
      const bytes = new Map<string, number>()
      simulator.runMeasured(numbers, (name, run) => {
        const before = process.memoryUsage().heapUsed
        run()
        // A collection in between makes the heap smaller; such an entry tells nothing.
        const more = Math.max(0, process.memoryUsage().heapUsed - before)
        bytes.set(name, (bytes.get(name) ?? 0) + more)
      })
      return bytes
    }
    for (let warm = 0; warm < 6; warm++) grown()
    // The least of three: a tier of the compiler may allocate in between.
    const turns = [grown(), grown(), grown()]
    for (const room of ['gpuMarket', 'hardware']) {
      const least = Math.min(...turns.map((bytes) => bytes.get(room) ?? 0))
      // The smallest object takes 12 bytes; jumps and early retirements pass a few boxed numbers on some days.
      expect(least / (paths * days), room).toBeLessThan(12)
    }
  })
})
