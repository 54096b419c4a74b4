/** Ways of simulating the same question, each with the paths that it asks for and what it makes of them. */
import { exp } from '../../kernel/maths/elementary.ts'
import type { Multiplying } from '../../kernel/splitting/declaration.ts'
import { blockStarts, logWeightColumn, type OneShock, type Steering, watchColumn } from '../../kernel/steering.ts'
import { type Control, controlledMean } from '../../statistics/controlVariates.ts'
import {
  type GroupedEstimate,
  groupedEstimate,
  type TailQuestion,
  type Terms,
  tailTerms,
} from '../../statistics/groupedEstimates.ts'
import {
  type Blocks,
  blocksOf,
  type TailVariances,
  tailVariances,
  termVariances,
} from '../../statistics/tailVariances.ts'
import { weightDiagnostics } from '../../statistics/weights.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import type { WeightReport } from './answer.ts'
import { type Candidate, candidatesOf, watchesOf } from './candidates.ts'
import { type Asked, lossesOf, type TailsQuestion } from './question.ts'

/** What a method makes of its paths; losses are worse the higher they are. */
export interface Finding {
  readonly method: string
  readonly words: string
  readonly paths: number
  readonly pilotPaths: number
  readonly tail: GroupedEstimate & Pick<Terms, 'tailPaths' | 'plainVariance'>
  readonly mean: GroupedEstimate & Pick<Terms, 'plainVariance'>
  /**
   * How well the variances behind both are known; found when it is asked for, as it takes a while.
   * @param blocks those of another method, to be held against it where both have paths in common
   */
  readonly variances: (blocks?: Blocks) => { readonly tail: TailVariances; readonly mean: TailVariances }
  /** By which its variances are found. */
  readonly blocks: Blocks
  /** Its paths begin at 0, as those of plain simulation do. */
  readonly sharesPaths?: boolean
  /** What the stage that set the number of its paths let one expect of it; independent of the estimate, and of that of plain paths. */
  readonly foreseen?: Foreseen
  readonly weights: WeightReport | null
  /** Its paths were chosen for their tail: of the others too few are left to tell the mean, or whether the weights are one on average. */
  readonly tailOnly?: boolean
  readonly steering: Steering | null
  /** How paths were multiplied, where they were. */
  readonly splitting?: Multiplying
  /** Share of the weight of the tail that the replication with most has. */
  readonly largestReplication?: number | null
}

export interface Foreseen {
  /** Paths that its tail will be worth. */
  readonly tailPaths: number
  /** Share of plain paths in the tail. */
  readonly tailShare: number
}

/** Is told which method was left out, and why. */
export type LeaveOut = (method: string, why: string) => void

export function sayLeftOut({ say }: Laboratory): LeaveOut {
  return (method, why) => say(`no ${method}: ${why}`)
}

interface Sample {
  readonly losses: Float64Array
  readonly weights?: Float64Array
  /** Paths of a group; groups are independent of each other. */
  readonly group: number
}

/** What a method knows better than its weighted losses say. */
export interface Amendment {
  /** Paths that its tail is worth. */
  readonly tailPaths?: number
  /** What becomes of the terms before their groups are compared, such as control variates. */
  readonly transform?: (terms: Terms) => Terms
}

/** What is known of a method before its paths. */
type MethodWords = Pick<Finding, 'method' | 'words' | 'steering' | 'sharesPaths'> & { readonly pilotPaths?: number }

export function findingOf(
  { method, words, pilotPaths = 0, steering, sharesPaths = false }: MethodWords,
  tail: TailQuestion,
  { losses, weights, group }: Sample,
  confidence: number,
  { tailPaths: worth, transform }: Amendment = {},
): Finding {
  const worthFor = (question: TailQuestion): number | undefined => (question === tail ? worth : undefined)
  const termsOf = (question: TailQuestion): Terms => {
    const found = tailTerms(question, losses, weights)
    const terms = { ...found, tailPaths: worthFor(question) ?? found.tailPaths }
    return transform === undefined ? terms : transform(terms)
  }
  const own = blocksOf(losses.length, group)
  const variancesOf = (question: TailQuestion, blocks: Blocks): TailVariances =>
    transform === undefined
      ? tailVariances(question, { losses, weights, group }, worthFor(question), blocks)
      : termVariances(termsOf(question), group, blocks)
  const estimate = (question: TailQuestion): Finding['tail'] => {
    const terms = termsOf(question)
    const { tailPaths, plainVariance } = terms
    return { ...groupedEstimate(terms, group, confidence), tailPaths, plainVariance }
  }
  return {
    method,
    words,
    paths: losses.length,
    pilotPaths,
    tail: estimate(tail),
    mean: estimate({ kind: 'mean' }),
    variances: (blocks = own) => ({ tail: variancesOf(tail, blocks), mean: variancesOf({ kind: 'mean' }, blocks) }),
    blocks: own,
    sharesPaths,
    weights: weights === undefined ? null : weightReport(weights),
    steering,
  }
}

/** @param stages how many times as many paths the estimate takes as the stage before it */
export function foreseenBy({ tail }: Finding, stages: number, question: TailQuestion): Foreseen {
  const { tailPaths, value } = tail
  const tailShare = question.kind === 'probability' ? value : question.kind === 'shortfall' ? 1 - question.level : 1
  return { tailPaths: stages * tailPaths, tailShare }
}

/** exp of the column of log weights. */
export function weightsOf(columns: OutcomeColumns): Float64Array {
  return columns[logWeightColumn].map((logWeight) => exp(logWeight))
}

