/** A study from its question to a finished folder. */
import { existsSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { counted } from '../../../reports/format.ts'
import { InputError, LawError } from '../../kernel/errors.ts'
import { metricsOver } from '../../kernel/metric.ts'
import { replicationOf } from '../../kernel/splitting/replications.ts'
import type { Laboratory, TidyTable } from '../../studies/laboratory.ts'
import type { Pace, StudyKind, StudyManifest } from '../../studies/study.ts'
import { AlreadySaid, interrupted } from '../commands/ending.ts'
import type { Model } from '../model.ts'
import { duration, threadsText } from '../progress.ts'
import { finishFolder, openFolder, readFolder, releaseFolder, runFiles, writeOrdered } from '../runFolder.ts'
import { mostThreads } from '../simulate.ts'
import { quoted, sayWords, type Terminal } from '../terminal.ts'
import type { EconomyModule } from '../threadMessages.ts'
import { indexName } from './cellStore.ts'
import { type HostLaboratory, openLaboratory } from './hostLaboratory.ts'
import { Stopped } from './pool.ts'
import { studyBar } from './studyBar.ts'
import { type StudyQuestion, studyHash, studyManifest } from './studyManifest.ts'
import { poolOptionsOf, type StudyArguments } from './studyOptions.ts'
import { writeTidy } from './tidyFile.ts'

/** The answer of a study: plain data without NaN or infinities, and tables, which are kept as Parquet beside it. */
export interface StudyAnswer {
  readonly kind: StudyKind
  readonly tables?: Readonly<Record<string, TidyTable>>
}

export interface StudyAsk<A extends StudyAnswer> extends StudyQuestion {
  /** What the folder is called after the kind, such as the scenario's name. */
  readonly name: string
  readonly model: Model
  /** Where threads find the economy of a model that is not the standard one. */
  readonly module?: EconomyModule
  readonly study: (laboratory: Laboratory) => Promise<A>
  /** What paths of the answer's ways of simulating cost; kept beside the time, not in the answer. */
  readonly paces?: (answer: A) => readonly Pace[]
}

export interface FinishedStudy<A> {
  readonly answer: A
  readonly folder: string
  /** The report's file; null after --no-report. */
  readonly report: string | null
  readonly manifest: StudyManifest
}

export const answerFile = 'study.json'
const cellsFolder = 'cells'

/**
 * Runs a study with a bar, in a folder of its own. The first Ctrl-C stops after the batches that are running; --resume then goes on
 * without simulating finished cells again.
 * @returns undefined when it was stopped; the command then ends with `interrupted`
 * @throws InputError when the folder is occupied, cannot be resumed, or the question cannot be simulated
 * @throws AlreadySaid after a broken law
 */
export async function runStudy<A extends StudyAnswer>(
  ask: StudyAsk<A>,
  given: StudyArguments,
  terminal: Terminal,
): Promise<FinishedStudy<A> | undefined> {
  const pool = poolOptionsOf(given)
  const threads = pool.threads ?? Math.min(mostThreads, availableParallelism())
  const hash = studyHash(ask)
  const out = given.out?.replace(/\/+$/, '') ?? join('studies', `${ask.kind}-${ask.name}-${hash.slice(0, 8)}`)
  const partial = openFolder(out, (folder) => refuseOther(folder, hash), given)
  const began = performance.now()
  const bar = studyBar((text) => sayWords(terminal, text))
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(interrupted)
    controller.abort()
    bar.say('stopping: running batches are finished and kept; Ctrl-C again gives them up')
  }
  process.on('SIGINT', stop)
  const options = { ...pool, threads, module: ask.module, signal: controller.signal }
  try {
    if (given.resume) refuseOther(partial, hash)
    const command = commandOf(terminal)
    writeOrdered(join(partial, runFiles.manifest), studyManifest(ask, { ...timingOf(began, threads), command }, false))
    sayWords(terminal, ask.title)
    const cells = join(partial, cellsFolder)
    const laboratory = openLaboratory(modelOfRun(ask), cells, options, bar.say, bar.show)
    const answer = await answered(ask, laboratory)
    bar.stop()
    const timing = { ...timingOf(began, threads, laboratory), command }
    const manifest = studyManifest(ask, ask.paces ? { ...timing, paces: ask.paces(answer) } : timing, true)
    await write(partial, manifest, answer, given.report)
    finishFolder(out)
    sayTime(manifest, laboratory, terminal)
    return { answer, folder: out, report: given.report ? join(out, runFiles.report) : null, manifest }
  } catch (error) {
    bar.stop()
    if (error instanceof Stopped) return sayStopped(terminal)
    if (error instanceof LawError) return sayBroken(error, terminal)
    // a wrong question leaves nothing behind that would answer the next try in its place
    if (error instanceof InputError && !existsSync(join(partial, cellsFolder, indexName)))
      rmSync(partial, { recursive: true })
    throw error
  } finally {
    process.off('SIGINT', stop)
    releaseFolder(partial)
  }
}

