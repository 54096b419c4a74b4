/** A comparison as text: what differs, what cannot be told apart, and why paths flip. */
import pc from 'picocolors'
import {
  differenceScale,
  isShown,
  sayDifference,
  scaleOfAmount,
  shares,
  statisticText,
  unseenText,
} from '../../reports/differences.ts'
import { amount, counted, fixed, percent, type Scale } from '../../reports/format.ts'
import { decidedText, whyLines } from '../../reports/studies/compare.ts'
import type { CompareAnswer, ToldFlip } from '../studies/compare/compare.ts'
import type { AmountDifference, AmountStatistic, Difference } from '../studies/compare/differences.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function compareTable(answer: CompareAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = [
    headText(answer, bold),
    eventText(answer, bold),
    amountText(answer, bold),
    ...answer.told.slice(0, 2).map((told) => flipText(told, bold)),
    dim(notes(answer).join('\n')),
  ]
  return plainSpaces(parts.filter((part) => part !== '').join('\n\n'))
}

function headText({ first, second, changes }: CompareAnswer, bold: Paint): string {
  const shown = changes.slice(0, 8).map(({ name, first: a, second: b, unit }) => {
    const words = unit === 'text' || unit === '1' || unit === 'code' ? '' : ` ${unit}`
    return `   ${name}: ${a ?? 'not there'} → ${b ?? 'not there'}${words}`
  })
  const more = changes.length > 8 ? [`   and ${counted(changes.length - 8)} more`] : []
  return [`${bold('A')}  ${first}`, `${bold('B')}  ${second}`, ...shown, ...more].join('\n')
}

function eventText({ events }: CompareAnswer, bold: Paint): string {
  if (events.length === 0) return ''
  const scale = differenceScale(shares)
  const rows = events.map(({ name, first, second, onlyFirst, onlySecond, difference }) => [
    name,
    percent(first.probability),
    percent(second.probability),
    counted(onlyFirst),
    counted(onlySecond),
    ...saidOf(difference, scale),
  ])
  const head = ['Events', 'A', 'B', 'only A', 'only B', 'B − A', 'points', 'told apart?']
  return textTable(head, rows, [1, 2, 3, 4, 5, 6], bold)
}

function amountText({ amounts, paths, confidence }: CompareAnswer, bold: Paint): string {
  const moved = amounts.filter(({ differing, statistics }) => differing > 0 && statistics.length > 0)
  const rows = moved.filter((one) => !isTiny(one)).flatMap(amountRows)
  const tiny = moved.filter(isTiny).map(({ name }) => name)
  const still = amounts.filter(({ differing }) => differing === 0).map(({ name }) => name)
  const head = ['Amounts', '', 'A', 'B', 'B − A', '95 % interval', 'told apart?']
  return [
    rows.length > 0 ? textTable(head, rows, [2, 3, 4, 5], bold) : '',
    tiny.length > 0 ? `the same within 0.01 % of their size: ${tiny.join(', ')}` : '',
    still.length > 0 ? wrapped(`the same on every path: ${still.join(', ')}; ${unseenText(paths, confidence)}`) : '',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function amountRows(one: AmountDifference): string[][] {
  const scale = scaleOfAmount(one)
  const differences = differenceScale(scale)
  return one.statistics
    .filter(isPrinted)
    .map((statistic, i) => [
      i === 0 ? one.name : i === 1 ? `  ${scale.unit}` : '',
      statisticText(statistic) + (statistic.enough ? '' : '*'),
      amount(statistic.first.value, scale),
      amount(statistic.second.value, scale),
      ...saidOf(statistic.difference, differences),
    ])
}

/** Every number that is printed, and its interval, differs by less than a ten-thousandth. */
function isTiny({ statistics }: AmountDifference): boolean {
  return statistics.filter(isPrinted).every(({ statistic, first, second, difference: { value, lower, upper } }) => {
    if (statistic === 'mean' && lower === null) return false
    const size = Math.max(Math.abs(first.value), Math.abs(second.value))
    return [value, lower ?? 0, upper ?? 0].every((one) => Math.abs(one) <= 1e-4 * size)
  })
}

/** The median stands in the report. */
function isPrinted(statistic: AmountStatistic): boolean {
  return isShown(statistic) && statistic.level !== 0.5
}

/** The difference and its interval without their unit, and what they say. */
function saidOf(difference: Difference, scale: Scale): [string, string, string] {
  const { value, interval, smallest } = sayDifference(difference, scale)
  const { verdict, remains } = difference
  if (verdict === 'better' || verdict === 'worse') return [value, interval, verdict + (remains ? ', firm' : '')]
  if (verdict === 'same') return [value, interval, 'no path differs']
  return [value, interval, smallest === null ? 'no' : `no (±${smallest})`]
}

function flipText(told: ToldFlip, bold: Paint): string {
  const lines = whyLines(told).map(([head, text]) => wrapped(text, `  ${head.padEnd(16)}`))
  return [
    bold(`Path ${counted(told.path)}`),
    ...told.decided.map((decided) => wrapped(decidedText(decided), '  ')),
    ...lines,
  ].join('\n')
}

function notes({ paths, tests, power, flipping, told, amounts }: CompareAnswer): string[] {
  const found = [
    `${counted(paths)} paths, the same luck under both; ${counted(flipping)} meet some failure under one only.`,
    `95 % intervals, one by one; firm: remains when all ${counted(tests)} tests are counted (Holm).`,
    `no (±x): cannot be told apart; a true difference of x would have been, ${fixed(100 * power, 0)} % of the time.`,
  ]
  if (told.length > 0) found.push('Courses part where they differ by a tenth of the range that both cover.')
  if (amounts.some(({ statistics }) => statistics.some((one) => isPrinted(one) && !one.enough)))
    found.push('* fewer than 50 paths in the tail, or that differ: an indication only.')
  for (const { name, infinite } of amounts)
    if (infinite > 0) found.push(`${name}: ${counted(infinite)} paths have no finite value; it is not compared.`)
  return found
}
