/** What a scenario sets: values of parameters, tables and single fields of their rows, each with the place where it was written. */
import type { Row } from '../sim/kernel/declarations.ts'
import type { Economy, Parameters, Tables } from '../sim/kernel/economy.ts'
import { InputError } from '../sim/kernel/errors.ts'
import { checkParameter, checkTable, roomOf } from '../sim/kernel/plan.ts'
import {
  type Entry,
  fail,
  fields,
  items,
  jsonOf,
  numberHint,
  type Place,
  placed,
  shown,
  type Tree,
  textOf,
  unknownName,
} from './positions.ts'

/** One line of `set`: a name such as room.parameter, room.table or room.table.row.field, and what it becomes. */
export interface Setting {
  readonly name: string
  readonly place: Place
  readonly value: Tree
  readonly unit?: Tree
  readonly because?: string
}

/** What all files of a scenario set together; grown file by file, from the oldest ancestor on. */
export interface Settled {
  readonly parameters: Record<string, Record<string, number | string>>
  readonly tables: Record<string, Record<string, readonly Row[]>>
  /** Why, by room.parameter, room.table or room.table.row.field. */
  readonly because: Record<string, string>
  /** Where each was last set. */
  readonly places: Map<string, Place>
}

export function nothingSet(): Settled {
  return { parameters: {}, tables: {}, because: {}, places: new Map() }
}

/** Reads one entry of `set`: a bare value, or a block of value (or rows), unit and because. */
export function readSetting({ key, place, value }: Entry): Setting {
  if (value.kind !== 'block') return { name: key, place, value }
  const found = fields(value, key, ['value', 'rows', 'unit', 'because'])
  const given = found.get('value') ?? found.get('rows')
  if (given === undefined) fail(value.place, `${key} has no value; write ${key}: { value: …, because: … }`)
  if (found.has('value') && found.has('rows')) fail(value.place, `${key} has a value and rows; keep one`)
  const because = found.get('because')
  return {
    name: key,
    place,
    value: given.value,
    unit: found.get('unit')?.value,
    because: because && textOf(because.value, `because of ${key}`, 'a text that says why'),
  }
}

interface Target {
  readonly room: string
  readonly name: string
  readonly row?: string
  readonly field?: string
}

/**
 * Adds the settings of one file. Tables are replaced before fields of their rows are changed, whatever the order of the lines.
 * @throws InputError with the place, the value and what would be right
 */
export function settle(settled: Settled, settings: readonly Setting[], economy: Economy): void {
  const targets = settings.map((setting) => ({ setting, target: targetOf(setting, economy) }))
  const isTable = (target: Target): boolean =>
    target.row === undefined && Object.hasOwn(tablesOf(economy, target.room), target.name)
  for (const { setting, target } of targets) if (isTable(target)) setTable(settled, setting, target, economy)
  for (const { setting, target } of targets) if (!isTable(target)) setValue(settled, setting, target, economy)
}

function setValue(settled: Settled, setting: Setting, target: Target, economy: Economy): void {
  if (target.row === undefined) setParameter(settled, setting, target, economy)
  else setField(settled, setting, target, economy)
}

function note(settled: Settled, { name, place, because }: Setting): void {
  settled.places.set(name, place)
  if (because === undefined) delete settled.because[name]
  else settled.because[name] = because
}

const has = (declared: object, name: string): boolean => Object.hasOwn(declared, name)

function tablesOf(economy: Economy, room: string): Tables {
  return roomOf(economy, room).tables as Tables
}

function targetOf({ name, place }: Setting, economy: Economy): Target {
  const [roomName, second, ...rest] = name.split('.')
  if (second === undefined) fail(place, bareName(name, economy))
  if (!Object.hasOwn(economy.rooms, roomName)) fail(place, unknownName('room', roomName, Object.keys(economy.rooms)))
  const room = economy.rooms[roomName]
  if (rest.length === 0) {
    if (has(room.parameters, second) || has(room.tables, second)) return { room: roomName, name: second }
    if (has(room.levers, second)) fail(place, `${name} changes over time; it is moved under shocks, not set`)
    if (has(room.state, second)) fail(place, `${name} is what the economy computes; it cannot be set`)
    const known = [...Object.keys(room.parameters), ...Object.keys(room.tables)]
    fail(place, unknownName(`parameter of ${roomName}`, second, known))
  }
  if (!has(room.tables, second)) fail(place, unknownName(`table of ${roomName}`, second, Object.keys(room.tables)))
  if (rest.length === 1)
    fail(
      place,
      `${name} names no field; write ${name}.FIELD, such as ${name}.${Object.keys(tablesOf(economy, roomName)[second].fields)[0]}`,
    )
  return { room: roomName, name: second, row: rest.slice(0, -1).join('.'), field: rest.at(-1)! }
}

