/** What the study of a size answers: plain data, every number with its uncertainty. */
import type { OpeningBalance } from '../../../scenarios/dials.ts'
import type { MonotonicityCheck } from '../../statistics/sizingRecord.ts'
import type { TidyTable } from '../laboratory.ts'
import type { Bounded, Proposal, YieldCost } from '../proposal.ts'
import type { Direction } from './levels.ts'

/** Failures among paths, with the two-sided Clopper-Pearson interval. */
export interface Share {
  readonly failures: number
  readonly paths: number
  readonly probability: number
  readonly lower: number
  readonly upper: number
}

export interface DialWords {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly from: number
  readonly to: number
  readonly today: number
  readonly safer: Direction
  /** Levels of the grid, and the distance between the first two. */
  readonly levels: number
  readonly spacing: 'linear' | 'log'
  readonly paidBy: string | null
}

/** One level looked at. */
export interface CurvePoint extends Share {
  readonly level: number
  readonly cost: YieldCost | null
}

/**
 * holds: a level is certified. none: even the safest breaks the limit. undecided: none certified, none ruled out. disordered: the
 * paths contradict the order of levels, and without it none is certified.
 */
export type RequiredStatus = 'holds' | 'none' | 'undecided' | 'disordered'

/**
 * order: every level safer than one that holds the limit is taken to hold it too. itself: nothing is taken of other levels; asked
 * for where the paths contradict their order.
 */
export type CertificateBasis = 'order' | 'itself'

/** The answer for one failure probability. */
export interface Required {
  readonly limit: number
  readonly status: RequiredStatus
  /** What the certificate rests on; null where nothing is certified. */
  readonly basis: CertificateBasis | null
  /** The smallest level certified: the upper end of the interval of the level required; null: none within the bounds. */
  readonly certified: number | null
  /** What would be certified if the order of levels held, where the paths contradict it; null elsewhere, and where nothing would. */
  readonly certifiedInOrder: number | null
  /** The level below which the required one does not lie: the largest that certainly breaks the limit; null: none does. */
  readonly rejected: number | null
  /** The smallest level at which at most the allowed share of these paths failed; null: none. */
  readonly estimate: number | null
  /** Of each end, and of both together. */
  readonly confidence: number
  readonly confidenceBoth: number
  readonly paths: number
  /** The fewest paths of a level with which anything could be certified: with no failure among them. */
  readonly leastPaths: number
  readonly looks: number
  readonly checks: readonly number[]
  /** What the error of the certificate is shared among: steps of the search, times the looks with paths enough to certify. */
  readonly steps: number
  readonly certifyingLooks: number
  /** The certified level, or the safest one where there is none. */
  readonly best: CurvePoint
  /** One-sided upper bound at the best level, at the error of a single test. */
  readonly bound: number
  /** Of an interval at one level that is to hold whichever level is chosen: the error is shared among all levels and looks. */
  readonly confidenceChosen: number
  /** Confidence that the certified level holds whatever other levels do: no order of levels assumed; null: none certified. */
  readonly confidenceAlone: number | null
  /** The smallest level looked at that is certified without an order of levels; null: none. */
  readonly certifiedAlone: number | null
}

/** Levels are those of the dial. */
export type Monotonicity = MonotonicityCheck

/** What one run measures as enough with everybody behaving as today: a cross-check, not the same question. */
export interface Measured {
  readonly metric: string
  readonly meaning: string
  readonly limit: number
  /** Null where no finite amount would have been enough. */
  readonly amount: Bounded | null
  readonly level: Bounded | null
  readonly paths: number
  /** Paths that exceed the amount. */
  readonly exceed: number
  readonly pathsNeeded: number
}

/** Where a point of a frontier stands. 'undecided': beaten by estimates, but the paths cannot tell. */
export type Standing = 'frontier' | 'undecided' | 'dominated'

export interface FrontierPoint extends Share {
  /** In the order of the dials. */
  readonly values: readonly number[]
  readonly cost: YieldCost
  readonly standing: Standing
  /** A point that is better with confidence, by its place; null: none. */
  readonly dominatedBy: number | null
  /** Certified to hold the limit of the claim, with all points paid for. */
  readonly holds: boolean
}

/** A claim that one point is the cheapest, or why none is made. */
export interface BestClaim {
  readonly limit: number
  /** Places of the points that were compared: the cheapest that hold the limit. */
  readonly candidates: readonly number[]
  /** Place of the best; null: no claim. */
  readonly best: number | null
  readonly reason: string
  /** Probability that it is the best or at most this much dearer. */
  readonly probability: number
  readonly indifference: number
  /** Rinott's constant, and the independent paths that each candidate got; empty where none were compared. */
  readonly constant: number | null
  readonly paths: readonly number[]
}

export interface Frontier {
  readonly dials: readonly DialWords[]
  readonly paths: number
  readonly confidence: number
  readonly points: readonly FrontierPoint[]
  readonly claim: BestClaim
}

/** The level of a dial from which on a party loses. */
export interface FirstLoss {
  readonly dial: DialWords
  readonly party: string
  /** A smaller loss is none. */
  readonly usd: number
  readonly meaning: string
  readonly paths: number
  readonly confidence: number
  /** One-sided upper bound of the share that loses at a level where no path does. */
  readonly bound: number
  /** The side on which fewer paths lose: declared by the dial, or told by the paths at both ends; null: neither. */
  readonly safer: Direction | null
  /** Of any path at all. */
  readonly status: FirstLossStatus
  /** Any path at all, then each limit. */
  readonly brackets: readonly FirstLossBracket[]
  /** Shares at all levels looked at, the least safe first, ascending where no side is known to be safer. */
  readonly curve: readonly (Share & {
    readonly level: number
    readonly largest: number
    readonly firstPath: number | null
  })[]
  /** Paths that lose at a safer level though not at a less safe one; null where no side is known to be safer. */
  readonly violations: number | null
}

/** Of all levels looked at: never none loses, always every one does, found one side does, mixed neither: there is no one such level. */
export type FirstLossStatus = 'found' | 'never' | 'always' | 'mixed'

export interface FirstLossBracket {
  /** Share of paths that may lose; 0: no path at all. */
  readonly share: number
  readonly status: FirstLossStatus
  /** A level at which no more than that share loses, next to one at which more do: of several the safest; null: none. */
  readonly without: number | null
  /** Its neighbour at which more than that share loses; null: none. */
  readonly with: number | null
}

export interface OpeningBooks {
  readonly policy: string
  /** Its place among the proposals; null: today. */
  readonly proposal: number | null
  readonly balance: OpeningBalance
}

export interface SizeAnswer {
  readonly kind: 'size'
  readonly scenario: { readonly name: string; readonly question: string; readonly days: number }
  readonly failure: { readonly name: string; readonly meaning: string }
  readonly dial: DialWords
  readonly confidence: number
  /** The policy as it is. */
  readonly today: CurvePoint & { readonly netYield: Bounded }
  readonly required: readonly Required[]
  readonly curve: readonly CurvePoint[]
  readonly monotonicity: Monotonicity
  readonly measured: readonly Measured[]
  readonly frontier: Frontier | null
  /** Why no cost is measured, or why a run of this length has no frontier; null: neither is so. */
  readonly missing: string | null
  readonly firstLoss: readonly FirstLoss[]
  /** Books of today, and of each proposal that changes something. */
  readonly opening: readonly OpeningBooks[]
  readonly proposals: readonly Proposal[]
  readonly tables: Readonly<Record<string, TidyTable>>
}
