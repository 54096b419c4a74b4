/** Runs all paths of a plan in batches over Web Workers of a page: numbers change hands, no memory is shared. */
import type { Economy } from '../kernel/economy.ts'
import { InputError } from '../kernel/errors.ts'
import type { Plan } from '../kernel/plan.ts'
import type { RecordDeclaration } from '../kernel/record.ts'
import { type BatchWorker, farWorker } from './batchWorker.ts'
import { economy as ownEconomy } from './model.ts'
import { mostThreads, type ScheduleOptions, type Simulation, simulateOver } from './schedule.ts'
import type { FirstMessage, Reply, Request, WorkerStart } from './threadMessages.ts'

export interface BrowserOptions extends ScheduleOptions {
  /**
   * Starts a Web Worker that calls serveBatches(economy), such as
   * `() => new Worker(new URL('./myWorker.js', import.meta.url), { type: 'module' })`;
   * without it that of AID and sAID is started, a file of its own beside this one.
   */
  readonly startWorker?: () => Worker
}

/**
 * Simulates paths 0 … paths − 1 of a plan in a browser, to the same bits as on Node.
 * @throws InputError for an impossible number of paths, threads or a batch, or an economy that no worker knows
 * @throws LawError when a law of the economy breaks on a path; other batches are given up
 */
export async function simulateInBrowser(
  economy: Economy,
  plan: Plan,
  record: RecordDeclaration,
  options: BrowserOptions,
): Promise<Simulation> {
  const threads = options.threads ?? Math.min(mostThreads, navigator.hardwareConcurrency)
  if (threads > 0 && options.startWorker === undefined && economy !== ownEconomy) {
    throw new InputError(
      `threads is ${threads} for the economy ${economy.name}, which the standard Web Worker does not know; ` +
        'give a startWorker whose worker calls serveBatches(economy), or set threads to 0',
    )
  }
  const startWorker = options.startWorker ?? standardWorker
  return simulateOver(economy, plan, record, { ...options, threads }, (start) => openWebWorker(startWorker(), start))
}

function standardWorker(): Worker {
  return new Worker(new URL('./browserWorker.js', import.meta.url), { type: 'module' })
}

function openWebWorker(page: Worker, start: WorkerStart): BatchWorker {
  const send = (message: FirstMessage | Request): void => page.postMessage(message)
  const far = farWorker(send, async () => page.terminate())
  page.onmessage = ({ data }: MessageEvent<Reply>) => far.hear(data)
  page.onmessageerror = () => far.fail(new Error('a Web Worker answered with what cannot be read'))
  page.onerror = ({ message }) => far.fail(new Error(`a Web Worker failed: ${message || 'its file cannot be loaded'}`))
  send({ kind: 'start', start })
  return far.worker
}
