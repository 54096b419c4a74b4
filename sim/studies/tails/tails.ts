/** A tail by every way of simulating it: what each says, how sure it is, and how many plain paths each of its paths is worth. */
import { normalQuantile } from '../../kernel/maths/normal.ts'
import { type Cost, gainOf } from '../../statistics/efficiency.ts'
import type { GroupedEstimate } from '../../statistics/groupedEstimates.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import type { Interval, MethodAnswer, TailsAnswer } from './answer.ts'
import { joined } from './columns.ts'
import { controlled, type Finding, findingOf, runAntithetic, runPlain, runQuasi, weightsOf } from './methods.ts'
import { type Pilot, roundLength, runPilot } from './pilot.ts'
import { type Asked, checkQuestion, lossesOf, signOf, type TailsQuestion } from './question.ts'
import { methodTable, stageTable } from './tables.ts'

/** A further way of simulating; it asks for its own paths. */
export type FurtherMethod = (question: TailsQuestion, asked: Asked, laboratory: Laboratory) => Promise<Finding | null>

/**
 * Path numbers: plain and paired paths and nets begin at 0; the pilot and importance sampling have numbers of their own, because an
 * estimate is unbiased only where its luck is independent of the pilot that chose how to steer it.
 * @throws InputError naming what cannot be asked
 */
export async function tails(
  question: TailsQuestion,
  laboratory: Laboratory,
  further: readonly FurtherMethod[] = [],
): Promise<TailsAnswer> {
  const asked = checkQuestion(question, laboratory.metrics)
  const { confidence } = question
  laboratory.say('plain simulation')
  const plain = await runPlain(question, asked, laboratory)
  const findings: (Finding | null)[] = [
    findingOf(
      { method: 'plain', words: 'independent paths, each counted once', steering: null },
      asked.tail,
      { losses: plain.losses, group: 1 },
      confidence,
    ),
  ]
  const first = Math.ceil(question.paths / roundLength) * roundLength
  const pilot = await runPilot(question, asked, plain.candidates, plain, first, laboratory)
  laboratory.say('importance sampling')
  findings.push(await runImportance(question, asked, pilot, laboratory))
  laboratory.say('antithetic pairs, control variates, scrambled Sobol points')
  findings.push(await runAntithetic(question, asked, laboratory))
  findings.push(controlled(plain, question, asked))
  findings.push(await runQuasi(question, asked, laboratory))
  for (const method of further) findings.push(await method(question, asked, laboratory))
  const found = findings.filter((finding) => finding !== null)
  return answerOf(question, asked, found, pilot)
}

/** Paths by which importance sampling finds out how many it needs, in paths of a pilot's stage; they count like the others. */
const firstStages = 2
/** A variance found on so few is itself a guess. */
const margin = 1.1

/**
 * Importance sampling alone, with a pilot that begins from plain paths of its own: what a tail costs when only the answer is wanted.
 * @returns null where the pilot finds no luck that tells bad paths from others
 */
export async function byImportance(question: TailsQuestion, laboratory: Laboratory): Promise<Finding | null> {
  const asked = checkQuestion(question, laboratory.metrics)
  const plain = await runPlain({ ...question, paths: question.pilotPaths }, asked, laboratory)
  const first = wholeRounds(question.pilotPaths)
  const pilot = await runPilot(question, asked, plain.candidates, plain, first, laboratory)
  return runImportance(question, asked, pilot, laboratory)
}

/** In two steps: the second has what the variance of the first says is missing (C. Stein, Annals of Mathematical Statistics 16, 1945). */
async function runImportance(
  question: TailsQuestion,
  asked: Asked,
  { steering, next, paths: pilotPaths }: Pilot,
  laboratory: Laboratory,
): Promise<Finding | null> {
  if (steering === undefined) return null
  const { plan, confidence } = question
  const words = 'luck is moved towards the worst paths of a pilot, and each path is weighed by its likelihood'
  const found = (columns: readonly OutcomeColumns[], paths: number): Finding => {
    const all = joined(columns)
    const sample = { losses: lossesOf(asked.metric, all, paths), weights: weightsOf(all), group: roundLength }
    return findingOf({ method: 'importance sampling', words, pilotPaths, steering }, asked.tail, sample, confidence)
  }
  const first = wholeRounds(Math.min(firstStages * question.pilotPaths, question.most))
  const begun = await laboratory.simulate({ plan, from: next, to: next + first, steering })
  const paths = wholeRounds(Math.min(question.most, margin * pathsFor(found([begun], first).tail, question)))
  if (paths <= first) return found([begun], first)
  const rest = await laboratory.simulate({ plan, from: next + first, to: next + paths, steering })
  return found([begun, rest], paths)
}

