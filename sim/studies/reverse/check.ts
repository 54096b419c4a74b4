/** The probabilities again from other paths, drawn where failing paths lie and weighted back. */
import type { MixturePart } from '../../kernel/steering.ts'
import { weightDiagnostics } from '../../statistics/weights.ts'
import type { Likelihood, ModeCheck, ReverseAnswer } from './answer.ts'
import type { Bench } from './bench.ts'
import { centreOf, directionOf } from './directions.ts'
import { cloudOf, type FailingPath, type Mode, modeOf } from './modes.ts'
import { watchesOf } from './shockSpace.ts'
import { mayBeEqual, roundOf, weighedProbability, weightsOf, wholeRounds } from './weighed.ts'

export interface Checked {
  readonly all: NonNullable<ReverseAnswer['check']>
  readonly byMode: ReadonlyMap<Mode, ModeCheck>
}

/** Equal failing paths’ worth of weights below which no agreement is stated. */
const leastEffective = 20

/**
 * Every path is drawn around the mean luck of one of the modes (for normal luck the best centre: Rubinstein and Kroese, The
 * Cross-Entropy Method, 2004) or from ordinary luck, in turn, and weighted against all of them, so that no weight exceeds their
 * number. The paths are others than those on which the modes were found.
 * @param found probability of all failures, and of each mode
 */
export async function checkModes(
  bench: Bench,
  modes: readonly Mode[],
  found: { readonly all: Likelihood; readonly of: (mode: Mode) => Likelihood },
): Promise<Checked | null> {
  const { checkPaths } = bench.question.effort
  const centres = modes.flatMap((mode) => centreIn(mode) ?? [])
  if (checkPaths === 0 || centres.length === 0) return null
  const mixture: MixturePart[] = [{ paths: 1 }, ...centres.map((at) => ({ paths: 1, ...bench.proposalAt(at) }))]
  const paths = wholeRounds(checkPaths, roundOf(mixture))
  const from = bench.numbers.take(paths, roundOf(mixture))
  const cell = await bench.cell({ mixture, watch: watchesOf(bench.space) }, from, from + paths)
  const failing = await bench.failingPaths(cell, paths)
  const estimate = (chosen: (path: FailingPath) => boolean, other: Likelihood): ModeCheck => {
    const marked = new Uint8Array(paths)
    for (const path of failing) marked[path.path - from] = chosen(path) ? 1 : 0
    const { count, value, lower, upper, worth } = weighedProbability(cell, marked, bench.question.effort.confidence)
    const weights = weightsOf(cell).filter((_, p) => marked[p] === 1)
    return {
      probability: value,
      lower,
      upper,
      paths: count,
      effectivePaths: worth,
      largestShare: count > 0 ? weightDiagnostics(weights).largestShare : 0,
      agrees: worth < leastEffective ? null : mayBeEqual({ ...other, value, lower, upper }, other),
    }
  }
  const byMode = new Map(modes.map((mode) => [mode, estimate((path) => modeOf(modes, path) === mode, found.of(mode))]))
  return { all: { ...estimate(() => true, found.all), paths }, byMode }
}

/** The mean luck of a mode without what may be chance; null where nothing is left. */
function centreIn({ members }: Mode): Float64Array | null {
  const centre = centreOf(cloudOf(members))
  const direction = directionOf(centre)
  if (direction === null) return null
  const length = direction.reduce((sum, x, c) => sum + x * centre.mean[c], 0)
  return direction.map((x) => x * length)
}
