/** What a study of a tail says, in words that the report and the terminal share. */
import { intervalOf, type PositiveInterval, pairedRatio, productInterval } from '../../sim/statistics/tailVariances.ts'
import type { Pace } from '../../sim/studies/study.ts'
import type { Interval, MethodAnswer, TailsAnswer } from '../../sim/studies/tails/answer.ts'
import { capital, lowered } from '../dialWords.ts'
import { amount, counted, levelText, rangeText, roundedUpPaths, type Scale, scaleOf, withUnit } from '../format.ts'

/** What is asked for, such as "Lowest coverage of AID, mean of the worst 0.1 % of paths"; begins a sentence. */
export function tailWords({
  tail,
  metric,
}: {
  readonly tail: TailsAnswer['tail']
  readonly metric: Pick<TailsAnswer['metric'], 'meaning' | 'unit' | 'kind' | 'bad'>
}): string {
  const { meaning } = metric
  if (tail.kind === 'shortfall') return `${meaning}, mean of the worst ${briefPercent(1 - tail.level)} of paths`
  if (tail.kind === 'mean') return `${meaning}, mean`
  if (metric.kind === 'event') return `Probability that ${lowered(meaning)}`
  const limit =
    metric.unit === '1' ? levelText(tail.beyond) : withUnit(tail.beyond, scaleOf(metric.unit, Math.abs(tail.beyond)))
  return `Probability of ${metric.bad === 'high' ? 'more' : 'less'} than ${limit}: ${lowered(meaning)}`
}

/** Shares of paths are per cents; a shortfall has the unit of its metric. */
export function tailScale({ tail, metric, methods }: TailsAnswer): Scale {
  if (tail.kind === 'probability') return { factor: 100, unit: '%' }
  return scaleOf(metric.unit, Math.max(...methods.map(({ estimate }) => Math.abs(estimate.value))))
}

/** A share in per cent with at most three digits, no zeros added: what was asked for reads as it was asked. */
export function briefPercent(share: number): string {
  return levelText(Number(share.toPrecision(3)))
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
  return `±${briefPercent((upper - lower) / (2 * Math.abs(value)))}`
}

/** A ratio with its interval, such as "12 (8.1 to 18)". */
export function gainWords(gain: Interval | null): string {
  if (gain === null || gain.lower === null || gain.upper === null) return 'unknown'
  const ratio = (value: number): string => String(Number(value.toPrecision(2)))
  if (gain.lower === gain.value && gain.upper === gain.value) return ratio(gain.value)
  return `${ratio(gain.value)} (${ratio(gain.lower)} to ${ratio(gain.upper)})`
}

/** What a gain says against plain simulation. */
export function verdictWords(gain: Interval | null): string {
  if (gain === null || gain.lower === null || gain.upper === null) return ''
  if (gain.lower > 1) return 'faster'
  return gain.upper < 1 ? 'slower' : 'cannot be told apart'
}

/** Seconds of a plain path over those of a method’s path; 1 where either was not measured. */
function paceRatio(paces: readonly Pace[], method: string, confidence: number): PositiveInterval {
  const of = (name: string): readonly number[] => paces.find((pace) => pace.method === name)?.turns ?? []
  const ratio = method === 'plain' ? null : pairedRatio(of('plain'), of(method))
  return ratio === null ? { value: 1, lower: 1, upper: 1 } : intervalOf(ratio, confidence)
}

/** A gain a path as a gain per second; what is not known of the times widens it. */
export function perSecond(
  gain: Interval | null,
  method: string,
  paces: readonly Pace[],
  confidence: number,
): Interval | null {
  if (gain === null || gain.lower === null || gain.upper === null) return null
  const { value, lower, upper } = gain
  return productInterval({ value, lower, upper }, paceRatio(paces, method, confidence))
}

/** Paths that a method needs for the precision wanted, its pilot included. */
export function pathsNeeded({ plainPathsNeeded }: TailsAnswer, { saving }: MethodAnswer): number | null {
  return saving === null || plainPathsNeeded === null ? null : Math.ceil(plainPathsNeeded.value / saving.value)
}

/** How many times as fast as plain simulation a method comes to the precision wanted, its pilot included. */
export function speedOf(
  { method, saving }: MethodAnswer,
  paces: readonly Pace[],
  { confidence }: TailsAnswer,
): Interval | null {
  return perSecond(saving, method, paces, confidence)
}

/** The method that leads. */
export function surest({ methods, surest: name }: TailsAnswer): MethodAnswer {
  return methods.find(({ method }) => method === name) as MethodAnswer
}

/** The answer in a few sentences: the tail, what plain simulation says, which way is cheaper, and what was left out. */
export function leadWords(answer: TailsAnswer, paces: readonly Pace[]): string {
  return [estimateSentence(answer), plainSentence(answer), cheaperSentence(answer, paces), ...leftOutSentences(answer)]
    .filter((words) => words !== '')
    .join(' ')
}

function estimateSentence(answer: TailsAnswer): string {
  const { method, estimate, paths, pilotPaths, tailPaths } = surest(answer)
  const scale = tailScale(answer)
  const pilot = pilotPaths > 0 ? ` after ${counted(pilotPaths)} that chose how to draw them` : ''
  const few =
    tailPaths < answer.enoughTailPaths
      ? ` An indication, not a result: paths in the tail are worth ${counted(Math.floor(tailPaths))}, and a quoted number should have ${counted(answer.enoughTailPaths)}.`
      : ''
  return `${tailWords(answer)}: ${estimateWords(estimate, scale)} (${intervalWords(estimate, scale)}), by ${nameWords(method)} with ${counted(paths)} paths${pilot}.${few}`
}

