/** Where the share of failing paths passes one half as something grows: the size at which failing is as likely as not. */
import { clopperPearson } from '../../statistics/intervals.ts'

export interface Tried {
  readonly size: number
  readonly failed: number
  readonly paths: number
}

export interface Crossing {
  /** Where half of the paths fail; null where they do not within the range. */
  readonly value: number | null
  /** Largest size tried at which fewer than half fail for certain, and smallest at which more do; null where no size tried did. */
  readonly lower: number | null
  readonly upper: number | null
  /** Every size tried, ascending. */
  readonly tried: readonly Tried[]
  /** No larger size had surely fewer failures than a smaller one. */
  readonly monotone: boolean
}

export interface CrossingRange {
  readonly from: number
  readonly to: number
  readonly integer?: boolean
  /** Sizes at which the search begins, besides both ends. */
  readonly grid?: number
  /** Halvings after the grid. */
  readonly rounds?: number
  /** Only the middle is sought, not the ends of its interval. */
  readonly middle?: boolean
}

/**
 * Halves the range between sizes until half of the paths fail. Sizes share their luck, so that noise does not reverse them; that
 * they are in order is checked on what was tried.
 * @param fail paths that fail at each of some sizes, which are asked for together
 * The ends are those of the median of what each path withstands, by its order statistics: where a path that fails at a size fails at
 * every larger one, an end is on the wrong side only if too few or too many fail at the true size itself, so that the confidence
 * holds however many sizes are tried, and wherever (W. J. Conover, Practical Nonparametric Statistics, 1999, section 3.2).
 * @param confidence of both ends together
 */
export async function crossing(
  fail: (sizes: readonly number[]) => Promise<readonly number[]>,
  paths: number,
  range: CrossingRange,
  confidence = 0.95,
): Promise<Crossing> {
  const { from, to, integer = false, grid = 4, rounds = 3, middle = false } = range
  const tried = new Map<number, number>()
  const rounded = (size: number): number => (integer ? Math.round(size) : size)
  const ask = async (sizes: readonly number[]): Promise<void> => {
    const fresh = [...new Set(sizes.map(rounded))].filter((size) => !tried.has(size))
    const counts = await fail(fresh)
    fresh.forEach((size, i) => {
      tried.set(size, counts[i])
    })
  }
  await ask(Array.from({ length: grid + 2 }, (_, i) => from + ((to - from) * i) / (grid + 1)))
  const targets = halves(paths, confidence)
  for (let round = 0; round < rounds; round++) {
    const middles = (middle ? [targets[1]] : targets).flatMap((target) => {
      const bracket = bracketOf(tried, target)
      return bracket === null ? [] : [(bracket[0] + bracket[1]) / 2]
    })
    await ask(middles)
  }
  return found(tried, paths, targets)
}

/** Failures from which on: fewer than half is no longer sure, half is reached, more than half is sure. */
function halves(paths: number, confidence: number): readonly [number, number, number] {
  let below = 0
  while (below < paths && clopperPearson(below, paths, confidence).upper < 0.5) below++
  let above = below
  while (above <= paths && !(above > 0 && clopperPearson(above, paths, confidence).lower > 0.5)) above++
  return [below, Math.ceil(paths / 2), above]
}

/** The neighbours between which the failures reach a number first; null where the range does not. */
function bracketOf(tried: ReadonlyMap<number, number>, target: number): [number, number] | null {
  const sizes = [...tried.keys()].sort((a, b) => a - b)
  const reached = sizes.findIndex((size) => (tried.get(size) as number) >= target)
  return reached <= 0 ? null : [sizes[reached - 1], sizes[reached]]
}

function found(
  counts: ReadonlyMap<number, number>,
  paths: number,
  [below, half, above]: readonly [number, number, number],
): Crossing {
  const tried = [...counts].map(([size, failed]) => ({ size, failed, paths })).sort((a, b) => a.size - b.size)
  const bracket = bracketOf(counts, half)
  const first = tried[0]
  return {
    value: bracket === null ? (first.failed >= half ? first.size : null) : interpolated(counts, bracket, paths / 2),
    lower: tried.findLast((_, i) => tried.slice(0, i + 1).every(({ failed }) => failed < below))?.size ?? null,
    upper: tried.find(({ failed }) => failed >= above)?.size ?? null,
    tried,
    monotone: tried.every((one, i) => tried.slice(i + 1).every((later) => !surelyFewer(later, one))),
  }
}

function interpolated(counts: ReadonlyMap<number, number>, [low, high]: [number, number], half: number): number {
  const [before, after] = [counts.get(low) as number, counts.get(high) as number]
  return after === before ? high : low + ((high - low) * (half - before)) / (after - before)
}

function surelyFewer(one: Tried, other: Tried): boolean {
  if (one.failed >= other.failed) return false
  return clopperPearson(one.failed, one.paths, 0.99).upper < clopperPearson(other.failed, other.paths, 0.99).lower
}
