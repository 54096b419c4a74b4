/** Those who simulate batches: this thread, or another one that is spoken to in messages. */
import type { Economy } from '../kernel/economy.ts'
import { type BatchWork, openBatchWork } from './batchWork.ts'
import { plainError, type Reply, type Request, revivedError, type WorkerStart } from './threadMessages.ts'

export interface BatchWorker {
  run(from: number, count: number): Promise<Float64Array>
  takeCounts(): Promise<Uint32Array>
  close(): Promise<void>
}

/** Simulates in the calling thread, which is free between batches only. */
export function openHere(economy: Economy, start: WorkerStart): BatchWorker {
  const work = openBatchWork(economy, start.plan, start.record, start.capacity)
  return {
    async run(from, count) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      return work.run(from, count)
    },
    takeCounts: async () => work.takeCounts(),
    close: async () => {},
  }
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

/**
 * The far end: does what is asked and hands the numbers over, not copies of them.
 * @param reply sends a message with the buffers that change hands
 */
export async function answer(
  opened: Promise<BatchWork>,
  request: Request,
  reply: (message: Reply, transfer: ArrayBuffer[]) => void,
): Promise<void> {
  try {
    const work = await opened
    if (request.kind === 'run') {
      const outcomes = work.run(request.from, request.count)
      reply({ kind: 'outcomes', outcomes }, [outcomes.buffer])
    } else {
      const counts = work.takeCounts()
      reply({ kind: 'counts', counts }, [counts.buffer])
    }
  } catch (error) {
    reply({ kind: 'error', error: plainError(error) }, [])
  }
}