function plainSentence(answer: TailsAnswer): string {
  const [plain] = answer.methods
  const { plainPathsNeeded: needed, precision } = answer
  const scale = tailScale(answer)
  const says = `${estimateWords(plain.estimate, scale)} (${intervalWords(plain.estimate, scale)}) with ${counted(plain.paths)} paths`
  const needs = needed === null ? '' : `would need about ${neededWords(needed)} for ±${briefPercent(precision)}`
  if (surest(answer) === plain) return needs === '' ? '' : `Plain simulation ${needs}.`
  return `Plain simulation says ${says}${needs === '' ? '' : ` and ${needs}`}.`
}

/** 97,000 (62,000 to 150,000). */
export function neededWords({ value, lower, upper }: Interval): string {
  const range = lower === null || upper === null ? '' : ` (${roundedUpPaths(lower)} to ${roundedUpPaths(upper)})`
  return `${roundedUpPaths(value)}${range}`
}

/** Which way of simulating is cheapest for this question, or that it cannot be told. */
function cheaperSentence(answer: TailsAnswer, paces: readonly Pace[]): string {
  const to = `to ±${briefPercent(answer.precision)}`
  const rows = answer.methods
    .filter(({ method, weights }) => method !== 'plain' && weights?.meanIsOne !== false)
    .flatMap((one) => {
      const speed = speedOf(one, paces, answer)
      return speed === null ? [] : [{ method: one.method, speed, verdict: verdictWords(speed) }]
    })
    .sort((a, b) => b.speed.value - a.speed.value)
  const [best] = rows
  if (best === undefined) return `What other ways would gain cannot be told: too few of their paths reached the tail.`
  const faster = rows.filter(({ verdict }) => verdict === 'faster')
  if (faster.length > 0) return fasterSentence(faster, to, answer.confidence)
  if (rows.every(({ verdict }) => verdict === 'slower')) {
    return `For this question plain simulation is cheaper than any other way: ${nameWords(best.method)} would take ${gainWords(inverse(best.speed))} times as long ${to}, any pilot included.`
  }
  return `No way is surely faster than plain simulation ${to}: ${speedWords(best)}, any pilot included.`
}

interface Speed {
  readonly method: string
  readonly speed: Interval
}

/** Ways that are faster than plain simulation, by the middle of their intervals; one is the fastest where no other's overlaps its own. */
function fasterSentence(faster: readonly Speed[], to: string, confidence: number): string {
  const [first, ...others] = faster
  const tied = others.filter(({ speed }) => speed.upper === null || speed.upper >= (first.speed.lower ?? 0))
  if (tied.length === 0) {
    return `Fastest ${to} ${isPlural(first.method) ? 'are' : 'is'} ${first.method}: ${gainWords(first.speed)} times as fast as plain simulation, any pilot included.`
  }
  const all = [first, ...tied]
  const names = listed(all.map(({ method }) => method))
  return `Faster than plain simulation ${to} are ${names}: ${listed(all.map(({ speed }) => gainWords(speed)))} times as fast, any pilot included. Their intervals overlap, so that they cannot be ranked; each holds at ${levelText(confidence)} by itself.`
}

/** 'a, b and c'. */
function listed(words: readonly string[]): string {
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}

function speedWords({ method, speed }: Speed): string {
  return `${nameWords(method)} ${isPlural(method) ? 'are' : 'is'} ${gainWords(speed)} times as fast`
}

/** Pairs, variates and points are many. */
function isPlural(method: string): boolean {
  return method.endsWith('s')
}

function inverse({ value, lower, upper }: Interval): Interval {
  return { value: 1 / value, lower: upper && 1 / upper, upper: lower && 1 / lower }
}

function leftOutSentences({ leftOut, methods }: TailsAnswer): string[] {
  return leftOut.map(({ method, why }) => {
    const stands = methods.some((one) => one.method === method)
    return `${capital(method)} ${isPlural(method) ? 'were' : 'was'} ${stands ? 'set aside' : 'left out'}: ${why}.`
  })
}

/** 'plain simulation' for 'plain'. */
function nameWords(method: string): string {
  return method === 'plain' ? 'plain simulation' : method
}

/** How evenly its replications share the tail. */
export function replicationWords({ method, largestReplication }: MethodAnswer): string {
  if (largestReplication === null) return ''
  return `Of the weight of the tail by ${method} one replication has ${briefPercent(largestReplication)}; no other has more.`
}

/** Whether the weights can be believed. */
export function weightWords({ weights }: MethodAnswer): string {
  if (weights === null) return ''
  const { mean, meanStandardError, meanIsOne, effectiveSampleSize, largest, largestShare } = weights
  const plain = { factor: 1, unit: '' }
  return (
    `mean weight ${amount(mean, plain)} ± ${amount(meanStandardError, plain)} (${meanIsOne ? '1 within four standard errors' : 'NOT 1: do not believe this estimate'}), ` +
    `worth ${counted(Math.floor(effectiveSampleSize))} equal paths, largest weight ${amount(largest, plain)} (${briefPercent(largestShare)} of all)`
  )
}
