/** Daily fans: quantiles across paths of a column, from whole-number counts that merge in any order to the same bytes. */
import type { ColumnDeclarations, Economy } from '../kernel/economy.ts'
import type { DailyObserver, Fan, NamedColumn, RecordDeclaration, SeriesDeclaration } from '../kernel/record.ts'
import {
  addValue,
  type HistogramLayout,
  histogramOrderStatistic,
  linearLayout,
  logarithmicLayout,
  totalCount,
} from '../statistics/histogram.ts'
import { quantileRank } from '../statistics/orderStatistics.ts'

/** Quantile levels of a fan. */
export const fanProbabilities: readonly number[] = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999]

/** Buckets of a linear scale: a value lies within a two-thousandth of the range of what the fan says. */
const linearBuckets = 1000

/** Steps of a logarithmic scale, as a power of two an octave: a value lies within 1.6 % of what the fan says. */
const logarithmicStepBits = 5

/** How the values of a series are counted. @throws RangeError when its range is empty. */
export function fanLayout(series: SeriesDeclaration): HistogramLayout {
  return series.scale === 'linear'
    ? linearLayout(series.from, series.to, linearBuckets)
    : logarithmicLayout(series.from, series.to, logarithmicStepBits)
}

/** Unit and meaning of a column of the economy, such as aidPool.price. @throws Error when there is none. */
export function namedColumn(economy: Economy, name: string): NamedColumn {
  const [room, column] = name.split('.')
  const declared = (economy.rooms[room]?.state as ColumnDeclarations | undefined)?.[column]
  if (!declared) throw new Error(`no column ${name} in economy ${economy.name}`)
  return { name, unit: declared.unit, meaning: declared.meaning }
}

/** Counts every series of a record, each day; the counts are one flat array of series × days × buckets. */
export class FanCounter implements DailyObserver {
  readonly #layouts: readonly HistogramLayout[]
  readonly #days: number
  readonly #names: readonly string[]
  #counts: Uint32Array<ArrayBuffer>
  #views: readonly (readonly Uint32Array[])[]

  constructor(record: RecordDeclaration, days: number) {
    this.#layouts = record.series.map(fanLayout)
    this.#names = record.series.map((series) => series.column)
    this.#days = days
    this.#counts = new Uint32Array(countsLength(record, days))
    this.#views = viewsOf(this.#layouts, days, this.#counts)
  }

  observe(series: number, day: number, values: Float64Array, active: Int32Array, count: number): void {
    const layout = this.#layouts[series]
    const counts = this.#views[series][day]
    for (let k = 0; k < count; k++) {
      const value = values[active[k]]
      if (Number.isNaN(value)) throw new Error(`${this.#names[series]} is not a number on day ${day}`)
      addValue(layout, counts, value)
    }
  }

  /** Hands over the counts so far and starts again from none. */
  take(): Uint32Array<ArrayBuffer> {
    const taken = this.#counts
    this.#counts = new Uint32Array(taken.length)
    this.#views = viewsOf(this.#layouts, this.#days, this.#counts)
    return taken
  }
}

/** Length of the flat array of counts of a record. */
export function countsLength(record: RecordDeclaration, days: number): number {
  let buckets = 0
  for (const series of record.series) buckets += fanLayout(series).buckets
  return buckets * days
}

/** The fan of every series. @param counts the merged counts of all paths, as FanCounter takes them */
export function fansOf(economy: Economy, record: RecordDeclaration, days: number, counts: Uint32Array): Fan[] {
  const layouts = record.series.map(fanLayout)
  const views = viewsOf(layouts, days, counts)
  return record.series.map((series, s) => fanOf(namedColumn(economy, series.column), layouts[s], views[s]))
}

function fanOf(column: NamedColumn, layout: HistogramLayout, days: readonly Uint32Array[]): Fan {
  const values = new Float64Array(days.length * fanProbabilities.length)
  let outside = 0
  let total = 0
  days.forEach((counts, day) => {
    const count = totalCount(counts)
    outside += counts[0] + counts[layout.buckets - 1]
    total += count
    fanProbabilities.forEach((p, i) => {
      const { value } = histogramOrderStatistic(layout, counts, quantileRank(count, p))
      values[day * fanProbabilities.length + i] = value
    })
  })
  const relative = layout.kind === 'logarithmic'
  return {
    ...column,
    probabilities: fanProbabilities,
    values,
    bound: relative ? layout.error.relative : layout.error.absolute,
    boundKind: relative ? 'relative' : 'absolute',
    outside: outside / total,
  }
}

function viewsOf(layouts: readonly HistogramLayout[], days: number, counts: Uint32Array): Uint32Array[][] {
  let from = 0
  return layouts.map((layout) =>
    Array.from({ length: days }, () => {
      const view = counts.subarray(from, from + layout.buckets)
      from += layout.buckets
      return view
    }),
  )
}
