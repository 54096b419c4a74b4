/** What is needed to run it again, and what may differ between two identical runs. */
import type { RunManifest } from '../../sim/kernel/record.ts'
import { counted, fixed } from '../format.ts'
import { type Content, html, type Markup, trusted } from '../html.ts'
import type { Desk, Section } from '../section.ts'

/** Around what depends on the machine and moment of a run; comparisons of reports leave out what stands between. */
const varyingFrom = '<!-- varies from here -->'
const varyingTo = '<!-- to here -->'

/** The report without time, machine, versions and commit: the same for the same scenario, seed and model. */
export function withoutVarying(report: string): string {
  const from = report.indexOf(varyingFrom)
  const to = report.indexOf(varyingTo)
  if (from === -1 || to < from) throw new Error('no varying part in this report; a report of this version has one')
  return report.slice(0, from) + report.slice(to + varyingTo.length)
}

export function manifestSection(desk: Desk): Section {
  const { manifest } = desk.reading.record
  const { scenario, timing } = manifest
  return {
    id: 'manifest',
    title: 'Manifest',
    body: html`<p>The same scenario, seed and version give the same numbers on any machine.</p>
${list([
  ['Scenario', `${scenario.name}, from ${scenario.file}`],
  ['Hash of the plan', html`<code>${manifest.planHash}</code> (SHA-256)`],
  ['Seed', html`<code>${manifest.seed}</code>`],
  [
    'Size',
    `${counted(manifest.paths)} paths, ${counted(manifest.days)} days, ${counted(manifest.ticksPerDay)} steps of the markets a day`,
  ],
  ['First day', manifest.start],
  ['Complete', manifest.complete ? 'yes' : 'no'],
  [
    'Run it again',
    html`<code>${commandOf(manifest)}</code><p>It repeats every parameter that was set without a reason, whether by the file or on the command line; those with a reason, tables and shocks come with the file. All settings stand in manifest.json under normalForm.</p>`,
  ],
])}
<details class="screen-only"><summary>The scenario in normal form</summary><pre>${JSON.stringify(manifest.normalForm, null, 1) ?? 'none'}</pre></details>
<h4>What may differ between two identical runs</h4>
${trusted(varyingFrom)}
${list([
  [
    'Versions',
    Object.entries(manifest.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  ],
  ['Commit', html`<code>${manifest.commit ?? 'not from a repository'}</code>`],
  ['Finished', timing.finishedAt],
  [
    'Time',
    `${fixed(timing.seconds, 1)} s on ${counted(timing.threads)} ${timing.threads === 1 ? 'thread' : 'threads'}, ${fixed(timing.pathsPerSecond, 1)} paths a second, batches of ${counted(timing.batch)}`,
  ],
])}
${trusted(varyingTo)}`,
  }
}

/** The command of a run: `--set` given on the command line carries no reason, which tells it from most of a file. */
function commandOf(manifest: RunManifest): string {
  const { parameters = {}, because = {} } = (manifest.normalForm ?? {}) as Settings
  const set = Object.entries(parameters).flatMap(([room, values]) =>
    Object.entries(values)
      .map(([name, value]) => [`${room}.${name}`, value] as const)
      .filter(([name]) => because[name] === undefined)
      .flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  )
  const size = ['--days', String(manifest.days), '--paths', String(manifest.paths), '--seed', manifest.seed]
  return ['aidlab', 'run', manifest.scenario.file, ...size, ...set].map(shellWord).join(' ')
}

interface Settings {
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number | string>>>>
  readonly because?: Readonly<Record<string, string>>
}

function shellWord(word: string): string {
  return /^[\w./=:,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function list(rows: readonly (readonly [string, Content])[]): Markup {
  return html`<dl class="manifest">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`
}
