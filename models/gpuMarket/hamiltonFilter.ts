/** Which regime the market was in, told from its returns: the filter that calibrates the regimes from data. */
import { exp, log } from '../../sim/kernel/maths/elementary.ts'

const logTwoPi = 1.8378770664093453

export interface FilteredRegimes {
  readonly logLikelihood: number
  /** For each observation, the probability of each regime given the data up to it. */
  readonly probabilities: number[][]
}

/**
 * Hamilton filter of a Markov-switching normal: before each observation the regime moves by one transition, then Bayes' rule updates it.
 * Weights are scaled by the largest log density, so that an observation far from every mean does not underflow.
 * Source: Hamilton, Econometrica 57 (1989); Hamilton, Time Series Analysis (1994), section 22.4.
 *
 * @param observations one number a period
 * @param means mean of the observation in each regime
 * @param sds standard deviation in each regime, positive
 * @param transition row i holds the probabilities from regime i to each regime
 * @param initial probability of each regime before the first move
 */
export function hamiltonFilter(
  observations: readonly number[],
  means: readonly number[],
  sds: readonly number[],
  transition: readonly (readonly number[])[],
  initial: readonly number[],
): FilteredRegimes {
  let logLikelihood = 0
  let current: readonly number[] = initial
  const probabilities: number[][] = []
  for (const observation of observations) {
    const logDensities = means.map((mean, k) => {
      const distance = (observation - mean) / sds[k]!
      return -0.5 * (distance * distance + logTwoPi) - log(sds[k]!)
    })
    const predicted = means.map((_, k) => current.reduce((sum, weight, i) => sum + weight * transition[i]![k]!, 0))
    const largest = logDensities.reduce(
      (best, density, k) => (predicted[k]! > 0 ? Math.max(best, density) : best),
      -Infinity,
    )
    const joint = predicted.map((weight, k) => (weight > 0 ? weight * exp(logDensities[k]! - largest) : 0))
    const total = joint.reduce((sum, weight) => sum + weight, 0)
    logLikelihood += largest + log(total)
    current = joint.map((weight) => weight / total)
    probabilities.push([...current])
  }
  return { logLikelihood, probabilities }
}
