/** The answer of a study of a tail out of what each way of simulating has found. */

import { normalQuantile } from '../../kernel/maths/normal.ts'
import { rangeOf, within } from '../../kernel/metric.ts'
import type { GroupedEstimate } from '../../statistics/groupedEstimates.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import {
  gainWithPilot,
  intervalOf,
  type LogEstimate,
  type PositiveInterval,
  quotient,
  quotientOfShared,
} from '../../statistics/tailVariances.ts'
import type { Interval, LeftOut, MethodAnswer, TailsAnswer } from './answer.ts'
import { leading } from './leading.ts'
import type { Finding } from './methods.ts'
import type { Pilot } from './pilot.ts'
import { type Asked, signOf, type TailsQuestion, toldTail } from './question.ts'
import { methodTable, stageTable } from './tables.ts'

/** Paths of a variance after which the half-width of the interval is the wanted share of the estimate. */
function pathsFor(relativeVariance: number, { precision, confidence }: TailsQuestion): number {
  const half = normalQuantile((1 + confidence) / 2) / precision
  return Math.ceil(relativeVariance * half * half)
}

export function answerOf(
  question: TailsQuestion,
  asked: Asked,
  found: readonly Finding[],
  pilot: Pilot,
  leftOut: readonly LeftOut[],
): TailsAnswer {
  const { metric } = asked
  const { confidence } = question
  const best = leading(found)
  const ofBest = best.variances()
  const known = ofBest.tail.relative
  const relative = known && intervalOf(known, confidence)
  const plainPathsNeeded = relative && {
    value: pathsFor(relative.value, question),
    lower: pathsFor(relative.lower, question),
    upper: pathsFor(relative.upper, question),
  }
  const plain = found[0]
  const methods = found.map((finding) => {
    const own = finding === best ? ofBest : finding.variances()
    const against = againstPlain(plain, finding, own)
    const gains = {
      tail:
        best === plain ? against.tail : finding === best ? own.tail.gain : ratioOf(ofBest.tail.plain, own.tail.perPath),
      mean: against.mean,
      logVarianceError: own.tail.perPath?.logError ?? null,
      plainPathsNeeded,
    }
    return methodAnswer(finding, finding === plain, asked, confidence, gains)
  })
  const { name, meaning, unit, kind, bad } = metric
  return {
    kind: 'tails',
    metric: { name, meaning, unit, kind, bad },
    tail: toldTail(asked),
    confidence,
    precision: question.precision,
    enoughTailPaths: MINIMUM_TAIL_COUNT,
    methods,
    surest: best.method,
    leftOut,
    pilot: pilot.stages,
    plainPathsNeeded,
    tables: { methods: methodTable(methods), pilot: stageTable(pilot.stages) },
  }
}

/** The variances of plain paths over a method’s own; what paths in common say of both falls out. */
function againstPlain(plain: Finding, finding: Finding, own: Variances): Record<keyof Variances, LogEstimate | null> {
  const { sharesPaths, blocks } = finding
  const ofPlain = sharesPaths ? plain.variances(blocks) : plain.variances()
  const over = (key: keyof Variances) =>
    ratioOf(ofPlain[key].perPath, own[key].perPath, sharesPaths ? quotientOfShared : quotient)
  return { tail: over('tail'), mean: over('mean') }
}

type Variances = ReturnType<Finding['variances']>

function ratioOf(plain: LogEstimate | null, own: LogEstimate | null, over = quotient): LogEstimate | null {
  return plain && own ? over(plain, own) : null
}

interface Gains {
  readonly tail: LogEstimate | null
  readonly mean: LogEstimate | null
  readonly logVarianceError: number | null
  readonly plainPathsNeeded: PositiveInterval | null
}

function methodAnswer(
  finding: Finding,
  isPlain: boolean,
  { metric, tail: { kind } }: Asked,
  confidence: number,
  { tail: gain, mean: meanGain, logVarianceError, plainPathsNeeded }: Gains,
): MethodAnswer {
  const {
    method,
    words,
    paths,
    pilotPaths,
    tail,
    mean,
    weights,
    steering,
    splitting = null,
    largestReplication = null,
    tailOnly = false,
  } = finding
  const sign = metric.kind === 'event' ? 1 : signOf(metric)
  const even = { value: 1, lower: 1, upper: 1 }
  const gainPerPath = isPlain ? even : gain && intervalOf(gain, confidence)
  const exact = isPlain && kind === 'probability' ? exactOf(tail, paths, confidence) : undefined
  const isUnknown = tail.variancePerPath === 0
  const open = isUnknown ? { value: tail.value, lower: null, upper: null } : undefined
  const range = rangeOf(kind === 'probability' ? { kind: 'event' } : metric)
  return {
    method,
    words,
    paths,
    pilotPaths,
    estimate: within(exact ?? open ?? signed(tail, kind === 'probability' ? 1 : sign), range),
    standardError: tail.standardError,
    tailPaths: tail.tailPaths,
    variancePerPath: tail.variancePerPath,
    logVarianceError,
    gainPerPath,
    saving: gainPerPath && plainPathsNeeded && gainWithPilot(gainPerPath, plainPathsNeeded, pilotPaths),
    mean: tailOnly ? null : within(signed(mean, sign), rangeOf(metric)),
    meanGainPerPath: isPlain ? even : tailOnly ? null : meanGain && intervalOf(meanGain, confidence),
    weights,
    steering,
    splitting,
    largestReplication,
  }
}

/** Independent paths that count once each have the exact interval of Clopper and Pearson. */
function exactOf({ value }: GroupedEstimate, paths: number, confidence: number): Interval {
  const { lower, upper } = clopperPearson(Math.round(value * paths), paths, confidence)
  return { value, lower, upper }
}

/** Back in the sign of the metric. */
function signed({ value, lower, upper }: GroupedEstimate, sign: 1 | -1): Interval {
  return sign === 1 ? { value, lower, upper } : { value: 0 - value, lower: 0 - upper, upper: 0 - lower }
}
