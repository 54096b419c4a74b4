/** A sweep as text: a matrix a metric for two dials, a list for one or many. */
import pc from 'picocolors'
import { unseenText } from '../../reports/differences.ts'
import { counted } from '../../reports/format.ts'
import {
  cellText,
  dialText,
  leadingStatistic,
  scaleOfDial,
  scaleOfStatistic,
  standingOf,
  statisticWords,
} from '../../reports/sweepWords.ts'
import type { SweepAnswer, SweptMetric } from '../studies/sweep/sweep.ts'
import { plainSpaces, textTable } from './textTable.ts'

type Paint = (text: string) => string

/** Cells that a list shows; the others stand in the table on disk. */
const mostRows = 32

export function sweepTable(answer: SweepAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = answer.metrics.map((metric) => metricText(answer, metric, bold))
  return plainSpaces([...parts, dim(notes(answer).join('\n'))].join('\n\n'))
}

const marks = { better: '+', worse: '−', undecided: '~', reference: '◦', unknown: ' ' } as const

function metricText(answer: SweepAnswer, metric: SweptMetric, bold: Paint): string {
  const statistic = leadingStatistic(metric)
  const scale = scaleOfStatistic(metric, statistic)
  const words = statisticWords(metric.cells[0][statistic])
  const title = bold(`${metric.name}, ${words}${scale.unit === '1' ? '' : ` (${scale.unit})`}`)
  const shown = (cell: number): string => {
    const found = metric.cells[cell][statistic]
    return `${cellText(found, scale)} ${marks[standingOf(answer, metric, cell, statistic)]}`
  }
  const isMatrix = answer.design === 'grid' && answer.dials.length === 2 && columnsOf(answer).length <= 4
  return `${title}\n${isMatrix ? matrix(answer, shown, bold) : list(answer, shown, bold)}`
}

function columnsOf(answer: SweepAnswer): readonly (number | string)[] {
  return [...new Set(answer.cells.map((cell) => cell[answer.dials[1].name]))]
}

function matrix(answer: SweepAnswer, shown: (cell: number) => string, bold: Paint): string {
  const [down, across] = answer.dials
  const columns = columnsOf(answer)
  const rows = [...new Set(answer.cells.map((cell) => cell[down.name]))]
  const [downScale, acrossScale] = [scaleOfDial(answer, down), scaleOfDial(answer, across)]
  const head = [`${down.name} ↓ ${across.name} →`, ...columns.map((value) => dialText(value, acrossScale))]
  const body = rows.map((value, r) => [
    `${dialText(value, downScale)} ${downScale.unit}`,
    ...columns.map((_, c) => shown(r * columns.length + c)),
  ])
  return textTable(
    head,
    body,
    columns.map((_, c) => c + 1),
    bold,
  )
}

function list(answer: SweepAnswer, shown: (cell: number) => string, bold: Paint): string {
  const scales = answer.dials.map((dial) => scaleOfDial(answer, dial))
  const head = [...answer.dials.map(({ name }, d) => `${name} (${scales[d].unit})`), 'estimate (95 % interval)']
  const rows = answer.cells
    .slice(0, mostRows)
    .map((cell, c) => [...answer.dials.map(({ name }, d) => dialText(cell[name], scales[d])), shown(c)])
  return textTable(
    head,
    rows,
    answer.dials.map((_, d) => d),
    bold,
  )
}

function notes({ cells, paths, reference, design, dials, metrics }: SweepAnswer): string[] {
  const found = [
    `${counted(cells.length)} cells of ${counted(paths)} paths, all on the same luck; 95 % intervals, one by one.`,
    `+ better and − worse than the scenario as it is${reference === null ? '' : ' (◦)'}, on the same paths; ~ cannot be told apart.`,
  ]
  const isUnmoved = metrics.some((metric) =>
    metric.cells.some(([{ difference }]) => difference?.value === 0 && difference.lower === null),
  )
  if (isUnmoved) found.push(`Where no path differs, ${unseenText(paths, 0.95)}.`)
  const listed = !(design === 'grid' && dials.length === 2)
  if (listed && cells.length > mostRows) found.push(`Shown are the first ${mostRows} cells; all stand in the table.`)
  return found
}
