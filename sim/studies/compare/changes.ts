/** What one policy has different from another: parameters, fields of tables, and what is moved over time. */
import type { Row } from '../../kernel/declarations.ts'
import type { Economy, Levers, Parameters, Tables } from '../../kernel/economy.ts'
import type { Plan } from '../../kernel/plan.ts'

export interface Change {
  /** room.parameter, room.table.row.field, room.table.row for a whole row, or room.lever */
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** Null for a row that is not there. */
  readonly first: number | string | null
  readonly second: number | string | null
}

/** Every difference of two plans, in the order of the rooms; none where they ask the same. */
export function changesBetween(first: Plan, second: Plan, economy: Economy): readonly Change[] {
  return Object.keys(economy.rooms).flatMap((room) => [
    ...parameterChanges(first, second, economy, room),
    ...tableChanges(first, second, economy, room),
    ...leverChanges(first, second, economy, room),
  ])
}

function parameterChanges(first: Plan, second: Plan, economy: Economy, room: string): Change[] {
  return Object.entries(economy.rooms[room].parameters as Parameters).flatMap(([name, declared]) => {
    const [one, two] = [first.parameters[room][name], second.parameters[room][name]]
    if (one === two) return []
    const unit = 'unit' in declared ? declared.unit : 'text'
    return [{ name: `${room}.${name}`, meaning: declared.meaning, unit, first: one, second: two }]
  })
}

function tableChanges(first: Plan, second: Plan, economy: Economy, room: string): Change[] {
  return Object.entries(economy.rooms[room].tables as Tables).flatMap(([table, declared]) => {
    const [one, two] = [rowsByName(first.tables[room][table]), rowsByName(second.tables[room][table])]
    return [...new Set([...one.keys(), ...two.keys()])].flatMap((row): Change[] => {
      const full = `${room}.${table}.${row}`
      const [before, after] = [one.get(row), two.get(row)]
      if (before === undefined || after === undefined) {
        const there = (found?: Row): string | null => (found === undefined ? null : 'present')
        return [{ name: full, meaning: declared.meaning, unit: 'text', first: there(before), second: there(after) }]
      }
      return Object.entries(declared.fields).flatMap(([field, { meaning, ...rest }]) => {
        if (before[field] === after[field]) return []
        const unit = 'unit' in rest ? rest.unit : 'text'
        return [{ name: `${full}.${field}`, meaning, unit, first: before[field], second: after[field] }]
      })
    })
  })
}

function rowsByName(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [String(row['name']), row]))
}

/** A lever is told by the day of the first tick on which the two differ, and its levels there. */
function leverChanges(first: Plan, second: Plan, economy: Economy, room: string): Change[] {
  return Object.entries(economy.rooms[room].levers as Levers).flatMap(([name, { meaning, unit, neutral }]) => {
    const level = (plan: Plan, tick: number): number => plan.levers[room]?.[name]?.[tick] ?? neutral
    for (let tick = 0; tick < first.days * first.ticksPerDay; tick++) {
      const [one, two] = [level(first, tick), level(second, tick)]
      if (one === two) continue
      const day = Math.floor(tick / first.ticksPerDay)
      return [{ name: `${room}.${name}`, meaning: `${meaning}, from day ${day}`, unit, first: one, second: two }]
    }
    return []
  })
}
