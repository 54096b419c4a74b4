/**
 * Screening by elementary effects: what a step of one input does, at many places of the box.
 *
 * M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991); the mean of
 * magnitudes by F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling and Software 22 (2007).
 */
import { requireCount, requireFinite } from './checks.ts'
import { expectationProduct, meanProduct, pathMean, squareOfMean } from './distinctPaths.ts'
import { type IntervalEstimate, type Resampling, rowBootstrap } from './rowBootstrap.ts'

export interface ElementaryEffects {
  /** Mean effect: a positive one raises the result. */
  readonly mu: IntervalEstimate
  /** Mean magnitude of the effect. */
  readonly muStar: IntervalEstimate
  /** Standard deviation of the effect over the box: interactions and curvature. */
  readonly sigma: IntervalEstimate
}

/**
 * Mean, mean magnitude and standard deviation of the elementary effects of each input, in units of the result over the whole
 * range of the input, with bootstrap intervals over trajectories.
 *
 * With several paths a cell the noise of the simulation is taken out: of the variance by products of different paths, of the
 * magnitude by taking each path times the sign that other paths show, which is zero in expectation where there is no effect,
 * and never above the magnitude.
 * @param effects effects[i][t] = effect of input i on trajectory t, one number a path (one path: a plain function); each
 * trajectory has paths of its own, which all its cells share
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
  const rows = effects.map(rowsOf)
  const found = rowBootstrap((weights) => rows.flatMap((own) => measures(own, weights)), trajectories, resampling)
  return effects.map((_, i) => {
    const [mu, muStar, variance] = found.slice(3 * i, 3 * i + 3)
    return { mu, muStar, sigma: rootOf(variance) }
  })
}

/** One effect of an input. */
interface Row {
  readonly mean: number
  readonly magnitude: number
  /** Square of its expectation. */
  readonly square: number
}

function rowsOf(effects: readonly Float64Array[]): Row[] {
  const n = effects[0].length
  const own = effects.map((effect) => momentsOf(n, n * pathMean(effect), n * meanProduct(effect, effect)))
  const total = (of: keyof Moments): number => own.reduce((sum, one) => sum + one[of], 0)
  const all = { sum: total('sum'), variance: total('variance') }
  return effects.map((effect, t) => {
    const others = { sum: all.sum - own[t].sum, variance: all.variance - own[t].variance }
    return {
      mean: pathMean(effect),
      magnitude: crossedMagnitude(effect, others),
      square: expectationProduct(effect, effect),
    }
  })
}

/** Sum of some values, and the variance of that sum. */
interface Moments {
  readonly sum: number
  readonly variance: number
}

function momentsOf(count: number, sum: number, squares: number): Moments {
  return { sum, variance: Math.max(0, squares - (sum * sum) / count) }
}

/**
 * Mean over paths of each value times the sign of the effect in the eyes of the others: of the other paths of the trajectory,
 * or of all other trajectories where these see it more clearly, as they do where an effect has one sign everywhere.
 */
function crossedMagnitude(effect: Float64Array, others: Moments): number {
  const n = effect.length
  if (n === 1) return Math.abs(effect[0])
  const sum = n * pathMean(effect)
  const squares = n * meanProduct(effect, effect)
  let magnitude = 0
  for (const value of effect) {
    const here = momentsOf(n - 1, sum - value, squares - value * value)
    magnitude += value * Math.sign(clarity(here) >= clarity(others) ? here.sum : others.sum)
  }
  return magnitude / n
}

/** Square of a sum over its variance: the larger, the surer its sign. */
function clarity({ sum, variance }: Moments): number {
  return sum === 0 ? 0 : (sum * sum) / variance
}

/** mu, mu* and the variance of the effects of one input. */
function measures(rows: readonly Row[], weights: Float64Array): number[] {
  let [count, mean, magnitude, squares, meanSquares] = [0, 0, 0, 0, 0]
  for (let t = 0; t < rows.length; t++) {
    const weight = weights[t]
    count += weight
    mean += weight * rows[t].mean
    magnitude += weight * rows[t].magnitude
    squares += weight * rows[t].square
    meanSquares += weight * rows[t].mean * rows[t].mean
  }
  return [mean / count, magnitude / count, squares / count - squareOfMean(mean, meanSquares, count)]
}

/** The root of a variance and of its bounds; below zero, where noise alone can take an estimate, zero. */
function rootOf({ value, lower, upper }: IntervalEstimate): IntervalEstimate {
  const root = (x: number | null) => (x === null ? null : Math.sqrt(Math.max(0, x)))
  return { value: Math.sqrt(Math.max(0, value)), lower: root(lower), upper: root(upper) }
}
