/** Multilevel splitting as one way of simulating a tail: a pilot sets the levels, then replications with levels of their own luck. */
import type { LevelFunction, Splitting } from '../../kernel/splitting/declaration.ts'
import { groupMeans, manyGroups, type TailQuestion, tailTerms } from '../../statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../statistics/means.ts'
import { perWork } from '../../statistics/tailVariances.ts'
import { groupsWanted } from '../../statistics/twoStage.ts'
import type { Laboratory } from '../laboratory.ts'
import { chooseLevels, pilotReplication } from './levels.ts'
import { type Finding, findingOf, type LeaveOut, sayLeftOut } from './methods.ts'
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
function particlesOf({ paths, most }: Pick<TailsQuestion, 'paths' | 'most'>): number {
  return particlesWithin(Math.min(paths, most / 2) / (leastReplications * pathsPerParticle))
}

/** The least number of replications, which only tell how many the estimate needs, and then these, all of them others. */
async function replicate(
  question: TailsQuestion,
  asked: Asked,
  splitting: Splitting,
  laboratory: Laboratory,
): Promise<{ sample: SplitSample; sizing: SplitSample }> {
  const { plan, most, confidence } = question
  const stage = async (from: number, to: number): Promise<SplitSample> =>
    readSample(asked, await laboratory.simulate({ plan, from, to, splitting }), splitting, plan.days)
  const sizing = await stage(0, leastReplications)
  const found = splitFinding({ method, words: '', steering: null }, asked.tail, sizing, confidence)
  const affordable = Math.floor((most / sizing.pathsWorth - 1) * leastReplications)
  const wanted = Math.min(groupsWanted(found.tail, question), affordable, pilotReplication - leastReplications)
  const replications = Math.max(leastReplications, wanted)
  return { sizing, sample: await stage(leastReplications, leastReplications + replications) }
}
