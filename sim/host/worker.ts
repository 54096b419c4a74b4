/** A worker thread: opens the economy once, then simulates the batches it is sent. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Economy } from '../kernel/economy.ts'
import { type BatchWork, openBatchWork } from './batchWork.ts'
import { answer } from './batchWorker.ts'
import type { EconomyModule, Request, WorkerStart } from './threadMessages.ts'

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

port.on('message', (request: Request) =>
  answer(opened, request, (reply, transfer) => port.postMessage(reply, transfer)),
)
