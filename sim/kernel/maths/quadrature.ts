/** Numerical integration. */
import { InputError } from '../errors.ts'
import { cos, pi } from './trigonometric.ts'

/** Nodes in (−1, 1), ascending, and their weights, which sum to 2. */
export interface QuadratureRule {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * The Gauss-Legendre rule with n nodes, exact for polynomials up to degree 2n − 1.
 *
 * Newton's method on the Legendre polynomial from Tricomi's guess (P. J. Davis and P. Rabinowitz, "Methods of Numerical
 * Integration", 2nd ed. 1984, section 2.7).
 * @throws InputError when n is not a whole number from 1 to 1000.
 */
export function gaussLegendre(n: number): QuadratureRule {
  if (!(Number.isInteger(n) && n >= 1 && n <= 1000))
    throw new InputError(`number of nodes ${n} cannot be used; give a whole number from 1 to 1000`)
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; 2 * i < n; i += 1) {
    let x = 2 * i + 1 === n ? 0 : cos((pi * (i + 0.75)) / (n + 0.5))
    let slope = 0
    for (let turn = 0; turn < 6; turn += 1) {
      const [value, derivative] = legendre(n, x)
      slope = derivative
      x -= value / derivative
    }
    nodes[i] = -x
    nodes[n - 1 - i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
    weights[n - 1 - i] = weights[i]
  }
  return { nodes, weights }
}

/** The Legendre polynomial of degree n and its derivative at x in (−1, 1), by the three-term recursion. */
function legendre(n: number, x: number): [number, number] {
  let previous = 1
  let value = x
  for (let k = 2; k <= n; k += 1) {
    const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k
    previous = value
    value = next
  }
  return [value, (n * (x * value - previous)) / (x * x - 1)]
}

/** ∫ f over [from, to] by a rule on each of `panels` equal parts. */
export function integrate(
  f: (x: number) => number,
  from: number,
  to: number,
  rule: QuadratureRule,
  panels = 1,
): number {
  const half = (to - from) / (2 * panels)
  let sum = 0
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = from + (2 * panel + 1) * half
    for (let i = 0; i < rule.nodes.length; i += 1) sum += rule.weights[i] * f(middle + half * rule.nodes[i])
  }
  return sum * half
}

const coarse = gaussLegendre(10)
const fine = gaussLegendre(21)

/**
 * ∫ f over [from, to] to an absolute tolerance: a part is halved until rules of 10 and 21 nodes agree on
 * it, to its share of the tolerance or to 13 digits.
 *
 * @throws InputError when some part is still unsettled after 40 halvings, as at a pole.
 */
export function integrateAdaptively(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  return integratePart(f, from, to, tolerance, 40)
}

function integratePart(
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance: number,
  halvings: number,
): number {
  const value = integrate(f, from, to, fine)
  const difference = Math.abs(value - integrate(f, from, to, coarse))
  if (difference <= tolerance || difference <= 1e-13 * Math.abs(value)) return value
  if (halvings === 0)
    throw new InputError(`integral near ${from} did not settle to ${tolerance}; give a function without a pole there`)
  const middle = 0.5 * (from + to)
  return (
    integratePart(f, from, middle, 0.5 * tolerance, halvings - 1) +
    integratePart(f, middle, to, 0.5 * tolerance, halvings - 1)
  )
}
