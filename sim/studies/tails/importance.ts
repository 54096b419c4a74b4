/** Importance sampling as one way of simulating a tail: two stages under the luck that a pilot has found. */
import { groupsWanted } from '../../statistics/twoStage.ts'
import type { Laboratory } from '../laboratory.ts'
import { type Finding, findingOf, foreseenBy, type LeaveOut, weightsOf } from './methods.ts'
import { type Pilot, roundLength } from './pilot.ts'
import { type Asked, lossesOf, type TailsQuestion } from './question.ts'

export const importance = 'importance sampling'

/** Most of the paths that may be spent which go into finding out how many are needed: one in so many. */
const sizingShare = 4

/** In two stages: the first tells how many paths the second needs, and the estimate is that of the second alone. */
export async function runImportance(
  question: TailsQuestion,
  asked: Asked,
  { steering, next, paths: pilotPaths }: Pilot,
  laboratory: Laboratory,
  leaveOut: LeaveOut,
): Promise<Finding | null> {
  if (steering === undefined) {
    leaveOut(importance, 'its pilot found no luck that tells bad paths from others')
    return null
  }
  const { plan, confidence, most } = question
  const first = roundsWithin(Math.min(question.pilotPaths, most / sizingShare))
  const words = 'luck is moved towards the worst paths of a pilot, and each path is weighed by its likelihood'
  const stage = async (from: number, paths: number): Promise<Finding> => {
    const columns = await laboratory.simulate({ plan, from, to: from + paths, steering })
    const sample = { losses: lossesOf(asked.metric, columns, paths), weights: weightsOf(columns), group: roundLength }
    const method = { method: importance, words, pilotPaths: pilotPaths + first, steering }
    return findingOf(method, asked.tail, sample, confidence)
  }
  const sizing = await stage(next, first)
  const wanted = Math.max(first, roundLength * groupsWanted(sizing.tail, question))
  const found = await stage(next + first, roundsWithin(Math.min(most - first, wanted)))
  const { weights } = found
  if (weights?.meanIsOne === false) {
    const [mean, error] = [weights.mean, weights.meanStandardError].map((x) => Number(x.toPrecision(2)))
    leaveOut(
      importance,
      `its weights have a mean of ${mean} ± ${error} where it must be 1; its estimate is not believed`,
    )
  }
  return { ...found, foreseen: foreseenBy(sizing, found.paths / first, asked.tail) }
}

/** Paths in as many whole rounds as do not pass a number. */
function roundsWithin(paths: number): number {
  return Math.floor(paths / roundLength) * roundLength
}

export function wholeRounds(paths: number): number {
  return Math.ceil(paths / roundLength) * roundLength
}
