/** The place of the loss explorer in the page: its data, its words, and the table behind it. */
import { counted, largestMagnitude, scaleOf } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { jsonData } from '../page.ts'
import type { Reading } from '../reading.ts'
import type { Desk } from '../section.ts'
import type { ExplorerData, ExplorerField } from './specification.ts'

/** Paths are independent and equally distributed, so the first of them are a fair sample; more would weigh down the page. */
const mostPaths = 5000

const driverColumns: readonly string[] = [
  'outcomes.rentAtEnd',
  'outcomes.dealLoss',
  'outcomes.defaults',
  'outcomes.lowestPrice',
  'outcomes.minimumLiquidityRatio',
  'outcomes.longestWait',
  'outcomes.supplyAtEnd',
  'outcomes.netYield',
]

/** The explorer, or nothing where its script is not at hand: the figures before it say the same without choice. */
export function explorerMarkup(desk: Desk, hasScript: boolean): Markup {
  if (!hasScript)
    return html`<p class="missing screen-only">This copy of the report was made without the interactive explorer.</p>`
  const data = explorerData(desk.reading)
  if (data.measures.length === 0 || data.drivers.length === 0) {
    return html`<p class="missing">The run keeps too few finite amounts to explore.</p>`
  }
  const fields = [...data.measures, ...data.drivers]
  const all = desk.reading.paths
  return html`<div class="screen-only">${desk.placeDrawing(
    {
      id: 'explorer',
      question: 'Which paths make the tail?',
      title: 'Choose an amount, drag over its bars, and see those paths against another',
      units: `Each choice in its own unit, written beside it. One point a path, ${
        data.paths.length < all
          ? `the first ${counted(data.paths.length)} of ${counted(all)} paths`
          : `${counted(all)} paths`
      }`,
      notes: [
        'The share of the chosen paths comes with its 95 % Clopper-Pearson interval. Choosing a range after looking at the data makes that interval too narrow: explore with it, do not test with it.',
        html`A path is told in full by <code>aidlab replay RUN PATH</code>.`,
      ],
      table: {
        columns: [{ name: 'path', unit: '1' }, ...fields.map((f) => ({ name: f.name, unit: f.unit }))],
        rows: data.paths.map((path, i) => [path, ...fields.map((f) => f.values[i])]),
      },
    },
    html`<div id="explorer-view"></div><p id="explorer-words" class="units" aria-live="polite"></p>${jsonData('explorer-data', data)}`,
  )}</div>`
}

function explorerData(reading: Reading): ExplorerData {
  const count = Math.min(mostPaths, reading.paths)
  const measures = reading.amounts
    .filter((a) => a.headline.infinite === 0)
    .map((a) => fieldOf(a.metric.name, a.metric.meaning, a.metric.unit, a.metric.bad, a.values.subarray(0, count)))
  const drivers = driverColumns.flatMap((name) => {
    const column = reading.outcome(name)
    if (!column?.values.every(Number.isFinite)) return []
    return [fieldOf(name.split('.')[1], column.meaning, column.unit, null, column.values.subarray(0, count))]
  })
  const taken = new Set(measures.map((f) => f.name))
  return {
    paths: Array.from({ length: count }, (_, path) => path),
    measures,
    drivers: drivers.map((f) => (taken.has(f.name) ? { ...f, name: `${f.name} at the end` } : f)),
  }
}

function fieldOf(
  name: string,
  meaning: string,
  unit: string,
  bad: ExplorerField['bad'],
  values: Float64Array,
): ExplorerField {
  const scale = scaleOf(unit, largestMagnitude(values))
  return {
    name,
    label: `${meaning}, ${scale.unit}`,
    unit: scale.unit,
    bad,
    values: Array.from(values, (v) => Number((v * scale.factor).toPrecision(5))),
  }
}
