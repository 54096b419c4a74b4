/** What a wrong policy is answered: file, line, column, the value, and what would be right. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parsePolicy } from '../../scenarios/policy.ts'
import { generatedFiles } from '../../sim/host/generateScenarios.ts'
import { policyError, policyText } from '../support/gates.ts'
import { accepts } from '../support/jsonSchema.ts'

const good = '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 0.01 } }'
const quantile = (more: string): string => `{ metric: minimumCoverage, statistic: quantile, ${more} }`

/** A statement in line 5, column 5 on, and what it is answered; and whether the schema refuses it too. */
const statements: readonly (readonly [string, string, string])[] = [
  [
    'a statement without its metric',
    '{ statistic: mean }',
    '5:5 metric is missing; a statement speaks of one, such as depeg_2pct_24h',
  ],
  [
    'a misspelt metric',
    '{ metric: saidLos, statistic: mean, limit: { atMost: 1 } }',
    '5:15 unknown metric: saidLos; did you mean saidLoss? (aidlab explain lists all)',
  ],
  [
    'a part of a metric',
    '{ metric: coverage, statistic: mean, limit: { atLeast: 1 } }',
    '5:15 unknown metric: coverage; did you mean minimumCoverage? (aidlab explain lists all)',
  ],
  [
    'a depeg as people say it',
    '{ metric: "depeg(2 %, 24 h)", statistic: probability, limit: { atMost: 0.01 } }',
    '5:15 unknown metric: depeg(2 %, 24 h); write depeg_2pct_24h',
  ],
  [
    'no statistic',
    '{ metric: saidLoss, limit: { atMost: 1 } }',
    '5:5 statistic is missing; saidLoss is an amount: write mean, quantile or expectedShortfall',
  ],
  [
    'a misspelt statistic',
    '{ metric: saidLoss, statistic: expectedShortfal, limit: { atMost: 1 } }',
    '5:36 unknown statistic: expectedShortfal; did you mean expectedShortfall?',
  ],
  [
    'the quantile of an event',
    '{ metric: depeg_2pct_24h, statistic: quantile, level: 0.5, limit: { atMost: 1 } }',
    '5:42 depeg_2pct_24h happens or not: it has a probability, and no quantile; write probability',
  ],
  [
    'the probability of an amount',
    '{ metric: queueDays, statistic: probability, limit: { atMost: 0.1 } }',
    '5:37 a probability is of an event, and queueDays is an amount in days; write mean, quantile or expectedShortfall (how often it passes a value is asked by its quantile)',
  ],
  [
    'a quantile without its level',
    quantile('limit: { atLeast: 1 }'),
    '5:5 level is missing; a quantile has one: write level: 0.01 for the value that one path in a hundred stays below',
  ],
  [
    'a level in per cent',
    quantile('level: 1 %, limit: { atLeast: 1 }'),
    '5:60 level is "1 %"; it must be a number; a share is written as a fraction: 0.01',
  ],
  [
    'a level above one',
    quantile('level: 99, limit: { atLeast: 1 }'),
    '5:60 level is 99; it must lie between 0 and 1, such as 0.975; write 0.99',
  ],
  [
    'a level of what has none',
    '{ metric: saidLoss, statistic: mean, level: 0.5, limit: { atMost: 0.5 } }',
    '5:49 a mean has no level; leave it out, or write quantile or expectedShortfall',
  ],
  ['no limit', quantile('level: 0.01'), '5:5 limit is missing; write limit: { atMost: … } or limit: { atLeast: … }'],
  [
    'a limit without direction',
    quantile('level: 0.01, limit: 1'),
    '5:73 limit is 1, which has no direction; write limit: { atMost: … } or limit: { atLeast: … }',
  ],
  [
    'a limit beside the statement',
    quantile('level: 0.01, atLeast: 1'),
    '5:66 atLeast stands under limit; write limit: { atLeast: 1 }',
  ],
  [
    'two limits',
    quantile('level: 0.01, limit: { atMost: 2, atLeast: 1 }'),
    '5:86 limit has atMost and atLeast; keep one, and make another statement of the other',
  ],
  [
    'a limit in per cent',
    '{ metric: saidLoss, statistic: mean, limit: { atMost: 5 % } }',
    '5:59 the limit of saidLoss is "5 %"; it must be a number; a share is written as a fraction: 0.05',
  ],
  [
    'a limit with its unit inside',
    '{ metric: queueDays, statistic: mean, limit: { atMost: 5 days } }',
    '5:60 the limit of queueDays is "5 days"; it must be a number in days; write 5, or { value: 5, unit: days }',
  ],
  [
    'another unit',
    '{ metric: queueDays, statistic: mean, limit: { atMost: 5, unit: hours } }',
    '5:69 queueDays is in days; not in "hours"',
  ],
  [
    'per cent as the unit of a share',
    '{ metric: saidLoss, statistic: mean, limit: { atMost: 5, unit: "%" } }',
    '5:68 saidLoss is in 1, a share: 5 % is written 0.05; not in "%"',
  ],
  [
    'a probability above one',
    '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 2 } }',
    '5:72 the limit of depeg_2pct_24h is 2; a probability lies between 0 and 1; 2 % is written 0.02',
  ],
  [
    'a probability of nothing at all',
    '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 0 } }',
    '5:72 the limit of depeg_2pct_24h is 0; no number of paths shows that something never happens: allow a small probability',
  ],
  [
    'a probability of all that can be',
    '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 1 } }',
    '5:72 the limit of depeg_2pct_24h is 1; a probability is never above 1, so that nothing could break it: ask for less',
  ],
  [
    'a share in per cent',
    '{ metric: saidLoss, statistic: mean, limit: { atMost: 5 } }',
    '5:59 the limit of saidLoss is 5; saidLoss lies between 0 and 1; 5 % is written 0.05',
  ],
  [
    'a share that is no per cent either',
    '{ metric: saidLoss, statistic: mean, limit: { atMost: 500 } }',
    '5:59 the limit of saidLoss is 500; saidLoss lies between 0 and 1',
  ],
  [
    'a change of a share in percentage points',
    '{ metric: saidLoss, statistic: mean, baseline: yes, limit: { atMost: -5 } }',
    '5:74 the limit of saidLoss is -5; a change of saidLoss lies between -1 and 1; -5 percentage points is written -0.05',
  ],
  [
    'a change of a probability in percentage points',
    '{ metric: depeg_2pct_24h, statistic: probability, baseline: yes, limit: { atMost: 2 } }',
    '5:87 the limit of depeg_2pct_24h is 2; a change of a probability lies between -1 and 1; 2 percentage points is written 0.02',
  ],
  [
    'a loss of less than nothing',
    '{ metric: badDebt, statistic: mean, limit: { atMost: -3e6 } }',
    '5:58 the limit of badDebt is -3000000; badDebt is never below 0',
  ],
  [
    'a limit that nothing could break from above',
    '{ metric: saidLoss, statistic: quantile, level: 0.99, limit: { atMost: 1 } }',
    '5:76 the limit of saidLoss is 1; saidLoss is never above 1, so that nothing could break it: ask for less',
  ],
  [
    'a limit that nothing could break from below',
    '{ metric: lowestTwap24h, statistic: quantile, level: 0.01, limit: { atLeast: 0 } }',
    '5:82 the limit of lowestTwap24h is 0; lowestTwap24h is never below 0, so that nothing could break it: ask for more',
  ],
  [
    'a wait longer than any run',
    '{ metric: queueDays, statistic: mean, limit: { atMost: 1095 } }',
    '5:60 the limit of queueDays is 1095; queueDays is never above 1095, so that nothing could break it: ask for less',
  ],
  [
    'a change that nothing could break',
    '{ metric: saidLoss, statistic: mean, baseline: yes, limit: { atLeast: -1 } }',
    '5:75 the limit of saidLoss is -1; a change of saidLoss is never below -1, so that nothing could break it: ask for more',
  ],
  [
    'a mean of nothing at all',
    '{ metric: badDebt, statistic: mean, limit: { atMost: 0 } }',
    '5:58 the limit of badDebt is 0; no number of paths shows that its mean is 0: allow more, or limit a quantile',
  ],
  [
    'a confidence in per cent',
    '{ metric: saidLoss, statistic: mean, confidence: 95, limit: { atMost: 0.5 } }',
    '5:54 confidence is 95; it must lie between 0.5 and 1, such as 0.95; write 0.95',
  ],
  [
    'a change without a baseline to compare with',
    '{ metric: saidLoss, statistic: mean, baseline: yes, limit: { atMost: 0.5 } }',
    '5:52 the policy names no baseline to compare with; write baseline: base beside scenario',
  ],
  [
    'a baseline named in a statement',
    '{ metric: saidLoss, statistic: mean, baseline: base, limit: { atMost: 0.5 } }',
    '5:52 baseline is "base"; in a statement it must be yes or no, and the policy names the scenario',
  ],
  [
    'indications that are neither refused nor accepted',
    '{ metric: saidLoss, statistic: mean, indications: maybe, limit: { atMost: 0.5 } }',
    '5:55 indications is "maybe"; it must be refuse (the default) or accept',
  ],
  [
    'indications of a quantile',
    quantile('level: 0.1, indications: accept, limit: { atLeast: 1 }'),
    '5:78 indications is of a mean, an expectedShortfall or the change of a quantile; the bounds of a quantile are exact: leave it out',
  ],
  [
    'indications of a statistic that gives none',
    '{ metric: depeg_2pct_24h, statistic: probability, indications: accept, limit: { atMost: 0.1 } }',
    '5:68 indications is of a mean, an expectedShortfall or the change of a quantile; the bounds of a probability are exact: leave it out',
  ],
  [
    'an unknown key',
    '{ metric: saidLoss, statistic: mean, limits: { atMost: 1 } }',
    '5:42 unknown key of a statement: limits; did you mean limit?',
  ],
]

