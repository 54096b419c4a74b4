/** Shocks: how a scenario moves a shockable column over time, as written and in plain words. */
import { parseDate } from '../sim/kernel/calendar.ts'
import type { Economy, Levers } from '../sim/kernel/economy.ts'
import { roomOf } from '../sim/kernel/plan.ts'
import { compileExpression, ExpressionError } from './expression.ts'
import { durationOf, durationWords, momentOf, momentWords } from './moments.ts'
import { fail, fields, numberOf, type Place, type Tree, textOf, unknownName } from './positions.ts'

/**
 * A shock in normal form; times are hours from the start of the run. It goes from what the column is without it to `to`, to the
 * column `times` a factor, or to an expression; in a straight line over `overHours`; until `untilHours`, when it goes back over
 * `backOverHours`, or stays to the end. Several shocks on one column act in the order in which they are written.
 */
export interface Shock {
  readonly column: string
  readonly atHours: number
  readonly untilHours?: number
  readonly overHours?: number
  readonly backOverHours?: number
  readonly to?: number
  readonly times?: number
  readonly expression?: string
  readonly because?: string
}

export interface PlacedShock {
  readonly shock: Shock
  readonly place: Place
}

export const shockKeys = ['column', 'at', 'until', 'to', 'times', 'over', 'back over', 'expression', 'because'] as const
const kinds = ['to', 'times', 'expression'] as const

/**
 * Reads one shock.
 * @param startDay days since 1970-01-01 of the first day of the run
 * @throws InputError with the place of what is wrong
 */
export function readShock(tree: Tree, economy: Economy, startDay: number): PlacedShock {
  const found = fields(tree, 'a shock', shockKeys)
  const entry = (key: (typeof shockKeys)[number]): Tree | undefined => found.get(key)?.value
  const column = readColumn(entry('column'), tree.place, economy)
  const given = kinds.filter((kind) => found.has(kind))
  if (given.length !== 1) {
    const words = given.length === 0 ? 'neither to, times nor expression' : given.join(' and ')
    fail(tree.place, `the shock on ${column} has ${words}; it must have exactly one of to, times and expression`)
  }
  const time = readTimes(found, column, startDay)
  const because = entry('because')
  const shock: Shock = {
    column,
    ...time,
    ...readSize(found, column),
    ...(because && { because: textOf(because, 'because', 'a text that says why') }),
  }
  checkSense(shock, found, economy)
  return { shock, place: tree.place }
}

type Found = ReturnType<typeof fields>

function readColumn(tree: Tree | undefined, place: Place, economy: Economy): string {
  if (tree === undefined)
    fail(place, 'column is missing; a shock names the column that it moves, such as gpuMarket.rentFactor')
  const column = textOf(tree, 'column', 'room.column, such as gpuMarket.rentFactor')
  const names = leverNames(economy)
  if (names.includes(column)) return column
  const [roomName, name = ''] = column.split('.')
  const room = Object.hasOwn(economy.rooms, roomName) ? economy.rooms[roomName] : undefined
  if (room && Object.hasOwn(room.state, name)) {
    fail(tree.place, `${column} is what the economy computes, and no shock moves it; ${shockable(economy, roomName)}`)
  }
  if (room && Object.hasOwn(room.parameters, name)) {
    fail(tree.place, `${column} is a parameter, one number for the whole run; write it under set`)
  }
  const short = names.find((full) => full.endsWith(`.${column}`))
  if (short) fail(tree.place, `unknown column: ${column}; did you mean ${short}?`)
  if (!room && column.includes('.')) fail(tree.place, unknownName('room', roomName, Object.keys(economy.rooms)))
  fail(
    tree.place,
    room
      ? unknownName(`shockable column of ${roomName}`, name, Object.keys(room.levers))
      : unknownName('column', column, names),
  )
}

function shockable(economy: Economy, room: string): string {
  const here = leverNames(economy).filter((name) => name.startsWith(`${room}.`))
  return here.length > 0
    ? `shockable: ${here.join(', ')}`
    : `shockable columns of other rooms: ${leverNames(economy).join(', ')}`
}

/** The full names of all columns that a shock may move. */
export function leverNames(economy: Economy): readonly string[] {
  return Object.entries(economy.rooms).flatMap(([room, { levers }]) =>
    Object.keys(levers).map((name) => `${room}.${name}`),
  )
}

