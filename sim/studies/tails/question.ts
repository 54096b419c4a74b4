/** What a study of a tail asks, as data. */
import { InputError } from '../../kernel/errors.ts'
import { percentHint, requirePassable } from '../../kernel/metric.ts'
import { nearest, type Plan } from '../../kernel/plan.ts'
import type { TailQuestion } from '../../statistics/groupedEstimates.ts'
import { evaluateMetric, type Metric, type OutcomeColumns } from '../metric.ts'

export interface TailsQuestion extends Sizes {
  readonly plan: Plan
  readonly metric: string
  /** The probability that an amount is worse than this; not for events. */
  readonly beyond?: number
  /** The mean of the worst 1 − level of paths; not for events. */
  readonly level?: number
  /** Metric by which the pilot tells bad paths from good ones; the metric itself without it. */
  readonly guide?: string
}

export interface Sizes {
  /** Paths of plain simulation and of each method beside importance sampling. */
  readonly paths: number
  /** Paths of each stage of the pilot. */
  readonly pilotPaths: number
  /** Half-width of the interval wanted of each way that sets the number of its paths itself, over the estimate. */
  readonly precision: number
  /** Most paths of each of them after its pilot. */
  readonly most: number
  readonly confidence: number
}

/** Sizes that take some minutes on two cores for a year of 24 ticks a day. */
export const standardSizes: Sizes = {
  paths: 4096,
  pilotPaths: 1000,
  precision: 0.1,
  most: 40_000,
  confidence: 0.95,
}

/** A checked question. */
export interface Asked {
  readonly metric: Metric
  readonly guide: Metric
  readonly tail: TailQuestion
}

/** Least and most of each number of paths: fewer say nothing of a tail. */
export const bounds = {
  paths: [200, 1_000_000],
  pilotPaths: [200, 100_000],
  most: [1000, 10_000_000],
} as const

/** @throws InputError naming what cannot be asked, and what can */
export function checkQuestion(question: TailsQuestion, known: readonly Metric[]): Asked {
  const metric = metricNamed('--metric', question.metric, known)
  const guide = metricNamed('--guide', question.guide ?? question.metric, known)
  requireWhole('--paths', question.paths, ...bounds.paths)
  requireWhole('--pilot-paths', question.pilotPaths, ...bounds.pilotPaths)
  requireWhole('--most', question.most, ...bounds.most)
  requireShare('--precision', question.precision, 0.001, 1)
  requireShare('confidence', question.confidence, 0.5, 0.9999)
  return { metric, guide, tail: tailOf(question, metric) }
}

function tailOf({ beyond, level }: TailsQuestion, metric: Metric): TailQuestion {
  if (metric.kind === 'event') {
    const option = beyond !== undefined ? '--beyond' : level !== undefined ? '--level' : undefined
    if (option) throw new InputError(`${metric.name} happens or not: its probability is asked for, without ${option}`)
    return { kind: 'probability', beyond: 0.5 }
  }
  if ((beyond === undefined) === (level === undefined)) {
    throw new InputError(
      `${metric.name} is an amount; give either the amount that it may pass (--beyond) or the level of its tail (--level), such as 0.999`,
    )
  }
  if (level !== undefined) {
    requireShare('--level', level, 0.5, 0.99999)
    return { kind: 'shortfall', level }
  }
  if (!Number.isFinite(beyond))
    throw new InputError(`--beyond is ${beyond}; it must be a number in the unit of ${metric.name}`)
  requirePassable(metric, beyond as number, false, `--beyond is ${beyond}: `)
  return { kind: 'probability', beyond: (beyond as number) * signOf(metric) }
}

/** The tail in the sign of its metric. */
export function toldTail({ metric, tail }: Pick<Asked, 'metric' | 'tail'>): TailQuestion {
  if (tail.kind !== 'probability' || metric.kind === 'event') return tail
  return { ...tail, beyond: signOf(metric) * tail.beyond }
}

/** Metrics whose low end is bad are turned about: what is worse is always more. */
export function signOf(metric: Metric): 1 | -1 {
  return metric.bad === 'high' ? 1 : -1
}

/** How bad each path is, more being worse. */
export function lossesOf(metric: Metric, columns: OutcomeColumns, paths: number): Float64Array {
  const values = evaluateMetric(metric, columns, paths)
  return metric.kind === 'event' || metric.bad === 'high' ? values : values.map((value) => 0 - value)
}

/**
 * How near each path is to what is asked for, more being nearer: the amount itself, or for an event the column that it reads, so
 * that paths on which it did not happen can be told apart too.
 */
export function severitiesOf(metric: Metric, columns: OutcomeColumns, paths: number): Float64Array {
  if (metric.kind !== 'event' || metric.columns.length !== 1) return lossesOf(metric, columns, paths)
  const [name] = metric.columns
  const sign = metric.evaluate({ [name]: Number.MAX_VALUE }) !== 0 ? 1 : -1
  return columns[name].map((value) => sign * value)
}

function metricNamed(option: string, name: string, known: readonly Metric[]): Metric {
  const found = known.find((metric) => metric.name === name)
  if (found) return found
  const names = known.map((metric) => metric.name)
  const near = nearest(name, names)
  throw new InputError(
    `${option}: unknown metric: ${name}; ${near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`}`,
  )
}

function requireWhole(option: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    throw new InputError(`${option} is ${value}; it must be a whole number from ${least} to ${most}`)
  }
}

function requireShare(option: string, value: number, lowest: number, highest: number): void {
  if (value >= lowest && value <= highest) return
  const hint = percentHint(value, '1', { lowest, highest, closed: true })
  throw new InputError(`${option} is ${value}; it must be a number from ${lowest} to ${highest}${hint}`)
}
