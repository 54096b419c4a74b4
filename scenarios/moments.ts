/** Dates, days and durations of a scenario, in hours from the start of the run. */
import { formatDate, parseDate } from '../sim/kernel/calendar.ts'
import { InputError } from '../sim/kernel/errors.ts'
import { fail, numberHint, shown, type Tree } from './positions.ts'

const rightMoment =
  'a date such as 2026-09-01, a time in UTC such as 2026-09-11T21:00, or a whole day of the run, 0 the first'
const rightDuration = 'a number with its unit, such as 180 days or 72 hours'

/**
 * A moment in hours from the start of the run.
 * @param startDay days since 1970-01-01 of the first day
 * @throws InputError for another form, a day that does not exist, or a moment before the start
 */
export function momentOf(tree: Tree, noun: string, startDay: number): number {
  const hours = hoursOf(tree, noun, startDay)
  if (hours < 0) {
    fail(tree.place, `${noun} is ${shown(tree)}, before the run starts; it must be ${formatDate(startDay)} or later`)
  }
  return hours
}

function hoursOf(tree: Tree, noun: string, startDay: number): number {
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (typeof value === 'number' && Number.isInteger(value)) return value * 24
  const match = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2}))?$/.exec(value.trim()) : null
  if (!match || Number(match[2] ?? 0) > 23 || Number(match[3] ?? 0) > 59) {
    fail(tree.place, `${noun} is ${shown(tree)}; it must be ${rightMoment}`)
  }
  return (dateOf(match[1], tree) - startDay) * 24 + Number(match[2] ?? 0) + Number(match[3] ?? 0) / 60
}

function dateOf(text: string, tree: Tree): number {
  try {
    return parseDate(text)
  } catch (error) {
    if (error instanceof InputError) fail(tree.place, error.message)
    throw error
  }
}

/** A duration in hours, above zero. */
export function durationOf(tree: Tree, noun: string): number {
  const value = tree.kind === 'leaf' ? tree.value : undefined
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?) (day|hour)s?$/.exec(value.trim()) : null
  const hours = match ? Number(match[1]) * (match[2] === 'day' ? 24 : 1) : 0
  if (hours > 0) return hours
  fail(tree.place, `${noun} is ${shown(tree)}; it must be ${rightDuration}${bareHint(tree)}`)
}

function bareHint(tree: Tree): string {
  if (tree.kind === 'leaf' && typeof tree.value === 'number' && tree.value > 0) return `; write ${tree.value} days`
  return numberHint(tree) === '' ? '' : '; other units are not known'
}

/** The date and, where it is not midnight, the time of day of a moment. */
export function momentWords(hours: number, startDay: number): string {
  const day = Math.floor(hours / 24)
  const minutes = Math.round((hours - day * 24) * 60)
  const two = (n: number): string => String(n).padStart(2, '0')
  const time = minutes === 0 ? '' : ` ${two(Math.floor(minutes / 60))}:${two(minutes % 60)} UTC`
  return `${formatDate(startDay + day)}${time} (day ${day})`
}

export function durationWords(hours: number): string {
  const [number, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [Number(hours.toPrecision(6)), 'hour']
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}
