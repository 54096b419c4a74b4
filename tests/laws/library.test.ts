/** Every scenario of the library runs, keeps the laws, and does what its question says. */
import { describe, expect, it } from 'vitest'
import { metrics } from '../../models/metrics.ts'
import { record } from '../../models/record.ts'
import { libraryNames } from '../../scenarios/library.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { economy } from '../../sim/host/model.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { resolve } from '../support/scenarios.ts'

const paths = 6

function run(name: string, days?: number): Record<string, Float64Array> {
  const scenario = resolve(`name: here\nquestion: What happens?\nextends: ${name}\n`, { paths, days, set: [] })
  const simulator = new Simulator(economy, planOf(scenario, economy), paths)
  const out = new Float64Array(paths * record.outcomes.length)
  const numbers = Int32Array.from({ length: paths }, (_, i) => i)
  simulator.run(numbers, { outcomes: record.outcomes, series: [] }, undefined, out)
  return Object.fromEntries(
    record.outcomes.map((column, j) => [
      column,
      Float64Array.from({ length: paths }, (_, p) => out[p * record.outcomes.length + j]),
    ]),
  )
}

const median = (column: Float64Array): number => Array.from(column).sort((a, b) => a - b)[paths >> 1]

describe('every scenario of the library', () => {
  const results = Object.fromEntries(libraryNames.map((name) => [name, run(name)]))

  for (const name of libraryNames) {
    it(`${name} runs to its end with every metric a number`, () => {
      const rows = Array.from({ length: paths }, (_, p) =>
        Object.fromEntries(record.outcomes.map((column) => [column, results[name][column][p]])),
      )
      for (const metric of metrics) {
        for (const row of rows) expect(Number.isNaN(metric.evaluate(row)), `${metric.name} of ${name}`).toBe(false)
      }
    })
  }

  const outcome = (name: string, column: string): number => median(results[name][`outcomes.${column}`])

  it('base is believable: supply, net yield, deployment and peg stand by the public facts', () => {
    expect(outcome('base', 'supplyAtEnd') / 21e6).toBeGreaterThan(0.85)
    expect(outcome('base', 'supplyAtEnd') / 21e6).toBeLessThan(1.25)
    expect(outcome('base', 'netYield')).toBeGreaterThan(0.09)
    expect(outcome('base', 'netYield')).toBeLessThan(0.14)
    expect(outcome('base', 'deployedAtEnd')).toBeGreaterThan(0.75)
    expect(outcome('base', 'minimumTwap24h')).toBeGreaterThan(0.99)
  })

  it('each storm is worse than base where its question points', () => {
    expect(outcome('rent-collapse', 'worstDrawdown')).toBeGreaterThan(outcome('base', 'worstDrawdown') + 0.05)
    expect(outcome('glut', 'worstDrawdown')).toBeGreaterThan(outcome('base', 'worstDrawdown'))
    expect(outcome('top-borrower-default', 'defaults')).toBeGreaterThan(outcome('base', 'defaults'))
    expect(outcome('usdc-weekend', 'lowestPrice')).toBeLessThan(0.92)
    expect(outcome('bank-run', 'supplyAtEnd')).toBeLessThan(outcome('base', 'supplyAtEnd'))
    expect(outcome('bank-run', 'minimumCoverage')).toBeLessThan(1)
    expect(outcome('lp-exit', 'hoursBelow99') + outcome('lp-exit', 'lossOfProviders')).not.toBe(
      outcome('base', 'hoursBelow99') + outcome('base', 'lossOfProviders'),
    )
    expect(outcome('combined', 'worstDrawdown')).toBeGreaterThan(outcome('base', 'worstDrawdown') + 0.05)
    expect(outcome('generation-shock', 'rentAtEnd')).toBeLessThan(outcome('base', 'rentAtEnd'))
  })
})
