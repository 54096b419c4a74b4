/** What a study of sensitivity asks, as data. */
import type { Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/plan.ts'
import type { Metric } from '../metric.ts'
import { otherLuck } from './cells.ts'
import { leastRows, requireRows } from './design.ts'
import type { DialRange } from './ranges.ts'
import { checkStatistic, type Statistic, usualStatistic } from './statistic.ts'

export const methods = ['tornado', 'morris', 'sobol'] as const
export type Method = (typeof methods)[number]

export interface SensitivityQuestion extends Sizes {
  readonly scenario: Scenario
  readonly metrics: readonly string[]
  /** Without it the mean of an amount and the probability of an event. */
  readonly statistic?: Statistic
  readonly dials: readonly DialRange[]
  readonly methods: readonly Method[]
}

export interface Sizes {
  /** Paths of each cell of Morris and Sobol. */
  readonly paths: number
  /** Paths of each bar of the tornado. */
  readonly tornadoPaths: number
  /** Trajectories of Morris. */
  readonly trajectories: number
  /** Rows of the two matrices of Sobol, a power of two. */
  readonly rows: number
  /** After a screening, only so many dials go on to Sobol; the others stay where the scenario has them. */
  readonly keep: number
  readonly replicates: number
  readonly confidence: number
}

/** Metrics of a study that names none. */
export const standardMetrics: readonly string[] = [
  'saidLoss',
  'depeg_2pct_24h',
  'minimumLiquidityRatio',
  'saidNetYield',
]

/** Sizes that take a few minutes on two cores for a year of 24 ticks a day. */
export const standardSizes: Sizes = {
  paths: 64,
  tornadoPaths: 256,
  trajectories: 20,
  rows: 64,
  keep: 4,
  replicates: 500,
  confidence: 0.95,
}

/** The smallest sizes: with fewer paths a cell, what is left of a sign or a variance is noise. */
export const leastSizes = {
  paths: 16,
  tornadoPaths: 16,
  trajectories: 4,
  rows: leastRows,
  keep: 1,
  replicates: 100,
} as const satisfies Partial<Sizes>

export interface StudiedMetric {
  readonly metric: Metric
  readonly statistic: Statistic
}

/**
 * The metrics of a question with the statistic of each.
 * @throws InputError naming what cannot be asked, and what can
 */
export function checkQuestion(question: SensitivityQuestion, known: readonly Metric[]): StudiedMetric[] {
  const { dials, trajectories, rows, keep, paths, tornadoPaths, replicates, confidence } = question
  if (dials.length === 0) throw new InputError('no dial to turn; give at least one, such as --dials aidPool.depth')
  if (question.methods.length === 0) throw new InputError(`no method; give one of ${methods.join(', ')}`)
  requireWhole('paths a cell', paths, leastSizes.paths)
  requireWhole('paths a bar of the tornado', tornadoPaths, leastSizes.tornadoPaths)
  requireWhole('bootstrap replicates', replicates, leastSizes.replicates)
  if (!(confidence >= 0.5 && confidence < 1))
    throw new InputError(`confidence ${confidence} must be from 0.5 to below 1`)
  if (question.methods.includes('morris')) requireWhole('Morris trajectories', trajectories, leastSizes.trajectories)
  if (question.methods.includes('sobol')) {
    requireWhole('dials kept for Sobol', keep, leastSizes.keep)
    requireRows(rows)
  }
  if (paths * Math.max(trajectories, rows) > otherLuck)
    throw new InputError(
      `${paths} paths a cell are too many for ${Math.max(trajectories, rows)} rows; stay below ${otherLuck} together`,
    )
  return question.metrics.map((name) => {
    const metric = metricNamed(name, known)
    const statistic = question.statistic ?? usualStatistic(metric)
    checkStatistic(metric, statistic, paths)
    return { metric, statistic }
  })
}

function requireWhole(noun: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new InputError(`number of ${noun} is ${value}; give a whole number from ${least}`)
}

/** @throws InputError for an unknown name, with the nearest known one, or all where none is near */
export function metricNamed(name: string, known: readonly Metric[]): Metric {
  const metric = known.find((one) => one.name === name)
  if (metric) return metric
  const names = known.map((one) => one.name)
  const near = nearest(name, names)
  throw new InputError(
    `unknown metric: ${name}; ${near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`}`,
  )
}
