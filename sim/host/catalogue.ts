/** Everything that has a name in the economy, with its words: what `aidlab explain` answers from. */
import type { PolicyDial } from '../../models/dials.ts'
import { parseDate } from '../kernel/calendar.ts'
import type { Laws } from '../kernel/declarations.ts'
import type { ColumnDeclarations, Economy, Levers, Parameters, Shocks, Tables } from '../kernel/economy.ts'
import { InputError } from '../kernel/errors.ts'
import { type Metric, rangeOf, rangeWords } from '../kernel/metric.ts'
import { makePlan, nearest } from '../kernel/plan.ts'
import { Simulator } from '../kernel/simulator.ts'
import type { Model } from './model.ts'

export type Kind =
  | 'room'
  | 'parameter'
  | 'table'
  | 'field'
  | 'lever'
  | 'column'
  | 'draw'
  | 'metric'
  | 'law'
  | 'meeting'
  | 'dial'

export interface CatalogueEntry {
  readonly kind: Kind
  /** Full name, such as aid.redeemFee. */
  readonly name: string
  readonly meaning: string
  readonly unit?: string
  /** Standard value of a parameter, neutral value of a lever. */
  readonly value?: number | string
  readonly from?: number
  readonly to?: number
  readonly integer?: boolean
  readonly choices?: readonly string[]
  readonly source?: string
  readonly evidence?: string
  /** For a column: one number a path and this. */
  readonly each?: string
  /** For rooms and tables: the names inside. */
  readonly contains?: readonly string[]
  /** For metrics: what a path can have, in words. */
  readonly canBe?: string
  /** For metrics: the columns they read. */
  readonly reads?: readonly string[]
}

const evidenceWords: Readonly<Record<string, string>> = {
  P: 'published',
  C: 'computed here',
  C2: 'computed by two independent methods',
  D: 'the protocol’s own documents',
  S: 'seen in a secondary source',
  F: 'measured from public data',
  J: 'judgement, to be swept',
}

/** The words of an evidence tag. */
export function evidenceOf(tag: string): string {
  return evidenceWords[tag] ?? tag
}

function canBe(metric: Metric): string {
  if (metric.kind === 'event') return 'happens or not'
  if (metric.highest === 'days') return `lies between ${rangeOf(metric).lowest} and the days of the run`
  return rangeWords(rangeOf(metric)) ?? 'any number'
}

/** All entries of a model: rooms with what they hold, meetings, laws, metrics. */
export function catalogue({ economy, metrics }: Pick<Model, 'economy' | 'metrics'>): CatalogueEntry[] {
  return [
    ...Object.keys(economy.rooms).flatMap((room) => roomEntries(economy, room)),
    ...Object.entries(economy.meetings).map(([name, { meaning }]) => ({ kind: 'meeting' as const, name, meaning })),
    ...lawEntries(economy),
    ...metrics.map((metric) => ({
      kind: 'metric' as const,
      name: metric.name,
      meaning: metric.meaning,
      unit: metric.unit,
      canBe: canBe(metric),
      reads: metric.columns,
    })),
  ]
}

/** Policy dials, each with who pays for more of it. */
export function dialEntries(dials: readonly PolicyDial[]): CatalogueEntry[] {
  return dials.map(({ name, meaning, unit, from, to, safer, paidBy, failure, asks }) => ({
    kind: 'dial' as const,
    name,
    meaning: `${meaning}. Safer: ${safer}. Paid for by ${paidBy}`,
    unit,
    from,
    to,
    reads: [failure],
    ...(asks.rate > 0
      ? { source: `charge of ${asks.rate} a year on money set aside: ${asks.source}`, evidence: asks.evidence }
      : {}),
  }))
}

