/** How much a question about a size may simulate, known before anything is. */
import { mostLevels } from '../../statistics/sequentialSizing.ts'
import { mostClaimPaths } from './bestClaim.ts'
import { standardSteps } from './levels.ts'
import { checksFor, costPaths, frontierLevels, type SizeQuestion } from './question.ts'

/** Paths of all levels together. */
export interface Effort {
  /** The search for the required levels: so many levels at most, and today's; so many paths of a level at the last look. */
  readonly search: {
    readonly levels: number
    readonly looks: number
    readonly pathsEach: number
    readonly most: number
  }
  readonly frontier: { readonly points: number; readonly pathsEach: number; readonly claim: number } | null
  readonly firstLoss: number
  /** No question of these settings simulates more. */
  readonly most: number
  /** What searches usually come to: most levels are settled at early looks. */
  readonly usual: number
}

/** Part of its bound that a search usually takes: 0.29 of base at 1 % on 4,500 paths, a fifth for 0.1 % besides. */
const usualPart = 0.3

/** @param levels of the dial */
export function effortOf(question: SizeQuestion, levels: number): Effort {
  const { limits, paths, frontier: wishes, firstLoss: losses, firstLossPaths } = question
  const checks = limits.map((limit) => checksFor(limit, paths))
  const looks = [...new Set(checks.flat())]
  const pathsEach = Math.max(...looks)
  const tested = checks.flat().reduce((sum, look) => sum + mostLevels(levels) * look, 0)
  const ends = 2 * Math.min(...looks)
  const today = Math.max(pathsEach, Math.min(paths, costPaths))
  const most = Math.min(levels * pathsEach, tested + ends) + today
  const each = wishes === undefined ? 0 : frontierLevels(wishes.dials.length, wishes.levels)
  const points = wishes?.dials.reduce((product) => product * each, 1) ?? 0
  const frontier = wishes === undefined ? null : { points, pathsEach: wishes.paths, claim: mostClaimPaths }
  const firstLoss = losses.length * (standardSteps + 1) * firstLossPaths
  const others = points * (wishes?.paths ?? 0)
  return {
    search: {
      levels: Math.min(levels, mostLevels(levels) * checks.flat().length + 2),
      looks: looks.length,
      pathsEach,
      most,
    },
    frontier,
    firstLoss,
    most: most + others + (frontier?.claim ?? 0) + firstLoss,
    usual: Math.round(usualPart * (most + firstLoss)) + others,
  }
}
