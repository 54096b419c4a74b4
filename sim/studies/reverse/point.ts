/**
 * The design point of a mode: the smallest move of the luck's centre at which failing is as likely as not. Where the limit of
 * failure is flat this is the point of Hasofer and Lind. The direction is at first what the failing paths of the mode have in common
 * (cross-entropy: Rubinstein and Kroese, The Cross-Entropy Method, 2004), then that in which failures become likelier fastest around
 * the point, while that brings it nearer.
 */
import { normalCdf } from '../../kernel/maths/normal.ts'
import { dot, norm } from '../../statistics/vectors.ts'
import type { CoordinateValue, DesignPointAnswer } from './answer.ts'
import type { Bench } from './bench.ts'
import { type Crossing, type CrossingRange, crossing } from './crossing.ts'
import { centreOf, directionOf } from './directions.ts'
import { countOf } from './failure.ts'
import { cloudOf, type FailingPath, type Mode, modeOf } from './modes.ts'
import { share } from './shares.ts'
import { relativeDensity } from './shockSpace.ts'

/** Standard deviations beyond which no point is sought. */
const farthest = 6
const mostTurns = 4
/** How much of a turn is taken; the whole is right for a flat limit, less for one that bends. */
const turnsTaken = [1, 0.5, 0.25]
/** Coordinates smaller than this share of the largest may be chance. */
const small = 0.3
/** Share of paths by which a turned direction must be better. */
const leastGain = 0.03

export interface FoundPoint {
  readonly mode: Mode
  readonly point: Float64Array
  readonly answer: Omit<DesignPointAnswer, 'rank'>
}

/** @returns the point, or in words why there is none */
export async function findPoint(bench: Bench, modes: readonly Mode[], mode: Mode): Promise<FoundPoint | string> {
  let direction = directionOf(centreOf(cloudOf(mode.members)))
  if (direction === null) {
    return `no number of the luck of its ${mode.members.length} paths is clearly out of the ordinary`
  }
  let { value } = await along(bench, bench.luck.search, direction, {
    from: 0,
    to: farthest,
    grid: 3,
    rounds: 3,
    middle: true,
  })
  let turns = 0
  for (; turns < mostTurns && value !== null; turns++) {
    const better = await turned(bench, modes, mode, direction, value)
    if (better === null) break
    direction = better
    const range = { from: value / 2, to: value, grid: 2, rounds: 2, middle: true }
    const nearer = await along(bench, bench.luck.search, direction, range)
    value = nearer.value ?? value
  }
  if (value === null) {
    return `along the direction of its paths fewer than half fail even ${farthest} standard deviations away`
  }
  return measured(bench, mode, direction, value, turns)
}

/**
 * Without turning: where half of the paths fail along what some paths have in common, or where these paths are if they never do;
 * null where they have nothing in common.
 */
export async function roughPoint(bench: Bench, paths: readonly FailingPath[]): Promise<Float64Array | null> {
  const centre = centreOf(cloudOf(paths))
  const direction = directionOf(centre)
  if (direction === null) return null
  const range = { from: 0, to: farthest, grid: 3, rounds: 3, middle: true }
  const { value } = await along(bench, bench.luck.search, direction, range)
  const distance = value ?? dot(direction, centre.mean)
  return direction.map((x) => x * distance)
}

/**
 * The distance along the last direction with its interval, on paths that had no part in the search, and the share that fails
 * there, on yet others: those that placed the point would fail on half of them whatever the truth is.
 */
