/** Multilevel splitting as one way of simulating a tail: a pilot sets the levels, then replications with levels of their own luck. */
import {
  daysColumn,
  type LevelFunction,
  levelColumn,
  rowsOf,
  type Splitting,
} from '../../kernel/splitting/declaration.ts'
import { mostReplications } from '../../kernel/splitting/splitter.ts'
import { groupMeans, manyGroups, type TailQuestion, tailTerms } from '../../statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { compensatedSum } from '../../statistics/summation.ts'
import { tailRisk } from '../../statistics/tailRisk.ts'
import { perWork } from '../../statistics/tailVariances.ts'
import { groupsWanted } from '../../statistics/twoStage.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import { type Finding, findingOf, type LeaveOut, sayLeftOut, weightsOf } from './methods.ts'
import { type Asked, lossesOf, type TailsQuestion } from './question.ts'

/** Replications of each stage at least: Student’s interval on fewer means would be wide, and what they say of their variance a guess. */
const leastReplications = 32
/** Replications of pilots: far from those of estimates, which must not know the luck that chose their levels. */
const pilotReplication = mostReplications / 2
/** Share of paths that go on from one level to the next: near the best, which is flat (Villén-Altamirano 1994). */
const share = 0.2
/** Share of them in the tail itself with which no further level is worth its paths. */
const enough = 0.12
/** A pilot that has come so far, to some millionths of all paths, without the tail is going elsewhere. */
const mostPilotLevels = 8
/** A replication of so many levels as a one-in-a-thousand event needs costs about twice its first stage. */
const pathsPerParticle = 2
const particlesAtLeast = 50
const particlesAtMost = 1000

/** Replications of weighted paths. */
interface Sample {
  readonly losses: Float64Array
  /** Of mean 1. */
  readonly weights: Float64Array
  /** Rows of a replication. */
  readonly group: number
  /** Work in whole plain paths. */
  readonly pathsWorth: number
}

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
  const least = 2 * leastReplications * particlesAtLeast * pathsPerParticle
  if (question.most < least) {
    leaveOut(method, `it takes at least ${least} paths after its pilot, and ${question.most} may be spent (--most)`)
    return null
  }
  laboratory.say(`multilevel splitting on ${level.name}: levels`)
  const pilot = await chooseLevels(question, asked, level, laboratory)
  if (pilot.levels.length === 0) {
    leaveOut(method, 'the tail is not rare, or paths do not come to it level by level')
    return null
  }
  const splitting = { level: level.name, levels: pilot.levels, particles: particlesOf(question) }
  laboratory.say(`multilevel splitting on ${level.name}: ${splitting.levels.length} levels`)
  const { sample, sizing } = await replicate(question, asked, splitting, laboratory)
  const finding = splitFinding(
    {
      method,
      words: wordsOf(level, splitting, sample.losses.length / sample.group),
      pilotPaths: Math.ceil(pilot.pathsWorth + sizing.pathsWorth),
      steering: null,
    },
    asked.tail,
    sample,
    question.confidence,
  )
  return { ...inPathsWorth(finding, sample), splitting }
}

const method = 'multilevel splitting'

/** Paths of a replication are relatives, so its tail is worth what the spread over replications says, not what Kish counts. */
function splitFinding(words: Parameters<typeof findingOf>[0], tail: TailQuestion, sample: Sample, confidence: number) {
  const tailPaths = independentTailPaths(tail, sample)
  return findingOf(words, tail, sample, confidence, { tailPaths })
}

