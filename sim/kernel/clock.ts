/** The time of a run: days from a start date in UTC, ticks inside a day, and what the calendar says of each day. */
import { civilDate, isBusinessDay, weekday } from './calendar.ts'

export interface Clock {
  /** Day of the run, 0 on the start date. */
  readonly day: number
  /** Tick inside the day, from 0. */
  readonly tick: number
  /** day × ticksPerDay + tick: the index into a lever. */
  readonly now: number
  readonly days: number
  readonly ticksPerDay: number
  readonly yearsPerDay: number
  readonly yearsPerTick: number
  /** Banks, wires and bill settlement are open today. */
  readonly business: boolean
  /** 0 Monday … 6 Sunday. */
  readonly weekday: number
  /** 1 on the first day of a calendar month. */
  readonly dayOfMonth: number
  /** Months since the month of the start date. */
  readonly month: number
}

/** The clock that the run moves and everybody else reads. */
export class RunClock implements Clock {
  day = 0
  tick = 0
  now = 0
  business = true
  weekday = 0
  dayOfMonth = 1
  month = 0
  readonly yearsPerDay = 1 / 365
  readonly yearsPerTick: number
  readonly days: number
  readonly ticksPerDay: number
  readonly #business: Uint8Array
  readonly #weekday: Uint8Array
  readonly #dayOfMonth: Uint8Array
  readonly #month: Uint16Array

  /** @param startDay days since 1970-01-01 of day 0. */
  constructor(startDay: number, days: number, ticksPerDay: number) {
    this.days = days
    this.ticksPerDay = ticksPerDay
    this.yearsPerTick = 1 / (365 * ticksPerDay)
    this.#business = new Uint8Array(days + 1)
    this.#weekday = new Uint8Array(days + 1)
    this.#dayOfMonth = new Uint8Array(days + 1)
    this.#month = new Uint16Array(days + 1)
    const first = civilDate(startDay)
    for (let day = 0; day <= days; day++) {
      const date = civilDate(startDay + day)
      this.#business[day] = isBusinessDay(startDay + day) ? 1 : 0
      this.#weekday[day] = weekday(startDay + day)
      this.#dayOfMonth[day] = date.day
      this.#month[day] = (date.year - first.year) * 12 + date.month - first.month
    }
    this.set(0, 0)
  }

  set(day: number, tick: number): void {
    this.day = day
    this.tick = tick
    this.now = day * this.ticksPerDay + tick
    this.business = this.#business[day] === 1
    this.weekday = this.#weekday[day]
    this.dayOfMonth = this.#dayOfMonth[day]
    this.month = this.#month[day]
  }
}
