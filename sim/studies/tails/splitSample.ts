/** What replications of multiplied paths say of a metric. */
import { daysColumn, type Multiplying, rowsOf } from '../../kernel/splitting/declaration.ts'
import { groupMeans, type TailQuestion } from '../../statistics/groupedEstimates.ts'
import { compensatedSum } from '../../statistics/summation.ts'
import { tailRisk } from '../../statistics/tailRisk.ts'
import type { OutcomeColumns } from '../metric.ts'
import { weightsOf } from './methods.ts'
import { type Asked, lossesOf } from './question.ts'

export const particlesAtLeast = 50
const particlesAtMost = 1000

/** A number of paths that set out from each level, near the wanted one. */
export function particlesWithin(wanted: number): number {
  return Math.max(particlesAtLeast, Math.min(particlesAtMost, Math.round(wanted)))
}

/** Replications of weighted paths. */
export interface SplitSample {
  readonly losses: Float64Array
  /** Of mean 1. */
  readonly weights: Float64Array
  /** Rows of a replication. */
  readonly group: number
  /** Work in whole plain paths. */
  readonly pathsWorth: number
  /** The same of each replication. */
  readonly worthOfEach: Float64Array
}

export function readSample(
  { metric }: Asked,
  columns: OutcomeColumns,
  splitting: Multiplying,
  days: number,
): SplitSample {
  const group = rowsOf(splitting)
  const rows = columns[daysColumn].length
  const worthOfEach = groupMeans(columns[daysColumn], group).map((mean) => (group * mean) / days)
  return {
    losses: lossesOf(metric, columns, rows),
    weights: weightsOf(columns).map((weight) => group * weight),
    group,
    pathsWorth: compensatedSum(rows, (i) => columns[daysColumn][i]) / days,
    worthOfEach,
  }
}

/** The loss at which the tail begins, as far as the pilot can tell. */
export function tailFrom(tail: TailQuestion, losses: Float64Array, weights: Float64Array): number {
  if (tail.kind === 'probability') return tail.beyond
  if (tail.kind === 'mean') return Number.NEGATIVE_INFINITY
  return tailRisk(losses, tail.level, weights, 'likelihoodRatios').valueAtRisk
}
