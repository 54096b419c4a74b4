/** A tail by every way of simulating it: what each says, how sure it is, and how many plain paths each of its paths is worth. */
import type { Laboratory } from '../laboratory.ts'
import type { LeftOut, TailsAnswer } from './answer.ts'
import { answerOf } from './answering.ts'
import { runImportance, wholeRounds } from './importance.ts'
import {
  controlled,
  type Finding,
  findingOf,
  type LeaveOut,
  runAntithetic,
  runPlain,
  runQuasi,
  sayLeftOut,
} from './methods.ts'
import { runPilot } from './pilot.ts'
import { type Asked, checkQuestion, type TailsQuestion } from './question.ts'

/** A further way of simulating; it asks for its own paths. */
export type FurtherMethod = (
  question: TailsQuestion,
  asked: Asked,
  laboratory: Laboratory,
  leaveOut: LeaveOut,
) => Promise<Finding | null>

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
  const leftOut: LeftOut[] = []
  const leaveOut: LeaveOut = (method, why) => {
    leftOut.push({ method, why })
    sayLeftOut(laboratory)(method, why)
  }
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
  const first = wholeRounds(question.paths)
  const pilot = await runPilot(question, asked, plain.candidates, plain, first, laboratory)
  laboratory.say('importance sampling')
  findings.push(await runImportance(question, asked, pilot, laboratory, leaveOut))
  laboratory.say('antithetic pairs, control variates, scrambled Sobol points')
  findings.push(await runAntithetic(question, asked, laboratory))
  findings.push(controlled(plain, question, asked))
  findings.push(await runQuasi(question, asked, laboratory, leaveOut))
  for (const method of further) findings.push(await method(question, asked, laboratory, leaveOut))
  const found = findings.filter((finding) => finding !== null)
  return answerOf(question, asked, found, pilot, leftOut)
}

/**
 * Importance sampling alone, with a pilot that begins from plain paths of its own: what a tail costs when only the answer is wanted.
 * @returns null where the pilot finds no luck that tells bad paths from others
 */
export async function byImportance(question: TailsQuestion, laboratory: Laboratory): Promise<Finding | null> {
  const asked = checkQuestion(question, laboratory.metrics)
  const plain = await runPlain({ ...question, paths: question.pilotPaths }, asked, laboratory)
  const first = wholeRounds(question.pilotPaths)
  const pilot = await runPilot(question, asked, plain.candidates, plain, first, laboratory)
  return runImportance(question, asked, pilot, laboratory, sayLeftOut(laboratory))
}
