/** When enough paths have been drawn: accepting a level, and stopping early without fooling oneself by looking often. */
import { normalQuantile } from '../kernel/maths/normal.ts'
import { binomialCdf } from './binomial.ts'
import { requireCount, requireOpenProbability } from './checks.ts'
import { bonferroni, clopperPearson, type Interval } from './intervals.ts'

/**
 * The most failures among n paths at which the one-sided Clopper-Pearson bound still certifies a failure probability of
 * at most `failureProbability`; null where even no failure is too few paths.
 * @throws RangeError unless n >= 1 and both probabilities are between 0 and 1.
 */
export function maxFailures(n: number, failureProbability: number, confidence: number): number | null {
  requireCount(n, 'number of paths', 1)
  requireOpenProbability(failureProbability, 'failure probability')
  requireOpenProbability(confidence, 'confidence')
  const certified = (k: number) => binomialCdf(k, n, failureProbability) <= (1 - confidence) * (1 + 1e-12)
  if (!certified(0)) return null
  let low = 0
  let high = Math.max(1, Math.ceil(n * failureProbability))
  while (certified(high)) {
    low = high
    high = Math.min(n, 2 * high)
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (certified(middle)) low = middle
    else high = middle
  }
  return low
}

/** Paths for an interval of p +- halfWidth, n = z^2 p (1 - p) / halfWidth^2 (normal approximation, for planning). */
export function pathsForHalfWidth(p: number, halfWidth: number, confidence: number): number {
  requireOpenProbability(p, 'probability')
  requireOpenProbability(confidence, 'confidence')
  if (!(halfWidth > 0)) throw new RangeError(`invalid half-width: ${halfWidth}; above 0 wanted`)
  const z = normalQuantile((1 - confidence) / 2)
  return Math.ceil((z / halfWidth) * (z / halfWidth) * p * (1 - p) * (1 - 1e-12))
}

/** Looks at the result only at these numbers of paths, fixed before the first is drawn. */
export interface SequentialPlan {
  /** Ascending numbers of paths at which the result is looked at. */
  readonly checks: readonly number[]
  /** Confidence that every interval of every look holds. */
  readonly confidence: number
}

/** A plan whose looks grow by a factor from `first` to `last` paths: as many looks as doublings, not as batches. */
export function geometricPlan(first: number, last: number, confidence: number, factor = 2): SequentialPlan {
  requireCount(first, 'first check', 1)
  requireCount(last, 'last check', first)
  if (!(factor > 1)) throw new RangeError(`invalid factor between checks: ${factor}; above 1 wanted`)
  requireOpenProbability(confidence, 'confidence')
  const checks = [first]
  for (let next = first * factor; next < last; next *= factor) {
    const whole = Math.ceil(next)
    if (whole > (checks[checks.length - 1] as number) && whole < last) checks.push(whole)
  }
  if (last > first) checks.push(last)
  return { checks, confidence }
}

/**
 * The interval of a failure probability after the looks taken so far. Each look has a Clopper-Pearson interval at an equal
 * share of the error (Bonferroni over all planned looks), so all hold at once and so does what they have in common,
 * however the moment to stop is chosen. Null where they have nothing in common, which happens with at most the stated error.
 * @param failures failures among the first checks[0], checks[1], … paths; as many as looks were taken.
 * @throws RangeError when more looks than planned are given, or counts fall or exceed their paths.
 */
export function sequentialInterval(plan: SequentialPlan, failures: readonly number[]): Interval | null {
  requireCount(failures.length, 'number of looks', 1, plan.checks.length)
  const each = bonferroni(plan.confidence, plan.checks.length)
  let lower = 0
  let upper = 1
  failures.forEach((k, look) => {
    const previous = look === 0 ? 0 : (failures[look - 1] as number)
    if (k < previous) throw new RangeError(`invalid failures: ${k} at look ${look} after ${previous}; they only grow`)
    const interval = clopperPearson(k, plan.checks[look] as number, each)
    lower = Math.max(lower, interval.lower)
    upper = Math.min(upper, interval.upper)
  })
  return lower <= upper ? { lower, upper } : null
}

/** What to do after a look, and why. */
export interface SequentialDecision {
  readonly stop: boolean
  readonly answer: 'precise' | 'below' | 'above' | 'undecided'
  readonly interval: Interval | null
}

/**
 * Stops once the interval's half-width is at most `relativeHalfWidth` of the estimate and at least `minimumFailures` paths
 * failed; at the last planned look it stops undecided.
 * Source: Glynn and Whitt (1992), Annals of Applied Probability 2, with the looks corrected for.
 */
export function decidePrecision(
  plan: SequentialPlan,
  failures: readonly number[],
  relativeHalfWidth = 0.1,
  minimumFailures = 20,
): SequentialDecision {
  if (!(relativeHalfWidth > 0)) throw new RangeError(`invalid half-width: ${relativeHalfWidth}; above 0 wanted`)
  const interval = sequentialInterval(plan, failures)
  const k = failures[failures.length - 1] as number
  const estimate = k / (plan.checks[failures.length - 1] as number)
  const half = interval === null ? Infinity : (interval.upper - interval.lower) / 2
  if (k >= minimumFailures && half <= relativeHalfWidth * estimate) return { stop: true, answer: 'precise', interval }
  return { stop: failures.length === plan.checks.length, answer: 'undecided', interval }
}

/** Stops once the interval lies wholly below (or at) or wholly above a limit such as 1 % a year. */
export function decideLimit(plan: SequentialPlan, failures: readonly number[], limit: number): SequentialDecision {
  requireOpenProbability(limit, 'limit')
  const interval = sequentialInterval(plan, failures)
  if (interval !== null && interval.upper <= limit) return { stop: true, answer: 'below', interval }
  if (interval !== null && interval.lower > limit) return { stop: true, answer: 'above', interval }
  return { stop: failures.length === plan.checks.length, answer: 'undecided', interval }
}
