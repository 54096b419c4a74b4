/** Directions in the space of shocks: what failing paths have in common, and into how many kinds they fall. */
import { normalQuantile } from '../../kernel/maths/normal.ts'
import { angle, norm } from '../../statistics/vectors.ts'

/** Rows of coordinates, one for each path. */
export interface Cloud {
  readonly rows: readonly Float64Array[]
  /** Weight of each row; equal without them. */
  readonly weights?: readonly number[]
}

export interface Centre {
  readonly mean: Float64Array
  /** Equal rows that would say as much (Kish 1965). */
  readonly effective: number
  /** Coordinates whose mean is surely not 0, all of them tested at once. */
  readonly active: readonly number[]
}

/** Mean of a cloud, and the coordinates in which it differs from the origin (Bonferroni over coordinates). */
export function centreOf({ rows, weights }: Cloud, significance = 0.05): Centre {
  const d = rows[0]?.length ?? 0
  const mean = new Float64Array(d)
  let sum = 0
  let squares = 0
  rows.forEach((row, r) => {
    const weight = weights?.[r] ?? 1
    sum += weight
    squares += weight * weight
    for (let c = 0; c < d; c++) mean[c] += weight * row[c]
  })
  if (sum > 0) for (let c = 0; c < d; c++) mean[c] /= sum
  const effective = squares > 0 ? (sum * sum) / squares : 0
  const limit = normalQuantile(1 - significance / (2 * Math.max(1, d))) / Math.sqrt(Math.max(1, effective))
  return { mean, effective, active: [...mean.keys()].filter((c) => Math.abs(mean[c]) > limit) }
}

/**
 * Unit vector of a mean, every coordinate shrunk by what chance alone would give it (positive-part James and Stein, coordinate by
 * coordinate), and left out where that is most of it; null where nothing is left.
 * @param effective rows behind the mean, of variance 1 each
 */
export function directionOf({ mean, effective }: Pick<Centre, 'mean' | 'effective'>): Float64Array | null {
  const noise = 1 / Math.max(1, effective)
  const kept = mean.map((x) => (x * x < leastSignal * noise ? 0 : x * (1 - noise / (x * x))))
  const length = norm(kept)
  return length > 0 ? kept.map((x) => x / length) : null
}

/** Square of a mean over its variance below which it is left out of a direction: 2.58², one in a hundred by chance. */
const leastSignal = 6.63

/** Distance of two groups over their spread along the line between them that a cut of one normal cloud (2.7) never reaches. */
const leastSeparation = 4

export interface SplitOptions {
  /** Least angle between the centres of two groups, degrees. */
  readonly apart: number
  readonly leastRows: number
  readonly most: number
}

/**
 * Groups of rows that lie apart (Lloyd’s k-means from the farthest rows; Ashman, Bird and Zepf, Astronomical Journal 108, 1994, for
 * the separation): the most groups of which every two are clearly separated, in coordinates in which the rows say anything.
 * @returns indices of the rows of each group; one group where they do not fall apart
 */
export function splitByDirection(rows: readonly Float64Array[], options: SplitOptions): readonly (readonly number[])[] {
  const all = [...rows.keys()]
  const telling = tellingCoordinates(rows)
  if (telling.length === 0 || rows.length < 2 * options.leastRows) return [all]
  const points = rows.map((row) => Float64Array.from(telling, (c) => row[c]))
  let best: readonly (readonly number[])[] = [all]
  for (let k = 2; k <= options.most; k++) {
    const groups = kMeans(points, k)
    if (areApart(points, groups, options)) best = groups
  }
  return best
}

/** Coordinates whose mean is not 0, or whose spread is more than that of the whole population. */
function tellingCoordinates(rows: readonly Float64Array[]): readonly number[] {
  const { mean, active } = centreOf({ rows })
  const n = rows.length
  return [...mean.keys()].filter((c) => {
    if (active.includes(c)) return true
    let square = 0
    for (const row of rows) square += (row[c] - mean[c]) * (row[c] - mean[c])
    return square / Math.max(1, n - 1) > 1 + 4 * Math.sqrt(2 / n)
  })
}

function areApart(
  points: readonly Float64Array[],
  groups: readonly (readonly number[])[],
  options: SplitOptions,
): boolean {
  if (groups.some((group) => group.length < options.leastRows)) return false
  const centres = groups.map((group) => meanOf(points, group))
  return groups.every((group, i) =>
    groups.slice(0, i).every((other, j) => {
      if (angle(centres[i], centres[j]) < options.apart) return false
      return separation(points, group, other, centres[i], centres[j]) >= leastSeparation
    }),
  )
}

/** √2 |distance| / √(sum of variances) along the line between two centres. */
function separation(
  points: readonly Float64Array[],
  a: readonly number[],
  b: readonly number[],
  from: Float64Array,
  to: Float64Array,
): number {
  const axis = to.map((x, c) => x - from[c])
  const length = norm(axis)
  if (length === 0) return 0
  const along = (i: number): number => points[i].reduce((sum, x, c) => sum + (x * axis[c]) / length, 0)
  const spread = (group: readonly number[]): number => {
    const places = group.map(along)
    const middle = places.reduce((sum, x) => sum + x, 0) / places.length
    return places.reduce((sum, x) => sum + (x - middle) * (x - middle), 0) / Math.max(1, places.length - 1)
  }
  return (Math.SQRT2 * length) / Math.sqrt(spread(a) + spread(b))
}

function kMeans(points: readonly Float64Array[], k: number): readonly (readonly number[])[] {
  let centres = farthest(points, k)
  let groups: number[][] = []
  for (let turn = 0; turn < 50; turn++) {
    groups = centres.map(() => [])
    points.forEach((point, i) => {
      groups[nearestOf(centres, point)].push(i)
    })
    if (groups.some((group) => group.length === 0)) return groups
    const next = groups.map((group) => meanOf(points, group))
    const moved = next.some((centre, i) => squareDistance(centre, centres[i]) > 0)
    centres = next
    if (!moved) break
  }
  return groups
}

/** The point farthest from the middle, then each time the one farthest from all before. */
function farthest(points: readonly Float64Array[], k: number): Float64Array[] {
  const chosen: Float64Array[] = []
  const middle = meanOf(points, [...points.keys()])
  while (chosen.length < k) {
    const known = chosen.length === 0 ? [middle] : chosen
    let best = points[0]
    let distance = -1
    for (const point of points) {
      const nearest = Math.min(...known.map((centre) => squareDistance(centre, point)))
      if (nearest > distance) {
        distance = nearest
        best = point
      }
    }
    chosen.push(best)
  }
  return chosen
}

function nearestOf(centres: readonly Float64Array[], point: Float64Array): number {
  let best = 0
  for (let i = 1; i < centres.length; i++) {
    if (squareDistance(centres[i], point) < squareDistance(centres[best], point)) best = i
  }
  return best
}

function meanOf(points: readonly Float64Array[], members: readonly number[]): Float64Array {
  const mean = new Float64Array(points[0].length)
  for (const i of members) for (let c = 0; c < mean.length; c++) mean[c] += points[i][c] / members.length
  return mean
}

function squareDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let c = 0; c < a.length; c++) sum += (a[c] - b[c]) * (a[c] - b[c])
  return sum
}
