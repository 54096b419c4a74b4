/** The report of a study of sensitivity: what matters most for each metric, with intervals, and what cannot be told from zero. */
import {
  dummyName,
  type IndexedDial,
  type MorrisAnswer,
  type ScreenedDial,
  type SensitivityAnswer,
  type SensitivityOfMetric,
  type TornadoEnd,
} from '../../sim/studies/sensitivity/answer.ts'
import { capital, dialTitle } from '../dialWords.ts'
import { screeningFigure } from '../figures/screening.ts'
import { sharesFigure } from '../figures/shares.ts'
import { tornadoFigure } from '../figures/tornado.ts'
import { counted, levelText, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import {
  beyondOneWords,
  changeScale,
  changeWords,
  coverageWords,
  dialName,
  dialValue,
  dummyWords,
  indexInterval,
  indexWords,
  intervalWords,
  isBeyondOne,
  leadersWords,
  placesNote,
  placeWords,
  type StillMethod,
  shownChange,
  sizeWords,
  statisticWords,
  unseenWords,
} from './sensitivityWords.ts'

export const sensitivityParts: StudyParts<SensitivityAnswer> = {
  summary: sensitivitySummary,
  sections: sensitivitySections,
}

/** For each metric the dials that lead, in plain words. */
export function sensitivitySummary(answer: SensitivityAnswer): Markup {
  const cards = answer.metrics.map(
    (
      metric,
    ) => html`<div class="answer"><h3>${metric.meaning}, ${statisticWords(metric.statistic)}</h3><p>${leadersWords(metric, answer.dials)}</p><p>${dummyWords(metric)}</p></div>
`,
  )
  return html`<p>${counted(answer.dials.length)} dials of ${answer.scenario} were turned over stated ranges, on the same luck. Sizes are mean effects of a dial over its whole range, with intervals of 95 %; dials whose intervals overlap are not ranked against each other.</p>
<div class="answers">${cards}</div>`
}

export function sensitivitySections(answer: SensitivityAnswer, drawing: Drawing): readonly Section[] {
  return [
    ...answer.metrics.map((metric) => metricSection(answer, metric, drawing)),
    dialsSection(answer),
    methodSection(answer),
  ]
}

function metricSection(answer: SensitivityAnswer, metric: SensitivityOfMetric, drawing: Drawing): Section {
  const { tornado, morris, sobol } = metric
  return {
    id: `sensitivity-${metric.name}`,
    title: metric.meaning,
    body: html`<p>${leadersWords(metric, answer.dials)} ${dummyWords(metric)} <code>${metric.name}</code></p>
${tornado && html`<h3>One dial at a time</h3><p>In the scenario itself the ${statisticWords(metric.statistic)} is ${baseWords(metric)}.</p>${drawing.place(tornadoFigure(answer, metric), 'No path moved at either end of any dial.')}${tornadoTable(answer, metric)}`}
${morris && html`<h3>Everywhere in the box</h3>${drawing.place(screeningFigure(answer, metric), noEffectsWords(morris))}${morrisTable(answer, metric)}`}
${sobol && html`<h3>Shares of variance</h3>${drawing.place(sharesFigure(answer, metric), sobol.dummy ? 'No share has an interval: give more --rows or --paths.' : noSharesWords(metric))}${sobolTable(answer, metric)}${singleTable(answer, metric)}`}`,
  }
}

function baseWords({ unit, tornado }: SensitivityOfMetric): string {
  if (!tornado || tornado.base.value === null) return 'without a value'
  const { value, lower, upper } = tornado.base
  const scale = scaleOf(unit, Math.abs(value))
  return lower === null || upper === null
    ? withUnit(value, scale)
    : `${withUnit(value, scale)} (${rangeText(lower, upper, scale)})`
}

/** Why there is no plane of effects. */
function noEffectsWords({ dials }: MorrisAnswer): string {
  if (dials.every(({ moved }) => moved === 0)) return 'No path moved along any trajectory.'
  return 'Too few paths moved along the trajectories to see the effect of any dial. Give more --paths or --trajectories.'
}

/** Why there are no shares. */
export function noSharesWords({ sobol }: SensitivityOfMetric): string {
  if (sobol?.moved === 0) return 'No path moved in any cell: there is no variance to share out.'
  return 'The variance over the box cannot be told from zero: what moved is noise as far as these paths show, and shares of it would mean nothing. Give more --paths, or other dials.'
}

/** A finding and its interval in one cell. */
function cell(value: string, interval: string): Markup {
  return html`<span class="stated"><b>${value}</b> <span class="interval">${interval}</span></span>`
}

function tornadoTable(answer: SensitivityAnswer, metric: SensitivityOfMetric): Markup {
  const scale = changeScale(metric)
  const end = (dial: string, found: TornadoEnd) => {
    const change = shownChange(found)
    return [dialValue(answer.dials, dial, found.at), cell(changeWords(change, scale), intervalWords(change, scale))]
  }
  const rows = (metric.tornado?.bars ?? []).map(({ dial, low, high }) => [
    nameCell(answer, dial),
    ...end(dial, low),
    ...end(dial, high),
  ])
  const names = ['dial', 'low end', 'change, 95 % interval', 'high end', 'change, 95 % interval']
  return html`${tableMarkup(columnsOf(names), rows, 'stack')}${unseenMarkup(answer, 'tornado', metric)}`
}

function unseenMarkup(answer: SensitivityAnswer, method: StillMethod, metric: SensitivityOfMetric): Markup | null {
  const words = unseenWords(answer, method, metric)
  return words === '' ? null : html`<p>${capital(words)}.</p>`
}

/** A dial by its title and its name. */
function nameCell({ dials }: SensitivityAnswer, dial: string): Markup {
  const title = capital(dialName(dials, dial))
  return dial === dummyName ? html`<b>${title}</b>` : html`<b>${title}</b><small><code>${dial}</code></small>`
}

function morrisTable(answer: SensitivityAnswer, metric: SensitivityOfMetric): Markup {
  const scale = changeScale(metric)
  const row = ({ dial, rank, muStar, mu, sigma }: ScreenedDial) => [
    nameCell(answer, dial),
    placeWords(rank, muStar),
    cell(sizeWords(muStar, scale), intervalWords(muStar, scale)),
    cell(changeWords(mu, scale), intervalWords(mu, scale)),
    cell(sizeWords(sigma, scale), intervalWords(sigma, scale)),
  ]
  const { morris } = metric
  const names = ['dial', 'place', 'mu*, 95 % interval', 'mu, 95 % interval', 'sigma, 95 % interval']
  const rows = morris ? [...morris.dials, morris.dummy].map(row) : []
  return html`${tableMarkup(columnsOf(names), rows, 'stack')}${unseenMarkup(answer, 'morris', metric)}`
}

function sobolTable(answer: SensitivityAnswer, metric: SensitivityOfMetric): Markup | null {
  const { unit, sobol } = metric
  if (!sobol?.dummy) return null
  const row = ({ dial, rank, first, total }: IndexedDial) => [
    nameCell(answer, dial),
    placeWords(rank, total),
    cell(indexWords(first), indexInterval(first)),
    cell(indexWords(total), indexInterval(total)),
  ]
  const names = ['dial', 'place by total', 'first order, 95 % interval', 'total, 95 % interval']
  const deviation = deviationScale(unit, sobol.variance.value ?? 0)
  const root = (x: number | null) => Math.sqrt(Math.max(0, x ?? 0))
  const { value, lower, upper } = sobol.variance
  return html`<p>Standard deviation of the expectation over the box: ${withUnit(root(value), deviation)} (${rangeText(root(lower), root(upper), deviation)}).${isBeyondOne(metric) ? ` ${beyondOneWords}` : ''}</p>
${tableMarkup(columnsOf(names), [...sobol.dials, sobol.dummy].map(row), 'stack')}${unseenMarkup(answer, 'sobol', metric)}`
}

function deviationScale(unit: string, variance: number): Scale {
  return scaleOf(unit, Math.sqrt(variance))
}

/** The same design read as single futures, in which luck is one more input. */
function singleTable(answer: SensitivityAnswer, { sobol }: SensitivityOfMetric): Markup | null {
  if (!sobol?.luck || sobol.dials.length === 0) return null
  const row = (name: Markup, single: NonNullable<IndexedDial['single']>) => [
    name,
    cell(indexWords(single.first), indexInterval(single.first)),
    cell(indexWords(single.total), indexInterval(single.total)),
  ]
  const rows = [
    row(html`<b>Luck</b>`, sobol.luck),
    ...sobol.dials.flatMap(({ dial, single }) => (single ? [row(nameCell(answer, dial), single)] : [])),
  ]
  const names = ['input', 'first order, 95 % interval', 'total, 95 % interval']
  return html`<details><summary>Shares of the variance of a single future, luck being an input</summary>
<p>These are other numbers than those above: above stands what moves the expectation over all luck, here what moves one future. A dial that matters to the expectation may hardly show in a single future.</p>
${tableMarkup(columnsOf(names), rows, 'stack')}</details>`
}

function dialsSection({ dials, kept }: SensitivityAnswer): Section {
  const rows = dials.map((dial) => [
    html`<b>${capital(dialTitle(dial))}</b><small>${dial.meaning} <code>${dial.name}</code></small>`,
    dial.value === null ? 'differs from row to row' : dialValue(dials, dial.name, dial.value),
    `${dialValue(dials, dial.name, dial.from)} to ${dialValue(dials, dial.name, dial.to)}${dial.scale === 'logarithmic' ? ', by ratios' : ''}`,
    dial.reason,
    kept.length === 0 ? '—' : kept.includes(dial.name) ? 'turned' : 'as in the scenario',
  ])
  const names = ['dial', 'in the scenario', 'range', 'why', 'in the shares']
  return {
    id: 'dials',
    title: 'The dials and their ranges',
    body: html`<p>Shares and ranks belong to these ranges: a wider range makes a dial matter more. Every value of a range is equally likely (by ratios: every ratio), and dials are independent.</p>
${tableMarkup(
  names.map((name) => ({ name })),
  rows,
  'stack',
)}`,
  }
}

function methodSection({ design }: SensitivityAnswer): Section {
  const { trajectories, rows, paths, replicates, confidence, cells, simulatedPaths } = design
  return {
    id: 'method',
    title: 'How it was measured',
    body: html`<p>${counted(cells)} cells, ${counted(simulatedPaths)} simulated paths. The cells of a trajectory or row share the luck of the same paths, so differences between them are due to the dials; each trajectory and row has paths of its own, so that luck averages out. What of it is left in a cell of ${counted(paths)} paths would pass for an effect of every dial: squares and products of results are therefore taken between different paths only, which removes it on average, and mean magnitudes take the sign of an effect from other paths than its size; where paths are too few to see a sign, magnitudes come out too small, never too large. Estimates can then fall below zero, and are said to be what they are: not to be told from zero.</p>
<p>Screening after Morris (1991) and Campolongo and others (2007): ${counted(trajectories)} trajectories on four levels, steps of two thirds. Shares after Saltelli and others (2010, first order) and Jansen (1999, total) on ${counted(rows)} rows of scrambled Sobol points.</p>
<p>Intervals are of ${levelText(confidence)}: ${counted(replicates)} bootstrap resamples of trajectories and rows with their paths, corrected for bias and skewness. ${coverageWords} Each interval holds by itself, not all together, so of twenty numbers that are zero one may not look it. Those of the tornado are of paired differences.</p>
<p>${placesNote}</p>
<p>The dummy is a dial that turns nothing but the luck: its cells are simulated on paths that no other cell has, so it shows what the noise of the simulation looks like after its removal. Its intervals are wider, for they hold all together, over all measures and metrics.</p>`,
  }
}

function columnsOf(names: readonly string[]) {
  return names.map((name, i) => ({ name, isNumber: i > 0 }))
}
