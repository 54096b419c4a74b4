/** A size as text of at most 80 columns a line where names allow it. */
import pc from 'picocolors'
import { benchmarks, figuresOf, meets } from '../../reports/benchmarks.ts'
import { amount, counted, levelText } from '../../reports/format.ts'
import {
  aloneWords,
  basis,
  bracketWords,
  claimWords,
  countWords,
  dialScale,
  fewMark,
  fewNote,
  firstLossWords,
  levelWords,
  monotonicityWords,
  pointsWords,
  requiredWords,
  shareWords,
} from '../../reports/studies/sizeWords.ts'
import type { Frontier, SizeAnswer } from '../studies/size/answer.ts'
import { wholeCost } from '../studies/size/cost.ts'
import { plainSpaces, textTable } from './textTable.ts'

type Paint = (text: string) => string

export function sizeTable(answer: SizeAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const { dial, failure } = answer
  const parts = [
    `${bold(dial.name)}: ${dial.meaning}\n${bold(failure.name)}: ${failure.meaning}`,
    requiredText(answer, bold),
    answer.required.map((one) => requiredWords(one, dial, failure.name)).join('\n'),
    curveText(answer, bold),
    measuredText(answer, bold),
    answer.frontier ? frontierText(answer.frontier, bold) : '',
    answer.firstLoss.map(firstLossWords).join('\n'),
    benchmarkText(answer, bold),
    settingsText(answer, bold),
    dim(notes(answer).join('\n')),
  ]
  return plainSpaces(parts.filter((part) => part !== '').join('\n\n'))
}

function requiredText({ required, dial }: SizeAnswer, bold: Paint): string {
  const rows = required.map((one) => {
    const { cost } = one.best
    const points = cost === null || one.certified === null ? '—' : pointsWords(wholeCost(cost))
    const level = one.certified === null ? one.status : levelWords(one.certified, dial)
    return [levelText(one.limit), level, bracketWords(one, dial), countWords(one.best), points]
  })
  return textTable(['Holds', 'certified', 'level required', 'fail at it', 'cost, bp a year'], rows, [1, 2, 3, 4], bold)
}

function curveText({ curve, dial, today, failure }: SizeAnswer, bold: Paint): string {
  const scale = dialScale(dial)
  const rows = curve.map((point) => [
    amount(point.level, scale),
    countWords(point),
    shareWords(point),
    point.cost === null ? '—' : pointsWords(wholeCost(point.cost)),
  ])
  rows.push([`today ${amount(today.level, scale)}`, countWords(today), shareWords(today), '0'])
  return textTable(
    [`${dial.name}, ${scale.unit}`, failure.name, '95 % interval', 'cost, bp a year'],
    rows,
    [0, 1, 2, 3],
    bold,
  )
}

function measuredText({ measured, dial }: SizeAnswer, bold: Paint): string {
  const rows = measured.map(({ metric, limit, level, exceed, paths }) => [
    levelText(limit),
    level === null ? 'no finite level' : `${levelWords(level.value, dial)}${fewMark(exceed)}`,
    level === null ? '' : `${bound(level.lower, dial)} to ${bound(level.upper, dial)}`,
    `${counted(exceed)} of ${counted(paths)}`,
    metric,
  ])
  if (rows.length === 0) return ''
  return textTable(['One run says', `${dial.name}`, 'interval', 'beyond', 'from'], rows, [1, 2, 3], bold)
}

function bound(value: number | null, dial: SizeAnswer['dial']): string {
  return value === null ? 'unbounded' : levelWords(value, dial)
}

function frontierText(frontier: Frontier, bold: Paint): string {
  const { dials, points } = frontier
  const shown = points.map((point, place) => ({ ...point, place })).filter(({ standing }) => standing !== 'dominated')
  shown.sort((a, b) => wholeCost(a.cost).value - wholeCost(b.cost).value)
  const rows = shown.map((point) => [
    ...point.values.map((value, i) => levelWords(value, dials[i])),
    shareWords(point),
    pointsWords(wholeCost(point.cost)),
    point.standing === 'frontier' ? '' : 'cannot be told apart',
  ])
  const names = dials.map(({ name }) => name)
  const heads = [...names, 'fails', 'cost, bp a year', 'standing']
  const right = heads.map((_, i) => i).slice(0, -1)
  const beaten = points.length - shown.length
  const left =
    beaten === 0
      ? ''
      : `\n${counted(beaten)} of ${counted(points.length)} points are worse than another with confidence and left out.`
  return `${textTable(heads, rows, right, bold)}${left}\n${claimWords(frontier)}`
}

function benchmarkText({ opening }: SizeAnswer, bold: Paint): string {
  const figures = opening.map(({ balance }) => figuresOf(balance))
  const words = (value: number | null, unit: string): string =>
    value === null ? '—' : unit === '1' ? levelText(Number(value.toPrecision(3))) : `${basis(value)} ${unit}`
  const rows = benchmarks.map((one) => [
    one.name,
    `${one.kind === 'least' ? 'at least' : 'at most'} ${words(one.value, one.unit)}`,
    ...figures.map((figure) => `${words(figure[one.figure], one.unit)}${meets(one, figure[one.figure]) ? '' : ' !'}`),
    one.status,
  ])
  const policies = opening.map((_, i) => (i === 0 ? 'today' : `proposal ${i}`))
  const heads = ['Benchmark (! not met)', 'asks', ...policies, 'status']
  return textTable(
    heads,
    rows,
    policies.map((_, i) => i + 2),
    bold,
  )
}

function settingsText({ proposals, dial }: SizeAnswer, bold: Paint): string {
  const stays = proposals.filter(({ changes }) => changes.length === 0).map(({ title }) => title)
  const rows = proposals.flatMap(({ changes }, i) =>
    changes.flatMap(({ settings }) =>
      settings.map(({ name, from, to }) => [`${i + 1}`, name, String(from), String(rounded(to))]),
    ),
  )
  if (proposals.length === 0) return `No level of ${dial.name} can be proposed.`
  const table = rows.length === 0 ? [] : [textTable(['Proposal', 'setting', 'from', 'to'], rows, [2, 3], bold)]
  return [...stays, ...table].join('\n')
}

function rounded(value: number | string): number | string {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value
}

function notes({ required, dial, confidence, ...answer }: SizeAnswer): string[] {
  const alone = required.flatMap((one) => {
    const words = aloneWords(one, dial)
    return words === '' ? [] : [`Confidence at ${levelText(one.limit)}: ${words}.`]
  })
  return [
    fewNote,
    `Each end of “level required” holds with ${levelText(confidence)} confidence for each limit, looks and steps of the search paid for.`,
    monotonicityWords({ ...answer, dial }),
    ...alone,
    dial.paidBy === null
      ? 'Cost: yield of sAID lost on the same paths.'
      : `Cost: yield of sAID lost on the same paths. Paid for by ${dial.paidBy}.`,
  ]
}
