/**
 * When creditors whose claims mature one by one refuse to roll over: the threshold of a dynamic run, solved in closed
 * pieces.
 */
import { InputError } from '../../sim/kernel/errors.ts'
import { pow } from '../../sim/kernel/maths/elementary.ts'
import { findRoot } from '../../sim/kernel/maths/solve.ts'

export interface DynamicRun {
  /** Creditors' discount rate, a year. */
  rho: number
  /** Interest on the claim, a year. */
  r: number
  /** Rate at which the asset matures, a year. */
  phi: number
  /** Share of the asset's value that a forced sale brings. */
  alpha: number
  /** Growth of the fundamental, a year, below rho + phi. */
  mu: number
  /** Volatility of the fundamental, a square-root year. */
  sigma: number
  /** How often the outstanding credit lines fail in a run: failure comes at rate theta delta. */
  theta: number
  /** Rate at which a claim matures, a year: 1 / average maturity. */
  delta: number
}

/** On one piece of the fundamental the value solves rate V = mu y V' + sigma^2 y^2 V'' / 2 + constant + linear y. */
interface Piece {
  readonly rate: number
  readonly constant: number
  readonly linear: number
}

/**
 * What a bounded solution obeys at a point: y V' = slope V + intercept. Carrying this line is stable where carrying V
 * is not.
 */
interface Relation {
  readonly slope: number
  readonly intercept: number
}

/**
 * The fundamental y* below which maturing creditors run: the solution of V(y*; y*) = 1 for the value V(y; y*) of a
 * claim when all others run below y*,
 *   rho V = mu y V' + sigma^2 y^2 V'' / 2 + r + phi (min(1, y) - V)
 *           + 1{y < y*} (theta delta (min(L + l y, 1) - V) + delta (1 - V)),
 * with the forced-sale value L = alpha r / (rho + phi) and l = alpha phi / (rho + phi - mu).
 * Source: He and Xiong, Dynamic Debt Runs, Review of Financial Studies 25 (2012).
 * @throws InputError on parameters out of bounds, or where creditors never or always run.
 */
export function heXiong(run: DynamicRun): number {
  requireBounds(run)
  const gain = (y: number): number => valueAtThreshold(run, y) - 1
  const low = search(gain, 0.5, (value) => value < 0, 'creditors never run; an interest r below rho + phi is right')
  const high = search(
    gain,
    2,
    (value) => value > 0,
    'creditors run at any fundamental; an interest r above rho is right',
  )
  return findRoot(gain, low, high)
}

function search(gain: (y: number) => number, step: number, found: (value: number) => boolean, message: string): number {
  let y = 1
  for (let turn = 0; turn < 60; turn++) {
    if (found(gain(y))) return y
    y *= step
  }
  throw new InputError(message)
}

function requireBounds(run: DynamicRun): void {
  for (const name of ['rho', 'r', 'phi', 'alpha', 'theta', 'delta'] as const)
    if (!(run[name] >= 0)) throw new InputError(`${name} ${run[name]} is wrong; 0 or more is right`)
  if (!(run.sigma > 0)) throw new InputError(`sigma ${run.sigma} is wrong; above 0 is right`)
  if (!(run.rho + run.phi > run.mu))
    throw new InputError(`mu ${run.mu} is wrong; below rho + phi = ${run.rho + run.phi} is right`)
}

/** V(y; y): the value of a claim at the threshold that all others use. */
function valueAtThreshold(run: DynamicRun, threshold: number): number {
  const sale = forcedSale(run)
  const marks = [1, sale.covered]
  const below = [0, ...marks.filter((mark) => mark > 0 && mark < threshold).sort((a, b) => a - b), threshold]
  const above = [Number.POSITIVE_INFINITY, ...(threshold < 1 ? [1] : []), threshold]
  const left = carryTo(run, below, true)
  const right = carryTo(run, above, false)
  return (right.intercept - left.intercept) / (left.slope - right.slope)
}

