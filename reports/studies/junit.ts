/** JUnit XML of a gate, which CI systems show beside the tests: one test case a statement. */
import type { GateAnswer, StatementAnswer } from '../../sim/studies/gate/answer.ts'
import { boundsText, claimOf, confidenceSentence, plain, reasonOf, valueText, verdictSentence } from './gateWords.ts'

/** A breach is a failure; undecided is a failure or skipped, as the policy says. */
export function gateJunit(answer: GateAnswer): string {
  const { policy, statements } = answer
  const cases = statements.map((statement) => testCase(statement, answer))
  const properties = Object.entries({
    policy: policy.file,
    question: policy.question,
    scenario: policy.scenario,
    baseline: policy.baseline ?? 'none',
    paths: String(answer.paths),
    confidence: confidenceSentence(answer),
    verdict: verdictSentence(answer),
  }).map(([name, value]) => `      <property name="${name}" value="${attribute(value)}"/>`)
  const skipped = statements.filter(({ verdict, fails }) => verdict === 'undecided' && !fails).length
  const failures = statements.filter(({ fails }) => fails).length
  return suites(policy.name, { tests: statements.length, failures, errors: 0, skipped }, [
    '    <properties>',
    ...properties,
    '    </properties>',
    ...cases,
  ])
}

/** A gate that gave no answer: one test case with the error, so that nobody takes its silence for a pass. */
export function errorJunit(policy: string, kind: 'wrong question' | 'failed', message: string): string {
  return suites(policy, { tests: 1, failures: 0, errors: 1, skipped: 0 }, [
    `    <testcase classname="${attribute(classOf(policy))}" name="the gate gives an answer">`,
    `      <error type="${kind}" message="${attribute(message)}">${content(message)}</error>`,
    '    </testcase>',
  ])
}

function testCase(statement: StatementAnswer, answer: GateAnswer): string {
  const { name, verdict, fails, because } = statement
  const open = `    <testcase classname="${attribute(classOf(answer.policy.name))}" name="${attribute(name)}"`
  const reason = plain(reasonOf(statement, answer))
  const lines = [
    `statement: ${claimOf(statement)}`,
    `estimate:  ${valueText(statement)}`,
    `interval:  ${boundsText(statement)} (${statement.method})`,
    `paths:     ${statement.paths}`,
    ...(because === null ? [] : [`because:   ${because}`]),
    reason,
  ]
  const text = content(plain(lines.join('\n')))
  if (fails) {
    return `${open}>\n      <failure type="${verdict}" message="${attribute(reason)}">${text}</failure>\n    </testcase>`
  }
  const skipped = verdict === 'undecided' ? `\n      <skipped message="${attribute(reason)}"/>` : ''
  return `${open}>${skipped}\n      <system-out>${text}</system-out>\n    </testcase>`
}

interface Counts {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

function suites(policy: string, counts: Counts, body: readonly string[]): string {
  const attributes = ({ skipped, ...ran }: Counts, withSkipped: boolean): string =>
    Object.entries(withSkipped ? { ...ran, skipped } : ran)
      .map(([name, count]) => `${name}="${count}"`)
      .join(' ')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // strict readers know skipped of a suite, not of all suites
    `<testsuites name="aidlab gate" ${attributes(counts, false)}>`,
    `  <testsuite name="${attribute(policy)}" ${attributes(counts, true)}>`,
    ...body,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function classOf(policy: string): string {
  return `aidlab.gate.${policy}`
}

/** Text between tags; characters that XML 1.0 cannot hold at all become the replacement character. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}

/** Text inside a quoted attribute, whose line ends a reader would turn into spaces. */
function attribute(text: string): string {
  return content(plain(text))
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;')
    .replace(/\n/g, '&#10;')
    .replace(/\t/g, '&#9;')
}