describe('a wrong statement is refused by name:', () => {
  for (const [what, statement, message] of statements) {
    it(what, () => {
      expect(policyError(policyText([statement]))).toBe(`test.yaml:${message}`)
    })
  }

  it('but not a limit at the end that a quantile can be shown to keep, nor one of what has no end', () => {
    for (const statement of [
      '{ metric: badDebt, statistic: quantile, level: 0.99, limit: { atMost: 0 } }',
      '{ metric: badDebt, statistic: mean, baseline: yes, limit: { atMost: 0 } }',
      '{ metric: minimumCoverage, statistic: mean, limit: { atLeast: 3 } }',
      '{ metric: saidNetYield, statistic: mean, limit: { atLeast: -2 } }',
      '{ metric: saidLoss, statistic: quantile, level: 0.9, baseline: yes, indications: accept, limit: { atMost: 0 } }',
      '{ metric: requiredReserve, statistic: mean, limit: { atMost: 1.5 } }',
    ]) {
      const text = policyText([statement], ...(statement.includes('baseline') ? ['baseline: base'] : []))
      expect(parsePolicy(text, 'test.yaml').statements).toHaveLength(1)
      expect([statement, accepts(JSON.parse(generatedFiles()['policy.schema.json']), parse(text))]).toEqual([
        statement,
        true,
      ])
    }
  })

  it('two statements of the same name', () => {
    expect(policyError(policyText([good, good]))).toBe(
      'test.yaml:6:5 two statements are called depeg_2pct_24h probability, also at test.yaml:5:5; give one another name',
    )
  })
})

