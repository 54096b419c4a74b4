/** Those who simulate batches: this thread, or another one that is spoken to in messages. */
import type { Economy } from '../kernel/economy.ts'
import { type BatchWork, openBatchWork, openSplittingWork } from './batchWork.ts'
import { plainError, type Reply, type Request, revivedError, type WorkerStart } from './threadMessages.ts'

export interface BatchWorker {
  /** Turns to another plan; what was counted of the one before is given up. */
  open(start: WorkerStart): Promise<void>
  run(from: number, count: number): Promise<Float64Array>
  takeCounts(): Promise<Uint32Array>
  close(): Promise<void>
}

/** Simulates in the calling thread, which is free between batches only. */
export function openHere(economy: Economy, start: WorkerStart): BatchWorker {
  let work = openWork(economy, start)
  return {
    async open(next) {
      work = openWork(economy, next)
    },
    async run(from, count) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      return work.run(from, count)
    },
    takeCounts: async () => work.takeCounts(),
    close: async () => {},
  }
}

/** The work that a start describes. */
export function openWork(economy: Economy, start: WorkerStart): BatchWork {
  const { plan, record, capacity, steering, splitting } = start
  if (splitting) return openSplittingWork(economy, plan, record, splitting)
  return openBatchWork(economy, plan, record, capacity, steering)
}

/** The near end of a thread that simulates batches. */
export interface FarWorker {
  readonly worker: BatchWorker
  /** To be called with what the thread answers. */
  readonly hear: (reply: Reply) => void
  /** To be called when the thread breaks down; every question then fails with this error. */
  readonly fail: (error: Error) => void
}

/** A batch worker at the other end of messages; its errors come back as those of this thread. */
export function farWorker(send: (request: Request) => void, close: () => Promise<void>): FarWorker {
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined
  let failure: Error | undefined
  const fail = (error: Error): void => {
    failure ??= error
    waiting?.reject(failure)
    waiting = undefined
  }
  const hear = (reply: Reply): void => {
    if (reply.kind === 'error') fail(revivedError(reply.error))
    else waiting?.resolve(reply)
    waiting = undefined
  }
  const ask = (request: Request): Promise<Reply> =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure)
      waiting = { resolve, reject }
      send(request)
    })
  const worker: BatchWorker = {
    async open(start) {
      const reply = await ask({ kind: 'open', start })
      if (reply.kind !== 'opened') throw new Error(`a worker thread answered ${reply.kind}; it was to open a plan`)
    },
    async run(from, count) {
      const reply = await ask({ kind: 'run', from, count })
      if (reply.kind !== 'outcomes') throw new Error(`a worker thread answered ${reply.kind}; outcomes were asked for`)
      return reply.outcomes
    },
    async takeCounts() {
      const reply = await ask({ kind: 'take' })
      if (reply.kind !== 'counts') throw new Error(`a worker thread answered ${reply.kind}; counts were asked for`)
      return reply.counts
    },
    close,
  }
  return { worker, hear, fail }
}

/** The far end: does what is asked and hands the numbers over, not copies of them. */
export class FarEnd {
  #opened: Promise<BatchWork>
  readonly #open: (start: WorkerStart) => Promise<BatchWork>
  readonly #reply: (message: Reply, transfer: ArrayBuffer[]) => void

  /** @param reply sends a message with the buffers that change hands */
  constructor(
    open: (start: WorkerStart) => Promise<BatchWork>,
    reply: (message: Reply, transfer: ArrayBuffer[]) => void,
    start?: WorkerStart,
  ) {
    this.#open = open
    this.#reply = reply
    const untold = 'a worker was asked for numbers before it was told the plan'
    this.#opened = start ? open(start) : Promise.reject(new Error(untold))
    this.#opened.catch(() => {
      // told to whoever sends the first request
    })
  }

  async hear(request: Request): Promise<void> {
    try {
      if (request.kind === 'open') this.#opened = this.#open(request.start)
      const work = await this.#opened
      if (request.kind === 'open') this.#reply({ kind: 'opened' }, [])
      else if (request.kind === 'run') {
        const outcomes = work.run(request.from, request.count)
        this.#reply({ kind: 'outcomes', outcomes }, [outcomes.buffer])
      } else {
        const counts = work.takeCounts()
        this.#reply({ kind: 'counts', counts }, [counts.buffer])
      }
    } catch (error) {
      this.#reply({ kind: 'error', error: plainError(error) }, [])
    }
  }
}
