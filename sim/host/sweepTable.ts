/** A sweep as text: a matrix a metric for two dials where it fits, a list for one or many. */
import pc from 'picocolors'
import { unseenText } from '../../reports/differences.ts'
import { counted } from '../../reports/format.ts'
import {
  cellsText,
  cellText,
  dialText,
  differenceText,
  isMoved,
  isToldApart,
  leadingStatistic,
  type Standing,
  scaleOfDial,
  scaleOfStatistic,
  standingOf,
  standingWords,
  statisticWords,
} from '../../reports/sweepWords.ts'
import type { SweepAnswer, SweptMetric } from '../studies/sweep/sweep.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { fits, wrapped } from './wrapped.ts'

type Paint = (text: string) => string

/** Cells that a list shows; the others stand in the table on disk. */
const mostRows = 32

export function sweepTable(answer: SweepAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = [
    ...answer.metrics.filter(isMoved).map((metric) => metricText(answer, metric, bold)),
    stillText(answer),
    dim(
      notes(answer)
        .map((note) => wrapped(note))
        .join('\n'),
    ),
  ]
  return plainSpaces(parts.filter((part) => part !== '').join('\n\n'))
}

const marks: Readonly<Record<Standing, string>> = {
  better: '+',
  worse: '−',
  same: '=',
  undecided: '~',
  reference: '◦',
  unknown: ' ',
}

function metricText(answer: SweepAnswer, metric: SweptMetric, bold: Paint): string {
  const statistic = leadingStatistic(metric)
  const scale = scaleOfStatistic(metric, statistic)
  const words = statisticWords(metric.cells[0][statistic])
  const title = wrapped(`${metric.name}, ${words}: ${metric.meaning}`)
  const unit = scale.unit === '1' ? '' : ` ${scale.unit}`
  const standing = standingWords(answer, metric, statistic)
  const reference = wrapped(`as it is: ${cellText(metric.reference[statistic], scale)}${unit}; ${standing}`)
  const shown: Shown = (cell, digits) => {
    const found = metric.cells[cell][statistic]
    const standing = standingOf(answer, metric, cell, statistic)
    const difference = isToldApart(standing) ? `  ${differenceText(found, scale, digits)}` : ''
    return [`${cellText(found, scale)} ${marks[standing]}`, difference]
  }
  return [bold(title), reference, cellsOf(answer, shown, unit, bold)].join('\n')
}

/** A cell in two lines: its estimate, and its difference to the scenario as it is, empty where that is not told apart. */
type Shown = (cell: number, digits: number) => readonly [string, string]

/** Digits of differences: three, or two where lines would get too long. */
const digitsTried = [3, 2] as const

function cellsOf(answer: SweepAnswer, shown: Shown, unit: string, bold: Paint): string {
  const isGrid = answer.design === 'grid' && answer.dials.length === 2
  const tables = [
    ...(isGrid ? digitsTried.map((digits) => (paint: Paint) => matrix(answer, shown, digits, paint)) : []),
    ...[false, true].flatMap((isShort) =>
      digitsTried.map((digits) => (paint: Paint) => list(answer, shown, { unit, digits, isShort }, paint)),
    ),
  ]
  const table = tables.find((one) => fits(one((text) => text))) ?? tables[tables.length - 1]
  return table(bold)
}

/** Rows of a table, each followed by a row of differences where it has any. */
function inTwo(head: readonly string[], cells: readonly (readonly [string, string])[]): string[][] {
  const row = [...head, ...cells.map(([estimate]) => estimate)]
  const below = [...head.map(() => ''), ...cells.map(([, difference]) => difference)]
  return below.some((text) => text !== '') ? [row, below] : [row]
}

/** Metrics of which no cell differs on any path, each as it is. */
function stillText({ metrics, paths, confidence }: SweepAnswer): string {
  const still = metrics.filter((metric) => !isMoved(metric))
  if (still.length === 0) return ''
  const each = still.map((metric) => {
    const statistic = leadingStatistic(metric)
    const scale = scaleOfStatistic(metric, statistic)
    return `${metric.name} ${cellText(metric.reference[statistic], scale)} ${scale.unit}`
  })
  return wrapped(`the same in every cell, on every path: ${each.join(', ')}; ${unseenText(paths, confidence)}`)
}

function columnsOf(answer: SweepAnswer): readonly (number | string)[] {
  return [...new Set(answer.cells.map((cell) => cell[answer.dials[1].name]))]
}

function matrix(answer: SweepAnswer, shown: Shown, digits: number, bold: Paint): string {
  const [down, across] = answer.dials
  const columns = columnsOf(answer)
  const rows = [...new Set(answer.cells.map((cell) => cell[down.name]))]
  const [downScale, acrossScale] = [scaleOfDial(answer, down), scaleOfDial(answer, across)]
  const head = ['', ...columns.map((value) => dialText(value, acrossScale))]
  const body = rows.flatMap((value, r) =>
    inTwo(
      [`${dialText(value, downScale)} ${downScale.unit}`],
      columns.map((_, c) => shown(r * columns.length + c, digits)),
    ),
  )
  const words = `down: ${down.name} (${downScale.unit}); across: ${across.name} (${acrossScale.unit})`
  const table = textTable(
    head,
    body,
    columns.map((_, c) => c + 1),
    bold,
  )
  return `${words}\n${table}`
}

interface ListForm {
  readonly unit: string
  readonly digits: number
  /** Dials by what stands behind their room, under a line that names them in full. */
  readonly isShort: boolean
}

function list(answer: SweepAnswer, shown: Shown, { unit, digits, isShort }: ListForm, bold: Paint): string {
  const scales = answer.dials.map((dial) => scaleOfDial(answer, dial))
  const rows = answer.cells.slice(0, mostRows).flatMap((cell, c) =>
    inTwo(
      answer.dials.map(({ name }, d) => dialText(cell[name], scales[d])),
      [shown(c, digits)],
    ),
  )
  const full = answer.dials.map(({ name }) => name)
  const names = isShort ? full.map((name) => name.slice(name.lastIndexOf('.') + 1)) : full
  const heads = names.map((name, d) => `${name} (${scales[d].unit})`)
  const head = [...heads, `estimate${unit === '' ? '' : `,${unit}`} (95 % interval)`]
  const table = textTable(
    head,
    rows,
    names.map((_, d) => d),
    bold,
  )
  return isShort ? `${wrapped(`dials: ${full.join(', ')}`)}\n${table}` : table
}

function notes(answer: SweepAnswer): string[] {
  const { cells, paths, reference, metrics } = answer
  const found = [
    `${cellsText(cells.length)} of ${counted(paths)} paths, all on the same luck; 95 % intervals, one by one; ES is the mean of the worst paths.`,
    `+ better and − worse than the scenario as it is${reference === null ? '' : ' (◦)'}, on the same paths; ~ cannot be told apart; = no path differs.`,
  ]
  if (
    metrics.some((metric) =>
      metric.cells.some((_, c) => isToldApart(standingOf(answer, metric, c, leadingStatistic(metric)))),
    )
  )
    found.push('Under a cell that is told apart: its difference to the scenario as it is, path by path.')
  if (metrics.some((metric) => isMoved(metric) && metric.differing.some((n, cell) => n === 0 && cell !== reference)))
    found.push(`Where no path differs, ${unseenText(paths, 0.95)}.`)
  if (cells.length > 1)
    found.push(
      'The best cell was chosen for being good: simulate it again with another --seed before its number is quoted.',
    )
  if (cells.length > mostRows) found.push(`Lists show the first ${mostRows} cells; all stand in the table.`)
  return found
}
