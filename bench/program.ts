/** One workload on the kernel, as a program of its own: `node program.js W1 [SEED]` prints one line of JSON. */
import type { Economy } from '../sim/kernel/economy.ts'
import { makePlan } from '../sim/kernel/plan.ts'
import { seedKey } from '../sim/kernel/random/seed.ts'
import { Simulator } from '../sim/kernel/simulator.ts'
import { interpolatedQuantile, mean, type Report, timed } from './report.ts'
import { borrowersEconomy } from './workloads/borrowers.ts'
import { marketEconomy } from './workloads/market.ts'

interface Workload {
  readonly economy: Economy
  readonly paths: number
  readonly agents: number
  /** Paths a batch: what their columns take fits the first cache. */
  readonly batch: number
  readonly unit: string
  readonly outcomes: readonly string[]
  readonly results: (columns: readonly Float64Array[]) => Record<string, number>
}

const steps = 365

const workloads: Readonly<Record<string, Workload>> = {
  W1: {
    economy: marketEconomy,
    paths: 10_000,
    agents: 1,
    batch: 64,
    unit: 'path-steps/s',
    outcomes: ['factors.loss'],
    results([loss]) {
      const var99 = interpolatedQuantile(loss.sort(), 0.99)
      return { mean: mean([...loss]), var99, es99: mean([...loss].filter((x) => x >= var99)) }
    },
  },
  W2: {
    economy: borrowersEconomy,
    paths: 2_000,
    agents: 50,
    batch: 32,
    unit: 'agent-steps/s',
    outcomes: ['borrowers.defaultRate', 'borrowers.lossShare'],
    results([defaultRate, loss]) {
      return {
        defaultRate: mean([...defaultRate]),
        meanLoss: mean([...loss]),
        var99: interpolatedQuantile(loss.sort(), 0.99),
      }
    },
  },
}

/** Opens the workload once; each call of the result simulates all paths from another path number on. */
function open({ economy, paths, batch, outcomes, results }: Workload, seed: string): () => Record<string, number> {
  const plan = makePlan(economy, { seed: seedKey(seed), startDay: 0, days: steps, ticksPerDay: 1 })
  const simulator = new Simulator(economy, plan, batch)
  const numbers = new Int32Array(batch)
  const kept = new Float64Array(batch * outcomes.length)
  const columns = outcomes.map(() => new Float64Array(paths))
  let first = 0
  return () => {
    for (let from = 0; from < paths; from += batch) {
      const count = Math.min(batch, paths - from)
      for (let i = 0; i < count; i++) numbers[i] = first + from + i
      simulator.run(numbers.subarray(0, count), { outcomes, series: [] }, undefined, kept)
      columns.forEach((column, c) => {
        for (let i = 0; i < count; i++) column[from + i] = kept[i * columns.length + c]
      })
    }
    first += paths
    return results(columns)
  }
}

const [name, seed = '1'] = process.argv.slice(2)
const workload = workloads[name]
if (!workload) throw new Error(`workload is ${name}; it must be one of ${Object.keys(workloads).join(', ')}`)
const run = open(workload, seed)
const warm = [timed(run), timed(run)]
const { value, seconds, cpu } = timed(run)
const report: Report = {
  workload: name,
  impl: 'aidlab',
  version: process.version,
  threads: 1,
  paths: workload.paths,
  steps,
  ...(workload.agents > 1 ? { agents: workload.agents } : {}),
  seconds,
  cpu_s: cpu,
  jit_s: Math.max(0, warm[0].seconds - warm[1].seconds),
  rate: (workload.paths * workload.agents * steps) / seconds,
  unit: workload.unit,
  results: value,
}
console.log(JSON.stringify(report))
