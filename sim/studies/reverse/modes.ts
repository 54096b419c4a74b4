/** Failing paths grouped by what went wrong first and, within a cause, by the direction of their luck. */
import { compensatedSum } from '../../statistics/summation.ts'
import { centreOf, splitByDirection } from './directions.ts'
import type { Effort } from './question.ts'
import type { Witnessed } from './watch.ts'

/** A failing path: what was found on it, its luck, and how much it counts: 1 unless its luck was steered. */
export interface FailingPath extends Witnessed {
  readonly luck: Float64Array
  readonly weight: number
}

export interface Mode {
  readonly label: string
  readonly cause: string
  readonly members: readonly FailingPath[]
  /** Mean luck of its members. */
  readonly mean: Float64Array
}

export interface Sorted {
  readonly modes: readonly Mode[]
  readonly rare: readonly RareKind[]
}

/** A kind of failure with too little evidence to be told. */
export interface RareKind {
  readonly cause: string
  readonly paths: number
  /** As many equal paths would say as much. */
  readonly worth: number
}

/** The most kinds into which the paths of one cause are split. */
const mostKinds = 4

/**
 * Modes by falling weight of their paths, labelled A, B, C …; kinds worth fewer than `leastPaths` equal paths are only counted.
 * @param worthOf some paths; each counts once without it
 */
export function sortIntoModes(
  failing: readonly FailingPath[],
  effort: Pick<Effort, 'leastPaths' | 'apart'>,
  worthOf: (members: readonly FailingPath[]) => number = ({ length }) => length,
): Sorted {
  const byCause = new Map<string, FailingPath[]>()
  for (const path of failing) byCause.set(path.cause, [...(byCause.get(path.cause) ?? []), path])
  const groups: { cause: string; members: readonly FailingPath[] }[] = []
  const rare: RareKind[] = []
  for (const [cause, members] of [...byCause].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const kind of kindsOf(members, effort)) {
      const worth = worthOf(kind)
      if (worth < effort.leastPaths) rare.push({ cause, paths: kind.length, worth })
      else groups.push({ cause, members: kind })
    }
  }
  groups.sort((a, b) => weightOf(b.members) - weightOf(a.members))
  const modes = groups.map(({ cause, members }, i) => ({
    label: labelOf(i),
    cause,
    members,
    mean: centreOf(cloudOf(members)).mean,
  }))
  return { modes, rare }
}

function kindsOf(
  members: readonly FailingPath[],
  { leastPaths, apart }: Pick<Effort, 'leastPaths' | 'apart'>,
): readonly (readonly FailingPath[])[] {
  if (members.length < leastPaths) return [members]
  const rows = members.map(({ luck }) => luck)
  const leastRows = Math.max(leastPaths, Math.ceil(members.length / 20))
  return splitByDirection(rows, { apart, leastRows, most: mostKinds }).map((kind) => kind.map((i) => members[i]))
}

/** The luck of failing paths, each with its weight. */
export function cloudOf(members: readonly FailingPath[]): { rows: Float64Array[]; weights: number[] } {
  return { rows: members.map(({ luck }) => luck), weights: members.map(({ weight }) => weight) }
}

function weightOf(members: readonly FailingPath[]): number {
  return compensatedSum(members.length, (i) => members[i].weight)
}

/** A … Z, then A1, B1 … */
function labelOf(i: number): string {
  const round = Math.floor(i / 26)
  return String.fromCharCode(65 + (i % 26)) + (round === 0 ? '' : String(round))
}

/** The mode to which a failing path belongs: of its cause, the one whose mean luck is nearest; undefined where no mode has it. */
export function modeOf(modes: readonly Mode[], { cause, luck }: FailingPath): Mode | undefined {
  let best: Mode | undefined
  let nearest = Number.POSITIVE_INFINITY
  for (const mode of modes) {
    if (mode.cause !== cause) continue
    const distance = luck.reduce((sum, x, c) => sum + (x - mode.mean[c]) * (x - mode.mean[c]), 0)
    if (distance < nearest) {
      nearest = distance
      best = mode
    }
  }
  return best
}
