/** The probabilities again from other paths, drawn around the design points and weighted back. */
import { exp } from '../../kernel/maths/elementary.ts'
import type { MixturePart } from '../../kernel/steering.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { weightDiagnostics } from '../../statistics/weights.ts'
import type { ModeCheck, ReverseAnswer, Share } from './answer.ts'
import type { Bench } from './bench.ts'
import { type Mode, modeOf } from './modes.ts'
import type { FoundPoint } from './point.ts'
import { watchesOf } from './shockSpace.ts'

export interface Checked {
  readonly all: NonNullable<ReverseAnswer['check']>
  readonly byMode: ReadonlyMap<Mode, ModeCheck>
}

/**
 * Every path is drawn around one of the points or from ordinary luck, in turn, and weighted against all of them, so that no weight
 * exceeds their number. The paths are others than those on which modes and points were found.
 * @param plain of all failures, and of each mode
 */
export async function checkModes(
  bench: Bench,
  modes: readonly Mode[],
  points: readonly FoundPoint[],
  plain: { readonly all: Share; readonly of: (mode: Mode) => Share },
): Promise<Checked | null> {
  const { checkPaths, confidence } = bench.question.effort
  if (checkPaths === 0 || points.length === 0) return null
  const from = bench.question.scenario.paths
  const mixture: MixturePart[] = [
    { paths: 1 },
    ...points.map(({ point }) => ({ paths: 1, ...proposalAt(bench, point) })),
  ]
  const cell = await bench.cell({ mixture, watch: watchesOf(bench.space) }, from, from + checkPaths)
  const weights = cell.logWeights.map((log) => exp(log))
  const failing = bench.failingPaths(cell, checkPaths)
  const weighed = (chosen: (path: (typeof failing)[number]) => boolean): Float64Array => {
    const values = new Float64Array(checkPaths)
    for (const path of failing) if (chosen(path)) values[path.path - from] = weights[path.path - from]
    return values
  }
  const byMode = new Map<Mode, ModeCheck>()
  for (const { mode } of points) {
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
    agrees: low <= plain.upper && high >= plain.lower,
  }
}
