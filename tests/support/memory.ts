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

/**
 * Short-lived bytes that each part takes, by name: the least of the turns until all is within its limit, for the reasons of leastGrowth.
 * @param measured runs all parts once and hands each, with its name, to `measure`
 */
export function leastTaken(
  measured: (measure: (name: string, run: () => void) => void) => void,
  within: (taken: ReadonlyMap<string, number>) => boolean,
  turns = 40,
): ReadonlyMap<string, number> {
  const least = new Map<string, number>()
  for (let turn = 0; turn < turns && (turn === 0 || !within(least)); turn += 1) {
    const taken = new Map<string, number>()
    measured((name, run) => {
      const before = heapBytes()
      run()
      // A collection in between makes the heap smaller; such an entry tells nothing.
      taken.set(name, (taken.get(name) ?? 0) + Math.max(0, heapBytes() - before))
    })
    for (const [name, bytes] of taken) least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, bytes))
  }
  return least
}
