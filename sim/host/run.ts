/** A run from a plan to a finished folder. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '../kernel/plan.ts'
import type { RunManifest } from '../kernel/record.ts'
import { namedColumn } from '../studies/fans.ts'
import { type Headline, headline } from '../studies/headline.ts'
import type { Metric, OutcomeColumns } from '../studies/metric.ts'
import { worstPaths } from '../studies/worstPaths.ts'
import { writeSeries } from './arrowFile.ts'
import { loadCheckpoint, removeCheckpoint, type StoredCheckpoint, saveCheckpoint } from './checkpointFile.ts'
import { codeHash } from './codeHash.ts'
import { hashOf } from './hash.ts'
import { makeManifest, planHash, type Question } from './manifest.ts'
import type { Model } from './model.ts'
import { readPaths, writePaths } from './parquetFile.ts'
import { pathsIn } from './ranges.ts'
import {
  finishFolder,
  openFolder,
  partialOf,
  refuseOtherRun,
  releaseFolder,
  runFiles,
  writeManifest,
} from './runFolder.ts'
import { type Progress, type Simulation, simulate } from './simulate.ts'
import { OutcomeSpool } from './spool.ts'
import { tellPaths } from './stories.ts'
import type { EconomyModule } from './threadMessages.ts'

const spoolName = 'outcomes.f64'

/** Paths that are told day by day. */
const toldPaths = 5

export interface RunOptions {
  readonly paths: number
  /** The folder to be. */
  readonly out: string
  readonly threads?: number
  readonly batch?: number
  readonly resume?: boolean
  readonly force?: boolean
  readonly signal?: AbortSignal
  /** Called once the folder is made and nothing stands in the way. */
  readonly onStart?: () => void
  readonly onProgress?: (progress: Progress) => void
  /** Milliseconds between checkpoints. */
  readonly checkpointEvery?: number
  /** Writes the report into the folder, while it still lies aside. */
  readonly report?: (folder: string) => Promise<void>
  readonly module?: EconomyModule
}

export type RunResult =
  | { readonly complete: true; readonly folder: string; readonly manifest: RunManifest; readonly headline: Headline }
  | { readonly complete: false; readonly folder: string; readonly done: number; readonly paths: number }

/**
 * Simulates a plan into a folder. Interrupted, it leaves NAME.partial, from which the same call with `resume` goes on, also
 * with other threads and batches, to the same bytes of paths.parquet and series.arrow.
 * @throws InputError when the folder is occupied or cannot be resumed
 * @throws LawError when a law breaks; NAME.partial keeps the manifest, so that the path can be replayed
 */
export async function runToFolder(
  model: Model,
  plan: Plan,
  question: Question,
  options: RunOptions,
): Promise<RunResult> {
  const mayReplace = (folder: string): void => refuseOtherRun(folder, planHash(plan), options.paths)
  const partial = openFolder(options.out, mayReplace, options)
  try {
    options.onStart?.()
    const sitting = await sit(model, plan, question, options, partial)
    if (!sitting.simulation.complete) {
      return { complete: false, folder: partial, done: pathsIn(sitting.simulation.finished), paths: options.paths }
    }
    return await finish(model, plan, question, options, partial, sitting)
  } finally {
    releaseFolder(partial)
  }
}

interface Sitting {
  readonly simulation: Simulation
  readonly timing: RunManifest['timing']
}

/** Simulates what is left of the run, until it is done or stopped. */
async function sit(
  model: Model,
  plan: Plan,
  question: Question,
  options: RunOptions,
  partial: string,
): Promise<Sitting> {
  const { economy, record } = model
  const { paths } = options
  const identity = hashOf({ plan, record, paths, code: codeHash() })
  const from = loadCheckpoint(partial, identity)
  const began = performance.now()
  const seconds = (): number => (from?.seconds ?? 0) + (performance.now() - began) / 1000
  const timing = (threads: number, batch: number): RunManifest['timing'] => ({
    seconds: seconds(),
    threads,
    batch,
    pathsPerSecond: paths / seconds(),
    finishedAt: new Date().toISOString(),
  })
  writeManifest(partial, makeManifest(economy, plan, paths, question, timing(0, 0), false))
  const spool = new OutcomeSpool(join(partial, spoolName), record.outcomes.length)
  try {
    const save = (checkpoint: Omit<StoredCheckpoint, 'seconds'>): void => {
      spool.sync()
      saveCheckpoint(partial, identity, { ...checkpoint, seconds: seconds() })
    }
    const simulation = await simulate(economy, plan, record, {
      ...options,
      sink: spool,
      checkpoint: { from, save, every: options.checkpointEvery },
    })
    if (simulation.complete) {
      const columns = record.outcomes.map((name) => namedColumn(economy, name))
      await writePaths(join(partial, runFiles.paths), columns, paths, (first, count) => spool.read(first, count))
    }
    return { simulation, timing: timing(simulation.threads, simulation.batch) }
  } finally {
    spool.close()
  }
}

/** Chooses and tells the worst paths, writes what is left to write, and gives the folder its name. */
async function finish(
  model: Model,
  plan: Plan,
  question: Question,
  options: RunOptions,
  partial: string,
  { simulation, timing }: Sitting,
): Promise<RunResult> {
  const { economy, metrics, storyColumns } = model
  const { paths } = options
  const told = worstPaths(model.toldBy, await columnsOf(partial, model.toldBy), paths, toldPaths)
  await writeSeries(join(partial, runFiles.series), {
    fans: simulation.fans,
    storyColumns: storyColumns.map((name) => namedColumn(economy, name)),
    stories: tellPaths(economy, plan, told, storyColumns, model.tell),
  })
  const manifest = makeManifest(economy, plan, paths, question, timing, true)
  writeManifest(partial, manifest)
  const answers = await storedHeadline(partial, metrics, paths)
  const failure = await options.report?.(partial).then(() => undefined, asError)
  rmSync(join(partial, spoolName))
  removeCheckpoint(partial)
  finishFolder(options.out)
  // the numbers are whole even where the page about them failed
  if (failure) throw new Error(`the run is kept in ${options.out}, but its report failed`, { cause: failure })
  return { complete: true, folder: options.out, manifest, headline: answers }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

/** The headline of stored paths, one metric at a time, so that memory holds the columns of one. */
async function storedHeadline(folder: string, metrics: readonly Metric[], paths: number): Promise<Headline> {
  const whole: Headline[] = []
  for (const metric of metrics) whole.push(headline([metric], await columnsOf(folder, [metric]), paths))
  return {
    ...headline([], {}, paths),
    events: whole.flatMap(({ events }) => events),
    amounts: whole.flatMap(({ amounts }) => amounts),
  }
}

async function columnsOf(folder: string, metrics: readonly Metric[]): Promise<OutcomeColumns> {
  const wanted = [...new Set(metrics.flatMap((metric) => metric.columns))]
  return (await readPaths(join(folder, runFiles.paths), wanted)).outcomes
}

export { partialOf }
