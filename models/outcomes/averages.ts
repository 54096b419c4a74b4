/** Time-weighted averages of a price over fixed windows, in a ring of ticks. */

import type { Own } from '../../sim/kernel/pathMemory.ts'

export interface MovingAverages {
  start(path: number): void
  /** Adds the value of this tick and lowers the path's minimum of each average. */
  add(path: number, value: number): void
}

/**
 * Averages over the last `windows[i]` ticks; an average counts once its window is full, so that no window is shorter
 * than it says.
 * @param minima minima[i] receives, per path, the lowest average over windows[i] ticks
 */
export function movingAverages(
  paths: number,
  windows: readonly number[],
  minima: readonly Float64Array[],
  own: Own,
): MovingAverages {
  const longest = Math.max(...windows)
  const ring = own(new Float64Array(paths * longest))
  const sums = windows.map(() => own(new Float64Array(paths)))
  const seen = own(new Int32Array(paths))

  return {
    start(path) {
      seen[path] = 0
      for (let w = 0; w < windows.length; w++) {
        sums[w][path] = 0
        minima[w][path] = Number.POSITIVE_INFINITY
      }
    },
    add(path, value) {
      const n = seen[path]
      const base = path * longest
      for (let w = 0; w < windows.length; w++) {
        const window = windows[w]
        let sum = sums[w][path] + value
        if (n >= window) sum -= ring[base + ((n - window) % longest)]
        sums[w][path] = sum
        if (n + 1 >= window && sum / window < minima[w][path]) minima[w][path] = sum / window
      }
      ring[base + (n % longest)] = value
      seen[path] = n + 1
    },
  }
}
