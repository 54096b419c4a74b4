/** The levels of a splitting, found by a pilot. */
import { type LevelFunction, levelColumn } from '../../kernel/splitting/declaration.ts'
import type { TailQuestion } from '../../statistics/groupedEstimates.ts'
import type { Laboratory } from '../laboratory.ts'
import type { Asked, TailsQuestion } from './question.ts'
import { replicationsOf } from './replications.ts'
import { particlesWithin, readSample, type SplitSample, tailFrom } from './splitSample.ts'

/** Share of paths that go on from one level to the next: near the best, which is flat (Villén-Altamirano 1994). */
const share = 0.2
/** Share of them in the tail itself with which no further level is worth its paths. */
const enough = 0.12
/** Paths in the tail that say where paths of the tail pass. */
const tellingPaths = 10
/** Share of the tail that may miss a level: it would be known by the few paths of the level before alone. */
const missed = 0.1
/** A level that more than this share reach again saves less than it costs. */
const worthless = 0.6
/** A pilot that has come so far, to some millionths of all paths, without the tail is going elsewhere. */
const mostPilotLevels = 8

export interface PilotLevels {
  readonly levels: readonly number[]
  readonly pathsWorth: number
  /** What a replication with these levels takes for each of its particles. */
  readonly perParticle: number
}

/**
 * Level by level, each the height that the wanted share of the paths that set out from the one before has reached, but none that
 * paths of the tail pass by, until enough of them are in the tail itself (F. Cérou and A. Guyader, Stochastic Analysis and
 * Applications 25, 2007). No level comes out where the tail is not rare, or where paths do not come to it however high they rise.
 */
export async function chooseLevels(
  question: Pick<TailsQuestion, 'plan' | 'pilotPaths'>,
  asked: Asked,
  { name }: LevelFunction,
  laboratory: Laboratory,
): Promise<PilotLevels> {
  const { plan, pilotPaths } = question
  const from = replicationsOf.splittingPilot
  const particles = particlesWithin(share * pilotPaths)
  const levels: number[] = []
  let pathsWorth = 0
  for (;;) {
    const splitting = { level: name, levels: [...levels], particles }
    const columns = await laboratory.simulate({ plan, from, to: from + 1, splitting })
    const sample = readSample(asked, columns, splitting, plan.days)
    pathsWorth += sample.pathsWorth
    const perParticle = sample.pathsWorth / particles
    const stage = lastStage(asked.tail, sample, columns[levelColumn], particles)
    if (stage.tail.length >= enough * particles) return { levels, pathsWorth, perParticle }
    const next = nextLevel(stage, levels.at(-1) ?? Number.NEGATIVE_INFINITY)
    if (next === null || levels.length === mostPilotLevels) {
      return { levels: stage.tail.length >= tellingPaths ? levels : [], pathsWorth, perParticle }
    }
    levels.push(next)
  }
}

export interface PilotStage {
  /** How high the paths came that set out from the last level, ascending. */
  readonly heights: ArrayLike<number>
  /** The same of those that ended in the tail. */
  readonly tail: ArrayLike<number>
}

/** The height that the wanted share reaches and nearly all of the tail; null where no further level is worth its paths. */
export function nextLevel({ heights, tail }: PilotStage, last: number): number | null {
  const wanted = heights[Math.floor((1 - share) * heights.length)]
  const passed = tail.length < tellingPaths ? Number.POSITIVE_INFINITY : tail[Math.floor(missed * tail.length)]
  const next = Math.min(wanted, passed)
  const below = Array.from(heights).filter((height) => height < next).length
  const rises = Number.isFinite(next) && next > last && below >= (1 - worthless) * heights.length
  return rises ? next : null
}

function lastStage(
  tail: TailQuestion,
  { losses, weights }: SplitSample,
  heights: Float64Array,
  particles: number,
): PilotStage {
  const from = losses.length - particles
  const beyond = tailFrom(tail, losses, weights)
  const isTail = (_: number, i: number): boolean => weights[from + i] > 0 && losses[from + i] > beyond
  const last = heights.slice(from)
  return { heights: Float64Array.from(last).sort(), tail: last.filter(isTail).sort() }
}
