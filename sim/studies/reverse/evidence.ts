/** The failing paths on which modes stand: those of the plain simulation or, where they are too few, those of steered luck. */
import type { MixturePart, Steering } from '../../kernel/steering.ts'
import { manyGroups } from '../../statistics/groupedEstimates.ts'
import { candidatesOf, watchesOf as watchesOfCandidates } from '../tails/candidates.ts'
import { roundLength, runPilot } from '../tails/pilot.ts'
import { checkQuestion, severitiesOf, standardSizes } from '../tails/question.ts'
import type { Likelihood, ReverseAnswer, Share } from './answer.ts'
import type { Bench, SteeredCell } from './bench.ts'
import { countOf } from './failure.ts'
import { type FailingPath, sortIntoModes } from './modes.ts'
import { roughPoint } from './point.ts'
import { partOf, share } from './shares.ts'
import { watchesOf } from './shockSpace.ts'
import { roundOf, weighedPart, weighedProbability, wholeRounds } from './weighed.ts'

export interface Evidence {
  /** Those that were looked at closely. */
  readonly paths: readonly FailingPath[]
  readonly steering: Steering
  /** Probability of failing at all. */
  readonly all: Likelihood
  /** Probability of failing as some of the paths do. */
  readonly of: (members: readonly FailingPath[]) => Likelihood
  /** Their share of all failures. */
  readonly shareOf: (members: readonly FailingPath[]) => Share
}

/** Each path counts once; of more failing paths than were looked at, those stand for the others. */
export async function plainEvidence(bench: Bench, cell: SteeredCell): Promise<Evidence> {
  const { witnesses, confidence } = bench.question.effort
  const [count, of] = [countOf(cell.failed), cell.failed.length]
  const paths = await bench.failingPaths(cell, witnesses)
  return {
    paths,
    steering: cell.steering,
    all: { ...share(count, of, confidence), worth: count, weighted: false },
    of: ({ length }) => partOf(length, paths.length, count, of, confidence),
    shareOf: ({ length }) => share(length, paths.length, confidence),
  }
}

export interface SteeredEvidence extends Evidence {
  readonly pilotPaths: number
}

/** Paths in a round of steered ones that are drawn towards each kind of near failure. */
const nearShare = 3

/**
 * Paths whose luck is moved towards failure, weighed by their likelihood: by the pilots of the study of tails, one for each
 * failure that counts, and towards each way in which plain paths came near to it, as a pilot alone follows only the likeliest way
 * (a mixture over ways of failing: Owen, Maximov and Chertkov, Electronic Journal of Statistics 13, 2019). Their numbers are
 * others than those of pilots.
 * @param plain the plain simulation
 * @returns null where no luck tells failing paths from others, or too few of the steered paths fail
 */
export async function steeredEvidence(bench: Bench, plain: SteeredCell): Promise<SteeredEvidence | null> {
  const { steeredPaths, leastPaths, confidence } = bench.question.effort
  const { mixture: piloted, pilotPaths } = await pilots(bench)
  const near = (await nearFailures(bench, plain)).map((at) => ({ paths: nearShare, ...bench.proposalAt(at) }))
  if (piloted.length + near.length === 0) return null
  const mixture = [...(piloted.length > 0 ? piloted : [{ paths: nearShare }]), ...near]
  const paths = wholeRounds(Math.max(steeredPaths, manyGroups * roundOf(mixture)), roundOf(mixture))
  const from = bench.numbers.take(paths, roundOf(mixture))
  bench.laboratory.say(`${paths} paths steered towards failure`)
  const cell = await bench.cell({ mixture, watch: watchesOf(bench.space) }, from, from + paths)
  if (countOf(cell.failed) < leastPaths) return null
  const marked = (members: readonly FailingPath[]): Uint8Array => {
    const chosen = new Uint8Array(paths)
    for (const { path } of members) chosen[path - from] = 1
    return chosen
  }
  return {
    paths: await bench.failingPaths(cell, paths),
    steering: cell.steering,
    pilotPaths,
    all: weighedProbability(cell, cell.failed, confidence),
    of: (members) => weighedProbability(cell, marked(members), confidence),
    shareOf: (members) => weighedPart(cell, marked(members), cell.failed, confidence),
  }
}

async function pilots(bench: Bench): Promise<{ mixture: readonly MixturePart[]; pilotPaths: number }> {
  const { laboratory, plan, numbers, failure } = bench
  const { pilotPaths } = bench.question.effort
  const candidates = candidatesOf(laboratory.economy, plan)
  const steering = { watch: watchesOfCandidates(candidates) }
  const mixture: MixturePart[] = []
  let spent = 0
  for (const part of failure.parts) {
    const question = { ...standardSizes, plan, pilotPaths, ...part }
    const asked = checkQuestion(question, laboratory.metrics)
    laboratory.say(`too few failing paths: a pilot towards ${part.metric}`)
    const first = numbers.take(pilotPaths)
    const columns = await laboratory.simulate({ plan, from: first, to: first + pilotPaths, steering })
    const from = numbers.take(0, roundLength)
    const pilot = await runPilot(question, asked, candidates, { columns, paths: pilotPaths }, from, laboratory)
    numbers.take(pilot.next - from)
    spent += pilot.paths
    mixture.push(...(pilot.steering?.mixture ?? []))
  }
  return { mixture, pilotPaths: spent }
}

/** Share of plain paths that count as near to a failure. */
const nearestShare = 0.05
const mostNear = 200
/** Ways of coming near that are followed. */
const mostWays = 6

/** Points at which half of the paths fail, one for each way in which the worst plain paths came near to a failure. */
async function nearFailures(bench: Bench, plain: SteeredCell): Promise<readonly Float64Array[]> {
  const { laboratory, failure, plan, question } = bench
  const n = plain.failed.length
  const places = new Set<number>()
  for (const part of failure.parts) {
    const { guide } = checkQuestion({ ...standardSizes, plan, ...part }, laboratory.metrics)
    const severities = severitiesOf(guide, plain.columns, n)
    const worst = [...severities.keys()].sort((a, b) => severities[b] - severities[a] || a - b)
    for (const place of worst.slice(0, Math.min(mostNear, Math.ceil(nearestShare * n)))) places.add(place)
  }
  laboratory.say(`a close look at the ${places.size} plain paths that came nearest to a failure`)
  const near = await bench.closeLook(plain, [...places])
  const { modes } = sortIntoModes(near, question.effort)
  const points = await Promise.all(modes.slice(0, mostWays).map(({ members }) => roughPoint(bench, members)))
  return points.filter((point) => point !== null)
}

/** What is said where plain paths failed too rarely and steering did not help. */
export function remedyFor(bench: Bench, plain: Likelihood): NonNullable<ReverseAnswer['tooRare']> {
  const { question, failure } = bench
  const [{ metric, beyond }] = failure.parts
  const settings = question.settings.map((text) => ` --set '${text}'`).join('')
  const limit = beyond === undefined ? '' : ` --beyond ${beyond}`
  const place = `${question.extends}${settings} --days ${question.scenario.days}`
  return {
    pathsNeeded: Math.ceil(question.effort.fewFailures / (plain.count > 0 ? plain.value : plain.upper)),
    failures: question.effort.fewFailures,
    wasSteered: question.effort.pilotPaths > 0,
    command: `aidlab tails ${place} --metric ${metric}${limit}`,
  }
}
