/** The proposals that a study ends in: each parameter from, to, why, and what it costs. */
import type { Bounded, Proposal, ProposedChange } from '../../sim/studies/proposal.ts'
import { dialTitle } from '../dialWords.ts'
import { amount, counted, percent, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Section, tableMarkup } from '../section.ts'
import { costWords, fewMark, fewNote, levelWords } from './sizeWords.ts'

/** One section for all proposals of a study. @param none what is said where there are none */
export function proposalSection(proposals: readonly Proposal[], none: string): Section {
  return {
    id: 'proposal',
    title: 'What is proposed',
    body: proposals.length === 0 ? html`<p class="missing">${none}</p>` : html`${proposals.map(proposalMarkup)}`,
  }
}

function proposalMarkup({ title, changes, effects, cost, caveats }: Proposal): Markup {
  const effectRows = effects.map(({ name, meaning, unit, before, after, difference, paths, failures }) => [
    html`${meaning}<small><code>${name}</code></small>`,
    boundedText(before, unit, fewMark(failures.before)),
    boundedText(after, unit, fewMark(failures.after)),
    difference === null ? '—' : pointsText(difference, unit),
    counted(paths),
  ])
  return html`<h3>${title}</h3>
${
  changes.length > 0 &&
  html`${tableMarkup(
    [{ name: 'Decision' }, { name: 'from', isNumber: true }, { name: 'to', isNumber: true }, { name: 'why' }],
    changes.map(changeRow),
    'stack',
  )}
<p>Settings: ${changes.map(settingsMarkup)}</p>`
}
${tableMarkup(
  [
    { name: 'What it does' },
    { name: 'before', isNumber: true },
    { name: 'after', isNumber: true },
    { name: 'difference, path by path', isNumber: true },
    { name: 'paths', isNumber: true },
  ],
  effectRows,
  'stack',
)}
<p class="facts">The intervals of what is after and of the difference hold whichever level is chosen: they share their error among all levels and looks, and take nothing of the order of levels, so that they may reach beyond a limit that the proposal holds. ${fewNote}</p>
<p>${changes.length === 0 ? 'Nothing changes.' : cost === null ? 'Its cost was not measured.' : html`${costWords(cost)}. ${setAsideText(cost.setAside)}`}</p>
<ul>${caveats.map((caveat) => html`<li>${caveat}</li>`)}</ul>`
}

function setAsideText(usd: number): string {
  if (Math.abs(usd) < 1) return ''
  return `Others keep ${withUnit(Math.abs(usd), scaleOf('USD', Math.abs(usd)))} ${usd > 0 ? 'more' : 'less'} ready for it than today.`
}

function changeRow({ name, meaning, unit, from, to, why }: ProposedChange): (Markup | string)[] {
  return [
    html`${dialTitle({ name, meaning })}<small>${meaning} (<code>${name}</code>)</small>`,
    settingText(from, unit),
    settingText(to, unit),
    why,
  ]
}

function settingsMarkup({ settings }: ProposedChange): Markup {
  return html`${settings.map(
    ({ name, from, to }, i) =>
      html`${i > 0 ? ', ' : ''}<code>--set ${name}=${settingNumber(to)}</code> (today ${settingNumber(from)})`,
  )}`
}

/** A setting as a command line takes it, with no more than six digits; the answer as data has all. */
export function settingNumber(value: number | string | null): string {
  if (value === null) return 'not one value'
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value
}

function settingText(value: number | string | null, unit: string): string {
  if (typeof value !== 'number') return value ?? 'rows differ'
  return levelWords(value, { unit, from: value, to: value })
}

/** A difference: of shares in points of a hundred. */
function pointsText({ value, lower, upper }: Bounded, unit: string): string {
  const scale: Scale = unit === '1' ? { factor: 100, unit: 'points' } : scaleOf(unit, Math.abs(value))
  if (lower === null || upper === null) return `${withUnit(value, scale)} (unbounded)`
  return `${withUnit(value, scale)} (${rangeText(lower, upper, scale)})`
}

function boundedText({ value, lower, upper }: Bounded, unit: string, mark: string): string {
  const scale = scaleOf(unit, Math.abs(value))
  const shown = `${unit === '1' ? percent(value) : amount(value, scale)}${mark}`
  return lower === null || upper === null ? `${shown} (unbounded)` : `${shown} (${rangeText(lower, upper, scale)})`
}
