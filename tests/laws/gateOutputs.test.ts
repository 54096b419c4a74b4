/** What a gate leaves for machines and for readers: JUnit XML that any parser reads, Markdown that shows what it says, plain reasons. */
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { errorMarkdown, gateMarkdown } from '../../reports/studies/gateMarkdown.ts'
import { confidenceSentence, plain, reasonOf, verdictSentence } from '../../reports/studies/gateWords.ts'
import { errorJunit, gateJunit } from '../../reports/studies/junit.ts'
import { renderStudyReport } from '../../reports/studyReport.ts'
import type { GateAnswer } from '../../sim/studies/gate/answer.ts'
import type { StudyManifest } from '../../sim/studies/study.ts'
import { hear, type Law, policy } from '../support/gates.ts'

const window = new JSDOM('').window

/** The document of an XML text. @throws Error where it is not well formed */
function parsed(xml: string): Document {
  const document = new window.DOMParser().parseFromString(xml, 'application/xml')
  const wrong = document.querySelector('parsererror')
  if (wrong) throw new Error(wrong.textContent ?? 'not well formed')
  return document
}

const nasty = 'a < b & "c" > \'d\' | `e` *f* ]]> \u0007 <script>'
const statements = [
  `{ name: broken, metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 0.01 }, because: ${JSON.stringify(nasty)} }`,
  '{ name: holds, metric: minimumCoverage, statistic: quantile, level: 0.01, limit: { atLeast: 0.3 } }',
  '{ name: open, metric: saidLoss, statistic: mean, limit: { atMost: 0.94 } }',
  '{ name: moved, metric: saidLoss, statistic: expectedShortfall, level: 0.9, baseline: yes, limit: { atMost: 0.005 } }',
]
/** A tenth of the paths at 0.5, the others around 0.985 to 1. */
const law: Law = (luck) => (luck < 0.1 ? 0.5 : 0.98 + 0.02 * luck)
const before: Law = (luck) => (luck < 0.1 ? 0.5 : 0.98 + 0.018 * luck)
const judged = async (...lines: readonly string[]) =>
  (await hear(policy(statements, 'baseline: base', ...lines), { law, before, paths: 500, budget: 1000 })).answer

describe('JUnit XML', () => {
  it('has one test case a statement; what fails is a failure with its reason', async () => {
    const answer = await judged()
    expect(answer.statements.map(({ verdict }) => verdict)).toEqual(['breach', 'pass', 'undecided', 'pass'])
    const document = parsed(gateJunit(answer))
    const suite = document.querySelector('testsuite') as Element
    expect(['tests', 'failures', 'errors', 'skipped'].map((name) => suite.getAttribute(name))).toEqual([
      '4',
      '2',
      '0',
      '0',
    ])
    const cases = [...document.querySelectorAll('testcase')]
    expect(cases.map((one) => one.getAttribute('name'))).toEqual(['broken', 'holds', 'open', 'moved'])
    expect(cases.map((one) => one.getAttribute('classname'))).toEqual(Array(4).fill('aidlab.gate.test-policy'))
    expect(cases.map((one) => one.querySelector('failure')?.getAttribute('type') ?? null)).toEqual([
      'breach',
      null,
      'undecided',
      null,
    ])
    const failure = cases[0].querySelector('failure') as Element
    expect(failure.getAttribute('message')).toBe(plain(reasonOf(answer.statements[0], answer)))
    expect(failure.textContent).toContain(`because:   ${nasty.replace('\u0007', '\ufffd')}`)
    expect(document.querySelector('property[name=verdict]')?.getAttribute('value')).toBe(verdictSentence(answer))
  })

  it('skips what is undecided where the policy lets it pass', async () => {
    const document = parsed(gateJunit(await judged('undecided: pass')))
    expect(document.querySelector('testsuite')?.getAttribute('skipped')).toBe('1')
    expect(document.querySelectorAll('failure')).toHaveLength(1)
    expect(document.querySelector('testcase[name=open] skipped')?.getAttribute('message')).toMatch(
      /both sides of .* This policy lets that pass\.$/,
    )
  })

  it('has only elements and attributes that strict readers know', async () => {
    // the schema that Jenkins checks JUnit XML against (xunit plugin, junit-10.xsd), for what stands in a gate's
    const known: Readonly<Record<string, { attributes: string; required: string; inside: string }>> = {
      testsuites: { attributes: 'name time tests failures errors', required: '', inside: 'testsuite' },
      testsuite: {
        attributes: 'name tests failures errors group time skipped timestamp hostname id package file log url',
        required: 'name tests failures errors',
        inside: 'testsuite properties testcase system-out system-err',
      },
      properties: { attributes: '', required: '', inside: 'property' },
      property: { attributes: 'name value', required: 'name value', inside: '' },
      testcase: {
        attributes: 'name time classname group',
        required: 'name',
        inside: 'skipped error failure system-out system-err',
      },
      failure: { attributes: 'type message', required: '', inside: '' },
      error: { attributes: 'type message', required: '', inside: '' },
      skipped: { attributes: 'type message', required: '', inside: '' },
      'system-out': { attributes: '', required: '', inside: '' },
    }
    const words = (text: string): readonly string[] => text.split(' ')
    for (const xml of [gateJunit(await judged('undecided: pass')), errorJunit('p.yaml', 'failed', 'it broke')]) {
      const document = parsed(xml)
      expect(document.documentElement.nodeName).toBe('testsuites')
      for (const element of document.querySelectorAll('*')) {
        const rule = known[element.nodeName]
        const attributes = [...element.attributes].map(({ name }) => name)
        for (const name of attributes) expect(words(rule.attributes), element.nodeName).toContain(name)
        for (const name of words(rule.required).filter(Boolean)) expect(attributes, element.nodeName).toContain(name)
        for (const { nodeName } of element.children) expect(words(rule.inside), element.nodeName).toContain(nodeName)
      }
    }
  })

  it('is the same text for the same answer', async () => {
    expect(gateJunit(await judged())).toBe(gateJunit(await judged()))
  })

  it('holds an error where there is no answer', () => {
    const document = parsed(errorJunit('p<&".yaml', 'wrong question', 'p.yaml:1:1 name is "<x>"\nand more\u0000'))
    expect(document.querySelector('testsuites')?.getAttribute('errors')).toBe('1')
    const error = document.querySelector('testcase error') as Element
    expect([error.getAttribute('type'), error.textContent]).toEqual([
      'wrong question',
      'p.yaml:1:1 name is "<x>"\nand more\ufffd',
    ])
    expect(error.getAttribute('message')).toBe('p.yaml:1:1 name is "<x>"\nand more\ufffd')
  })
})

