/** A section of the report, and what it is given to write itself. */
import { type Figure, figureShell, renderFigure } from './figure.ts'
import { html, type Markup } from './html.ts'
import type { Reading } from './reading.ts'

export interface Section {
  /** Unique in a page: the target of its link. */
  readonly id: string
  readonly title: string
  readonly body: Markup
}

/** Hands out figure numbers in the order in which figures stand on the page. */
export interface Drawing {
  readonly document: Document
  /** HTML of a figure; a figure that the run cannot fill leaves the sentence that says so. */
  place(figure: Figure | null, missing: string): Markup
  /** The shell of a figure that draws itself in the browser. */
  placeDrawing(figure: Omit<Figure, 'panels'>, drawing: Markup): Markup
}

/** A drawing board with the run that the report is about. */
export interface Desk extends Drawing {
  readonly reading: Reading
}

export function makeDesk(reading: Reading, document: Document): Desk {
  return { reading, ...makeDrawing(document) }
}

export function makeDrawing(document: Document): Drawing {
  let placed = 0
  return {
    document,
    place: (figure, missing) =>
      figure === null ? html`<p class="missing">${missing}</p>` : renderFigure(figure, ++placed, document),
    placeDrawing: (figure, drawing) => figureShell(figure, ++placed, drawing),
  }
}

/** A table of HTML rows that scrolls by itself on a narrow screen. */
export function tableMarkup(
  columns: readonly { readonly name: string; readonly isNumber?: boolean }[],
  rows: readonly (readonly (Markup | string | null)[])[],
  kind = '',
): Markup {
  const heads = columns.map((c) => html`<th scope="col"${c.isNumber ? html` class="number"` : null}>${c.name}</th>`)
  const body = rows.map(
    (row) =>
      html`<tr>${row.map((cell, i) => html`<td data-label="${columns[i].name}"${columns[i].isNumber ? html` class="number"` : null}>${cell}</td>`)}</tr>
`,
  )
  return html`<div class="table"><table class="${kind}"><thead><tr>${heads}</tr></thead><tbody>
${body}</tbody></table></div>`
}
