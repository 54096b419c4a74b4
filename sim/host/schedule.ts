/** Hands the paths of a plan in batches to workers, wherever they are; the result depends on neither. */
import type { Economy } from '../kernel/economy.ts'
import { InputError } from '../kernel/errors.ts'
import type { Plan } from '../kernel/plan.ts'
import type { Fan, RecordDeclaration } from '../kernel/record.ts'
import { mergeCounts } from '../statistics/histogram.ts'
import { countsLength, fansOf } from '../studies/fans.ts'
import type { OutcomeColumns } from '../studies/metric.ts'
import { type BatchWorker, openHere } from './batchWorker.ts'
import { memorySink, type OutcomeSink } from './outcomeSink.ts'
import { batchesLeft, mergeRanges, type PathRange, pathsIn } from './ranges.ts'
import type { WorkerStart } from './threadMessages.ts'

/** The most paths of a run. */
export const mostPaths = 100_000_000
export const mostThreads = 64
/** The most paths of a batch; a day of so many fits the caches of a core. */
export const mostBatch = 4096
const standardBatch = 64

/** What is safe to go on from: paths whose outcomes are in the sink and whose days are in the counts. */
export interface Checkpoint {
  readonly finished: readonly PathRange[]
  readonly counts: Uint32Array
}

export interface Checkpointing {
  /** Milliseconds between checkpoints while the run lasts; one more is made at its end. */
  readonly every?: number
  /** Where to go on; the sink already holds these outcomes. */
  readonly from?: Checkpoint
  save(checkpoint: Checkpoint): void
}

export interface Progress {
  /** Paths done, those of an earlier sitting included. */
  readonly done: number
  readonly paths: number
  /** Paths of this sitting a second. */
  readonly pathsPerSecond: number
  /** Seconds left at this pace. */
  readonly secondsLeft: number
}

/** What every place of simulation is asked. */
export interface ScheduleOptions {
  readonly paths: number
  /** Worker threads (Web Workers in a browser), at most 64; 0 simulates in the calling thread. Default: one a core. */
  readonly threads?: number
  /** Paths a batch; changes the pace only. */
  readonly batch?: number
  /** Stops after the batches that are running. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  readonly checkpoint?: Checkpointing
  /** Receives the outcomes of each batch in any order; by default they are kept in memory. */
  readonly sink?: OutcomeSink
}

export interface Simulation {
  /** False when the signal stopped it; fans and outcomes then cover `finished` only. */
  readonly complete: boolean
  readonly finished: readonly PathRange[]
  /** One number a path, in path order; empty when a sink of the caller took the outcomes. */
  readonly outcomes: OutcomeColumns
  /** Daily fans; empty while no path is finished. */
  readonly fans: readonly Fan[]
  readonly threads: number
  readonly batch: number
}

/**
 * Simulates paths 0 … paths − 1 of a plan. The same plan and record give the same bytes for every number of threads, every
 * batch size and every interruption; path i is the same in a run of any length.
 * @param openThread opens a worker for batches; with 0 threads the calling one is used
 * @throws InputError for an impossible number of paths, threads or a batch
 * @throws LawError when a law of the economy breaks on a path; other batches are given up
 */
export async function simulateOver(
  economy: Economy,
  plan: Plan,
  record: RecordDeclaration,
  options: ScheduleOptions & { readonly threads: number },
  openThread: (start: WorkerStart) => BatchWorker,
): Promise<Simulation> {
  const { paths, threads } = options
  const { batch, batches } = arrange(options)
  const sink = options.sink ?? memorySink(record, paths)
  const tally = new Tally(options, countsLength(record, plan.days))
  const start = { plan, record, capacity: batch }
  const workers = Array.from({ length: Math.min(Math.max(1, threads), batches.length) }, () =>
    threads === 0 ? openHere(economy, start) : openThread(start),
  )
  tally.workers = workers.length
  try {
    await Promise.all(workers.map((worker) => work(worker, batches, sink, tally, options.signal)))
  } finally {
    await Promise.all(workers.map((worker) => worker.close()))
  }
  tally.save()
  const { finished, counts } = tally.checkpoint()
  const done = pathsIn(finished)
  return {
    complete: done === paths,
    finished,
    outcomes: sink.columns?.() ?? {},
    fans: done > 0 ? fansOf(economy, record, plan.days, counts) : [],
    threads,
    batch,
  }
}

