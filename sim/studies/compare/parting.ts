/** One path under two policies: where its two courses part, and what is told of one and not of the other. */

/** Column name → one number a day. */
export type DailySeries = Readonly<Record<string, Float64Array>>

/** Two courses of a column have parted when they differ by this share of the range that both cover together. */
export const partingShare = 0.1

/** Ranges narrower than this share of the column's size are rounding, not courses. */
const flat = 1e-6

/** Money that is not worth telling: sums that stay under a thousand on both courses. */
const pocketMoney = 1000

export interface Parting {
  readonly day: number
  readonly column: string
  readonly first: number
  readonly second: number
}

/** A column in which two courses are held against each other. */
export interface WatchedColumn {
  readonly name: string
  readonly unit: string
}

/**
 * The first day on which each column parts, the earliest first; of one day, the wider gap first. Columns that stay together are
 * left out.
 */
export function partings(
  first: DailySeries,
  second: DailySeries,
  columns: readonly WatchedColumn[],
): readonly Parting[] {
  const found = columns.flatMap(({ name: column, unit }): (Parting & { readonly gap: number })[] => {
    const [one, two] = [first[column], second[column]]
    const { low, high } = rangeOf([one, two])
    const range = high - low
    const size = Math.max(Math.abs(low), Math.abs(high))
    if (!(range > flat * size) || (isSum(column, unit) && size < pocketMoney)) return []
    const day = one.findIndex((value, d) => Math.abs(value - two[d]) > partingShare * range)
    if (day < 0) return []
    return [{ day, column, first: one[day], second: two[day], gap: Math.abs(one[day] - two[day]) / range }]
  })
  found.sort((a, b) => a.day - b.day || b.gap - a.gap || (a.column < b.column ? -1 : 1))
  return found.map(({ gap, ...parting }) => parting)
}

/** Money that is counted, not a price. */
function isSum(column: string, unit: string): boolean {
  return /^(USD|USDC|AID)$/.test(unit) && !/price/i.test(column)
}

function rangeOf(courses: readonly Float64Array[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const course of courses) {
    for (const value of course) {
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return { low, high }
}

export interface StoryEvent {
  readonly day: number
  readonly text: string
}

export interface StoryDifference {
  readonly onlyFirst: readonly StoryEvent[]
  readonly onlySecond: readonly StoryEvent[]
  /** Told of both, on days that lie further apart than a week. */
  readonly moved: readonly { readonly text: string; readonly first: number; readonly second: number }[]
}

const aWeek = 7

/** What is told of one course and not of the other. Two sentences that differ in their numbers only are the same event. */
export function storyDifference(first: readonly StoryEvent[], second: readonly StoryEvent[]): StoryDifference {
  const waiting = new Map<string, StoryEvent[]>()
  for (const event of second) waiting.set(kindOf(event), [...(waiting.get(kindOf(event)) ?? []), event])
  const onlyFirst: StoryEvent[] = []
  const moved: StoryDifference['moved'][number][] = []
  for (const event of first) {
    const twin = waiting.get(kindOf(event))?.shift()
    if (twin === undefined) onlyFirst.push(event)
    else if (Math.abs(twin.day - event.day) > aWeek)
      moved.push({ text: event.text, first: event.day, second: twin.day })
  }
  const onlySecond = [...waiting.values()].flat().sort((a, b) => a.day - b.day)
  return { onlyFirst, onlySecond, moved }
}

/** A sentence without its counts and sums; the levels that it names are kept, for they make the event. */
function kindOf({ text }: StoryEvent): string {
  return text
    .replace(/\([^)]*\)/g, '')
    .replace(/[\d.,]+ (M|thousand) USD/g, 'USD')
    .replace(/expected losses are [\d.]+ % /, '')
    .replace(/^(A deal defaults|\d+ deals default)/, 'deals default')
    .replace(/^(A looper is liquidated|\d+ liquidations of loopers)/, 'loopers are liquidated')
    .replace(/^\d+ holders/, 'holders')
}
