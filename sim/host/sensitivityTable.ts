/** A study of sensitivity as text of at most 80 columns a line where names allow it. */
import pc from 'picocolors'
import { dialTitle } from '../../reports/dialWords.ts'
import { noSharesWords } from '../../reports/studies/sensitivity.ts'
import {
  bareInterval,
  beyondOneWords,
  changeScale,
  changeWords,
  dialValue,
  dummyWords,
  indexInterval,
  indexWords,
  isBeyondOne,
  leadersWords,
  placesNote,
  placeWords,
  shownChange,
  sizeWords,
  statisticWords,
  stillWords,
  unseenWords,
  zeroMark,
  zeroWords,
} from '../../reports/studies/sensitivityWords.ts'
import { dummyName, type SensitivityAnswer, type SensitivityOfMetric } from '../studies/sensitivity/answer.ts'
import type { Method } from '../studies/sensitivity/question.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { fits, wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function sensitivityTable(answer: SensitivityAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = answer.metrics.flatMap((metric) => [
    bold(wrapped(`${metric.name} (${statisticWords(metric.statistic)}): ${metric.meaning}`)),
    [leadersWords(metric, answer.dials), dummyWords(metric)]
      .filter((words) => words !== '')
      .map((words) => wrapped(words))
      .join('\n'),
    tornadoText(answer, metric, bold),
    morrisText(answer, metric, bold),
    sobolText(answer, metric, bold),
  ])
  const text = [
    ...parts,
    dim(
      notes(answer)
        .map((note) => wrapped(note))
        .join('\n'),
    ),
  ]
  return plainSpaces(text.filter((part) => part !== '').join('\n\n'))
}

const marks: Readonly<Record<string, string>> = { [zeroWords]: zeroMark, [stillWords]: '=' }

/** What stands in a cell: a number, or a mark that the notes explain. */
const marked = (words: string): string => marks[words] ?? words

/** Longest name of a dial that leaves room for numbers in a line. */
const longestName = 24

/** A dial as its row begins: without its room where names are long and none is lost by that. */
function rowName({ dials }: SensitivityAnswer, dial: string): string {
  const short = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
  const isLong = dials.some(({ name }) => name.length > longestName)
  const isClear = new Set(dials.map(({ name }) => short(name))).size === dials.length
  return isLong && isClear ? short(dial) : dial
}

function tornadoText(answer: SensitivityAnswer, metric: SensitivityOfMetric, bold: Paint): string {
  if (!metric.tornado) return ''
  const scale = changeScale(metric)
  const rows = metric.tornado.bars.flatMap(({ dial, low, high }) =>
    [low, high].map((found, end) => [
      end === 0 ? rowName(answer, dial) : '',
      dialValue(answer.dials, dial, found.at),
      marked(changeWords(shownChange(found), scale)),
      bareInterval(shownChange(found), scale),
    ]),
  )
  const head = (unit: string): string[] => ['One dial at a time', 'at', `change${unit}`, '95 % interval']
  const table = (unit: string, paint: Paint): string => textTable(head(unit), rows, [1, 2, 3], paint)
  const beside = `, ${scale.unit}`
  const text = fits(table(beside, (words) => words))
    ? table(beside, bold)
    : `changes in ${scale.unit}\n${table('', bold)}`
  return withUnseen(text, answer, 'tornado', metric)
}

/** A table and under it, where some dial moved no path, what such paths cannot see. */
function withUnseen(table: string, answer: SensitivityAnswer, method: Method, metric: SensitivityOfMetric): string {
  const words = unseenWords(answer, method, metric)
  return words === '' ? table : `${table}\n${wrapped(words, '= ')}`
}

function morrisText(answer: SensitivityAnswer, metric: SensitivityOfMetric, bold: Paint): string {
  if (!metric.morris) return ''
  const scale = changeScale(metric)
  const rows = [...metric.morris.dials, metric.morris.dummy].map(({ dial, rank, muStar }) => [
    rowName(answer, dial),
    placeWords(rank, muStar),
    marked(sizeWords(muStar, scale)),
    bareInterval(muStar, scale),
  ])
  const table = textTable(['Screening', 'place', `mu*, ${scale.unit}`, '95 % interval'], rows, [2, 3], bold)
  return withUnseen(table, answer, 'morris', metric)
}

function sobolText(answer: SensitivityAnswer, metric: SensitivityOfMetric, bold: Paint): string {
  const { sobol } = metric
  if (!sobol) return ''
  if (!sobol.dummy) return wrapped(noSharesWords(metric))
  const rows = [...sobol.dials, sobol.dummy].map(({ dial, rank, first, total }) => [
    rowName(answer, dial),
    placeWords(rank, total),
    marked(indexWords(first)),
    indexInterval(first),
    marked(indexWords(total)),
    indexInterval(total),
  ])
  const head = ['Shares of variance', 'place', 'first', '95 % interval', 'total', '95 % interval']
  const table = withUnseen(textTable(head, rows, [2, 3, 4, 5], bold), answer, 'sobol', metric)
  return isBeyondOne(metric) ? `${table}\n${wrapped(beyondOneWords)}` : table
}

function notes({ kept, dials, design }: SensitivityAnswer): string[] {
  const has = (method: string): boolean => design.methods.some((one) => one === method)
  const missing = dials.length - kept.length
  return [
    `${zeroMark} ${zeroWords}; = ${stillWords}; ${dummyName}: turns nothing but the luck.`,
    ...(has('morris')
      ? [
          'mu*: mean size of the effect of a dial over its whole range. How it differs from place to place (sigma) stands in the report.',
        ]
      : []),
    ...(has('sobol')
      ? [
          'Shares of variance: of the expectation over the box, noise taken out, from 0 to 1; first: alone, total: with the others.',
        ]
      : []),
    ...(kept.length > 0 && missing > 0
      ? [`Shares are of ${kept.join(', ')}; the other dials stay as the scenario has them.`]
      : []),
    ...(has('morris') || has('sobol') ? [placesNote] : []),
    'Intervals are of 95 %, one by one; those of the dummy hold all together.',
    `Dials: ${dials.map((dial) => `${dial.name} is the ${dialTitle(dial)}`).join('; ')}.`,
  ]
}
