/** How well the variances behind an estimate of a tail are known, and so what a way of simulating gains. */
import { exp, log } from '../kernel/maths/elementary.ts'
import { requireOpenProbability } from './checks.ts'
import { groupMeans, type TailQuestion, type Terms, tailTerms } from './groupedEstimates.ts'
import { meanWithInterval, sampleVariance } from './means.ts'
import { studentMultiplier } from './student.ts'

/** A positive number whose logarithm has a standard error. */
export interface LogEstimate {
  readonly value: number
  readonly logError: number
  /** Of Student's multiplier. */
  readonly degrees: number
  /** Logarithms with each block of paths left out. */
  readonly without?: readonly number[]
}

export interface PositiveInterval {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** Each null where it cannot be known: too few paths in the tail, or all of them in one block of paths. */
export interface TailVariances {
  /** What one path of the method is worth. */
  readonly perPath: LogEstimate | null
  /** Of a path of plain luck, by the same paths. */
  readonly plain: LogEstimate | null
  /** Plain over the method's own; errors that both share fall out. */
  readonly gain: LogEstimate | null
  /** Plain over the square of the estimate: what plain paths need for a precision is proportional to it. */
  readonly relative: LogEstimate | null
}

/** Blocks of groups that are left out one at a time: few enough that quantiles move, many enough for Student's multiplier. */
const mostBlocks = 20
/** Tail paths below which an interval would span some powers of ten. */
const leastTailPaths = 5

export interface GroupedPaths {
  readonly losses: ArrayLike<number>
  readonly weights?: ArrayLike<number>
  /** Paths of a group; groups are independent of each other. */
  readonly group: number
}

/** Which paths are left out together: so many in a row, each stretch going to the next of the blocks. */
export interface Blocks {
  /** A multiple of the group. */
  readonly stretch: number
  readonly count: number
}

/** The blocks by which the variances of grouped paths are found. */
export function blocksOf(paths: number, group: number): Blocks {
  return { stretch: group, count: Math.min(mostBlocks, Math.floor(paths / group)) }
}

/**
 * Variances with the jackknife's error of their logarithms (R. G. Miller, Annals of Mathematical Statistics 39, 1968), blocks of whole
 * groups left out at a time so that value at risk, which is found anew without each, has a consistent error too (J. Shao and C. F. J.
 * Wu, Annals of Statistics 17, 1989). Student's multiplier has no more degrees of freedom than blocks, nor than tail paths.
 * @param tailPaths that the method’s own are worth, where these are not independent
 * @param blocks those of another method, to be held against it where both have paths in common
 */
export function tailVariances(
  question: TailQuestion,
  { losses, weights, group }: GroupedPaths,
  tailPaths?: number,
  blocks: Blocks = blocksOf(losses.length, group),
): TailVariances {
  const all = Float64Array.from(losses)
  const ratios = weights === undefined ? new Float64Array(all.length).fill(1) : Float64Array.from(weights)
  const worth = tailPaths ?? tailTerms(question, all, ratios).tailPaths
  return jackknifed(blocks, worth, (keeps) => {
    const kept = (_: number, path: number): boolean => keeps(path)
    return variancesOf(tailTerms(question, all.filter(kept), ratios.filter(kept)), group)
  })
}

/**
 * The same of terms that are not weight × value, such as residuals: their quantile is then taken for known. They say nothing of the
 * variance of plain luck.
 */
export function termVariances(
  { terms, value, tailPaths }: Pick<Terms, 'terms' | 'value' | 'tailPaths'>,
  group: number,
  blocks: Blocks = blocksOf(terms.length, group),
): TailVariances {
  return jackknifed(blocks, tailPaths, (keeps) => {
    const kept = terms.filter((_, path) => keeps(path))
    return variancesOf({ value, tailPaths, terms: kept, plainVariance: Number.NaN }, group)
  })
}

type Logs = Readonly<Record<keyof TailVariances, number>>

/** Logarithms; not finite where there is nothing to take one of. */
function variancesOf({ value, terms, plainVariance }: Terms, group: number): Logs {
  const own = (sampleVariance(groupMeans(terms, group)) ?? 0) * group
  const [perPath, plain, square] = [own, plainVariance, value * value].map((x) => (x > 0 ? log(x) : Number.NaN))
  return { perPath, plain, gain: plain - perPath, relative: plain - square }
}

function jackknifed(
  { stretch, count }: Blocks,
  tailPaths: number,
  logsWith: (keeps: (path: number) => boolean) => Logs,
): TailVariances {
  const whole = logsWith(() => true)
  const withoutEach =
    count < 3 || tailPaths < leastTailPaths
      ? []
      : Array.from({ length: count }, (_, b) => logsWith((path) => Math.floor(path / stretch) % count !== b))
  const degrees = Math.min(count, Math.floor(tailPaths)) - 1
  const estimate = (key: keyof Logs): LogEstimate | null => {
    const without = withoutEach.map((one) => one[key])
    if (without.length === 0 || ![whole[key], ...without].every(Number.isFinite)) return null
    return { value: exp(whole[key]), logError: errorOf(without), degrees, without }
  }
  return {
    perPath: estimate('perPath'),
    plain: estimate('plain'),
    gain: estimate('gain'),
    relative: estimate('relative'),
  }
}

/** The jackknife’s standard error. @param without the logarithm with each block left out */
function errorOf(without: readonly number[]): number {
  const { length } = without
  return Math.sqrt((sampleVariance(without) as number) * ((length - 1) / length) * (length - 1))
}

/** The same for a method one path of which takes some share of the work of a plain one. */
export function perWork(variances: TailVariances, work: number): TailVariances {
  const times = (one: LogEstimate | null, factor: number) => one && { ...one, value: one.value * factor }
  return { ...variances, perPath: times(variances.perPath, work), gain: times(variances.gain, 1 / work) }
}

/** One over another that was found on other paths; degrees of freedom by Welch and Satterthwaite (Biometrics Bulletin 2, 1946). */
export function quotient(one: LogEstimate, other: LogEstimate): LogEstimate {
  const [a, b] = [one.logError * one.logError, other.logError * other.logError]
  const degrees = a + b > 0 ? ((a + b) * (a + b)) / ((a * a) / one.degrees + (b * b) / other.degrees) : one.degrees
  return { value: one.value / other.value, logError: Math.sqrt(a + b), degrees }
}

/**
 * One over another that was found on the same paths, wholly or in part: with each block of paths left out of both, so that what they
 * share falls out.
 * @throws RangeError unless both were found by the same blocks
 */
export function quotientOfShared(one: LogEstimate, other: LogEstimate): LogEstimate {
  const { without: above = [] } = one
  const { without: below = [] } = other
  if (above.length < 2 || above.length !== below.length) {
    throw new RangeError(`invalid blocks: ${above.length} and ${below.length}; the same number of both wanted`)
  }
  const without = above.map((log, b) => log - below[b])
  return {
    value: one.value / other.value,
    logError: errorOf(without),
    degrees: Math.min(one.degrees, other.degrees),
    without,
  }
}

/** Student's interval of the logarithm. */
export function intervalOf({ value, logError, degrees }: LogEstimate, confidence: number): PositiveInterval {
  requireOpenProbability(confidence, 'confidence')
  const half = studentMultiplier(confidence, degrees) * logError
  return { value, lower: value * exp(-half), upper: value * exp(half) }
}

/** What a pilot leaves of a gain: the paths of plain simulation over those of a method with its pilot, to the same error. */
export function gainWithPilot(
  gain: PositiveInterval,
  plainPaths: PositiveInterval,
  pilotPaths: number,
): PositiveInterval {
  // It grows with both, so that the rectangle of both intervals holds it wherever it holds them.
  const at = (end: keyof PositiveInterval): number => 1 / (pilotPaths / plainPaths[end] + 1 / gain[end])
  return { value: at('value'), lower: at('lower'), upper: at('upper') }
}

/**
 * How many times one positive measurement is the other, by pairs that met the same circumstances: the geometric mean of their ratios.
 * @returns null for fewer than two pairs, or where a measurement is not above 0
 */
export function pairedRatio(numerators: readonly number[], denominators: readonly number[]): LogEstimate | null {
  const count = numerators.length
  const logs = numerators.map((numerator, i) => log(numerator / denominators[i]))
  if (count < 2 || denominators.length !== count || !logs.every(Number.isFinite)) return null
  const { mean, standardError } = meanWithInterval(logs, 0.95)
  return { value: exp(mean), logError: standardError as number, degrees: count - 1 }
}

/** The product of two numbers that are known independently: half-widths of their logarithms add in squares. */
export function productInterval(one: PositiveInterval, other: PositiveInterval): PositiveInterval {
  const half = (end: 'lower' | 'upper'): number => {
    const [a, b] = [log(one[end] / one.value), log(other[end] / other.value)]
    return Math.sqrt(a * a + b * b)
  }
  const value = one.value * other.value
  return { value, lower: value * exp(-half('lower')), upper: value * exp(half('upper')) }
}
