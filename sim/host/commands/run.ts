/** aidlab run: a scenario in; a headline, a run folder and a report out. */
import { join } from 'node:path'
import { LawError } from '../../kernel/errors.ts'
import { mostDays } from '../../kernel/plan.ts'
import { jsonText } from '../json.ts'
import { planHash } from '../manifest.ts'
import { model } from '../model.ts'
import { wholeOption } from '../numberOptions.ts'
import { duration, pace, progressBar, threadsText } from '../progress.ts'
import { partialOf, type RunOptions, type RunResult, runToFolder } from '../run.ts'
import { runFiles } from '../runFolder.ts'
import { type Asked, askScenario } from '../scenarioFiles.ts'
import { mostBatch, mostPaths, mostThreads } from '../simulate.ts'
import { seedOf } from '../study/studyOptions.ts'
import { quoted, sayWords, type Terminal } from '../terminal.ts'
import { AlreadySaid, interrupted } from './ending.ts'

export interface RunArguments {
  readonly paths?: string
  readonly seed?: string
  readonly threads?: string
  readonly batch?: string
  readonly days?: string
  readonly set: readonly string[]
  readonly out?: string
  readonly resume?: boolean
  readonly force?: boolean
  readonly json?: boolean
  /** False after --no-report. */
  readonly report: boolean
}

/** @returns the exit status: 0, or 130 when Ctrl-C stopped it */
export async function run(reference: string, given: RunArguments, terminal: Terminal): Promise<number> {
  const paths = wholeOption('--paths', given.paths, 1, mostPaths)
  const days = wholeOption('--days', given.days, 1, mostDays)
  const threads = wholeOption('--threads', given.threads, 0, mostThreads)
  const batch = wholeOption('--batch', given.batch, 1, mostBatch)
  const asked = askScenario(reference, { paths, days, seed: seedOf(given.seed), set: given.set }, model)
  const { scenario, plan } = asked
  const out =
    given.out?.replace(/\/+$/, '') ?? join('runs', `${scenario.name}-${scenario.paths}-${planHash(plan).slice(0, 8)}`)
  const options = { paths: scenario.paths, out, threads, batch, resume: given.resume, force: given.force }
  const report = given.report ? await reporter() : undefined
  const result = await runShown(asked, { ...options, report }, terminal)
  if (!result.complete) {
    const again = terminal.words.includes('--resume') ? terminal.words : [...terminal.words, '--resume']
    terminal.say(`stopped after ${result.done} of ${result.paths} paths; go on with`)
    terminal.say(`  aidlab ${quoted(again)}`)
    return interrupted
  }
  await show(result, given, terminal)
  return 0
}

async function reporter(): Promise<(folder: string) => Promise<void>> {
  const { writeReport } = await import('../reportFile.ts')
  return (folder) => writeReport(folder)
}

/**
 * Runs with a bar; the first Ctrl-C stops after the batches that are running, the second at once.
 * @throws AlreadySaid after a broken law, whose path, day, law and replay are then on standard error
 */
export async function runShown(asked: Asked, options: RunOptions, terminal: Terminal): Promise<RunResult> {
  const { scenario, plan, question, model } = asked
  const onStart = (): void => {
    sayWords(terminal, `${scenario.name}: ${scenario.question}`)
    bar.show({ done: 0, paths: options.paths, pathsPerSecond: 0, secondsLeft: Number.POSITIVE_INFINITY })
  }
  const bar = progressBar(options.paths)
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(interrupted)
    controller.abort()
    terminal.say('\nstopping: running batches are finished and kept; Ctrl-C again gives them up')
  }
  process.on('SIGINT', stop)
  try {
    const { signal } = controller
    return await runToFolder(model, plan, question, { ...options, signal, onStart, onProgress: bar.show })
  } catch (error) {
    if (error instanceof LawError) {
      bar.stop()
      sayWords(terminal, error.message, 'aidlab: ')
      terminal.say(`replay it: aidlab ${quoted(['replay', partialOf(options.out), String(error.path)])}`)
      throw new AlreadySaid()
    }
    throw error
  } finally {
    bar.stop()
    process.off('SIGINT', stop)
  }
}

async function show(
  result: Extract<RunResult, { complete: true }>,
  given: RunArguments,
  terminal: Terminal,
): Promise<void> {
  const { manifest, headline, folder } = result
  const { seconds, threads, pathsPerSecond } = manifest.timing
  const report = given.report ? join(folder, runFiles.report) : null
  sayWords(
    terminal,
    `${manifest.paths} paths of ${manifest.days} days in ${duration(seconds)} ` +
      `(${pace(pathsPerSecond)} paths/s, ${threadsText(threads)})`,
  )
  if (given.json) {
    const { scenario, planHash, seed, paths, days, timing } = manifest
    terminal.out(jsonText({ folder, report, scenario, planHash, seed, paths, days, timing, headline }))
    return
  }
  const { headlineTable } = await import('../headlineTable.ts')
  terminal.out(headlineTable(headline, terminal.colours))
  terminal.out('')
  terminal.out(`run     ${folder}`)
  if (report) terminal.out(`report  ${report}`)
}
