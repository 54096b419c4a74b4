/** The work on batches of paths, the same in a thread, in this thread and in a browser tab. */
import type { Economy } from '../kernel/economy.ts'
import type { Plan } from '../kernel/plan.ts'
import type { RecordDeclaration } from '../kernel/record.ts'
import { Simulator } from '../kernel/simulator.ts'
import { isInteraction, type Multiplying, rowsOf, splittingColumns } from '../kernel/splitting/declaration.ts'
import { Interactor } from '../kernel/splitting/interactor.ts'
import { Splitter } from '../kernel/splitting/splitter.ts'
import type { Steering } from '../kernel/steering.ts'
import { FanCounter } from '../studies/fans.ts'

export interface BatchWork {
  /**
   * Simulates paths `from` … `from + count − 1`.
   * @returns outcomes, row-major paths × outcomes
   * @throws LawError when a law breaks
   */
  run(from: number, count: number): Float64Array<ArrayBuffer>
  /** Hands over the daily counts of all batches since the last call. */
  takeCounts(): Uint32Array<ArrayBuffer>
}

/**
 * Takes the memory for batches of at most `capacity` paths.
 * @param steering how the luck is steered; the record may then ask for `luckColumns(steering)` as outcomes
 * @throws InputError when the economy cannot be steered so
 */
export function openBatchWork(
  economy: Economy,
  plan: Plan,
  record: RecordDeclaration,
  capacity: number,
  steering?: Steering,
): BatchWork {
  const simulator = new Simulator(economy, plan, capacity, { steering })
  const counter = new FanCounter(record, plan.days)
  const numbers = new Int32Array(capacity)
  return {
    run(from, count) {
      const outcomes = new Float64Array(count * record.outcomes.length)
      for (let i = 0; i < count; i++) numbers[i] = from + i
      simulator.run(numbers.subarray(0, count), record, counter, outcomes)
      return outcomes
    },
    takeCounts: () => counter.take(),
  }
}

/**
 * Takes the memory for replications of paths that are multiplied: numbers of paths are those of replications.
 * @param record its outcomes are what is kept of each path, and `splittingColumns` last; it has no series
 * @returns outcomes of rowsOf(splitting) rows for each replication
 * @throws InputError when the plan cannot be split so
 */
export function openSplittingWork(
  economy: Economy,
  plan: Plan,
  record: RecordDeclaration,
  splitting: Multiplying,
): BatchWork {
  const outcomes = record.outcomes.slice(0, -splittingColumns.length)
  const splitter = isInteraction(splitting)
    ? new Interactor(economy, plan, splitting, outcomes)
    : new Splitter(economy, plan, splitting, outcomes)
  const each = rowsOf(splitting) * splitter.width
  return {
    run(from, count) {
      const rows = new Float64Array(count * each)
      for (let i = 0; i < count; i++) splitter.run(from + i, rows.subarray(i * each, (i + 1) * each))
      return rows
    },
    takeCounts: () => new Uint32Array(0),
  }
}
