/** aidlab gate as CI calls it: exit status, files, and what each mistake is answered; never status 0 without an answer. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { afterAll, describe, expect, it } from 'vitest'
import { aidlab } from '../support/commandLine.ts'
import { policyText } from '../support/gates.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const inside = (name: string): string => join(folder, name)
const write = (name: string, text: string): string => {
  writeFileSync(inside(name), text)
  return inside(name)
}

let made = 0
const gate = (file: string, ...more: string[]) =>
  aidlab('gate', file, '--threads', '0', '--no-report', '--out', inside(`study${++made}`), ...more)

/** Two days of a scenario that ticks once a day. */
write('quick.yaml', 'name: quick\nquestion: Quick?\nextends: base\nrun: { days: 2, paths: 20, ticksPerDay: 1 }\n')
const quick = (statements: readonly string[], ...lines: readonly string[]): string =>
  policyText(statements, ...lines).replace('scenario: base', 'scenario: ./quick.yaml')
const holds =
  '{ name: price, metric: lowestTwap24h, statistic: quantile, level: 0.5, limit: { atLeast: 0.9, unit: USD } }'
const broken = '{ name: too dear, metric: lowestTwap24h, statistic: quantile, level: 0.5, limit: { atLeast: 1.5 } }'
const change =
  '{ name: dearer, metric: lowestTwap24h, statistic: mean, baseline: yes, indications: accept, limit: { atLeast: -0.01 } }'
const passing = write('passing.yaml', quick([holds]))
const failing = write('failing.yaml', quick([holds, broken]))

const errorsIn = (file: string): string | null | undefined =>
  new JSDOM(readFileSync(file, 'utf8'), { contentType: 'application/xml' }).window.document
    .querySelector('testsuites')
    ?.getAttribute('errors')

