/**
 * Screening by elementary effects: what a step of one input does, at many places of the box.
 *
 * M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991); the mean of
 * magnitudes by F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling and Software 22 (2007).
 */
import { requireCount, requireFinite } from './checks.ts'
import { crossedBootstrap, type IntervalEstimate, type Resampling } from './crossedBootstrap.ts'
import { expectationProduct, type PathWeights, pathWeights } from './distinctPaths.ts'

export interface ElementaryEffects {
  /** Mean effect: a positive one raises the result. */
  readonly mu: IntervalEstimate
  /** Mean magnitude of the effect. */
  readonly muStar: IntervalEstimate
  /** Standard deviation of the effect over the box: interactions and curvature. */
  readonly sigma: IntervalEstimate
}

/** Groups of paths: the sign of an effect is taken from the other groups, so that its own noise cannot make it large. */
const strata = 4

/**
 * Mean, mean magnitude and standard deviation of the elementary effects of each input, in units of the result over the whole
 * range of the input, with bootstrap intervals over trajectories and paths.
 *
 * With several paths a cell the noise of the simulation is taken out: of the variance by products of different paths, of the
 * magnitude by taking each group of paths times the sign that the other groups show, which is zero in expectation where
 * there is no effect, and never above the magnitude.
 * @param effects effects[i][t] = effect of input i on trajectory t, one number a path (one path: a plain function)
 * @throws RangeError when inputs differ in their number of trajectories or paths, or a value is not finite
 */
export function morrisMeasures(
  effects: readonly (readonly Float64Array[])[],
  resampling: Resampling,
): ElementaryEffects[] {
  const trajectories = effects[0]?.length ?? 0
  requireCount(trajectories, 'number of trajectories', 2)
  const paths = effects[0][0].length
  effects.forEach((ofInput, i) => {
    if (ofInput.length !== trajectories) {
      throw new RangeError(`unequal trajectories: ${ofInput.length} of input ${i}; ${trajectories} wanted`)
    }
    for (const effect of ofInput) {
      if (effect.length !== paths) throw new RangeError(`unequal paths of input ${i}: ${effect.length}, not ${paths}`)
      requireFinite(effect, `effects of input ${i}`)
    }
  })
  const sample = { rows: trajectories, paths, strata: Math.min(strata, paths) }
  const found = crossedBootstrap(
    (rows, weights) => effects.flatMap((ofInput) => measures(ofInput, rows, pathWeights(weights), sample.strata)),
    sample,
    resampling,
  )
  return effects.map((_, i) => {
    const [mu, muStar, variance] = found.slice(3 * i, 3 * i + 3)
    return { mu, muStar, sigma: rootOf(variance) }
  })
}

/** mu, mu* and the variance of the effects of one input. */
function measures(effects: readonly Float64Array[], rows: Float64Array, luck: PathWeights, groups: number): number[] {
  const sums = new Float64Array(luck.weights.length)
  let count = 0
  let magnitude = 0
  let squares = 0
  for (let t = 0; t < rows.length; t++) {
    if (rows[t] === 0) continue
    count += rows[t]
    magnitude += rows[t] * crossedMagnitude(effects[t], luck, groups)
    squares += rows[t] * expectationProduct(luck, effects[t], effects[t])
    for (let p = 0; p < sums.length; p++) sums[p] += rows[t] * effects[t][p]
  }
  let sum = 0
  for (let p = 0; p < sums.length; p++) sum += luck.weights[p] * sums[p]
  const variance = (squares - expectationProduct(luck, sums, sums) / count) / (count - 1)
  return [sum / luck.total / count, magnitude / count, variance]
}

/** Each group's part of the mean effect, times the sign of the others' parts. */
function crossedMagnitude(effect: Float64Array, { weights, total }: PathWeights, groups: number): number {
  if (effect.length === 1) return Math.abs(effect[0])
  const parts = new Float64Array(groups)
  for (let p = 0; p < effect.length; p++) parts[p % groups] += weights[p] * effect[p]
  const all = parts.reduce((sum, part) => sum + part, 0)
  return parts.reduce((sum, part) => sum + part * Math.sign(all - part), 0) / total
}

/** The root of a variance and of its bounds; below zero, where noise alone can take an estimate, zero. */
function rootOf({ value, lower, upper }: IntervalEstimate): IntervalEstimate {
  const root = (x: number | null) => (x === null ? null : Math.sqrt(Math.max(0, x)))
  return { value: Math.sqrt(Math.max(0, value)), lower: root(lower), upper: root(upper) }
}
