/** The report of a reverse stress test: the likeliest futures in which it fails, and the smallest single stresses that break it. */
import type { ModeAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import { lowered } from '../dialWords.ts'
import { reverseAmountsFigure } from '../figures/reverseAmounts.ts'
import { reverseLeversFigure } from '../figures/reverseLevers.ts'
import { reverseLuckFigure } from '../figures/reverseLuck.ts'
import { counted, fixed, levelText } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import {
  agreementWords,
  checkedShare,
  checkWords,
  countWords,
  criticalIntervalWords,
  criticalWords,
  distanceWords,
  evidenceWords,
  failingWords,
  indicationWords,
  leadWords,
  pairWords,
  pointWords,
  probabilityWords,
  rareKindsWords,
  rareWords,
  reproductionWords,
  sameWords,
  seenWords,
  shareWords,
  steeredWords,
  stressWords,
  synergyWords,
} from './reverseWords.ts'

export const reverseParts: StudyParts<ReverseAnswer> = { summary: reverseSummary, sections: reverseSections }

/** The ways of failing as cards, the most frequent first. */
export function reverseSummary(answer: ReverseAnswer): Markup {
  const cards = answer.modes.map(
    (mode) => html`<div class="answer"><h3>${mode.label}: ${mode.title}</h3>
<p>${mode.narration}</p>
<dl><dt>Probability over ${counted(answer.days)} days</dt><dd>${probabilityWords(mode.probability, answer)}: ${evidenceWords(mode.probability)} paths</dd>
${mode.point && html`<dt>Design point</dt><dd>rank ${mode.point.rank}, ${distanceWords(mode.point)} standard deviations away</dd>`}
${mode.distinct ? null : html`<dt>Not distinct</dt><dd>${sameWords(mode)}</dd>`}</dl></div>
`,
  )
  return html`<p>${leadWords(answer)}</p>
<div class="answers">${cards}</div>${indicationMarkup(answer)}`
}

export function reverseSections(answer: ReverseAnswer, drawing: Drawing): readonly Section[] {
  return [
    modesSection(answer, drawing),
    luckSection(answer, drawing),
    ...answer.modes.map((mode) => modeSection(mode, answer)),
    leversSection(answer, drawing),
    methodSection(answer),
  ]
}

function indicationMarkup(answer: ReverseAnswer): Markup | null {
  const words = indicationWords(answer)
  return words === null ? null : html`<p>${words}</p>`
}

function modesSection(answer: ReverseAnswer, drawing: Drawing): Section {
  const { modes, rare, plain, check } = answer
  const columns = [
    { name: 'mode' },
    { name: 'first' },
    { name: 'paths', isNumber: true },
    { name: 'probability', isNumber: true },
    { name: 'distance', isNumber: true },
    { name: 'rank', isNumber: true },
    { name: 'drawn around its paths', isNumber: true },
  ]
  const rows = modes.map((mode) => [
    html`<b>${mode.label}</b>`,
    mode.title,
    evidenceWords(mode.probability),
    probabilityWords(mode.probability, answer),
    mode.point === null ? 'none' : distanceWords(mode.point),
    mode.point === null ? '' : String(mode.point.rank),
    mode.check === null ? 'not checked' : checkedShare(mode.check, answer.enoughPaths),
  ])
  return {
    id: 'modes',
    title: 'The ways in which it fails',
    body: html`<p>A failure is: ${lowered(answer.failure.meaning)} (<code>${answer.failure.text}</code>). It happened on ${countWords(plain)} paths, ${probabilityWords(plain, answer)}. ${steeredWords(answer)}${check === null ? null : html` Paths drawn where failing ones lie and weighted back say ${checkedShare(check, answer.enoughPaths)}.`}</p>
${modes.length === 0 ? html`<p>Too few paths fail to tell any way in which they do. ${rareWords(answer)}</p>` : tableMarkup(columns, rows, 'stack')}
${modes.length === 0 || answer.tooRare === null ? null : html`<p>${rareWords(answer)}</p>`}${indicationMarkup(answer)}
${rare.length === 0 ? null : html`<p>${rareKindsWords(answer)}</p>`}
${drawing.place(reverseAmountsFigure(answer), 'No mode has an amount out of the ordinary.')}`,
  }
}

function luckSection(answer: ReverseAnswer, drawing: Drawing): Section {
  return {
    id: 'luck',
    title: 'The luck behind them',
    body: html`${drawing.place(reverseLuckFigure(answer), 'No mode has luck that is clearly out of the ordinary.')}
<details><summary>What each number of the luck means</summary>${tableMarkup(
      [{ name: 'number' }, { name: 'meaning' }],
      answer.coordinates.map(({ name, meaning }) => [name, meaning]),
    )}</details>`,
  }
}

function modeSection(mode: ModeAnswer, answer: ReverseAnswer): Section {
  const { label, title, narration, timeline, reproduction, angles } = mode
  const near = angles.map(({ to, degrees }) => `${fixed(degrees, 0)}° from ${to}`).join(', ')
  return {
    id: `mode-${label}`,
    title: `Mode ${label}: ${title}`,
    body: html`<p>${narration} It fails between day ${fixed(mode.failedOn.earlier, 0)} and ${fixed(mode.failedOn.later, 0)} on half of its paths.</p>
<p>${pointWords(mode)}${near === '' ? null : ` Its direction lies ${near}.`} ${checkWords(mode, answer)}</p>
${
  timeline.length === 0
    ? null
    : html`<h3>Typical course</h3>${tableMarkup(
        [{ name: 'day', isNumber: true }, { name: 'half of them', isNumber: true }, { name: 'what' }, { name: 'on' }],
        timeline.map((one) => [
          fixed(one.day, 0),
          `${fixed(one.earlier, 0)} to ${fixed(one.later, 0)}`,
          one.words,
          `${countWords(one.share)} paths`,
        ]),
      )}`
}
${amountsTable(mode)}
${
  reproduction === null
    ? null
    : html`<h3>A scenario that goes there</h3><p>${reproductionWords(reproduction)}${reproduction.depth === 1 ? null : ` What is followed had to go deeper than on the middle path: its ratio to the power of ${fixed(reproduction.depth, 2)}.`}</p><pre>${reproduction.yaml}</pre>`
}`,
  }
}

function amountsTable({ amounts }: ModeAnswer): Markup {
  const show = (value: number): string => fixed(value, Math.abs(value) >= 20 ? 0 : 3)
  return html`<details><summary>How far things went</summary>${tableMarkup(
    [
      { name: 'amount' },
      { name: 'unit' },
      { name: 'middle path', isNumber: true },
      { name: 'half of them', isNumber: true },
      { name: 'plain paths', isNumber: true },
      { name: 'plain paths that saw as much' },
    ],
    amounts.map((a) => [
      a.meaning,
      a.unit,
      show(a.median),
      `${show(a.lowerQuartile)} to ${show(a.upperQuartile)}`,
      show(a.plainMedian),
      `${countWords(a.seen)}, ${shareWords(a.seen)}`,
    ]),
  )}</details>`
}

function leversSection(answer: ReverseAnswer, drawing: Drawing): Section {
  const { levers, pairs } = answer
  const synergy = synergyWords(pairs)
  const rows = levers.map((lever) => [
    html`${lever.meaning}<small><code>${lever.name}</code></small>`,
    criticalWords(lever),
    lever.size === null ? `up to ${lever.words}` : lever.words,
    failingWords(lever),
    seenWords(lever),
    lever.monotone ? '' : 'larger sizes had surely fewer failures',
  ])
  const columns = ['stress', 'critical size', 'in words', 'failures', 'by itself', ''].map((name) => ({ name }))
  return {
    id: 'levers',
    title: 'The smallest single stress that breaks it',
    body: html`<p>${stressWords} The critical size is that at which half of them fail: found on some paths, measured on others, and the failures at that size counted on yet others. ${criticalIntervalWords(answer)}</p>
${drawing.place(reverseLeversFigure(answer), 'No stress was tried.')}
${levers.length === 0 ? null : tableMarkup(columns, rows, 'stack')}
${pairs.length === 0 ? null : html`<h3>Two together</h3><ul>${pairs.map((pair) => html`<li>${pairWords(pair)}</li>`)}</ul>${synergy === '' ? null : html`<p>${synergy}</p>`}`}`,
  }
}

function methodSection(answer: ReverseAnswer): Section {
  const { confidence, apart, controls, steered } = answer
  return {
    id: 'method',
    title: 'How this was found, and what it does not say',
    body: html`<p>Failing paths are grouped by the first material thing that went wrong and, within a cause, by the direction of their luck where it clearly falls apart. Probabilities are counts of plain paths with Clopper-Pearson intervals at ${levelText(confidence)}; amounts are held against ${counted(controls)} plain paths. ${agreementWords(answer)}</p>
${steered === null ? null : html`<p>Here plain failures were too few. ${counted(steered.pilotPaths)} paths of a pilot moved luck towards failure by cross-entropy, and the ways in which plain paths came nearest to a failure were followed by themselves; a mixture of all of these with ordinary luck was drawn and weighted back (the balance heuristic). Probabilities and shares of modes are weighted means over whole rounds of the mixture, corrected for skewness, with no more degrees of freedom than failing paths are worth; quartiles count paths by weight. A way of failing that no plain path comes near to would be missed.</p>`}
<p>The design point is the smallest move of the luck’s centre, in the numbers listed, at which half of all paths fail; everything else stays chance. It is searched on some paths, measured on others, and the share that fails there is counted on yet others. Where the limit of failure is flat it is the point of Hasofer and Lind, and Φ(−distance) its probability; here the limit is blurred by the rest of the luck and bends, so the counts are the probability and the distance is a rank. Modes whose points lie less than ${fixed(apart, 0)}° apart are one future with two names and are marked.</p>
<p>Directions come from few failing paths: numbers that matter little are left out, and the search turns a direction only where more paths then fail, so that a nearer point may have been missed. The depth of a scenario that goes where a mode went is chosen on other luck than that on which its failures are counted, which is that of the seed in its file.</p>`,
  }
}
