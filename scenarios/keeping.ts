/** What a scenario asks to keep and to show beyond what every run does. */
import { metrics } from '../models/metrics.ts'
import type { Economy } from '../sim/kernel/economy.ts'
import type { SeriesDeclaration } from '../sim/kernel/record.ts'
import { fail, fields, items, numberOf, type Tree, textOf, unknownName } from './positions.ts'

export interface RecordExtras {
  /** room.column, kept of each path at its end. */
  readonly outcomes: readonly string[]
  /** Daily columns for fans. */
  readonly series: readonly SeriesDeclaration[]
}

export interface ReportWishes {
  /** Names of the metrics that the report shows first, in this order. */
  readonly metrics: readonly string[]
}

export const recordKeys = ['outcomes', 'series'] as const
export const seriesKeys = ['column', 'scale', 'from', 'to'] as const
export const reportKeys = ['metrics'] as const
export const scales = ['linear', 'log'] as const

/** The full names of all columns with one number a path: what a record may keep. */
export function pathColumns(economy: Economy): readonly string[] {
  return Object.entries(economy.rooms).flatMap(([room, { state }]) =>
    Object.entries(state as Record<string, { each?: string }>).flatMap(([name, { each }]) =>
      each === undefined ? [`${room}.${name}`] : [],
    ),
  )
}

/** Reads `record`. @throws InputError with the place of what is wrong */
export function readRecord(tree: Tree | undefined, economy: Economy): RecordExtras {
  if (tree === undefined) return { outcomes: [], series: [] }
  const found = fields(tree, 'record', recordKeys)
  const outcomes = found.get('outcomes')
  const series = found.get('series')
  return {
    outcomes: outcomes
      ? unique(items(outcomes.value, 'record.outcomes', 'column').map((item) => [columnOf(item, economy), item]))
      : [],
    series: series ? items(series.value, 'record.series', 'column').map((item) => seriesOf(item, economy)) : [],
  }
}

function columnOf(tree: Tree, economy: Economy): string {
  const column = textOf(tree, 'a column to record', 'room.column, such as signals.coverage')
  const known = pathColumns(economy)
  if (known.includes(column)) return column
  const [roomName, name = ''] = column.split('.')
  const room = Object.hasOwn(economy.rooms, roomName) ? economy.rooms[roomName] : undefined
  if (room && Object.hasOwn(room.state, name)) {
    const { each } = (room.state as Record<string, { each?: string }>)[name]
    fail(tree.place, `${column} has a number for each ${each}; only columns with one number a path are recorded`)
  }
  if (!room) fail(tree.place, unknownName('room', roomName, Object.keys(economy.rooms)))
  fail(tree.place, unknownName(`column of ${roomName}`, name, Object.keys(room.state)))
}

function seriesOf(tree: Tree, economy: Economy): SeriesDeclaration {
  const found = fields(tree, 'a series', seriesKeys)
  const column = found.get('column')
  if (column === undefined)
    fail(tree.place, 'column is missing; a series names the column that it shows, such as signals.coverage')
  const name = columnOf(column.value, economy)
  const bound = (key: 'from' | 'to'): number => {
    const entry = found.get(key)
    if (entry === undefined)
      fail(tree.place, `${key} is missing; the fan of ${name} needs the range from … to in which it is counted`)
    return numberOf(entry.value, `${key} of ${name}`)
  }
  const scaleEntry = found.get('scale')
  const scale = scaleEntry ? textOf(scaleEntry.value, 'scale', scales.join(' or ')) : 'linear'
  if (scale !== 'linear' && scale !== 'log') fail(scaleEntry!.value.place, unknownName('scale', scale, scales))
  const [from, to] = [bound('from'), bound('to')]
  if (from >= to) fail(tree.place, `the range of ${name} is from ${from} to ${to}; from must be below to`)
  if (scale === 'log' && from <= 0)
    fail(found.get('from')!.value.place, `from of ${name} is ${from}; a log scale begins above 0`)
  return { column: name, scale, from, to }
}

/** Reads `report`. @throws InputError with the place of what is wrong */
export function readReport(tree: Tree | undefined): ReportWishes {
  if (tree === undefined) return { metrics: [] }
  const found = fields(tree, 'report', reportKeys).get('metrics')
  return { metrics: found === undefined ? [] : metricNames(found.value, 'report.metrics') }
}

/** A list of metrics by name. @throws InputError with the place of what is wrong */
export function metricNames(tree: Tree, noun: string): readonly string[] {
  const known = metrics.map((metric) => metric.name)
  return unique(
    items(tree, noun, 'metric').map((item) => {
      const name = textOf(item, 'a metric', 'its name')
      if (!known.includes(name)) fail(item.place, unknownName('metric', name, known))
      return [name, item]
    }),
  )
}

function unique(names: readonly (readonly [string, Tree])[]): readonly string[] {
  const seen = new Set<string>()
  for (const [name, tree] of names) {
    if (seen.has(name)) fail(tree.place, `${name} is listed twice; keep one`)
    seen.add(name)
  }
  return [...seen]
}
