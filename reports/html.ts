/** HTML as a value: text is escaped unless it is already markup, so no name or number can break the page. */

/** Text that is already HTML. */
export interface Markup {
  readonly markup: string
}

export type Content = Markup | string | number | null | false | readonly Content[]

/** Escapes text for use between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

/** Declares that a text is HTML and needs no escaping. */
export function trusted(markup: string): Markup {
  return { markup }
}

/** The HTML of content: strings escaped, markup as it is, lists joined, null and false left out. */
export function toHtml(content: Content): string {
  if (content === null || content === false) return ''
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return escapeHtml(String(content))
  if (isList(content)) return content.map(toHtml).join('')
  return content.markup
}

function isList(content: Content): content is readonly Content[] {
  return Array.isArray(content)
}

/** Template of HTML: html`<p>${text}</p>` escapes what is put in. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  let text = parts[0]
  contents.forEach((content, i) => {
    text += toHtml(content) + parts[i + 1]
  })
  return { markup: text }
}
