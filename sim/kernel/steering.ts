/** Steered luck: draws moved on purpose, with the weight that makes them count as if they were not. */

/** The outcome column of a steered batch that holds the log of each path's weight. */
export const logWeightColumn = 'luck.logWeight'

/** Which numbers of a shock a statement is about. */
interface Moved {
  /** room.shock, such as gpuMarket.rentLuck, or room.draw for what events draw, such as deals.threshold. */
  readonly shock: string
  /** Agent or place of the shock, from 0; all of them without it. */
  readonly index?: number
  /** First and last day that is moved; the whole run without them. */
  readonly from?: number
  readonly to?: number
}

/** The mean of a named shock, moved on some days. */
export interface Shift extends Moved {
  /** In standard deviations of one draw; a shock of another law is moved in the normal number of the same probability. */
  readonly by: number
}

/** One end of the law of a named shock, made likelier or rarer; the law within the end and outside it stays what it was. */
export interface Chance extends Moved {
  readonly end: 'lowest' | 'highest'
  /** Probability of the end, between 0 and 1. */
  readonly of: number
  /** Probability that it is given instead, between 0 and 1. */
  readonly becomes: number
}

/** The law that draws are made from instead of their own. */
export interface Proposal {
  readonly shifts?: readonly Shift[]
  readonly chances?: readonly Chance[]
}

/** One law of several that paths are drawn from in turn. */
export interface MixturePart extends Proposal {
  /** Paths in each round of the mixture; a part without shifts and chances is plain luck. */
  readonly paths: number
}

/** One number of a shock. */
export interface OneShock {
  readonly shock: string
  /** Agent or place, from 0; 0 without it. */
  readonly index?: number
}

/** A scrambled Sobol point in place of what matters most of the luck; the rest of it stays ordinary. */
export interface Quasi {
  /** Points of a net, a power of two: path n has point n mod points of randomisation n div points. */
  readonly points: number
  /** Daily shocks, whose sums over blocks of days are taken from the point, and draws that are made once. */
  readonly shocks: readonly OneShock[]
  /** Blocks of nearly equal length into which the days of the run are cut. */
  readonly blocks: number
}

/**
 * What is kept of the luck of each path as an outcome column: over each block of days the sum of a shock’s normal numbers, how
 * often it was drawn, or the probability of its lowest or highest number.
 */
export interface Watch extends OneShock {
  readonly what: 'total' | 'count' | 'lowest' | 'highest'
  /** 1 without it. */
  readonly blocks?: number
}

/** How the luck of a run is steered; plain data that a thread can be handed. */
export interface Steering extends Proposal {
  /**
   * Paths are drawn from each part in turn and weighted against all of them (the balance heuristic of Veach and Guibas 1995; Owen
   * and Zhou, Journal of the American Statistical Association 95, 2000): with a share of plain luck no weight exceeds one over it.
   */
  readonly mixture?: readonly MixturePart[]
  /** Each path of an odd number is the mirror of the one before: all that these rooms draw (true: every room) is turned about. */
  readonly antithetic?: true | readonly string[]
  readonly quasi?: Quasi
  readonly watch?: readonly Watch[]
}

/** Name of the outcome column of one block of a watch. */
export function watchColumn({ shock, index = 0, what }: Watch, block = 0): string {
  return `luck.${shock}.${index}.${what}.${block}`
}

/** Outcome columns that a steered batch has besides those of its record, in their order. */
export function luckColumns({ watch = [] }: Steering): readonly string[] {
  const watched = watch.flatMap((one) => Array.from({ length: one.blocks ?? 1 }, (_, block) => watchColumn(one, block)))
  return [logWeightColumn, ...watched]
}

/** First day of each block of a run, and the day after the last. */
export function blockStarts(days: number, blocks: number): Int32Array {
  return Int32Array.from({ length: blocks + 1 }, (_, block) => Math.round((block * days) / blocks))
}
