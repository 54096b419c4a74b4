/** The reverse stress test: the likeliest futures in which a scenario fails, and the smallest orders that break it. */

import { compensatedSum } from '../../statistics/summation.ts'
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import { angle } from '../../statistics/vectors.ts'
import type { Laboratory } from '../laboratory.ts'
import type { CoordinateValue, Likelihood, ModeAnswer, ReverseAnswer } from './answer.ts'
import { Bench } from './bench.ts'
import { type Checked, checkModes } from './check.ts'
import { centreOf } from './directions.ts'
import { type Evidence, plainEvidence, remedyFor, type SteeredEvidence, steeredEvidence } from './evidence.ts'
import { countOf, readFailures } from './failure.ts'
import { criticalSizes, pairs } from './levers.ts'
import { cloudOf, type Mode, sortIntoModes } from './modes.ts'
import { amountsOf, narration, timelineOf } from './narrate.ts'
import { type FoundPoint, findPoint } from './point.ts'
import { checkQuestion, type ReverseQuestion } from './question.ts'
import { reproduce } from './reproduce.ts'
import { quartiles } from './shares.ts'
import { reverseTables } from './tables.ts'
import type { Witnessed } from './watch.ts'
import { mayBeEqual } from './weighed.ts'

/** From this share of failing paths on there is nothing to look for: it fails on typical luck. */
const failsAnyway = 0.5

/** @throws InputError for a question that cannot be asked */
export async function reverse(question: ReverseQuestion, laboratory: Laboratory): Promise<ReverseAnswer> {
  checkQuestion(question)
  const bench = new Bench(question, laboratory, readFailures(question.failures, laboratory.metrics))
  const { effort, scenario } = question
  laboratory.say(`plain simulation of ${scenario.paths} paths`)
  const cell = await bench.cell(bench.plainSteering, 0, scenario.paths)
  const count = countOf(cell.failed)
  laboratory.say(`${count} of ${scenario.paths} paths fail; a close look at them and at ${effort.controls} plain paths`)
  const controls = await lookAtControls(bench)
  const counted = await plainEvidence(bench, cell)
  const plain = counted.all
  const isRare = count < effort.fewFailures
  const steered = isRare && effort.pilotPaths > 0 ? await steeredEvidence(bench, cell) : null
  const evidence = steered ?? counted
  const sorted = sortIntoModes(evidence.paths, effort, (members) => evidence.of(members).worth)
  const { modes } = sorted
  laboratory.say(`${modes.length} kinds of failure; their design points`)
  const found = plain.value < failsAnyway ? await Promise.all(modes.map((mode) => findPoint(bench, modes, mode))) : []
  const points = found.filter((one): one is FoundPoint => typeof one !== 'string')
  laboratory.say('the probabilities again from other paths, drawn around the points')
  const checked = await checkModes(bench, modes, { all: evidence.all, of: ({ members }) => evidence.of(members) })
  laboratory.say('scenarios that reproduce them, and the smallest stresses that break it')
  const [reproductions, levers] = await Promise.all([
    Promise.all(modes.map((mode) => reproduce(bench, mode, evidence.steering))),
    criticalSizes(bench, controls),
  ])
  const answers = modes.map((mode, m) => {
    const without =
      plain.value < failsAnyway ? found[m] : 'more than half of all paths fail, so that typical luck fails too'
    return modeAnswer(bench, mode, { controls, without, points, checked, evidence, reproduction: reproductions[m] })
  })
  const finished = markDistinct(answers, points, effort.apart)
  const answer = {
    kind: 'reverse' as const,
    scenario: { name: scenario.name, question: scenario.question },
    failure: { text: bench.failure.text, meaning: bench.failure.meaning },
    confidence: effort.confidence,
    days: bench.plan.days,
    plain,
    enoughPaths: MINIMUM_TAIL_COUNT,
    steered: steered && steeredAnswer(steered, plain),
    tooRare: isRare && steered === null ? remedyFor(bench, plain) : null,
    coordinates: bench.space.coordinates.map(({ name, meaning }) => ({ name, meaning })),
    modes: finished,
    rare: sorted.rare.map((one) => ({ ...one, cause: question.language.witness.causes[one.cause] ?? one.cause })),
    distinctModes: finished.filter(({ distinct }) => distinct).length,
    apart: effort.apart,
    check: checked?.all ?? null,
    levers,
    pairs: await pairs(bench, levers),
    controls: controls.length,
  }
  return { ...answer, tables: reverseTables(answer) }
}

