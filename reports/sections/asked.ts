/** What was asked: the scenario, its shocks, and how the mechanism was set. */
import { counted } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Desk, type Section, tableMarkup } from '../section.ts'

export function askedSection(desk: Desk): Section {
  const { manifest } = desk.reading.record
  const { scenario } = manifest
  return {
    id: 'asked',
    title: 'What was asked',
    body: html`<p>Scenario <b>${scenario.name}</b>${scenario.extends.length > 0 ? `, which extends ${scenario.extends.join(', ')}` : ''}: ${counted(
      manifest.paths,
    )} simulated paths of ${counted(manifest.days)} days from ${manifest.start}, markets stepped ${counted(
      manifest.ticksPerDay,
    )} times a day. Every path is one possible history; all share the rules below and differ in luck alone.</p>
${shocksMarkup(desk)}
<h4>The mechanism and its mode</h4>
<p>${modeWords(manifest.mechanism['aid.mode'])}</p>
${mechanismTable(desk)}`,
  }
}

function shocksMarkup(desk: Desk): Markup {
  const { shocks } = desk.reading.record.manifest
  if (shocks.length === 0)
    return html`<p>The scenario adds no shock of its own: what happens comes from the luck of the paths.</p>`
  return html`<h4>What the scenario does to every path</h4>
<ul>${shocks.map((shock) => html`<li>${shock.words} <code>${shock.column}</code></li>\n`)}</ul>`
}

function modeWords(mode: string | undefined): string {
  if (mode === 'twoTier') {
    return 'Two-tier mode: AID outside the vault is backed by liquid assets alone; credit losses sit in the net asset value of sAID. AID is exposed to the liquidity of its reserve, to USDC, to the depth of its pool, and to those who leave sAID.'
  }
  if (mode === 'unified') {
    return 'Unified mode: all assets, deals included, back AID. A loss runs through insurance, surplus and the vault before it leaves AID without full backing.'
  }
  return 'The run names no mode of the mechanism.'
}

function mechanismTable(desk: Desk): Markup {
  const { mechanism, assumptions } = desk.reading.record.manifest
  const rows = Object.entries(mechanism).map(([name, value]) => {
    const row = assumptions.find((a) => a.name === name)
    const others = (row?.choices ?? []).filter((choice) => choice !== value)
    return [
      html`<b>${value}</b> <code>${name}</code>`,
      html`${row?.meaning ?? ''}${row ? html`<small>${row.source} [${row.evidence}]</small>` : null}`,
      others.length > 0 ? others.join(', ') : '–',
    ]
  })
  return tableMarkup([{ name: 'Switch' }, { name: 'Meaning and source' }, { name: 'Other settings' }], rows, 'stack')
}
