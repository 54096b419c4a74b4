/** The economy itself: paths a second of the base scenario, and where the time of a day goes. */
import { availableParallelism } from 'node:os'
import { model } from '../sim/host/model.ts'
import { askScenario } from '../sim/host/scenarioFiles.ts'
import { simulate } from '../sim/host/simulate.ts'
import { Simulator } from '../sim/kernel/simulator.ts'

const batch = 128
/** Days of the walk whose entries are timed one by one. */
const measuredDays = 120
const turns = 5
/** The whole base scenario on two cores: so many paths within so many seconds. */
const target = { paths: 2000, seconds: 30 }

/** Nanoseconds a path and day of every room, meeting, draw and law: the least of some turns. */
function nanosecondsByEntry(): Map<string, number> {
  const { plan, model: kept } = askScenario('base', { days: measuredDays }, model)
  const simulator = new Simulator(kept.economy, plan, batch)
  const numbers = Int32Array.from({ length: batch }, (_, i) => i)
  const best = new Map<string, number>()
  for (let turn = -2; turn < turns; turn++) {
    const sums = new Map<string, number>()
    simulator.runMeasured(numbers, (name, run) => {
      const from = performance.now()
      run()
      sums.set(name, (sums.get(name) ?? 0) + performance.now() - from)
    })
    if (turn < 0) continue
    for (const [name, sum] of sums) {
      const each = (sum * 1e6) / (batch * measuredDays)
      best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, each))
    }
  }
  return best
}

async function printRate(paths: number, threads: number): Promise<void> {
  const { plan, model: kept } = askScenario('base', {}, model)
  const cpu = process.cpuUsage()
  const from = performance.now()
  await simulate(kept.economy, plan, kept.record, { paths, threads, batch })
  const seconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const each = (user + system) / paths / plan.days
  console.log(
    `  ${threads} thread${threads > 1 ? 's' : ''}, ${paths} paths: ${seconds.toFixed(1)} s, ${(paths / seconds).toFixed(1)} paths/s, ` +
      `${each.toFixed(1)} us of processor a path-day, compilation included`,
  )
}

export async function printEconomy(): Promise<void> {
  const { plan } = askScenario('base', {}, model)
  console.log(`\nThe economy: base scenario, ${plan.days} days of ${plan.ticksPerDay} ticks, batches of ${batch} paths`)
  await printRate(512, 1)
  if (availableParallelism() > 1) {
    await printRate(target.paths, 2)
    console.log(`  target: ${target.paths} paths on two threads in ${target.seconds} s`)
  }
  const entries = [...nanosecondsByEntry()].sort((a, b) => b[1] - a[1])
  const whole = entries.reduce((sum, [, each]) => sum + each, 0)
  console.log(`  by room and meeting, ns a path-day (all ticks of the day), ${whole.toFixed(0)} together:`)
  for (const [name, each] of entries) {
    const share = ((100 * each) / whole).toFixed(1)
    console.log(`    ${name.padEnd(20)} ${each.toFixed(0).padStart(7)}  ${share.padStart(5)} %`)
  }
}
