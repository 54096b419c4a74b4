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
import { byShare, isTiny, leadWords, tinyWords } from '../../reports/studies/compareWords.ts'
import type { CompareAnswer, ToldFlip } from '../studies/compare/compare.ts'
import type { AmountDifference, Difference, EventDifference } from '../studies/compare/differences.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { fits, wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function compareTable(answer: CompareAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const printed = answer.told.slice(0, 2)
  const parts = [
    bold(wrapped(leadWords(answer))),
    headText(answer, bold),
    eventText(answer, bold),
    amountText(answer, bold),
    ...printed.map((told) => flipText(told, bold)),
    replayText(printed, bold),
    dim(
      notes(answer)
        .map((note) => wrapped(note))
        .join('\n'),
    ),
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

const isSame = ({ onlyFirst, onlySecond }: EventDifference): boolean => onlyFirst + onlySecond === 0

function eventText({ events, paths, confidence }: CompareAnswer, bold: Paint): string {
  const scale = differenceScale(shares)
  const moved = events.filter((event) => !isSame(event))
  const rows = (digits: number): Row[] =>
    moved.map(({ name, first, second, onlyFirst, onlySecond, difference }) => [
      name,
      percent(first.probability),
      percent(second.probability),
      `${counted(onlyFirst)}/${counted(onlySecond)}`,
      ...saidOf(difference, scale, digits),
    ])
  const same = events.filter(isSame).map(({ name, first }) => `${name} (${percent(first.probability)})`)
  const head = ['Events', 'A', 'B', 'only A/B', 'B − A', 'points, 95 %', 'told apart?']
  return [
    ...(moved.length > 0 ? fittedTable(head, (digits) => [rows(digits)], bold).flat() : []),
    ...(same.length > 0
      ? [wrapped(`the same on every path: ${same.join(', ')}; ${unseenText(paths, confidence)}`)]
      : []),
  ].join('\n')
}

type Row = readonly string[]

/** Digits of differences, and whether what they say stands on a line of its own. */
interface Layout {
  readonly digits: number
  readonly isBelow: boolean
}

/** The first that fits in a line is taken. */
const layouts: readonly Layout[] = [
  { digits: 3, isBelow: false },
  { digits: 2, isBelow: false },
  { digits: 2, isBelow: true },
]

/**
 * The line of the head, then the lines of each group of rows; the last cell of a row says what the difference is.
 * @param groupsWith the rows by groups, with so many digits of differences
 */
function fittedTable(head: Row, groupsWith: (digits: number) => readonly (readonly Row[])[], bold: Paint): string[][] {
  const table = ({ digits, isBelow }: Layout, paint: Paint): string[][] => {
    const groups = groupsWith(digits).map((rows) => (isBelow ? rows.flatMap(inTwo) : rows))
    const names = isBelow ? head.slice(0, -1) : head
    const numbers = head.map((_, c) => c).slice(1, -1)
    const [first, ...lines] = textTable(names, groups.flat(), numbers, paint).split('\n')
    const ends = groups.map((_, g) => groups.slice(0, g + 1).flat().length)
    return [[first], ...groups.map((rows, g) => lines.slice(ends[g] - rows.length, ends[g]))]
  }
  const isNarrow = (layout: Layout): boolean =>
    fits(
      table(layout, (text) => text)
        .flat()
        .join('\n'),
    )
  return table(layouts.find(isNarrow) ?? layouts[layouts.length - 1], bold)
}

/** A row without its last cell, which stands under the one before it. */
function inTwo(row: Row): Row[] {
  const numbers = row.slice(0, -1)
  return [numbers, [...numbers.slice(0, -1).map(() => ''), row[row.length - 1]]]
}

function amountText({ amounts, paths, confidence }: CompareAnswer, bold: Paint): string {
  const moved = amounts.filter(({ differing, statistics }) => differing > 0 && statistics.length > 0)
  const shown = byShare(moved.filter((one) => !isTiny(one)))
  const tiny = moved.filter(isTiny).map(({ name }) => name)
  const still = amounts.filter(({ differing }) => differing === 0).map(({ name }) => name)
  return [
    shown.length > 0 ? amountTable(shown, bold) : '',
    tiny.length > 0 ? wrapped(`${tinyWords}: ${tiny.join(', ')}`) : '',
    still.length > 0 ? wrapped(`the same on every path: ${still.join(', ')}; ${unseenText(paths, confidence)}`) : '',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** A line that names the amount, then one line a statistic. */
function amountTable(amounts: readonly AmountDifference[], bold: Paint): string {
  const head = ['Amounts', 'A', 'B', 'B − A', '95 % interval', 'told apart?']
  const groups = (digits: number): Row[][] => amounts.map((one) => amountRows(one, digits))
  const [first, ...lines] = fittedTable(head, groups, bold)
  const told = amounts.flatMap((one, i) => [
    wrapped(`${one.name}, ${scaleOfAmount(one).unit}: ${one.meaning}`),
    ...lines[i],
  ])
  return [...first, ...told].join('\n')
}

function amountRows(one: AmountDifference, digits: number): Row[] {
  const scale = scaleOfAmount(one)
  const differences = differenceScale(scale)
  return one.statistics
    .filter(isShown)
    .map((statistic) => [
      ` ${statisticText(statistic)}${statistic.enough ? '' : '*'}`,
      amount(statistic.first.value, scale),
      amount(statistic.second.value, scale),
      ...saidOf(statistic.difference, differences, digits),
    ])
}

/** The difference and its interval without their unit, and what they say. */
function saidOf(difference: Difference, scale: Scale, digits: number): [string, string, string] {
  const { value, interval, smallest } = sayDifference(difference, scale, digits)
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

/** The lines by which a reader tells the same paths again; each stays whole, so that it can be copied. */
function replayText(told: readonly ToldFlip[], bold: Paint): string {
  if (told.length === 0) return ''
  const lines = (['first', 'second'] as const).flatMap((side) => {
    const head = `  # under ${side === 'first' ? 'A' : 'B'}`
    return [head, ...new Set(told.flatMap(({ replay }) => replay[side].map((line) => `  ${line}`)))]
  })
  return [bold('Replay them'), ...lines].join('\n')
}

function notes({ paths, tests, power, flipping, told, amounts }: CompareAnswer): string[] {
  const found = [
    `${counted(paths)} paths, the same luck under both; ${counted(flipping)} meet some failure under one only.`,
    `95 % intervals, one by one; firm: remains when all ${counted(tests)} tests are counted (Holm).`,
    'only A/B: paths that fail under A only, and under B only.',
    'Quantiles count from the good end to the bad one: 99 % is exceeded for the worse on 1 path of 100; ES 97.5 % is the mean of the worst 2.5 % of paths.',
    `no (±x): cannot be told apart; a true difference of x would have been, ${fixed(100 * power, 0)} % of the time.`,
  ]
  if (told.length > 0) found.push('Courses part where they differ by a tenth of the range that both cover.')
  if (amounts.some(({ statistics }) => statistics.some((one) => isShown(one) && !one.enough)))
    found.push('* fewer than 50 paths in the tail, or that differ: an indication only.')
  for (const { name, infinite } of amounts)
    if (infinite > 0) found.push(`${name}: ${counted(infinite)} paths have no finite value; it is not compared.`)
  return found
}
