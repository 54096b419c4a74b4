/** A plan: every number that a run needs, in one normal form that can be hashed, stored and handed to a thread. */
import type { Row } from './declarations.ts'
import type { Economy, Levers, Parameters, Tables } from './economy.ts'
import { InputError } from './errors.ts'

export type ParameterSettings = Readonly<Record<string, Readonly<Record<string, number | string>>>>
export type TableSettings = Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>>
/** Only levers that a scenario moves are listed: one number a tick of the whole run. */
export type LeverSettings = Readonly<Record<string, Readonly<Record<string, Float64Array>>>>

export interface Plan {
  /** Two 32-bit words: the Philox key of every stream. */
  readonly seed: readonly [number, number]
  /** Days since 1970-01-01 of day 0. */
  readonly startDay: number
  readonly days: number
  readonly ticksPerDay: number
  /** Every parameter of every room, defaults included. */
  readonly parameters: ParameterSettings
  readonly tables: TableSettings
  readonly levers: LeverSettings
}

/** The longest run: three years, the longest tenor of a deal. */
export const mostDays = 1095

/** The closest name to a misspelt one, for messages that say what would be right; undefined when nothing is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      bestDistance = distance
      best = candidate
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]
}

/** A unit behind a number; pure numbers and codes have none worth printing. */
const shown = (unit: string): string => (unit === '1' || unit === 'code' ? '' : ` ${unit}`)

