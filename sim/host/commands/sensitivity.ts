/** aidlab sensitivity: which dials matter, with intervals, and which cannot be told from zero. */
import { InputError } from '../../kernel/errors.ts'
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
import { model } from '../model.ts'
import { givenOnly, listOption, wholeOption } from '../numberOptions.ts'
import { askScenario } from '../scenarioFiles.ts'
import { sensitivityTable } from '../sensitivityTable.ts'
import { mostPaths } from '../simulate.ts'
import { runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
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
        : parseRanges(listOption('--dials', given.dials) ?? [], scenario, model.economy),
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
  showStudy(finished, given.json, terminal, () => sensitivityTable(finished.answer, terminal.colours))
  return 0
}

function methodsOf(text: string | undefined): readonly Method[] {
  const asked = listOption('--method', text) ?? known
  const wrong = asked.find((one) => !known.some((method) => method === one))
  if (wrong !== undefined)
    throw new InputError(`--method ${wrong} is not known; give one or more of ${known.join(', ')}`)
  return known.filter((method) => asked.includes(method))
}

/** Sizes that are given, bounds as far as a whole number goes; what they mean is checked with the question. */
function sizesOf(given: SensitivityArguments): Partial<Sizes> {
  return givenOnly({
    paths: wholeOption('--paths', given.paths, 1, mostPaths),
    tornadoPaths: wholeOption('--tornado-paths', given.tornadoPaths, 1, mostPaths),
    trajectories: wholeOption('--trajectories', given.trajectories, 1, 100_000),
    rows: wholeOption('--rows', given.rows, 1, 1 << 20),
    keep: wholeOption('--keep', given.keep, 1, 80),
    replicates: wholeOption('--replicates', given.replicates, 1, 1_000_000),
  })
}