function lookAtControls(bench: Bench): Promise<readonly Witnessed[]> {
  const { effort, scenario } = bench.question
  const paths = Array.from({ length: Math.min(effort.controls, scenario.paths) }, (_, p) => p)
  return bench.lookAt({ plan: bench.plan, paths })
}

function steeredAnswer({ all, pilotPaths }: SteeredEvidence, plain: Likelihood): ReverseAnswer['steered'] {
  return { paths: all.of, pilotPaths, probability: all, agrees: mayBeEqual(all, plain) }
}

interface Parts {
  readonly controls: readonly Witnessed[]
  readonly without: FoundPoint | string | undefined
  readonly points: readonly FoundPoint[]
  readonly checked: Checked | null
  readonly evidence: Evidence
  readonly reproduction: ModeAnswer['reproduction']
}

function modeAnswer(bench: Bench, mode: Mode, parts: Parts): ModeAnswer {
  const { witness } = bench.question.language
  const { confidence } = bench.question.effort
  const { members, label, cause } = mode
  const { points, without, controls, checked, evidence, reproduction } = parts
  const probability = evidence.of(members)
  const amounts = amountsOf(witness, members, controls, confidence)
  const failedOn = quartiles(
    members.map((one) => one.failedOn),
    members.map(({ weight }) => weight),
  )
  const luck = luckOf(bench, mode)
  const causeWords = witness.causes[cause] ?? cause
  const point = points.find((one) => one.mode === mode)
  return {
    label,
    title: causeWords,
    cause,
    narration: narration(causeWords, amounts, failedOn.median, probability),
    paths: members.length,
    probability,
    shareOfFailures: evidence.shareOf(members),
    failedOn: { median: failedOn.median, earlier: failedOn.lower, later: failedOn.upper },
    amounts,
    timeline: timelineOf(witness, members, confidence),
    luck,
    point: point ? { ...point.answer, rank: rankOf(point, points) } : null,
    without: typeof without === 'string' ? without : null,
    angles: point ? anglesTo(point, points) : [],
    distinct: true,
    check: checked?.byMode.get(mode) ?? null,
    reproduction,
  }
}

/** Mean luck of a mode in the coordinates in which it is surely not ordinary. */
function luckOf(bench: Bench, { members }: Mode): readonly (CoordinateValue & { readonly standardError: number })[] {
  const { rows, weights } = cloudOf(members)
  const { mean, active } = centreOf({ rows, weights })
  const sum = compensatedSum(rows.length, (i) => weights[i])
  return active
    .map((c) => {
      const { name, meaning } = bench.space.coordinates[c]
      const square = compensatedSum(rows.length, (i) => {
        const away = (weights[i] / sum) * (rows[i][c] - mean[c])
        return away * away
      })
      const standardError = Math.sqrt((square * rows.length) / Math.max(1, rows.length - 1))
      return { coordinate: name, meaning, value: mean[c], standardError }
    })
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
}

function rankOf(point: FoundPoint, points: readonly FoundPoint[]): number {
  return 1 + points.filter(({ answer }) => answer.beta < point.answer.beta).length
}

function anglesTo(point: FoundPoint, points: readonly FoundPoint[]): ModeAnswer['angles'] {
  return points
    .filter((other) => other !== point)
    .map((other) => ({ to: other.mode.label, degrees: angle(point.point, other.point) }))
}

/**
 * A mode is distinct unless a likelier one has the same first cause and a point in nearly the same direction, or a point in nearly
 * the same direction at all: two names for one future are one mode.
 */
function markDistinct(answers: readonly ModeAnswer[], points: readonly FoundPoint[], apart: number): ModeAnswer[] {
  const pointOf = (label: string): Float64Array | undefined => points.find(({ mode }) => mode.label === label)?.point
  const kept: ModeAnswer[] = []
  return answers.map((answer) => {
    const own = pointOf(answer.label)
    const distinct = kept.every((other) => {
      const theirs = pointOf(other.label)
      if (own === undefined || theirs === undefined) return other.cause !== answer.cause
      return angle(own, theirs) >= apart
    })
    if (distinct) kept.push(answer)
    return { ...answer, distinct }
  })
}
