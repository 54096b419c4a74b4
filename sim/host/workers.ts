/** Those who simulate batches: this thread, or a thread of its own. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Economy } from '../kernel/economy.ts'
import { openBatchWork } from './batchWork.ts'
import { type Reply, type Request, revivedError, type WorkerStart } from './threadMessages.ts'

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

/** Simulates in a thread; its errors come back as those of this thread. */
export function openThread(start: WorkerStart): BatchWorker {
  const worker = startWorker(start)
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined
  let failure: Error | undefined
  const fail = (error: Error): void => {
    failure ??= error
    waiting?.reject(failure)
    waiting = undefined
  }
  worker.on('message', (reply: Reply) => {
    if (reply.kind === 'error') return fail(revivedError(reply.error))
    waiting?.resolve(reply)
    waiting = undefined
  })
  worker.on('error', fail)
  worker.on('messageerror', fail)
  worker.on('exit', (code) => fail(new Error(`a worker thread ended with code ${code} before its work was done`)))
  const ask = (request: Request): Promise<Reply> =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure)
      waiting = { resolve, reject }
      worker.postMessage(request)
    })
  return {
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
    async close() {
      await worker.terminate()
    },
  }
}

/** The file of the worker: beside this one, in the language of this one. */
export function workerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
}

/** Node 20 starts no thread from a .ts file, so there a few words of JavaScript register the loader first. */
function startWorker(workerData: WorkerStart): Worker {
  const url = workerUrl()
  if (url.pathname.endsWith('.js')) return new Worker(url, { workerData })
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))
  const loader = new URL('./dist/esm/api/index.mjs', tsx).href
  const code = `import(${JSON.stringify(loader)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(url.href)}) })`
  return new Worker(code, { eval: true, workerData })
}
