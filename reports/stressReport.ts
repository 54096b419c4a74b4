/** The stress report: one HTML file that answers what was asked, with every number's uncertainty and every figure's data. */
import type { RunRecord } from '../sim/kernel/record.ts'
import type { Metric } from '../sim/studies/metric.ts'
import { counted } from './format.ts'
import { html, type Markup } from './html.ts'
import { renderPage } from './page.ts'
import { type Reading, readRun } from './reading.ts'
import { type Desk, makeDesk, type Section } from './section.ts'
import { askedSection } from './sections/asked.ts'
import { assumptionsSection } from './sections/assumptions.ts'
import { believableSection } from './sections/believable.ts'
import { convergenceSection } from './sections/convergence.ts'
import { headlineSection } from './sections/headlineTable.ts'
import { limitationsSection } from './sections/limitations.ts'
import { liquiditySection } from './sections/liquidity.ts'
import { bearerSection, lossSection } from './sections/losses.ts'
import { manifestSection } from './sections/manifest.ts'
import { pegSection } from './sections/overTime.ts'
import { sizingSection } from './sections/sizingCurves.ts'
import { storiesSection } from './sections/stories.ts'
import { summaryMarkup } from './sections/summary.ts'

export { withoutVarying } from './sections/manifest.ts'

export interface ReportAssets {
  /** Text of the bundled loss explorer; without it the report says that it has none. */
  readonly explorerScript?: string
  /** A DOM to draw in; the report leaves nothing in it. */
  readonly document: Document
  /** Questions asked of every path, in the order in which they are shown. */
  readonly metrics: readonly Metric[]
}

/** Independence and purpose, in the words that every report carries. */
export const disclaimer =
  'Independent research. Not affiliated with GAIB, and no investment advice: nothing here is a recommendation to buy, sell or hold anything.'

/**
 * The report of a run as the text of one HTML file: no request, no code from text, the same bytes for the same record
 * except for the part that `withoutVarying` removes.
 * @throws Error when a metric is not a number on some path.
 */
export function renderStressReport(record: RunRecord, assets: ReportAssets): string {
  const reading = readRun(record, assets.metrics)
  const desk = makeDesk(reading, assets.document)
  const { scenario } = record.manifest
  return renderPage({
    title: `${scenario.name} · aidlab stress report`,
    description: scenario.question,
    head: headMarkup(reading),
    sections: sectionsOf(desk, assets.explorerScript !== undefined),
    foot: html`<p>${disclaimer}</p><p>Made by aidlab, an open simulation of the AID and sAID economy. AID and sAID are names of products of GAIB.</p>`,
    scripts: assets.explorerScript === undefined ? [] : [assets.explorerScript],
  })
}

function sectionsOf(desk: Desk, hasExplorer: boolean): Section[] {
  return [
    askedSection(desk),
    headlineSection(desk),
    believableSection(desk),
    pegSection(desk),
    lossSection(desk, hasExplorer),
    bearerSection(desk),
    liquiditySection(desk),
    storiesSection(desk),
    sizingSection(desk),
    convergenceSection(desk),
    limitationsSection(desk),
    assumptionsSection(desk),
    manifestSection(desk),
  ]
}

function headMarkup(reading: Reading): Markup {
  const { manifest } = reading.record
  const mode = manifest.mechanism['aid.mode']
  return html`<p class="kicker"><b>aidlab</b> · stress report · ${manifest.scenario.name}</p>
<h1>${manifest.scenario.question}</h1>
<p class="facts">${counted(manifest.paths)} simulated paths of ${counted(manifest.days)} days from ${manifest.start}${
    mode === undefined ? '' : ` · mode ${mode}`
  } · seed ${manifest.seed}</p>
<p class="disclaimer">${disclaimer}</p>
${manifest.complete ? null : html`<p class="warning">This run was interrupted. What follows describes the paths that were finished, which is not a fair sample of all.</p>`}
${summaryMarkup(reading)}`
}
