/** Sweeps: cells share the luck, a growing sweep moves no cell, the table is tidy, and what is wrong is refused by name. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { JSDOM } from 'jsdom'
import { afterAll, describe, expect, it } from 'vitest'
import { shadesOf } from '../../reports/figures/sweep.ts'
import { scaleOf } from '../../reports/format.ts'
import { toHtml } from '../../reports/html.ts'
import { makeDrawing } from '../../reports/section.ts'
import { sweepSections, sweepSummary } from '../../reports/studies/sweep.ts'
import { isMoved, leadingStatistic, standingOf } from '../../reports/sweepWords.ts'
import { cellsOf } from '../../scenarios/sweep.ts'
import { model } from '../../sim/host/model.ts'
import { sweepTable } from '../../sim/host/sweepTable.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import type { Cell } from '../../sim/studies/laboratory.ts'
import { sweepQuestion } from '../../sim/studies/sweep/question.ts'
import { type SweepAnswer, sweep } from '../../sim/studies/sweep/sweep.ts'
import { aidlab } from '../support/commandLine.ts'
import { cannedLaboratory, laboratoryOf, toyMetric } from '../support/laboratory.ts'
import { scratch } from '../support/runs.ts'
import { economy, librarian, onBase, resolve } from '../support/scenarios.ts'

const metrics = model.metrics.filter(({ name }) => ['depeg_2pct_24h', 'lowestTwap24h', 'queueDays'].includes(name))

/** Sweeps the base scenario over ten days of two ticks. */
async function swept(lines: readonly string[], paths = 12): Promise<SweepAnswer> {
  const run = 'run: { days: 10, ticksPerDay: 2 }'
  const scenario = resolve(onBase(run, 'sweep:', ...lines), { paths, seed: 7 })
  const question = sweepQuestion(scenario, model.economy, scenario.sweep!, 0.95)
  return sweep(question, laboratoryOf(model.economy, metrics))
}

/** What stands in the table of a cell, by metric and statistic, differences left out. */
function cellRows({ tables }: SweepAnswer, isWanted: (row: readonly (number | string | null)[]) => boolean) {
  const columns = tables.cells.columns.map(({ name }) => name)
  const at = (name: string): number => columns.indexOf(name)
  return tables.cells.rows
    .filter((row) => isWanted(row) && !String(row[at('statistic')]).startsWith('difference'))
    .map((row) => ['metric', 'statistic', 'estimate', 'lower', 'upper', 'paths', 'unit'].map((name) => row[at(name)]))
}

const depths = '    aidPool.depth: [2e4, 2e6]'

