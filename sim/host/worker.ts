/** A worker thread: opens the plan that it is started with, and later others, and simulates the batches that it is sent. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Economy } from '../kernel/economy.ts'
import type { BatchWork } from './batchWork.ts'
import { FarEnd, openWork } from './batchWorker.ts'
import type { EconomyModule, Request, WorkerStart } from './threadMessages.ts'

const port = parentPort
if (port === null) throw new Error('worker.js is started by aidlab as a thread; it does nothing when run alone')

async function economyOf(module: EconomyModule | undefined): Promise<Economy> {
  if (module === undefined) return (await import('./model.ts')).economy
  const found = (await import(module.url))[module.name]
  if (found === undefined) throw new Error(`${module.url} exports no ${module.name}`)
  return found
}

const open = async (start: WorkerStart): Promise<BatchWork> => openWork(await economyOf(start.module), start)
const end = new FarEnd(open, (reply, transfer) => port.postMessage(reply, transfer), workerData as WorkerStart)
port.on('message', (request: Request) => end.hear(request))
