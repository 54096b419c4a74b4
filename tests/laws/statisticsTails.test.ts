/** What must hold of tail risk and of histograms, whatever the losses. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addColumn,
  emptyCounts,
  type HistogramLayout,
  histogramOrderStatistic,
  histogramQuantile,
  linearLayout,
  logarithmicLayout,
  mergeCounts,
  totalCount,
} from '../../sim/statistics/histogram.ts'
import { quantile, sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { expectedShortfallWithInterval, tailRisk } from '../../sim/statistics/tailRisk.ts'

const seeded = { seed: 20261122, numRuns: 300 }
const level = fc.double({ min: 0.01, max: 0.999, noNaN: true })
const loss = fc.double({ min: -1e6, max: 1e6, noNaN: true })
const losses = fc.array(loss, { minLength: 1, maxLength: 200 })
const pairs = fc.array(fc.tuple(loss, loss), { minLength: 1, maxLength: 200 })

/** Rounding of sums of a few hundred losses. */
function scaleOf(...columns: readonly number[][]): number {
  return 1e-12 * (1 + Math.max(...columns.flat().map(Math.abs)))
}

describe('tail risk', () => {
  it('the shortfall is at least the value at risk and at most the worst loss, and both rise with the level', () => {
    fc.assert(
      fc.property(losses, level, level, (column, one, other) => {
        const low = tailRisk(column, Math.min(one, other))
        const high = tailRisk(column, Math.max(one, other))
        const rounding = scaleOf(column)
        expect(low.expectedShortfall).toBeGreaterThanOrEqual(low.valueAtRisk)
        expect(low.expectedShortfall).toBeLessThanOrEqual(Math.max(...column) + rounding)
        expect(high.valueAtRisk).toBeGreaterThanOrEqual(low.valueAtRisk)
        expect(high.expectedShortfall).toBeGreaterThanOrEqual(low.expectedShortfall - rounding)
        expect(low.valueAtRisk).toBe(quantile(sortedColumn(column), Math.min(one, other)))
      }),
      seeded,
    )
  })

  it('the shortfall is coherent: merging two books never adds risk', () => {
    fc.assert(
      fc.property(pairs, level, (books, q) => {
        const first = books.map(([a]) => a)
        const second = books.map(([, b]) => b)
        const together = tailRisk(
          books.map(([a, b]) => a + b),
          q,
        )
        const apart = tailRisk(first, q).expectedShortfall + tailRisk(second, q).expectedShortfall
        expect(together.expectedShortfall).toBeLessThanOrEqual(apart + scaleOf(first, second))
      }),
      seeded,
    )
  })

  it('adding an amount adds it, and scaling scales', () => {
    fc.assert(
      fc.property(losses, level, fc.double({ min: 0.1, max: 10, noNaN: true }), loss, (column, q, factor, shift) => {
        const base = tailRisk(column, q)
        const moved = tailRisk(
          column.map((value) => factor * value + shift),
          q,
        )
        const rounding = 100 * scaleOf(column, [shift])
        expect(Math.abs(moved.valueAtRisk - factor * base.valueAtRisk - shift)).toBeLessThan(rounding)
        expect(Math.abs(moved.expectedShortfall - factor * base.expectedShortfall - shift)).toBeLessThan(rounding)
      }),
      seeded,
    )
  })

  it('whole weights are repeated paths, in any order and on any scale', () => {
    const weighted = fc.array(fc.tuple(loss, fc.nat(4)), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(weighted, level, (rows, q) => {
        fc.pre(rows.some(([, weight]) => weight > 0))
        const repeated = rows.flatMap(([value, weight]) => Array.from({ length: weight }, () => value))
        const plain = tailRisk(repeated, q)
        const column = rows.map(([value]) => value)
        const got = tailRisk(
          column,
          q,
          rows.map(([, weight]) => weight / 8),
        )
        expect(got.valueAtRisk).toBe(plain.valueAtRisk)
        expect(Math.abs(got.expectedShortfall - plain.expectedShortfall)).toBeLessThan(scaleOf(column))
      }),
      seeded,
    )
  })

  it('an interval of the shortfall is free of NaN and holds its estimate', () => {
    fc.assert(
      fc.property(losses, level, fc.boolean(), (column, q, withWeights) => {
        const weights = withWeights ? column.map((_, i) => 1 + (i % 3)) : undefined
        const { value, lower, upper, standardError } = expectedShortfallWithInterval(column, q, 0.95, weights)
        for (const part of [value, lower ?? 0, upper ?? 0, standardError ?? 0]) expect(Number.isFinite(part)).toBe(true)
        expect((lower === null) === (upper === null)).toBe(true)
        if (lower !== null && upper !== null) expect(lower <= value && value <= upper).toBe(true)
      }),
      seeded,
    )
  })
})

