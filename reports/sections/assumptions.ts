/** Every number and switch of the run, with unit, meaning, source and evidence. */
import type { AssumptionRow } from '../../sim/kernel/record.ts'
import { downloadLink } from '../figure.ts'
import { counted } from '../format.ts'
import { type Content, html, type Markup } from '../html.ts'
import { type Desk, type Section, tableMarkup } from '../section.ts'

const evidenceWords: Readonly<Record<string, string>> = {
  P: 'published',
  C: 'computed',
  C2: 'computed by two methods',
  D: 'protocol’s documents',
  S: 'secondary source',
  F: 'measured from public data',
  J: 'judgement',
}

export function assumptionsSection(desk: Desk): Section {
  const { assumptions } = desk.reading.record.manifest
  const changed = assumptions.filter((row) => row.value !== row.standard)
  const judged = assumptions.filter((row) => row.evidence === 'J').length
  const rooms = [...new Set(assumptions.map((row) => row.name.split('.')[0]))]
  return {
    id: 'assumptions',
    title: 'Assumptions and their sources',
    body: html`<p>${counted(assumptions.length)} parameters, ${counted(judged)} of them judgement: those are the first to question. A number of the assumptions is exact as an input of the run; how uncertain it is as a fact of the world, its evidence and bounds tell.</p>
${
  changed.length > 0
    ? html`<h4>Set by this scenario (${counted(changed.length)})</h4>${assumptionTable(changed)}`
    : html`<p>The scenario leaves every parameter at its standard value.</p>`
}
${rooms.map((room) => {
  const rows = assumptions.filter((row) => row.name.startsWith(`${room}.`))
  return html`<details><summary>${room} · ${counted(rows.length)} parameters</summary>${assumptionTable(rows)}</details>
`
})}
<p class="data">${downloadLink('assumptions', {
      columns: ['name', 'value', 'standard', 'unit', 'from', 'to', 'meaning', 'source', 'evidence', 'because'].map(
        (name) => ({ name, unit: 'text' }),
      ),
      rows: assumptions.map((a) => [
        a.name,
        a.value,
        a.standard,
        a.unit,
        a.from ?? null,
        a.to ?? null,
        a.meaning,
        a.source,
        a.evidence,
        a.because ?? null,
      ]),
    })}</p>`,
  }
}

function assumptionTable(rows: readonly AssumptionRow[]): Markup {
  return tableMarkup(
    [{ name: 'Parameter' }, { name: 'Value' }, { name: 'Meaning' }, { name: 'Source' }],
    rows.map((row) => [
      html`<code>${breakable(row.name)}</code>`,
      html`<b>${valueText(row.value)}</b> ${unitText(row.unit)}${boundsText(row)}${
        row.value === row.standard ? null : html`<small>standard: ${valueText(row.standard)}</small>`
      }`,
      html`${row.meaning}${row.because ? html`<small>Here because: ${row.because}</small>` : null}`,
      html`${row.source}<small>${evidenceWords[row.evidence] ?? row.evidence} [${row.evidence}]</small>`,
    ]),
    'stack',
  )
}

/** A name that may break before its capitals, and after its room. */
function breakable(name: string): Content {
  return name.split(/(?=[A-Z])|(?<=\.)/).map((part, i) => (i === 0 ? part : html`<wbr>${part}`))
}

function unitText(unit: string): string {
  return unit === '1' ? '' : unit
}

function boundsText(row: AssumptionRow): Markup | null {
  if (row.choices) return html`<small>of ${row.choices.join(', ')}</small>`
  if (row.from === undefined || row.to === undefined) return null
  return html`<small>${valueText(row.from)} to ${valueText(row.to)}</small>`
}

/** An input as it was given, to six digits. */
function valueText(value: number | string): string {
  if (typeof value === 'string') return value
  const text = String(Number(Math.abs(value).toPrecision(6)))
  const grouped = text.includes('e') ? text : text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
  return value < 0 ? `−${grouped}` : grouped
}