function bareName(name: string, economy: Economy): string {
  const owners = Object.values(economy.rooms).filter((room) => has(room.parameters, name) || has(room.tables, name))
  const right = owners.map((room) => `${room.name}.${name}`).join(' or ')
  return `${name} has no room; write ${right === '' ? 'room.parameter' : right}`
}

function setParameter(settled: Settled, setting: Setting, { room, name }: Target, economy: Economy): void {
  const declared = (roomOf(economy, room).parameters as Parameters)[name]
  const unit = 'unit' in declared ? declared.unit : undefined
  checkUnit(setting, unit)
  const value = checked(setting.value, unit, () => checkParameter(economy, room, name, jsonOf(setting.value)))
  settled.parameters[room] = { ...settled.parameters[room], [name]: value }
  note(settled, setting)
}

/** A check of the kernel, with its place and a hint for numbers that were written as text. */
function checked<T>(tree: Tree, unit: string | undefined, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof InputError)
      fail(tree.place, `${error.message}${unit === undefined ? '' : numberHint(tree, unit)}`)
    throw error
  }
}

function checkUnit({ name, unit }: Setting, declared: string | undefined): void {
  if (unit === undefined) return
  if (declared === undefined) fail(unit.place, `${name} has no unit; leave unit out`)
  if (String(jsonOf(unit)) !== declared)
    fail(unit.place, `${name} is in ${declared}, not in ${shown(unit)}; write it in ${declared}`)
}

function setTable(settled: Settled, setting: Setting, { room, name }: Target, economy: Economy): void {
  const full = `${room}.${name}`
  checkUnit(setting, undefined)
  const rows = items(setting.value, full, 'row')
  for (const [index, row] of rows.entries()) checkRow(economy, room, name, row, index)
  const table = placed(setting.place, () => checkTable(economy, room, name, rows.map(jsonOf)))
  settled.tables[room] = { ...settled.tables[room], [name]: table }
  for (const known of [...settled.places.keys()]) {
    if (!known.startsWith(`${full}.`)) continue
    settled.places.delete(known)
    delete settled.because[known]
  }
  for (const [index, row] of rows.entries()) notePlaces(settled, `${full}.${table[index]['name']}`, row)
  note(settled, setting)
}

function notePlaces(settled: Settled, name: string, row: Tree): void {
  settled.places.set(name, row.place)
  if (row.kind !== 'block') return
  for (const { key, value } of row.entries) settled.places.set(`${name}.${key}`, value.place)
}

/** Checks a row alone, so that an error names its line, and the line of the field where one is wrong. */
function checkRow(economy: Economy, room: string, name: string, row: Tree, index: number): void {
  if (row.kind !== 'block') fail(row.place, `${room}.${name} row ${index + 1} must be a block of fields`)
  const known = ['name', ...Object.keys(tablesOf(economy, room)[name].fields)]
  const stranger = row.entries.find(({ key }) => !known.includes(key))
  if (stranger) fail(stranger.place, unknownName(`field of ${room}.${name}`, stranger.key, known))
  const missing = known.filter((field) => !row.entries.some(({ key }) => key === field))
  if (missing.length > 0) fail(row.place, `${room}.${name} row ${index + 1} lacks ${missing.join(', ')}`)
  try {
    checkTable(economy, room, name, [jsonOf(row)])
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const message = error.message.replace('row 1 ', `row ${index + 1} `)
    const wrong = row.entries.find(({ key }) => new RegExp(`\\.${escaped(key)} is `).test(message))
    if (wrong === undefined) fail(row.place, message)
    const field = tablesOf(economy, room)[name].fields[wrong.key]
    fail(wrong.value.place, message + (field?.kind === 'number' ? numberHint(wrong.value, field.unit) : ''))
  }
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&')
}

function setField(settled: Settled, setting: Setting, target: Target, economy: Economy): void {
  const { room, name, row, field } = target as Required<Target>
  const table = tablesOf(economy, room)[name]
  const rows = settled.tables[room]?.[name] ?? table.rows
  const found = rows.findIndex((r) => r['name'] === row)
  if (found < 0)
    fail(
      setting.place,
      unknownName(
        `row of ${room}.${name}`,
        row,
        rows.map((r) => String(r['name'])),
      ),
    )
  if (!Object.hasOwn(table.fields, field))
    fail(setting.place, unknownName(`field of ${room}.${name}`, field, Object.keys(table.fields)))
  const declared = table.fields[field]
  const unit = declared.kind === 'number' ? declared.unit : undefined
  checkUnit(setting, unit)
  const changed = { ...rows[found], [field]: jsonOf(setting.value) } as Row
  const [good] = checked(setting.value, unit, () => checkTable(economy, room, name, [changed]))
  settled.tables[room] = { ...settled.tables[room], [name]: rows.map((r, i) => (i === found ? good : r)) }
  note(settled, setting)
}
