/** Threads of Node that simulate batches. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type BatchWorker, farWorker } from './batchWorker.ts'
import type { Reply, WorkerStart } from './threadMessages.ts'

/** Simulates in a thread. */
export function openThread(start: WorkerStart): BatchWorker {
  const thread = startWorker(start)
  const far = farWorker(
    (request) => thread.postMessage(request),
    async () => {
      await thread.terminate()
    },
  )
  thread.on('message', (reply: Reply) => far.hear(reply))
  thread.on('error', far.fail)
  thread.on('messageerror', far.fail)
  thread.on('exit', (code) => far.fail(new Error(`a worker thread ended with code ${code} before its work was done`)))
  return far.worker
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