const layouts: [string, HistogramLayout][] = [
  ['linear', linearLayout(-1e6, 1.3e6, 777)],
  ['logarithmic', logarithmicLayout(1e-3, 1e7, 5)],
]

function counted(layout: HistogramLayout, values: readonly number[]): Uint32Array {
  const counts = emptyCounts(layout)
  addColumn(layout, counts, values)
  return counts
}

describe.each(layouts)('a %s histogram', (_, layout) => {
  it('merges in any order and grouping to the same counts as counting all at once', () => {
    fc.assert(
      fc.property(losses, losses, losses, (a, b, c) => {
        const left = counted(layout, a)
        mergeCounts(left, counted(layout, b))
        mergeCounts(left, counted(layout, c))
        const right = counted(layout, c)
        mergeCounts(right, counted(layout, b))
        const grouped = counted(layout, a)
        mergeCounts(right, grouped)
        expect(right).toEqual(left)
        expect(left).toEqual(counted(layout, [...a, ...b, ...c]))
        expect(totalCount(left)).toBe(a.length + b.length + c.length)
      }),
      { ...seeded, numRuns: 100 },
    )
  })

  it('knows every order statistic to its stated error', () => {
    fc.assert(
      fc.property(losses, (values) => {
        const counts = counted(layout, values)
        sortedColumn(values).forEach((exact, i) => {
          const { value, lower, upper } = histogramOrderStatistic(layout, counts, i + 1)
          expect(lower <= exact && exact <= upper).toBe(true)
          const allowed = Math.max(layout.error.absolute, layout.error.relative * Math.abs(exact))
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(allowed * (1 + 1e-9))
        })
      }),
      { ...seeded, numRuns: 100 },
    )
  })

  it('has ascending edges, and every edge opens its own bucket', () => {
    for (let bucket = 1; bucket < layout.buckets; bucket++) {
      expect(layout.edge(bucket)).toBeGreaterThan(layout.edge(bucket - 1))
      const inside = layout.edge(bucket)
      expect([bucket, bucket - 1]).toContain(layout.bucketOf(inside))
    }
    expect(layout.edge(0)).toBe(-Infinity)
    expect(layout.edge(layout.buckets)).toBe(Infinity)
  })

  it('puts what lies outside its range into the outermost buckets, with an honest bound', () => {
    const counts = counted(layout, [-Infinity, -1e300, 1e300, Infinity])
    expect(counts[0]).toBe(2)
    expect(counts[layout.buckets - 1]).toBe(2)
    const top = histogramOrderStatistic(layout, counts, 4)
    expect([top.value, top.upper]).toEqual([top.lower, Infinity])
    expect(histogramOrderStatistic(layout, counts, 1).lower).toBe(-Infinity)
  })

  it('answers a quantile with an interval around it, null where no path bounds it', () => {
    const counts = counted(
      layout,
      Array.from({ length: 1000 }, (_, i) => i),
    )
    const { lower, upper, interval } = histogramQuantile(layout, counts, 0.99, 0.95)
    expect(lower <= 989 && 989 <= upper).toBe(true)
    expect(interval.lower as number).toBeLessThanOrEqual(982)
    expect(interval.upper as number).toBeGreaterThanOrEqual(996)
    expect(histogramQuantile(layout, counts, 0.999, 0.95).interval.upper).toBeNull()
  })

  it('refuses NaN with its index, an empty histogram and foreign counts', () => {
    expect(() => counted(layout, [1, Number.NaN])).toThrow('NaN at index 1')
    expect(() => histogramQuantile(layout, emptyCounts(layout), 0.5, 0.95)).toThrow('nothing was counted')
    expect(() => mergeCounts(emptyCounts(layout), new Uint32Array(3))).toThrow('one layout for both')
    const full = new Uint32Array(1).fill(0xffffffff)
    expect(() => mergeCounts(full, new Uint32Array([1]))).toThrow('overflow of bucket 0')
  })
})

describe('ends of a histogram', () => {
  it('linear: a lower edge belongs to the range, the upper edge does not', () => {
    const layout = linearLayout(0, 1, 8)
    expect([0, 0.125, 0.375, 0.75, 0.9999, 1, -1e-9].map((value) => layout.bucketOf(value))).toEqual([
      1, 2, 4, 7, 8, 9, 0,
    ])
  })

  it('logarithmic: zero and the nearly zero share the middle bucket', () => {
    const layout = logarithmicLayout(1, 8, 1)
    const middle = layout.bucketOf(0)
    expect([-0, 0.99, -0.99].map((value) => layout.bucketOf(value))).toEqual([middle, middle, middle])
    expect([1, 1.5, 2, 3, 4].map((value) => layout.bucketOf(value) - middle)).toEqual([1, 2, 3, 4, 5])
    expect([-1, -1.5, -2].map((value) => layout.bucketOf(value) - middle)).toEqual([-1, -2, -3])
  })
})
