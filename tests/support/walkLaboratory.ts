/** A laboratory in this thread for the Brownian motion, which notes what it is asked. */
import { openSplittingWork } from '../../sim/host/batchWork.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import { type Multiplying, splittingColumns } from '../../sim/kernel/splitting/declaration.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'

/** Where the motion ends. */
export const place: Metric = {
  name: 'place',
  meaning: 'Where the motion ends',
  unit: '1',
  kind: 'amount',
  bad: 'high',
  columns: ['walk.place'],
  evaluate: (row) => row['walk.place'],
}

export function walkLaboratory(economy: Economy, metrics: readonly Metric[], asked: Cell[] = []): Laboratory {
  const outcomes = ['walk.place', 'walk.highest', ...splittingColumns]
  return {
    economy,
    metrics,
    say: () => {},
    async simulate(cell) {
      asked.push(cell)
      const work = openSplittingWork(economy, cell.plan, { outcomes, series: [] }, cell.splitting as Multiplying)
      const rows = work.run(cell.from, cell.to - cell.from)
      const count = rows.length / outcomes.length
      return Object.fromEntries(
        outcomes.map((name, o) => [
          name,
          Float64Array.from({ length: count }, (_, i) => rows[i * outcomes.length + o]),
        ]),
      )
    },
  }
}
