/** An expected shortfall in the report has the interval of the headline table: none on a handful of paths. */
import { expect, it } from 'vitest'
import { shortfallAt } from '../../reports/sections/summary.ts'

type Amount = Parameters<typeof shortfallAt>[0]

const amount = (paths: number, bad: 'high' | 'low'): Amount =>
  ({
    headline: { infinite: 0 },
    metric: { bad },
    values: Float64Array.from({ length: paths }, (_, i) => i / paths),
  }) as unknown as Amount

it('five tail paths bound no expected shortfall, twenty-five do, at either end', () => {
  for (const bad of ['high', 'low'] as const) {
    expect(shortfallAt(amount(200, bad), 0.975)).toMatchObject({ tailPaths: 5, lower: null, upper: null })
    const bounded = shortfallAt(amount(1000, bad), 0.975)!
    expect(bounded.lower!).toBeLessThan(bounded.value)
    expect(bounded.upper!).toBeGreaterThan(bounded.value)
  }
})
