/** The report of a gate: the verdict, then each statement with its reason, then how the bounds closed in on the limits. */
import type { GateAnswer, StatementAnswer } from '../../sim/studies/gate/answer.ts'
import { gateFigure } from '../figures/gateLooks.ts'
import { counted, levelText } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import {
  boundsText,
  confidenceSentence,
  limitText,
  reasonOf,
  subjectOf,
  valueText,
  verdictSentence,
  verdictWords,
} from './gateWords.ts'

export const gateParts: StudyParts<GateAnswer> = { summary: gateSummary, sections: gateSections }

/** The verdict, and every statement that does not hold with its reason. */
export function gateSummary(answer: GateAnswer): Markup {
  const failing = answer.statements.filter(({ verdict }) => verdict !== 'pass')
  const cards = failing.map(
    (
      one,
    ) => html`<div class="answer"><h3>${one.name}: ${verdictWords[one.verdict]}</h3><dl><dt>${subjectOf(one)}, ${limitText(one)}</dt><dd>${numberOf(one)}</dd></dl><p class="facts">${reasonOf(one, answer)}</p></div>
`,
  )
  return html`<p><b>${verdictSentence(answer)}</b> ${confidenceSentence(answer)}</p>
${cards.length === 0 ? null : html`<div class="answers">${cards}</div>`}`
}

export function gateSections(answer: GateAnswer, drawing: Drawing): readonly Section[] {
  return [statementsSection(answer), looksSection(answer, drawing), methodSection(answer)]
}

function statementsSection(answer: GateAnswer): Section {
  const columns = [{ name: 'verdict' }, { name: 'statement' }, { name: 'estimate', isNumber: true }]
  const rows = answer.statements.map((one) => [
    verdictMarkup(one),
    html`<b>${one.name}</b>: ${subjectOf(one)}, <b>${limitText(one)}</b><small>${one.meaning}</small><small>${reasonOf(one, answer)}</small>${one.because === null ? null : html`<small>Why the limit: ${one.because}</small>`}`,
    numberOf(one),
  ])
  return { id: 'statements', title: 'The statements', body: tableMarkup(columns, rows, 'stack') }
}

function numberOf(one: StatementAnswer): Markup {
  return html`<span class="stated"><b>${valueText(one)}</b> <span class="interval">${boundsText(one)}</span> <span class="basis">${counted(one.paths)} paths</span></span>`
}

function verdictMarkup({ verdict, fails }: StatementAnswer): Markup {
  const words = verdictWords[verdict]
  if (fails) return html`<b class="bad">${words}</b>`
  return verdict === 'undecided' ? html`<b>${words}</b>, let pass` : html`${words}`
}

function looksSection(answer: GateAnswer, drawing: Drawing): Section {
  return {
    id: 'looks',
    title: 'How the verdicts were reached',
    body: html`${drawing.place(gateFigure(answer), 'No statement has bounds that could be drawn.')}`,
  }
}

function methodSection({ policy, statements }: GateAnswer): Section {
  const methods = [...new Set(statements.map(({ method, exact }) => `${method} (${exact ? 'exact' : 'asymptotic'})`))]
  const looks = policy.looks.map(counted).join(', ')
  return {
    id: 'method',
    title: 'What a verdict means',
    body: html`<p>A statement passes where its whole interval lies on the right side of the limit, is broken where all of it lies on the wrong side, and is undecided where it lies on both. Undecided statements are given more paths, at ${looks} paths as planned before the first; what the last look leaves undecided ${policy.undecided === 'fail' ? 'fails' : 'passes, because the policy says so'}.</p>
<p>Each end of an interval holds with the confidence of the verdict (${levelText(policy.confidence)}${policy.together ? ' for all statements together' : ''}) at all planned looks at once: every look is given an equal share of the error (Bonferroni). Only one end can make a verdict wrong, so the verdict has the same confidence. The two ends together hold with less.</p>
<p>Changes are measured path by path against the baseline on the same luck. Bounds: ${methods.join('; ')}. Asymptotic bounds have no guarantee below some 50 tail paths, and say so.</p>`,
  }
}