describe('A sweep', () => {
  it('gives a cell the same numbers, to the last digit, alone, in a longer axis, beside another dial, and sampled', async () => {
    const alone = await swept(['  zip:', '    aidPool.depth: [2e4]'])
    const longer = await swept(['  grid:', '    aidPool.depth: [2e6, 2e4, 4e6]'])
    const wider = await swept(['  grid:', depths, '    deals.firstLoss: [0, 0.1]'])
    const wanted = cellRows(alone, () => true)
    expect(wanted.length).toBeGreaterThan(10)
    expect(cellRows(longer, (row) => row[1] === 2e4)).toEqual(wanted)
    expect(cellRows(wider, (row) => row[1] === 2e4 && row[2] === 0)).toEqual(wanted)
    expect(wanted).not.toEqual(cellRows(longer, (row) => row[1] === 4e6))
  })

  it('makes one row of each cell, metric and statistic, with every dial in a column of its own', async () => {
    const { tables, cells } = await swept(['  grid:', depths, '    aid.mode: [twoTier, unified]'])
    const { columns, rows } = tables.cells
    expect(columns.map(({ name }) => name)).toEqual(
      'cell aidPool.depth aid.mode metric statistic estimate lower upper paths unit'.split(' '),
    )
    const keys = rows.map((row) => [row[0], row[3], row[4]].join(' '))
    expect(new Set(keys).size).toBe(rows.length)
    // An event has one statistic, an amount seven; all but quantiles differ from the reference in the other cells.
    expect(rows.length).toBe(cells.length * (1 + 2 * 7) + (cells.length - 1) * (1 + 2 * 2))
    for (const row of rows) expect([row[1], row[2]]).toEqual(Object.values(cells[row[0] as number]))
  })

  it('holds every cell against the scenario as it is, which is simulated besides where no cell is that', async () => {
    const here = await swept(['  grid:', depths])
    expect(here.reference).toBe(1)
    expect(here.metrics[0].cells[1][0].difference).toBeNull()
    expect(here.metrics[0].cells[0][0].difference).not.toBeNull()
    const there = await swept(['  grid:', '    aidPool.depth: [2e4, 3e6]'])
    expect(there.reference).toBeNull()
    for (const [m, { reference, cells }] of there.metrics.entries()) {
      expect(reference).toEqual(here.metrics[m].reference)
      expect(cells[0]).toEqual(here.metrics[m].cells[0])
    }
  })

  it('takes the differences path by path: a dial without effect differs by nothing, which bounds nothing', async () => {
    const { metrics: found } = await swept(['  grid:', '    deals.firstLoss: [0, 0.01]'])
    const waits = found.find(({ name }) => name === 'queueDays')!
    expect(waits.cells[1][0].difference).toEqual({ value: 0, lower: null, upper: null })
  })

  it('subtracts the reference from the cell, in the sign of the metric, between bounds', async () => {
    const scenario = resolve(onBase('sweep: { grid: { aidPool.depth: [2e6, 4e6] } }'), { paths: 400 })
    const price = toyMetric('price', 'outcomes.minimumTwap1h', { unit: 'USD', bad: 'low' })
    const fails = toyMetric('fails', 'outcomes.minimumTwap1h', {
      kind: 'event',
      evaluate: (row) => (row['outcomes.minimumTwap1h'] < 0.9 ? 1 : 0),
    })
    const low = Float64Array.from({ length: 400 }, (_, p) => (p < 40 ? 0.8 + 0.001 * p : 0.95 + 0.0001 * (p % 7)))
    const high = low.map((value, p) => (p < 30 ? value + 0.15 : value))
    const laboratory = cannedLaboratory(economy, [price, fails], ({ plan }) => ({
      'outcomes.minimumTwap1h': plan.parameters['aidPool']['depth'] === 4e6 ? high : low,
    }))
    const answer = await sweep(sweepQuestion(scenario, model.economy, scenario.sweep!, 0.95), laboratory)
    const [prices, failures] = answer.metrics.map(({ cells }) => cells[1])
    expect(prices[0].difference!.value).toBeCloseTo((30 * 0.15) / 400, 12)
    expect(failures[0].difference!.value).toBeCloseTo(-30 / 400, 12)
    const shortfall = prices.at(-1)!
    const moved = (shortfall.estimate as number) - (answer.metrics[0].cells[0].at(-1)!.estimate as number)
    expect(shortfall.difference!.value).toBeCloseTo(moved, 12)
    expect(moved).toBeGreaterThan(0)
    for (const { difference } of [...prices, ...failures]) {
      if (difference === null) continue
      expect(difference.lower).toBeLessThan(difference.value)
      expect(difference.upper).toBeGreaterThan(difference.value)
    }
  })

  it('asks for every cell at once, of the same paths and the same luck', async () => {
    const scenario = resolve(
      onBase('run: { days: 2, ticksPerDay: 1 }', 'sweep: { grid: { aidPool.depth: [1e5, 1e6, 2e6] } }'),
      {
        paths: 3,
      },
    )
    const laboratory = laboratoryOf(model.economy, metrics)
    await sweep(sweepQuestion(scenario, model.economy, scenario.sweep!, 0.95), laboratory)
    expect(laboratory.asked.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [0, 3],
      [0, 3],
    ])
    expect(new Set(laboratory.asked.map(({ plan }) => plan.seed.join())).size).toBe(1)
  })

  it('ends with the error of a cell that fails while the reference still runs, and with no other', async () => {
    const scenario = resolve(onBase('sweep: { grid: { aidPool.depth: [2e6, 1e5, 1e6] } }'), { paths: 3 })
    let stop = (): void => {}
    const later = new Promise<never>((_, fail) => {
      stop = () => fail(new Error('the reference was stopped'))
    })
    const laboratory = {
      ...laboratoryOf(model.economy, metrics),
      simulate: ({ plan }: Cell) => {
        if (plan.parameters['aidPool']['depth'] === 2e6) return later
        setTimeout(stop, 30)
        return Promise.reject(new InputError('no'))
      },
    }
    const question = sweepQuestion(scenario, model.economy, scenario.sweep!, 0.95)
    await expect(sweep(question, laboratory)).rejects.toThrow('cell 1 (aidPool.depth = 100000): no')
    await expect(later).rejects.toThrow('stopped')
  })

  it('shares what moves over time between the plans of its cells, and changes nothing else of it', () => {
    const scenario = librarian('pool-sweep')
    const { cells } = sweepQuestion(scenario, economy, scenario.sweep!, 0.95)
    expect(cells).toHaveLength(12)
    const [first, last] = [cells[0].plan, cells[11].plan]
    expect(last.levers).toBe(first.levers)
    expect(Object.keys(first.levers)).toEqual(['holders'])
    expect(first.parameters['aidPool']['depth']).toBe(1e6)
    expect(last.parameters['aidPool']['depth']).toBe(8e6)
    expect(last.parameters['reserve']['usdcTarget']).toBe(0.22)
  })
})

