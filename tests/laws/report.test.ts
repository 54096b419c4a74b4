/** What must hold of every report: it needs nothing from outside, and says no number without its uncertainty. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../reports/csv.ts'
import { monthTicks } from '../../reports/dates.ts'
import { amount, fixed, percent, rangeText, roundedUpPaths, scaleOf, withUnit } from '../../reports/format.ts'
import { html, toHtml } from '../../reports/html.ts'
import { byImportance } from '../../reports/importance.ts'
import { statedQuantile } from '../../reports/numbers.ts'
import { paddedDomain } from '../../reports/plot.ts'
import { readRun } from '../../reports/reading.ts'
import { sha256Base64 } from '../../reports/sha256.ts'
import { disclaimer, withoutVarying } from '../../reports/stressReport.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import { fakeRecord } from '../support/fakeRecord.ts'
import { fakeReport, parsed, reportOf } from '../support/reports.ts'

const small = { paths: 400, days: 120 }
const record = fakeRecord(small)
const report = reportOf(record)
const page = parsed(report)

function all(selector: string, document = page): Element[] {
  return [...document.querySelectorAll(selector)]
}

function text(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim()
}

describe('the page', () => {
  it('asks for nothing from outside: no address but data and places in itself', () => {
    const addresses = all('[src],[href],[action],[data],[poster],[srcset]').flatMap((element) =>
      ['src', 'href', 'action', 'data', 'poster', 'srcset'].flatMap((name) => element.getAttribute(name) ?? []),
    )
    expect(addresses.length).toBeGreaterThan(20)
    expect(addresses.filter((a) => !/^(#|data:text\/csv;charset=utf-8,)/.test(a))).toEqual([])
    expect(all('link,iframe,img,object,embed,base,form')).toEqual([])
    expect(report.match(/@import|url\(/g)).toBeNull()
  })

  it('carries a content policy before anything else can run, which allows its scripts by hash alone', () => {
    const script = 'window.known = 1 // </script> <!-- odd'
    const withScript = parsed(fakeReport({ paths: 30, days: 40 }, script))
    const policy = withScript.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? ''
    const scripts = all('script:not([type])', withScript).map((s) => s.textContent ?? '')
    expect(scripts).toHaveLength(1)
    const hash = createHash('sha256').update(scripts[0]).digest('base64')
    expect(policy).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
    expect(all('[onclick],[onload],[onerror]', withScript)).toEqual([])
    expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("script-src 'none'")
  })

  it('says that it is independent of GAIB and no investment advice, at its head and at its foot', () => {
    expect(disclaimer).toMatch(/Not affiliated with GAIB/)
    expect(disclaimer).toMatch(/no investment advice/)
    expect(text(all('header')[0])).toContain(disclaimer)
    expect(text(all('footer')[0])).toContain(disclaimer)
  })

  it('shows no broken value: no NaN, undefined, null or object in words', () => {
    for (const broken of [report, fakeReport({ paths: 25, days: 31, calm: true }), fakeReport({ paths: 1, days: 1 })]) {
      const shown = parsed(broken)
      for (const script of all('script,style', shown)) script.remove()
      expect(shown.documentElement.outerHTML).not.toMatch(/NaN|undefined|\[object|Infinity|>null</)
    }
  })

  it('has every section of a stress report, each reached from the list of sections', () => {
    const wanted = ['asked', 'headline', 'facts', 'peg', 'losses', 'bearers', 'liquidity', 'stories', 'sizing']
    const sections = all('main > section').map((s) => s.id)
    expect(sections).toEqual([...wanted, 'convergence', 'limitations', 'assumptions', 'manifest'])
    expect(all('nav a').map((a) => a.getAttribute('href'))).toEqual(sections.map((id) => `#${id}`))
  })

  it('uses every id once', () => {
    const ids = all('[id]').map((element) => element.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keeps the words of a scenario as words, whatever characters they hold', () => {
    const scenario = { ...record.manifest.scenario, question: '<b>Is "5 < 6" & \'so\'?</b>' }
    const odd = parsed(reportOf({ ...record, manifest: { ...record.manifest, scenario } }))
    expect(odd.querySelector('h1')?.textContent).toBe(scenario.question)
    expect(odd.title).toContain('synthetic')
  })
})

describe('figures', () => {
  it('each have a question, a title, units, a drawing that says what it shows, and their data as CSV', () => {
    const figures = all('figure')
    expect(figures.length).toBeGreaterThanOrEqual(15)
    for (const figure of figures) {
      expect(text(figure.querySelector('.question') as Element), figure.id).toMatch(/^Figure \d+ .+\?$/)
      expect(text(figure.querySelector('h3') as Element).length, figure.id).toBeGreaterThan(10)
      expect(text(figure.querySelector('.units') as Element), figure.id).toMatch(/%|USD|days|unit|AID/)
      expect(all(`#${figure.id} svg[role="img"][aria-label]`).length, figure.id).toBeGreaterThan(0)
      const link = figure.querySelector('a[download]')
      expect(link?.getAttribute('download'), figure.id).toMatch(/\.csv$/)
      const lines = decodeURIComponent((link?.getAttribute('href') ?? '').replace(/^data:[^,]*,/, '')).split('\r\n')
      expect(lines.length, figure.id).toBeGreaterThan(2)
      expect(lines[0].split(',').length, figure.id).toBeGreaterThan(1)
    }
  })

  it('of several panels name the unit of each', () => {
    const labels = all('.panel-label')
    expect(labels.length).toBeGreaterThan(20)
    for (const label of labels) expect(text(label.querySelector('span') as Element)).not.toBe('')
  })

  it('of single panels are drawn anew for narrow screens', () => {
    const widths = all('.drawing.narrow svg').map((svg) => Number(svg.getAttribute('width')))
    expect(widths.length).toBeGreaterThan(5)
    expect(Math.max(...widths)).toBeLessThanOrEqual(358)
  })
})

describe('numbers', () => {
  it('never stand without an interval, or the words why there is none, and the paths behind them', () => {
    const numbers = all('.stated')
    expect(numbers.length).toBeGreaterThan(60)
    for (const number of numbers) {
      const interval = text(number.querySelector('.interval') as Element)
      expect(interval, text(number)).toMatch(/ to |one-sided 95 % bound|unbounded, needs at least [\d,]+ paths/)
      expect(text(number.querySelector('.basis') as Element), text(number)).toMatch(/path/)
    }
  })

  it('of too few paths say that they are unbounded, with the paths that they need', () => {
    const few = all('#headline .stated')
      .map(text)
      .filter((t) => t.includes('needs at least 3,700 paths'))
    expect(few.length).toBeGreaterThan(0)
    expect(report).toContain('A liquid reserve of')
    const enough = parsed(fakeReport({ paths: 4000, days: 12 }))
    expect(text(enough.querySelector('#sizing') as Element)).not.toContain('unbounded above')
  })

  it('in the table of events are the counted ones', () => {
    const column = record.outcomeColumns['outcomes.minimumTwap1h']
    const happened = column.filter((v) => v < 0.995).length
    expect(happened).toBeGreaterThan(0)
    expect(text(page.querySelector('.answer') as Element)).toContain(`${happened} of ${record.manifest.paths} paths`)
  })

  it('of nothing seen are one-sided bounds, never zero per cent', () => {
    const calm = parsed(fakeReport({ paths: 100, days: 20, calm: true }))
    const values = [...(calm.querySelector('.answer')?.querySelectorAll('.stated b') ?? [])].map(text)
    expect(values).toHaveLength(4)
    // 1 − 0.05^(1/100), the rule of three to more digits
    for (const value of values) expect(value).toBe('below 2.95 %')
  })

  it('keep few digits, thousands apart, a true minus sign, and tell different ends of an interval apart', () => {
    expect(fixed(-1234567.891, 1)).toBe('−1,234,567.9')
    expect(fixed(-0.04, 1)).toBe('0.0')
    expect(percent(0.00123)).toBe('0.12\u00a0%')
    expect(percent(0.0000123)).toBe('0.0012\u00a0%')
    expect(withUnit(2.1e7, scaleOf('AID', 2.1e7))).toBe('21\u00a0M AID')
    expect(withUnit(0.9981, scaleOf('USD', 1))).toBe('0.9981\u00a0USD')
    expect(rangeText(0.123401, 0.123409, scaleOf('1', 1))).toBe('12.340 to 12.341\u00a0%')
    expect(roundedUpPaths(3688)).toBe('3,700')
    expect(roundedUpPaths(368)).toBe('370')
  })

  it('are read back as they were, to the digits shown', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const read = Number(amount(value, { factor: 1, unit: '' }).replaceAll(',', '').replace('−', '-'))
        expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 0.051, 1e-8))
      }),
      { seed: 20261122 },
    )
  })
})

describe('what a reader checks by hand', () => {
  const wait: Metric = {
    name: 'wait',
    meaning: 'Longest wait',
    unit: 'days',
    kind: 'amount',
    bad: 'high',
    columns: ['wait'],
    evaluate: (outcome) => outcome.wait,
  }
  const values = Float64Array.from({ length: 100 }, (_, path) => (path === 7 ? 3 : 0))
  const manifest = { ...record.manifest, paths: 100 }
  const [amounts] = readRun({ ...record, manifest, outcomeColumns: { wait: values } }, [wait]).amounts

  it('counts as beyond a quantile the paths that are strictly worse, whatever ties there are', () => {
    const bases = amounts.headline.quantiles.map((quantile) => [
      quantile.level,
      statedQuantile(quantile, amounts).basis,
    ])
    expect(bases).toContainEqual([0.5, '1 of 100 paths beyond'])
    expect(bases).toContainEqual([0.95, '1 of 100 paths beyond'])
  })

  it('leads with unbounded, in bold, where the paths do not bound a level, and never with its point', () => {
    const open = all('.stated').filter((number) => /unbounded, needs/.test(text(number)))
    expect(open.length).toBeGreaterThan(0)
    for (const number of open) {
      expect([...number.querySelectorAll('b')].map(text).join()).toMatch(/^unbounded, needs at least/)
      expect(text(number.querySelector('.basis') as Element)).toMatch(/^indication /)
    }
  })

  it('gives the command that repeats the run, with days and what was set without a reason', () => {
    const normalForm = {
      parameters: { aid: { mode: 'unified', sellFee: 0.002 }, deals: { firstLoss: 0.1 } },
      because: { 'deals.firstLoss': 'the file says why' },
    }
    const again = parsed(reportOf({ ...record, manifest: { ...record.manifest, seed: "it's", normalForm } }))
    const shown = text(again.querySelector('#manifest .manifest') as Element)
    expect(shown).toContain(
      `${record.manifest.scenario.file} --days 120 --paths 400 --seed 'it'\\''s' --set aid.mode=unified --set aid.sellFee=0.002`,
    )
    expect(shown).not.toContain('--set deals.firstLoss')
  })

  it('counts the days of a story from 0, as the clock does', () => {
    const [story] = record.stories
    const told = parsed(reportOf({ ...record, stories: [{ ...story, events: [{ day: 0, text: 'It begins.' }] }] }))
    expect(text(told.querySelector('.events time') as Element)).toMatch(/, day 0$/)
  })

  it('tells the worst events of a story first and folds the rest, however late they come', () => {
    const small = Array.from({ length: 60 }, (_, day) => ({ day, text: 'A looper is liquidated.' }))
    const lows = [0.98, 0.9, 0.8].map((level, i) => ({
      day: 70 + i,
      text: `AID trades below ${level} dollars (low of the day ${level - 0.01}).`,
    }))
    const loss = { day: 90, text: '1.20 M USD of principal is written off.' }
    const { told, rest } = byImportance([...small, ...lows, loss], 5)
    expect(told).toEqual([small[0], ...lows, loss])
    expect(told.length + rest.length).toBe(64)
    expect(rest.every((event, i) => i === 0 || event.day >= rest[i - 1].day)).toBe(true)
  })

  it('gives a series of nothing but zeros an axis from 0 to 1', () => {
    expect(paddedDomain([0, 0, 0])).toEqual([0, 1])
    expect(paddedDomain([2, 2])[0]).toBeLessThan(2)
  })

  it('says days and deals in the plural beside any number but 1', () => {
    expect(withUnit(7, scaleOf('deal', 7))).toBe('7\u00a0deals')
    expect(withUnit(1, scaleOf('deal', 7))).toBe('1\u00a0deal')
  })

  it('keeps the words of the first figure inside its frame', () => {
    const labels = all('#figure-probabilities svg text')
    expect(labels.length).toBeGreaterThan(0)
    expect(all('#figure-probabilities [text-anchor="end"]')).toEqual([])
  })
})

describe('a report of the same run', () => {
  it('has the same bytes when made again', () => {
    expect(reportOf(fakeRecord(small))).toBe(report)
  })

  it('differs in its varying part alone when time, machine, versions and commit differ', () => {
    const timing = { seconds: 99, threads: 7, batch: 3, pathsPerSecond: 5, finishedAt: '2027-01-01T00:00:00Z' }
    const versions = { aidlab: '9.9.9', node: '99' }
    const other = reportOf({ ...record, manifest: { ...record.manifest, timing, versions, commit: 'f'.repeat(40) } })
    expect(other).not.toBe(report)
    expect(withoutVarying(other)).toBe(withoutVarying(report))
    const seed = reportOf({ ...record, manifest: { ...record.manifest, seed: '1' } })
    expect(withoutVarying(seed)).not.toBe(withoutVarying(report))
  })

  it('leaves out what the run does not keep, and says so', () => {
    const bare = parsed(
      reportOf({ ...record, fans: [], stories: [], outcomes: [], outcomeColumns: {}, storyColumns: [] }),
    )
    expect(all('.missing', bare).length).toBeGreaterThan(5)
    expect(all('figure', bare)).toEqual([])
  })

  it('says that it was interrupted when it was', () => {
    const manifest = { ...record.manifest, complete: false }
    expect(text(parsed(reportOf({ ...record, manifest })).querySelector('header') as Element)).toContain('interrupted')
  })
})

describe('its tools', () => {
  it('hash as FIPS 180-4 says, as the implementation of Node does', () => {
    expect(sha256Base64('abc')).toBe(
      Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex').toString('base64'),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        expect(sha256Base64(words)).toBe(createHash('sha256').update(words).digest('base64'))
      }),
      { seed: 20261122 },
    )
  })

  it('write CSV that quotes what must be quoted, leaves a gap for what is not there, and refuses NaN', () => {
    const columns = [
      { name: 'a "name", with all', unit: 'text' },
      { name: 'b', unit: 'USD' },
    ]
    expect(
      csvText({
        columns,
        rows: [
          ['x,y', 1 / 3],
          ['z', null],
        ],
      }),
    ).toBe('"a ""name"", with all",b (USD)\r\n"x,y",0.333333333\r\nz,\r\n')
    expect(() => csvText({ columns, rows: [['x', Number.NaN]] })).toThrow('NaN in row 0 of column b')
  })

  it('escape text in HTML and leave markup', () => {
    expect(toHtml(html`<p title="${'"'}">${'<&>'}${html`<b>${1}</b>`}${null}${['a', '<']}</p>`)).toBe(
      '<p title="&#34;">&#60;&#38;&#62;<b>1</b>a&#60;</p>',
    )
  })

  it('label months with their year once', () => {
    expect(monthTicks('2026-11-15', 120, 12)).toEqual([
      { day: 16, label: 'Dec 2026' },
      { day: 47, label: 'Jan 2027' },
      { day: 78, label: 'Feb' },
      { day: 106, label: 'Mar' },
    ])
  })
})
