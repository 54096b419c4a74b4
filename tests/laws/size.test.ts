/** What a study of a size refuses, and what does not depend on how it is run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { JSDOM } from 'jsdom'
import { afterAll, describe, expect, it } from 'vitest'
import { makeDrawing } from '../../reports/section.ts'
import { sizeSections, sizeSummary } from '../../reports/studies/size.ts'
import { shareWords } from '../../reports/studies/sizeWords.ts'
import { main } from '../../sim/host/main.ts'
import { sizeTable } from '../../sim/host/sizeTable.ts'
import type { Terminal } from '../../sim/host/terminal.ts'
import { paretoFront } from '../../sim/statistics/paretoFront.ts'
import { checksFor } from '../../sim/studies/size/question.ts'
import { size } from '../../sim/studies/size/size.ts'
import { cannedBuffer, demandOf, sizeQuestion } from '../support/cannedBuffer.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)
const small = fileURLToPath(new URL('../support/small.yaml', import.meta.url))

async function command(...words: string[]): Promise<{ status: number; out: string; said: string }> {
  let [out, said] = ['', '']
  const terminal: Terminal = {
    out: (text) => {
      out += `${text}\n`
    },
    say: (text) => {
      said += `${text}\n`
    },
    colours: false,
    words,
  }
  return { status: await main(words, terminal), out, said }
}

describe('a wrong question about a size is refused by name, with status 2', () => {
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown dial', ['--dial', 'reserveBufer'], /reserveBufer has no room.*did you mean reserveBuffer\?/],
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
      const { status, said, out } = await command('size', small, ...words)
      expect(said).toMatch(message)
      expect([status, out]).toEqual([2, ''])
    })
  }
})

describe('a policy dial', () => {
  it('is explained, beside the parameter of the same name', async () => {
    const { status, out } = await command('explain', 'firstLoss')
    expect(status).toBe(0)
    expect(out).toMatch(/firstLoss \(dial\)[\s\S]*Paid for by the underwriter[\s\S]*deals.firstLoss \(parameter\)/)
    expect((await command('explain', 'reserveBuffer')).out).toMatch(/aidlab size SCENARIO --dial reserveBuffer/)
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
      const { status, out: shown } = await command(
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
      expect(shown).toMatch(/A reserveBuffer of .* holds minimumLiquidityRatio < 1.2 to 10 %/)
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

describe('the words of a size', () => {
  it('answers first, with an interval beside every number, in table and report', async () => {
    const answer = await size(
      sizeQuestion({
        limits: [0.05, 0.001],
        frontier: { dials: ['reserveBuffer', 'cashShare'], paths: 500, levels: 2 },
        firstLoss: [{ dial: 'firstLoss', party: 'sAID', usd: 1 }],
      }),
      cannedBuffer(),
    )
    const text = sizeTable(answer, false)
    expect(text).toContain('A reserveBuffer of')
    expect(text).toContain('No reserveBuffer from')
    expect(text).not.toMatch(/NaN|undefined|Infinity|null/)
    const { window } = new JSDOM('')
    const sections = sizeSections(answer, makeDrawing(window.document))
      .map(({ body }) => body.markup)
      .join('')
    expect(sizeSummary(answer).markup).toContain('each end with 95')
    for (const id of ['required-level', 'frontier', 'frontier-map']) expect(sections).toContain(`figure-${id}`)
    expect(sections).toContain('benchmark only')
    expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity/)
    // nothing that stands on few failing paths goes without saying so
    const note = '* fewer than 50 failing paths: an indication'
    for (const page of [text, sizeSummary(answer).markup, sections]) expect(page).toContain(note)
    const few = answer.curve.filter(({ failures }) => failures < 50)
    const many = answer.curve.filter(({ failures }) => failures >= 50)
    expect([few.length > 0, many.length > 0]).toEqual([true, true])
    for (const point of answer.curve) expect(shareWords(point).includes('*')).toBe(point.failures < 50)
    expect(shareWords(few[0])).toMatch(/%\* \(/)
  })

  it('promises what the search keeps: levels in order, and nothing of single paths', async () => {
    const answer = await size(sizeQuestion({ limits: [0.05] }), cannedBuffer())
    const { window } = new JSDOM('')
    const sections = sizeSections(answer, makeDrawing(window.document))
      .map(({ body }) => body.markup)
      .join('')
    const promise = 'if every level safer than one that holds the limit holds it too, whatever single paths do'
    expect(sizeTable(answer, false)).toContain(promise)
    expect(sections).toContain(promise)
    expect(sections).toContain('shared among 3 steps and')
    expect(answer.proposals[0].caveats.join(' ')).toMatch(/takes it that every level safer than one that holds/)
  })

  it('asks the same cells in the same order, however often it is run', async () => {
    const [first, second] = [cannedBuffer(), cannedBuffer()]
    await size(sizeQuestion(), first)
    await size(sizeQuestion(), second)
    const keys = first.asked.map(({ plan, from, to }) => [plan.parameters['treasury']['bufferShare'], from, to])
    expect(second.asked.map(({ plan, from, to }) => [plan.parameters['treasury']['bufferShare'], from, to])).toEqual(
      keys,
    )
    expect(new Set(keys.map(String)).size).toBe(keys.length)
  })

  it('proposes to stay where today is on the safe side already', async () => {
    const { proposals } = await size(sizeQuestion({ limits: [0.5] }), cannedBuffer())
    expect(proposals[0].changes).toEqual([])
    expect(proposals[0].title).toMatch(/^Stay with a reserveBuffer of 15 %/)
    const [{ before, after, difference }] = proposals[0].effects
    expect([after, difference]).toEqual([before, null])
  })

  it('looks no further than a limit has use for', () => {
    expect(checksFor(0.01, 8000)).toEqual([500, 2000])
    expect(checksFor(0.001, 8000)).toEqual([500, 2000, 8000])
    expect(checksFor(0.1, 60)).toEqual([60])
  })
})

describe('dominance', () => {
  const paths = 2000
  const costs = (level: number, noise = 1): Float64Array =>
    Float64Array.from({ length: paths }, (_, p) => level + noise * demandOf(p, 1).luck)
  const fails = (buffer: number): Uint8Array =>
    Uint8Array.from({ length: paths }, (_, p) => (demandOf(p, 1).demand > buffer ? 1 : 0))

  it('is called only with confidence', () => {
    const placed = paretoFront(
      [
        { costs: costs(0), failures: fails(0.3) },
        { costs: costs(5), failures: fails(0.2) },
        { costs: costs(5, 200), failures: fails(0.295) },
        { costs: costs(10), failures: fails(0.6) },
        // surely dearer than the first, but a path or two in failures tell nothing
        { costs: costs(5), failures: fails(0.2985) },
      ],
      0.95,
    )
    const standings = placed.map(({ standing }) => standing)
    expect(standings).toEqual(['frontier', 'dominated', 'undecided', 'frontier', 'undecided'])
    expect(placed[1].dominatedBy).toBe(0)
  })

  it('is never called between two of the same', () => {
    const twin = { costs: costs(1), failures: fails(0.3) }
    expect(paretoFront([twin, twin], 0.95).map(({ standing }) => standing)).toEqual(['frontier', 'frontier'])
  })
})
