/** Glut, normal, shortage: a Markov chain by the day, and the level of rents that follows it with a lag. */
import { exp } from '../../sim/kernel/maths/elementary.ts'

export const glut = 0
export const normal = 1
export const shortage = 2
export const regimes = 3

export interface RegimeLaw {
  /** Row-major 3 × 3: probability from one regime (row) to another within a day. */
  readonly transition: Float64Array
  /** Level of rents above the floor in each regime, normal = 1. */
  readonly levels: Float64Array
  /** Share of the gap to the level of the regime that is left after a day. */
  readonly keep: number
}

/**
 * Daily transition matrix from mean lengths; glut and shortage end in a normal market.
 * @param glutShare probability that a normal market ends in a glut
 */
export function regimeTransition(
  glutDays: number,
  normalDays: number,
  shortageDays: number,
  glutShare: number,
): Float64Array {
  const toGlut = glutShare / normalDays
  const toShortage = (1 - glutShare) / normalDays
  const rows = [1 - 1 / glutDays, 1 / glutDays, 0, toGlut, 1 - toGlut - toShortage, toShortage]
  return Float64Array.from([...rows, 0, 1 / shortageDays, 1 - 1 / shortageDays])
}

/** Share of a gap that is left after a day when 63 % of it goes within `days`. */
export function keptADay(days: number): number {
  return exp(-1 / days)
}

/** The regime tomorrow, by inversion of one uniform draw. */
export function nextRegime(transition: Float64Array, regime: number, uniform: number): number {
  const row = regimes * regime
  if (uniform < transition[row]) return glut
  return uniform < transition[row] + transition[row + 1] ? normal : shortage
}

/**
 * Expected level on each day from a known start: the chain and the lag are linear, so the mean obeys m' = m keep + (1 - keep) E[level].
 * @param start regime of day 0, where the level is that of the regime
 * @returns days + 1 numbers
 */
export function expectedLevels(law: RegimeLaw, start: number, days: number): Float64Array {
  const means = new Float64Array(days + 1)
  let chances = Float64Array.from({ length: regimes }, (_, r) => (r === start ? 1 : 0))
  means[0] = law.levels[start]
  for (let day = 1; day <= days; day++) {
    chances = advance(chances, law.transition)
    means[day] = law.keep * means[day - 1] + (1 - law.keep) * dot(chances, law.levels)
  }
  return means
}

/**
 * What the regimes to come add to the level: E[level in n days | regime r, level L] = keep^n L + ahead[n × 3 + r].
 * @returns (days + 1) × 3 numbers, row-major
 */
export function levelsAhead(law: RegimeLaw, days: number): Float64Array {
  const { transition, levels, keep } = law
  const ahead = new Float64Array((days + 1) * regimes)
  let remembered = 1
  for (let n = 1; n <= days; n++) {
    for (let r = 0; r < regimes; r++) {
      let sum = 0
      for (let s = 0; s < regimes; s++) {
        sum += transition[regimes * r + s] * (remembered * (1 - keep) * levels[s] + ahead[(n - 1) * regimes + s])
      }
      ahead[n * regimes + r] = sum
    }
    remembered *= keep
  }
  return ahead
}

/** Long-run probability of each regime: each is its rate of entry times its mean length. */
export function stationaryRegimes(transition: Float64Array): Float64Array {
  const inGlut = transition[3] / (1 - transition[0])
  const inShortage = transition[5] / (1 - transition[8])
  const total = inGlut + 1 + inShortage
  return Float64Array.of(inGlut / total, 1 / total, inShortage / total)
}

/**
 * Long-run variance of the level over its mean squared. With q, m, s the probability and the first two moments of the level in
 * a regime, P' the move of the chain and b = (1 - keep) level: m = keep P'm + b q and s = keep² P's + 2 keep b P'm + b² q.
 */
export function relativeLevelVariance(law: RegimeLaw): number {
  const { transition, levels, keep } = law
  const chances = stationaryRegimes(transition)
  const added = levels.map((level) => (1 - keep) * level)
  const first = solveForgetting(
    transition,
    keep,
    added.map((b, r) => b * chances[r]),
  )
  const moved = advance(first, transition)
  const second = solveForgetting(
    transition,
    keep * keep,
    added.map((b, r) => 2 * keep * b * moved[r] + b * b * chances[r]),
  )
  const mean = first[0] + first[1] + first[2]
  return (second[0] + second[1] + second[2]) / (mean * mean) - 1
}

/** Solves x = keep P'x + known by elimination; columns are dominated by their diagonal, so no pivoting is needed. */
function solveForgetting(transition: Float64Array, keep: number, known: Float64Array): Float64Array {
  const a = Float64Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [Math.floor(k / 3), k % 3]
    return (row === column ? 1 : 0) - keep * transition[3 * column + row]
  })
  const x = Float64Array.from(known)
  for (let pivot = 0; pivot < 3; pivot++) {
    for (let row = pivot + 1; row < 3; row++) {
      const factor = a[3 * row + pivot] / a[3 * pivot + pivot]
      for (let column = pivot; column < 3; column++) a[3 * row + column] -= factor * a[3 * pivot + column]
      x[row] -= factor * x[pivot]
    }
  }
  for (let row = 2; row >= 0; row--) {
    for (let column = row + 1; column < 3; column++) x[row] -= a[3 * row + column] * x[column]
    x[row] /= a[3 * row + row]
  }
  return x
}

function advance(chances: Float64Array, transition: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: regimes }, (_, s) => {
    return chances[0] * transition[s] + chances[1] * transition[3 + s] + chances[2] * transition[6 + s]
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
