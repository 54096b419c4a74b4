/** The laboratory of the host: threads that simulate, and a store of what they have finished. */
import type { Plan } from '../../kernel/plan.ts'
import { rowsOf, splittingColumns } from '../../kernel/splitting/declaration.ts'
import { luckColumns } from '../../kernel/steering.ts'
import type { Cell, Laboratory } from '../../studies/laboratory.ts'
import type { OutcomeColumns } from '../../studies/metric.ts'
import { codeHash } from '../codeHash.ts'
import { hashOf } from '../hash.ts'
import type { Model } from '../model.ts'
import { pathsIn } from '../ranges.ts'
import { CellStore } from './cellStore.ts'
import { remembered } from './memory.ts'
import { Pool, type PoolOptions, Stopped } from './pool.ts'

/** How far a study has come, as far as it has said what it wants. */
export interface StudyProgress {
  /** Paths done, those of an earlier sitting included. */
  readonly done: number
  /** Paths asked for so far. */
  readonly asked: number
  readonly cells: number
  readonly cellsDone: number
  /** Paths that this sitting has simulated. */
  readonly simulated: number
}

export interface HostLaboratory extends Laboratory {
  progress(): StudyProgress
  close(): Promise<void>
}

/**
 * @param folder where finished cells are kept
 * @param onProgress called whenever paths are asked for or done
 */
export function openLaboratory(
  model: Model,
  folder: string,
  options: PoolOptions,
  say: (step: string) => void,
  onProgress: (progress: StudyProgress) => void,
): HostLaboratory {
  const store = new CellStore(folder)
  const pool = new Pool(model.economy, options)
  const count = { done: 0, asked: 0, cells: 0, cellsDone: 0, simulated: 0 }
  const identityOf = cellIdentity()
  const latest = new Map<string, Promise<unknown>>()
  const simulate = (cell: Cell): Promise<OutcomeColumns> => {
    requirePaths(cell)
    const names = [...model.record.outcomes, ...columnsOfLuck(cell)]
    const identity = identityOf(cell, names)
    // Who asks for the same cell while it is being simulated waits for it, and takes what is then finished.
    const answer = Promise.resolve(latest.get(identity)).then(
      () => fill(cell, names, identity),
      () => fill(cell, names, identity),
    )
    latest.set(identity, answer)
    return answer
  }
  const fill = async (cell: Cell, names: readonly string[], identity: string): Promise<OutcomeColumns> => {
    const { plan, steering, splitting, from, to } = cell
    const each = splitting ? rowsOf(splitting) : 1
    const finished = store.finished(identity).map((r) => ({ from: Math.max(from, r.from), to: Math.min(to, r.to) }))
    const before = finished.filter((range) => range.from < range.to)
    count.cells++
    count.asked += each * (to - from)
    count.done += each * pathsIn(before)
    onProgress(count)
    await pool.run(
      { plan, steering, splitting, record: { outcomes: names, series: [] } },
      { from, to },
      before,
      (range, outcomes) => {
        store.write(identity, each * names.length, range.from, outcomes)
        count.done += each * (range.to - range.from)
        count.simulated += each * (range.to - range.from)
        onProgress(count)
      },
    )
    count.cellsDone++
    onProgress(count)
    return columnsOf(names, store.read(identity, each * names.length, { from, to }))
  }
  return {
    simulate,
    economy: model.economy,
    metrics: model.metrics,
    say,
    remember: (identity, work) => remembered(folder, identity, work),
    pause: () => pauseUnless(options.signal),
    progress: () => count,
    close: () => pool.close(),
  }
}

/** Lets threads be answered and signals arrive. @throws Stopped after the signal */
async function pauseUnless(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((go) => setImmediate(go))
  if (signal?.aborted) throw new Stopped()
}

/** Hashing a plan takes as long as simulating a path: each plan object is hashed once. */
function cellIdentity(): (cell: Cell, names: readonly string[]) => string {
  const plans = new WeakMap<Plan, string>()
  const code = codeHash()
  return ({ plan, steering, splitting }, names) => {
    const known = plans.get(plan) ?? hashOf(plan)
    plans.set(plan, known)
    return hashOf({ plan: known, steering, splitting, names, code }).slice(0, 32)
  }
}

/** What a cell keeps of its luck besides the outcomes. */
function columnsOfLuck({ steering, splitting }: Cell): readonly string[] {
  if (steering && splitting) throw new Error('a cell is steered and split; only one is possible')
  if (splitting) return splittingColumns
  return steering ? luckColumns(steering) : []
}

function requirePaths({ from, to }: Cell): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from) return
  throw new Error(`a study asked for paths ${from} to ${to}; it must ask for at least one path`)
}

function columnsOf(names: readonly string[], rows: Float64Array): OutcomeColumns {
  const width = names.length
  const count = rows.length / width
  return Object.fromEntries(
    names.map((name, o) => [name, Float64Array.from({ length: count }, (_, p) => rows[p * width + o])]),
  )
}
