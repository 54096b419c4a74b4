/** What must hold of the rental market whatever the numbers and the luck. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gpuMarket } from '../../models/gpuMarket/room.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import type { Simulator } from '../../sim/kernel/simulator.ts'
import { baseRows, generation, gpuSimulator, quiet, rowsWith, runGpu } from '../support/gpuRuns.ts'

const still = rowsWith({ spotVolatility: 0 })
const columns = [
  ...Object.keys(gpuMarket.state).map((name) => `gpuMarket.${name}`),
  ...['value', 'calmPrice', 'price', 'pressure', 'proceedsTotal'].map((name) => `hardware.${name}`),
]

/** Settings within their bounds, drawn uniformly, for every number of the room. */
const anyParameters = fc.record(
  Object.fromEntries(
    Object.entries(gpuMarket.parameters).flatMap(([name, declared]) =>
      'choices' in declared || name === 'releaseDelayMean'
        ? []
        : [[name, 'integer' in declared ? fc.integer({ min: declared.from, max: declared.to }) : within(declared)]],
    ),
  ),
)

function within({ from, to }: { from: number; to: number }) {
  return fc.double({ min: from, max: to, noNaN: true })
}

describe('rents', () => {
  it('stay above the cash cost and finite, and utilisation between 0 and 1, for any parameters and levers', () => {
    fc.assert(
      fc.property(
        anyParameters,
        fc.double({ min: 0.02, max: 5, noNaN: true }),
        fc.integer({ min: -1, max: 2 }),
        (parameters, lever, forced) => {
          const releaseDelayMean = Math.max(-180, (parameters['releaseEarliest'] as number) + 30)
          const simulator = runGpu({
            paths: 3,
            days: 40,
            parameters: { gpuMarket: { ...parameters, releaseDelayMean } as Record<string, number> },
            levers: { gpuMarket: { rentFactor: () => lever, forcedRegime: (day) => (day > 20 ? forced : -1) } },
          })
          for (let g = 0; g < 5; g++) {
            const floor = (baseRows[g]['floor'] as number) * lever
            for (const rent of generation(simulator, 'gpuMarket.spot', g, 5)) {
              expect(rent).toBeGreaterThanOrEqual(floor * (1 - 1e-12))
              expect(rent).toBeLessThan(Number.POSITIVE_INFINITY)
            }
            for (const rent of generation(simulator, 'gpuMarket.contract', g, 5)) {
              expect(rent).toBeGreaterThan(0)
              expect(rent).toBeLessThan(Number.POSITIVE_INFINITY)
            }
          }
          for (const factor of simulator.column('gpuMarket.factor')) expect(Number.isFinite(factor)).toBe(true)
          for (const price of simulator.column('hardware.price')) expect(price).toBeGreaterThan(0)
          // The simulator has checked utilisation after every day, by the law of the room.
        },
      ),
      { seed: 20261122, numRuns: 40 },
    )
  })

  it('follow the curve exactly where nothing is left to luck', () => {
    const simulator = runGpu({
      days: 365,
      rows: rowsWith({ spotVolatility: 0, releaseStep: 0 }),
      parameters: { gpuMarket: quiet },
    })
    for (let g = 0; g < 4; g++) {
      const { rent, floor, decline } = baseRows[g] as Record<string, number>
      expect(generation(simulator, 'gpuMarket.spot', g, 5)[0]).toBeCloseTo(
        floor + (rent - floor) * Math.exp(-decline),
        12,
      )
    }
  })

  it('of older generations fall by the step of a release that has come, and those of newer ones do not', () => {
    const released = still.map((row, g) => ({
      ...row,
      releaseStep: g === 3 ? 0.3 : 0,
      releaseDay: g === 3 ? 0 : row['releaseDay'],
    }))
    const ordered = released.map((row, g) => (g === 4 ? { ...row, releaseDay: 0 } : row))
    const without = ordered.map((row) => ({ ...row, releaseStep: 0 }))
    const run = (rows: typeof ordered) => runGpu({ days: 100, rows, parameters: { gpuMarket: quiet } })
    const [a, b] = [run(ordered), run(without)]
    const share = Math.exp(-0.3 * (1 - Math.exp((-3 * 100) / 365)))
    for (let g = 0; g < 5; g++) {
      const floor = baseRows[g]['floor'] as number
      const ratio =
        (generation(a, 'gpuMarket.spot', g, 5)[0] - floor) / (generation(b, 'gpuMarket.spot', g, 5)[0] - floor)
      expect(ratio).toBeCloseTo(g < 3 ? share : 1, 12)
    }
  })

  it('of a planned generation wait for its release, and its step then reaches the older ones', () => {
    const run = (releaseStep: number) =>
      runGpu({
        paths: 20,
        days: 330,
        rows: still.map((row, g) => (g === 4 ? { ...row, releaseStep } : { ...row, releaseStep: 0 })),
        parameters: { gpuMarket: quiet },
      })
    const [a, b] = [run(0.4), run(0)]
    for (let p = 0; p < 20; p++) {
      const age = Math.max(0, 330 - generation(a, 'gpuMarket.releaseDay', 4, 5)[p])
      const share = Math.exp(-0.4 * (1 - Math.exp((-3 * age) / 365)))
      const [low, high] = [a, b].map((s) => generation(s, 'gpuMarket.spot', 1, 5)[p] - 0.3)
      expect(low / high).toBeCloseTo(share, 12)
      expect(generation(a, 'gpuMarket.released', 4, 5)[p]).toBe(age > 0 ? 1 : 0)
      const own = generation(a, 'gpuMarket.spot', 4, 5)[p] - 0.5
      expect(own / 8).toBeCloseTo(Math.exp((-0.25 * age) / 365), 12)
    }
  })

  it('quoted by contract fall before a release that the market expects', () => {
    const run = (releaseStep: number) =>
      runGpu({
        days: 8,
        rows: still.map((row, g) => (g === 4 ? { ...row, releaseStep } : row)),
        parameters: { gpuMarket: { ...quiet, contractPremiumReversion: 20, contractPremium: 0 } },
      })
    const [a, b] = [run(0.4), run(0)].map((s) => generation(s, 'gpuMarket.contract', 0, 5)[0])
    expect(a).toBeLessThan(b)
  })
})

