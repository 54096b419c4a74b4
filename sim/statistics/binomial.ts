/** The binomial distribution: how many of n paths fail when each fails with probability p. */
import { requireCount } from './checks.ts'
import { incompleteBeta } from './specialFunctions.ts'

/** Two probabilities nearer than this (relative) are one: the error of the incomplete beta function at n = 1e7. */
const SAME = 1e-12

/**
 * P(X <= k) for X binomial(n, p), by the incomplete beta function (Abramowitz and Stegun 26.5.24).
 * @throws RangeError unless n is a count from 1 and p is from 0 to 1.
 */
export function binomialCdf(k: number, n: number, p: number): number {
  requireBinomial(n, p)
  if (k < 0) return 0
  if (k >= n) return 1
  const whole = Math.floor(k)
  return incompleteBeta(1 - p, n - whole, whole + 1, p)
}

/** P(X > k) for X binomial(n, p), without the cancellation of 1 - P(X <= k). */
export function binomialSurvival(k: number, n: number, p: number): number {
  requireBinomial(n, p)
  if (k < 0) return 1
  if (k >= n) return 0
  const whole = Math.floor(k)
  return incompleteBeta(p, whole + 1, n - whole, 1 - p)
}

/**
 * The smallest k with P(X <= k) >= probability, for X binomial(n, p). Probabilities equal to 1e-12 relative count as equal.
 * @throws RangeError unless n is a count from 1 and both probabilities are from 0 to 1.
 */
export function binomialQuantile(probability: number, n: number, p: number): number {
  requireBinomial(n, p)
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`invalid probability: ${probability}; from 0 to 1 wanted`)
  }
  if (probability === 0) return 0
  if (probability === 1) return p === 0 ? 0 : n
  const reached = (k: number) =>
    probability <= 0.5
      ? binomialCdf(k, n, p) >= probability * (1 - SAME)
      : binomialSurvival(k, n, p) <= (1 - probability) * (1 + SAME)
  return firstReached(reached, Math.round(n * p), Math.ceil(Math.sqrt(n * p * (1 - p))) + 1, n)
}

/** Smallest integer from 0 to n at which a monotone condition holds, searched outwards from a guess. */
function firstReached(reached: (k: number) => boolean, guess: number, stride: number, n: number): number {
  let low = guess
  let high = guess
  for (let step = stride; low >= 0 && reached(low); step *= 2) {
    high = low
    low -= step
  }
  for (let step = stride; high < n && !reached(high); step *= 2) {
    low = high
    high = Math.min(n, high + step)
  }
  low = Math.max(-1, low)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}

function requireBinomial(n: number, p: number): void {
  requireCount(n, 'number of paths', 1)
  if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid probability of one path: ${p}; from 0 to 1 wanted`)
}
