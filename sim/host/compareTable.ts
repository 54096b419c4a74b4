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
import { wrapped } from './wrapped.ts'

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
  const rows = events
    .filter((event) => !isSame(event))
    .map(({ name, first, second, onlyFirst, onlySecond, difference }) => [
      name,
      percent(first.probability),
      percent(second.probability),
      `${counted(onlyFirst)}/${counted(onlySecond)}`,
      ...saidOf(difference, scale),
    ])
  const same = events.filter(isSame).map(({ name, first }) => `${name} (${percent(first.probability)})`)
  const head = ['Events', 'A', 'B', 'only A/B', 'B − A', 'points, 95 %', 'told apart?']
  return [
    rows.length > 0 ? textTable(head, rows, [1, 2, 3, 4, 5], bold) : '',
    same.length > 0 ? wrapped(`the same on every path: ${same.join(', ')}; ${unseenText(paths, confidence)}`) : '',
  ]
    .filter((part) => part !== '')
    .join('\n')
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
  const rows = amounts.map(amountRows)
  const head = ['Amounts', 'A', 'B', 'B − A', '95 % interval', 'told apart?']
  const [first, ...lines] = textTable(head, rows.flat(), [1, 2, 3, 4], bold).split('\n')
  const told = amounts.flatMap((one, i) => {
    const from = rows.slice(0, i).flat().length
    const title = `${one.name}, ${scaleOfAmount(one).unit}: ${one.meaning}`
    return [wrapped(title), ...lines.slice(from, from + rows[i].length)]
  })
  return [first, ...told].join('\n')
}

function amountRows(one: AmountDifference): string[][] {
  const scale = scaleOfAmount(one)
  const differences = differenceScale(scale)
  return one.statistics
    .filter(isShown)
    .map((statistic) => [
      ` ${statisticText(statistic)}${statistic.enough ? '' : '*'}`,
      amount(statistic.first.value, scale),
      amount(statistic.second.value, scale),
      ...saidOf(statistic.difference, differences),
    ])
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
