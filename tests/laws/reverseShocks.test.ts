/** The space of shocks in which a reverse stress test looks. */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { stress } from '../../models/stress.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { luckColumns, type Steering } from '../../sim/kernel/steering.ts'
import type { StressLanguage } from '../../sim/studies/reverse/language.ts'
import { readCoordinates, steeringTo, watchesOf } from '../../sim/studies/reverse/shockSpace.ts'
import { planFor } from '../support/economyRuns.ts'

describe('the space of shocks of the economy', () => {
  const plan = planFor({ days: 240, ticksPerDay: 1 })
  const language: StressLanguage = stress
  const space = language.space(plan)
  const paths = 40

  function luckUnder(steering: Steering): Float64Array {
    const simulator = new Simulator(economy, plan, paths, { steering })
    const names = luckColumns(steering)
    const out = new Float64Array(paths * names.length)
    const numbers = Array.from({ length: paths }, (_, p) => p)
    simulator.run(numbers, { outcomes: names, series: [] }, undefined, out)
    const columns = Object.fromEntries(
      names.map((name, o) => [name, Float64Array.from(numbers, (p) => out[p * names.length + o])]),
    )
    return readCoordinates(space, columns, paths, plan.days)
  }
  const d = space.coordinates.length
  const plain = luckUnder({ watch: watchesOf(space) })

  it('has weights of length one', () => {
    for (const coordinate of space.coordinates) {
      if (coordinate.kind !== 'drawn') continue
      expect(coordinate.parts.reduce((sum, { weight }) => sum + weight * weight, 0)).toBeCloseTo(1, 12)
    }
  })

  it('has coordinates of mean 0 and deviation 1', () => {
    space.coordinates.forEach(({ name }, c) => {
      const values = Array.from({ length: paths }, (_, p) => plain[p * d + c])
      const mean = values.reduce((sum, x) => sum + x, 0) / paths
      const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (paths - 1)
      // 4.5 standard errors of each, over some thirty coordinates: a false alarm in two thousand seeds, and the seed is fixed
      expect(Math.abs(mean), name).toBeLessThan(4.5 / Math.sqrt(paths))
      expect(Math.abs(variance - 1), name).toBeLessThan(4.5 * Math.sqrt(2 / (paths - 1)))
    })
  })

  it('moves a drawn coordinate of every path by exactly what is asked, and no other', () => {
    const drawn = [...space.coordinates.keys()].filter((c) => space.coordinates[c].kind === 'drawn')
    for (const chosen of [drawn[0], drawn[1], drawn[drawn.length - 1]]) {
      const point = Float64Array.from({ length: d }, (_, c) => (c === chosen ? -1.7 : 0))
      const moved = luckUnder(steeringTo(space, point, plan.days))
      for (let i = 0; i < moved.length; i++) {
        // normal numbers of exponentials and sums of 120 days: 1e-9
        expect(Math.abs(moved[i] - plain[i] - point[i % d])).toBeLessThan(1e-9)
      }
    }
  })

  it('moves the middle of a lowest coordinate to where it is asked', () => {
    const chosen = space.coordinates.findIndex(({ kind }) => kind === 'lowest')
    const point = Float64Array.from({ length: d }, (_, c) => (c === chosen ? 1.5 : 0))
    const moved = luckUnder(steeringTo(space, point, plan.days))
    const above = Array.from({ length: paths }, (_, p) => moved[p * d + chosen]).filter((x) => x > 1.5).length
    // a fair coin thrown 40 times: 8 to 32 in all but one of ten thousand
    expect(above).toBeGreaterThan(7)
    expect(above).toBeLessThan(33)
  })

  it('watches columns that exist, and tells of amounts and marks that it declares', () => {
    const simulator = new Simulator(economy, plan, 1)
    for (const name of stress.witness.columns) expect(simulator.column(name).length).toBeGreaterThan(0)
  })
})
