/** What a page of the browser tests offers to those who drive it. */
import { record } from '../../models/record.ts'
import { type BrowserOptions, simulateInBrowser } from '../../sim/host/browser.ts'
import { economy } from '../../sim/host/model.ts'
import { makePlan, type Plan } from '../../sim/kernel/plan.ts'
import { functionBits, runBits } from './sameEverywhere.ts'

/** What a run that cannot work says of itself. */
async function complaints(): Promise<Record<string, string>> {
  const plan = makePlan(economy, { seed: [1, 2], startDay: 20_000, days: 2, ticksPerDay: 1 })
  const [first] = plan.tables['deals']['tape']
  const orphan = { ...first, borrower: 'nobody' }
  const tables = { ...plan.tables, deals: { ...plan.tables['deals'], tape: [orphan] } }
  const told = (of: typeof economy, asked: Plan, options: Partial<BrowserOptions> = {}): Promise<string> =>
    simulateInBrowser(of, asked, record, { paths: 4, threads: 1, ...options }).then(
      () => 'no complaint',
      (error) => `${error.name}: ${error.message}`,
    )
  return {
    noFile: await told(economy, plan, { startWorker: () => new Worker('missing.js', { type: 'module' }) }),
    strangeEconomy: await told({ ...economy, name: 'another' }, plan),
    badPlan: await told(economy, { ...plan, tables }),
  }
}

const offered = { complaints, functionBits, runBits: runBits.bind(undefined, simulateInBrowser) }
export type Offered = typeof offered
Object.assign(globalThis, { offered })
