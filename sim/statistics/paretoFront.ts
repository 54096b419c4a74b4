/** Which of several policies no other one beats, when both what they cost and how often they fail is known from paths only. */
import { requireOpenProbability } from './checks.ts'
import { bonferroni } from './intervals.ts'
import { pairedDifference } from './means.ts'
import { pairedProportionDifference } from './pairedProportions.ts'

/** A policy on paths that all policies share; both cost and failures are better when lower. */
export interface Candidate {
  /** One number a path. */
  readonly costs: Float64Array
  /** 1 for each path that fails. */
  readonly failures: Uint8Array
}

export type Standing = 'frontier' | 'undecided' | 'dominated'

export interface Placed {
  /** frontier: no other has at most its cost and at most its failures; dominated: another is better with confidence; else undecided. */
  readonly standing: Standing
  /** The first policy that is better with confidence. */
  readonly dominatedBy: number | null
}

/**
 * Sorts policies by dominance. One dominates another with confidence when its failure probability is lower and its mean cost is not
 * higher, both by intervals of paired differences at `confidence` shared among all pairs and both measures (Bonferroni): with
 * that confidence no policy is called dominated that is not. Two that the paths cannot tell apart are not ranked.
 * @throws RangeError when there are no policies or their paths differ in number.
 */
export function paretoFront(candidates: readonly Candidate[], confidence: number): Placed[] {
  requireOpenProbability(confidence, 'confidence')
  const count = candidates.length
  if (count === 0) throw new RangeError('no policies: at least one wanted')
  const means = candidates.map(({ costs, failures }) => ({ cost: meanOf(costs), failures: meanOf(failures) }))
  const each = bonferroni(confidence, Math.max(1, count * (count - 1)))
  return candidates.map((own, i) => {
    const beaten = means.some((other, j) => j !== i && beats(other, means[i]))
    if (!beaten) return { standing: 'frontier', dominatedBy: null }
    const by = candidates.findIndex((other, j) => j !== i && beats(means[j], means[i]) && surelyBeats(other, own, each))
    return by === -1 ? { standing: 'undecided', dominatedBy: null } : { standing: 'dominated', dominatedBy: by }
  })
}

interface Means {
  readonly cost: number
  readonly failures: number
}

function beats(one: Means, other: Means): boolean {
  const noWorse = one.cost <= other.cost && one.failures <= other.failures
  return noWorse && (one.cost < other.cost || one.failures < other.failures)
}

function surelyBeats(one: Candidate, other: Candidate, confidence: number): boolean {
  let onlyOne = 0
  let onlyOther = 0
  for (let path = 0; path < one.failures.length; path++) {
    if (one.failures[path] > other.failures[path]) onlyOne++
    else if (one.failures[path] < other.failures[path]) onlyOther++
  }
  const fails = pairedProportionDifference(onlyOther, onlyOne, one.failures.length, confidence)
  if (!(fails.upper < 0)) return false
  const { upper } = pairedDifference(other.costs, one.costs, confidence)
  return upper !== null && upper <= 0
}

function meanOf(values: Float64Array | Uint8Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
