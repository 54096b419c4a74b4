/** What a study of a size refuses, and what does not depend on how it is run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { JSDOM } from 'jsdom'
import { afterAll, describe, expect, it } from 'vitest'
import { makeDrawing } from '../../reports/section.ts'
import { sizeSections, sizeSummary } from '../../reports/studies/size.ts'
import { costWords, levelNumber, shareWords } from '../../reports/studies/sizeWords.ts'
import { main } from '../../sim/host/main.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { sizeTable } from '../../sim/host/sizeTable.ts'
import type { Terminal } from '../../sim/host/terminal.ts'
import { paretoFront } from '../../sim/statistics/paretoFront.ts'
import { effortOf } from '../../sim/studies/size/effort.ts'
import { checksFor } from '../../sim/studies/size/question.ts'
import { size } from '../../sim/studies/size/size.ts'
import { percent } from '../../sim/studies/size/words.ts'
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
    ['no steps', ['--steps', '0'], /--steps is 0; it must be a whole number from 1 to 10000\n/],
    ['too many steps', ['--steps', '20000'], /--steps is 20000; it must be a whole number from 1 to 10000\n/],
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
    expect(text).toContain('With the reserve buffer at')
    expect(text).toContain('No level of the reserve buffer from')
    expect(text).not.toMatch(/NaN|undefined|Infinity|null/)
    const { window } = new JSDOM('')
    const sections = sizeSections(answer, makeDrawing(window.document))
      .map(({ body }) => body.markup)
      .join('')
    expect(sizeSummary(answer).markup).toContain('each end with 95')
    for (const id of ['required-level', 'frontier', 'frontier-map']) expect(sections).toContain(`figure-${id}`)
    expect(sections).toContain('They are benchmarks only')
    expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity/)
    // nothing that stands on few failing paths goes without saying so
    const note = '* fewer than 50 failing paths: an indication'
    for (const page of [text.replaceAll('\n', ' '), sizeSummary(answer).markup, sections]) expect(page).toContain(note)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
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
    expect(sizeTable(answer, false).replaceAll('\n', ' ')).toContain(promise)
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
    expect(proposals[0].title).toMatch(/^Stay with the reserve buffer at 15 %/)
    const [{ before, after, difference }] = proposals[0].effects
    expect([after, difference]).toEqual([before, null])
  })

  it('has opening books of proposals that change something only, under the number of the proposal', async () => {
    const answer = await size(sizeQuestion({ limits: [0.5, 0.05] }), cannedBuffer())
    expect(answer.proposals.map(({ changes }) => changes.length)).toEqual([0, 1])
    expect(answer.opening.map(({ proposal }) => proposal)).toEqual([null, 1])
    const text = sizeTable(answer, false)
    expect(text).toMatch(/ask +today +prop\. 2 +status/)
    expect(text).not.toContain('prop. 1')
    expect(text).toMatch(/Proposal 1: Stay with[\s\S]*Proposal 2: Raise/)
    expect(text).toMatch(/^Proposal 2: reserve buffer [\d.]+ %, for 5 %\.$/m)
  })

  it('words a yield that rises as a gain, and a step that is not proposed as what it would be', async () => {
    const answer = await size(sizeQuestion({ limits: [0.5] }), cannedBuffer())
    expect(answer.required[0].best.cost?.measured.value).toBeLessThan(0)
    const { window } = new JSDOM('')
    const sections = sizeSections(answer, makeDrawing(window.document)).map(({ body }) => body.markup)
    const pages = [sizeTable(answer, false), sizeSummary(answer).markup].map((page) => page.replace(/\s+/g, ' '))
    for (const page of pages) {
      expect(page).toMatch(
        /Today’s reserve buffer of 15 % is at least this safe already\. Going to [\d.]+ % would gain holders of sAID \d+ \(\d+ to \d+\) basis points of yield a year, measured on [\d,]+ paths\./,
      )
    }
    for (const page of [...pages, ...sections]) expect(page).not.toMatch(/costs? holders of sAID −/)
  })

  it('words what is charged less, and what both come to', () => {
    const bounded = (value: number) => ({ value, lower: value - 2, upper: value + 1 })
    const cost = (measured: number, charged: number) => ({
      ...{ measured: bounded(measured), paths: 500, charged, setAside: 0, asks: { rate: 0, source: '' }, paidBy: '' },
    })
    expect(costWords(cost(-20, 0))).toBe(
      'It gains holders of sAID 20 (19 to 22) basis points of yield a year, measured on 500 paths',
    )
    expect(costWords(cost(20, -50))).toBe(
      'It costs holders of sAID 20 (18 to 21) basis points of yield a year, measured on 500 paths; 50 less is charged beside it, which those who set money aside may ask (assumed, not simulated); in all it gains 30 (29 to 32)',
    )
    expect(costWords(cost(-20, 50))).toMatch(
      /^It gains .*; 50 is charged beside it, .*; in all it costs 30 \(28 to 31\)$/,
    )
  })

  it('says why a short run has no cost and no frontier', async () => {
    const short = askScenario('base', { set: [], days: 30 }, model).scenario
    const answer = await size(
      sizeQuestion({ scenario: short, limits: [0.05] }),
      cannedBuffer((columns) => columns['outcomes.netYield'].fill(0)),
    )
    const said = /No cost is measured and no frontier drawn: .* 30 days; 32 days or more/
    expect(answer.missing).toMatch(said)
    const { window } = new JSDOM('')
    const [required] = sizeSections(answer, makeDrawing(window.document))
    for (const page of [sizeTable(answer, false).replace(/\s+/g, ' '), required.body.markup]) expect(page).toMatch(said)
    expect((await size(sizeQuestion({ limits: [0.05] }), cannedBuffer())).missing).toBeNull()
  })

  it('has lines of 80 columns with a frontier of three or four dials and a charge', async () => {
    const wide = ['reserveBuffer', 'cashShare', 'firstLoss', 'poolDepth']
    for (const dials of [wide.slice(0, 3), wide]) {
      const frontier = { dials, paths: 400, levels: 2 }
      const answer = await size(sizeQuestion({ limits: [0.05], frontier }), cannedBuffer())
      const text = sizeTable(answer, false)
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
      // each point is in both halves, by its number
      const shown = answer.frontier?.points.filter(({ standing }) => standing !== 'dominated').length ?? 0
      expect(shown).toBeGreaterThan(1)
      expect(text.match(new RegExp(`^ *${shown} .*%`, 'gm'))?.length).toBe(2)
    }
  })

  it('counts in words that agree with their numbers', async () => {
    const frontier = { dials: ['reserveBuffer', 'cashShare'], paths: 200, levels: 2 }
    const answer = await size(
      sizeQuestion({ limits: [0.05], frontier }),
      cannedBuffer((columns) => columns['outcomes.minimumTwap24h'].fill(1)),
    )
    const { window } = new JSDOM('')
    const sections = sizeSections(answer, makeDrawing(window.document))
    const page = sections.find(({ id }) => id === 'frontier')?.body.markup ?? ''
    expect(page).toContain('1 of 4 policies is beaten by no other, none is worse than another with confidence')
    expect(page).toContain('No path fails anywhere')
    expect(page).not.toMatch(/Between 0.% and 0.%/)
  })

  it('tells what is measured from what is charged, in text, report and table', async () => {
    const answer = await size(
      sizeQuestion({ dial: 'firstLoss', failure: 'depeg_2pct_24h', limits: [0.5], wishes: { to: 0.2, steps: 2 } }),
      cannedBuffer(),
    )
    const { cost } = answer.curve[2]
    expect(cost?.charged).toBeGreaterThan(100)
    const text = sizeTable(answer, false)
    expect(text).toMatch(/measured, bp +charged/)
    expect(text).toMatch(new RegExp(` 20 % .* 0\\.0 \\(0\\.0 to 0\\.0\\) +${Math.round(cost?.charged ?? 0)}\n`))
    expect(text.replaceAll('\n', ' ')).toContain('an assumption, not simulated')
    const names = answer.tables['curve'].columns.map(({ name }) => name)
    const row = answer.tables['curve'].rows[2]
    expect(row[names.indexOf('charged')]).toBe(cost?.charged)
    expect(row[names.indexOf('measured')]).toBe(cost?.measured.value)
    expect(row[names.indexOf('cost')]).toBe((cost?.measured.value ?? 0) + (cost?.charged ?? 0))
  })

  it('writes no code name where a meaning exists, and rounds what it proposes', async () => {
    const { proposals } = await size(sizeQuestion({ limits: [0.05] }), cannedBuffer())
    const [{ title, changes }] = proposals
    expect(title).toMatch(/^Raise the reserve buffer from 15 % to [\d.]+ %, to hold failures to 5 %$/)
    expect(changes[0].why).toMatch(
      /^\d+ of [\d,]+ paths fail at it: a chance of at most 5 %, with 95 % confidence\. [\d.]+ % is too little/,
    )
    const { window } = new JSDOM('')
    const answer = await size(sizeQuestion({ limits: [0.05] }), cannedBuffer())
    const proposal = sizeSections(answer, makeDrawing(window.document)).find(({ id }) => id === 'proposal')
    expect(proposal?.body.markup).not.toMatch(/\d\.\d{7}/)
    expect(sizeTable(answer, false)).not.toMatch(/\d\.\d{7}/)
  })

  it('looks at round levels, the same in messages and in the answer', async () => {
    const laboratory = cannedBuffer()
    const said: string[] = []
    const heard = { ...laboratory, say: (text: string) => said.push(text) }
    const firstLoss = [{ dial: 'deals.dscrCovenant', party: 'AID', usd: 1 }]
    const {
      curve,
      dial,
      firstLoss: losses,
    } = await size(sizeQuestion({ dial: 'poolDepth', limits: [0.5], firstLoss }), heard)
    const levels = [
      dial.from,
      dial.to,
      ...curve.map(({ level }) => level),
      ...losses[0].curve.map(({ level }) => level),
    ]
    for (const level of levels) expect(Number(level.toPrecision(4))).toBe(level)
    expect(dial.to).toBe(10_970_000)
    expect(said.join('\n')).toMatch(/the depth of the AID pool at 10\.97 M USD: 125 paths/)
    expect(said.join('\n')).not.toMatch(/\d\.\d{5}/)
  })

  it('has as many digits in a share as it was given with', () => {
    expect([0.15, 0.0005, 1e-9, 1, 123.45].map(percent)).toEqual(['15 %', '0.05 %', '0.0000001 %', '100 %', '12,345 %'])
    expect(levelNumber(1.5e-9, { unit: '1', from: 0, to: 1 })).toBe('0.00000015')
    expect(levelNumber(12_345_678, { unit: 'USD', from: 0, to: 2e7 })).toBe('12.35')
  })

  it('looks no further than a limit has use for', () => {
    expect(checksFor(0.01, 8000)).toEqual([500, 2000])
    expect(checksFor(0.001, 8000)).toEqual([500, 2000, 8000])
    expect(checksFor(0.1, 60)).toEqual([60])
  })
})

describe('paths that contradict the order of levels', () => {
  const luck = Array.from({ length: 2000 }, (_, path) => demandOf(path, 7).luck)
  const ranked = [...luck].sort((a, b) => a - b)
  /** Buffers of 30 to 40 % alarm a tenth of the paths, those from 60 % on a share of them. */
  const alarmed = (shareWhereSafe: number) =>
    cannedBuffer((columns, { plan, from, to }) => {
      const buffer = Number(plan.parameters['treasury']['bufferShare'])
      const share = buffer >= 0.6 ? shareWhereSafe : buffer >= 0.3 && buffer < 0.4 ? 0.1 : 0
      const below = ranked[Math.round(share * ranked.length)]
      for (let path = from; path < to; path++)
        if (luck[path] < below) columns['outcomes.minimumTwap24h'][path - from] = 0.9
    })

  it('leave a certificate only to a level that holds by itself, and the page says so', async () => {
    const answer = await size(sizeQuestion({ limits: [0.05] }), alarmed(0))
    const { monotonicity, required, proposals } = answer
    expect(monotonicity.reversals.length).toBeGreaterThan(0)
    const [{ status, basis, certified, confidenceAlone, best, rejected }] = required
    expect([status, basis, rejected]).toEqual(['holds', 'itself', null])
    expect(confidenceAlone).toBeGreaterThanOrEqual(0.95)
    expect(best.upper).toBeLessThan(0.05)
    expect(proposals[0].changes[0].to).toBe(certified)
    expect(proposals[0].caveats.join(' ')).toContain('The paths contradict the order of levels: from')
    expect(sizeTable(answer, false).replaceAll('\n', ' ')).toMatch(
      /contradict the order of levels, from .* failures became more frequent/,
    )
  })

  it('leave none where no level does: nothing is proposed, nothing holds', async () => {
    const answer = await size(sizeQuestion({ limits: [0.05] }), alarmed(0.032))
    const [{ status, basis, certified, certifiedInOrder, confidenceAlone }] = answer.required
    expect([status, basis, certified]).toEqual(['disordered', null, null])
    expect(certifiedInOrder).not.toBeNull()
    expect(confidenceAlone).toBeLessThan(0.95)
    expect(answer.proposals).toEqual([])
    expect(answer.tables['curve'].rows.length).toBe(answer.curve.length)
    const text = sizeTable(answer, false).replaceAll('\n', ' ')
    expect(text).toMatch(
      /No level of the reserve buffer .* is certified to hold failures to 5 %. The paths contradict that safer levels are safer/,
    )
    expect(text).toContain('No level of the reserve buffer can be proposed')
    expect(sizeSummary(answer).markup).toContain('by itself it holds with')
  })

  it('are seen where the policy of today fails less often than safer levels', async () => {
    const answer = await size(
      sizeQuestion({ limits: [0.05], wishes: { from: 0.2, to: 1, steps: 40 } }),
      cannedBuffer((columns, { plan, from, to }) => {
        const isToday = Number(plan.parameters['treasury']['bufferShare']) === 0.15
        for (let i = 0; i < to - from; i++) if (isToday) columns['outcomes.minimumTwap24h'][i] = 1
      }),
    )
    expect(answer.monotonicity.reversals.some(({ from }) => from === 0.15)).toBe(true)
    expect(answer.required[0].basis).not.toBe('order')
  })

  it('are not seen in single paths that differ', async () => {
    const { monotonicity, required } = await size(
      sizeQuestion({ limits: [0.05] }),
      cannedBuffer((columns, cell) => {
        if (Number(cell.plan.parameters['treasury']['bufferShare']) < 0.6) return
        for (const path of [3, 40, 77]) {
          if (path >= cell.from && path < cell.to) columns['outcomes.minimumTwap24h'][path - cell.from] = 0.9
        }
      }),
    )
    expect(monotonicity.violations).toBeGreaterThan(0)
    expect(monotonicity.reversals).toEqual([])
    expect(required[0].basis).toBe('order')
  })
})

