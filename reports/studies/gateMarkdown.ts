/** The answer of a gate as Markdown: what a pull request shows. */
import type { GateAnswer, StatementAnswer } from '../../sim/studies/gate/answer.ts'
import { counted } from '../format.ts'
import {
  boundsText,
  confidenceSentence,
  limitText,
  outcomeWords,
  plain,
  reasonOf,
  subjectOf,
  valueText,
  verdictSentence,
} from './gateWords.ts'

/**
 * A heading, the verdict in a sentence, what does not hold with its reason, a row for each statement that fits the width of a
 * pull request, and the reasons of what holds behind a fold.
 */
export function gateMarkdown(answer: GateAnswer): string {
  const { policy, statements } = answer
  const beside =
    policy.baseline === null || policy.same ? '' : `, beside ${counted(answer.baselinePaths)} of ${policy.baseline}`
  const held = statements.filter(({ verdict }) => verdict === 'pass')
  return [
    `## aidlab gate: ${outcomeWords(answer)} (${policy.name})`,
    '',
    `> ${inline(policy.question)}`,
    '',
    `**${inline(verdictSentence(answer))}** ${counted(answer.paths)} simulated paths of ${inline(policy.scenario)}${inline(beside)}.`,
    '',
    ...listed(
      statements.filter(({ verdict }) => verdict !== 'pass'),
      answer,
    ),
    '| verdict | statement | limit | estimate | interval | paths |',
    '|---|---|---|--:|--:|--:|',
    ...statements.map(row),
    '',
    `${inline(confidenceSentence(answer))} pp: percentage points.`,
    '',
    ...(held.length === 0
      ? []
      : ['<details><summary>What holds, and why</summary>', '', ...listed(held, answer), '</details>', '']),
    '<sub>Simulated, not observed. Independent research; no investment advice.</sub>',
    '',
  ].join('\n')
}

function listed(statements: readonly StatementAnswer[], answer: GateAnswer): readonly string[] {
  if (statements.length === 0) return []
  const is = { breach: ' is broken', undecided: ' is undecided', pass: '' }
  const items = statements.map((one) => {
    const why = one.because === null ? '' : ` Why the limit: ${one.because}`
    return `- **${inline(one.name)}**${is[one.verdict]}: ${inline(reasonOf(one, answer) + why)}`
  })
  return [...items, '']
}

function row(one: StatementAnswer): string {
  const what = `**${cell(one.name)}**<br>${cell(subjectOf(one))}`
  // numbers keep their unit beside them, however narrow the column
  const numbers = [limitText(one), valueText(one), boundsText(one)].map(escaped)
  return `| ${[verdictCell(one), what, ...numbers, counted(one.paths)].join(' | ')} |`
}

/** A gate that gave no answer. */
export function errorMarkdown(policy: string, kind: 'wrong question' | 'failed', message: string): string {
  const words = kind === 'failed' ? 'the program failed' : 'the question was wrong'
  return `## aidlab gate: no answer (${cell(policy)})\n\n**${words}**, so nothing was shown:\n\n\`\`\`\n${message.replace(/`{3,}/g, "'''")}\n\`\`\`\n`
}

/** A space of no width: shown as nothing, and no part of an address, a name or a number. */
const nothing = '&#8203;'

function verdictCell({ verdict, fails }: StatementAnswer): string {
  if (verdict === 'undecided') return fails ? '**undecided, fails**' : '**undecided**, let pass'
  return verdict === 'pass' ? 'pass' : '**breach**'
}

function cell(text: string): string {
  return inline(text).replace(/\|/g, '\\|')
}

function inline(text: string): string {
  return escaped(plain(text).replace(/\s+/g, ' '))
}

/**
 * Text that Markdown shows as it is: no tags, no emphasis, and nothing that a forge would make a link, a mention or
 * a reference of: an address, @name, #12 and GH-12 are broken by a character without width.
 */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[@#](?=[A-Za-z0-9])|\bGH-(?=\d)/gi, `$&${nothing}`)
    .replace(/[a-z][a-z0-9+.-]*:(?=\/\/)|\bwww(?=\.)|\b(mailto|xmpp)(?=:)/gi, `$&${nothing}`)
}
