/** What is asked of a buffer, checked before anything is simulated. */
import type { Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import { percentHint } from '../../kernel/metric.ts'
import type { LevelWishes } from './levels.ts'

export interface FrontierWishes {
  /** Two to four dials. */
  readonly dials: readonly string[]
  readonly paths: number
  /** Levels of each dial; as many as fit without it. */
  readonly levels?: number
}

/** From which level of a parameter on a party loses so many dollars. */
export interface FirstLossWishes {
  readonly dial: string
  readonly party: string
  /** A smaller loss is none: 1 for the first dollar. */
  readonly usd: number
}

export interface SizeQuestion {
  readonly scenario: Scenario
  readonly dial: string
  /** An event, or an amount beyond a level; the dial's own without it. */
  readonly failure?: string
  /** Failure probabilities to be held. */
  readonly limits: readonly number[]
  /** Of each end of an interval. */
  readonly confidence: number
  /** The most paths of a level. */
  readonly paths: number
  readonly wishes: LevelWishes
  readonly frontier?: FrontierWishes
  readonly firstLoss: readonly FirstLossWishes[]
  /** Paths of each level of a first-loss search. */
  readonly firstLossPaths: number
  /** Basis points of yield below which two policies count as equally cheap. */
  readonly indifference: number
}

export const standardLimits: readonly number[] = [0.01, 0.001]
export const standardConfidence = 0.95
export const standardFrontierPaths = 1000
export const standardFirstLossPaths = 500
export const standardIndifference = 25

/** Fewer paths of a level than this are refused. */
export const leastCellPaths = 20

/** Fewer paths than this are not worth a look. */
const leastLook = 100

/** The yield of sAID is struck on the first of a month: every run of so many days has one. */
const leastDaysOfYield = 32

/** Whether a run may end before a yield is struck: then it has no frontier. */
export function isTooShort(days: number): boolean {
  return days < leastDaysOfYield
}

/** Why a run has no cost or no frontier, as the end of a sentence. */
export function shortWords(days: number): string {
  return `yields of sAID are struck on the first of a month, and this run has ${days} days; ${leastDaysOfYield} days or more have one`
}

/** Paths on which costs are measured: the cost is a mean, and settles long before a rare failure does. */
export const costPaths = 2000

/** Expected failures at the limit that its last look should see: enough to certify a level not far above the true one. */
const expectedFailures = 20

/**
 * Expected failures at the smallest limit for which paths are asked unless told otherwise: with them a level is certified that has
 * about two failures; no failure at all takes about half as many paths.
 */
const standardFailures = 8

/** Paths that a question asks for unless told otherwise: the scenario's, or what its smallest limit takes where that is more. */
export function standardPaths(limits: readonly number[], scenarioPaths: number): number {
  return Math.max(scenarioPaths, Math.ceil(standardFailures / Math.min(...limits) - 1e-9))
}

/** Looks at a limit: a sixteenth, a quarter and all of the paths, but no more than the limit has use for. */
export function checksFor(limit: number, paths: number): readonly number[] {
  const looks = [Math.ceil(paths / 16), Math.ceil(paths / 4), paths]
  const all = [...new Set(looks.map((look) => Math.min(paths, Math.max(leastLook, look))))]
  const enough = all.findIndex((check) => check * limit >= expectedFailures - 1e-9)
  return enough === -1 ? all : all.slice(0, enough + 1)
}

/** @throws InputError naming the option, its value and what would be right */
export function requireQuestion(question: SizeQuestion): void {
  const { limits, confidence, paths, frontier, indifference, firstLossPaths } = question
  if (limits.length === 0) throw new InputError('--limit is empty; give at least one failure probability, such as 0.01')
  for (const limit of limits) requireShare('--limit', limit)
  if (new Set(limits).size < limits.length) throw new InputError(`--limit is ${limits.join(',')}; each limit only once`)
  requireShare('--confidence', confidence)
  if (confidence < 0.5) throw new InputError(`--confidence is ${confidence}; it must be at least 0.5`)
  requireWhole('--paths', paths, leastCellPaths)
  requireWhole('--first-loss-paths', firstLossPaths, leastCellPaths)
  if (!(indifference > 0)) throw new InputError(`--indifference is ${indifference}; it must be above 0 basis points`)
  for (const { usd } of question.firstLoss) {
    if (!(usd > 0)) throw new InputError(`--first-loss is above ${usd} USD; the loss must be above 0`)
  }
  if (!frontier) return
  requireFrontier(frontier)
  const { days } = question.scenario
  if (isTooShort(days)) {
    throw new InputError(
      `--days is ${days}; a frontier needs at least ${leastDaysOfYield}, for yields are struck once a month`,
    )
  }
}

function requireFrontier({ dials, paths, levels }: FrontierWishes): void {
  if (dials.length < 2 || dials.length > 4) {
    throw new InputError(
      `--frontier is ${dials.join(',')}; two to four dials make a frontier, one is what --dial is for`,
    )
  }
  if (new Set(dials).size < dials.length) throw new InputError(`--frontier is ${dials.join(',')}; each dial only once`)
  requireWhole('--frontier-paths', paths, leastCellPaths)
  if (levels !== undefined) requireWhole('--frontier-levels', levels, 2)
  const each = frontierLevels(dials.length, levels)
  const points = dials.reduce((product) => product * each, 1)
  if (points > mostPoints) {
    throw new InputError(`--frontier-levels is ${levels}; ${points} points are too many, at most ${mostPoints}`)
  }
}

/** Points of a frontier. */
const mostPoints = 1000

/** Levels of each dial of a frontier: 4 for two dials, 3 for three, 2 for four. */
export function frontierLevels(dials: number, wished?: number): number {
  return wished ?? 6 - dials
}

function requireShare(option: string, value: number): void {
  if (value > 0 && value < 1) return
  const hint = percentHint(value, '1', { lowest: 0, highest: 1 })
  throw new InputError(`${option} is ${value}; it must lie between 0 and 1, both excluded${hint}`)
}

function requireWhole(option: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InputError(`${option} is ${value}; it must be a whole number from ${least}`)
  }
}