/** Takes batches in path order until none is left or the signal falls. */
async function work(
  worker: BatchWorker,
  batches: PathRange[],
  sink: OutcomeSink,
  tally: Tally,
  signal: AbortSignal | undefined,
): Promise<void> {
  let unsafe: PathRange[] = []
  let turn = tally.turn
  while (!signal?.aborted) {
    const next = batches.shift()
    if (!next) break
    const outcomes = await worker.run(next.from, next.to - next.from)
    sink.write(next.from, outcomes)
    unsafe.push(next)
    tally.progress(next.to - next.from)
    if (turn < tally.turn) {
      turn = tally.turn
      tally.merge(unsafe, await worker.takeCounts())
      unsafe = []
    }
  }
  tally.leave(unsafe, await worker.takeCounts())
}

function arrange(options: ScheduleOptions & { readonly threads: number }): { batch: number; batches: PathRange[] } {
  const { paths, threads, checkpoint } = options
  requireWhole('paths', paths, 1, mostPaths)
  requireWhole('threads', threads, 0, mostThreads)
  const batch = options.batch ?? Math.min(standardBatch, Math.max(1, Math.ceil(paths / (4 * Math.max(1, threads)))))
  requireWhole('batch', batch, 1, mostBatch)
  return { batch, batches: batchesLeft(paths, checkpoint?.from?.finished ?? [], batch) }
}

/** @throws InputError naming the number and its bounds. */
function requireWhole(name: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new InputError(`${name} is ${value}; it must be a whole number from ${from} to ${to}`)
  }
}

/** What all workers have done together. */
class Tally {
  /** Raised when a checkpoint falls due; every worker then hands over its counts. */
  turn = 0
  workers = 0
  readonly #options: ScheduleOptions
  readonly #counts: Uint32Array
  readonly #began = performance.now()
  readonly #earlier: number
  #finished: PathRange[]
  #done: number
  #merged = 0
  #saved = performance.now()

  constructor(options: ScheduleOptions, length: number) {
    const from = options.checkpoint?.from
    this.#options = options
    this.#counts = new Uint32Array(length)
    this.#finished = mergeRanges(from?.finished ?? [])
    if (from) mergeCounts(this.#counts, from.counts)
    this.#earlier = pathsIn(this.#finished)
    this.#done = this.#earlier
  }

  progress(paths: number): void {
    this.#done += paths
    const now = performance.now()
    const every = this.#options.checkpoint?.every ?? 10_000
    if (this.#options.checkpoint && now - this.#saved > every) {
      this.#saved = now
      this.#merged = 0
      this.turn++
    }
    const pathsPerSecond = (this.#done - this.#earlier) / ((now - this.#began) / 1000)
    const secondsLeft = (this.#options.paths - this.#done) / pathsPerSecond
    this.#options.onProgress?.({ done: this.#done, paths: this.#options.paths, pathsPerSecond, secondsLeft })
  }

  /** Books finished batches with their counts; the last worker of a turn saves. */
  merge(batches: readonly PathRange[], counts: Uint32Array): void {
    mergeCounts(this.#counts, counts)
    this.#finished = mergeRanges([...this.#finished, ...batches])
    if (++this.#merged >= this.workers) this.save()
  }

  /** As merge, by a worker that goes home. */
  leave(batches: readonly PathRange[], counts: Uint32Array): void {
    mergeCounts(this.#counts, counts)
    this.#finished = mergeRanges([...this.#finished, ...batches])
    this.workers--
  }

  checkpoint(): Checkpoint {
    return { finished: this.#finished, counts: this.#counts }
  }

  save(): void {
    this.#options.checkpoint?.save(this.checkpoint())
  }
}
