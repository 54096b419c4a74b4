/** Whether the answers have settled, and how many paths stand behind each tail. */

import { pathsNeeded } from '../../sim/statistics/intervals.ts'
import { MINIMUM_TAIL_COUNT } from '../../sim/statistics/tailRisk.ts'
import { convergenceFigure } from '../figures/convergence.ts'
import { counted, levelText, roundedUpPaths } from '../format.ts'
import { html } from '../html.ts'
import { confidence } from '../reading.ts'
import { type Desk, type Section, tableMarkup } from '../section.ts'

export function convergenceSection(desk: Desk): Section {
  const { reading } = desk
  const rows = [0.95, 0.975, 0.99, 0.999].map((level) => {
    const needed = pathsNeeded(level, confidence)
    const beyond = Math.floor(reading.paths * (1 - level) + 1e-9)
    const firm = Math.ceil(MINIMUM_TAIL_COUNT / (1 - level) - 1e-9)
    return [
      levelText(level),
      counted(beyond),
      reading.paths >= needed ? 'closed' : `unbounded, needs at least ${roundedUpPaths(needed)} paths`,
      beyond >= MINIMUM_TAIL_COUNT ? 'firm' : `an indication; firm from ${roundedUpPaths(firm)} paths`,
    ]
  })
  return {
    id: 'convergence',
    title: 'Convergence',
    body: html`${desk.place(
      convergenceFigure(
        reading,
        ['depeg_2pct_24h', 'reserveShortfall', 'exitFailure', 'saidLossEvent'],
        ['saidLoss', 'requiredReserve'],
      ),
      'A run of fewer than 20 paths has nothing to converge.',
    )}
<h4>Paths behind each tail</h4>
${tableMarkup(
  [
    { name: 'Level' },
    { name: 'Paths in its tail', isNumber: true },
    { name: 'Interval of a quantile' },
    { name: 'Expected shortfall' },
  ],
  rows,
)}
<p>These intervals cover the luck of the draw and nothing else. That a parameter is wrong, or the model, is not in them: the assumptions and limitations are.</p>`,
  }
}