/** Lines from line 4 on, before the statements. */
const heads: readonly (readonly [string, readonly string[], string])[] = [
  ['an unknown key', ['confidenc: 0.9'], '4:1 unknown key of a policy: confidenc; did you mean confidence?'],
  [
    'a confidence of a coin',
    ['confidence: 0.5'],
    '4:13 confidence is 0.5; it must lie between 0.5 and 1, such as 0.95',
  ],
  [
    'a confidence as text',
    ['confidence: 95 %'],
    '4:13 confidence is "95 %"; it must be a number; a share is written as a fraction: 0.95',
  ],
  ['another end of doubt', ['undecided: maybe'], '4:12 undecided is "maybe"; it must be fail or pass'],
  [
    'a budget below the first look',
    ['run: { paths: 500, budget: 100 }'],
    '4:28 budget is 100; it must be at least the 500 paths of the first look',
  ],
  ['a run of one path', ['run: { paths: 1 }'], '4:15 paths is 1; it must be a whole number from 2 to 2000000000'],
  ['a misspelt key of run', ['run: { path: 1 }'], '4:8 unknown key of run: path; did you mean paths?'],
  [
    'a baseline that nobody asks for',
    ['baseline: base'],
    '4:1 no statement asks for the baseline; write baseline: yes in one, or leave this out',
  ],
  [
    'a switch that is none',
    ['together: all'],
    '4:11 together is "all"; it must be yes (one confidence for all statements) or no (for each)',
  ],
]

