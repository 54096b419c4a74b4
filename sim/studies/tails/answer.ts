/** What a study of a tail answers, as plain data. */
import type { Multiplying } from '../../kernel/splitting/declaration.ts'
import type { Steering } from '../../kernel/steering.ts'
import type { TailQuestion } from '../../statistics/groupedEstimates.ts'
import type { TidyTable } from '../laboratory.ts'
import type { PilotStage } from './pilot.ts'

export interface Interval {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** A way of simulating that this question had to do without, or whose estimate is not believed. */
export interface LeftOut {
  readonly method: string
  readonly why: string
}

/** What weighted paths must say of their weights. */
export interface WeightReport {
  readonly effectiveSampleSize: number
  /** Largest weight over the sum of all. */
  readonly largestShare: number
  readonly largest: number
  readonly mean: number
  readonly meanStandardError: number
  /** Whether the mean weight lies within four standard errors of 1. */
  readonly meanIsOne: boolean
}

/** One way of simulating and what it says. */
export interface MethodAnswer {
  readonly method: string
  /** In plain words. */
  readonly words: string
  readonly paths: number
  /** Paths that were spent before, to find out how to steer and how many paths the estimate needs; it knows nothing of them. */
  readonly pilotPaths: number
  readonly estimate: Interval
  readonly standardError: number
  /** Paths in the tail, as many equal ones as they are worth. */
  readonly tailPaths: number
  readonly variancePerPath: number
  /** Standard error of the logarithm of that variance; null where too few paths are in the tail. */
  readonly logVarianceError: number | null
  /** Plain paths that one path of this method is worth for the tail; null where a variance is unknown. */
  readonly gainPerPath: Interval | null
  /** Plain paths over those of this method, its pilot included, to the precision wanted. */
  readonly saving: Interval | null
  /** The mean of the metric, by the same paths; null where they were chosen for their tail alone. */
  readonly mean: Interval | null
  readonly meanGainPerPath: Interval | null
  readonly weights: WeightReport | null
  /** How its luck was steered, for the host to measure what a path costs. */
  readonly steering: Steering | null
  readonly splitting: Multiplying | null
  /** Share of the weight of the tail that one of its replications has, the one with most; null where paths were not multiplied. */
  readonly largestReplication: number | null
}

export interface TailsAnswer {
  readonly kind: 'tails'
  readonly metric: {
    readonly name: string
    readonly meaning: string
    readonly unit: string
    readonly kind: 'event' | 'amount'
    readonly bad: 'high' | 'low'
  }
  readonly tail: TailQuestion
  readonly confidence: number
  readonly precision: number
  /** Fewest tail paths that a quoted tail number may stand on. */
  readonly enoughTailPaths: number
  readonly methods: readonly MethodAnswer[]
  /** The method that leads, decided without its estimate: interacting particles, splitting, importance sampling or plain simulation. */
  readonly surest: string
  readonly leftOut: readonly LeftOut[]
  readonly pilot: readonly PilotStage[]
  /** Paths that plain simulation would need for the precision wanted, by the variance that the leading method says they have. */
  readonly plainPathsNeeded: Interval | null
  readonly tables: Readonly<Record<string, TidyTable>>
}
