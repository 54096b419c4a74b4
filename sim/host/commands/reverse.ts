/** aidlab reverse: the likeliest futures in which a scenario fails, and the smallest orders that break it. */

import { stress } from '../../../models/stress.ts'
import { lowered } from '../../../reports/dialWords.ts'
import { metricsOver } from '../../kernel/metric.ts'
import { readFailures } from '../../studies/reverse/failure.ts'
import type { StressLanguage } from '../../studies/reverse/language.ts'
import { checkQuestion, type Effort, type ReverseQuestion, usualEffort } from '../../studies/reverse/question.ts'
import { reverse as study } from '../../studies/reverse/reverse.ts'
import { model } from '../model.ts'
import { givenOnly, listOption, wholeOption } from '../numberOptions.ts'
import { reverseTable } from '../reverseTable.ts'
import { askScenario } from '../scenarioFiles.ts'
import { mostPaths } from '../simulate.ts'
import { runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
import { overridesOf, type StudyArguments } from '../study/studyOptions.ts'
import type { Terminal } from '../terminal.ts'
import { interrupted } from './ending.ts'

export interface ReverseArguments extends StudyArguments {
  readonly failure: readonly string[]
  /** Names of levers, separated by commas; none with “none”. */
  readonly levers?: string
  readonly searchPaths?: string
  readonly checkPaths?: string
  readonly leverPaths?: string
  readonly pilotPaths?: string
  readonly steeredPaths?: string
  readonly apart?: string
}

const usualFailure = 'depeg_2pct_24h'
const language: StressLanguage = stress

/** @returns the exit status: 0, or 130 when Ctrl-C stopped it */
export async function reverse(reference: string, given: ReverseArguments, terminal: Terminal): Promise<number> {
  const { scenario, plan } = askScenario(reference, overridesOf(given), model)
  const failures = given.failure.length > 0 ? given.failure : [usualFailure]
  const levers = leversOf(given.levers)
  const effort = { ...usualEffort, ...effortOf(given) }
  const question: ReverseQuestion = {
    scenario,
    extends: reference,
    settings: given.set,
    failures,
    language,
    levers,
    effort,
  }
  checkQuestion(question)
  const { meaning } = readFailures(failures, metricsOver(model.metrics, plan.days))
  const finished = await runStudy(
    {
      kind: 'reverse',
      name: scenario.name,
      title: `What are the likeliest futures in which ${scenario.name} fails: ${lowered(meaning)}?`,
      question: { failures, levers: levers ?? 'all', paths: scenario.paths, effort },
      scenarios: [{ scenario, plan }],
      model,
      study: (laboratory) => study(question, laboratory),
    },
    given,
    terminal,
  )
  if (finished === undefined) return interrupted
  showStudy(finished, given.json, terminal, () => reverseTable(finished.answer, terminal.colours))
  return 0
}

function leversOf(text: string | undefined): readonly string[] | undefined {
  return text === 'none' ? [] : listOption('--levers', text)
}

function effortOf(given: ReverseArguments): Partial<Effort> {
  return givenOnly({
    searchPaths: wholeOption('--search-paths', given.searchPaths, 20, mostPaths),
    checkPaths: wholeOption('--check-paths', given.checkPaths, 0, mostPaths),
    pilotPaths: wholeOption('--pilot-paths', given.pilotPaths, 0, mostPaths),
    steeredPaths: wholeOption('--steered-paths', given.steeredPaths, 100, mostPaths),
    leverPaths: wholeOption('--lever-paths', given.leverPaths, 10, mostPaths),
    apart: wholeOption('--apart', given.apart, 1, 179),
  })
}