/** Independent paths in the tail that would know its probability as well: their relative variance is one over their number. */
function independentTailPaths(tail: TailQuestion, { losses, weights, group }: Sample): number {
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
function inPathsWorth(finding: Finding, { losses, pathsWorth }: Sample): Finding {
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
function particlesOf({ paths, most }: Pick<TailsQuestion, 'paths' | 'most'>): number {
  const particles = Math.round(Math.min(paths, most / 2) / (leastReplications * pathsPerParticle))
  return Math.max(particlesAtLeast, Math.min(particlesAtMost, particles))
}

/** The least number of replications, which only tell how many the estimate needs, and then these, all of them others. */
async function replicate(
  question: TailsQuestion,
  asked: Asked,
  splitting: Splitting,
  laboratory: Laboratory,
): Promise<{ sample: Sample; sizing: Sample }> {
  const { plan, most, confidence } = question
  const stage = async (from: number, to: number): Promise<Sample> =>
    readSample(asked, await laboratory.simulate({ plan, from, to, splitting }), splitting, plan.days)
  const sizing = await stage(0, leastReplications)
  const found = splitFinding({ method, words: '', steering: null }, asked.tail, sizing, confidence)
  const affordable = Math.floor((most / sizing.pathsWorth - 1) * leastReplications)
  const wanted = Math.min(groupsWanted(found.tail, question), affordable, pilotReplication - leastReplications)
  const replications = Math.max(leastReplications, wanted)
  return { sizing, sample: await stage(leastReplications, leastReplications + replications) }
}

function readSample({ metric }: Asked, columns: OutcomeColumns, splitting: Splitting, days: number): Sample {
  const group = rowsOf(splitting)
  const rows = columns[daysColumn].length
  return {
    losses: lossesOf(metric, columns, rows),
    weights: weightsOf(columns).map((weight) => group * weight),
    group,
    pathsWorth: compensatedSum(rows, (i) => columns[daysColumn][i]) / days,
  }
}

export interface PilotLevels {
  readonly levels: readonly number[]
  readonly pathsWorth: number
}

/**
 * Level by level, each the height that the wanted share of the paths that set out from the one before has reached, until
 * enough of them are in the tail itself (F. Cérou and A. Guyader, Stochastic Analysis and Applications 25, 2007). No level comes out
 * where the tail is not rare, or where paths do not come to it however high they rise.
 */
export async function chooseLevels(
  question: Pick<TailsQuestion, 'plan' | 'pilotPaths'>,
  asked: Asked,
  { name }: LevelFunction,
  laboratory: Laboratory,
): Promise<PilotLevels> {
  const { plan, pilotPaths } = question
  const particles = Math.max(particlesAtLeast, Math.min(particlesAtMost, Math.round(share * pilotPaths)))
  const levels: number[] = []
  let pathsWorth = 0
  for (;;) {
    const splitting = { level: name, levels: [...levels], particles }
    const columns = await laboratory.simulate({ plan, from: pilotReplication, to: pilotReplication + 1, splitting })
    const sample = readSample(asked, columns, splitting, plan.days)
    pathsWorth += sample.pathsWorth
    const last = lastStage(asked.tail, sample, columns[levelColumn], particles)
    if (last.inTail >= enough * particles) return { levels, pathsWorth }
    const next = last.heights[Math.floor((1 - share) * particles)]
    const rises = Number.isFinite(next) && next > (levels.at(-1) ?? Number.NEGATIVE_INFINITY) && next > last.heights[0]
    if (!rises || levels.length === mostPilotLevels) return { levels: [], pathsWorth }
    levels.push(next)
  }
}

/** Where the paths that set out from the last level came to, ascending, and how many of them are in the tail. */
function lastStage(tail: TailQuestion, { losses, weights }: Sample, heights: Float64Array, particles: number) {
  const from = losses.length - particles
  const beyond = tailFrom(tail, losses, weights)
  let inTail = 0
  for (let i = from; i < losses.length; i++) if (weights[i] > 0 && losses[i] > beyond) inTail++
  return { heights: heights.slice(from).sort(), inTail }
}

/** The loss at which the tail begins, as far as the pilot can tell. */
function tailFrom(tail: TailQuestion, losses: Float64Array, weights: Float64Array): number {
  if (tail.kind === 'probability') return tail.beyond
  if (tail.kind === 'mean') return Number.NEGATIVE_INFINITY
  return tailRisk(losses, tail.level, weights, 'likelihoodRatios').valueAtRisk
}
