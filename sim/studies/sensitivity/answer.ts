/** What a study of sensitivity finds. Plain data: every number with its interval, and whether it can be told from zero. */

import type { RankRange } from '../../statistics/ranks.ts'
import type { IntervalEstimate } from '../../statistics/rowBootstrap.ts'
import type { TidyTable } from '../laboratory.ts'
import type { Method } from './question.ts'
import type { DialRange } from './ranges.ts'

export interface Found {
  /** Null where there is no such number. */
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
  /** Whether the interval leaves out zero; of what cannot be negative, whether all of it lies above. */
  readonly told: boolean
}

/** One dial turned to an end of its range, everything else as in the scenario, on the same luck. */
export interface TornadoEnd {
  readonly at: number
  /** The statistic there less that of the scenario; of an amount without bounds where no path moved. */
  readonly change: Found
  /** Paths of the bar that moved. */
  readonly moved: number
}

export interface TornadoAnswer {
  /** The statistic of the scenario itself. */
  readonly base: Found
  /** The widest bar first. */
  readonly bars: readonly { readonly dial: string; readonly low: TornadoEnd; readonly high: TornadoEnd }[]
}

export interface ScreenedDial {
  readonly dial: string
  readonly mu: Found
  readonly muStar: Found
  readonly sigma: Found
  /** Paths that its steps moved, over all trajectories. */
  readonly moved: number
  /** Places by mu*; null for the dummy. */
  readonly rank: RankRange | null
}

export interface MorrisAnswer {
  /** The largest mu* first. */
  readonly dials: readonly ScreenedDial[]
  /** A dial that turns nothing but the luck. */
  readonly dummy: ScreenedDial
}

export interface IndexedDial {
  readonly dial: string
  /** Of the expectation, the noise of the simulation taken out. */
  readonly first: Found
  readonly total: Found
  /** Of a single future, luck being an input; null for the dummy, and for a tail, which a single future does not have. */
  readonly single: { readonly first: Found; readonly total: Found } | null
  /** Paths that it moved, over all rows. */
  readonly moved: number
  /** Places by the total index; null for the dummy. */
  readonly rank: RankRange | null
}

export interface SobolAnswer {
  /** Variance of the statistic over the box of dials, in squared units. Not told from zero: then there are no indices. */
  readonly variance: Found
  /** Paths that the dials moved, alone or all together, over all cells of a row. */
  readonly moved: number
  /** The largest total index first; empty without indices. */
  readonly dials: readonly IndexedDial[]
  readonly dummy: IndexedDial | null
  /** Of a single future: what luck does alone, and with its interactions. */
  readonly luck: { readonly first: Found; readonly total: Found } | null
}

export interface SensitivityOfMetric {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly bad: 'high' | 'low'
  /** As on the command line, such as expectedShortfall:0.9. */
  readonly statistic: string
  readonly tornado: TornadoAnswer | null
  readonly morris: MorrisAnswer | null
  readonly sobol: SobolAnswer | null
}

export interface SensitivityAnswer {
  readonly kind: 'sensitivity'
  readonly scenario: string
  readonly dials: readonly DialRange[]
  /** Dials that went on to Sobol indices; the others stayed as the scenario has them. */
  readonly kept: readonly string[]
  readonly design: {
    readonly methods: readonly Method[]
    readonly paths: number
    readonly tornadoPaths: number
    readonly trajectories: number
    readonly rows: number
    readonly replicates: number
    readonly confidence: number
    readonly cells: number
    readonly simulatedPaths: number
  }
  readonly metrics: readonly SensitivityOfMetric[]
  readonly tables: Readonly<Record<string, TidyTable>>
}

/** The name of the dial that turns nothing but the luck. */
export const dummyName = 'dummy'

/** An estimate that may have either sign as a finding. */
export function found({ value, lower, upper }: IntervalEstimate): Found {
  const finite = (x: number | null) => (x === null || !Number.isFinite(x) ? null : x)
  const [v, low, high] = [value, lower, upper].map(finite)
  return { value: v, lower: low, upper: high, told: low !== null && high !== null && (low > 0 || high < 0) }
}

/** An estimate of a size, a share or a variance: below zero it can only be noise. */
export function foundSize(estimate: IntervalEstimate): Found {
  const one = found(estimate)
  return { ...one, told: one.told && one.lower !== null && one.lower > 0 }
}

/**
 * A finding of a dial that moved so many paths. Where it moved some, an interval of no width around zero says that they are too few
 * to see anything by, and bounds nothing.
 */
export function unlessMoved(finding: Found, moved: number): Found {
  const { value, lower, upper } = finding
  const isEmpty = value === 0 && lower === 0 && upper === 0
  return isEmpty && moved > 0 ? { ...finding, lower: null, upper: null } : finding
}
