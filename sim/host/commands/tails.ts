/** aidlab tails: a rare failure or the far tail of a loss, by every way of simulating it. */
import { tailWords } from '../../../reports/studies/tailsWords.ts'
import { InputError } from '../../kernel/errors.ts'
import { metricsOver } from '../../kernel/metric.ts'
import { runInteracting } from '../../studies/tails/interacting.ts'
import {
  bounds,
  checkQuestion,
  type Sizes,
  standardSizes,
  type TailsQuestion,
  toldTail,
} from '../../studies/tails/question.ts'
import { runSplitting } from '../../studies/tails/splitting.ts'
import { tails as study } from '../../studies/tails/tails.ts'
import { model } from '../model.ts'
import { givenOnly, numberOption, wholeOption } from '../numberOptions.ts'
import { askScenario } from '../scenarioFiles.ts'
import { runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
import { measurePaces } from '../study/stopwatch.ts'
import { overridesOf, type StudyArguments } from '../study/studyOptions.ts'
import { tailsTable } from '../tailsTable.ts'
import type { Terminal } from '../terminal.ts'
import { interrupted } from './ending.ts'

export interface TailsArguments extends StudyArguments {
  readonly metric: string
  readonly beyond?: string
  readonly level?: string
  readonly guide?: string
  readonly precision?: string
  readonly pilotPaths?: string
  readonly most?: string
}

const standardLevel = 0.999

/** @returns the exit status: 0, or 130 when Ctrl-C stopped it */
export async function tails(reference: string, given: TailsArguments, terminal: Terminal): Promise<number> {
  const { paths: _paths, ...overrides } = overridesOf(given)
  const { scenario, plan } = askScenario(reference, overrides, model)
  const question: TailsQuestion = { plan, ...askedFor(given), ...standardSizes, ...sizesOf(given) }
  const asked = checkQuestion(question, metricsOver(model.metrics, plan.days))
  const words = tailWords({ metric: asked.metric, tail: toldTail(asked) })
  const { plan: _plan, ...identity } = question
  const finished = await runStudy(
    {
      kind: 'tails',
      name: `${scenario.name}-${question.metric}`,
      title: `${words}, and what it costs to know`,
      question: identity,
      scenarios: [{ scenario, plan }],
      model,
      study: (laboratory) => study(question, laboratory, [runInteracting, runSplitting]),
      paces: ({ methods }) => measurePaces(model, plan, methods),
    },
    given,
    terminal,
  )
  if (finished === undefined) return interrupted
  const { timing } = finished.manifest
  const paces = timing.paces ?? []
  const text = (): string => tailsTable(finished.answer, paces, terminal.colours)
  showStudy(finished, given.json, terminal, text, { json: { paces } })
  return 0
}

/** @throws InputError naming the option, its value and what would be right */
function askedFor(given: TailsArguments): Pick<TailsQuestion, 'metric' | 'beyond' | 'level' | 'guide'> {
  const isAmount = model.metrics.find(({ name }) => name === given.metric)?.kind === 'amount'
  if (given.beyond !== undefined && given.level !== undefined) {
    throw new InputError('--beyond asks for a probability and --level for a mean of the worst; give one of them')
  }
  const beyond = numberOption('--beyond', given.beyond)
  const level = numberOption('--level', given.level) ?? (isAmount && beyond === undefined ? standardLevel : undefined)
  return { metric: given.metric, beyond, level, guide: given.guide }
}

function sizesOf(given: TailsArguments): Partial<Sizes> {
  return givenOnly({
    paths: wholeOption('--paths', given.paths, ...bounds.paths),
    pilotPaths: wholeOption('--pilot-paths', given.pilotPaths, ...bounds.pilotPaths),
    most: wholeOption('--most', given.most, ...bounds.most),
    precision: numberOption('--precision', given.precision),
  })
}
