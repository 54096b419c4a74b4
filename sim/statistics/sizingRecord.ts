/** Which path failed at which level: what a search over levels remembers, and how far the paths bear out that safer is safer. */
import { binomialSurvival } from './binomial.ts'
import { requireCount } from './checks.ts'
import { clopperPearson, type Interval } from './intervals.ts'

/** One flag a path, from path 0, for each level looked at; level 0 is the least safe. */
export type FailureRecord = Map<number, Uint8Array>

/** Failures among the first paths of a level. */
export interface FailureCount {
  readonly paths: number
  /** Paths that failed at the level itself. */
  readonly failures: number
  /** Paths that failed there or at a safer level looked at. */
  readonly atMost: number
  /** Paths that failed there and at every less safe level looked at. */
  readonly atLeast: number
}

/** @throws RangeError when the level has not been looked at on so many paths */
export function failuresOfRecord(record: FailureRecord, level: number, paths: number): FailureCount {
  const own = record.get(level)
  if (own === undefined) throw new RangeError(`invalid level: ${level}; a level that was looked at wanted`)
  requireCount(paths, `paths of level ${level}`, 1, own.length)
  const worst = own.slice(0, paths)
  const best = own.slice(0, paths)
  for (const [other, flags] of record) {
    const common = Math.min(paths, flags.length)
    if (other > level) for (let path = 0; path < common; path++) worst[path] |= flags[path]
    if (other < level) for (let path = 0; path < common; path++) best[path] &= flags[path]
  }
  return { paths, failures: sumOf(own, paths), atMost: sumOf(worst, paths), atLeast: sumOf(best, paths) }
}

function sumOf(flags: Uint8Array, paths: number): number {
  let sum = 0
  for (let path = 0; path < paths; path++) sum += flags[path]
  return sum
}

/** Two levels looked at, on the paths that both have. */
export interface LevelStep {
  /** The less safe one. */
  readonly from: number
  readonly to: number
  readonly paths: number
  /** Paths that fail at the less safe level alone: what safety gains. */
  readonly gained: number
  /** Paths that fail at the safer level alone. */
  readonly lost: number
  /** The safer level fails more often, by a test whose error all pairs of levels looked at share. */
  readonly reversed: boolean
}

/** Whether safer levels fail more rarely. Its ends are the two-sided interval of the share of paths that break the order. */
export interface MonotonicityCheck extends Interval {
  /** Paths looked at on at least two levels. */
  readonly paths: number
  /** Those that fail at some level though they do not at a less safe one. Single paths may; the order of levels speaks of shares. */
  readonly violations: number
  /** Neighbours. */
  readonly steps: readonly LevelStep[]
  /** Any two levels, neighbours or not, of which the safer fails more often: these contradict the order. */
  readonly reversals: readonly LevelStep[]
}

/**
 * Whether safer levels are safer, path by path and as shares. The order counts as contradicted where McNemar's exact one-sided
 * test of two levels does so at an error that all pairs in the record share (Bonferroni).
 *
 * Where the order holds, a contradiction is seen in about 1 − confidence of searches or fewer. That is no strict bound where a
 * search chose levels and numbers of paths by what these paths showed: all pairs of a grid and all looks would have to be paid
 * for, which takes half as many contradicting paths again to see anything. The error is on the careful side: a contradiction
 * seen wrongly takes a certificate away or asks more of it, and never gives one. tests/statistics/sizeCoverage.test.ts counts them.
 * @throws RangeError when fewer than two levels were looked at
 */
export function checkMonotonicity(record: FailureRecord, confidence: number): MonotonicityCheck {
  const levels = [...record.keys()].sort((a, b) => a - b)
  requireCount(levels.length, 'number of levels looked at', 2)
  const flags = levels.map((level) => record.get(level) as Uint8Array)
  const lengths = flags.map(({ length }) => length).sort((a, b) => b - a)
  const paths = lengths[1] as number
  let violations = 0
  for (let path = 0; path < paths; path++) if (breaksOrder(flags, path)) violations++
  const error = (1 - confidence) / ((levels.length * (levels.length - 1)) / 2)
  const pair = (i: number, j: number): LevelStep => ({
    from: levels[i] as number,
    to: levels[j] as number,
    ...compared(flags[i], flags[j], error),
  })
  const pairs = levels.flatMap((_, i) => levels.slice(i + 1).map((_, k) => pair(i, i + 1 + k)))
  return {
    paths,
    violations,
    ...clopperPearson(violations, paths, confidence, violations === 0 ? 'upper' : 'two'),
    steps: levels.slice(1).map((_, i) => pair(i, i + 1)),
    reversals: pairs.filter(({ reversed }) => reversed),
  }
}

function breaksOrder(flags: readonly Uint8Array[], path: number): boolean {
  let survived = false
  for (const flag of flags) {
    if (flag[path] === 0) survived = true
    else if (flag[path] === 1 && survived) return true
  }
  return false
}

function compared(less: Uint8Array, safer: Uint8Array, error: number): Omit<LevelStep, 'from' | 'to'> {
  const paths = Math.min(less.length, safer.length)
  let gained = 0
  let lost = 0
  for (let path = 0; path < paths; path++) {
    if (less[path] > safer[path]) gained++
    else if (less[path] < safer[path]) lost++
  }
  const reversed = lost > gained && binomialSurvival(lost - 1, lost + gained, 0.5) <= error
  return { paths, gained, lost, reversed }
}
