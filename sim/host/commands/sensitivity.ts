/** aidlab sensitivity: which dials matter, with intervals, and which cannot be told from zero. */
import { InputError } from '../../kernel/errors.ts'
import type { SensitivityAnswer } from '../../studies/sensitivity/answer.ts'
import {
  checkQuestion,
  methods as known,
  type Method,
  type SensitivityQuestion,
  type Sizes,
  standardMetrics,
  standardSizes,
} from '../../studies/sensitivity/question.ts'
import { parseRanges, standardRanges } from '../../studies/sensitivity/ranges.ts'
import { sensitivity as study } from '../../studies/sensitivity/sensitivity.ts'
import { parseStatistic, statisticText } from '../../studies/sensitivity/statistic.ts'
import { jsonText } from '../json.ts'
import { model } from '../model.ts'
import { wholeOption } from '../numberOptions.ts'
import { askScenario } from '../scenarioFiles.ts'
import { sensitivityTable } from '../sensitivityTable.ts'
import { mostPaths } from '../simulate.ts'
import { type FinishedStudy, runStudy } from '../study/runStudy.ts'
import { overridesOf, type StudyArguments } from '../study/studyOptions.ts'
import type { Terminal } from '../terminal.ts'
import { interrupted } from './ending.ts'

export interface SensitivityArguments extends StudyArguments {
  readonly metric: readonly string[]
  readonly statistic?: string
  readonly dials?: string
  readonly method?: string
  readonly trajectories?: string
  readonly rows?: string
  readonly keep?: string
  readonly tornadoPaths?: string
  readonly replicates?: string
}

/** @returns the exit status: 0, or 130 when Ctrl-C stopped it */
export async function sensitivity(reference: string, given: SensitivityArguments, terminal: Terminal): Promise<number> {
  const { paths: _paths, ...overrides } = overridesOf(given)
  const { scenario, plan } = askScenario(reference, overrides, model)
  const question: SensitivityQuestion = {
    scenario,
    metrics: given.metric.length > 0 ? [...new Set(given.metric)] : standardMetrics,
    statistic: given.statistic === undefined ? undefined : parseStatistic(given.statistic),
    dials:
      given.dials === undefined
        ? standardRanges(scenario, model.economy)
        : parseRanges(listOf(given.dials), scenario, model.economy),
    methods: methodsOf(given.method),
    ...standardSizes,
    ...sizesOf(given),
  }
  checkQuestion(question, model.metrics)
  const { scenario: _scenario, statistic, ...identity } = question
  const finished = await runStudy(
    {
      kind: 'sensitivity',
      name: scenario.name,
      title: `Which of ${question.dials.length} dials matter to ${question.metrics.join(', ')}?`,
      question: { ...identity, statistic: statistic ? statisticText(statistic) : null },
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

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function methodsOf(text: string | undefined): readonly Method[] {
  if (text === undefined) return known
  const asked = listOf(text)
  const wrong = asked.find((one) => !known.some((method) => method === one))
  if (wrong !== undefined || asked.length === 0)
    throw new InputError(`--method ${wrong ?? text} is not known; give one or more of ${known.join(', ')}`)
  return known.filter((method) => asked.includes(method))
}

/** Sizes that are given, bounds as far as a whole number goes; what they mean is checked with the question. */
function sizesOf(given: SensitivityArguments): Partial<Sizes> {
  const sizes = {
    paths: wholeOption('--paths', given.paths, 1, mostPaths),
    tornadoPaths: wholeOption('--tornado-paths', given.tornadoPaths, 1, mostPaths),
    trajectories: wholeOption('--trajectories', given.trajectories, 1, 100_000),
    rows: wholeOption('--rows', given.rows, 1, 1 << 20),
    keep: wholeOption('--keep', given.keep, 1, 80),
    replicates: wholeOption('--replicates', given.replicates, 1, 1_000_000),
  }
  return Object.fromEntries(Object.entries(sizes).filter(([, value]) => value !== undefined))
}

function show(
  { answer, folder, report }: FinishedStudy<SensitivityAnswer>,
  given: SensitivityArguments,
  terminal: Terminal,
): void {
  if (given.json) {
    const { tables: _tables, ...rest } = answer
    terminal.out(jsonText({ folder, report, ...rest }))
    return
  }
  terminal.out(sensitivityTable(answer, terminal.colours))
  terminal.out('')
  terminal.out(`study   ${folder}`)
  if (report) terminal.out(`report  ${report}`)
}
