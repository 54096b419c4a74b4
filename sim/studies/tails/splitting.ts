/** Multilevel splitting as one way of simulating a tail: a pilot sets the levels, then replications with levels of their own luck. */
import { normalQuantile } from '../../kernel/maths/normal.ts'
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
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import { type Finding, findingOf, weightsOf } from './methods.ts'
import { type Asked, lossesOf, type TailsQuestion } from './question.ts'

/** Replications behind the interval at least; Student’s on fewer means would be wide. */
const leastReplications = 16
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

/** Splits paths towards the metric; null where the economy declares no level function that leads to it. */
export async function runSplitting(
  question: TailsQuestion,
  asked: Asked,
  laboratory: Laboratory,
): Promise<Finding | null> {
  const level = laboratory.economy.levels?.find(({ leadsTo }) => leadsTo.includes(asked.metric.name))
  if (level === undefined) {
    laboratory.say(`no multilevel splitting: no level function leads to ${asked.metric.name}`)
    return null
  }
  laboratory.say(`multilevel splitting on ${level.name}: levels`)
  const pilot = await chooseLevels(question, asked, level, laboratory)
  if (pilot.levels.length === 0) {
    laboratory.say(`no multilevel splitting: the tail is not rare, or ${level.name} does not lead to it`)
    return null
  }
  const splitting = { level: level.name, levels: pilot.levels, particles: particlesOf(question.paths) }
  laboratory.say(`multilevel splitting on ${level.name}: ${splitting.levels.length} levels`)
  const sample = await replicate(question, asked, splitting, laboratory)
  const finding = splitFinding(
    {
      method: 'multilevel splitting',
      words: wordsOf(splitting, sample.losses.length / sample.group),
      pilotPaths: Math.ceil(pilot.pathsWorth),
      steering: null,
    },
    asked.tail,
    sample,
    question.confidence,
  )
  return { ...inPathsWorth(finding, sample), splitting }
}

/** Paths of a replication are relatives, so its tail is worth what the spread over replications says, not what Kish counts. */
function splitFinding(words: Parameters<typeof findingOf>[0], tail: TailQuestion, sample: Sample, confidence: number) {
  const tailPaths = independentTailPaths(tail, sample)
  return findingOf(words, tail, sample, confidence, (terms) => ({ ...terms, tailPaths }))
}

/** Independent paths in the tail that would know its probability as well: their relative variance is one over their number. */
function independentTailPaths(tail: TailQuestion, { losses, weights, group }: Sample): number {
  const { terms } = tailTerms({ kind: 'probability', beyond: tailFrom(tail, losses, weights) }, losses, weights)
  const { mean, standardError } = meanWithInterval(groupMeans(terms, group), 0.95)
  if (mean === 0 || standardError === null) return 0
  return standardError === 0 ? losses.length : Math.min(losses.length, (mean / standardError) * (mean / standardError))
}

function wordsOf({ level, levels, particles }: Splitting, replications: number): string {
  const marks = levels.map((value) => value.toPrecision(3)).join(', ')
  const interval = replications < manyGroups ? 'Student’s interval' : 'interval corrected for skewness'
  return (
    `${particles} paths set out from the start and from each of ${levels.length} levels of ${level} (${marks}); ` +
    `${interval} over ${replications} independent replications`
  )
}

/** Rows differ in their work: what a path is worth is told per plain path’s work. */
function inPathsWorth(finding: Finding, { losses, pathsWorth }: Sample): Finding {
  const perRow = pathsWorth / losses.length
  const scaled = <E extends { variancePerPath: number }>(estimate: E): E => ({
    ...estimate,
    variancePerPath: estimate.variancePerPath * perRow,
  })
  return { ...finding, paths: Math.ceil(pathsWorth), tail: scaled(finding.tail), mean: scaled(finding.mean) }
}

function particlesOf(paths: number): number {
  const particles = Math.round(paths / (leastReplications * pathsPerParticle))
  return Math.max(particlesAtLeast, Math.min(particlesAtMost, particles))
}

/** The least number of replications, then twice as many and so on, until the precision wanted is reached or paths are used up. */
async function replicate(
  question: TailsQuestion,
  asked: Asked,
  splitting: Splitting,
  laboratory: Laboratory,
): Promise<Sample> {
  const { plan, most } = question
  let sample: Sample | undefined
  let replications = 0
  let wanted = leastReplications
  while (wanted > replications) {
    const columns = await laboratory.simulate({ plan, from: replications, to: wanted, splitting })
    sample = joined(sample, readSample(asked, columns, splitting, plan.days))
    replications = wanted
    const affordable = Math.floor((most * replications) / sample.pathsWorth)
    wanted = Math.min(needed(question, asked, sample), 2 * replications, affordable, pilotReplication)
  }
  return sample as Sample
}

/** Replications after which the half-width of the interval is the wanted share of the estimate. */
function needed({ confidence, precision }: TailsQuestion, asked: Asked, sample: Sample): number {
  const { value, standardError, groups } = splitFinding(nameless, asked.tail, sample, confidence).tail
  if (value === 0 || standardError === 0) return Number.POSITIVE_INFINITY
  const half = (normalQuantile((1 + confidence) / 2) * standardError) / (precision * Math.abs(value))
  return Math.ceil(groups * half * half)
}

function joined(before: Sample | undefined, more: Sample): Sample {
  if (before === undefined) return more
  return {
    losses: Float64Array.from([...before.losses, ...more.losses]),
    weights: Float64Array.from([...before.weights, ...more.weights]),
    group: more.group,
    pathsWorth: before.pathsWorth + more.pathsWorth,
  }
}

const nameless = { method: '', words: '', steering: null }

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
