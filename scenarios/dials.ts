/** Dials: the numbers of a scenario that a study turns, and the scenario after a turn. */
import { type PolicyDial, policyDials, type Setting } from '../models/dials.ts'
import { type OpeningBalance, openingBalance } from '../models/openingBalance.ts'
import type { Row } from '../sim/kernel/declarations.ts'
import type { Economy, Parameters, Tables } from '../sim/kernel/economy.ts'
import { InputError } from '../sim/kernel/errors.ts'
import { checkParameter, checkTable, nearest, roomOf } from '../sim/kernel/plan.ts'
import { scenarioFrom, sortKeys } from './normalForm.ts'
import type { Scenario } from './scenario.ts'

export type { OpeningBalance }

/**
 * A number that can be turned: a parameter, a field of one row of a table, (row *) a field of all its rows, or a policy dial, which
 * turns several of them at once.
 */
export interface Dial {
  /** room.parameter, room.table.row.field, room.table.*.field, or the name of a policy dial such as reserveBuffer */
  readonly name: string
  readonly unit: string
  readonly meaning: string
  readonly from: number
  readonly to: number
  readonly integer: boolean
  /** What the scenario sets; null where the rows differ. */
  readonly value: number | null
}

/** New values by the name of their dial; a choice such as aid.mode takes a text. */
export type Turn = Readonly<Record<string, number | string>>

type Target =
  | { readonly kind: 'parameter'; readonly room: string; readonly name: string }
  | {
      readonly kind: 'field'
      readonly room: string
      readonly table: string
      readonly row: string
      readonly field: string
    }

/**
 * A dial with its bounds and where the scenario has it.
 * @throws InputError for an unknown name, with the nearest known one, and for what is no number
 */
export function dialOf(scenario: Scenario, economy: Economy, name: string): Dial {
  const policy = policyNamed(name)
  if (policy) return policyView(policy, settingOf(scenario, economy))
  const target = targetOf(economy, name)
  if (target.kind === 'parameter') {
    const declared = (roomOf(economy, target.room).parameters as Parameters)[target.name]
    if ('choices' in declared) {
      throw new InputError(`${name} is a choice of ${declared.choices.join(', ')}; a dial must be a number`)
    }
    const { unit, meaning, from, to, integer = false } = declared
    const value = Number(scenario.parameters[target.room]?.[target.name] ?? declared.value)
    return { name, unit, meaning, from, to, integer, value }
  }
  const field = tableOf(economy, target).fields[target.field]
  if (field.kind !== 'number') throw new InputError(`${name} is a text; a dial must be a number`)
  const values = new Set(chosenRows(scenario, economy, target).map((row) => Number(row[target.field])))
  const [value = null] = values.size === 1 ? values : []
  return { name, unit: field.unit, meaning: field.meaning, from: field.from, to: field.to, integer: false, value }
}

/** The texts that a parameter may take, such as those of aid.mode; null for a number. @throws InputError for an unknown name */
export function choicesOf(economy: Economy, name: string): readonly string[] | null {
  const target = targetOf(economy, name)
  const declared =
    target.kind === 'parameter'
      ? (roomOf(economy, target.room).parameters as Parameters)[target.name]
      : tableOf(economy, target).fields[target.field]
  return 'choices' in declared ? declared.choices : null
}

/**
 * The scenario with some dials turned; everything else, its seed too, stays.
 * @throws InputError for an unknown name or a value out of bounds
 */
export function turned(scenario: Scenario, turn: Turn, economy: Economy): Scenario {
  let { parameters, tables } = scenario
  for (const [name, value] of settingsOf(scenario, turn, economy)) {
    const target = targetOf(economy, name)
    const { room } = target
    if (target.kind === 'parameter') {
      const checked = checkParameter(economy, room, target.name, value)
      parameters = { ...parameters, [room]: { ...parameters[room], [target.name]: checked } }
    } else {
      const rows = turnedRows({ ...scenario, tables }, economy, target, value)
      tables = { ...tables, [room]: { ...tables[room], [target.table]: rows } }
    }
  }
  const normalForm = sortKeys({ ...(scenario.normalForm as object), parameters, tables })
  return scenarioFrom(normalForm, scenario.file, scenario.ancestry)
}

/** A policy dial as a scenario has it. */
export interface Policy
  extends Pick<PolicyDial, 'name' | 'meaning' | 'unit' | 'safer' | 'spacing' | 'failure' | 'paidBy' | 'asks'> {
  /** What it turns into, by the name of the dial. */
  readonly settingsAt: (value: number) => Readonly<Record<string, number>>
  /** USD that others than holders of sAID keep ready for it. */
  readonly setAsideAt: (value: number) => number
  readonly measured: { readonly metric: string; readonly levelOf: (amount: number) => number } | null
}

