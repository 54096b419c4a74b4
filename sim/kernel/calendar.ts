/** Dates without a clock: civil days in UTC, weekends and the holidays on which US banks and wires are shut. */
import { InputError } from './errors.ts'

export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export function dayNumber({ year, month, day }: CivilDate): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** The inverse of {@link dayNumber}. */
export function civilDate(number: number): CivilDate {
  const z = number + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Parses an ISO date such as 2026-07-01. @throws InputError for anything else, also for 2026-02-30. */
export function parseDate(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) throw new InputError(`invalid date: ${text}; a date is written YYYY-MM-DD, such as 2026-07-01`)
  const number = dayNumber({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) })
  if (formatDate(number) !== text)
    throw new InputError(`invalid date: ${text}; that day does not exist in the calendar`)
  return number
}

/** The ISO date of a day number. */
export function formatDate(number: number): string {
  const { year, month, day } = civilDate(number)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** 0 Monday … 6 Sunday. */
export function weekday(number: number): number {
  return (((number + 3) % 7) + 7) % 7
}

/** True on days when US banks, wires and the Treasury market settle: not on weekends and federal holidays (5 U.S.C. 6103). */
export function isBusinessDay(number: number): boolean {
  if (weekday(number) >= 5) return false
  return !isFederalHoliday(number)
}

/** The Federal Reserve keeps a holiday that falls on Sunday on the Monday after; one on Saturday is not moved. */
function isFederalHoliday(number: number): boolean {
  const { month, day } = civilDate(number)
  if (isFixedHoliday(month, day)) return true
  if (weekday(number) === 0) {
    const before = civilDate(number - 1)
    if (isFixedHoliday(before.month, before.day)) return true
    const which = Math.floor((day - 1) / 7) + 1
    if (which === 3 && (month === 1 || month === 2)) return true
    if (month === 5 && day > 24) return true
    if (month === 9 && which === 1) return true
    if (month === 10 && which === 2) return true
  }
  return weekday(number) === 3 && month === 11 && Math.floor((day - 1) / 7) === 3
}

function isFixedHoliday(month: number, day: number): boolean {
  return (
    (month === 1 && day === 1) ||
    (month === 6 && day === 19) ||
    (month === 7 && day === 4) ||
    (month === 11 && day === 11) ||
    (month === 12 && day === 25)
  )
}
