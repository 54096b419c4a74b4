/** Bytes that a piece of work takes from the heap or leaves there. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes that are still reachable, buffers among them. */
export function livingBytes(): number {
  for (let i = 0; i < 2; i++) collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Bytes of the heap, what is no longer reachable among them. */
export function heapBytes(): number {
  return process.memoryUsage().heapUsed
}

/**
 * Bytes by which a count grows over the work: the least of the turns until one is below the limit. The compiler keeps what it makes
 * of a function in some of the turns; what the work itself takes, it takes in all of them. Of heapBytes a turn must take less than the
 * collector waits for, about a megabyte.
 * @param turns after which a function that is not compiled never is, however late a busy machine comes to it
 */
export function leastGrowth(bytes: () => number, work: () => void, limit: number, turns = 40): number {
  let least = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < turns && least >= limit; turn += 1) {
    const before = bytes()
    work()
    const more = bytes() - before
    // Where the compiler or the collector freed more meanwhile, the turn tells nothing.
    if (more >= 0) least = Math.min(least, more)
  }
  return least
}