async function measured(
  bench: Bench,
  mode: Mode,
  direction: Float64Array,
  near: number,
  turns: number,
): Promise<FoundPoint> {
  const exact = await along(bench, bench.luck.measure, direction, {
    from: 0,
    to: Math.max(1, 2 * near),
    grid: 3,
    rounds: 4,
  })
  const beta = exact.value ?? near
  const point = direction.map((x) => x * beta)
  const { searchPaths, confidence } = bench.question.effort
  const { quote } = bench.luck
  const { failed } = await bench.cell(bench.steeringAt(point), quote, quote + searchPaths)
  return {
    mode,
    point,
    answer: {
      beta,
      lower: exact.lower,
      upper: exact.upper,
      relativeDensity: relativeDensity(beta),
      flatProbability: normalCdf(-beta),
      coordinates: namedValues(bench, point),
      failing: share(countOf(failed), searchPaths, confidence),
      monotone: exact.monotone,
      turns,
    },
  }
}

/** How far along a direction half of the paths fail. @param first number of the paths */
function along(bench: Bench, first: number, direction: Float64Array, range: CrossingRange): Promise<Crossing> {
  const { searchPaths, confidence } = bench.question.effort
  const fail = (distances: readonly number[]): Promise<readonly number[]> =>
    Promise.all(distances.map((distance) => failuresAt(bench, first, direction, distance)))
  return crossing(fail, searchPaths, range, confidence)
}

async function failuresAt(bench: Bench, first: number, direction: Float64Array, distance: number): Promise<number> {
  const steering = bench.steeringAt(direction.map((x) => x * distance))
  return countOf((await bench.cell(steering, first, first + bench.question.effort.searchPaths)).failed)
}

/**
 * A direction in which more paths fail at the same distance: turned towards that in which failures of the mode become likelier
 * fastest, or freed of what may be chance. That is how far the luck of its failing paths around the point lies from that of all
 * paths there (the score function; Rubinstein and Shapiro, Discrete Event Systems, 1993); on a flat limit it is the direction of
 * the point itself.
 * @returns null where there is none
 */
async function turned(
  bench: Bench,
  modes: readonly Mode[],
  mode: Mode,
  direction: Float64Array,
  distance: number,
): Promise<Float64Array | null> {
  const { searchPaths, witnesses, leastPaths } = bench.question.effort
  const { search } = bench.luck
  const cell = await bench.cell(bench.steeringAt(direction.map((x) => x * distance)), search, search + searchPaths)
  const own = (await bench.failingPaths(cell, witnesses)).filter((path) => modeOf(modes, path) === mode)
  const steepest = own.length < leastPaths ? null : steepestOf(own, cell.luck, direction.length)
  const candidates = steepest === null ? [] : turnsTaken.map((taken) => between(direction, steepest, taken))
  const largest = Math.max(...direction.map(Math.abs))
  if (direction.some((x) => x !== 0 && Math.abs(x) < small * largest)) {
    candidates.push(unit(direction.map((x) => (Math.abs(x) < small * largest ? 0 : x))))
  }
  const failures = await Promise.all(candidates.map((candidate) => failuresAt(bench, search, candidate, distance)))
  let best: Float64Array | null = null
  let most = countOf(cell.failed) + leastGain * searchPaths
  failures.forEach((count, i) => {
    if (count <= most) return
    most = count
    best = candidates[i]
  })
  return best
}

function steepestOf(own: readonly FailingPath[], luck: Float64Array, d: number): Float64Array | null {
  const { mean, effective } = centreOf({ rows: own.map((path) => path.luck) })
  const all = new Float64Array(d)
  for (let i = 0; i < luck.length; i++) all[i % d] += (luck[i] * d) / luck.length
  return directionOf({ mean: mean.map((x, c) => x - all[c]), effective })
}

function between(from: Float64Array, to: Float64Array, taken: number): Float64Array {
  return unit(from.map((x, c) => (1 - taken) * x + taken * to[c]))
}

function unit(vector: Float64Array): Float64Array {
  const length = norm(vector)
  return length === 0 ? vector : vector.map((x) => x / length)
}

/** The coordinates of a point that are not 0, the largest first. */
export function namedValues(bench: Bench, point: ArrayLike<number>): readonly CoordinateValue[] {
  return bench.space.coordinates
    .map(({ name, meaning }, c) => ({ coordinate: name, meaning, value: point[c] }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
}
