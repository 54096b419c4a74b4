/** Which paths fail under one policy only, and which of them are worth telling. */
import type { Metric } from '../metric.ts'

/** A path that meets an event under one policy and not under the other. */
export interface Flip {
  readonly path: number
  readonly event: string
  /** The policy under which it happens. */
  readonly under: 'first' | 'second'
}

/** An event with 1 or 0 a path under each policy. */
export interface PairedEvent {
  readonly metric: Metric
  readonly first: Float64Array
  readonly second: Float64Array
}

/** All flips, event by event, each in path order. */
export function flipsOf(events: readonly PairedEvent[]): readonly Flip[] {
  return events.flatMap(({ metric, first, second }) => {
    const flips: Flip[] = []
    for (let path = 0; path < first.length; path++) {
      const [before, after] = [first[path] !== 0, second[path] !== 0]
      if (before !== after) flips.push({ path, event: metric.name, under: before ? 'first' : 'second' })
    }
    return flips
  })
}

/**
 * Paths to tell: the first flip of each event and side in turn, then the second of each, and so on, no path twice; so the
 * choice depends on the flips only.
 */
export function pathsToTell(flips: readonly Flip[], count: number): readonly number[] {
  const lines = new Map<string, number[]>()
  for (const { event, under, path } of flips) {
    const key = `${event} ${under}`
    lines.set(key, [...(lines.get(key) ?? []), path])
  }
  const told = new Set<number>()
  const longest = Math.max(0, ...[...lines.values()].map((paths) => paths.length))
  for (let turn = 0; turn < longest; turn++) {
    for (const paths of lines.values()) {
      if (told.size === count) return [...told]
      if (turn < paths.length) told.add(paths[turn])
    }
  }
  return [...told]
}