function weightReport(weights: Float64Array): WeightReport {
  const { effectiveSampleSize, largestShare, mean, meanStandardError, meanIsOne } = weightDiagnostics(weights)
  return {
    effectiveSampleSize,
    largestShare,
    largest: weights.reduce((most, weight) => Math.max(most, weight), 0),
    mean,
    meanStandardError: meanStandardError ?? 0,
    meanIsOne: meanIsOne ?? true,
  }
}

/** Plain paths on which the candidates were watched: the comparison, the first stage of the pilot, and the controls. */
export interface PlainRun {
  readonly columns: OutcomeColumns
  readonly paths: number
  readonly losses: Float64Array
  readonly candidates: readonly Candidate[]
}

export async function runPlain(question: TailsQuestion, asked: Asked, laboratory: Laboratory): Promise<PlainRun> {
  const candidates = candidatesOf(laboratory.economy, question.plan)
  const { plan, paths } = question
  const steering = { watch: watchesOf(candidates) }
  const columns = await laboratory.simulate({ plan, from: 0, to: paths, steering })
  return { columns, paths, losses: lossesOf(asked.metric, columns, paths), candidates }
}

/** Paths in pairs, the second the mirror of the first. */
export async function runAntithetic(question: TailsQuestion, asked: Asked, laboratory: Laboratory): Promise<Finding> {
  const steering: Steering = { antithetic: true }
  const paths = question.paths - (question.paths % 2)
  const columns = await laboratory.simulate({ plan: question.plan, from: 0, to: paths, steering })
  return findingOf(
    {
      method: 'antithetic pairs',
      words: 'every second path is the mirror of the one before',
      steering,
      sharesPaths: true,
    },
    asked.tail,
    { losses: lossesOf(asked.metric, columns, paths), group: 2 },
    question.confidence,
  )
}

/** Controls: what was watched of plain luck whose mean is known, its sums (0) and its lowest and highest probabilities. */
export function controlled(plain: PlainRun, question: TailsQuestion, asked: Asked): Finding {
  const controls = controlsOf(plain, question.plan.days)
  return findingOf(
    {
      method: 'control variates',
      words: `${controls.length} sums and extremes of the luck, whose means are known, are regressed out of plain paths`,
      steering: { watch: watchesOf(plain.candidates) },
      sharesPaths: true,
    },
    asked.tail,
    { losses: plain.losses, group: 1 },
    question.confidence,
    {
      transform: (found) => {
        const { mean, residuals, count, used } = controlledMean(found.terms, controls, question.confidence)
        // The spread of residuals is that of n - d - 1 numbers; stretched about their mean it is that of n - 1.
        const stretch = Math.sqrt((count - 1) / (count - used - 1))
        return { ...found, value: mean, terms: residuals.map((x) => mean + stretch * (x - mean)) }
      },
    },
  )
}

/** Paths for each control: with fewer, the regression would cost more than it explains. */
const pathsAControl = 50

/** Sums over the run of daily shocks, and draws made once. */
function controlsOf({ columns, paths, candidates }: PlainRun, days: number): Control[] {
  const sums = candidates
    .filter(({ move, when }) => move === 'shift' && when === 'daily')
    .map(({ shock, indices: [index], blocks }): Control => {
      const parts = blockStarts(days, blocks)
        .subarray(1)
        .map((_, block) => block)
      const values = new Float64Array(paths)
      for (const block of parts) {
        const column = columns[watchColumn({ shock, index, what: 'total' }, block)]
        for (let p = 0; p < paths; p++) values[p] += column[p] / Math.sqrt(days)
      }
      return { values, mean: 0 }
    })
  const draws = candidates
    .filter(({ when }) => when === 'once')
    .map(
      ({ shock, indices: [index] }): Control => ({
        values: columns[watchColumn({ shock, index, what: 'lowest' })],
        mean: 0.5,
      }),
    )
  return [...sums, ...draws].slice(0, Math.floor(paths / pathsAControl))
}

/** Randomisations behind the interval of a net: fewer leave Student’s too wide, more leave nets too small. */
const randomisations = 16
const quasiBlocks = 8
const mostCoordinates = 161

/** Randomised nets in the coarse course of daily shocks and in draws made once. */
export async function runQuasi(
  question: TailsQuestion,
  asked: Asked,
  laboratory: Laboratory,
  leaveOut: LeaveOut,
): Promise<Finding | null> {
  const { plan, confidence } = question
  const points = netSize(question.paths / randomisations)
  const net = netOf(candidatesOf(laboratory.economy, plan), Math.min(quasiBlocks, plan.days))
  const method = 'scrambled Sobol points'
  if (points < 2 || net.shocks.length === 0) {
    leaveOut(method, 'no luck is drawn every day or once for all, or there are too few paths for a net')
    return null
  }
  const steering: Steering = { quasi: { points, ...net } }
  const paths = points * randomisations
  const columns = await laboratory.simulate({ plan, from: 0, to: paths, steering })
  return findingOf(
    {
      method,
      words: `${randomisations} randomisations of ${points} points in ${net.dimensions} dimensions, through a Brownian bridge`,
      steering,
      sharesPaths: true,
    },
    asked.tail,
    { losses: lossesOf(asked.metric, columns, paths), group: points },
    confidence,
  )
}

function netSize(most: number): number {
  let points = 1
  while (2 * points <= most) points *= 2
  return points
}

/** Daily shocks in their order, then draws made once, as long as there are coordinates. */
function netOf(candidates: readonly Candidate[], blocks: number) {
  const shocks: OneShock[] = []
  let dimensions = 0
  for (const wanted of ['daily', 'once'] as const) {
    for (const {
      shock,
      indices: [index],
      when,
    } of candidates) {
      const more = when === 'daily' ? blocks : 1
      if (when !== wanted || dimensions + more > mostCoordinates) continue
      shocks.push({ shock, index })
      dimensions += more
    }
  }
  return { shocks, blocks, dimensions }
}
