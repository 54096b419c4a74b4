/** What a study of a tail says, in words that the report and the terminal share. */
import { normalQuantile } from '../../sim/kernel/maths/normal.ts'

import type { Pace } from '../../sim/studies/study.ts'
import type { Interval, MethodAnswer, TailsAnswer } from '../../sim/studies/tails/answer.ts'
import { amount, counted, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'

/** What is asked for, such as "mean of the worst 0.1 % of paths". */
export function tailWords({ tail, metric }: TailsAnswer): string {
  if (tail.kind === 'shortfall') return `mean of the worst ${percent(1 - tail.level)} of paths of ${metric.name}`
  if (tail.kind === 'mean') return `mean of ${metric.name}`
  if (metric.kind === 'event') return `probability of ${metric.name}`
  const scale = scaleOf(metric.unit, Math.abs(tail.beyond))
  return `probability that ${metric.name} is ${metric.bad === 'high' ? 'above' : 'below'} ${withUnit(tail.beyond, scale)}`
}

/** Shares of paths are per cents; a shortfall has the unit of its metric. */
export function tailScale({ tail, metric, methods }: TailsAnswer): Scale {
  if (tail.kind === 'probability') return { factor: 100, unit: '%' }
  return scaleOf(metric.unit, Math.max(...methods.map(({ estimate }) => Math.abs(estimate.value))))
}

export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`
}

export function estimateWords({ value }: Interval, scale: Scale): string {
  return withUnit(value, scale)
}

export function intervalWords({ lower, upper }: Interval, scale: Scale): string {
  return lower === null || upper === null ? 'no interval' : rangeText(lower, upper, scale)
}

/** Half of the interval over the estimate. */
export function precisionWords({ value, lower, upper }: Interval): string {
  if (lower === null || upper === null || value === 0) return 'unknown'
  return `±${percent((upper - lower) / (2 * Math.abs(value)))}`
}

/** A ratio with its interval, such as "12 (8.1 to 18)". */
export function gainWords(gain: Interval | null, factor = 1): string {
  if (gain === null || gain.lower === null || gain.upper === null) return 'unknown'
  const ratio = (value: number): string => String(Number((factor * value).toPrecision(2)))
  if (gain.lower === gain.value && gain.upper === gain.value) return ratio(gain.value)
  return `${ratio(gain.value)} (${ratio(gain.lower)} to ${ratio(gain.upper)})`
}

/** What a gain says against plain simulation. */
export function verdictWords(gain: Interval | null, factor = 1): string {
  if (gain === null || gain.lower === null || gain.upper === null) return 'unknown'
  if (factor * gain.lower > 1) return 'faster'
  return factor * gain.upper < 1 ? 'slower' : 'cannot be told apart'
}

/** Seconds of a plain path over those of a method’s path; 1 where either was not measured. */
export function paceRatio(paces: readonly Pace[], method: string): number {
  const of = (name: string): number | undefined => paces.find((pace) => pace.method === name)?.seconds
  const [plain, own] = [of('plain'), of(method)]
  return plain === undefined || own === undefined ? 1 : plain / own
}

/** Paths that a method needs for the precision wanted, its pilot included, by its own variance and the surest estimate. */
export function pathsNeeded(answer: TailsAnswer, method: MethodAnswer): number | null {
  if (method.method === 'plain') return answer.plainPathsNeeded
  const { value } = surest(answer).estimate
  if (value === 0 || method.variancePerPath === 0) return null
  const half = normalQuantile((1 + answer.confidence) / 2) / (answer.precision * value)
  return Math.ceil(method.pilotPaths + method.variancePerPath * half * half)
}

/** Time of plain simulation over the time of a method, pilot included, to the precision wanted. */
export function timeRatio(answer: TailsAnswer, method: MethodAnswer, paces: readonly Pace[]): number | null {
  const needed = pathsNeeded(answer, method)
  if (needed === null || answer.plainPathsNeeded === null) return null
  return (answer.plainPathsNeeded / needed) * paceRatio(paces, method.method)
}

/**
 * The method that leads: of those whose weights can be believed, the one with most paths in the tail. It is not chosen by its own
 * standard error, because the least of several errors is the one that is underestimated.
 */
export function surest({ methods }: TailsAnswer): MethodAnswer {
  const known = ({ estimate, tailPaths, weights }: MethodAnswer): number =>
    estimate.value === 0 || weights?.meanIsOne === false ? -1 : tailPaths
  return methods.reduce((a, b) => (known(b) > known(a) ? b : a))
}

/** The answer in one or two sentences. */
export function leadWords(answer: TailsAnswer): string {
  const best = surest(answer)
  const [plain] = answer.methods
  const scale = tailScale(answer)
  const few =
    best.tailPaths < answer.enoughTailPaths
      ? ` It stands on ${counted(Math.floor(best.tailPaths))} tail paths, fewer than the ${counted(answer.enoughTailPaths)} that a quoted number should have.`
      : ''
  const first = `The ${tailWords(answer)} is ${estimateWords(best.estimate, scale)} (${intervalWords(best.estimate, scale)}), by ${best.method} with ${counted(best.paths)} paths${best.pilotPaths > 0 ? ` after a pilot of ${counted(best.pilotPaths)}` : ''}.${few}`
  if (best === plain) return `${first} No way of steering found anything surer.`
  return `${first} Plain simulation says ${estimateWords(plain.estimate, scale)} (${intervalWords(plain.estimate, scale)}) with ${counted(plain.paths)} paths${answer.plainPathsNeeded === null ? '' : ` and would need about ${counted(answer.plainPathsNeeded)} for ±${percent(answer.precision)}`}.`
}

/** Whether the weights can be believed. */
export function weightWords({ weights }: MethodAnswer): string {
  if (weights === null) return ''
  const { mean, meanStandardError, meanIsOne, effectiveSampleSize, largest, largestShare } = weights
  const plain = { factor: 1, unit: '' }
  return (
    `mean weight ${amount(mean, plain)} ± ${amount(meanStandardError, plain)} (${meanIsOne ? '1 within four standard errors' : 'NOT 1: do not believe this estimate'}), ` +
    `worth ${counted(Math.floor(effectiveSampleSize))} equal paths, largest weight ${amount(largest, plain)} (${percent(largestShare)} of all)`
  )
}
