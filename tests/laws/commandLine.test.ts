/** Command lines: each mistake has its message and status 2, results go to standard output and words to standard error. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { evaluateCases } from '../../sim/host/commands/validate.ts'
import { model } from '../../sim/host/model.ts'
import { readRun } from '../../sim/host/readRun.ts'
import { readManifest, runFiles } from '../../sim/host/runFolder.ts'
import { askScenario, metricsOfRun } from '../../sim/host/scenarioFiles.ts'
import { aidlab } from '../support/commandLine.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const inside = (name: string): string => join(folder, name)

const small = ['--paths', '20', '--days', '1', '--threads', '0', '--no-report']

mkdirSync(inside('occupied'))
writeFileSync(inside('occupied/diary.txt'), 'dear diary')
writeFileSync(inside('file'), '')
mkdirSync(inside('half.partial'))
writeFileSync(inside('half.partial/manifest.json'), '{ "format": 1, "scenario": { "name": "base" }, "paths": 20 }')
writeFileSync(inside('no.json'), '{ "id": ')
writeFileSync(inside('object.json'), '{}')
writeFileSync(
  inside('wrong.yaml'),
  'name: wrong\nquestion: What is wrong here?\nextends: base\nset:\n  aid.redeemFe: 0.1\n',
)

describe('a malformed command line ends with status 2 and says what would be right:', () => {
  const wrong: [string, string[], string][] = [
    ['an unknown command', ['rum', 'base'], "aidlab: unknown command 'rum'\n(Did you mean run?)"],
    ['an unknown option', ['run', 'base', '--path', '3'], "aidlab: unknown option '--path'\n(Did you mean --paths?)"],
    ['a missing scenario', ['run'], "aidlab: missing required argument 'scenario'"],
    [
      'too many arguments',
      ['explain', 'a', 'b'],
      "aidlab: too many arguments for 'explain'. Expected 1 argument but got 2.",
    ],
    ['an option without its value', ['run', 'base', '--paths'], "aidlab: option '--paths <n>' argument missing"],
    [
      'paths that are no number',
      ['run', 'base', '--paths', 'many'],
      'aidlab: --paths is many; it must be a whole number from 1 to 100000000',
    ],
    [
      'a fraction of a path',
      ['run', 'base', '--paths', '1.5'],
      'aidlab: --paths is 1.5; it must be a whole number from 1 to 100000000',
    ],
    ['no days', ['run', 'base', '--days', '0'], 'aidlab: --days is 0; it must be a whole number from 1 to 1095'],
    [
      'too many threads',
      ['run', 'base', '--threads', '65'],
      'aidlab: --threads is 65; it must be a whole number from 0 to 64',
    ],
    [
      'an empty batch',
      ['run', 'base', '--batch', '0'],
      'aidlab: --batch is 0; it must be a whole number from 1 to 4096',
    ],
    [
      'a setting without a value',
      ['run', 'base', '--set', 'aid.redeemFee'],
      'aidlab: --set aid.redeemFee: write room.parameter=value',
    ],
    [
      'an unknown parameter',
      ['run', 'base', '--set', 'aid.redeemFe=0.1'],
      'aidlab: --set aid.redeemFe=0.1: unknown parameter of aid: redeemFe; did you mean redeemFee?',
    ],
    [
      'a value out of bounds',
      ['run', 'base', '--set', 'aid.redeemFee=7'],
      'aidlab: --set aid.redeemFee=7: aid.redeemFee is 7, out of bounds; it must lie from 0 to 1',
    ],
    ['an unknown scenario', ['run', 'bse'], 'aidlab: unknown scenario: bse; did you mean base?'],
    [
      'a missing file',
      ['run', './nowhere.yaml'],
      'aidlab: no such file: ./nowhere.yaml; a scenario is a .yaml file, or a name of the library: base, bank-run, base-unified, combined, generation-shock, glut, lp-exit, pilot, pool-sweep, rent-collapse, top-borrower-default, usdc-weekend',
    ],
    [
      'a misspelt file',
      ['run', 'scenarios/bse.yaml'],
      'aidlab: no such file: scenarios/bse.yaml; did you mean scenarios/base.yaml?',
    ],
    [
      'a mistake in a file',
      ['run', inside('wrong.yaml')],
      `aidlab: ${inside('wrong.yaml')}:5:3 unknown parameter of aid: redeemFe; did you mean redeemFee?`,
    ],
    [
      'an unfinished run that is not there',
      ['run', 'base', ...small, '--out', inside('nothing'), '--resume'],
      `aidlab: nothing to resume: ${inside('nothing')}.partial does not exist; run without --resume`,
    ],
    [
      'a folder with something else in it',
      ['run', 'base', ...small, '--out', inside('occupied')],
      `aidlab: ${inside('occupied')} holds something else than a run or a study; choose another --out`,
    ],
    [
      'a file in place of a folder',
      ['run', 'base', ...small, '--out', inside('file')],
      `aidlab: ${inside('file')} is a file; --out must name a folder`,
    ],
    [
      'a folder below a file',
      ['run', 'base', ...small, '--out', inside('file/run')],
      `aidlab: ${inside('file')} is no folder; choose another --out`,
    ],
    [
      'a report of an unfinished run',
      ['report', inside('half.partial')],
      `aidlab: ${inside('half.partial')} is not finished; repeat the aidlab run that began it (base, 20 paths, --out ${inside('half')}) with --resume`,
    ],
    [
      'a report by the name that an unfinished run will have',
      ['report', inside('half')],
      `aidlab: ${inside('half.partial')} is not finished; repeat the aidlab run that began it (base, 20 paths, --out ${inside('half')}) with --resume`,
    ],
    [
      'a replay of no run',
      ['replay', inside('nothing'), '3'],
      `aidlab: no such run: ${inside('nothing')}; name a folder that aidlab has written`,
    ],
    [
      'a replay of another folder',
      ['replay', inside('occupied'), '3'],
      `aidlab: ${inside('occupied')} is no run: it has no manifest.json`,
    ],
    [
      'a path below zero',
      ['replay', inside('occupied'), '--', '-1'],
      'aidlab: PATH is -1; it must be a whole number from 0 to 99999999',
    ],
    ['an unknown name', ['explain', 'aid.redemFee'], 'aidlab: unknown name: aid.redemFee; did you mean aid.redeemFee?'],
    ['no cases', ['validate'], 'aidlab: no cases: --in FILE or --list is wanted'],
    [
      'cases that are not there',
      ['validate', '--in', inside('cases.json')],
      `aidlab: ${inside('cases.json')} could not be read: ENOENT: no such file or directory, open '${inside('cases.json')}'`,
    ],
    [
      'cases that are no JSON',
      ['validate', '--in', inside('no.json')],
      `aidlab: ${inside('no.json')} is not JSON: Unexpected end of JSON input`,
    ],
    [
      'cases that are no list',
      ['validate', '--in', inside('object.json')],
      `aidlab: ${inside('object.json')} is no list; a list of { "id", "function", "arguments" } is right`,
    ],
  ]
  for (const [what, words, message] of wrong) {
    it(what, async () => {
      expect(await aidlab(...words)).toEqual({ status: 2, out: '', said: message })
    })
  }
})

describe('aidlab without a command', () => {
  it('shows the commands and ends with status 2', async () => {
    const { status, out, said } = await aidlab()
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(said).toMatch(/^Usage: aidlab /)
  })
})

describe('aidlab run', () => {
  it.runIf(existsSync('/proc/self'))('refuses a folder that the system will not make', async () => {
    expect(await aidlab('run', 'base', ...small, '--out', '/proc/aidlab')).toEqual({
      status: 2,
      out: '',
      said: 'aidlab: /proc/aidlab.partial cannot be made (ENOENT: no such file or directory); choose another --out',
    })
  })

  it('prints a headline of at most 80 columns on standard output and leaves a whole folder', async () => {
    const { status, out, said } = await aidlab('run', 'base', ...small, '--out', inside('run'))
    expect(status).toBe(0)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(out).toMatch(/depeg_2pct_24h +0 of 20 +below 13\.9 % +one-sided 95 % bound/)
    expect(out).toContain('unbounded: the 99.9 % quantile needs at least 3,688 paths.')
    expect(out).toContain('unbounded: ES 97.5 % needs at least 400 paths.')
    expect(out).toContain(`run     ${inside('run')}`)
    expect(said).toMatch(/^base: .*\n20 paths of 1 days in /)
    expect(existsSync(inside('run/paths.parquet')) && existsSync(inside('run/series.arrow'))).toBe(true)
    expect(existsSync(inside('run.partial'))).toBe(false)
  })

  it('replaces the same run silently, another one only by force', async () => {
    const again = await aidlab('run', 'base', ...small, '--out', inside('run'))
    expect(again.status).toBe(0)
    const other = ['run', 'base', ...small, '--seed', '8', '--out', inside('run')]
    const refused = await aidlab(...other)
    expect(refused.status).toBe(2)
    expect(refused.said).toMatch(
      /aidlab: .*run holds another run \(base, 20 paths, plan [0-9a-f]{8}\); choose another --out, or add --force to replace it$/,
    )
    expect((await aidlab(...other, '--force')).status).toBe(0)
  })

  it('prints JSON that holds the headline, and takes --seed, --days and --set', async () => {
    const words = ['run', 'base', ...small, '--json', '--seed', 'summer', '--set', 'aid.redeemFee=0.002']
    const { status, out } = await aidlab(...words, '--out', inside('json'))
    expect(status).toBe(0)
    const result = JSON.parse(out)
    expect(result).toMatchObject({ folder: inside('json'), report: null, seed: 'summer', paths: 20, days: 1 })
    const never = result.headline.events.find((event: { name: string }) => event.name === 'depeg_10pct_72h')
    expect(never).toMatchObject({ occurrences: 0, paths: 20, side: 'upper', lower: 0 })
    expect(never.upper).toBeCloseTo(1 - 0.05 ** (1 / 20), 12)
    const manifest = JSON.parse(readFileSync(inside(`json/${runFiles.manifest}`), 'utf8'))
    expect(manifest.planHash).toBe(result.planHash)
    expect(manifest.assumptions).toContainEqual(
      expect.objectContaining({ name: 'aid.redeemFee', value: 0.002, standard: 0.001 }),
    )
  })
})

describe('a scenario that names metrics for its report', () => {
  it('is answered by these alone, in its order, in the table as in the report', async () => {
    const file = inside('wishes.yaml')
    writeFileSync(
      file,
      'name: wishes\nquestion: Which metrics?\nextends: base\nreport: { metrics: [queueDays, badDebt, depeg_2pct_24h] }\n',
    )
    const { out } = await aidlab('run', file, ...small, '--json', '--out', inside('wishes'))
    const { headline } = JSON.parse(out)
    expect(headline.amounts.map(({ name }: { name: string }) => name)).toEqual(['queueDays', 'badDebt'])
    expect(headline.events.map(({ name }: { name: string }) => name)).toEqual(['depeg_2pct_24h'])
    const manifest = readManifest(inside('wishes'))
    expect(metricsOfRun(manifest, model).map(({ name }) => name)).toEqual(['queueDays', 'badDebt', 'depeg_2pct_24h'])
    const { stories } = await readRun(inside('wishes'))
    expect(stories).toHaveLength(5)
    expect(askScenario('base', {}, model).model.metrics).toBe(model.metrics)
  })
})

describe('aidlab replay', () => {
  it('gives a path again to the last bit, alone', async () => {
    await aidlab('run', 'base', ...small, '--out', inside('told'))
    const { status, out } = await aidlab('replay', inside('told'), '17', '--json')
    expect(status).toBe(0)
    const told = JSON.parse(out)
    expect(told).toMatchObject({ scenario: 'base', path: 17, days: 1, start: '2026-07-01' })
    const record = await readRun(inside('told'))
    for (const { name } of record.outcomes)
      expect(Number(told.outcomes[name]), name).toBe(record.outcomeColumns[name][17])
  })
})

describe('aidlab replay of a path beyond the run', () => {
  it('says that the path is not in the run, and tells it all the same', async () => {
    await aidlab('run', 'base', ...small, '--out', inside('beyond'))
    const { status, said } = await aidlab('replay', inside('beyond'), '20')
    expect(status).toBe(0)
    expect(said).toBe('path 20 is not in the run, whose paths are 0 to 19; it is simulated anew')
    expect((await aidlab('replay', inside('beyond'), '19')).said).toBe('')
  })
})

describe('aidlab report', () => {
  it('refuses a place that cannot be written before it reads the run', async () => {
    await aidlab('run', 'base', ...small, '--out', inside('reported'))
    const refused = await aidlab('report', inside('reported'), '--out', inside('nowhere/page.html'))
    expect(refused).toEqual({
      status: 2,
      out: '',
      said: `aidlab: no such folder: ${inside('nowhere')}; --out must name a file in a folder that exists`,
    })
    const folder = await aidlab('report', inside('reported'), '--out', inside('occupied'))
    expect(folder.said).toBe(`aidlab: ${inside('occupied')} is a folder; --out must name a file`)
  })
})

describe('aidlab explain', () => {
  it('says meaning, unit, bounds and source of a parameter', async () => {
    const { status, out } = await aidlab('explain', 'redeemFee')
    expect(status).toBe(0)
    expect(out).toMatch(
      /^aid\.redeemFee \(parameter\)\n {2}meaning +\S.*\n {2}unit +1\n {2}value +0\.001\n {2}bounds +from 0 to 1\n/,
    )
    expect(out).toContain('--set aid.redeemFee=0.001')
  })

  it('knows every kind of name', async () => {
    const kinds = [
      ['room', 'vault'],
      ['lever', 'gpuMarket.rentFactor'],
      ['column', 'vault.exitNav'],
      ['table', 'deals.tape'],
      ['metric', 'saidLoss'],
      ['law', 'USDC is conserved'],
      ['meeting', 'market'],
    ]
    for (const [kind, name] of kinds) expect((await aidlab('explain', name)).out).toContain(`${name} (${kind})`)
  })
})

describe('aidlab validate', () => {
  const cases = [
    { id: 1, function: 'wilks', arguments: { coverage: 0.95, confidence: 0.95, order: 1 } },
    { id: 'two', function: 'wilk', arguments: {} },
    { id: 3, function: 'wilks', arguments: { coverage: 2, confidence: 0.95, order: 1 } },
    { id: 4, function: 'wilks', arguments: { coverage: 0.95, confidence: 0.95, order: 1, surplus: 1 } },
    { id: 5, function: 'wilks', arguments: { coverage: 0.95 } },
    'nonsense',
  ]

  it('answers each case in order and ends with 1 when one is an error', async () => {
    writeFileSync(inside('some.json'), JSON.stringify(cases))
    const { status } = await aidlab('validate', '--in', inside('some.json'), '--out', inside('results.json'))
    expect(status).toBe(1)
    const results = JSON.parse(readFileSync(inside('results.json'), 'utf8'))
    expect(results[0]).toEqual({ id: 1, function: 'wilks', result: { n: 59 } })
    expect(results[1]).toEqual({ id: 'two', function: 'wilk', error: 'unknown function: wilk; did you mean wilks?' })
    expect(results.slice(2).map((r: { error: unknown }) => typeof r.error)).toEqual([
      'string',
      'string',
      'string',
      'string',
    ])
  })

  it('says of refused arguments which, their value, and what would be right', () => {
    const refused: [string, unknown, string][] = [
      [
        'annuity',
        { annualRate: 0.1, months: 12 },
        'principal is missing; right is number from 0 to 10000000000000 or integer as a decimal string: ' +
          'USD as a number with at most two decimals, or whole cents as a decimal string',
      ],
      [
        'annuity',
        { principal: true, annualRate: 0.1, months: 12 },
        'principal is true; right is number from 0 to 10000000000000 or integer as a decimal string: ' +
          'USD as a number with at most two decimals, or whole cents as a decimal string',
      ],
      ['normalQuantile', { p: 2 }, 'p is 2; right is number above 0 below 1: probability'],
      ['normalQuantile', { p: 0.5, q: 1 }, 'q is no argument; did you mean p?'],
      ['normalQuantile', null, 'arguments is missing; right is object with p'],
      [
        'uniform53',
        { words: [1, -1] },
        'words.1 is -1; right is integer from 0 to 4294967295: two unsigned 32-bit words',
      ],
      [
        'uniform53',
        { words: [1] },
        'words is [1]; right is list of 2 × integer from 0 to 4294967295: two unsigned 32-bit words',
      ],
    ]
    for (const [name, input, error] of refused) {
      expect(evaluateCases([{ function: name, arguments: input }])[0]).toMatchObject({ error })
    }
    const [ledger] = evaluateCases([
      { function: 'ledger', arguments: { operations: [{ operation: 'mint', amount: '1', feeBp: 10001 }] } },
    ])
    expect(ledger).toMatchObject({
      error: expect.stringMatching(/^operations\.0\.feeBp is 10001; right is integer from 0 to 10000/),
    })
  })

  it('offers every function that begins as the unknown one does', () => {
    expect(evaluateCases([{ function: 'vault', arguments: {} }])[0]).toMatchObject({
      error: 'unknown function: vault; did you mean vaultDeposit or vaultRedeem?',
    })
  })

  it('ends with 0 when every case has a result, and writes to standard output without --out', async () => {
    writeFileSync(inside('good.json'), JSON.stringify(cases.slice(0, 1)))
    const { status, out } = await aidlab('validate', '--in', inside('good.json'))
    expect(status).toBe(0)
    expect(JSON.parse(out)).toHaveLength(1)
  })

  it('lists every function with arguments and source', async () => {
    const { out } = await aidlab('validate', '--list')
    for (const name of ['philox4x32', 'stableswap', 'ledger', 'heXiong']) expect(out).toContain(`\n${name}\n`.trim())
    expect(out).toContain('source: ')
  })
})
