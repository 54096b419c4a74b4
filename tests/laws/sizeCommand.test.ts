/** The size as a command: what it refuses, and what does not depend on how it is run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { aidlab } from '../support/commandLine.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)
const small = fileURLToPath(new URL('../support/small.yaml', import.meta.url))

describe('a wrong question about a size is refused by name, with status 2', () => {
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown dial', ['--dial', 'reserveBufer'], /--dial: reserveBufer has no room.*did you mean reserveBuffer\?/],
    ['an unknown parameter', ['--dial', 'treasury.bufferShar'], /bufferShar; did you mean bufferShare\?/],
    [
      'a dial without a safe direction',
      ['--dial', 'reserve.halfSpread'],
      /reserve.halfSpread does not say which way is safer; add --safer/,
    ],
    ['a choice as a dial', ['--dial', 'aid.mode'], /aid.mode is a choice/],
    ['rows that differ', ['--dial', 'deals.tape.*.principal', '--safer', 'down'], /has no single value/],
    [
      'an unknown failure',
      ['--failure', 'depeg_2pct_24'],
      /unknown metric depeg_2pct_24; did you mean depeg_2pct_24h\?/,
    ],
    ['an amount without a level', ['--failure', 'saidLoss'], /saidLoss is an amount; say how much/],
    ['a limit of one', ['--limit', '1'], /--limit is 1; it must lie between 0 and 1/],
    ['a limit as per cent', ['--limit', '5'], /--limit is 5; it must lie .* excluded; 5 % is written 0\.05/],
    ['a confidence as per cent', ['--confidence', '95'], /--confidence is 95; .*; 95 % is written 0\.95/],
    ['a bound as per cent', ['--from', '50'], /reserveBuffer goes from 0 to 1, unit 1; 50 % is written 0\.5/],
    ['all of it as per cent', ['--to', '100'], /--to is 100; .* unit 1; 100 % is written 1$/m],
    ['no steps', ['--steps', '0'], /--steps is 0; it must be a whole number from 1 to 10000$/m],
    ['too many steps', ['--steps', '20000'], /--steps is 20000; it must be a whole number from 1 to 10000$/m],
    ['a limit that is no number', ['--limit', '0.01,rare'], /--limit is rare; it must be a number/],
    ['a limit twice', ['--limit', '0.01,1%'], /each limit only once/],
    ['a low confidence', ['--confidence', '0.3'], /--confidence is 0.3; it must be at least 0.5/],
    ['bounds beyond the dial', ['--to', '1.5'], /--to is 1.5; reserveBuffer goes from 0 to 1/],
    ['bounds upside down', ['--from', '0.6', '--to', '0.2'], /--from must be below --to/],
    ['a direction', ['--safer', 'left'], /--safer is left; it must be up or down/],
    ['a frontier of one', ['--frontier', 'reserveBuffer'], /two to four dials make a frontier/],
    ['a frontier of twins', ['--frontier', 'cashShare,cashShare'], /each dial only once/],
    [
      'a frontier along a dial without a safe direction',
      ['--days', '40', '--frontier', 'reserveBuffer,reserve.halfSpread'],
      /--frontier reserve.halfSpread does not say which way is safer/,
    ],
    [
      'a first loss along an unknown dial',
      ['--first-loss', 'firstLos:sAID'],
      /--first-loss: firstLos has no room.*did you mean firstLoss\?/,
    ],
    [
      'a frontier along an unknown dial',
      ['--days', '40', '--frontier', 'reserveBuffer,cash'],
      /--frontier: cash has no room/,
    ],
    ['an unknown party', ['--first-loss', 'firstLoss:bank'], /the party bank; known: sAID, AID/],
    ['a first loss without a party', ['--first-loss', 'firstLoss'], /write DIAL:PARTY/],
    [
      'a frontier in a run without yields',
      ['--days', '20', '--frontier', 'cashShare,firstLoss'],
      /--days is 20; a frontier needs at least 32/,
    ],
    ['too few paths', ['--paths', '5'], /--paths is 5; it must be a whole number from 20/],
  ]
  for (const [name, words, message] of wrong) {
    it(name, async () => {
      const { status, said, out } = await aidlab('size', small, ...words)
      expect(said).toMatch(message)
      expect([status, out]).toEqual([2, ''])
    })
  }
})

describe('a policy dial', () => {
  it('is explained, beside the parameter of the same name', async () => {
    const { status, out } = await aidlab('explain', 'firstLoss')
    expect(status).toBe(0)
    expect(out).toMatch(/firstLoss \(dial\)[\s\S]*Paid for by the underwriter[\s\S]*deals.firstLoss \(parameter\)/)
    expect((await aidlab('explain', 'reserveBuffer')).out).toMatch(/aidlab size SCENARIO --dial reserveBuffer/)
  })
})

describe('a size on a small base', () => {
  const ask = [
    'size',
    small,
    '--failure',
    'minimumLiquidityRatio<1.2',
    '--limit',
    '0.1',
    '--paths',
    '120',
    '--steps',
    '8',
  ]
  const more = [
    '--days',
    '33',
    '--to',
    '0.4',
    '--frontier-paths',
    '40',
    '--frontier-levels',
    '2',
    '--first-loss',
    'firstLoss:sAID',
    '--first-loss-paths',
    '20',
  ]

  it('gives the same bytes with any threads, and a report that answers', { timeout: 240_000 }, async () => {
    const texts: string[] = []
    for (const threads of ['0', '2']) {
      const out = join(folder, `threads-${threads}`)
      const { status, out: shown } = await aidlab(
        ...ask,
        ...more,
        '--threads',
        threads,
        '--batch',
        threads === '0' ? '64' : '7',
        '--out',
        out,
      )
      expect(status).toBe(0)
      expect(shown).toMatch(/With the reserve buffer at .* failures are held to 10 %/)
      texts.push(readFileSync(join(out, 'study.json'), 'utf8'))
    }
    expect(texts[1]).toBe(texts[0])
    const report = readFileSync(join(folder, 'threads-0', 'report.html'), 'utf8')
    expect(report).toContain('What is proposed')
    expect(report).toContain('figure-required-level')
    expect(report).toContain('figure-frontier-map')
    expect(report).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('what a size may take is said before it begins', () => {
  it('names levels, looks, paths and time, and paths that can certify nothing', { timeout: 120_000 }, async () => {
    const words = ['size', small, '--limit', '0.1', '--paths', '25', '--steps', '2', '--no-frontier', '--days', '5']
    const { status, said } = await aidlab(...words, '--threads', '0', '--no-report', '--out', join(folder, 'few'))
    const text = said.replaceAll('\n', ' ')
    expect(text).not.toContain('frontier')
    expect(text).toMatch(
      /25 paths of a level cannot certify this limit, even without a failure: 10 % takes at least 29 \(--paths\)/,
    )
    expect(text).toMatch(/At most 3 levels and today’s × 25 paths, in 1 look: 100 paths × 5 days, \d+ s of one core/)
    expect(text).toMatch(/What must the reserve buffer be to hold failures to 10 %\?/)
    expect(status).toBe(1)
  })
})

describe('a run too short for yields', () => {
  it('draws no frontier unless asked to, and says so before it begins, once', { timeout: 120_000 }, async () => {
    const words = ['size', small, '--limit', '0.2', '--paths', '20', '--steps', '1', '--days', '3', '--threads', '0']
    const ending = ['--no-report', '--frontier-paths', '40', '--out', join(folder, 'short')]
    const { said } = await aidlab(...words, ...ending)
    expect(
      said.replaceAll('\n', ' ').match(/no frontier drawn: yields .* 3 days; 32 days or more have one/g)?.length,
    ).toBe(1)
  })
})
