/** Memory of the rental and hardware markets: all of it is taken when a batch is opened. */
import { describe, expect, it } from 'vitest'
import { gpuSimulator } from '../support/gpuRuns.ts'
import { leastTaken } from '../support/memory.ts'

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
    const rooms = ['gpuMarket', 'hardware']
    // The smallest object takes 12 bytes; jumps and early retirements pass a few boxed numbers on some days.
    const limit = 12 * paths * days
    const least = leastTaken(
      (measure) => simulator.runMeasured(numbers, measure),
      (taken) => rooms.every((room) => (taken.get(room) ?? Number.NaN) < limit),
    )
    for (const room of rooms) expect(least.get(room), room).toBeLessThan(limit)
  })
})
