/** aidlab sensitivity from the command line and as a report: what it prints, what it refuses, and that no noise is shown as a number. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderStudyReport } from '../../reports/studyReport.ts'
import { sensitivityTable } from '../../sim/host/sensitivityTable.ts'
import type { SensitivityAnswer } from '../../sim/studies/sensitivity/answer.ts'
import { leastSizes, standardMetrics, standardSizes } from '../../sim/studies/sensitivity/question.ts'
import { sensitivity } from '../../sim/studies/sensitivity/sensitivity.ts'
import type { StudyManifest } from '../../sim/studies/study.ts'
import { aidlab } from '../support/commandLine.ts'
import { scratch } from '../support/runs.ts'
import { toyLaboratory, toyQuestion } from '../support/sensitivityStudies.ts'

const { folder, clean } = scratch()
afterAll(clean)
const inside = (name: string): string => join(folder, name)

const file = inside('brief.yaml')
writeFileSync(
  file,
  'name: brief\nquestion: What matters in three days?\nextends: base\nrun: { days: 3, ticksPerDay: 2, seed: 3 }\n',
)
const small = ['--paths', '16', '--tornado-paths', '16', '--trajectories', '4', '--rows', '8', '--replicates', '100']
const dials = ['--dials', 'treasury.bufferShare,deals.openingScale=0.8..1.1,holders.gas']

describe('aidlab sensitivity', () => {
  it('answers with a table, a report and the same bytes in one thread and in two', async () => {
    const words = ['sensitivity', file, ...small, ...dials, '--keep', '2', '--metric', 'minimumLiquidityRatio']
    const first = await aidlab(...words, '--threads', '0', '--out', inside('one'))
    expect(first.status, first.said).toBe(0)
    expect(first.out).toContain('minimumLiquidityRatio (mean): Lowest liquidity ratio')
    expect(first.out).toContain('The dummy, which turns nothing but the luck')
    const second = await aidlab(...words, '--threads', '2', '--out', inside('two'), '--json')
    expect(second.status, second.said).toBe(0)
    for (const name of ['study.json', 'effects.parquet', 'cells.parquet', 'design.parquet']) {
      expect(readFileSync(join(inside('two'), name)).equals(readFileSync(join(inside('one'), name))), name).toBe(true)
    }
    const { metrics, kept } = JSON.parse(second.out) as SensitivityAnswer
    expect(metrics).toHaveLength(1)
    expect(kept).toHaveLength(2)
    expect(readFileSync(join(inside('one'), 'report.html'), 'utf8')).toContain('figure-tornado-minimumLiquidityRatio')
    const page = readFileSync(join(inside('one'), 'report.html'), 'utf8')
    expect(page).toContain('<h1>Which of 3 dials matter: lowest liquidity ratio?</h1>')
    expect(page).not.toMatch(/<text[^>]*>[^<]*(treasury|deals|holders)\./)
  }, 120_000)

  it('says of every size its least and its default', async () => {
    const { status, out } = await aidlab('sensitivity', '--help')
    expect(status).toBe(0)
    const help = out.replace(/\s+/g, ' ')
    const { paths, tornadoPaths, trajectories, rows, keep, replicates } = leastSizes
    const sizes = { paths, trajectories, rows, keep, 'tornado-paths': tornadoPaths, replicates }
    const defaults: Record<string, number> = { ...standardSizes, 'tornado-paths': standardSizes.tornadoPaths }
    for (const [name, least] of Object.entries(sizes))
      expect(help).toMatch(new RegExp(`--${name} <n> [^-]*at least ${least} \\(default: ${defaults[name]}\\)`))
    for (const name of standardMetrics) expect(help).toContain(name)
  })

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a method that is none',
      ['--method', 'fast'],
      /--method fast is not known; give one or more of tornado, morris, sobol/,
    ],
    ['a misspelt metric', ['--metric', 'saidLos'], /--metric: unknown metric: saidLos; did you mean saidLoss\?\n?$/],
    ['a misspelt dial', ['--dials', 'aidPool.deepth'], /--dials: .*did you mean depth/],
    ['no dial at all', ['--dials', ''], /: --dials names none; give one or more/],
    [
      'a dial that is missing after a comma',
      ['--dials', 'aidPool.depth,'],
      /: --dials is aidPool\.depth,; between or after its commas a word is missing/,
    ],
    [
      'a level in per cent',
      ['--statistic', 'quantile:95'],
      /--statistic: statistic quantile:95 .*; 95 % is written 0\.95/,
    ],
    ['rows that are no power of two', ['--rows', '100'], /--rows: number of Sobol rows is 100; give a power of two/],
    ['too few paths', ['--paths', '8'], /--paths is 8; it must be a whole number from 16 to/],
    ['too few paths of a bar', ['--tornado-paths', '8'], /--tornado-paths is 8; it must be a whole number from 16 to/],
    ['too few trajectories', ['--trajectories', '2'], /--trajectories is 2; it must be a whole number from 4 to/],
    ['too few resamples', ['--replicates', '9'], /--replicates is 9; it must be a whole number from 100 to/],
    ['too few rows', ['--rows', '4'], /--rows is 4; it must be a whole number from 8 to/],
    ['paths that are no number', ['--paths', 'many'], /--paths is many; it must be a whole number/],
    ['a statistic that is none', ['--statistic', 'best'], /--statistic: statistic best is not known/],
    [
      'a tail of too few paths',
      ['--metric', 'saidLoss', '--statistic', 'expectedShortfall:0.99'],
      /give --paths 1000 or more/,
    ],
  ]
  for (const [what, words, message] of refused) {
    it(`refuses ${what} with status 2, before it simulates`, async () => {
      const { status, said, out } = await aidlab('sensitivity', file, ...words, '--out', inside('never'))
      expect(status).toBe(2)
      expect(said).toMatch(message)
      expect(out).toBe('')
    })
  }
})

describe('the report of a study of sensitivity', () => {
  let answer: SensitivityAnswer
  let page: Document
  let text: string

  beforeAll(async () => {
    const question = toyQuestion({ metrics: ['amount', 'event', 'never'], rows: 32, paths: 32, tornadoPaths: 64 })
    const { tables: _tables, ...rest } = await sensitivity(question, toyLaboratory(3))
    answer = JSON.parse(JSON.stringify(rest)) as SensitivityAnswer
    const manifest: StudyManifest = {
      format: 1,
      kind: 'sensitivity',
      title: 'Which dials matter?',
      question: {},
      studyHash: 'abc',
      scenarios: [
        {
          ...{ name: 'base', question: 'What?', file: 'base', planHash: 'abcdef', seed: '7', days: 1, ticksPerDay: 1 },
          ...{ start: '2026-07-01', normalForm: {} },
        },
      ],
      versions: {},
      commit: null,
      timing: { seconds: 1, threads: 1, cells: 2, paths: 800, finishedAt: 'now', command: 'aidlab' },
      complete: true,
    }
    text = await renderStudyReport(manifest, answer, new JSDOM('').window.document)
    page = new JSDOM(text).window.document
  })

  it('has a tornado, a plane and shares of every metric that moves, and says of the one that does not', () => {
    expect(text).not.toMatch(/NaN|undefined|\[object|Infinity/)
    for (const name of ['amount', 'event']) {
      for (const figure of ['tornado', 'screening', 'shares']) {
        expect(page.querySelectorAll(`#figure-${figure}-${name} svg`).length, `${figure} ${name}`).toBeGreaterThan(0)
      }
    }
    const still = page.querySelector('#sensitivity-never')!
    expect(still.querySelectorAll('figure')).toHaveLength(0)
    expect(still.textContent).toContain('No path moved in any cell: there is no variance to share out.')
  })

  it('shows no index without its interval, and none below zero as a number', () => {
    const [, , shares] = page.querySelectorAll('#sensitivity-amount .table')
    const rows = [...shares.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    )
    expect(rows).toHaveLength(5)
    for (const [dial, , ...indices] of rows) {
      expect(indices).toHaveLength(2)
      for (const index of indices) {
        expect(index!.trim(), dial!).toMatch(
          /^(\d\.\d\d|cannot be told from zero) −?\d+\.\d\d to \d+\.\d\d$|^no path moved$/,
        )
      }
    }
    const dummy = rows.find(([dial]) => dial === 'Dummy')!
    for (const index of dummy.slice(2)) expect(index).toMatch(/^cannot be told from zero −/)
  })

  it('ranks no dials whose intervals overlap', () => {
    const { dials } = answer.metrics[0].sobol!
    for (const one of dials) {
      const overlapping = dials.filter(
        (other) => other !== one && one.total.lower! <= other.total.upper! && other.total.lower! <= one.total.upper!,
      )
      const isRanked = one.rank!.best === one.rank!.worst
      expect(isRanked, one.dial).toBe(overlapping.length === 0)
    }
    expect(page.querySelector('#sensitivity-amount')!.textContent).toMatch(/1 to [234]/)
    expect(page.querySelector('#method')!.textContent).toContain('the order of these dials is open')
  })

  it('marks what moves no path in one way, of probabilities and amounts, and says what that leaves open', () => {
    const printed = `\n${sensitivityTable(answer, false)}`
    const [amount, , never] = ['amount', 'event', 'never'].map(
      (name) => printed.slice(printed.indexOf(`\n${name} (`)).split('Shares of variance')[0],
    )
    // Of the 64 paths of a bar: 1 - 0.05^(1/64) = 4.6 %; of 20 trajectories of 32: 0.47 %.
    for (const part of [amount, never]) {
      const words = part.replace(/\s+/g, ' ')
      expect(part).toMatch(/\nholders\.gas +0 USD +=\n +100 USD +=\n/)
      expect(words).toContain('= where no path moved, a change felt by fewer than 4.6 % of all paths is not seen')
      expect(words).toContain('= where no path moved, a change felt by fewer than 0.47 % of all paths is not seen')
    }
    expect(never).not.toMatch(/ ~/)
    expect(never).toContain('Turned alone, no dial moves any path.')
    const section = page.querySelector('#sensitivity-never')!.textContent!
    expect(section).toContain('Where no path moved, a change felt by fewer than 4.6')
    const [{ low }] = answer.metrics[2].tornado!.bars
    expect(low).toMatchObject({ moved: 0, change: { value: 0, told: false } })
    expect(low.change.upper).toBeGreaterThan(0.03)
    const gas = answer.metrics[0].tornado!.bars.find(({ dial }) => dial === 'holders.gas')!
    expect(gas.high).toMatchObject({ moved: 0, change: { value: 0, lower: null, upper: null } })
  })

  it('fits a line also where units are long', () => {
    const wide = {
      ...answer,
      dials: answer.dials.map((dial) => ({ ...dial, unit: 'USD/share/year' })),
      metrics: answer.metrics.map((metric) => ({ ...metric, unit: '1/year' })),
    }
    for (const line of sensitivityTable(wide, false).split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('prints the same findings as text', () => {
    const printed = sensitivityTable(answer, false)
    expect(printed).not.toMatch(/NaN|undefined|\u00a0/)
    expect(printed).toContain('cannot be told from zero')
    expect(printed.replace(/\s+/g, ' ')).toContain('intervals overlap, so the order of these dials is open')
    expect(printed).toMatch(/holders\.gas +— +=/)
    expect(printed).toContain('holders.gas is the ')
    expect(printed.replace(/\s+/g, ' ')).toMatch(/Turned alone, the .* moves it most: [+−][\d.]+ USD \(−?[\d.]+ to /)
    for (const line of printed.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})
