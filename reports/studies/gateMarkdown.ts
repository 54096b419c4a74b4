/** The answer of a gate as Markdown: what a pull request shows. */
import type { GateAnswer } from '../../sim/studies/gate/answer.ts'
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

/** A heading, the verdict in a sentence, a row for each statement, and what the numbers are. */
export function gateMarkdown(answer: GateAnswer): string {
  const { policy, statements } = answer
  const beside =
    policy.baseline === null || policy.same ? '' : `, beside ${counted(answer.baselinePaths)} of ${policy.baseline}`
  const rows = statements.map((one) => {
    const why = one.because === null ? reasonOf(one, answer) : `${reasonOf(one, answer)} Why the limit: ${one.because}`
    const cells = [subjectOf(one), limitText(one), valueText(one), boundsText(one), counted(one.paths)]
    return `| ${[verdictCell(one), cell(one.name), ...cells.map(cell), cell(why)].join(' | ')} |`
  })
  return [
    `## aidlab gate: ${outcomeWords(answer)} (${policy.name})`,
    '',
    `> ${inline(policy.question)}`,
    '',
    `**${inline(verdictSentence(answer))}** ${counted(answer.paths)} simulated paths of ${inline(policy.scenario)}${inline(beside)}.`,
    '',
    '| verdict | statement | of what | limit | estimate | interval | paths | why |',
    '|---|---|---|---|--:|--:|--:|---|',
    ...rows,
    '',
    `${inline(confidenceSentence(answer))} pp: percentage points.`,
    '',
    '<sub>Simulated, not observed. Independent research; no investment advice.</sub>',
    '',
  ].join('\n')
}

/** A gate that gave no answer. */
export function errorMarkdown(policy: string, kind: 'wrong question' | 'failed', message: string): string {
  const words = kind === 'failed' ? 'the program failed' : 'the question was wrong'
  return `## aidlab gate: no answer (${cell(policy)})\n\n**${words}**, so nothing was shown:\n\n\`\`\`\n${message.replace(/`{3,}/g, "'''")}\n\`\`\`\n`
}

/** A space of no width: shown as nothing, and no part of an address, a name or a number. */
const nothing = '&#8203;'

function verdictCell({ verdict, fails }: GateAnswer['statements'][number]): string {
  if (verdict === 'undecided') return fails ? '**undecided, fails**' : '**undecided**, let pass'
  return verdict === 'pass' ? 'pass' : '**breach**'
}

function cell(text: string): string {
  return inline(text).replace(/\|/g, '\\|')
}

/**
 * Text that Markdown shows as it is: no tags, no emphasis, one line, and nothing that a forge would make a link, a mention or
 * a reference of: an address, @name, #12 and GH-12 are broken by a character without width.
 */
function inline(text: string): string {
  return plain(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[@#](?=[A-Za-z0-9])|\bGH-(?=\d)/gi, `$&${nothing}`)
    .replace(/[a-z][a-z0-9+.-]*:(?=\/\/)|\bwww(?=\.)|\b(mailto|xmpp)(?=:)/gi, `$&${nothing}`)
}
