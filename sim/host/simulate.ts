/** Runs all paths of a plan in batches over threads of Node. */
import { availableParallelism } from 'node:os'
import type { Economy } from '../kernel/economy.ts'
import { InputError } from '../kernel/errors.ts'
import type { Plan } from '../kernel/plan.ts'
import type { RecordDeclaration } from '../kernel/record.ts'
import { mostThreads, type ScheduleOptions, type Simulation, simulateOver } from './schedule.ts'
import type { EconomyModule } from './threadMessages.ts'
import { openThread } from './workers.ts'

export {
  type Checkpoint,
  type Checkpointing,
  mostBatch,
  mostPaths,
  mostThreads,
  type Progress,
  type Simulation,
} from './schedule.ts'

export interface SimulateOptions extends ScheduleOptions {
  /** Where threads find the economy; without it they take that of AID and sAID. */
  readonly module?: EconomyModule
}

/**
 * Simulates paths 0 … paths − 1 of a plan. The same plan and record give the same bytes for every number of threads, every
 * batch size and every interruption; path i is the same in a run of any length.
 * @throws InputError for an impossible number of paths, threads or a batch, or an economy that threads cannot find
 * @throws LawError when a law of the economy breaks on a path; other batches are given up
 */
export async function simulate(
  economy: Economy,
  plan: Plan,
  record: RecordDeclaration,
  options: SimulateOptions,
): Promise<Simulation> {
  const { module } = options
  const threads = options.threads ?? Math.min(mostThreads, availableParallelism())
  if (threads > 0 && module === undefined && economy !== (await import('./model.ts')).economy) {
    throw new InputError(
      `threads is ${threads} for the economy ${economy.name}, which threads cannot find; name its module ` +
        `({ module: { url: import.meta.url, name: 'economy' } }) or set threads to 0`,
    )
  }
  return simulateOver(economy, plan, record, { ...options, threads }, (start) => openThread({ ...start, module }))
}
