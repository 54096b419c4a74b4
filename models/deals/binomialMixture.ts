/** Numbers of defaults among few borrowers who share one factor: exact where the large-portfolio limit understates. */
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf, normalPdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { gaussLegendre } from '../../sim/kernel/maths/quadrature.ts'

const rule = gaussLegendre(20)
/** Beyond nine standard deviations lies 1e-19 of a normal. */
const reach = 9

/**
 * Probability of 0, 1, …, names defaults of identical borrowers who default independently given one Gaussian factor.
 * Source: Vasicek, Probability of Loss on Loan Portfolio (KMV, 1987); McNeil, Frey and Embrechts, Quantitative Risk Management, section 11.2.
 *
 * @param names number of borrowers, at least 1
 * @param pd probability of default
 * @param rho correlation of latent assets, 0 to 1
 * @returns names + 1 probabilities
 */
export function defaultCountProbabilities(names: number, pd: number, rho: number): Float64Array {
  const probabilities = new Float64Array(names + 1)
  if (pd === 0 || pd === 1 || rho >= 1) {
    probabilities[0] = 1 - pd
    probabilities[names] += pd
    return probabilities
  }
  const coefficients = logBinomials(names)
  if (rho <= 0) {
    addBinomial(probabilities, coefficients, log(pd), log(1 - pd), 1)
    return probabilities
  }
  // In units of `width` from `centre` the conditional probability of default is N(-x), whatever the correlation.
  const centre = normalQuantile(pd) / Math.sqrt(rho)
  const width = Math.sqrt((1 - rho) / rho)
  const from = Math.max(-reach, centre - reach * width)
  const to = Math.max(from, Math.min(reach, centre + reach * width))
  if (from > -reach) probabilities[names] += normalCdf(from)
  if (to < reach) probabilities[0] += normalCdf(-to)
  // The binomial of n names is a bump of width about 1 / sqrt(n) in x, and the factor's own density one of width 1 in z.
  const panels = Math.ceil((to - from) / (Math.min(1, width) * Math.min(1.5, 8 / Math.sqrt(names))))
  const half = (to - from) / (2 * panels)
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < rule.nodes.length; i++) {
      const z = from + half * (2 * panel + 1 + rule.nodes[i])
      const x = (z - centre) / width
      const weight = half * rule.weights[i] * normalPdf(z)
      addBinomial(probabilities, coefficients, log(normalCdf(-x)), log(normalCdf(x)), weight)
    }
  }
  return probabilities
}

/** Smallest number of defaults whose cumulated probability reaches q. */
export function defaultCountQuantile(probabilities: Float64Array, q: number): number {
  let cumulated = 0
  for (let k = 0; k < probabilities.length; k++) {
    cumulated += probabilities[k]
    if (cumulated >= q) return k
  }
  return probabilities.length - 1
}

function logBinomials(names: number): Float64Array {
  const logs = new Float64Array(names + 1)
  for (let k = 1; k <= names; k++) logs[k] = logs[k - 1] + log((names - k + 1) / k)
  return logs
}

function addBinomial(
  probabilities: Float64Array,
  coefficients: Float64Array,
  logDefault: number,
  logSurvival: number,
  weight: number,
): void {
  const names = coefficients.length - 1
  for (let k = 0; k <= names; k++) {
    probabilities[k] += weight * exp(coefficients[k] + k * logDefault + (names - k) * logSurvival)
  }
}