function unknown(noun: string, name: string, names: readonly string[]): InputError {
  const near = nearest(name, names)
  const hint = near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`
  return new InputError(`unknown ${noun}: ${name}; ${hint}`)
}

/** @throws InputError when the economy has no such room. */
export function roomOf(economy: Economy, name: string): Economy['rooms'][string] {
  const room = economy.rooms[name]
  if (!room) throw unknown('room', name, Object.keys(economy.rooms))
  return room
}

/**
 * Checks one value against its declaration.
 * @returns the value, a number or a choice
 * @throws InputError naming the parameter, the value, its bounds and unit
 */
export function checkParameter(economy: Economy, roomName: string, name: string, value: unknown): number | string {
  const room = roomOf(economy, roomName)
  const declaration = (room.parameters as Parameters)[name]
  if (!declaration) throw unknown(`parameter of ${roomName}`, name, Object.keys(room.parameters))
  const where = `${roomName}.${name}`
  if ('choices' in declaration) {
    if (typeof value !== 'string' || !declaration.choices.includes(value)) {
      throw new InputError(`${where} is ${JSON.stringify(value)}; it must be one of ${declaration.choices.join(', ')}`)
    }
    return value
  }
  const { from, to } = declaration
  const unit = shown(declaration.unit)
  if (typeof value !== 'number' || Number.isNaN(value)) {
    throw new InputError(`${where} is ${JSON.stringify(value)}; it must be a number from ${from} to ${to}${unit}`)
  }
  if (value < from || value > to) {
    throw new InputError(`${where} is ${value}${unit}, out of bounds; it must lie from ${from} to ${to}${unit}`)
  }
  if (declaration.integer && !Number.isInteger(value)) {
    throw new InputError(`${where} is ${value}; it must be a whole number from ${from} to ${to}${unit}`)
  }
  return value
}

/**
 * Checks the rows of a table against its fields.
 * @throws InputError naming the row, the field, the value and what would be right
 */
export function checkTable(economy: Economy, roomName: string, name: string, rows: unknown): readonly Row[] {
  const room = roomOf(economy, roomName)
  const table = (room.tables as Tables)[name]
  if (!table) throw unknown(`table of ${roomName}`, name, Object.keys(room.tables))
  const where = `${roomName}.${name}`
  if (!Array.isArray(rows)) throw new InputError(`${where} must be a list of rows`)
  if (rows.length > table.mostRows) {
    throw new InputError(`${where} has ${rows.length} rows; at most ${table.mostRows} are possible`)
  }
  const names = new Set<string>()
  return rows.map((row, index) => {
    if (row === null || typeof row !== 'object')
      throw new InputError(`${where} row ${index + 1} must be a list of fields`)
    const rowName = (row as Row)['name']
    if (typeof rowName !== 'string' || rowName === '') throw new InputError(`${where} row ${index + 1} needs a name`)
    if (names.has(rowName)) throw new InputError(`${where} has two rows named ${rowName}; names must differ`)
    names.add(rowName)
    return checkRow(`${where}.${rowName}`, table.fields, row as Row)
  })
}

function checkRow(where: string, fields: Tables[string]['fields'], row: Row): Row {
  for (const key of Object.keys(row)) {
    if (key !== 'name' && !(key in fields)) throw unknown(`field of ${where}`, key, Object.keys(fields))
  }
  const checked: Record<string, number | string> = { name: row['name'] }
  for (const [key, field] of Object.entries(fields)) {
    checked[key] = checkField(`${where}.${key}`, field, row[key])
  }
  return checked
}

function checkField(where: string, field: Tables[string]['fields'][string], value: unknown): number | string {
  if (field.kind === 'number') {
    const right = `a number from ${field.from} to ${field.to}${shown(field.unit)}`
    if (value === undefined) throw new InputError(`${where} is missing; it must be ${right}`)
    if (typeof value !== 'number' || !(value >= field.from && value <= field.to)) {
      throw new InputError(`${where} is ${JSON.stringify(value)}; it must be ${right}`)
    }
    return value
  }
  if (field.kind === 'choice' && (typeof value !== 'string' || !field.choices.includes(value))) {
    throw new InputError(`${where} is ${JSON.stringify(value)}; it must be one of ${field.choices.join(', ')}`)
  }
  if (typeof value !== 'string') throw new InputError(`${where} is ${JSON.stringify(value)}; it must be a text`)
  return value
}

/**
 * Completes settings with the declared defaults.
 * @param settings only what differs from the defaults; each value is checked
 */
export function makePlan(
  economy: Economy,
  settings: {
    seed: readonly [number, number]
    startDay: number
    days: number
    ticksPerDay: number
    parameters?: ParameterSettings
    tables?: TableSettings
    levers?: LeverSettings
  },
): Plan {
  const { days, ticksPerDay } = settings
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    throw new InputError(`days is ${days}; it must be a whole number from 1 to ${mostDays}`)
  }
  if (!Number.isInteger(ticksPerDay) || ticksPerDay < 1 || ticksPerDay > 24) {
    throw new InputError(`ticksPerDay is ${ticksPerDay}; it must be a whole number from 1 to 24`)
  }
  const parameters: Record<string, Record<string, number | string>> = {}
  const tables: Record<string, Record<string, readonly Row[]>> = {}
  for (const [name, room] of Object.entries(economy.rooms)) {
    parameters[name] = Object.fromEntries(Object.entries(room.parameters as Parameters).map(([p, d]) => [p, d.value]))
    tables[name] = Object.fromEntries(Object.entries(room.tables as Tables).map(([t, d]) => [t, d.rows]))
  }
  for (const [room, values] of Object.entries(settings.parameters ?? {})) {
    for (const [name, value] of Object.entries(values)) {
      checkParameter(economy, room, name, value)
      parameters[room][name] = value
    }
  }
  for (const [room, byName] of Object.entries(settings.tables ?? {})) {
    for (const [name, rows] of Object.entries(byName)) tables[room][name] = checkTable(economy, room, name, rows)
  }
  const levers = settings.levers ?? {}
  for (const [room, byName] of Object.entries(levers)) {
    for (const [name, values] of Object.entries(byName)) checkLever(economy, room, name, values, days * ticksPerDay)
  }
  return { seed: settings.seed, startDay: settings.startDay, days, ticksPerDay, parameters, tables, levers }
}

/** @throws InputError when the lever does not exist, has another length, or leaves its bounds. */
export function checkLever(
  economy: Economy,
  roomName: string,
  name: string,
  values: Float64Array,
  length: number,
): void {
  const room = roomOf(economy, roomName)
  const lever = (room.levers as Levers)[name]
  if (!lever) throw unknown(`shockable column of ${roomName}`, name, Object.keys(room.levers))
  if (values.length !== length)
    throw new InputError(`${roomName}.${name} has ${values.length} values for ${length} ticks`)
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= lever.from && values[i] <= lever.to)) {
      throw new InputError(
        `${roomName}.${name} becomes ${values[i]} at tick ${i}; it must lie from ${lever.from} to ${lever.to}${shown(lever.unit)}`,
      )
    }
  }
}
