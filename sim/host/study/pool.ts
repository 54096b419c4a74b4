/** Worker threads that many cells share: each takes batches of the cell it has open, then turns to another. */
import { isDeepStrictEqual } from 'node:util'
import type { Economy } from '../../kernel/economy.ts'
import { rowsOf } from '../../kernel/splitting/declaration.ts'
import { type BatchWorker, openHere } from '../batchWorker.ts'
import { batchesLeft, type PathRange, pathsIn } from '../ranges.ts'
import type { WorkerStart } from '../threadMessages.ts'
import { openThread } from '../workers.ts'

/** A study that was asked to stop. */
export class Stopped extends Error {
  override name = 'Stopped'
}

export type JobStart = Omit<WorkerStart, 'capacity' | 'module'>

interface Job {
  readonly start: JobStart
  readonly batches: PathRange[]
  readonly onBatch: (range: PathRange, outcomes: Float64Array) => void
  readonly finish: () => void
  readonly fail: (error: unknown) => void
  running: number
  /** Threads that have opened it. */
  openers: number
  /** The signal took batches from it. */
  cut: boolean
}

interface Slot {
  worker?: BatchWorker
  job?: Job
  busy: boolean
}

/**
 * A thread in which a second plan is opened runs it about 1.6 times slower than a fresh thread would, and a fresh thread
 * takes about a second to warm up: from this many ticks of paths on, a fresh one is faster.
 */
const freshThreadFrom = 200 * 365 * 24

const largestBatch = 64

export interface PoolOptions {
  /** 0 simulates in the calling thread. */
  readonly threads: number
  readonly batch?: number
  readonly module?: WorkerStart['module']
  readonly signal?: AbortSignal
}

export class Pool {
  readonly #economy: Economy
  readonly #options: PoolOptions
  readonly #slots: readonly Slot[]
  readonly #jobs: Job[] = []

  constructor(economy: Economy, options: PoolOptions) {
    this.#economy = economy
    this.#options = options
    this.#slots = Array.from({ length: Math.max(1, options.threads) }, () => ({ busy: false }))
    options.signal?.addEventListener('abort', () => this.#stop())
  }

  /**
   * Simulates paths of a plan.
   * @param onBatch receives each batch, row-major paths × outcomes, in any order
   * @throws Stopped after the signal; LawError and InputError of the simulation
   */
  run(start: JobStart, paths: PathRange, done: readonly PathRange[], onBatch: Job['onBatch']): Promise<void> {
    const { signal, batch = largestBatch, threads } = this.#options
    if (signal?.aborted) return Promise.reject(new Stopped())
    const count = paths.to - paths.from
    // A replication of multiplied paths is as much work as a batch.
    const most = start.splitting ? 1 : batch
    const size = Math.min(most, Math.max(1, Math.ceil(count / Math.max(1, threads))))
    const before = { from: 0, to: paths.from }
    const batches = batchesLeft(paths.to, [before, ...done], size)
    if (batches.length === 0) return Promise.resolve()
    return new Promise((finish, fail) => {
      this.#jobs.push({ start, batches, onBatch, finish, fail, running: 0, openers: 0, cut: false })
      for (const slot of this.#slots) if (!slot.busy) void this.#serve(slot)
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.worker?.close()))
  }

  async #serve(slot: Slot): Promise<void> {
    slot.busy = true
    for (let job = this.#next(slot); job !== undefined; job = this.#next(slot)) await this.#work(slot, job)
    slot.busy = false
  }

  async #work(slot: Slot, job: Job): Promise<void> {
    const range = job.batches.shift() as PathRange
    job.running++
    try {
      const worker = await this.#turn(slot, job)
      job.onBatch(range, await worker.run(range.from, range.to - range.from))
      job.running--
      if (job.batches.length > 0 || job.running > 0) return
      this.#end(job, job.cut ? () => job.fail(new Stopped()) : job.finish)
    } catch (error) {
      await slot.worker?.close()
      slot.worker = undefined
      slot.job = undefined
      job.running--
      this.#end(job, () => job.fail(error))
    }
  }

  /** The cell that the thread has open, else one that nobody has begun, else one that has most left. */
  #next(slot: Slot): Job | undefined {
    const open = this.#jobs.filter((job) => job.batches.length > 0)
    if (slot.job && open.includes(slot.job)) return slot.job
    const untouched = open.find((job) => job.openers === 0)
    if (untouched) return untouched
    return open.sort((a, b) => b.batches.length - a.batches.length)[0]
  }

  /** The worker of a slot, turned to the plan of a job. */
  async #turn(slot: Slot, job: Job): Promise<BatchWorker> {
    const before = slot.job
    slot.job = job
    if (slot.worker && before === job) return slot.worker
    job.openers++
    if (slot.worker && before && isSame(before.start, job.start)) return slot.worker
    const { module, threads, batch = largestBatch } = this.#options
    const start: WorkerStart = { ...job.start, capacity: batch, module }
    const { plan, splitting } = job.start
    const paths = pathsIn(job.batches) * (splitting ? rowsOf(splitting) : 1)
    const left = paths * plan.days * plan.ticksPerDay
    if (slot.worker && (threads === 0 || left < freshThreadFrom)) {
      await slot.worker.open(start)
      return slot.worker
    }
    await slot.worker?.close()
    slot.worker = threads === 0 ? openHere(this.#economy, start) : openThread(start)
    return slot.worker
  }

  #end(job: Job, settle: () => void): void {
    const at = this.#jobs.indexOf(job)
    if (at < 0) return
    this.#jobs.splice(at, 1)
    job.batches.length = 0
    settle()
  }

  #stop(): void {
    for (const job of [...this.#jobs]) {
      job.cut = job.batches.length > 0
      job.batches.length = 0
      if (job.running === 0) this.#end(job, () => job.fail(new Stopped()))
    }
  }
}

/** More paths of what the thread has open. */
function isSame(a: JobStart, b: JobStart): boolean {
  return (
    a.plan === b.plan &&
    a.steering === b.steering &&
    a.splitting === b.splitting &&
    isDeepStrictEqual(a.record, b.record)
  )
}
