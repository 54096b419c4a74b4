/** Ranks of estimates whose intervals may overlap. */

interface Bounds {
  readonly lower: number | null
  readonly upper: number | null
}

/** Places, 1 the largest, that an estimate may have: one place where best and worst are the same. */
export interface RankRange {
  readonly best: number
  readonly worst: number
}

/**
 * The places that each of several estimates may have by its interval: behind all that lie wholly above it, before all that
 * lie wholly below it. Estimates whose intervals overlap are not ranked against each other; an open end overlaps all.
 */
export function rankRanges(intervals: readonly Bounds[]): RankRange[] {
  const isAbove = (a: Bounds, b: Bounds): boolean => a.lower !== null && b.upper !== null && a.lower > b.upper
  return intervals.map((one) => ({
    best: 1 + intervals.filter((other) => isAbove(other, one)).length,
    worst: intervals.length - intervals.filter((other) => isAbove(one, other)).length,
  }))
}
