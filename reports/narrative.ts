/** Words made from numbers: what happened on a path, in sentences that say day and size. */
import type { NamedColumn, PathStory } from '../sim/kernel/record.ts'
import { shortName } from './columns.ts'
import { dateOfDay } from './dates.ts'
import { largestMagnitude, scaleOf, withUnit } from './format.ts'
import type { Reading } from './reading.ts'

/** Why a path is told, with the names of metrics in plain words. */
export function reasonInWords(reading: Reading, reason: string): string {
  const found = [...reading.amounts, ...reading.events].find(({ metric }) =>
    new RegExp(`\\b${metric.name}\\b`).test(reason),
  )
  if (!found) return reason
  return reason.replace(found.metric.name, `“${found.metric.meaning}”`)
}

interface Extreme {
  readonly value: string
  readonly day: number
  readonly when: string
  /** Nothing worse than where the path begins. */
  readonly isStart: boolean
}

/** Lowest or highest value of a column of a story, with its date; null where it is not kept. */
function extreme(
  reading: Reading,
  story: PathStory,
  name: string,
  which: 'lowest' | 'highest' | 'last',
): Extreme | null {
  const column = reading.record.storyColumns.find((c) => c.name === name)
  const values = story.series[name]
  if (!column || !values || values.length === 0) return null
  let day = which === 'last' ? values.length - 1 : 0
  for (let d = 1; d < values.length && which !== 'last'; d++) {
    if (which === 'lowest' ? values[d] < values[day] : values[d] > values[day]) day = d
  }
  return {
    value: withUnit(values[day], scaleOf(column.unit, largestMagnitude(values))),
    day,
    when: dateOfDay(reading.record.manifest.start, day),
    isStart: day === 0,
  }
}

/** The path in one line: its lowest price, or else the first column that it keeps. */
export function storyTitle(reading: Reading, story: PathStory): string {
  const price =
    extreme(reading, story, 'outcomes.lowestPriceOfDay', 'lowest') ??
    extreme(reading, story, 'signals.aidPrice', 'lowest')
  const nav = extreme(reading, story, 'vault.exitNav', 'lowest')
  const parts = [
    price && !price.isStart && `AID falls as low as ${price.value} on ${price.when}`,
    nav && !nav.isStart && `the exit NAV of sAID as low as ${nav.value} on ${nav.when}`,
  ].filter((part) => typeof part === 'string')
  const title = parts.join(', ')
  return title === '' ? 'Day by day' : title[0].toUpperCase() + title.slice(1)
}

/** A paragraph: when each kept column was worst, in the order of time, and where the path ended. */
export function storyInWords(reading: Reading, story: PathStory): string {
  const turns = [
    ...lowIsBad.flatMap((name) => turn(reading, story, name, 'lowest')),
    ...highIsBad.flatMap((name) => turn(reading, story, name, 'highest')),
  ].sort((a, b) => a.day - b.day)
  const seen = new Set<string>()
  const told = turns.filter(({ key }) => !seen.has(key) && seen.add(key)).map(({ text }) => text)
  const ends = ['aid.supply', 'vault.exitNav'].flatMap((name) => {
    const found = extreme(reading, story, name, 'last')
    return found ? [`${nameOf(reading, name)} ${found.value}`] : []
  })
  return [
    told.length > 0 ? `Turning points in the order of time: ${told.join('; ')}.` : '',
    ends.length > 0 ? `At the end: ${ends.join(', ')}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

const lowIsBad = [
  'signals.coverage',
  'signals.liquidityRatio',
  'reserve.liquid',
  'signals.liquid',
  'gpuMarket.rentIndex',
  'signals.collateralCover',
]
const highIsBad = [
  'vault.queueDays',
  'vault.overdueDays',
  'deals.dealsDefaulted',
  'deals.writtenOffTotal',
  'aid.pendingRedemptions',
  'vault.pendingExits',
]

interface Turn {
  readonly day: number
  readonly text: string
  /** Equal for columns that say the same. */
  readonly key: string
}

function turn(reading: Reading, story: PathStory, name: string, which: 'lowest' | 'highest'): Turn[] {
  const found = extreme(reading, story, name, which)
  if (!found || found.isStart) return []
  const text = `${nameOf(reading, name)} ${which}, ${found.value}, on ${found.when}`
  return [{ day: found.day, text, key: `${found.day} ${found.value}` }]
}

function nameOf(reading: Reading, name: string): string {
  return shortName(reading.record.storyColumns.find((c) => c.name === name) as NamedColumn)
}