describe('the Markdown of a pull request', () => {
  it('has a row of six cells for each statement, and first of all what does not hold', async () => {
    const lines = plain(gateMarkdown(await judged())).split('\n')
    const rows = lines.filter((line) => line.startsWith('| '))
    expect(rows).toHaveLength(5)
    for (const row of rows) expect(row.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(7)
    expect(lines[0]).toBe('## aidlab gate: refused (test-policy)')
    expect(rows[1]).toMatch(
      /^\| \*\*breach\*\* \| \*\*broken\*\*<br>probability of depeg\\_2pct\\_24h \| at most 1 % \| /,
    )
    expect(rows[3]).toMatch(/^\| \*\*undecided, fails\*\* \| \*\*open\*\*<br>mean of saidLoss \| /)
    const items = lines.filter((line) => line.startsWith('- '))
    expect(items.map((line) => /^- \*\*(\w+)\*\*( is \w+)?: /.exec(line)?.slice(1))).toEqual([
      ['broken', ' is broken'],
      ['open', ' is undecided'],
      ['holds', undefined],
      ['moved', undefined],
    ])
    const at = (text: string): number => lines.findIndex((line) => line.startsWith(text))
    expect([at('- **open'), at('| verdict'), at('<details>'), at('- **holds'), at('</details>')]).toEqual(
      [at('- **open'), at('| verdict'), at('<details>'), at('- **holds'), at('</details>')].sort((a, b) => a - b),
    )
    expect(lines.join('\n')).not.toMatch(/<script>/)
  })

  it('makes no link, mention or reference of what a policy says, and shows its words', async () => {
    const because =
      'see https://evil.example/x, WWW.evil.example, ask @octocat or me@evil.example about #12, o/r#3 and GH-4'
    const named = policy([
      `{ metric: saidLoss, statistic: mean, limit: { atMost: 0.99 }, because: ${JSON.stringify(because)} }`,
    ])
    const markdown = gateMarkdown((await hear(named, { law, paths: 500 })).answer)
    expect(markdown.replaceAll('&#8203;', ' ')).not.toMatch(/:\/\/|www\.|@[a-z]|#\d|GH-\d/i)
    expect(markdown.replaceAll('&#8203;', '')).toContain(because)
  })

  it('says that there is no answer, and why', () => {
    expect(errorMarkdown('p.yaml', 'failed', 'it broke')).toContain('**the program failed**')
  })
})

describe('a reason', () => {
  it('says what was seen, what that shows, and what to bear in mind', async () => {
    const answer = await judged()
    const reasons = answer.statements.map((one) => plain(reasonOf(one, answer)))
    expect(reasons[0]).toMatch(
      /^depeg_2pct_24h happened on \d+ of 500 paths: \d\d?\.\d\d? %\. At 95 % confidence it is at least \d\.\d+ %: the limit of 1 % is broken\./,
    )
    expect(reasons[1]).toMatch(
      /^The 1 % quantile of minimumCoverage is 50\.0 % on 500 paths\. At 95 % confidence it is at least 50\.0 %: the limit of 30 % holds\. Only 5 paths stand behind the number, fewer than 50\.$/,
    )
    expect(reasons[2]).toMatch(
      /lies on both sides of the limit of 94 %, and the 1,000 paths of the budget are used up\.$/,
    )
    expect(reasons[3]).toMatch(
      /^The expected shortfall 90 % of saidLoss changes by 0\.\d+ pp against base, on [\d,]+ of [\d,]+ paths that moved\. At 95 % confidence it is at most 0\.\d+ pp: the limit of 0\.5 pp holds\./,
    )
    expect(verdictSentence(answer)).toBe('Refused: 2 of 4 statements hold, 1 is broken, 1 is undecided and fails.')
  })

  it('promises a confidence of exact bounds, and says of how many verdicts it is only nearly so', async () => {
    const sentence = (answer: GateAnswer) => plain(confidenceSentence(answer))
    const exact =
      'Each verdict by itself holds with 95 % confidence, whatever the 2 planned looks showed (Bonferroni); not all at once.'
    const heard = async (which: readonly string[], ...lines: readonly string[]) =>
      (
        await hear(policy(which, ...lines), {
          law,
          before: lines.length > 0 ? before : undefined,
          paths: 500,
          budget: 1000,
        })
      ).answer
    expect(sentence(await heard(statements.slice(0, 2)))).toBe(exact)
    expect(sentence(await judged())).toBe(
      `${exact} 2 of 4 rest on asymptotic bounds, for which that is nearly so, and the nearer the more paths.`,
    )
    expect(sentence(await heard([statements[2]]))).toBe(
      `${exact} Its bounds are asymptotic: so it is nearly, and the nearer the more paths.`,
    )
    // a scenario against itself is known without paths
    const same = await hear(policy([statements[3]], 'baseline: base'), { law, paths: 500, budget: 1000, same: true })
    expect(sentence(same.answer)).toBe(exact)
  })

  it('does not hide what is undecided behind a pass', async () => {
    const mild = policy([statements[1], statements[2]], 'undecided: pass')
    const { answer } = await hear(mild, { law, paths: 500, budget: 1000 })
    expect(answer.passed).toBe(true)
    const sentence = 'Passed: 1 of 2 statements holds, 1 is undecided, which this policy lets pass.'
    expect(verdictSentence(answer)).toBe(sentence)
    expect(plain(reasonOf(answer.statements[1], answer))).toMatch(/are used up\. This policy lets that pass\.$/)
    const markdown = gateMarkdown(answer)
    expect(markdown).toMatch(/^## aidlab gate: passed, 1 undecided \(test-policy\)\n/)
    expect(markdown).toContain(sentence)
    expect(markdown).toContain('| **undecided**, let pass | **open**<br>')
    const junit = parsed(gateJunit(answer))
    expect(junit.querySelector('property[name=verdict]')?.getAttribute('value')).toBe(sentence)
    expect(junit.querySelector('testsuite')?.getAttribute('skipped')).toBe('1')
  })

  it('says what the absence of any change does not show', async () => {
    const same = (await hear(policy([statements[3]], 'baseline: base'), { law, before: law, paths: 500 })).answer
    expect(plain(reasonOf(same.statements[0], same))).toMatch(
      /None of 500 paths moved; what fewer than 0\.6 % of all paths feel is not seen\.$/,
    )
  })
})

describe('the report', () => {
  it('has every statement with its reason, the verdict first, and a panel for each', async () => {
    const { tables: _tables, ...answer } = await judged()
    const manifest = {
      kind: 'gate',
      title: 'Does it hold?',
      question: {},
      studyHash: 'abc',
      scenarios: [
        {
          name: 'base',
          question: 'q',
          days: 3,
          ticksPerDay: 1,
          seed: '1',
          planHash: 'abcdefgh1',
          start: '2026-07-01',
          normalForm: {},
        },
      ],
      versions: {},
      commit: null,
      timing: { seconds: 1, threads: 1, cells: 2, paths: 1000, finishedAt: '', command: 'aidlab' },
    } as unknown as StudyManifest
    const text = await renderStudyReport(manifest, JSON.parse(JSON.stringify(answer)), window.document)
    const page = new JSDOM(text).window.document
    const body = page.body.textContent?.replace(/\u00a0/g, ' ') ?? ''
    expect(body).toContain('Refused: 2 of 4 statements hold, 1 is broken, 1 is undecided and fails.')
    const withTables = await judged()
    for (const one of withTables.statements) expect(body).toContain(plain(reasonOf(one, withTables)))
    expect(page.querySelectorAll('#figure-gate-looks .panel svg')).toHaveLength(4)
  })
})
