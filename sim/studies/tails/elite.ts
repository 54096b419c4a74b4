/** The worst paths of a sample, and what their luck has in common that ordinary luck has not. */
import { compensatedSum } from '../../statistics/summation.ts'

/** Weights of the worst paths, of sum one; the other paths have none. */
export interface Elite {
  readonly paths: readonly number[]
  readonly weights: readonly number[]
  /** As many equal paths would say as much (Kish 1965). */
  readonly effective: number
}

/** Paths at or beyond a severity, by their importance weights. */
export function eliteOf(severities: Float64Array, weights: Float64Array, level: number): Elite {
  const paths: number[] = []
  for (let p = 0; p < severities.length; p++) if (severities[p] >= level && weights[p] > 0) paths.push(p)
  const sum = compensatedSum(paths.length, (i) => weights[paths[i]])
  const shares = paths.map((p) => weights[p] / sum)
  const squares = compensatedSum(shares.length, (i) => shares[i] * shares[i])
  return { paths, weights: shares, effective: squares > 0 ? 1 / squares : 0 }
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

/**
 * A difference drawn towards zero by the share of its square that its error explains, and to zero where it is not clear of its
 * error: noise in many coordinates would cost more than a true one gains.
 */
export function shrunk(difference: number, error: number, clear: number): number {
  const ratio = Math.abs(difference) / Math.max(error, 1e-12)
  return ratio > clear ? difference * (1 - 1 / (ratio * ratio)) : 0
}
