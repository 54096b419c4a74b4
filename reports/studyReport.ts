/** The report of a study: its answer first, then how it was found, then what was asked of what. */
import type { StudyManifest } from '../sim/studies/study.ts'
import { counted } from './format.ts'
import { html, type Markup } from './html.ts'
import { renderPage } from './page.ts'
import { type Drawing, makeDrawing, type Section, tableMarkup } from './section.ts'
import { disclaimer } from './stressReport.ts'
import { partsOf } from './studies/registry.ts'

/** What a kind of study contributes to its report. @typeParam A its answer, as read from study.json */
export interface StudyParts<A> {
  /** The answer in plain words, with intervals. */
  readonly summary: (answer: A, manifest: StudyManifest) => Markup
  /** @param manifest for what may differ between two identical studies, such as the time of a path */
  readonly sections: (answer: A, drawing: Drawing, manifest: StudyManifest) => readonly Section[]
}

/**
 * The report as the text of one HTML file: no request, no script, the same bytes for the same answer but for the timing.
 * @param answer of the study, as read from study.json
 */
export async function renderStudyReport(manifest: StudyManifest, answer: unknown, document: Document): Promise<string> {
  const parts = await partsOf(manifest.kind)
  const drawing = makeDrawing(document)
  return renderPage({
    title: `${manifest.title} · aidlab ${manifest.kind}`,
    description: manifest.title,
    head: headMarkup(manifest, parts.summary(answer, manifest)),
    sections: [...parts.sections(answer, drawing, manifest), askedSection(manifest), manifestSection(manifest)],
    foot: html`<p>${disclaimer}</p><p>Made by aidlab, an open simulation of the AID and sAID economy. AID and sAID are names of products of GAIB.</p>`,
    scripts: [],
  })
}

function headMarkup(manifest: StudyManifest, summary: Markup): Markup {
  const { kind, title, timing, scenarios } = manifest
  const [first] = scenarios
  return html`<p class="kicker"><b>aidlab</b> · ${kind} · ${[...new Set(scenarios.map(({ name }) => name))].join(' and ')}</p>
<h1>${title}</h1>
<p class="facts">${counted(timing.paths)} simulated paths in ${counted(timing.cells)} cells, ${counted(first.days)} days from ${first.start} · seed ${first.seed}</p>
<p class="disclaimer">${disclaimer}</p>
${summary}`
}

function askedSection({ question, scenarios }: StudyManifest): Section {
  const rows = scenarios.map((s) => [
    s.name,
    s.question,
    `${counted(s.days)} days of ${counted(s.ticksPerDay)} ticks`,
    s.seed,
    html`<code>${s.planHash.slice(0, 8)}</code>`,
  ])
  const columns = ['scenario', 'its question', 'length', 'seed', 'plan'].map((name) => ({ name }))
  return {
    id: 'asked',
    title: 'What was asked',
    body: html`${tableMarkup(columns, rows, 'stack')}
<details><summary>The question as data</summary><pre>${JSON.stringify(question, null, 2)}</pre></details>
${scenarios.map((s) => html`<details><summary>Scenario ${s.name} in normal form</summary><pre>${JSON.stringify(s.normalForm, null, 2)}</pre></details>`)}`,
  }
}

function manifestSection({ studyHash, versions, commit, timing }: StudyManifest): Section {
  const rows = [
    ['study', html`<code>${studyHash}</code>`],
    [
      'versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['commit', commit ?? 'none: not made in a working copy'],
    [
      'time',
      `${timing.seconds.toFixed(1)} seconds on ${counted(timing.threads)} ${timing.threads === 1 ? 'thread' : 'threads'}, finished ${timing.finishedAt}`,
    ],
  ]
  return {
    id: 'manifest',
    title: 'How to make it again',
    body: html`<pre><code>${timing.command}</code></pre>
<p>The same question, scenarios, seed and version give the same bytes of every number above, for any number of threads and after any interruption.</p>
${tableMarkup([{ name: 'what' }, { name: 'value' }], rows, 'stack')}`,
  }
}
