/** The report of a sweep: what the cells say of each metric, and which of them differ from the reference. */
import type { SweepAnswer, SweptMetric } from '../../sim/studies/sweep/sweep.ts'
import { isHeatMap, sweepFigure } from '../figures/sweep.ts'
import { counted, inWords } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import {
  cellText,
  dialText,
  drawnStatistics,
  leadingStatistic,
  type Standing,
  scaleOfDial,
  scaleOfStatistic,
  standingOf,
  statisticWords,
} from '../sweepWords.ts'

/** Metrics that have a figure; the others stand in the tables. */
const mostFigures = 12

/** Cells that a table of the page shows; the others stand in cells.parquet. */
const mostCells = 64

export function sweepSummary(answer: SweepAnswer): Markup {
  const { cells, paths, dials, metrics } = answer
  return html`<div class="answers"><div class="answer"><h3>${counted(cells.length)} cells, ${counted(paths)} paths each, the same luck in all</h3>
<dl>${metrics.slice(0, 6).map((metric) => html`<dt>${metric.meaning}, ${statisticWords(metric.cells[0][leadingStatistic(metric)])}</dt><dd>${metricSummary(answer, metric)}</dd>`)}</dl></div>
<div class="answer"><h3>${dials.map(({ name }) => name).join(', ')}</h3>
<p>Every cell is held against the scenario as it is, path by path.</p>
<p>The best of ${inWords(cells.length)} estimates flatters itself: it was chosen for being low. Simulate a chosen cell again with another seed before its number is quoted.</p></div></div>`
}

function metricSummary(answer: SweepAnswer, metric: SweptMetric): Markup {
  const statistic = leadingStatistic(metric)
  const scale = scaleOfStatistic(metric, statistic)
  const count = (standing: Standing): string =>
    counted(metric.cells.filter((_, cell) => standingOf(answer, metric, cell, statistic) === standing).length)
  const reference = metric.reference[statistic]
  return html`<span class="stated"><b>${cellText(reference, scale)} ${scale.unit}</b> <span class="basis">in the scenario as it is; ${count('better')} cells better, ${count('worse')} worse, ${count('undecided')} not told apart</span></span>`
}

export function sweepSections(answer: SweepAnswer, drawing: Drawing): readonly Section[] {
  const { metrics, dials } = answer
  const drawn = metrics.slice(0, mostFigures)
  return [
    {
      id: 'cells',
      title: 'What the cells say',
      body: html`<p>${dials.map(({ name, meaning, unit }) => html`<code>${name}</code>: ${meaning}${unit === 'text' || unit === '1' ? '' : ` (${unit})`}. `)}</p>
${drawn.map((metric, index) => drawing.place(sweepFigure(answer, metric, index), ''))}
${metrics.length > mostFigures ? html`<p>Drawn are the first ${counted(mostFigures)} of ${counted(metrics.length)} metrics; all stand in cells.parquet.</p>` : null}`,
    },
    {
      id: 'numbers',
      title: 'Every cell in numbers',
      body: html`<p>Estimate with its 95 % interval, one by one; ~ marks what cannot be told apart from the scenario as it is on the same paths. Quantiles at every level of the headline, and all differences, stand in cells.parquet.</p>
${metrics.map((metric) => metricTable(answer, metric))}
${answer.cells.length > mostCells ? html`<p>Shown are the first ${counted(mostCells)} of ${counted(answer.cells.length)} cells.</p>` : null}`,
    },
  ]
}

function metricTable(answer: SweepAnswer, metric: SweptMetric): Markup {
  const statistics = drawnStatistics(metric)
  const scales = statistics.map((statistic) => scaleOfStatistic(metric, statistic))
  const dialScales = answer.dials.map((dial) => scaleOfDial(answer, dial))
  const columns = [
    ...answer.dials.map(({ name }, d) => ({ name: `${name} (${dialScales[d].unit})`, isNumber: true })),
    ...statistics.map((s, i) => ({
      name: `${statisticWords(metric.cells[0][s])} (${scales[i].unit})`,
      isNumber: true,
    })),
  ]
  const rows = metric.cells.slice(0, mostCells).map((cell, index) => [
    ...answer.dials.map(({ name }, d) => dialText(answer.cells[index][name], dialScales[d])),
    ...statistics.map((s, i) => {
      const mark = standingOf(answer, metric, index, s)
      const words =
        mark === 'reference' ? 'the scenario as it is' : mark === 'undecided' ? '~' : mark === 'unknown' ? '' : mark
      return html`${cellText(cell[s], scales[i])}<small>${words}</small>`
    }),
  ])
  return html`<details${isHeatMap(answer) ? null : html` open`}><summary>${metric.meaning} <code>${metric.name}</code></summary>${tableMarkup(columns, rows)}</details>`
}

export const sweepParts: StudyParts<SweepAnswer> = { summary: sweepSummary, sections: sweepSections }
