/** One HTML file that needs nothing else: sections in order, style inside, scripts named by their hashes. */
import { html, type Markup, toHtml, trusted } from './html.ts'
import type { Section } from './section.ts'
import { sha256Base64 } from './sha256.ts'
import { style } from './style.ts'

export interface Page {
  readonly title: string
  readonly description: string
  readonly head: Markup
  readonly sections: readonly Section[]
  readonly foot: Markup
  /** Scripts that the page runs, each allowed by its hash; data for them stands in the sections. */
  readonly scripts: readonly string[]
}

/** The text of the page. */
export function renderPage(page: Page): string {
  const scripts = page.scripts.map(closedScript)
  return toHtml(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${page.description}">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<div class="page">
<nav aria-label="Sections"><ol>
${page.sections.map((s) => html`<li><a href="#${s.id}">${s.title}</a></li>\n`)}</ol></nav>
<header>
${page.head}
</header>
<main>
${page.sections.map(
  (s) => html`<section id="${s.id}">
<h2>${s.title}</h2>
${s.body}
</section>
`,
)}</main>
<footer>
${page.foot}
</footer>
</div>
${scripts.map((script) => trusted(`<script>${script}</script>\n`))}</body>
</html>
`)
}

/** Nothing may be loaded from anywhere; only the scripts of this page run, and none may make code from text. */
function contentPolicy(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${sha256Base64(script)}'`)
  const allowed = hashes.length > 0 ? hashes.join(' ') : "'none'"
  return `default-src 'none'; style-src 'unsafe-inline'; script-src ${allowed}; base-uri 'none'; form-action 'none'`
}

/** A script text that cannot close its own tag. */
function closedScript(script: string): string {
  return script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--')
}

/** JSON for a script to read, inside the page; it is data, which no policy runs. */
export function jsonData(id: string, value: unknown): Markup {
  const text = JSON.stringify(value).replace(/</g, '\\u003c')
  return trusted(`<script type="application/json" id="${id}">${text}</script>`)
}
