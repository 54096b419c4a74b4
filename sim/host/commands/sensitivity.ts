/** aidlab sensitivity: which dials matter, with intervals, and which cannot be told from zero. */
import { lowered } from '../../../reports/dialWords.ts'
import { counted, inWords } from '../../../reports/format.ts'
import { InputError } from '../../kernel/errors.ts'
import type { Metric } from '../../studies/metric.ts'
import { requireRows } from '../../studies/sensitivity/design.ts'
import {
  checkQuestion,
  methods as known,
  leastSizes,
  type Method,
  metricNamed,
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
  const words = listOption('--dials', given.dials)
  const question: SensitivityQuestion = {
    scenario,
    metrics: given.metric.length > 0 ? [...new Set(given.metric)] : standardMetrics,
    statistic:
      given.statistic === undefined
        ? undefined
        : reading('--statistic', () => parseStatistic(given.statistic as string)),
    dials:
      words === undefined
        ? standardRanges(scenario, model.economy)
        : reading('--dials', () => parseRanges(words, scenario, model.economy)),
    methods: methodsOf(given.method),
    ...standardSizes,
    ...sizesOf(given),
  }
  for (const name of question.metrics) reading('--metric', () => metricNamed(name, model.metrics))
  checkQuestion(question, model.metrics)
  const { scenario: _scenario, statistic, ...identity } = question
  const finished = await runStudy(
    {
      kind: 'sensitivity',
      name: scenario.name,
      title: titleOf(question),
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

function titleOf({ dials, metrics, scenario }: SensitivityQuestion): string {
  const head = dials.length === 1 ? 'Does this dial matter' : `Which of ${counted(dials.length)} dials matter`
  const [only, ...others] = metrics
  const { meaning } = model.metrics.find(({ name }) => name === only) as Metric
  return others.length === 0
    ? `${head}: ${lowered(meaning)}?`
    : `${head} to ${inWords(metrics.length)} outcomes of ${scenario.name}?`
}

/** Runs what reads an option, whose name its errors then begin with. */
function reading<T>(option: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${option}: ${error.message}`)
    throw error
  }
}

function methodsOf(text: string | undefined): readonly Method[] {
  const asked = listOption('--method', text) ?? known
  const wrong = asked.find((one) => !known.some((method) => method === one))
  if (wrong !== undefined)
    throw new InputError(`--method ${wrong} is not known; give one or more of ${known.join(', ')}`)
  return known.filter((method) => asked.includes(method))
}

function rowsOf(text: string | undefined): number | undefined {
  const rows = wholeOption('--rows', text, leastSizes.rows, 1 << 20)
  if (rows !== undefined) reading('--rows', () => requireRows(rows))
  return rows
}

/** Sizes that are given. */
function sizesOf(given: SensitivityArguments): Partial<Sizes> {
  return givenOnly({
    paths: wholeOption('--paths', given.paths, leastSizes.paths, mostPaths),
    tornadoPaths: wholeOption('--tornado-paths', given.tornadoPaths, leastSizes.tornadoPaths, mostPaths),
    trajectories: wholeOption('--trajectories', given.trajectories, leastSizes.trajectories, 100_000),
    rows: rowsOf(given.rows),
    keep: wholeOption('--keep', given.keep, leastSizes.keep, 80),
    replicates: wholeOption('--replicates', given.replicates, leastSizes.replicates, 1_000_000),
  })
}
