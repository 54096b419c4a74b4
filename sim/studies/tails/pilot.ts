/** The pilot: stages that each move luck a little nearer to the worst paths of the one before. */
import { exp } from '../../kernel/maths/elementary.ts'
import { logWeightColumn, type MixturePart, type Proposal, type Steering } from '../../kernel/steering.ts'
import type { TailQuestion } from '../../statistics/groupedEstimates.ts'
import { tailRisk } from '../../statistics/tailRisk.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import { type Candidate, watchesOf } from './candidates.ts'
import { firstOf, joined } from './columns.ts'
import { eliteOf, type Sample } from './elite.ts'
import { fitProposal } from './fitting.ts'
import { type Asked, lossesOf, severitiesOf, type TailsQuestion } from './question.ts'

/** One stage of the pilot, as the answer tells it. */
export interface PilotStage {
  readonly paths: number
  /** Severity from which a path counts among the worst, in the unit of the guide. */
  readonly level: number
  readonly worst: number
  readonly effective: number
  /** Share of the stage’s paths in the tail that is asked for. */
  readonly inTail: number
  readonly shifts: number
  readonly chances: number
}

export interface Pilot {
  readonly stages: readonly PilotStage[]
  /** What the main run draws from; undefined where no luck was found that tells bad paths from others. */
  readonly steering: Steering | undefined
  /** First path number that no stage has used. */
  readonly next: number
  /** Paths of all stages, those of plain luck included. */
  readonly paths: number
}

/** Share of a stage’s paths that count as its worst. */
const worstShare = 0.08
/** Effective number of worst paths that a proposal may be fitted to. */
const leastEffective = 20
const mostStages = 5
/** Paths of plain luck and of each proposal but the newest in a round of the mixture; the newest has the rest. */
const plainShare = 2
const earlierShare = 1

/** Paths in a round of any mixture of a pilot. */
export const roundLength = 10

/**
 * @param plain paths of plain luck on which the candidates were watched; the first of them are the first stage
 * @param from first path number that may be used, a multiple of the round
 */
export async function runPilot(
  question: TailsQuestion,
  asked: Asked,
  candidates: readonly Candidate[],
  plain: { readonly columns: OutcomeColumns; readonly paths: number },
  from: number,
  laboratory: Laboratory,
): Promise<Pilot> {
  const watch = watchesOf(candidates)
  const stages: PilotStage[] = []
  const proposals: Proposal[] = []
  let paths = Math.min(question.pilotPaths, plain.paths)
  let sample = readSample(asked, plain.columns, 0, paths)
  let columns = firstOf(plain.columns, paths)
  const samples: StageSample[] = [sample]
  let next = from
  for (let stage = 1; ; stage++) {
    const { level, isLast } = levelOf(asked.tail, sample)
    const elite = eliteOf(samples, level)
    const known = proposals[proposals.length - 1] ?? {}
    const proposal =
      elite.effective < leastEffective ? {} : fitProposal(candidates, columns, elite, known, question.plan.days)
    const { shifts = [], chances = [] } = proposal
    stages.push({
      paths: sample.paths,
      level,
      worst: elite.paths.length,
      effective: elite.effective,
      inTail: inTail(asked.tail, sample),
      shifts: shifts.length,
      chances: chances.length,
    })
    const isFound = shifts.length + chances.length > 0
    if (isFound) proposals.push(proposal)
    if (!isFound || isLast || stage === mostStages) break
    laboratory.say(`pilot, stage ${stage + 1}: ${shifts.length} shifts and ${chances.length} likelier ends`)
    const count = Math.ceil(question.pilotPaths / roundLength) * roundLength
    const found = await laboratory.simulate({
      plan: question.plan,
      from: next,
      to: next + count,
      steering: { ...mixtureOf(proposals), watch },
    })
    sample = readSample(asked, found, paths, count)
    samples.push(sample)
    columns = joined([columns, found])
    next += count
    paths += count
  }
  const steering = proposals.length > 0 ? mixtureOf(proposals) : undefined
  return { stages, steering, next, paths }
}

interface StageSample extends Sample {
  readonly paths: number
  readonly losses: Float64Array
}

function readSample({ metric, guide }: Asked, all: OutcomeColumns, first: number, paths: number): StageSample {
  const columns = firstOf(all, paths)
  const logWeights = columns[logWeightColumn]
  return {
    first,
    paths,
    losses: lossesOf(metric, columns, paths),
    severities: severitiesOf(guide, columns, paths),
    weights: logWeights.map((logWeight) => exp(logWeight)),
  }
}

/** The severity of the next fit: that of the worst of the stage’s paths, but no further than the tail itself. */
function levelOf(tail: TailQuestion, sample: StageSample): { level: number; isLast: boolean } {
  const worstFirst = Float64Array.from(sample.severities).sort().reverse()
  const worst = Math.ceil(worstShare * worstFirst.length)
  const within = beyondTies(worstFirst, worst)
  const target = targetOf(tail, sample)
  return { level: Math.min(within, target), isLast: target <= within }
}

/** The severity of a rank; the next worse one where so many paths share it that they are no longer the worst. */
function beyondTies(worstFirst: Float64Array, rank: number): number {
  const severity = worstFirst[rank]
  const shared = worstFirst.filter((other) => other >= severity).length
  if (shared <= 2 * rank) return severity
  const worse = worstFirst.filter((other) => other > severity)
  return worse.length > 0 ? worse[worse.length - 1] : severity
}

/** The severity at which the tail that is asked for begins, as far as the stage can tell. */
function targetOf(tail: TailQuestion, { losses, severities, weights }: StageSample): number {
  if (tail.kind === 'shortfall') return tailRisk(severities, tail.level, weights, 'likelihoodRatios').valueAtRisk
  let least = Number.POSITIVE_INFINITY
  for (let p = 0; p < losses.length; p++) {
    if (tail.kind === 'probability' && losses[p] > tail.beyond) least = Math.min(least, severities[p])
  }
  return least
}

function inTail(tail: TailQuestion, { losses, weights }: StageSample): number {
  const from =
    tail.kind === 'probability'
      ? tail.beyond
      : tail.kind === 'shortfall'
        ? tailRisk(losses, tail.level, weights, 'likelihoodRatios').valueAtRisk
        : Number.NEGATIVE_INFINITY
  let count = 0
  for (const loss of losses) if (loss > from) count++
  return count / losses.length
}

/**
 * Plain luck, every proposal so far and most of the newest one. Plain luck bounds the weights, and the earlier proposals lie between
 * it and the newest: bad paths that the newest one hardly draws come from them with weights that are not far from one.
 */
function mixtureOf(proposals: readonly Proposal[]): Steering {
  const earlier = proposals.slice(0, -1)
  const newest = roundLength - plainShare - earlierShare * earlier.length
  const mixture: MixturePart[] = [
    { paths: plainShare },
    ...earlier.map((proposal) => ({ paths: earlierShare, ...proposal })),
    { paths: newest, ...proposals[proposals.length - 1] },
  ]
  return { mixture }
}