/** The model with what its metrics can be in this run: scenarios of one study have the same days. */
function modelOfRun({ model, scenarios }: Pick<StudyAsk<StudyAnswer>, 'model' | 'scenarios'>): Model {
  return { ...model, metrics: metricsOver(model.metrics, scenarios[0].plan.days) }
}

async function answered<A extends StudyAnswer>(ask: StudyAsk<A>, laboratory: HostLaboratory): Promise<A> {
  try {
    return await ask.study(laboratory)
  } finally {
    await laboratory.close()
  }
}

/** Everything but the cells, which have served their purpose. */
async function write(folder: string, manifest: StudyManifest, answer: StudyAnswer, report: boolean): Promise<void> {
  const { tables = {}, ...rest } = answer
  writeOrdered(join(folder, answerFile), rest)
  for (const [name, table] of Object.entries(tables)) await writeTidy(join(folder, `${name}.parquet`), table)
  writeOrdered(join(folder, runFiles.manifest), manifest)
  if (report) await (await import('./studyReportFile.ts')).writeStudyReport(folder)
  rmSync(join(folder, cellsFolder), { recursive: true })
}

function timingOf(
  began: number,
  threads: number,
  laboratory?: HostLaboratory,
): Omit<StudyManifest['timing'], 'finishedAt' | 'command'> {
  const { cells, asked: paths } = laboratory?.progress() ?? { cells: 0, asked: 0 }
  return { seconds: (performance.now() - began) / 1000, threads, cells, paths }
}

/** The words without those that only say what becomes of an earlier try. */
function commandOf({ words }: Terminal): string {
  return `aidlab ${quoted(words.filter((word) => word !== '--resume' && word !== '--force'))}`
}

/** @throws InputError when the folder is of another question */
function refuseOther(folder: string, hash: string): void {
  const before = readFolder(folder) as Partial<StudyManifest>
  if (before.studyHash === hash) return
  const what = before.kind === undefined ? 'a run' : `another question (${before.kind}: ${before.title})`
  throw new InputError(`${folder} holds ${what}; choose another --out, ask as before, or add --force to replace it`)
}

function sayTime({ timing }: StudyManifest, laboratory: HostLaboratory, terminal: Terminal): void {
  const { simulated } = laboratory.progress()
  const kept = simulated < timing.paths ? `, ${counted(timing.paths - simulated)} of them from finished cells` : ''
  sayWords(
    terminal,
    `${counted(timing.cells)} cells, ${counted(timing.paths)} paths${kept}, in ${duration(timing.seconds)} (${threadsText(timing.threads)})`,
  )
}

function sayStopped(terminal: Terminal): undefined {
  const again = terminal.words.includes('--resume') ? terminal.words : [...terminal.words, '--resume']
  terminal.say('stopped; finished cells are kept; go on with')
  terminal.say(`  aidlab ${quoted(again)}`)
}

function sayBroken(error: LawError, terminal: Terminal): never {
  sayWords(terminal, error.message, 'aidlab: ')
  const isMultiplied = replicationOf(error.path) !== null
  sayWords(
    terminal,
    isMultiplied
      ? 'the path was multiplied and has no number that replay would find; the same study meets it again'
      : `run the scenario with the same settings and at least ${error.path + 1} paths to replay it`,
  )
  throw new AlreadySaid()
}
