/** Interacting particles as one way of simulating a tail: paths that are likely to come to it take the place of others. */
import type { ChanceFunction, Interaction } from '../../kernel/splitting/interaction.ts'
import { tailTerms } from '../../statistics/groupedEstimates.ts'
import { compensatedMean } from '../../statistics/summation.ts'
import type { Laboratory } from '../laboratory.ts'
import { counted } from '../numberWords.ts'
import { type Finding, type LeaveOut, sayLeftOut } from './methods.ts'
import { type Asked, signOf, type TailsQuestion } from './question.ts'
import {
  byReplications,
  intervalWords,
  leastPathsOf,
  particlesOf,
  replicationsOf,
  tooDearWords,
} from './replications.ts'
import { readSample, type SplitSample, tailFrom } from './splitSample.ts'

export const interactingParticles = 'interacting particles'
const method = interactingParticles

/** Choices in a run and the power of the chance: the best of those tried on falls of sAID, which differ little. */
const choices = 24
const strength = 0.6
/** Twice as many gained hardly more on falls of sAID, and make the stage that sets the size twice as dear. */
const enoughParticles = 64
/** Share of paths in the tail above which multiplying them saves nothing. */
const notRare = 0.1
/** Of the paths of a pilot, those that one look at the tail takes. */
const share = 0.2
/** Looks after which a tail that still moves is taken as it is: it decides what the estimate costs, not what it is. */
const mostLooks = 5
/** Change of the tail’s beginning that no further look is worth. */
const settled = 0.05

/** Multiplies paths by their chance to pass what is asked for. @param leaveOut told why, where it is null */
export async function runInteracting(
  question: TailsQuestion,
  asked: Asked,
  laboratory: Laboratory,
  leaveOut: LeaveOut = sayLeftOut(laboratory),
): Promise<Finding | null> {
  if (question.plan.days < 2) {
    leaveOut(method, 'a run of one day leaves no evening to choose paths on')
    return null
  }
  const chance = laboratory.economy.chances?.find(({ foretells }) => foretells.includes(asked.metric.name))
  if (chance === undefined) {
    leaveOut(method, 'the model has no measure of how likely a path is to pass an amount of this metric')
    return null
  }
  if (leastPathsOf(1) > question.most) {
    leaveOut(method, tooDearWords(leastPathsOf(1), question))
    return null
  }
  laboratory.say(`${method} by the chance of ${chance.name}: pilot`)
  const pilot = await findTail(question, asked, chance, laboratory)
  if (typeof pilot === 'string') {
    leaveOut(method, pilot)
    return null
  }
  const { interaction } = pilot
  laboratory.say(`${method} by the chance of ${chance.name}`)
  const words = (replications: number): string => wordsOf(chance, interaction, replications)
  const way = {
    method,
    words,
    pilotPaths: pilot.pathsWorth,
    splitting: interaction,
    first: replicationsOf.interaction,
  }
  return byReplications(question, asked, way, laboratory, leaveOut)
}

interface FoundTail {
  readonly interaction: Interaction
  readonly pathsWorth: number
}

/**
 * Where the tail begins, looked for again and again from where the look before found it: plain paths know little of it. The estimate
 * goes on with the interaction of the last look.
 * @returns why not, where it is not rare or no path comes to it
 */
async function findTail(
  question: TailsQuestion,
  asked: Asked,
  { name }: ChanceFunction,
  laboratory: Laboratory,
): Promise<FoundTail | string> {
  const { plan, pilotPaths } = question
  const { metric, tail } = asked
  const particles = Math.min(enoughParticles, particlesOf(question, 1, 1))
  const replications = Math.ceil((share * pilotPaths) / particles)
  const towards = (loss: number, power: number): Interaction => ({
    chance: name,
    beyond: signOf(metric) * loss,
    strength: power,
    everyDays: Math.max(1, Math.round(plan.days / choices)),
    particles,
  })
  const isKnown = tail.kind === 'probability'
  let interaction = towards(isKnown ? tail.beyond : 0, isKnown ? strength : 0)
  let pathsWorth = 0
  for (let look = 0; ; look++) {
    const from = replicationsOf.interactionPilot + look * replications
    const columns = await laboratory.simulate({ plan, from, to: from + replications, splitting: interaction })
    const sample = readSample(asked, columns, interaction, plan.days)
    pathsWorth += sample.pathsWorth
    const begins = tailFrom(tail, sample.losses, sample.weights)
    const beyond = signOf(metric) * begins
    const reason = why(begins, sample, pathsWorth)
    const isNear = Math.abs(beyond - interaction.beyond) <= settled * Math.abs(beyond)
    const isSettled = isKnown ? reason !== noneCame(pathsWorth) : isNear && interaction.strength > 0
    if (isSettled || look + 1 === mostLooks) return reason ?? { interaction, pathsWorth }
    if (!isKnown) interaction = towards(begins, strength)
  }
}

const noneCame = (paths: number): string => `none of ${counted(paths)} paths of its pilot came to the tail`

function why(beyond: number, { losses, weights }: SplitSample, paths: number): string | null {
  const inTail = compensatedMean(tailTerms({ kind: 'probability', beyond }, losses, weights).terms)
  if (inTail > notRare) return 'the tail is not rare'
  return inTail === 0 ? noneCame(paths) : null
}

function wordsOf(
  { meaning }: ChanceFunction,
  { particles, everyDays, strength }: Interaction,
  replications: number,
): string {
  return (
    `${particles} paths go on together; ${everyDays === 1 ? 'every day' : `every ${everyDays} days`} as many are drawn anew from among them, by the power ${strength} of their chance; ` +
    `${intervalWords(replications)}. The chance: ${meaning}`
  )
}
