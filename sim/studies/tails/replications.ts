/** Replications of multiplied paths as a way of simulating a tail: how many, in two stages, and what they say. */
import { isInteraction, type Multiplying } from '../../kernel/splitting/declaration.ts'
import { mostReplications } from '../../kernel/splitting/replications.ts'
import { groupMeans, manyGroups, type TailQuestion, tailTerms } from '../../statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { compensatedSum } from '../../statistics/summation.ts'
import { perWork } from '../../statistics/tailVariances.ts'
import { groupsWanted } from '../../statistics/twoStage.ts'
import type { Laboratory } from '../laboratory.ts'
import { counted } from '../numberWords.ts'
import { type Finding, type Foreseen, findingOf, foreseenBy, type LeaveOut } from './methods.ts'
import type { Asked, TailsQuestion } from './question.ts'
import { particlesAtLeast, particlesWithin, readSample, type SplitSample, tailFrom } from './splitSample.ts'

/** Replications of each way and of each pilot: estimates must not know the luck of a pilot, nor ways that of each other. */
const each = mostReplications / 4
export const replicationsOf = { splitting: 0, interaction: each, splittingPilot: 2 * each, interactionPilot: 3 * each }

/** Replications of each stage at least: Student’s interval on fewer means would be wide, and what they say of their variance a guess. */
const leastReplications = 32

const mostOfAWay = each - leastReplications

/** Paths that both stages take at least, where a replication takes so many for each of its particles. */
export function leastPathsOf(perParticle: number): number {
  return 2 * leastReplications * particlesAtLeast * perParticle
}

export function tooDearWords(least: number, { most }: TailsQuestion): string {
  return `it would take at least ${counted(Math.ceil(least))} paths after its pilot, and ${counted(most)} may be spent (--most)`
}

/**
 * The least replications of both stages must fit into the paths that may be spent.
 * @param foreseen paths that a replication was expected to take for each of its particles
 * @param found what it takes, by the pilot
 */
export function particlesOf({ paths, most }: TailsQuestion, foreseen: number, found: number): number {
  const wanted = particlesWithin(Math.min(paths, most / 2) / (leastReplications * foreseen))
  return Math.min(wanted, Math.floor(most / (2 * leastReplications * found)))
}

/** How multiplied paths are told of: the interval is over the replications, which alone are independent. */
export function intervalWords(replications: number): string {
  const interval = replications < manyGroups ? 'Student’s interval' : 'interval corrected for skewness'
  const all = replications === mostOfAWay ? ', more than which there are none' : ''
  return `${interval} over ${replications} independent replications${all}`
}

interface Stages {
  /** The least number of replications, which only tell how many the estimate needs. */
  readonly sizing: SplitSample
  /** All of them others. */
  readonly sample: SplitSample
  readonly foreseen: Foreseen
}

/** A way of multiplying paths, ready for its estimate. */
export interface Way {
  readonly method: string
  readonly words: (replications: number) => string
  readonly pilotPaths: number
  readonly splitting: Multiplying
  /** Its first replication. */
  readonly first: number
}

/** The estimate of a way out of two stages. @param leaveOut told why, where it is null */
export async function byReplications(
  question: TailsQuestion,
  asked: Asked,
  way: Way,
  laboratory: Laboratory,
  leaveOut: LeaveOut,
): Promise<Finding | null> {
  const stages = await inTwoStages(question, asked, way, laboratory)
  if (typeof stages !== 'string') return multipliedFinding(way, asked, stages, question.confidence)
  leaveOut(way.method, stages)
  return null
}

/**
 * Two stages, the first of which tells how many replications the second needs; the estimate is that of the second alone.
 * @returns why there is none, where fewer paths may be spent than it takes
 */
async function inTwoStages(
  question: TailsQuestion,
  asked: Asked,
  { splitting, first }: Way,
  laboratory: Laboratory,
): Promise<Stages | string> {
  const { plan, most, confidence } = question
  const stage = async (from: number, count: number): Promise<SplitSample> =>
    readSample(asked, await laboratory.simulate({ plan, from, to: from + count, splitting }), splitting, plan.days)
  const sizing = await stage(first, leastReplications)
  const affordable = Math.floor((most - sizing.pathsWorth) / dearest(sizing))
  if (affordable < leastReplications) {
    return tooDearWords(sizing.pathsWorth + leastReplications * dearest(sizing), question)
  }
  const found = estimateOf({ method: '', words: '', steering: null }, asked.tail, sizing, confidence)
  const wanted = Math.max(leastReplications, groupsWanted(found.tail, question))
  const replications = Math.min(wanted, affordable, mostOfAWay)
  const foreseen = foreseenBy(found, replications / leastReplications, asked.tail)
  return { sizing, sample: await stage(first + leastReplications, replications), foreseen }
}

/** Paths that a replication takes on average over as many of them, or more, but for three standard errors. */
function dearest({ worthOfEach }: SplitSample): number {
  const { mean, standardError } = meanWithInterval(worthOfEach, 0.95)
  return mean + 3 * Math.SQRT2 * (standardError as number)
}

/** What the second stage says. */
function multipliedFinding(
  { method, words, pilotPaths, splitting }: Way,
  asked: Asked,
  { sample, sizing, foreseen }: Stages,
  confidence: number,
): Finding {
  const told = {
    method,
    words: words(sample.worthOfEach.length),
    pilotPaths: Math.ceil(pilotPaths + sizing.pathsWorth),
    steering: null,
  }
  const finding = estimateOf(told, asked.tail, sample, confidence)
  const chosen = isInteraction(splitting) ? { weights: null, tailOnly: true } : {}
  const largestReplication = largestShare(tailOfEach(asked.tail, sample))
  return { ...inPathsWorth(finding, sample), ...chosen, splitting, foreseen, largestReplication }
}

/** Paths of a replication are relatives, so its tail is worth what the spread over replications says, not what Kish counts. */
function estimateOf(
  words: Parameters<typeof findingOf>[0],
  tail: TailQuestion,
  sample: SplitSample,
  confidence: number,
): Finding {
  const tailPaths = independentPaths(tailOfEach(tail, sample), sample.losses.length)
  return findingOf(words, tail, sample, confidence, { tailPaths })
}

/** What each replication says of the probability of the tail. */
function tailOfEach(tail: TailQuestion, { losses, weights, group }: SplitSample): Float64Array {
  const { terms } = tailTerms({ kind: 'probability', beyond: tailFrom(tail, losses, weights) }, losses, weights)
  return groupMeans(terms, group)
}

/** Independent paths in the tail that would know its probability as well: their relative variance is one over their number. */
function independentPaths(probabilities: Float64Array, most: number): number {
  const { mean, standardError } = meanWithInterval(probabilities, 0.95)
  if (mean === 0 || standardError === null) return 0
  return standardError === 0 ? most : Math.min(most, (mean / standardError) * (mean / standardError))
}

/** Of the sum; null where there is none. */
function largestShare(probabilities: Float64Array): number | null {
  const sum = compensatedSum(probabilities.length, (i) => probabilities[i])
  return sum === 0 ? null : probabilities.reduce((most, one) => Math.max(most, one), 0) / sum
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
