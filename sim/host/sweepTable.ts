/** A sweep as text: a matrix a metric for two dials where it fits, a list for one or many. */
import pc from 'picocolors'
import { unseenText } from '../../reports/differences.ts'
import { counted } from '../../reports/format.ts'
import {
  cellsText,
  cellText,
  dialText,
  isMoved,
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
import { lineWidth, wrapped } from './wrapped.ts'

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
  const shown = (cell: number): string => {
    const found = metric.cells[cell][statistic]
    return `${cellText(found, scale)} ${marks[standingOf(answer, metric, cell, statistic)]}`
  }
  return [bold(title), reference, cellsOf(answer, shown, unit, bold)].join('\n')
}

function cellsOf(answer: SweepAnswer, shown: (cell: number) => string, unit: string, bold: Paint): string {
  if (answer.design === 'grid' && answer.dials.length === 2) {
    const found = matrix(answer, shown, (text) => text)
    if (found.split('\n').every((line) => line.length <= lineWidth)) return matrix(answer, shown, bold)
  }
  return list(answer, shown, unit, bold)
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

function matrix(answer: SweepAnswer, shown: (cell: number) => string, bold: Paint): string {
  const [down, across] = answer.dials
  const columns = columnsOf(answer)
  const rows = [...new Set(answer.cells.map((cell) => cell[down.name]))]
  const [downScale, acrossScale] = [scaleOfDial(answer, down), scaleOfDial(answer, across)]
  const head = ['', ...columns.map((value) => dialText(value, acrossScale))]
  const body = rows.map((value, r) => [
    `${dialText(value, downScale)} ${downScale.unit}`,
    ...columns.map((_, c) => shown(r * columns.length + c)),
  ])
  const words = `down: ${down.name} (${downScale.unit}); across: ${across.name} (${acrossScale.unit})`
  const table = textTable(
    head,
    body,
    columns.map((_, c) => c + 1),
    bold,
  )
  return `${words}\n${table}`
}

/** Dials by their full names; where those leave a line too wide, by what stands behind the room, under a line that names them. */
function list(answer: SweepAnswer, shown: (cell: number) => string, unit: string, bold: Paint): string {
  const scales = answer.dials.map((dial) => scaleOfDial(answer, dial))
  const rows = answer.cells
    .slice(0, mostRows)
    .map((cell, c) => [...answer.dials.map(({ name }, d) => dialText(cell[name], scales[d])), shown(c)])
  const table = (names: readonly string[], paint: Paint): string => {
    const heads = names.map((name, d) => `${name} (${scales[d].unit})`)
    const head = [...heads, `estimate${unit === '' ? '' : `,${unit}`} (95 % interval)`]
    return textTable(
      head,
      rows,
      names.map((_, d) => d),
      paint,
    )
  }
  const full = answer.dials.map(({ name }) => name)
  const fits = table(full, (text) => text)
    .split('\n')
    .every((line) => line.length <= lineWidth)
  if (fits) return table(full, bold)
  const short = full.map((name) => name.slice(name.lastIndexOf('.') + 1))
  return `${wrapped(`dials: ${full.join(', ')}`)}\n${table(short, bold)}`
}

function notes({ cells, paths, reference, metrics }: SweepAnswer): string[] {
  const found = [
    `${cellsText(cells.length)} of ${counted(paths)} paths, all on the same luck; 95 % intervals, one by one; ES is the mean of the worst paths.`,
    `+ better and − worse than the scenario as it is${reference === null ? '' : ' (◦)'}, on the same paths; ~ cannot be told apart; = no path differs.`,
  ]
  if (metrics.some((metric) => isMoved(metric) && metric.differing.some((n, cell) => n === 0 && cell !== reference)))
    found.push(`Where no path differs, ${unseenText(paths, 0.95)}.`)
  if (cells.length > 1)
    found.push(
      'The best cell was chosen for being good: simulate it again with another --seed before its number is quoted.',
    )
  if (cells.length > mostRows) found.push(`Lists show the first ${mostRows} cells; all stand in the table.`)
  return found
}
