/** The headline of a run as text of at most 80 columns. */
import pc from 'picocolors'
import { amount, counted, largestMagnitude, levelText, type Scale, scaleOf } from '../../reports/format.ts'
import { statedProbability } from '../../reports/numbers.ts'
import { MINIMUM_TAIL_COUNT } from '../statistics/tailRisk.ts'
import type { AmountHeadline, Estimate, EventHeadline, Headline } from '../studies/headline.ts'
import { plainSpaces, plainTable, tableLines } from './textTable.ts'
import { lineWidth } from './wrapped.ts'

/** Events, then amounts, then what the marks mean. */
export function headlineTable(headline: Headline, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts: string[] = []
  if (headline.events.length > 0) parts.push(eventTable(headline.events, bold))
  if (headline.amounts.length > 0) parts.push(amountTable(headline.amounts, bold))
  return [...parts, dim(notes(headline).join('\n'))].filter((part) => part !== '').join('\n\n')
}

type Paint = (text: string) => string

function eventTable(events: readonly EventHeadline[], bold: Paint): string {
  const table = plainTable([22, 18, 14, 23], ['left', 'right', 'right', 'right'])
  table.push(['Events', 'paths', 'probability', '95 % interval'].map(bold))
  for (const event of events) {
    const { value, interval } = statedProbability(event)
    table.push([event.name, `${counted(event.occurrences)} of ${counted(event.paths)}`, value, interval])
  }
  return tableLines(table)
}

function amountTable(amounts: readonly AmountHeadline[], bold: Paint): string {
  const levels = amounts[0].quantiles.map(({ level }) => percentWords(level))
  const shortfall = `ES ${percentWords(amounts[0].expectedShortfall?.level ?? 0.975)}`
  const heads = ['', 'mean', ...levels, shortfall]
  const table = plainTable([5, 10, 9, 9, 10, 10, 10, 10], ['left', ...heads.slice(1).map(() => 'right' as const)])
  table.push(heads.map(bold))
  for (const one of amounts) {
    const scale = scaleOfAmount(one)
    const title = `${one.name} (${scale.unit === '' ? one.unit : scale.unit}): ${one.meaning}`
    table.push([
      { colSpan: heads.length, content: bold(title.length > lineWidth ? `${title.slice(0, lineWidth - 1)}…` : title) },
    ])
    const cells = [one.mean, ...one.quantiles, one.expectedShortfall]
    table.push(['', ...cells.map((cell) => valueCell(cell, scale))])
    table.push(['from', ...cells.map((cell) => boundCell(cell, 'lower', scale))])
    table.push(['to', ...cells.map((cell) => boundCell(cell, 'upper', scale))])
  }
  return tableLines(table)
}

function scaleOfAmount({ unit, mean, quantiles, expectedShortfall }: AmountHeadline): Scale {
  const values = [mean, ...quantiles, expectedShortfall].flatMap((estimate) => (estimate ? [estimate.value] : []))
  return scaleOf(unit, largestMagnitude(values))
}

type Cell = (Estimate & { readonly enough?: boolean; readonly heavy?: boolean; readonly level?: number }) | null

function valueCell(cell: Cell, scale: Scale): string {
  if (cell === null) return '—'
  const indication = cell.enough === false && cell.level !== 0.5
  return amount(cell.value, scale) + (indication || cell.heavy ? '*' : '')
}

function boundCell(cell: Cell, end: 'lower' | 'upper', scale: Scale): string {
  if (cell === null) return '—'
  const bound = cell[end]
  return bound === null ? 'unbounded' : amount(bound, scale)
}

function percentWords(level: number): string {
  return plainSpaces(levelText(level))
}

/** What the table cannot say in its cells; only notes that apply. */
function notes({ amounts }: Headline): string[] {
  const found: string[] = []
  const quantiles = amounts.flatMap((one) => one.quantiles)
  if (quantiles.length > 0) {
    found.push('Quantiles count from the good end to the bad one; from … to are 95 % intervals;')
    found.push('ES is the mean of the worst 2.5 % of the paths.')
  }
  const open = new Map<number, number>()
  for (const { level, lower, upper, pathsNeeded } of quantiles) {
    if (lower === null || upper === null) open.set(level, pathsNeeded)
  }
  for (const [level, needed] of open) {
    found.push(`unbounded: the ${percentWords(level)} quantile needs at least ${counted(needed)} paths.`)
  }
  const shortfalls = amounts.flatMap(({ expectedShortfall }) => expectedShortfall ?? [])
  const openShortfall = shortfalls.find(({ lower, upper }) => lower === null || upper === null)
  if (openShortfall) {
    const { level, pathsNeeded } = openShortfall
    found.push(`unbounded: ES ${percentWords(level)} needs at least ${counted(pathsNeeded)} paths.`)
  }
  const thin = amounts.some((one) =>
    [...one.quantiles, one.expectedShortfall].some((q) => q && !q.enough && q.level !== 0.5),
  )
  if (thin) found.push(`* fewer than ${MINIMUM_TAIL_COUNT} paths in the tail, or a tail too heavy: an indication only.`)
  for (const { name, infinite, paths } of amounts) {
    if (infinite > 0) found.push(`${name}: ${counted(infinite)} of ${counted(paths)} paths have no finite value.`)
  }
  return found
}