function roomEntries(economy: Economy, roomName: string): CatalogueEntry[] {
  const room = economy.rooms[roomName]
  const full = (name: string): string => `${roomName}.${name}`
  const inside = [room.parameters, room.tables, room.levers, room.state].flatMap((named) => Object.keys(named))
  const parameters = Object.entries(room.parameters as Parameters).map(([name, p]) => ({
    kind: 'parameter' as const,
    ...p,
    name: full(name),
  }))
  const tables = Object.entries(room.tables as Tables).flatMap(([name, table]) => tableEntries(full(name), table))
  const levers = Object.entries(room.levers as Levers).map(([name, { neutral, ...lever }]) => ({
    kind: 'lever' as const,
    ...lever,
    value: neutral,
    name: full(name),
  }))
  const columns = Object.entries(room.state as ColumnDeclarations).map(([name, column]) => ({
    kind: 'column' as const,
    ...column,
    name: full(name),
  }))
  const draws = Object.entries(room.shocks as Shocks).map(([name, { meaning, law, each, agents }]) => ({
    kind: 'draw' as const,
    name: full(name),
    meaning: `${meaning} (${law})`,
    each: agents ?? each,
  }))
  const self = { kind: 'room' as const, name: roomName, meaning: room.meaning, contains: inside }
  return [self, ...parameters, ...tables, ...levers, ...columns, ...draws]
}

function tableEntries(name: string, table: Tables[string]): CatalogueEntry[] {
  const { meaning, source, evidence, rows, fields } = table
  const own = {
    kind: 'table' as const,
    name,
    meaning,
    source,
    evidence,
    contains: rows.map((row) => String(row['name'])),
  }
  return [
    own,
    ...Object.entries(fields).map(([field, f]) => ({ ...f, kind: 'field' as const, name: `${name}.${field}` })),
  ]
}

/** Laws exist once the rooms are opened; they are read from a batch of one path. */
function lawEntries(economy: Economy): CatalogueEntry[] {
  const found: CatalogueEntry[] = []
  const collect = (laws: Laws, room?: string): Laws => {
    for (const [name, { meaning, scale }] of Object.entries(laws)) {
      const unit = scale === 'ledger' ? 'USD' : '1'
      found.push({ kind: 'law', name: room === undefined ? name : `${room}: ${name}`, meaning, unit })
    }
    return laws
  }
  const rooms = Object.entries(economy.rooms).map(([name, room]) => {
    const open: typeof room.open = (context) => {
      const opened = room.open(context)
      collect(opened.laws, name)
      return opened
    }
    return [name, { ...room, open }]
  })
  const watched: Economy = {
    ...economy,
    rooms: Object.fromEntries(rooms),
    laws: (context) => collect(economy.laws(context)),
  }
  const plan = makePlan(economy, { seed: [0, 0], startDay: parseDate('2026-07-01'), days: 1, ticksPerDay: 1 })
  new Simulator(watched, plan, 1)
  return found
}

/**
 * The entries that a name means: a full name, or the last part of one, whatever its case.
 * @throws InputError with the nearest name
 */
export function lookUp(entries: readonly CatalogueEntry[], name: string): CatalogueEntry[] {
  const wanted = name.toLowerCase()
  const exact = entries.filter((entry) => entry.name.toLowerCase() === wanted)
  if (exact.some(({ kind }) => kind !== 'dial')) return exact
  const last = entries.filter(
    (entry) => entry.name.toLowerCase().endsWith(`.${wanted}`) || entry.name.toLowerCase().endsWith(`: ${wanted}`),
  )
  // a dial may be called after the parameter that it turns: both are meant
  if (exact.length + last.length > 0) return [...exact, ...last]
  throw new InputError(
    `unknown name: ${name}; ${hintFor(
      entries.map((entry) => entry.name),
      wanted,
    )}`,
  )
}

/** Names that hold what was written, else the nearest one. */
function hintFor(names: readonly string[], wanted: string): string {
  const holding = names.filter((full) => full.toLowerCase().includes(wanted))
  if (holding.length > 0 && wanted !== '') {
    const more = holding.length > 6 ? ` or ${holding.length - 6} more` : ''
    return `did you mean ${holding.slice(0, 6).join(', ')}${more}?`
  }
  const near = nearest(
    wanted,
    names.flatMap((full) => [full, full.slice(full.indexOf('.') + 1)]),
  )
  const meant = names.find((full) => full === near || full.endsWith(`.${near}`))
  return meant ? `did you mean ${meant}?` : 'aidlab explain without a name lists all rooms, meetings, metrics and laws'
}
