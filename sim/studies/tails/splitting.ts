/** Multilevel splitting as one way of simulating a tail: a pilot sets the levels, then replications with levels of their own luck. */
import type { LevelFunction, Splitting } from '../../kernel/splitting/declaration.ts'
import { groupMeans, manyGroups, type TailQuestion, tailTerms } from '../../statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { perWork } from '../../statistics/tailVariances.ts'
import { groupsWanted } from '../../statistics/twoStage.ts'
import type { Laboratory } from '../laboratory.ts'
import { counted } from '../numberWords.ts'
import { chooseLevels, type PilotLevels, pilotReplication } from './levels.ts'
import { type Finding, type Foreseen, findingOf, foreseenBy, type LeaveOut, sayLeftOut } from './methods.ts'
import type { Asked, TailsQuestion } from './question.ts'
import { particlesAtLeast, particlesWithin, readSample, type SplitSample, tailFrom } from './splitSample.ts'

/** Replications of each stage at least: Student’s interval on fewer means would be wide, and what they say of their variance a guess. */
const leastReplications = 32
/** A replication of so many levels as a one-in-a-thousand event needs costs about twice its first stage. */
const pathsPerParticle = 2

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
    const least = 2 * leastReplications * particlesAtLeast * perParticle
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
  const splitting = { level: level.name, levels: pilot.levels, particles: particlesOf(question, pilot) }
  laboratory.say(`multilevel splitting on ${level.name}: ${splitting.levels.length} levels`)
  const stages = await inTwoStages(question, asked, splitting, laboratory, leaveOut)
  if (stages === null) return null
  const { sample, sizing, foreseen } = stages
  const finding = splitFinding(
    {
      method,
      words: wordsOf(level, splitting, sample.worthOfEach.length),
      pilotPaths: Math.ceil(pilot.pathsWorth + sizing.pathsWorth),
      steering: null,
    },
    asked.tail,
    sample,
    question.confidence,
  )
  return { ...inPathsWorth(finding, sample), splitting, foreseen }
}

export const multilevelSplitting = 'multilevel splitting'
const method = multilevelSplitting

/** Paths of a replication are relatives, so its tail is worth what the spread over replications says, not what Kish counts. */
function splitFinding(
  words: Parameters<typeof findingOf>[0],
  tail: TailQuestion,
  sample: SplitSample,
  confidence: number,
) {
  const tailPaths = independentTailPaths(tail, sample)
  return findingOf(words, tail, sample, confidence, { tailPaths })
}

/** Independent paths in the tail that would know its probability as well: their relative variance is one over their number. */
function independentTailPaths(tail: TailQuestion, { losses, weights, group }: SplitSample): number {
  const { terms } = tailTerms({ kind: 'probability', beyond: tailFrom(tail, losses, weights) }, losses, weights)
  const { mean, standardError } = meanWithInterval(groupMeans(terms, group), 0.95)
  if (mean === 0 || standardError === null) return 0
  return standardError === 0 ? losses.length : Math.min(losses.length, (mean / standardError) * (mean / standardError))
}

function wordsOf({ meaning }: LevelFunction, { levels, particles }: Splitting, replications: number): string {
  const marks = levels.map((value) => value.toPrecision(3)).join(', ')
  const interval = replications < manyGroups ? 'Student’s interval' : 'interval corrected for skewness'
  return (
    `${particles} paths set out from the start and from each of ${levels.length} levels (${marks}); ` +
    `${interval} over ${replications} independent replications. A level is how far it has come: ${meaning}`
  )
}

/** Rows differ in their work: what a path is worth is told per plain path’s work. */
function inPathsWorth(finding: Finding, { losses, pathsWorth }: SplitSample): Finding {
  const perRow = pathsWorth / losses.length
  const scaled = <E extends { variancePerPath: number }>(estimate: E): E => ({
    ...estimate,
    variancePerPath: estimate.variancePerPath * perRow,
  })
  const variances = (): ReturnType<Finding['variances']> => {
    const { tail, mean } = finding.variances()
    return { tail: perWork(tail, perRow), mean: perWork(mean, perRow) }
  }
  return { ...finding, paths: Math.ceil(pathsWorth), tail: scaled(finding.tail), mean: scaled(finding.mean), variances }
}

/** The least replications of both stages must fit into the paths that may be spent. */
function particlesOf({ paths, most }: TailsQuestion, { perParticle }: PilotLevels): number {
  const wanted = particlesWithin(Math.min(paths, most / 2) / (leastReplications * pathsPerParticle))
  return Math.min(wanted, Math.floor(most / (2 * leastReplications * perParticle)))
}

function tooDearWords(least: number, { most }: TailsQuestion): string {
  return `it would take at least ${counted(Math.ceil(least))} paths after its pilot, and ${counted(most)} may be spent (--most)`
}

/** Paths that a replication takes on average over as many of them, or more, but for three standard errors. */
function dearest({ worthOfEach }: SplitSample): number {
  const { mean, standardError } = meanWithInterval(worthOfEach, 0.95)
  return mean + 3 * Math.SQRT2 * (standardError as number)
}

interface Stages {
  /** The least number of replications, which only tell how many the estimate needs. */
  readonly sizing: SplitSample
  /** All of them others. */
  readonly sample: SplitSample
  readonly foreseen: Foreseen
}

async function inTwoStages(
  question: TailsQuestion,
  asked: Asked,
  splitting: Splitting,
  laboratory: Laboratory,
  leaveOut: LeaveOut,
): Promise<Stages | null> {
  const { plan, most, confidence } = question
  const stage = async (from: number, count: number): Promise<SplitSample> =>
    readSample(asked, await laboratory.simulate({ plan, from, to: from + count, splitting }), splitting, plan.days)
  const sizing = await stage(0, leastReplications)
  const affordable = Math.floor((most - sizing.pathsWorth) / dearest(sizing))
  if (affordable < leastReplications) {
    leaveOut(method, tooDearWords(sizing.pathsWorth + leastReplications * dearest(sizing), question))
    return null
  }
  const found = splitFinding({ method, words: '', steering: null }, asked.tail, sizing, confidence)
  const wanted = Math.max(leastReplications, groupsWanted(found.tail, question))
  const replications = Math.min(wanted, affordable, pilotReplication - leastReplications)
  const foreseen = foreseenBy(found, replications / leastReplications, asked.tail)
  return { sizing, sample: await stage(leastReplications, replications), foreseen }
}