function readTimes(found: Found, column: string, startDay: number) {
  const at = found.get('at')
  const until = found.get('until')
  const over = found.get('over')
  const back = found.get('back over')
  if (!at && !found.has('expression')) {
    fail([...found.values()][0].place, `at is missing; say when the shock on ${column} begins, such as at: 30`)
  }
  const atHours = at ? momentOf(at.value, 'at', startDay) : 0
  const untilHours = until && momentOf(until.value, 'until', startDay)
  if (until && untilHours !== undefined && untilHours <= atHours) fail(until.value.place, 'until must be later than at')
  const overHours = over && durationOf(over.value, 'over')
  if (over && overHours !== undefined && untilHours !== undefined && overHours > untilHours - atHours) {
    const room = durationWords(untilHours - atHours)
    fail(
      over.value.place,
      `over is ${durationWords(overHours)}, but until is ${room} after at; it must be ${room} or less`,
    )
  }
  if (back && !until) fail(back.place, 'back over needs until, the moment from which the column goes back')
  const backOverHours = back && durationOf(back.value, 'back over')
  for (const entry of [over, back]) {
    if (entry && found.has('expression'))
      fail(entry.place, `${entry.key} does not go with expression, which says every moment itself`)
  }
  return {
    atHours,
    ...(untilHours !== undefined && { untilHours }),
    ...(overHours !== undefined && { overHours }),
    ...(backOverHours !== undefined && { backOverHours }),
  }
}

function readSize(found: Found, column: string): Pick<Shock, 'to' | 'times' | 'expression'> {
  const to = found.get('to')
  if (to) return { to: numberOf(to.value, `to of ${column}`) }
  const times = found.get('times')
  if (times) return { times: numberOf(times.value, `times of ${column}`) }
  const { value } = found.get('expression')!
  const expression =
    value.kind === 'leaf' && typeof value.value === 'number'
      ? String(value.value)
      : textOf(value, 'expression', 'a formula of t in quotes, such as "1 - 0.12 * exp(-t / 0.5)"')
  try {
    compileExpression(expression)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const place = value.kind === 'leaf' ? value.inside(error.character) : value.place
    fail(place, `expression of ${column}: ${error.message}`)
  }
  return { expression }
}

/** What is within bounds and still cannot be meant. */
function checkSense(shock: Shock, found: Found, economy: Economy): void {
  const lever = leverOf(economy, shock.column)
  const times = found.get('times')
  if (times && (lever.neutral === 0 || lever.unit === 'code')) {
    const why = lever.unit === 'code' ? 'is a code' : 'is 0 without shocks'
    fail(times.place, `${shock.column} ${why}, so no multiple of it makes sense; write to and the value itself`)
  }
  if (lever.unit !== 'code') return
  const ramp = found.get('over') ?? found.get('back over')
  if (ramp)
    fail(
      ramp.place,
      `${shock.column} is a code, and no straight line leads from one code to another; leave ${ramp.key} out`,
    )
  if (shock.to !== undefined && !Number.isInteger(shock.to)) {
    fail(
      found.get('to')!.value.place,
      `to of ${shock.column} is ${shock.to}; it must be a whole number: ${lever.meaning}`,
    )
  }
}

/** The declaration of a shockable column by its full name. */
export function leverOf(economy: Economy, column: string): Levers[string] {
  const [room, name] = column.split('.')
  return (roomOf(economy, room).levers as Levers)[name]
}

/** Each shock in plain words, in their order. */
export function shockWords(
  shocks: readonly Shock[],
  start: string,
  days: number,
): readonly { readonly column: string; readonly words: string }[] {
  const startDay = parseDate(start)
  return shocks.map((shock) => ({ column: shock.column, words: wordsOf(shock, startDay, days) }))
}

function wordsOf(shock: Shock, startDay: number, days: number): string {
  const when = (hours: number): string => momentWords(hours, startDay)
  const change =
    shock.to !== undefined
      ? `goes to ${shock.to}`
      : shock.times !== undefined
        ? `becomes ${shock.times} times what it was`
        : `follows ${shock.expression}, t in days`
  const how =
    shock.overHours === undefined
      ? shock.expression === undefined
        ? ' at once'
        : ''
      : ` in a straight line over ${durationWords(shock.overHours)}`
  const back = shock.backOverHours === undefined ? '' : `, then back over ${durationWords(shock.backOverHours)}`
  const until = shock.untilHours === undefined ? '' : `, until ${when(shock.untilHours)}`
  const late = shock.atHours >= days * 24 ? ', after the end of the run' : ''
  const because = shock.because === undefined ? '' : `: ${shock.because}`
  return `${change}${how} from ${when(shock.atHours)}${until}${back}${late}${because}`
}