describe('The pictures of a sweep', () => {
  const kinds: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a heat map of two dials',
      ['  grid:', depths, '    deals.firstLoss: [0, 0.1]'],
      /down: aidPool\.depth \(M USD\); across: deals\.firstLoss \(%\)|aidPool\.depth \(M USD\) {2}deals\.firstLoss/,
    ],
    [
      'a line with a band of one',
      ['  grid:', '    aidPool.depth: { from: 1e5, to: 1e7, steps: 3, scale: log }'],
      /estimate/,
    ],
    ['dots of a choice', ['  grid:', '    aid.mode: [twoTier, unified]'], /twoTier/],
    ['a line of a zip', ['  zip:', depths, '    deals.firstLoss: [0, 0.1]'], /estimate/],
    [
      'dots of a sample',
      [
        '  sobol: { points: 4, dials: { aidPool.depth: { from: 1e5, to: 1e7, scale: log }, deals.firstLoss: { from: 0, to: 0.2 } } }',
      ],
      /estimate/,
    ],
    [
      'dots of three dials',
      ['  grid:', depths, '    deals.firstLoss: [0, 0.1]', '    aid.redeemFee: [0, 0.001]'],
      /aid\.redeemFee/,
    ],
  ]

  it.each(kinds)('are %s, and a text that says the same', async (_, lines, wanted) => {
    const answer = await swept(lines, 6)
    const { tables, ...plain } = answer
    const read = JSON.parse(JSON.stringify(plain)) as SweepAnswer
    const drawing = makeDrawing(new JSDOM('').window.document)
    const page = [sweepSummary(read), ...sweepSections(read, drawing).map(({ body }) => body)].map(toHtml).join('')
    expect(page).not.toMatch(/NaN|undefined|\[object/)
    const moved = answer.metrics.filter(isMoved)
    expect(page.match(/<figure/g) ?? []).toHaveLength(moved.length)
    for (const { meaning } of answer.metrics) expect(page).toContain(meaning.slice(1))
    // what the axes are called stands in words
    expect(page).not.toMatch(/<text[^>]*>[^<]*aidPool\.depth/)
    const text = sweepTable(answer, false)
    if (moved.length > 0) expect(text).toMatch(wanted)
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(text).not.toMatch(/NaN|undefined|\[object/)
    expect(text.replace(/\s+/g, ' ')).toContain('~ cannot be told apart; = no path differs.')
  })

  it('say what the scenario itself gives, with its interval, and what no cell moves', async () => {
    const answer = await swept(['  grid:', '    aidPool.depth: [2e4]'], 60)
    const text = sweepTable(answer, false)
    const price = answer.metrics.find(({ name }) => name === 'lowestTwap24h')!
    const [{ estimate, lower, upper }] = price.reference
    const ends = [lower, upper].map((one) => one!.toFixed(4)).join(' to ')
    expect(text).toContain(`as it is: ${estimate!.toFixed(4)} (${ends}) USD; no cell better, 1 worse`)
    expect(text).toMatch(/the same in every cell, on every path: .*queueDays\s0 \(on every path\) days/s)
    expect(text).toContain('\n1 cell of 60 paths')
    expect(text).not.toContain('chosen for being good')
    const drawing = makeDrawing(new JSDOM('').window.document)
    const page = [sweepSummary(answer), ...sweepSections(answer, drawing).map(({ body }) => body)].map(toHtml).join('')
    expect(page).toContain('1 cell, 60 paths each')
    expect(page).toContain('Lowest 24-hour average price of AID: how does it change?')
    expect(page).not.toMatch(/\b1 cells/)
  })
})

