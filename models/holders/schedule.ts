/** Today’s looks in the order in which they happen: sorted once a day, so that a quiet tick costs nothing. */

import type { Own } from '../../sim/kernel/pathMemory.ts'

export interface Schedule {
  /** Sorts the holders of a path who look today; `looksAt` is −1 for those who do not. */
  plan(path: number): void
  /** The next holder who looks before the end of this tick, or −1. */
  next(path: number, tick: number): number
}

/** @param looksAt one number a path and holder: tick of the look, its fraction giving the order inside the tick */
export function makeSchedule(
  looksAt: Float64Array,
  paths: number,
  holders: number,
  ticksPerDay: number,
  own: Own,
): Schedule {
  const order = own(new Int32Array(paths * holders))
  const looks = own(new Int32Array(paths))
  const cursor = own(new Int32Array(paths))
  const places = new Int32Array(ticksPerDay + 1)

  return {
    plan(path) {
      const base = path * holders
      places.fill(0)
      for (let h = 0; h < holders; h++) {
        const at = looksAt[base + h]
        if (at >= 0) places[Math.floor(at) + 1] += 1
      }
      for (let t = 0; t < ticksPerDay; t++) places[t + 1] += places[t]
      looks[path] = places[ticksPerDay]
      for (let h = 0; h < holders; h++) {
        const at = looksAt[base + h]
        if (at < 0) continue
        const tick = Math.floor(at)
        order[base + places[tick]] = h
        places[tick] += 1
      }
      for (let i = base + 1; i < base + looks[path]; i++) {
        const holder = order[i]
        const at = looksAt[base + holder]
        let j = i
        for (; j > base && looksAt[base + order[j - 1]] > at; j--) order[j] = order[j - 1]
        order[j] = holder
      }
      cursor[path] = 0
    },
    next(path, tick) {
      const i = cursor[path]
      if (i >= looks[path]) return -1
      const holder = order[path * holders + i]
      if (looksAt[path * holders + holder] >= tick + 1) return -1
      cursor[path] = i + 1
      return holder
    },
  }
}
