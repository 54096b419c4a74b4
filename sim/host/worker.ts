/** A worker thread: opens the economy once, then simulates the batches it is sent. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Economy } from '../kernel/economy.ts'
import { type BatchWork, openBatchWork } from './batchWork.ts'
import { type EconomyModule, plainError, type Reply, type Request, type WorkerStart } from './threadMessages.ts'

const port = parentPort
if (port === null) throw new Error('worker.js is started by aidlab as a thread; it does nothing when run alone')

async function economyOf(module: EconomyModule | undefined): Promise<Economy> {
  if (module === undefined) return (await import('./model.ts')).economy
  const found = (await import(module.url))[module.name]
  if (found === undefined) throw new Error(`${module.url} exports no ${module.name}`)
  return found
}

async function open(): Promise<BatchWork> {
  const { plan, record, capacity, module } = workerData as WorkerStart
  return openBatchWork(await economyOf(module), plan, record, capacity)
}

const opened = open()
opened.catch(() => {
  // told to whoever sends the first request
})

async function answer(request: Request): Promise<void> {
  const reply = (message: Reply, transfer: ArrayBuffer[]): void => port!.postMessage(message, transfer)
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

port.on('message', answer)
