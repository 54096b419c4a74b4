/** The worst paths of a sample, and what their luck has in common that ordinary luck has not. */
import { compensatedSum } from '../../statistics/summation.ts'

/** Weights of the worst paths, of sum one; the other paths have none. */
export interface Elite {
  readonly paths: readonly number[]
  readonly weights: readonly number[]
  /** As many equal paths would say as much (Kish 1965). */
  readonly effective: number
}

/** One stage of a pilot: its paths by their place among all, how bad each is, and what it weighs. */
export interface Sample {
  readonly first: number
  readonly severities: Float64Array
  readonly weights: Float64Array
}

/**
 * Paths at or beyond a severity in all stages: within a stage by their importance weights, each stage as a whole by the number of
 * equal paths that its worst ones are worth.
 */
export function eliteOf(samples: readonly Sample[], level: number): Elite {
  const paths: number[] = []
  const weights: number[] = []
  let effective = 0
  for (const { first, severities, weights: ratios } of samples) {
    const worst = [...severities.keys()].filter((p) => severities[p] >= level && ratios[p] > 0)
    const sum = compensatedSum(worst.length, (i) => ratios[worst[i]])
    const worth = (sum * sum) / compensatedSum(worst.length, (i) => ratios[worst[i]] * ratios[worst[i]])
    if (worst.length === 0) continue
    effective += worth
    for (const p of worst) {
      paths.push(first + p)
      weights.push((worth * ratios[p]) / sum)
    }
  }
  return { paths, weights: weights.map((weight) => weight / effective), effective }
}

export interface EliteMean {
  readonly mean: number
  readonly error: number
}

/** Weighted mean over the elite of a number of each path, with its standard error. */
export function eliteMean({ paths, weights }: Elite, numberOf: (path: number) => number): EliteMean {
  const mean = compensatedSum(paths.length, (i) => weights[i] * numberOf(paths[i]))
  const square = compensatedSum(paths.length, (i) => {
    const away = weights[i] * (numberOf(paths[i]) - mean)
    return away * away
  })
  return { mean, error: Math.sqrt(square) }
}

/** Standard errors that a new difference must be clear of; with some hundreds of candidates about one false one gets through. */
const clear = 3

/**
 * What to move by. A new move is drawn towards zero by the share of its square that its error explains, and is none where it is not
 * clear of its error: noise in many coordinates would cost more than a true one gains. A move that was made before stays where
 * later stages do not say otherwise: the mean of both by their precisions.
 * @param trust deviation of what was found before, in the unit of the difference
 */
export function settled({ mean, error }: EliteMean, before: number, trust: number): number {
  if (before === 0) {
    const ratio = Math.abs(mean) / Math.max(error, 1e-12)
    return ratio > clear ? mean * (1 - 1 / (ratio * ratio)) : 0
  }
  const now = 1 / Math.max(error * error, 1e-12)
  const then = 1 / (trust * trust)
  return (now * mean + then * before) / (now + then)
}
