/** What a size says, in table and report, and the numbers that it says it with. */
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { makeDrawing } from '../../reports/section.ts'
import { sizeSections, sizeSummary } from '../../reports/studies/size.ts'
import { costWords, levelNumber, shareWords } from '../../reports/studies/sizeWords.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { sizeTable } from '../../sim/host/sizeTable.ts'
import { checksFor } from '../../sim/studies/size/question.ts'
import { size } from '../../sim/studies/size/size.ts'
import { unpaddedPercent } from '../../sim/studies/size/words.ts'
import { cannedBuffer, sizeQuestion } from '../support/cannedBuffer.ts'

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
    expect([0.15, 0.0005, 1e-9, 1, 123.45].map(unpaddedPercent)).toEqual([
      '15 %',
      '0.05 %',
      '0.0000001 %',
      '100 %',
      '12,345 %',
    ])
    expect(levelNumber(1.5e-9, { unit: '1', from: 0, to: 1 })).toBe('0.00000015')
    expect(levelNumber(12_345_678, { unit: 'USD', from: 0, to: 2e7 })).toBe('12.35')
  })

  it('looks no further than a limit has use for', () => {
    expect(checksFor(0.01, 8000)).toEqual([500, 2000])
    expect(checksFor(0.001, 8000)).toEqual([500, 2000, 8000])
    expect(checksFor(0.1, 60)).toEqual([60])
  })
})
