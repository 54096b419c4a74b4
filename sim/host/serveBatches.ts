/** What a Web Worker does all its life. */
import type { Economy } from '../kernel/economy.ts'
import { type BatchWork, openBatchWork } from './batchWork.ts'
import { answer } from './batchWorker.ts'
import type { FirstMessage, Request, WorkerStart } from './threadMessages.ts'

/** To be called by the file of a Web Worker: it is told the plan, then simulates the batches it is sent, until it is ended. */
export function serveBatches(economy: Economy): void {
  const port = globalThis as unknown as Pick<Worker, 'postMessage' | 'onmessage'>
  let opened: Promise<BatchWork> | undefined
  const open = async ({ plan, record, capacity }: WorkerStart): Promise<BatchWork> =>
    openBatchWork(economy, plan, record, capacity)
  port.onmessage = ({ data }: MessageEvent<FirstMessage | Request>) => {
    if (data.kind === 'start') {
      opened = open(data.start)
      opened.catch(() => {
        // told to whoever sends the first request
      })
    } else {
      const untold = 'a Web Worker was asked for numbers before it was told the plan'
      void answer(opened ?? Promise.reject(new Error(untold)), data, (reply, buffers) =>
        port.postMessage(reply, buffers),
      )
    }
  }
}
