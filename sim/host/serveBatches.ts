/** What a Web Worker does all its life. */
import type { Economy } from '../kernel/economy.ts'
import { FarEnd, openWork } from './batchWorker.ts'
import type { FirstMessage, Request } from './threadMessages.ts'

/** To be called by the file of a Web Worker: it is told the plan, then simulates the batches it is sent, until it is ended. */
export function serveBatches(economy: Economy): void {
  const port = globalThis as unknown as Pick<Worker, 'postMessage' | 'onmessage'>
  const far = (start?: FirstMessage['start']): FarEnd =>
    new FarEnd(
      async (told) => openWork(economy, told),
      (reply, buffers) => port.postMessage(reply, buffers),
      start,
    )
  let end = far()
  port.onmessage = ({ data }: MessageEvent<FirstMessage | Request>) => {
    if (data.kind === 'start') end = far(data.start)
    else void end.hear(data)
  }
}
