/** The space of shocks: the coordinates of a path read from what is watched of its luck, and luck steered to a point. */
import { exp, expm1, log1p } from '../../kernel/maths/elementary.ts'
import { normalCdf, normalQuantile } from '../../kernel/maths/normal.ts'
import { blockStarts, type Chance, type Shift, type Steering, type Watch, watchColumn } from '../../kernel/steering.ts'
import type { OutcomeColumns } from '../metric.ts'
import type { Coordinate, LowestCoordinate, ShockSpace } from './language.ts'

/** Standard deviations that a coordinate is moved by; less is left alone. */
const leastMove = 1e-9
/** What no probability may reach when an end of a law is made likelier. */
const mostChance = 0.999

/** What must be watched so that {@link readCoordinates} can read every coordinate. */
export function watchesOf({ blocks, coordinates }: ShockSpace): readonly Watch[] {
  const watches = new Map<string, Watch>()
  for (const coordinate of coordinates) {
    const what = coordinate.kind === 'drawn' ? 'total' : 'lowest'
    for (const { shock, index = 0 } of partsOf(coordinate)) {
      watches.set(`${shock} ${index}`, { shock, index, what, blocks: coordinate.block === null ? 1 : blocks })
    }
  }
  return [...watches.values()]
}

function partsOf(coordinate: Coordinate): readonly { shock: string; index?: number; weight: number }[] {
  return coordinate.kind === 'drawn' ? coordinate.parts : [{ shock: coordinate.shock, weight: 1 }]
}

/** Coordinates of each path, row-major paths × coordinates. @param days of the run */
export function readCoordinates(
  space: ShockSpace,
  columns: OutcomeColumns,
  paths: number,
  days: number,
): Float64Array<ArrayBuffer> {
  const { coordinates, blocks } = space
  const d = coordinates.length
  const read = new Float64Array(paths * d)
  coordinates.forEach((coordinate, c) => {
    const length = lengthOf(coordinate, days, blocks)
    for (const { shock, index = 0, weight } of partsOf(coordinate)) {
      const what = coordinate.kind === 'drawn' ? 'total' : 'lowest'
      const column = columns[watchColumn({ shock, index, what }, coordinate.block ?? 0)]
      if (!column) throw new Error(`the luck of ${shock} ${index} was not watched, so ${coordinate.name} is unknown`)
      const value = (x: number): number =>
        coordinate.kind === 'drawn' ? (weight * x) / Math.sqrt(length) : lowestScore(x, length)
      for (let p = 0; p < paths; p++) read[p * d + c] += value(column[p])
    }
  })
  return read
}

/** Draws behind a coordinate: days of its block, or the one draw. */
function lengthOf({ block }: Coordinate, days: number, blocks: number): number {
  if (block === null) return 1
  const starts = blockStarts(days, blocks)
  return starts[block + 1] - starts[block]
}

/** The normal number with as much probability beyond it as the smallest of n uniform numbers has below: 1 − (1 − x)ⁿ. */
function lowestScore(lowest: number, n: number): number {
  const below = -expm1(n * log1p(-lowest))
  return -normalQuantile(Math.min(1 - 1e-16, Math.max(1e-300, below)))
}

/** The smallest of n uniform numbers at a normal number, the inverse of {@link lowestScore}. */
function lowestAt(score: number, n: number): number {
  return -expm1(log1p(-normalCdf(-score)) / n)
}

/**
 * Luck with its centre at a point: the law of a drawn coordinate becomes normal about it with deviation 1; the event behind a
 * lowest coordinate becomes so likely that the middle of its law is there. Coordinates at 0 keep their own law.
 */
export function steeringTo(space: ShockSpace, point: ArrayLike<number>, days: number): Steering {
  const shifts: Shift[] = []
  const chances: Chance[] = []
  const starts = blockStarts(days, space.blocks)
  space.coordinates.forEach((coordinate, c) => {
    const by = point[c]
    if (Math.abs(by) < leastMove) return
    const { block } = coordinate
    const window = block === null ? {} : { from: starts[block], to: starts[block + 1] - 1 }
    const length = lengthOf(coordinate, days, space.blocks)
    if (coordinate.kind === 'lowest') {
      chances.push({ shock: coordinate.shock, ...window, ...chanceAt(coordinate, by, length) })
      return
    }
    for (const { shock, index, weight } of coordinate.parts) {
      shifts.push({ shock, index: index ?? 0, ...window, by: (by * weight) / Math.sqrt(length) })
    }
  })
  return { shifts, chances, watch: watchesOf(space) }
}

function chanceAt({ of }: LowestCoordinate, at: number, length: number): Pick<Chance, 'end' | 'of' | 'becomes'> {
  const usual = lowestAt(0, length)
  return { end: 'lowest', of, becomes: Math.min(mostChance, (of * usual) / lowestAt(at, length)) }
}

/** Likelihood of a coordinate vector: the density there over that at the origin, exp(−|u|²/2). */
export function relativeDensity(beta: number): number {
  return exp(-0.5 * beta * beta)
}

/** Once in how many years: from a probability over the days of a run. */
export function yearsBetween(probability: number, days: number): number {
  return -days / 365 / log1p(-Math.min(1 - 1e-15, probability))
}
