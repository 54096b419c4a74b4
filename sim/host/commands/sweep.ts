/** aidlab sweep: many cells of a scenario on the same luck. */
import { counted } from '../../../reports/format.ts'
import { cellsText, sweepTitle } from '../../../reports/sweepWords.ts'
import { type SweepQuestion, sweepQuestion } from '../../studies/sweep/question.ts'
import { sweep } from '../../studies/sweep/sweep.ts'
import { model } from '../model.ts'
import { type Asked, askScenario } from '../scenarioFiles.ts'
import { runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
import { simulationTime } from '../study/simulationTime.ts'
import { overridesOf, poolOptionsOf, type StudyArguments } from '../study/studyOptions.ts'
import { sayWords, type Terminal } from '../terminal.ts'
import { interrupted } from './ending.ts'
import { type SweepOptions, wishOf } from './sweepOptions.ts'

export type SweepArguments = StudyArguments & SweepOptions

const confidence = 0.95

/** @returns the exit status: 0, or 130 when Ctrl-C stopped it */
export async function sweepCommand(reference: string, given: SweepArguments, terminal: Terminal): Promise<number> {
  const asked = askScenario(reference, overridesOf(given), model)
  const wish = wishOf(asked.scenario, model.economy, given)
  const question = sweepQuestion(asked.scenario, model.economy, wish, confidence)
  const { cells, base, ...identity } = question
  sayCost(question, asked, poolOptionsOf(given).threads, terminal)
  const finished = await runStudy(
    {
      kind: 'sweep',
      name: asked.scenario.name,
      title: sweepTitle(asked.scenario.name, question.dials),
      question: { ...identity, cells: cells.map(({ dials }) => dials) },
      scenarios: [asked],
      model: question.metrics.length > 0 ? model : { ...model, metrics: asked.model.metrics },
      study: (laboratory) => sweep(question, laboratory),
    },
    given,
    terminal,
  )
  if (finished === undefined) return interrupted
  const { sweepTable } = await import('../sweepTable.ts')
  showStudy(finished, given.json, terminal, () => sweepTable(finished.answer, terminal.colours), {
    files: { table: 'cells.parquet' },
  })
  return 0
}

function sayCost(
  { cells, paths }: SweepQuestion,
  { plan }: Asked,
  threads: number | undefined,
  terminal: Terminal,
): void {
  const time = simulationTime(cells.length * paths, plan, threads)
  sayWords(terminal, `${cellsText(cells.length)} × ${counted(paths)} paths × ${counted(plan.days)} days: some ${time}`)
}