describe('Cells that print alike', () => {
  const grid = 'sweep: { grid: { aidPool.depth: [2e6, 4e6, 8e6], deals.firstLoss: [0.05, 0.1] } }'
  const scenario = resolve(onBase(grid), { paths: 2000 })
  const price = toyMetric('price', 'outcomes.minimumTwap1h', { unit: 'USD', bad: 'low' })
  const luck = Float64Array.from({ length: 2000 }, (_, p) => 0.9972 + (1e-5 * ((p * 7919) % 2000)) / 2000)
  const asked = (step: number) =>
    sweep(
      sweepQuestion(scenario, model.economy, scenario.sweep!, 0.95),
      cannedLaboratory(economy, [price], ({ plan }) => {
        const depth = plan.parameters['aidPool']['depth'] as number
        const isMoved = depth > 2e6
        return {
          'outcomes.minimumTwap1h': luck.map(
            (value, p) => value + (isMoved ? step * (depth / 4e6) * (1 + 0.1 * (p % 3)) : 0),
          ),
        }
      }),
    )

  it('are told apart with their difference and its interval, in the text and on the page', async () => {
    const answer = await asked(4e-6)
    const text = sweepTable(answer, false)
    expect(text).toMatch(/0\.9972 \(.*\) \+\n +\+0\.00000\d+ \(0\.00000\d+ to 0\.00000\d+\)/)
    expect(text).toContain('Under a cell that is told apart: its difference')
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    const drawing = makeDrawing(new JSDOM('').window.document)
    const page = sweepSections(answer, drawing)
      .map(({ body }) => toHtml(body))
      .join('')
    expect(page).toMatch(/<small>better \+0\.00000\d+ \(0\.00000\d+ to 0\.00000\d+\)<\/small>/)
    expect(page).toMatch(/<tspan[^>]*>\+0\.00000\d+<\/tspan>/)
  })

  it('have shades that hardly differ, and only where they are told apart', async () => {
    const shades = async (step: number): Promise<number[]> => {
      const answer = await asked(step)
      const [metric] = answer.metrics
      const standings = metric.cells.map((_, cell) => standingOf(answer, metric, cell, leadingStatistic(metric)))
      return shadesOf(metric, leadingStatistic(metric), standings, scaleOf('USD', 0.9972))
    }
    const spread = (found: number[]): number => Math.max(...found) - Math.min(...found)
    expect(spread(await shades(4e-6))).toBeLessThan(0.2)
    expect(spread(await shades(4e-6))).toBeGreaterThan(0)
    expect(spread(await shades(4e-3))).toBeGreaterThan(0.6)
    expect(spread(await shades(0))).toBe(0)
  })
})

const { folder, clean } = scratch()
afterAll(clean)
const inside = (name: string): string => join(folder, name)

