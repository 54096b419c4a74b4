/** How well the variances behind an estimate of a tail are known, and so what a way of simulating gains. */
import { exp, log } from '../kernel/maths/elementary.ts'
import { requireOpenProbability } from './checks.ts'
import { groupMeans, type TailQuestion, type Terms, tailTerms } from './groupedEstimates.ts'
import { sampleVariance } from './means.ts'
import { studentMultiplier } from './student.ts'

/** A positive number whose logarithm has a standard error. */
export interface LogEstimate {
  readonly value: number
  readonly logError: number
  /** Of Student's multiplier. */
  readonly degrees: number
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

/**
 * Variances with the jackknife's error of their logarithms (R. G. Miller, Annals of Mathematical Statistics 39, 1968), blocks of whole
 * groups left out at a time so that value at risk, which is found anew without each, has a consistent error too (J. Shao and C. F. J.
 * Wu, Annals of Statistics 17, 1989). Student's multiplier has no more degrees of freedom than blocks, nor than tail paths.
 * @param tailPaths that the method’s own are worth, where these are not independent
 */
export function tailVariances(
  question: TailQuestion,
  { losses, weights, group }: GroupedPaths,
  tailPaths?: number,
): TailVariances {
  const all = Float64Array.from(losses)
  const ratios = weights === undefined ? new Float64Array(all.length).fill(1) : Float64Array.from(weights)
  const worth = tailPaths ?? tailTerms(question, all, ratios).tailPaths
  return jackknifed(all.length / group, worth, (keeps) => {
    const kept = (_: number, path: number): boolean => keeps(Math.floor(path / group))
    return variancesOf(tailTerms(question, all.filter(kept), ratios.filter(kept)), group)
  })
}

/** The same of terms that are not weight × value, such as residuals: their quantile is then taken for known. */
export function termVariances({ terms, tailPaths, ...rest }: Terms, group: number): TailVariances {
  return jackknifed(terms.length / group, tailPaths, (keeps) => {
    const kept = terms.filter((_, path) => keeps(Math.floor(path / group)))
    return variancesOf({ ...rest, tailPaths, terms: kept }, group)
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
  groups: number,
  tailPaths: number,
  logsWith: (keeps: (group: number) => boolean) => Logs,
): TailVariances {
  const whole = logsWith(() => true)
  const blocks = Math.min(mostBlocks, groups)
  const without =
    groups < 3 || tailPaths < leastTailPaths
      ? []
      : Array.from({ length: blocks }, (_, b) => logsWith((g) => g % blocks !== b))
  const degrees = Math.min(blocks, Math.floor(tailPaths)) - 1
  const estimate = (key: keyof Logs): LogEstimate | null => {
    const logs = without.map((one) => one[key])
    if (logs.length === 0 || ![whole[key], ...logs].every(Number.isFinite)) return null
    const variance = (sampleVariance(logs) as number) * ((blocks - 1) / blocks) * (blocks - 1)
    return { value: exp(whole[key]), logError: Math.sqrt(variance), degrees }
  }
  return {
    perPath: estimate('perPath'),
    plain: estimate('plain'),
    gain: estimate('gain'),
    relative: estimate('relative'),
  }
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
