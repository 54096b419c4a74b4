/** The deepest fall of sAID that a run reports is the one that its daily NAV shows. */
import { expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { planFor } from '../support/economyRuns.ts'

it('the reported fall from the peak is that of the daily exit NAV, also on days of write-offs', () => {
  const paths = 12
  const plan = planFor({ days: 320, ticksPerDay: 1, parameters: { deals: { overlayProbability: 0.4 } } })
  const simulator = new Simulator(economy, plan, paths)
  const peak = new Float64Array(paths).fill(1.07)
  const fall = new Float64Array(paths)
  const out = new Float64Array(paths * 2)
  const observer = {
    observe(_: number, __: number, nav: Float64Array): void {
      for (let p = 0; p < paths; p++) {
        peak[p] = Math.max(peak[p], nav[p])
        fall[p] = Math.max(fall[p], 1 - nav[p] / peak[p])
      }
    },
  }
  simulator.run(
    Int32Array.from({ length: paths }, (_, i) => i),
    {
      outcomes: ['outcomes.worstDrawdown', 'deals.writtenOffTotal'],
      series: [{ column: 'vault.exitNav', scale: 'linear', from: 0, to: 4 }],
    },
    observer,
    out,
  )
  let writtenOff = 0
  for (let p = 0; p < paths; p++) {
    writtenOff += out[2 * p + 1]
    // The day's NAV may move between the morning and the evening by what forced bill sales cost: a few hundredths of a percent.
    expect(Math.abs(out[2 * p] - fall[p])).toBeLessThan(5e-4)
  }
  expect(writtenOff).toBeGreaterThan(100_000)
})
