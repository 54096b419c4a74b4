/** Ranges of path numbers, half-open, kept sorted and merged: what is done of a run and what is left. */

export interface PathRange {
  readonly from: number
  /** The first path after the range. */
  readonly to: number
}

/** Sorted, disjoint ranges that cover the same paths. */
export function mergeRanges(ranges: readonly PathRange[]): PathRange[] {
  const merged: { from: number; to: number }[] = []
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** Number of paths in disjoint ranges. */
export function pathsIn(ranges: readonly PathRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** What is left of paths 0 … paths − 1, cut into batches, in path order. */
export function batchesLeft(paths: number, done: readonly PathRange[], batch: number): PathRange[] {
  const left: PathRange[] = []
  let from = 0
  for (const range of [...mergeRanges(done), { from: paths, to: paths }]) {
    for (; from < range.from; from += batch) left.push({ from, to: Math.min(from + batch, range.from) })
    from = range.to
  }
  return left
}
