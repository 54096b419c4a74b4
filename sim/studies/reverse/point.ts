/**
 * The design point of a mode: the smallest move of the luck's centre at which failing is as likely as not. Where the limit of
 * failure is flat this is the point of Hasofer and Lind. The direction is at first what the failing paths of the mode have in common
 * (cross-entropy: Rubinstein and Kroese, The Cross-Entropy Method, 2004), then that in which failures become likelier fastest around
 * the point, while that brings it nearer.
 */
import { normalCdf } from '../../kernel/maths/normal.ts'
import { angle } from '../../statistics/vectors.ts'
import type { CoordinateValue, DesignPointAnswer } from './answer.ts'
import type { Bench } from './bench.ts'
import { type Crossing, crossing } from './crossing.ts'
import { centreOf, directionOf } from './directions.ts'
import { countOf } from './failure.ts'
import { type Mode, modeOf } from './modes.ts'
import { share } from './shares.ts'
import { relativeDensity } from './shockSpace.ts'

/** Standard deviations beyond which no point is sought. */
const farthest = 6
const mostTurns = 3
/** Directions this near, in degrees, are the same. */
const same = 8

export interface FoundPoint {
  readonly mode: Mode
  readonly point: Float64Array
  readonly answer: Omit<DesignPointAnswer, 'rank'>
}

/** @returns the point, or in words why there is none */
export async function findPoint(bench: Bench, modes: readonly Mode[], mode: Mode): Promise<FoundPoint | string> {
  let direction = directionOf(centreOf({ rows: mode.members.map(({ luck }) => luck) }))
  if (direction === null) {
    return `no number of the luck of its ${mode.members.length} paths is clearly out of the ordinary`
  }
  let reach = await along(bench, direction, { rounds: 3 })
  let turns = 0
  for (; turns < mostTurns && reach.value !== null; turns++) {
    const next = await turned(bench, modes, mode, direction, reach.value)
    if (next === null || angle(next, direction) < same) break
    const nearer = await along(bench, next, { rounds: 3 })
    if (nearer.value === null || nearer.value >= reach.value) break
    direction = next
    reach = nearer
  }
  if (reach.value === null) {
    return `along the direction of its paths fewer than half fail even ${farthest} standard deviations away`
  }
  const exact = await along(bench, direction, { rounds: 5 })
  const beta = exact.value ?? reach.value
  const point = direction.map((x) => x * beta)
  const { searchPaths, confidence } = bench.question.effort
  const { failed } = await bench.cell(bench.steeringAt(point), 0, searchPaths)
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

/** How far along a direction half of the paths fail. */
function along(bench: Bench, direction: Float64Array, { rounds }: { rounds: number }): Promise<Crossing> {
  const { searchPaths, confidence } = bench.question.effort
  const fail = (distances: readonly number[]): Promise<readonly number[]> =>
    Promise.all(
      distances.map(async (distance) => {
        const steering = bench.steeringAt(direction.map((x) => x * distance))
        return countOf((await bench.cell(steering, 0, searchPaths)).failed)
      }),
    )
  return crossing(fail, searchPaths, { from: 0, to: farthest, grid: 3, rounds, middle: rounds < 5 }, confidence)
}

/**
 * The direction in which failures of the mode become likelier fastest: how far the luck of its failing paths around the point lies
 * from that of all paths there (the score function; Rubinstein and Shapiro, Discrete Event Systems, 1993). On a flat limit it is
 * the direction of the point itself.
 */
async function turned(
  bench: Bench,
  modes: readonly Mode[],
  mode: Mode,
  direction: Float64Array,
  distance: number,
): Promise<Float64Array | null> {
  const { searchPaths, witnesses, leastPaths } = bench.question.effort
  const cell = await bench.cell(bench.steeringAt(direction.map((x) => x * distance)), 0, searchPaths)
  const own = bench.failingPaths(cell, witnesses).filter((path) => modeOf(modes, path) === mode)
  if (own.length < leastPaths) return null
  const { mean, effective } = centreOf({ rows: own.map(({ luck }) => luck) })
  const d = direction.length
  const all = new Float64Array(d)
  for (let i = 0; i < cell.luck.length; i++) all[i % d] += cell.luck[i] / searchPaths
  return directionOf({ mean: mean.map((x, c) => x - all[c]), effective })
}

/** The coordinates of a point that are not 0, the largest first. */
export function namedValues(bench: Bench, point: ArrayLike<number>): readonly CoordinateValue[] {
  return bench.space.coordinates
    .map(({ name, meaning }, c) => ({ coordinate: name, meaning, value: point[c] }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
}
