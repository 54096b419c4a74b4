/** The report of a sweep: what the cells say of each metric, and which of them differ from the reference. */
import type { SweepAnswer, SweptMetric } from '../../sim/studies/sweep/sweep.ts'
import { capital, dialTitle, listed, lowered } from '../dialWords.ts'
import { unseenText } from '../differences.ts'
import { isHeatMap, sweepFigure } from '../figures/sweep.ts'
import { counted, inWords } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import {
  axisText,
  cellsText,
  cellText,
  dialText,
  differenceText,
  drawnStatistics,
  isMoved,
  leadingStatistic,
  type Standing,
  scaleOfDial,
  scaleOfStatistic,
  standingOf,
  standingWords,
  statisticWords,
} from '../sweepWords.ts'

/** Metrics that have a figure; the others stand in the tables. */
const mostFigures = 12

/** Cells that a table of the page shows; the others stand in cells.parquet. */
const mostCells = 64

export function sweepSummary(answer: SweepAnswer): Markup {
  const { cells, paths, dials, metrics } = answer
  const moved = metrics.filter(isMoved)
  return html`<div class="answers"><div class="answer"><h3>${capital(cellsText(cells.length))}, ${counted(paths)} paths each, the same luck in all</h3>
${moved.length === 0 ? html`<p>No path of any cell differs from the scenario as it is.</p>` : html`<dl>${moved.slice(0, mostSummed).map((metric) => html`<dt>${metric.meaning}, ${statisticWords(metric.cells[0][leadingStatistic(metric)])}</dt><dd>${metricSummary(answer, metric)}</dd>`)}</dl>`}
${moved.length > mostSummed ? html`<p>${counted(moved.length - mostSummed)} more below.</p>` : null}</div>
<div class="answer"><h3>${capital(listed(dials.map(dialTitle)))}</h3>
<p>Every cell is held against the scenario as it is, path by path.</p>
${cells.length > 1 ? html`<p>The best of ${inWords(cells.length)} estimates flatters itself: it was chosen for being good. Simulate a chosen cell again with another seed before its number is quoted.</p>` : null}</div></div>`
}

const mostSummed = 6

function metricSummary(answer: SweepAnswer, metric: SweptMetric): Markup {
  const statistic = leadingStatistic(metric)
  const scale = scaleOfStatistic(metric, statistic)
  const reference = metric.reference[statistic]
  return html`<span class="stated"><b>${cellText(reference, scale)} ${scale.unit}</b> <span class="basis">in the scenario as it is; ${standingWords(answer, metric, statistic)}</span></span>`
}

export function sweepSections(answer: SweepAnswer, drawing: Drawing): readonly Section[] {
  const { dials, paths, confidence } = answer
  const metrics = answer.metrics.filter(isMoved)
  const still = answer.metrics.filter((metric) => !isMoved(metric))
  const drawn = metrics.slice(0, mostFigures)
  const stillMarkup =
    still.length > 0 &&
    html`<p>The same in every cell, path by path: ${still.map((metric) => `${lowered(metric.meaning)} (${referenceText(metric)})`).join('; ')}; ${unseenText(paths, confidence)}.</p>`
  return [
    {
      id: 'cells',
      title: 'What the cells say',
      body: html`${dials.map((dial) => html`<p><b>${capital(dialTitle(dial))}</b> <code>${dial.name}</code>: ${lowered(dial.meaning)}${dial.unit === 'text' || dial.unit === '1' ? '' : ` (${dial.unit})`}.</p>`)}
${drawn.map((metric, index) => drawing.place(sweepFigure(answer, metric, index), ''))}
${metrics.length > mostFigures ? html`<p>Drawn are the first ${counted(mostFigures)} of ${counted(metrics.length)} metrics; all stand in cells.parquet.</p>` : null}
${stillMarkup}`,
    },
    {
      id: 'numbers',
      title: 'Every cell in numbers',
      body: html`<p>Estimate with its 95 % interval, one by one, and under it the difference to the scenario as it is, path by path; ~ marks what cannot be told apart from the scenario as it is on the same paths, = what no path does differently. Quantiles at every level of the headline, and all differences, stand in cells.parquet.</p>
${metrics.map((metric) => metricTable(answer, metric))}
${answer.cells.length > mostCells ? html`<p>Shown are the first ${counted(mostCells)} of ${counted(answer.cells.length)} cells.</p>` : null}`,
    },
  ]
}

const marks: Readonly<Record<Standing, string>> = {
  better: 'better',
  worse: 'worse',
  same: '=',
  undecided: '~',
  reference: 'the scenario as it is',
  unknown: '',
}

/** '5.85 (4.86 to 6.97) %' */
function referenceText(metric: SweptMetric): string {
  const statistic = leadingStatistic(metric)
  const scale = scaleOfStatistic(metric, statistic)
  return `${cellText(metric.reference[statistic], scale)} ${scale.unit}`
}

function metricTable(answer: SweepAnswer, metric: SweptMetric): Markup {
  const statistics = drawnStatistics(metric)
  const scales = statistics.map((statistic) => scaleOfStatistic(metric, statistic))
  const dialScales = answer.dials.map((dial) => scaleOfDial(answer, dial))
  const columns = [
    ...answer.dials.map((dial, d) => ({ name: capital(axisText(dial, dialScales[d])), isNumber: true })),
    ...statistics.map((s, i) => ({
      name: `${statisticWords(metric.cells[0][s])} (${scales[i].unit})`,
      isNumber: true,
    })),
  ]
  const rows = metric.cells.slice(0, mostCells).map((cell, index) => [
    ...answer.dials.map(({ name }, d) => dialText(answer.cells[index][name], dialScales[d])),
    ...statistics.map((s, i) => {
      const standing = standingOf(answer, metric, index, s)
      const difference = standing === 'same' ? '' : differenceText(cell[s], scales[i])
      const words = [marks[standing], difference].filter((text) => text !== '').join(' ')
      return html`${cellText(cell[s], scales[i])}<small>${words}</small>`
    }),
  ])
  return html`<details${isHeatMap(answer) ? null : html` open`}><summary>${metric.meaning} <code>${metric.name}</code></summary>${tableMarkup(columns, rows, 'stack')}</details>`
}

export const sweepParts: StudyParts<SweepAnswer> = { summary: sweepSummary, sections: sweepSections }
