/** The probabilities again from other paths, drawn where failing paths lie and weighted back. */
import { exp } from '../../kernel/maths/elementary.ts'
import type { MixturePart } from '../../kernel/steering.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { weightDiagnostics } from '../../statistics/weights.ts'
import type { ModeCheck, ReverseAnswer, Share } from './answer.ts'
import type { Bench } from './bench.ts'
import { centreOf, directionOf } from './directions.ts'
import { type Mode, modeOf } from './modes.ts'
import { watchesOf } from './shockSpace.ts'

export interface Checked {
  readonly all: NonNullable<ReverseAnswer['check']>
  readonly byMode: ReadonlyMap<Mode, ModeCheck>
}

/** Failing paths' worth of weights below which no agreement is stated. */
const leastEffective = 10

/**
 * Every path is drawn around the mean luck of one of the modes (for normal luck the best centre: Rubinstein and Kroese, The
 * Cross-Entropy Method, 2004) or from ordinary luck, in turn, and weighted against all of them, so that no weight exceeds their
 * number. The paths are others than those on which the modes were found.
 * @param plain of all failures, and of each mode
 */
export async function checkModes(
  bench: Bench,
  modes: readonly Mode[],
  plain: { readonly all: Share; readonly of: (mode: Mode) => Share },
): Promise<Checked | null> {
  const { checkPaths, confidence } = bench.question.effort
  const centres = modes.flatMap((mode) => centreIn(mode) ?? [])
  if (checkPaths === 0 || centres.length === 0) return null
  const from = bench.question.scenario.paths
  const mixture: MixturePart[] = [{ paths: 1 }, ...centres.map((at) => ({ paths: 1, ...proposalAt(bench, at) }))]
  const cell = await bench.cell({ mixture, watch: watchesOf(bench.space) }, from, from + checkPaths)
  const weights = cell.logWeights.map((log) => exp(log))
  const failing = bench.failingPaths(cell, checkPaths)
  const weighed = (chosen: (path: (typeof failing)[number]) => boolean): Float64Array => {
    const values = new Float64Array(checkPaths)
    for (const path of failing) if (chosen(path)) values[path.path - from] = weights[path.path - from]
    return values
  }
  const byMode = new Map<Mode, ModeCheck>()
  for (const mode of modes) {
    const values = weighed((path) => modeOf(modes, path) === mode)
    byMode.set(mode, estimate(values, plain.of(mode), confidence))
  }
  const all = estimate(
    weighed(() => true),
    plain.all,
    confidence,
  )
  return { all: { ...all, paths: checkPaths }, byMode }
}

/** The mean luck of a mode without what may be chance; null where nothing is left. */
function centreIn({ members }: Mode): Float64Array | null {
  const centre = centreOf({ rows: members.map(({ luck }) => luck) })
  const direction = directionOf(centre)
  if (direction === null) return null
  const length = direction.reduce((sum, x, c) => sum + x * centre.mean[c], 0)
  return direction.map((x) => x * length)
}

function proposalAt(bench: Bench, point: Float64Array): Pick<MixturePart, 'shifts' | 'chances'> {
  const { shifts, chances } = bench.steeringAt(point)
  return { shifts, chances }
}

/** Mean of the weights of failing paths, the others counting 0. */
function estimate(values: Float64Array, plain: Share, confidence: number): ModeCheck {
  const { mean, lower, upper } = meanWithInterval(values, confidence)
  const counted = values.filter((value) => value > 0)
  const low = Math.max(0, lower ?? 0)
  const high = Math.min(1, upper ?? 1)
  const { effectiveSampleSize, largestShare } =
    counted.length > 0 ? weightDiagnostics(counted) : { effectiveSampleSize: 0, largestShare: 0 }
  return {
    probability: mean,
    lower: low,
    upper: high,
    paths: counted.length,
    effectivePaths: effectiveSampleSize,
    largestShare,
    agrees: effectiveSampleSize < leastEffective ? null : low <= plain.upper && high >= plain.lower,
  }
}
