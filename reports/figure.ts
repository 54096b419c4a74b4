/** A figure as data: the question it answers, what it shows, its units, its drawing as options, and the table behind it. */
import type { PlotOptions } from '@observablehq/plot'
import { csvAddress, csvText, type Table } from './csv.ts'
import { counted } from './format.ts'
import { type Content, html, type Markup, trusted } from './html.ts'
import { drawPlot } from './plot.ts'

/** The room that a drawing has; narrow drawings are made anew for phones, not shrunk. */
export interface Frame {
  readonly width: number
  readonly narrow: boolean
}

export interface Panel {
  /** Short name above a panel of several; empty for a single panel. */
  readonly label: string
  /** Unit of the panel, printed beside its label. */
  readonly unit: string
  readonly plot: (frame: Frame) => PlotOptions
}

export interface Figure {
  /** Unique in a page; also the name of its CSV file. */
  readonly id: string
  /** In plain words, with a question mark. */
  readonly question: string
  /** What is to be seen, in a sentence. */
  readonly title: string
  /** What is measured, in which units, over how many paths. */
  readonly units: string
  /** How to read it, and what it does not say. */
  readonly notes: readonly Content[]
  /** One panel fills the width; several stand side by side. */
  readonly panels: readonly Panel[]
  readonly table: Table
}

/** Widths in pixels at which panels are drawn. */
export const frames = {
  wide: { width: 760, narrow: false },
  narrow: { width: 358, narrow: true },
  panel: { width: 340, narrow: true },
} as const satisfies Record<string, Frame>

/** HTML of a figure. @param number its number in the page */
export function renderFigure(figure: Figure, number: number, document: Document): Markup {
  return figureShell(figure, number, drawPanels(figure, document))
}

/** The heading, notes and data of a figure around any drawing. */
export function figureShell(figure: Omit<Figure, 'panels'>, number: number, drawing: Markup): Markup {
  return html`<figure class="figure" id="figure-${figure.id}">
<p class="question"><span class="number">Figure ${number}</span> ${figure.question}</p>
<h3>${figure.title}</h3>
<p class="units">${figure.units}</p>
${drawing}
<figcaption>${figure.notes.map((note) => html`<p>${note}</p>`)}<p class="data">${downloadLink(figure.id, figure.table)}</p></figcaption>
</figure>
`
}

function drawPanels(figure: Figure, document: Document): Markup {
  const [only] = figure.panels
  const draw = (panel: Panel, frame: Frame): Markup => {
    const label = panel.label === '' ? figure.title : `${panel.label}, ${panel.unit}`
    return trusted(drawPlot(panel.plot(frame), frame.width, label, document))
  }
  if (figure.panels.length === 1) {
    return html`<div class="drawing wide">${draw(only, frames.wide)}</div>
<div class="drawing narrow">${draw(only, frames.narrow)}</div>`
  }
  return html`<div class="drawing panels">${figure.panels.map(
    (panel) => html`<div class="panel"><p class="panel-label"><b>${panel.label}</b> <span>${panel.unit}</span></p>
${draw(panel, frames.panel)}</div>
`,
  )}</div>`
}

/** A link that downloads a table as CSV without any script. */
export function downloadLink(name: string, table: Table): Markup {
  const size = csvText(table).length
  const weight = size < 1024 ? `${counted(size)} bytes` : `${counted(Math.ceil(size / 1024))} kB`
  const rows = table.rows.length
  return html`<a class="download" download="${name}.csv" href="${trusted(csvAddress(table))}">Data (CSV, ${counted(rows)} ${
    rows === 1 ? 'row' : 'rows'
  }, ${weight})</a>`
}
