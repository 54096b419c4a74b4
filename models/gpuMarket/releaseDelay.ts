/** When a planned generation comes: the delay is a shifted Gamma law, tabulated by the day. */
import { InputError } from '../../sim/kernel/errors.ts'
import { exp, log, log1p } from '../../sim/kernel/maths/elementary.ts'

/** Beyond mean + 16 standard deviations a Gamma law of any shape that occurs here has less than 1e-7 left. */
const deviationsKept = 16

export interface DelayLaw {
  /** The earliest delay, days. */
  readonly earliest: number
  /** Probability that the delay falls into day i after the earliest one; sums to 1. */
  readonly weights: Float64Array
}

/**
 * Gamma law of a delay, by the day: density x^(k - 1) exp(-x / scale) of the time x after the earliest, k = ((mean - earliest) / sd)².
 * The power is integrated over each day, since it may rise without end at the earliest moment; the exponential is read at midday.
 * @throws InputError when the mean delay is not above the earliest
 */
export function delayLaw(mean: number, deviation: number, earliest: number): DelayLaw {
  const above = mean - earliest
  if (!(above > 0)) {
    throw new InputError(
      `releaseDelayMean ${mean} must be above releaseEarliest ${earliest}; the earliest delay is not the mean`,
    )
  }
  const shape = (above / deviation) * (above / deviation)
  const scale = above / shape
  const days = Math.ceil(above + deviationsKept * deviation)
  const logs = Float64Array.from({ length: days }, (_, i) => {
    const power = shape * log(i + 1) + log1p(-exp(shape * log(i / (i + 1))))
    return power - (i + 0.5) / scale
  })
  const most = logs.reduce((best, x) => Math.max(best, x), Number.NEGATIVE_INFINITY)
  const densities = logs.map((x) => exp(x - most))
  const total = densities.reduce((sum, x) => sum + x, 0)
  return { earliest, weights: densities.map((x) => x / total) }
}

/** The delay at a probability in (0, 1), days: by inversion, evenly inside a day. */
export function delayQuantile(law: DelayLaw, probability: number): number {
  const { earliest, weights } = law
  let below = 0
  for (let i = 0; i < weights.length; i++) {
    if (probability < below + weights[i]) return earliest + i + (probability - below) / weights[i]
    below += weights[i]
  }
  return earliest + weights.length
}

/** Probability that the delay is at most `days`. */
export function delayProbability({ earliest, weights }: DelayLaw, days: number): number {
  let sum = 0
  for (let i = 0; i < weights.length && earliest + i < days; i++) sum += weights[i] * Math.min(1, days - earliest - i)
  return Math.min(1, sum)
}

/**
 * Expected share of older rents that is left `ahead` days after `today`, when the release has not come by today: E[exp(-step (1 -
 * exp(-speed age)))], age the time since the release, 0 before it. A release overdue beyond all doubt is expected at once.
 *
 * @param planned day of the plan
 * @param step fall in the end, log points
 * @param speed of its absorption, 1/day
 */
export function expectedStepFactor(
  law: DelayLaw,
  planned: number,
  step: number,
  speed: number,
  today: number,
  ahead: number,
): number {
  let chance = 0
  let sum = 0
  for (let i = 0; i < law.weights.length; i++) {
    const release = planned + law.earliest + i + 0.5
    if (release <= today) continue
    chance += law.weights[i]
    sum += law.weights[i] * stepFactor(step, speed, today + ahead - release)
  }
  return chance > 1e-9 ? sum / chance : stepFactor(step, speed, ahead)
}

function stepFactor(step: number, speed: number, age: number): number {
  return age <= 0 ? 1 : exp(-step * (1 - exp(-speed * age)))
}
