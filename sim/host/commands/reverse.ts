/** aidlab reverse: the likeliest futures in which a scenario fails, and the smallest orders that break it. */
import { stress } from '../../../models/stress.ts'
import type { ReverseAnswer } from '../../studies/reverse/answer.ts'
import { readFailures } from '../../studies/reverse/failure.ts'
import type { StressLanguage } from '../../studies/reverse/language.ts'
import { checkQuestion, type Effort, type ReverseQuestion, usualEffort } from '../../studies/reverse/question.ts'
import { reverse as study } from '../../studies/reverse/reverse.ts'
import { jsonText } from '../json.ts'
import { model } from '../model.ts'
import { wholeOption } from '../numberOptions.ts'
import { reverseTable } from '../reverseTable.ts'
import { askScenario } from '../scenarioFiles.ts'
import { mostPaths } from '../simulate.ts'
import { type FinishedStudy, runStudy } from '../study/runStudy.ts'
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
  const { text } = readFailures(failures, model.metrics)
  const finished = await runStudy(
    {
      kind: 'reverse',
      name: scenario.name,
      title: `What are the likeliest futures in which ${scenario.name} fails (${text})?`,
      question: { failures, levers: levers ?? 'all', paths: scenario.paths, effort },
      scenarios: [{ scenario, plan }],
      model,
      study: (laboratory) => study(question, laboratory),
    },
    given,
    terminal,
  )
  if (finished === undefined) return interrupted
  show(finished, given, terminal)
  return 0
}

function leversOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  if (text === 'none') return []
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function effortOf(given: ReverseArguments): Partial<Effort> {
  const effort = {
    searchPaths: wholeOption('--search-paths', given.searchPaths, 20, mostPaths),
    checkPaths: wholeOption('--check-paths', given.checkPaths, 0, mostPaths),
    pilotPaths: wholeOption('--pilot-paths', given.pilotPaths, 0, mostPaths),
    leverPaths: wholeOption('--lever-paths', given.leverPaths, 10, mostPaths),
    apart: wholeOption('--apart', given.apart, 1, 179),
  }
  return Object.fromEntries(Object.entries(effort).filter(([, value]) => value !== undefined))
}

function show(
  { answer, folder, report }: FinishedStudy<ReverseAnswer>,
  given: ReverseArguments,
  terminal: Terminal,
): void {
  if (given.json) {
    const { tables: _tables, ...rest } = answer
    terminal.out(jsonText({ folder, report, ...rest }))
    return
  }
  terminal.out(reverseTable(answer, terminal.colours))
  terminal.out('')
  terminal.out(`study   ${folder}`)
  if (report) terminal.out(`report  ${report}`)
}