/** The policy dial of a name, or undefined for the name of a single setting. */
export function policyOf(scenario: Scenario, economy: Economy, name: string): Policy | undefined {
  const dial = policyNamed(name)
  if (dial === undefined) return undefined
  const setting = settingOf(scenario, economy)
  const { meaning, unit, safer, spacing, failure, paidBy, asks, measured } = dial
  return {
    ...{ name, meaning, unit, safer, spacing, failure, paidBy, asks },
    settingsAt: (value) => dial.settings(value, setting),
    setAsideAt: (value) => dial.setAside(value, setting),
    measured: measured ? { metric: measured.metric, levelOf: (amount) => measured.level(amount, setting) } : null,
  }
}

/** The balance sheet of the first day of a scenario. */
export function openingOf(scenario: Scenario, economy: Economy): OpeningBalance {
  return openingBalance(settingOf(scenario, economy))
}

function policyNamed(name: string): PolicyDial | undefined {
  return policyDials.find((dial) => dial.name === name)
}

function policyView(dial: PolicyDial, setting: Setting): Dial {
  const { name, unit, meaning, least, most } = dial
  const from = least ? Math.max(dial.from, least(setting)) : dial.from
  const to = most ? Math.min(dial.to, most(setting)) : dial.to
  return { name, unit, meaning, from, to, integer: false, value: dial.today(setting) }
}

function settingOf(scenario: Scenario, economy: Economy): Setting {
  return {
    number: (name) => dialOf(scenario, economy, name).value as number,
    rows(name) {
      const [room, table] = name.split('.')
      return rowsOf(scenario, economy, { kind: 'field', room, table, row: '*', field: 'name' })
    },
  }
}

/** The settings of a turn, those of policy dials in the place of each; policies see the scenario as it was before the turn. */
function settingsOf(scenario: Scenario, turn: Turn, economy: Economy): readonly (readonly [string, number | string])[] {
  return Object.entries(turn).flatMap(([name, value]) => {
    const dial = policyNamed(name)
    if (dial === undefined) return [[name, value] as const]
    const setting = settingOf(scenario, economy)
    const { from, to, unit } = policyView(dial, setting)
    if (typeof value !== 'number' || !(value >= from && value <= to)) {
      throw new InputError(`${name} is ${value}; it must be from ${from} to ${to}, unit ${unit}`)
    }
    return Object.entries(dial.settings(value, setting))
  })
}

type FieldTarget = Extract<Target, { kind: 'field' }>

function turnedRows(scenario: Scenario, economy: Economy, target: FieldTarget, value: number | string): readonly Row[] {
  const chosen = new Set(chosenRows(scenario, economy, target).map((row) => row['name']))
  const rows = rowsOf(scenario, economy, target)
  const changed = rows.map((row) => (chosen.has(row['name']) ? { ...row, [target.field]: value } : row))
  return checkTable(economy, target.room, target.table, changed)
}

function rowsOf(scenario: Scenario, economy: Economy, { room, table }: FieldTarget): readonly Row[] {
  return scenario.tables[room]?.[table] ?? (roomOf(economy, room).tables as Tables)[table].rows
}

function chosenRows(scenario: Scenario, economy: Economy, target: FieldTarget): readonly Row[] {
  const rows = rowsOf(scenario, economy, target)
  if (target.row === '*') return rows
  const found = rows.filter((row) => row['name'] === target.row)
  if (found.length > 0) return found
  const names = rows.map((row) => String(row['name']))
  throw unknown(`row of ${target.room}.${target.table}`, target.row, [...names, '*'])
}

function tableOf(economy: Economy, { room, table }: FieldTarget): Tables[string] {
  return (roomOf(economy, room).tables as Tables)[table]
}

function targetOf(economy: Economy, name: string): Target {
  const [room, second, ...rest] = name.split('.')
  if (second === undefined) throw new InputError(withoutRoom(name))
  const declared = roomOf(economy, room)
  const parameters = Object.keys(declared.parameters)
  const tables = Object.keys(declared.tables)
  if (rest.length === 0) {
    if (parameters.includes(second)) return { kind: 'parameter', room, name: second }
    throw unknown(`parameter of ${room}`, second, parameters)
  }
  if (!tables.includes(second)) throw unknown(`table of ${room}`, second, tables)
  if (rest.length === 1)
    throw new InputError(`${name} names no field; write ${room}.${second}.ROW.FIELD, ROW * for all`)
  const field = rest.at(-1) as string
  const fields = Object.keys((declared.tables as Tables)[second].fields)
  if (!fields.includes(field)) throw unknown(`field of ${room}.${second}`, field, fields)
  return { kind: 'field', room, table: second, row: rest.slice(0, -1).join('.'), field }
}

function withoutRoom(name: string): string {
  const known = policyDials.map((dial) => dial.name)
  const near = nearest(name, known)
  const right = near === undefined ? `or a policy dial: ${known.join(', ')}` : `or did you mean ${near}?`
  return `${name} has no room; write room.parameter, such as aidPool.depth, ${right}`
}

function unknown(noun: string, name: string, known: readonly string[]): InputError {
  const near = nearest(name, known)
  return new InputError(
    `unknown ${noun}: ${name}; ${near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`}`,
  )
}
