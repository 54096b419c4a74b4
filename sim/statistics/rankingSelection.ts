/** Choosing the best of several policies with a stated probability of being right. */
import { exp, log } from '../kernel/maths/elementary.ts'
import { normalCdf } from '../kernel/maths/normal.ts'
import { findRoot } from '../kernel/maths/solve.ts'
import { requireCount, requireOpenProbability } from './checks.ts'
import { logGamma } from './specialFunctions.ts'

const NODES = 160

/** Nodes x and weights f(x) dx of the chi-square law, by the trapezoid rule in log x, which converges exponentially. */
function chiSquareNodes(degrees: number): { inverses: Float64Array; weights: Float64Array } {
  const low = log(degrees) - 60 / degrees - 2
  const high = log(degrees + 12 * Math.sqrt(2 * degrees) + 60)
  const step = (high - low) / (NODES - 1)
  const half = degrees / 2
  const constant = logGamma(half) + half * log(2)
  const inverses = new Float64Array(NODES)
  const weights = new Float64Array(NODES)
  for (let i = 0; i < NODES; i++) {
    const x = exp(low + i * step)
    inverses[i] = degrees / x
    weights[i] = step * exp(half * log(x) - x / 2 - constant)
  }
  return { inverses, weights }
}

/** Probability that the best of k policies is chosen when all others are worse by exactly the indifference zone. */
function chanceOfCorrect(h: number, rivals: number, inverses: Float64Array, weights: Float64Array): number {
  let total = 0
  for (let j = 0; j < NODES; j++) {
    let one = 0
    for (let i = 0; i < NODES; i++) {
      const scale = Math.sqrt((inverses[i] as number) + (inverses[j] as number))
      one += (weights[i] as number) * normalCdf(h / scale)
    }
    let all = 1
    for (let r = 0; r < rivals; r++) all *= one
    total += (weights[j] as number) * all
  }
  return total
}

/**
 * Rinott's constant h: after n0 first paths a policy, each gets max(n0, ceil((h s / delta)^2)) paths in all, and the one
 * with the best mean is the best with probability `probability` when it leads by at least delta. To about 1e-9.
 * Source: Rinott (1978), Communications in Statistics A7; tables in Bechhofer, Santner and Goldsman (1995).
 * @throws RangeError unless 2 <= policies <= 1000, firstPaths >= 3 and 1/policies < probability < 1.
 */
export function rinott(policies: number, probability: number, firstPaths: number): number {
  requireCount(policies, 'number of policies', 2, 1000)
  requireCount(firstPaths, 'first paths a policy', 3)
  requireOpenProbability(probability, 'probability of a correct choice')
  if (probability <= 1 / policies) {
    throw new RangeError(
      `invalid probability of a correct choice: ${probability}; above 1/${policies} (guessing) wanted`,
    )
  }
  const { inverses, weights } = chiSquareNodes(firstPaths - 1)
  const chance = (h: number) => chanceOfCorrect(h, policies - 1, inverses, weights)
  let high = 4
  while (chance(high) < probability) {
    high *= 2
    if (high > 1e6) throw new RangeError(`no constant: ${firstPaths} first paths are too few for ${probability}`)
  }
  return findRoot((h) => chance(h) - probability, 0, high, { tolerance: 1e-11 })
}

/** Paths each policy needs in all, given the standard deviation of its first paths and the smallest lead that matters. */
export function rinottPaths(h: number, deviation: number, lead: number, firstPaths: number): number {
  if (!(lead > 0)) throw new RangeError(`invalid smallest lead: ${lead}; above 0 wanted`)
  if (!(deviation >= 0)) throw new RangeError(`invalid standard deviation: ${deviation}; at least 0 wanted`)
  const ratio = (h * deviation) / lead
  return Math.max(firstPaths, Math.ceil(ratio * ratio))
}