function wholeRounds(paths: number): number {
  return Math.ceil(paths / roundLength) * roundLength
}

/** Paths after which the half-width of the interval is the wanted share of the estimate. */
function pathsFor(
  { value, variancePerPath }: Pick<GroupedEstimate, 'value' | 'variancePerPath'>,
  { precision, confidence, most }: Pick<TailsQuestion, 'precision' | 'confidence' | 'most'>,
): number {
  if (!(value > 0 && variancePerPath > 0)) return most
  const half = normalQuantile((1 + confidence) / 2) / (precision * value)
  return Math.ceil(variancePerPath * half * half)
}

function answerOf(question: TailsQuestion, asked: Asked, found: readonly Finding[], pilot: Pilot): TailsAnswer {
  const { metric, tail } = asked
  const sign = metric.kind === 'event' ? 1 : signOf(metric)
  const [plain] = found
  const { value, standardError, plainVariance } = surest(found).tail
  const costs = {
    // The variance of plain paths is all but proportional to the tail, and as uncertain.
    tail: { variancePerPath: plainVariance, logVarianceError: standardError / Math.abs(value), seconds: 1 },
    mean: { ...plain.mean, seconds: 1 },
  }
  const methods = found.map((finding) =>
    methodAnswer(finding, { isPlain: finding === plain, costs }, sign, tail.kind, question.confidence),
  )
  const { name, meaning, unit, kind, bad } = metric
  return {
    kind: 'tails',
    metric: { name, meaning, unit, kind, bad },
    tail: tail.kind === 'probability' ? { ...tail, beyond: sign * tail.beyond } : tail,
    confidence: question.confidence,
    precision: question.precision,
    enoughTailPaths: MINIMUM_TAIL_COUNT,
    methods,
    pilot: pilot.stages,
    plainPathsNeeded: value > 0 ? pathsFor({ value, variancePerPath: plainVariance }, question) : null,
    tables: { methods: methodTable(methods), pilot: stageTable(pilot.stages) },
  }
}

function methodAnswer(
  finding: Finding,
  { isPlain, costs }: { isPlain: boolean; costs: { tail: Cost; mean: Cost } },
  sign: 1 | -1,
  kind: Asked['tail']['kind'],
  confidence: number,
): MethodAnswer {
  const { method, words, paths, pilotPaths, tail, mean, weights, steering, splitting = null } = finding
  const gain = (plain: Cost, own: GroupedEstimate): Interval | null =>
    isPlain ? { value: 1, lower: 1, upper: 1 } : gainOf(plain, { ...own, seconds: 1 }, confidence)
  const isUnknown = tail.variancePerPath === 0
  const exact = isPlain && kind === 'probability' ? exactOf(tail, paths, confidence) : undefined
  const estimate =
    exact ??
    (isUnknown ? { value: tail.value, lower: null, upper: null } : signed(tail, kind === 'probability' ? 1 : sign))
  return {
    method,
    words,
    paths,
    pilotPaths,
    estimate: kind === 'probability' ? { ...estimate, lower: atLeastZero(estimate.lower) } : estimate,
    standardError: tail.standardError,
    tailPaths: tail.tailPaths,
    variancePerPath: tail.variancePerPath,
    logVarianceError: tail.logVarianceError,
    gainPerPath: gain(costs.tail, tail),
    mean: signed(mean, sign),
    meanGainPerPath: gain(costs.mean, mean),
    weights,
    steering,
    splitting,
  }
}

/** Independent paths that count once each have the exact interval of Clopper and Pearson. */
function exactOf({ value }: GroupedEstimate, paths: number, confidence: number): Interval {
  const { lower, upper } = clopperPearson(Math.round(value * paths), paths, confidence)
  return { value, lower, upper }
}

const atLeastZero = (bound: number | null): number | null => (bound === null ? null : Math.max(0, bound))

/** Back in the sign of the metric. */
function signed({ value, lower, upper }: GroupedEstimate, sign: 1 | -1): Interval {
  return sign === 1 ? { value, lower, upper } : { value: 0 - value, lower: 0 - upper, upper: 0 - lower }
}

/** The finding with most paths in the tail, among those whose weights can be believed; never chosen by its own error. */
function surest(found: readonly Finding[]): Finding {
  const known = ({ tail, weights }: Finding): number =>
    tail.value === 0 || weights?.meanIsOne === false ? -1 : tail.tailPaths
  return found.reduce((a, b) => (known(b) > known(a) ? b : a))
}
