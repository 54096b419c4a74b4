/** Days of a run as dates, for axes and stories. */
import { civilDate, formatDate, parseDate } from '../sim/kernel/calendar.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** '14 Aug 2026' of a day of a run that starts on an ISO date. */
export function dateOfDay(start: string, day: number): string {
  const { year, month, day: dayOfMonth } = civilDate(parseDate(start) + day)
  return `${dayOfMonth} ${months[month - 1]} ${year}`
}

/** '2026-08-14' of a day of a run, for tables. */
export function isoOfDay(start: string, day: number): string {
  return formatDate(parseDate(start) + day)
}

export interface MonthTick {
  readonly day: number
  readonly label: string
}

/** First days of months within a run, at most `most` of them and evenly chosen; the year stands with its first label. */
export function monthTicks(start: string, days: number, most: number): MonthTick[] {
  const first = parseDate(start)
  const begins: number[] = []
  for (let day = 0; day < days; day++) if (civilDate(first + day).day === 1) begins.push(day)
  const stride = Math.max(1, Math.ceil(begins.length / most))
  let lastYear = -1
  return begins
    .filter((_, i) => i % stride === 0)
    .map((day) => {
      const { year, month } = civilDate(first + day)
      const label = year === lastYear ? months[month - 1] : `${months[month - 1]} ${year}`
      lastYear = year
      return { day, label }
    })
}