describe('what a size may take is said before it begins', () => {
  it('is a bound that no search exceeds, and the usual is below it', async () => {
    for (const [limits, paths] of [
      [[0.01, 0.001], 8000],
      [[0.05], 2000],
      [[0.2, 0.05], 300],
    ] as const) {
      const laboratory = cannedBuffer()
      const question = sizeQuestion({
        limits,
        paths,
        frontier: { dials: ['reserveBuffer', 'cashShare'], paths: 100, levels: 2 },
        firstLoss: [{ dial: 'firstLoss', party: 'sAID', usd: 1 }],
      })
      await size(question, laboratory)
      const asked = laboratory.asked.reduce((sum, { from, to }) => sum + to - from, 0)
      const { most, usual } = effortOf(question, 41)
      expect(asked).toBeLessThanOrEqual(most)
      expect(usual).toBeLessThan(most)
      expect(asked).toBeLessThan(2.5 * usual)
    }
  })

  it('names levels, looks, paths and time, and paths that can certify nothing', { timeout: 120_000 }, async () => {
    const words = ['size', small, '--limit', '0.1', '--paths', '25', '--steps', '2', '--no-frontier', '--days', '5']
    const { status, said } = await command(...words, '--threads', '0', '--no-report', '--out', join(folder, 'few'))
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
    const { said } = await command(...words, ...ending)
    expect(
      said.replaceAll('\n', ' ').match(/no frontier drawn: yields .* 3 days; 32 days or more have one/g)?.length,
    ).toBe(1)
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