describe('aidlab sweep', () => {
  it.each([
    ['a scenario without cells', ['base'], 'scenarios/base.yaml names no cells; add sweep:'],
    [
      'a misspelt dial',
      ['base', '--grid', 'aidPool.dept=1e6'],
      'aidlab: --grid aidPool.dept=1e6: unknown parameter of aidPool: dept; did you mean depth?',
    ],
    [
      'a dial without values',
      ['base', '--grid', 'aidPool.depth'],
      '--grid aidPool.depth: write room.parameter=1,2,3 or from..to:steps',
    ],
    [
      'a value out of bounds',
      ['base', '--grid', 'deals.firstLoss=0,0.9'],
      '--grid deals.firstLoss=0,0.9: deals.firstLoss is 0.9, out of bounds; it must lie from 0 to 0.5',
    ],
    ['a value that is missing', ['base', '--grid', 'aidPool.depth=1e6,'], 'after its commas a value is missing'],
    ['a value that is missing between', ['base', '--zip', 'aidPool.depth=1e6,,2e6'], 'a value is missing'],
    ['a range without steps', ['base', '--grid', 'aidPool.depth=1e6..8e6'], 'aidPool.depth has no steps'],
    [
      'a word for a scale',
      ['base', '--grid', 'aidPool.depth=1e6..8e6:4:lag'],
      'scale is lag; it must be linear or log',
    ],
    [
      'two designs',
      ['base', '--grid', 'aidPool.depth=1e6', '--zip', 'deals.firstLoss=0'],
      'sweep has grid and zip; keep one',
    ],
    [
      'a dial twice',
      ['base', '--grid', 'aidPool.depth=1e6', '--grid', 'aidPool.depth=2e6'],
      'aidPool.depth is given twice; keep one',
    ],
    ['points of no sample', ['base', '--points', '8'], '--points 8 goes with --sobol'],
    ['a sample without points', ['base', '--sobol', 'aidPool.depth=1e6..8e6'], 'sobol has no points; write how many'],
    [
      'points that are no power of two',
      ['base', '--sobol', 'aidPool.depth=1e6..8e6:log', '--points', '10'],
      '--points 10: points is 10; it must be a power of two, such as 8 or 16',
    ],
    ['an unknown metric', ['pool-sweep', '--metrics', 'saidLos'], 'unknown metric: saidLos; did you mean saidLoss?'],
    [
      'more paths than a day of one core',
      ['pool-sweep', '--paths', '1000000'],
      '12 cells of 1000000 paths are 12000000 paths; at most 10000000 are swept: give --paths 833333 or fewer, or fewer cells',
    ],
  ])('refuses %s with status 2', async (_, words, message) => {
    const { status, said } = await aidlab('sweep', ...words, '--out', inside('refused'), '--threads', '0')
    expect(said).toContain(message)
    expect(status).toBe(2)
  })

  it('names the cell that the rooms refuse, before anything is simulated', async () => {
    const words = ['sweep', 'base', '--grid', 'deals.tape.*.tenorMonths=36,12.5', '--out', inside('x')]
    const { status, said } = await aidlab(...words)
    expect(said).toMatch(/^aidlab: cell 1 \(deals\.tape\.\*\.tenorMonths = 12\.5\): deals\.tape\..*; whole months$/)
    expect(status).toBe(2)
    expect(existsSync(inside('x.partial'))).toBe(false)
  })

  it('runs the sweep of the library from the command line: what it costs, a table, Parquet and a report', async () => {
    const size = ['--paths', '4', '--days', '33', '--threads', '0']
    const { status, said, out } = await aidlab('sweep', 'pool-sweep', ...size, '--out', inside('pool'))
    expect(said).not.toContain('failed')
    expect(status).toBe(0)
    expect(said).toMatch(/^12 cells × 4 paths × 33 days: some .* of one core/)
    expect(out).toContain('aidPool.depth (M USD)  reserve.usdcTarget (%)')
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(inside('pool/cells.parquet')) })
    const wished = librarian('pool-sweep').sweep!
    expect([...new Set(rows.map((row) => row['metric']))]).toEqual(wished.metrics)
    const dials = cellsOf(wished.design).map((cell) => Object.values(cell).join(' '))
    expect([...new Set(rows.map((row) => `${row['aidPool.depth']} ${row['reserve.usdcTarget']}`))]).toEqual(dials)
    const report = readFileSync(inside('pool/report.html'), 'utf8')
    expect(report).toContain(
      'How does pool-sweep change with the depth of the AID pool and the USDC that the treasury keeps?',
    )
    expect(report).toContain('Lowest 24-hour average price of AID: how does it change?')
    expect(report).toContain('<code>aidlab sweep pool-sweep --paths 4 --days 33 --threads 0 --out ')
  }, 120_000)

  it('gives the same bytes for any threads', async () => {
    const words = ['sweep', 'base', '--zip', 'aidPool.depth=1e5..4e6:3:log', '--metrics', 'lowestTwap24h,queueDays']
    const size = ['--paths', '10', '--days', '20', '--no-report']
    const one = await aidlab(...words, ...size, '--threads', '0', '--out', inside('one'))
    const two = await aidlab(...words, ...size, '--threads', '2', '--batch', '3', '--out', inside('two'))
    expect([one.status, two.status]).toEqual([0, 0])
    for (const file of ['study.json', 'cells.parquet'])
      expect(readFileSync(inside(`one/${file}`)).equals(readFileSync(inside(`two/${file}`))), file).toBe(true)
  }, 120_000)
})