describe('aidlab gate', () => {
  it('ends with 0 where every statement holds, and leaves verdict, JUnit XML and Markdown in its folder', async () => {
    const { status, out } = await gate(passing)
    expect(status).toBe(0)
    expect(out).toContain('Passed: 1 of 1 statement holds.')
    expect(out).toMatch(/^pass {7}price: 50 % quantile of lowestTwap24h at least 0\.9 USD$/m)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    for (const name of ['study.json', 'looks.parquet', 'gate.xml', 'gate.md', 'manifest.json']) {
      expect([name, existsSync(join(inside(`study${made}`), name))]).toEqual([name, true])
    }
  })

  it('ends with 1 where a statement is broken, with the reason', async () => {
    const [junit, markdown] = [inside('a.xml'), inside('a.md')]
    const { status, out } = await gate(failing, '--junit', junit, '--markdown', markdown)
    expect(status).toBe(1)
    expect(out).toMatch(/the limit of 1\.5 USD is broken/)
    expect(readFileSync(junit, 'utf8')).toBe(readFileSync(join(inside(`study${made}`), 'gate.xml'), 'utf8'))
    expect(readFileSync(junit, 'utf8')).toMatch(/<failure type="breach" message="The 50 % quantile of lowestTwap24h is/)
    expect(readFileSync(markdown, 'utf8')).toMatch(/^## aidlab gate: refused/)
  })

  it('ends with 1 where a statement is undecided, and with 0 where the policy lets that pass', async () => {
    const median = (limit: number): string =>
      `{ metric: lowestTwap24h, statistic: quantile, level: 0.5, limit: { atLeast: ${limit} } }`
    const seen = JSON.parse((await gate(passing, '--json')).out).statements[0]
    expect(seen.lower).toBeLessThan(seen.value)
    // the limit is the estimate itself, which lies between the bounds
    const strict = await gate(write('open.yaml', quick([median(seen.value)])))
    expect([strict.status, strict.out]).toEqual([1, expect.stringMatching(/1 is undecided and fails\./)])
    const mild = await gate(write('mild.yaml', quick([median(seen.value)], 'undecided: pass')))
    expect([mild.status, mild.out]).toEqual([
      0,
      expect.stringMatching(/1 is undecided, which this policy lets\s+pass\./),
    ])
  })

  it('prints the answer as JSON with the reasons, the same for any number of threads', async () => {
    const answers = []
    for (const threads of ['0', '2']) {
      const { out } = await gate(failing, '--threads', threads, '--json')
      answers.push(JSON.parse(out))
    }
    const [first, second] = answers
    expect(first.statements.map((one: { verdict: string }) => one.verdict)).toEqual(['pass', 'breach'])
    expect(first.statements[1].reason).toContain('the limit of 1.5 USD is broken')
    expect({ ...first, folder: '' }).toEqual({ ...second, folder: '' })
  })

  it('judges what --set turns, against a baseline that stays', async () => {
    const against = write('against.yaml', quick([change], 'baseline: ./quick.yaml'))
    const unchanged = await gate(against, '--json')
    expect(JSON.parse(unchanged.out).statements[0]).toMatchObject({ value: 0, lower: 0, upper: 0, verdict: 'pass' })
    const { out } = await gate(against, '--json', '--set', 'aid.redeemFee=0.02')
    const [statement] = JSON.parse(out).statements
    expect(statement.moved).toBeGreaterThan(0)
    expect(statement.value).not.toBe(0)
    expect(JSON.parse(out).baselinePaths).toBe(20)
    expect(JSON.parse(out).policy).toMatchObject({ scenario: 'quick with aid.redeemFee=0.02', baseline: 'quick' })
  })

  it('turns scenario and baseline by the policy itself, and lets the command line overrule it', async () => {
    const set = (fee: number) => `{ scenario: ./quick.yaml, set: { aid.redeemFee: ${fee} } }`
    const text = quick([change], `baseline: ${set(0.02)}`).replace(
      'scenario: ./quick.yaml\n',
      `scenario: ${set(0.02)}\n`,
    )
    const same = await gate(write('same.yaml', text), '--json')
    expect(JSON.parse(same.out).policy.same).toBe(true)
    const other = await gate(inside('same.yaml'), '--json', '--set', 'aid.redeemFee=0.03')
    expect(JSON.parse(other.out).policy.same).toBe(false)
  })
})

describe('a wrong question ends with status 2 and an error in the files that were asked for:', () => {
  const depeg = '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 0.01 } }'
  const wrong: [string, () => string, string[], RegExp][] = [
    [
      'no such policy',
      () => inside('none.yaml'),
      [],
      /^aidlab: no such file: .*none\.yaml; a policy is a \.yaml file$/,
    ],
    ['a folder', () => folder, [], /is a folder; a policy is a \.yaml file$/],
    [
      'a mistake in the policy',
      () => write('w1.yaml', quick(['{ metric: saidLos, statistic: mean, limit: { atMost: 1 } }'])),
      [],
      /w1\.yaml:5:15 unknown metric: saidLos; did you mean saidLoss\?/,
    ],
    [
      'a scenario that the library does not know',
      () => write('w2.yaml', policyText([depeg]).replace('scenario: base', 'scenario: bsae')),
      [],
      /w2\.yaml:3:11 unknown scenario: bsae; did you mean base\?$/,
    ],
    [
      'a scenario file that is not there',
      () => write('w3.yaml', policyText([depeg]).replace('scenario: base', 'scenario: ./quik.yaml')),
      [],
      /w3\.yaml:3:11 no such file: .*quik\.yaml; did you mean .*quick\.yaml\?$/,
    ],
    [
      'a mistake in the scenario',
      () => {
        write('bad.yaml', 'name: bad\nquestion: Bad?\nextends: base\nset:\n  aid.redeemFe: 0\n')
        return write('w4.yaml', policyText([depeg]).replace('scenario: base', 'scenario: ./bad.yaml'))
      },
      [],
      /bad\.yaml:5:3 unknown parameter of aid: redeemFe; did you mean redeemFee\?$/,
    ],
    [
      'a value of the policy out of bounds',
      () => write('w5.yaml', policyText([depeg]).replace('base', '{ scenario: base, set: { aid.redeemFee: 2 % } }')),
      [],
      /w5\.yaml:3:51 aid\.redeemFee is "2 %".*a share is written as a fraction: 0\.02$/,
    ],
    [
      'a baseline of another length',
      () => {
        write('long.yaml', 'name: long\nquestion: Long?\nextends: ./quick.yaml\nrun: { days: 3 }\n')
        return write('w6.yaml', quick([change], 'baseline: ./long.yaml'))
      },
      [],
      /w6\.yaml:4:11 the baseline has days 3, the scenario 2; set run\.days in the policy$/,
    ],
    [
      'a limit that the budget cannot show',
      () => write('w7.yaml', quick([depeg])),
      [],
      /w7\.yaml:5:5 depeg_2pct_24h probability: no outcome of 20 paths could show it/,
    ],
    [
      'a budget below the first look',
      () => passing,
      ['--paths', '30', '--budget', '20'],
      /--paths is 30, more than --budget of 20/,
    ],
    [
      'a budget that is no number',
      () => passing,
      ['--budget', 'all'],
      /--budget is all; it must be a whole number from 2/,
    ],
    ['one path', () => passing, ['--paths', '1'], /--paths is 1; one path bounds nothing/],
    [
      'an unknown parameter to set',
      () => passing,
      ['--set', 'aid.redeemFe=0'],
      /--set aid\.redeemFe=0: unknown parameter of aid/,
    ],
  ]
  for (const [what, file, more, message] of wrong) {
    it(what, async () => {
      const junit = inside('wrong.xml')
      writeFileSync(junit, '<testsuites errors="0"/>')
      const { status, out, said } = await gate(file(), '--junit', junit, ...more)
      expect([status, out]).toEqual([2, ''])
      expect(said).toMatch(message)
      expect(errorsIn(junit)).toBe('1')
    })
  }

  it('a file that cannot be written is refused before any work', async () => {
    mkdirSync(inside('folder'))
    expect((await gate(passing, '--junit', inside('folder'))).said).toMatch(/is a folder; --junit must name a file/)
    const missing = await gate(passing, '--markdown', inside('nowhere/x.md'))
    expect([missing.status, missing.said]).toEqual([
      2,
      expect.stringMatching(/--markdown must name a file in a folder/),
    ])
  })
})

describe('the shipped policy', () => {
  it('is a question that this version can answer, about a base and against it', async () => {
    const { askPolicy, readPolicy } = await import('../../sim/host/study/policyFile.ts')
    const { model } = await import('../../sim/host/model.ts')
    const asked = askPolicy(readPolicy('scenarios/policies/base.yaml'), { set: [] }, model)
    expect([asked.scenario.scenario.name, asked.baseline?.same, asked.paths, asked.budget]).toEqual([
      'base',
      true,
      500,
      2000,
    ])
    const turned = askPolicy(asked.policy, { set: ['aid.dailyRedemptionCap=0.01'] }, model)
    expect(turned.baseline?.same).toBe(false)
  })
})
