/** The headline of a run: what few paths may say, and where amounts cannot go. */
import { describe, expect, it } from 'vitest'
import { shortfallWithInterval } from '../../sim/statistics/pairedTails.ts'
import { amountHeadline, eventHeadline, type ShortfallHeadline } from '../../sim/studies/headline.ts'
import type { Metric } from '../../sim/studies/metric.ts'

const metric = (bad: 'high' | 'low', kind: 'event' | 'amount' = 'amount'): Metric => ({
  name: 'toy',
  meaning: 'made up for a test',
  unit: '1',
  kind,
  bad,
  columns: [],
  evaluate: () => 0,
})

/** Mostly nothing, now and then very much. */
const rare = (paths: number): Float64Array => Float64Array.from({ length: paths }, (_, i) => (i % 90 === 0 ? 1 + i : 0))

describe('An expected shortfall', () => {
  it('on fewer than ten tail paths has no interval and says how many paths it needs', () => {
    const few = amountHeadline(metric('high'), rare(399), 0.95).expectedShortfall
    expect(few).toMatchObject({ lower: null, upper: null, tailPaths: 9, pathsNeeded: 400 })
    const enough = amountHeadline(metric('high'), rare(400), 0.95).expectedShortfall
    expect(enough?.tailPaths).toBe(10)
    expect(enough?.upper).toBeGreaterThan(enough?.value ?? Number.NaN)
  })

  it('has no end beyond what the amount can be, nor has the mean; where it can be anything, the ends stay', () => {
    const single = Float64Array.from({ length: 400 }, (_, i) => (i === 0 ? 1e6 : 0))
    const size = amountHeadline({ ...metric('high'), lowest: 0 }, single, 0.95)
    expect([size.expectedShortfall?.lower, size.mean?.lower]).toEqual([0, 0])
    const anything = amountHeadline(metric('high'), single, 0.95)
    expect(anything.expectedShortfall?.lower).toBeLessThan(0)
    expect(anything.mean?.lower).toBeLessThan(0)
    const nearlyAll = Float64Array.from({ length: 400 }, (_, i) => (i === 0 ? 0 : 1))
    const part = amountHeadline({ ...metric('low'), lowest: 0, highest: 1 }, nearlyAll, 0.95)
    expect([part.expectedShortfall?.upper, part.mean?.upper]).toEqual([1, 1])
  })
})

describe('An expected shortfall of a run', () => {
  it('has the interval that a gate judges by, which leans to the side of the long tail', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => ((i + 0.5) / 2000) ** 40)
    const { value, lower, upper } = amountHeadline(metric('high'), values, 0.95).expectedShortfall as ShortfallHeadline
    const gated = shortfallWithInterval(values, 0.975, 0.95)
    expect([value, lower, upper]).toEqual([gated.value, gated.lower, gated.upper])
    expect((upper as number) - value).toBeGreaterThan(value - (lower as number))
  })
})

describe('The probability of an event', () => {
  it('has a one-sided bound where no path or every path saw it, else two ends', () => {
    const none = eventHeadline(metric('high', 'event'), new Float64Array(100), 0.95)
    expect(none).toMatchObject({ side: 'upper', lower: 0 })
    // 1 - 0.05^(1/100): the probability at which none of 100 paths is as rare as one in twenty
    expect(none.upper).toBeCloseTo(0.029513049607384, 12)
    const all = eventHeadline(metric('high', 'event'), new Float64Array(100).fill(1), 0.95)
    expect(all).toMatchObject({ side: 'lower', upper: 1 })
    expect(all.lower).toBeCloseTo(1 - 0.029513049607384, 12)
    const one = eventHeadline(metric('high', 'event'), Float64Array.of(1, 0, 0, 0), 0.95)
    expect(one.side).toBe('both')
  })
})