/** Forced-sale value L + l y, and the fundamental from which it covers the claim in full. */
function forcedSale(run: DynamicRun): { constant: number; linear: number; covered: number } {
  const constant = (run.alpha * run.r) / (run.rho + run.phi)
  const linear = (run.alpha * run.phi) / (run.rho + run.phi - run.mu)
  const covered = constant >= 1 ? 0 : linear > 0 ? (1 - constant) / linear : Number.POSITIVE_INFINITY
  return { constant, linear, covered }
}

function pieceAt(run: DynamicRun, y: number, running: boolean): Piece {
  const sale = forcedSale(run)
  const failure = running ? run.theta * run.delta : 0
  const maturity = running ? run.delta : 0
  const covered = y >= sale.covered
  return {
    rate: run.rho + run.phi + failure + maturity,
    constant: run.r + (y < 1 ? 0 : run.phi) + failure * (covered ? 1 : sale.constant) + maturity,
    linear: (y < 1 ? run.phi : 0) + failure * (covered ? 0 : sale.linear),
  }
}

/**
 * Carries the relation of the solution that stays bounded at points[0] (0 or infinity) through every mark to the last
 * point.
 */
function carryTo(run: DynamicRun, points: readonly number[], running: boolean): Relation {
  const first = points[1]!
  const outer = points[0] === 0 ? first / 2 : first * 2
  let relation = boundedRelation(run, pieceAt(run, outer, running), first, running)
  for (let i = 2; i < points.length; i++) {
    const [from, to] = [points[i - 1]!, points[i]!]
    relation = carry(run, pieceAt(run, 0.5 * (from + to), running), relation, from, to)
  }
  return relation
}

function boundedRelation(run: DynamicRun, piece: Piece, y: number, fromZero: boolean): Relation {
  const roots = exponents(run, piece.rate)
  const slope = fromZero ? roots.positive : roots.negative
  return { slope, intercept: particularSlope(run, piece, y) - slope * particular(run, piece, y) }
}

/** Through one piece V = particular + C (y / to)^away + D (y / from)^back, both powers at most 1 on it. */
function carry(run: DynamicRun, piece: Piece, relation: Relation, from: number, to: number): Relation {
  const roots = exponents(run, piece.rate)
  const [away, back] = to > from ? [roots.positive, roots.negative] : [roots.negative, roots.positive]
  const awayAtFrom = pow(from / to, away)
  const backAtTo = pow(to / from, back)
  const residual =
    relation.slope * particular(run, piece, from) + relation.intercept - particularSlope(run, piece, from)
  const backConstant = residual / (back - relation.slope)
  const backPerAway = (awayAtFrom * (relation.slope - away)) / (back - relation.slope)
  const slope = (away + back * backAtTo * backPerAway) / (1 + backAtTo * backPerAway)
  const value = particular(run, piece, to) + backAtTo * backConstant
  const scaledSlope = particularSlope(run, piece, to) + back * backAtTo * backConstant
  return { slope, intercept: scaledSlope - slope * value }
}

/** The powers of y that solve the homogeneous equation: roots of sigma^2 n (n - 1) / 2 + mu n = rate. */
function exponents(run: DynamicRun, rate: number): { positive: number; negative: number } {
  const variance = run.sigma * run.sigma
  const drift = run.mu - 0.5 * variance
  const root = Math.sqrt(drift * drift + 2 * variance * rate)
  // The sum of like signs, and the product of the roots (-2 rate / variance) for the other, lose no digits.
  return drift > 0
    ? { positive: (2 * rate) / (drift + root), negative: -(drift + root) / variance }
    : { positive: (root - drift) / variance, negative: (-2 * rate) / (root - drift) }
}

function particular(run: DynamicRun, piece: Piece, y: number): number {
  return piece.constant / piece.rate + (piece.linear * y) / (piece.rate - run.mu)
}

/** y times the derivative of the particular solution. */
function particularSlope(run: DynamicRun, piece: Piece, y: number): number {
  return (piece.linear * y) / (piece.rate - run.mu)
}