describe('levers of the rental market', () => {
  it('on rents multiply spot and contract rents and nothing before', () => {
    const run = (from: number) =>
      runGpu({ paths: 5, days: 30, levers: { gpuMarket: { rentFactor: (day) => (day >= from ? 0.4 : 1) } } })
    const [shocked, calm, later] = [run(20), run(99), run(30)]
    for (const column of ['gpuMarket.spot', 'gpuMarket.contract']) {
      shocked.column(column).forEach((rent, i) => {
        expect(rent / calm.column(column)[i]).toBeCloseTo(0.4, 12)
        expect(later.column(column)[i]).toBe(calm.column(column)[i])
      })
    }
    shocked.column('gpuMarket.factor').forEach((factor, p) => {
      expect(factor).toBeLessThan(calm.column('gpuMarket.factor')[p] - 2)
    })
  })

  it('on the state of the market force it, and luck goes on from there', () => {
    const run = (days: number) =>
      runGpu({ paths: 200, days, levers: { gpuMarket: { forcedRegime: (day) => (day >= 5 && day < 40 ? 0 : -1) } } })
    expect(
      run(40)
        .column('gpuMarket.regime')
        .every((regime) => regime === 0),
    ).toBe(true)
    const after = run(80).column('gpuMarket.regime')
    const left = after.reduce((sum, regime) => sum + (regime === 0 ? 0 : 1), 0)
    // Forty days with one chance in 300 each: 25 of 200 on average.
    expect(left).toBeGreaterThan(5)
    expect(left).toBeLessThan(60)
    const free = runGpu({ paths: 200, days: 40 })
    const mean = (s: Simulator) => generation(s, 'gpuMarket.spot', 1, 5).reduce((sum, x) => sum + x, 0) / 200
    expect(mean(run(40))).toBeLessThan(mean(free))
  })

  it('on utilisation multiply it, at most to 1', () => {
    const run = (lever: number) =>
      runGpu({ paths: 5, days: 5, levers: { gpuMarket: { utilisationFactor: () => lever } } }).column(
        'gpuMarket.utilisation',
      )
    const calm = run(1)
    run(0.5).forEach((u, p) => {
      expect(u).toBeCloseTo(0.5 * calm[p], 14)
    })
    run(1.3).forEach((u, p) => {
      expect(u).toBeCloseTo(Math.min(1, 1.3 * calm[p]), 14)
    })
  })
})

describe('sameness of paths', () => {
  const trade = (operations: { sell(path: number, g: number, units: number): number }, path: number, day: number) => {
    operations.sell(path, day % 5, 1 + (day % 4))
  }

  it('holds to the last bit for batches of 64 and of 500', () => {
    const whole = gpuSimulator({ paths: 500, days: 250, trade })
    const small = gpuSimulator({ paths: 64, days: 250, trade })
    const numbers = Array.from({ length: 500 }, (_, p) => p)
    const record = { series: [], outcomes: [] }
    whole.run(numbers, record, undefined, new Float64Array(0))
    for (let first = 0; first < 500; first += 64) {
      const some = numbers.slice(first, first + 64)
      small.run(some, record, undefined, new Float64Array(0))
      for (const name of columns) {
        const each = whole.column(name).length / 500
        const expected = whole.column(name).subarray(first * each, (first + some.length) * each)
        expect(small.column(name).subarray(0, some.length * each), name).toEqual(expected)
      }
    }
  })

  it('holds for the older generations when a newer one without a step is added', () => {
    const base = baseRows.slice(0, 4)
    const more = [...base, { ...baseRows[4], releaseStep: 0 }]
    const [a, b] = [base, more].map((rows) => runGpu({ paths: 20, days: 120, rows }))
    for (const name of ['gpuMarket.spot', 'gpuMarket.contract', 'gpuMarket.nextJump', 'hardware.price']) {
      for (let g = 0; g < 4; g++) expect(generation(b, name, g, 5), name).toEqual(generation(a, name, g, 4))
    }
    expect(b.column('gpuMarket.utilisation')).toEqual(a.column('gpuMarket.utilisation'))
  })
})

describe('the table of generations', () => {
  it('refuses a rent at its floor, an order that is not that of releases, no rows, and a mean delay before the earliest', () => {
    const refused =
      (rows: typeof baseRows, parameters = {}) =>
      () =>
        gpuSimulator({ rows, parameters })
    expect(refused(rowsWith({ floor: 1.3 }))).toThrow(InputError)
    expect(refused([...baseRows].reverse())).toThrow(/list the oldest first/)
    expect(refused([])).toThrow(/at least one generation/)
    expect(refused(baseRows, { gpuMarket: { releaseDelayMean: -40 } })).toThrow(/must be above releaseEarliest/)
  })
})
