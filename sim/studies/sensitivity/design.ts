/** Where in the unit box a study of sensitivity looks. Points belong to their number: a longer design begins with a shorter one. */
import { InputError } from '../../kernel/errors.ts'
import { nameWord } from '../../kernel/random/events.ts'
import { scrambledSobol } from '../../kernel/random/scrambledSobol.ts'
import { seedKey } from '../../kernel/random/seed.ts'
import { sobolDimensions } from '../../kernel/random/sobol.ts'
import { SideStream } from '../../kernel/random/streams.ts'
import { bonferroni } from '../../statistics/intervals.ts'
import type { Resampling } from '../../statistics/rowBootstrap.ts'

/** Levels of the grid of Morris, and the step between opposite halves of it: p / (2 (p − 1)). */
export const morrisLevels = 4
export const morrisStep = 2 / 3

export interface Trajectory {
  /** One more point than inputs; each differs from the one before in one coordinate, by the step. */
  readonly points: readonly (readonly number[])[]
  /** The input turned from point k to point k + 1. */
  readonly turned: readonly number[]
}

const room = nameWord('study.sensitivity')

/** What a stream of random numbers is for. */
const purposes = { trajectory: 1, resampling: 2 } as const

/** The stream of a purpose and a number of its own. */
export function studyStream(seed: string | number, purpose: keyof typeof purposes, number: number): SideStream {
  const [key0, key1] = seedKey(seed)
  const stream = new SideStream()
  stream.open(key0, key1, room, number, purposes[purpose], 0)
  return stream
}

/** Measures of the dummy for each metric: mu, mu* and sigma, first-order and total index. */
const dummyMeasures = 5
/** Resamples that reach so far out. */
const dummyReplicates = 4000

/** How a dummy is resampled: its intervals hold all together, over its measures and the metrics. */
export function dummyResampling(
  seed: string | number,
  number: number,
  confidence: number,
  metrics: number,
): Resampling {
  const stream = studyStream(seed, 'resampling', number)
  return {
    draw: (n) => stream.index(n),
    replicates: dummyReplicates,
    confidence: bonferroni(confidence, dummyMeasures * metrics),
  }
}

/** How everything else is resampled. */
export function resamplingOf(
  seed: string | number,
  number: number,
  confidence: number,
  replicates: number,
): Resampling {
  const stream = studyStream(seed, 'resampling', number)
  return { draw: (n) => stream.index(n), replicates, confidence }
}

/**
 * Trajectory `number` of Morris' design on four levels: a random place of the grid, inputs turned one after the other in
 * random order, each by 2/3 of its range to the other half.
 */
export function morrisTrajectory(inputs: number, seed: string | number, number: number): Trajectory {
  const stream = studyStream(seed, 'trajectory', number)
  const start = Array.from({ length: inputs }, () => stream.index(morrisLevels) / (morrisLevels - 1))
  const turned = Array.from({ length: inputs }, (_, i) => i)
  for (let i = inputs - 1; i > 0; i--) {
    const other = stream.index(i + 1)
    ;[turned[i], turned[other]] = [turned[other], turned[i]]
  }
  const points = [start]
  for (const input of turned) {
    const last = points[points.length - 1]
    points.push(last.with(input, last[input] < 0.5 ? last[input] + morrisStep : last[input] - morrisStep))
  }
  return { points, turned }
}

export interface Matrices {
  readonly a: readonly (readonly number[])[]
  readonly b: readonly (readonly number[])[]
}

/** The fewest rows of Saltelli's design. */
export const leastRows = 8

/** @throws InputError unless the rows are a power of two from 8, without which Sobol points are no net */
export function requireRows(rows: number): void {
  if (Number.isInteger(rows) && rows >= leastRows && rows <= 1 << 20 && (rows & (rows - 1)) === 0) return
  throw new InputError(`number of Sobol rows is ${rows}; give a power of two from ${leastRows}, such as 64 or 128`)
}

/**
 * Matrices A and B of Saltelli's design: the two halves of the coordinates of a scrambled Sobol net.
 *
 * One scramble serves all rows, so rows are not independent: they keep apart, and estimates err less than those of independent
 * rows. The bootstrap takes them for independent, and is not too narrow for that reason: over 100 to 300 scrambles of functions
 * of known indices its 95 % intervals from 64 rows cover 91 to 100 % (96 to 97 % on average, also where the luck of a path is
 * three times as large as the dials), where those of independent rows cover 89 to 98 %; from 256 rows 95 to 100 %. Errors are
 * 0.5 to 1.1 times those of independent rows. Eight nets of eight rows with a jackknife over nets cover 91 to 98 %, with
 * errors up to twice as large as those of the one net.
 * @throws InputError for rows as requireRows, or more inputs than the sequence has dimensions for
 */
export function saltelliMatrices(inputs: number, seed: string | number, rows: number): Matrices {
  requireRows(rows)
  if (2 * inputs > sobolDimensions)
    throw new InputError(
      `${inputs} dials are too many for Sobol indices; give at most ${Math.floor(sobolDimensions / 2)}`,
    )
  const points = Array.from({ length: rows }, (_, j) => scrambledSobol(2 * inputs, seed, j))
  return { a: points.map((x) => x.slice(0, inputs)), b: points.map((x) => x.slice(inputs)) }
}