describe('a wrong policy is refused by name:', () => {
  for (const [what, lines, message] of heads) {
    it(what, () => {
      expect(policyError(policyText([good], ...lines))).toBe(`test.yaml:${message}`)
    })
  }

  it('no statements', () => {
    expect(policyError('name: a\nquestion: b\nscenario: base\nstatements: []\n')).toBe(
      'test.yaml:4:13 statements is empty; a policy that states nothing would pass anything',
    )
    expect(policyError('name: a\nquestion: b\nscenario: base\n')).toBe(
      'test.yaml:1:1 statements is missing; write statements: with one "- " for each',
    )
  })

  it('a baseline without a scenario', () => {
    const change = '{ metric: saidLoss, statistic: mean, baseline: yes, limit: { atMost: 0.5 } }'
    expect(policyError(policyText([change], 'baseline: { set: {} }'))).toBe(
      'test.yaml:4:11 baseline names no scenario; write baseline: { scenario: base, set: … }',
    )
  })

  it('an own confidence under one that all share', () => {
    const own = '{ metric: saidLoss, statistic: mean, confidence: 0.9, limit: { atMost: 0.5 } }'
    expect(policyError(policyText([own], 'together: yes'))).toBe(
      'test.yaml:6:54 together: yes shares one confidence among all statements; leave that of the statement out',
    )
  })

  it('an empty file and a file that is no YAML', () => {
    expect(policyError('')).toMatch('test.yaml:1:1 the file is empty; a policy begins with name, question and scenario')
    expect(policyError('name: [')).toMatch(/^test.yaml:1:8 /)
  })
})

describe('the schema of policies', () => {
  const schema = JSON.parse(generatedFiles()['policy.schema.json'])
  const shipped = readFileSync('scenarios/policies/base.yaml', 'utf8')

  it('is the one on disk', () => {
    expect(readFileSync('scenarios/policy.schema.json', 'utf8')).toBe(generatedFiles()['policy.schema.json'])
  })

  it('accepts the shipped policy, which the grammar reads', () => {
    expect(accepts(schema, parse(shipped))).toBe(true)
    expect(parsePolicy(shipped, 'base.yaml').statements).toHaveLength(8)
  })

  it('refuses what the grammar refuses, but for what only the grammar can know', () => {
    const beyond = ['a change without a baseline to compare with', 'a mean of nothing at all']
    for (const [what, statement] of statements) {
      expect([what, accepts(schema, parse(policyText([statement])))]).toEqual([what, beyond.includes(what)])
    }
  })
})
