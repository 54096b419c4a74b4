/** Multilevel splitting as one way of simulating a tail: a pilot sets the levels, then replications with levels of their own luck. */
import type { LevelFunction, Splitting } from '../../kernel/splitting/declaration.ts'
import type { Laboratory } from '../laboratory.ts'
import { chooseLevels } from './levels.ts'
import { type Finding, type LeaveOut, sayLeftOut } from './methods.ts'
import type { Asked, TailsQuestion } from './question.ts'
import {
  byReplications,
  intervalWords,
  leastPathsOf,
  particlesOf,
  replicationsOf,
  tooDearWords,
} from './replications.ts'

/** A replication of so many levels as a one-in-a-thousand event needs costs about twice its first stage. */
const pathsPerParticle = 2

export const multilevelSplitting = 'multilevel splitting'
const method = multilevelSplitting

/** Splits paths towards the metric. @param leaveOut told why, where it is null */
export async function runSplitting(
  question: TailsQuestion,
  asked: Asked,
  laboratory: Laboratory,
  leaveOut: LeaveOut = sayLeftOut(laboratory),
): Promise<Finding | null> {
  const level = laboratory.economy.levels?.find(({ leadsTo }) => leadsTo.includes(asked.metric.name))
  if (level === undefined) {
    leaveOut(method, 'the model has no measure of how near a path is to this metric')
    return null
  }
  const tooDear = (perParticle: number): boolean => {
    const least = leastPathsOf(perParticle)
    if (least > question.most) leaveOut(method, tooDearWords(least, question))
    return least > question.most
  }
  if (tooDear(pathsPerParticle)) return null
  laboratory.say(`multilevel splitting on ${level.name}: levels`)
  const pilot = await chooseLevels(question, asked, level, laboratory)
  if (pilot.levels.length === 0) {
    leaveOut(method, 'the tail is not rare, or paths do not come to it level by level')
    return null
  }
  if (tooDear(pilot.perParticle)) return null
  const particles = particlesOf(question, pathsPerParticle, pilot.perParticle)
  const splitting = { level: level.name, levels: pilot.levels, particles }
  laboratory.say(`multilevel splitting on ${level.name}: ${splitting.levels.length} levels`)
  const words = (replications: number): string => wordsOf(level, splitting, replications)
  const way = { method, words, pilotPaths: pilot.pathsWorth, splitting, first: replicationsOf.splitting }
  return byReplications(question, asked, way, laboratory, leaveOut)
}

function wordsOf({ meaning }: LevelFunction, { levels, particles }: Splitting, replications: number): string {
  const marks = levels.map((value) => value.toPrecision(3)).join(', ')
  return (
    `${particles} paths set out from the start and from each of ${levels.length} levels (${marks}); ` +
    `${intervalWords(replications)}. A level is how far it has come: ${meaning}`
  )
}
