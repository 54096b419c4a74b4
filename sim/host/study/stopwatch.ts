/** What a path costs under each way of simulating: processor seconds, in turns, so that a busy machine slows all of them alike. */
import type { Plan } from '../../kernel/plan.ts'
import { type Multiplying, rowsOf, splittingColumns } from '../../kernel/splitting/declaration.ts'
import { luckColumns, type Steering } from '../../kernel/steering.ts'
import type { Pace } from '../../studies/study.ts'
import { type BatchWork, openBatchWork, openSplittingWork } from '../batchWork.ts'
import type { Model } from '../model.ts'

export interface Timed {
  readonly method: string
  readonly steering?: Steering | null
  readonly splitting?: Multiplying | null
}

/** Paths of a turn, a multiple of the rounds of mixtures and of pairs. */
const turnPaths = 60
const turns = 6

/** A turn of one method: what it simulates, and how many whole paths that is worth. */
interface Runner {
  readonly method: string
  readonly work: BatchWork
  readonly run: (turn: number) => number
}

/** Times each method over several turns in this thread, after one that warms it up. */
export function measurePaces(model: Model, plan: Plan, methods: readonly Timed[]): readonly Pace[] {
  const runners = methods.map((method) => openRunner(model, plan, method))
  for (const runner of runners) runner.run(turns)
  const timed = runners.map(({ method }) => ({ method, seconds: 0, paths: 0, turns: [] as number[] }))
  for (let turn = 0; turn < turns; turn++) {
    runners.forEach((runner, r) => {
      const before = process.cpuUsage()
      const paths = runner.run(turn)
      const { user, system } = process.cpuUsage(before)
      const seconds = (user + system) / 1e6
      timed[r].paths += paths
      timed[r].seconds += seconds
      timed[r].turns.push(seconds / paths)
    })
  }
  return timed.map((pace) => ({ ...pace, seconds: pace.seconds / pace.paths }))
}

function openRunner(model: Model, plan: Plan, { method, steering, splitting }: Timed): Runner {
  const { economy } = model
  const { outcomes } = model.record
  if (splitting) {
    const columns = [...outcomes, ...splittingColumns]
    const work = openSplittingWork(economy, plan, { outcomes: columns, series: [] }, splitting)
    const days = columns.length - 1
    const run = (turn: number): number => {
      const rows = work.run(turn, 1)
      let sum = 0
      for (let row = 0; row < rowsOf(splitting); row++) sum += rows[row * columns.length + days]
      return sum / plan.days
    }
    return { method, work, run }
  }
  const columns = steering ? [...outcomes, ...luckColumns(steering)] : outcomes
  const work = openBatchWork(economy, plan, { outcomes: columns, series: [] }, turnPaths, steering ?? undefined)
  const run = (turn: number): number => {
    work.run(turn * turnPaths, turnPaths)
    return turnPaths
  }
  return { method, work, run }
}
