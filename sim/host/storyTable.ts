/** A replayed path as text of at most 80 columns. */
import pc from 'picocolors'
import { amount, largestMagnitude, scaleOf } from '../../reports/format.ts'
import { formatDate } from '../kernel/calendar.ts'
import { namedColumn } from '../studies/fans.ts'
import type { ToldPath } from './commands/replay.ts'
import type { Asked } from './scenarioFiles.ts'
import { plainSpaces } from './textTable.ts'
import { wrapped } from './wrapped.ts'

/** @param daily every day of every column, instead of the start, the least, the most and the end */
export function storyTable(asked: Asked, path: number, told: ToldPath, daily: boolean, colours: boolean): string {
  const { bold } = pc.createColors(colours)
  const { scenario, plan } = asked
  const head = `${scenario.name}, path ${path}: ${told.days} days from ${formatDate(plan.startDay)}, seed ${scenario.seed}`
  const events = told.events.map(({ day, text }) =>
    wrapped(text, `day ${String(day).padStart(4)}  ${formatDate(plan.startDay + day)}  `),
  )
  const story = events.length > 0 ? events.join('\n') : 'Nothing happened that is worth a sentence.'
  const numbers = told.days === 0 ? '' : daily ? everyDay(asked, told) : summary(asked, told, bold)
  const parts = [bold(head), story, numbers].filter((part) => part !== '')
  return plainSpaces(parts.join('\n\n'))
}

function summary({ model }: Asked, { series }: ToldPath, bold: (text: string) => string): string {
  const cells = (values: readonly string[]): string => values.map((value) => value.padStart(11)).join('')
  const rows = Object.entries(series).map(([name, values]) => {
    const scale = scaleOf(namedColumn(model.economy, name).unit, largestMagnitude(values))
    const shown = [
      values[0],
      values.reduce((a, b) => Math.min(a, b)),
      values.reduce((a, b) => Math.max(a, b)),
      values.at(-1)!,
    ]
    const long = `${name} (${scale.unit})`
    const label = long.length < 36 ? long : name
    return `${label.padEnd(36)}${cells(shown.map((value) => amount(value, scale)))}`
  })
  return [bold(`${' '.repeat(36)}${cells(['first day', 'least', 'most', 'last day'])}`), ...rows].join('\n')
}

/** Tab-separated, exact to the last digit. */
function everyDay({ plan }: Asked, { series, days }: ToldPath): string {
  const names = Object.keys(series)
  const rows = Array.from({ length: days }, (_, day) =>
    [day, formatDate(plan.startDay + day), ...names.map((name) => series[name][day])].join('\t'),
  )
  return [['day', 'date', ...names].join('\t'), ...rows].join('\n')
}
