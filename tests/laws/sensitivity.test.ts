/** A study of sensitivity: what it asks, what it says, and what it refuses. */
import { describe, expect, it } from 'vitest'
import { turned } from '../../scenarios/dials.ts'
import { libraryNames } from '../../scenarios/library.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { quantile, sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { rankRanges } from '../../sim/statistics/ranks.ts'
import { expectedShortfallWithInterval } from '../../sim/statistics/tailRisk.ts'
import type { Cell } from '../../sim/studies/laboratory.ts'
import { counted } from '../../sim/studies/numberWords.ts'
import { found, foundSize } from '../../sim/studies/sensitivity/answer.ts'
import type { SensitivityQuestion } from '../../sim/studies/sensitivity/question.ts'
import { parseRanges, standardRanges, valueAt } from '../../sim/studies/sensitivity/ranges.ts'
import { costOf, sensitivity } from '../../sim/studies/sensitivity/sensitivity.ts'
import { contributions, parseStatistic, type Statistic } from '../../sim/studies/sensitivity/statistic.ts'
import { economy, librarian } from '../support/scenarios.ts'
import { streamOf } from '../support/sensitivityFunctions.ts'
import { base, toyLaboratory, toyMetrics, toyQuestion } from '../support/sensitivityStudies.ts'

const small = { trajectories: 6, rows: 16, paths: 16, tornadoPaths: 16, replicates: 100 } as const

async function refusal(changes: Partial<SensitivityQuestion>): Promise<string> {
  const laboratory = toyLaboratory(1)
  const error = await sensitivity(toyQuestion(changes), laboratory).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(InputError)
  expect(laboratory.asked).toEqual([])
  return (error as Error).message
}

const refusedRange =
  (...words: string[]) =>
  () =>
    parseRanges(words, base, economy)

function groupedByLuck(cells: readonly Cell[]): Map<number, Cell[]> {
  const groups = new Map<number, Cell[]>()
  for (const cell of cells) groups.set(cell.from, [...(groups.get(cell.from) ?? []), cell])
  return groups
}

describe('a study of sensitivity', () => {
  it('finds the dials that matter, and of the one that nothing reads and of the dummy that they cannot be told from zero', async () => {
    const { metrics, kept } = await sensitivity(toyQuestion({ rows: 64, keep: 4 }), toyLaboratory(3))
    const [{ morris, sobol }] = metrics
    expect(kept).toHaveLength(4)
    for (const { dials } of [morris!, sobol!]) expect(dials[3].dial).toBe('holders.gas')
    for (const unread of [morris!.dials[3].muStar, sobol!.dials[3].total, sobol!.dials[3].first]) {
      expect(unread).toEqual({ value: 0, lower: 0, upper: 0, told: false })
    }
    for (const one of [morris!.dummy.mu, morris!.dummy.muStar, sobol!.dummy!.first, sobol!.dummy!.total]) {
      expect(one.told).toBe(false)
      expect(one.lower).toBeLessThan(0)
      expect(one.upper).toBeGreaterThan(0)
    }
    for (const { total } of sobol!.dials.slice(0, 3)) expect(total.told).toBe(true)
    const third = sobol!.dials.find(({ dial }) => dial === 'deals.firstLoss')!
    expect(third.first.told).toBe(false) // its first-order index is zero, and it acts by interaction alone
  })

  it('says before it starts how many paths it will simulate, and simulates as many', async () => {
    const laboratory = toyLaboratory(1)
    const question = toyQuestion({ ...small, keep: 2 })
    const { design, tables, kept } = await sensitivity(question, laboratory)
    const { tornado, morris, sobol } = costOf(question)
    const total = tornado!.paths + morris!.paths + sobol!.paths
    expect(laboratory.said[0]).toMatch(new RegExp(`^${counted(total)} paths of .*: tornado `))
    expect(laboratory.asked.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(total)
    expect(design).toMatchObject({ simulatedPaths: total, cells: laboratory.asked.length })
    expect(kept).toHaveLength(2)
    expect(tables['cells'].rows).toHaveLength(laboratory.asked.length)
  })

  it('gives the same bytes whatever the order in which cells answer', async () => {
    const stream = streamOf(20)
    const late = () => new Promise<void>((resolve) => setTimeout(resolve, stream.index(4)))
    const question = toyQuestion({ ...small, metrics: ['amount', 'event'] })
    const answers = await Promise.all(
      [toyLaboratory(2), toyLaboratory(2, late)].map((one) => sensitivity(question, one)),
    )
    expect(JSON.stringify(answers[1])).toBe(JSON.stringify(answers[0]))
    expect(JSON.stringify(answers[0])).not.toMatch(/NaN|Infinity/)
  })

  it('asks cells of a longer design that begin with those of a shorter one', async () => {
    const cellsOf = async (changes: Partial<SensitivityQuestion>) => {
      const laboratory = toyLaboratory(1)
      await sensitivity(toyQuestion({ ...small, ...changes }), laboratory)
      return new Set(laboratory.asked.map((cell) => JSON.stringify(cell)))
    }
    for (const method of ['morris', 'sobol'] as const) {
      const short = await cellsOf({ methods: [method] })
      const long = await cellsOf({ methods: [method], trajectories: 12, rows: 32 })
      expect(long.size).toBeGreaterThan(short.size)
      expect([...short].filter((cell) => !long.has(cell))).toEqual([])
    }
  })

  it('shares luck within a trajectory or row, and with none other; the dummy has luck that no other cell has', async () => {
    for (const [method, cells, count] of [
      ['morris', 5, 6],
      ['sobol', 6, 16],
    ] as const) {
      const laboratory = toyLaboratory(1)
      await sensitivity(toyQuestion({ ...small, methods: [method] }), laboratory)
      const byLuck = groupedByLuck(laboratory.asked)
      const sizes = [...byLuck.values()].map((group) => group.length)
      expect(sizes.filter((size) => size === cells)).toHaveLength(count)
      expect(sizes.filter((size) => size === 1)).toHaveLength(count)
      expect(byLuck.size).toBe(2 * count)
      const starts = [...byLuck.keys()].sort((a, b) => a - b)
      expect(starts.every((from, i) => i === 0 || from - starts[i - 1] >= 16)).toBe(true)
    }
  })

  it('gives the dummy an interval about zero also where luck is so large that the variance is hardly told', async () => {
    const { metrics } = await sensitivity(toyQuestion({ ...small, rows: 32, methods: ['sobol'] }), toyLaboratory(20))
    const { dummy } = metrics[0].sobol!
    for (const one of [dummy!.first, dummy!.total]) {
      expect(one.lower).not.toBe(null)
      expect(one.lower).toBeLessThan(0)
      expect(one.upper).toBeGreaterThan(0)
    }
  })

  it('gives no indices of what does not move, and says so by the variance', async () => {
    const { metrics } = await sensitivity(toyQuestion({ ...small, metrics: ['never'] }), toyLaboratory(1))
    expect(metrics[0].sobol).toMatchObject({ variance: { told: false }, dials: [], dummy: null })
    expect(
      metrics[0].morris!.dials.every(({ muStar, rank }) => !muStar.told && rank!.best === 1 && rank!.worst === 4),
    ).toBe(true)
    // None of 16 paths moved: the change of a probability still has the width that 16 paths leave it.
    expect(metrics[0].tornado!.bars[0].low.change.upper).toBeGreaterThan(0.1)
  })

  it('bounds nothing beyond what a metric can be, and no change beyond what can change', async () => {
    // Few paths of forty: an interval of the mean alone would begin below zero.
    const isHigh = (row: Readonly<Record<string, number>>) => (row['toy.value'] > 12 ? 1 : 0)
    const rare = { ...toyMetrics[0], name: 'rare', unit: '1', lowest: 0, highest: 1, evaluate: isHigh }
    const laboratory = toyLaboratory(9)
    const asked = { ...small, tornadoPaths: 40, methods: ['tornado'] as const, metrics: ['rare'] }
    const { metrics } = await sensitivity(toyQuestion(asked), { ...laboratory, metrics: [rare] })
    for (const { tornado } of metrics) {
      expect(tornado!.base.lower).toBeGreaterThanOrEqual(0)
      expect(tornado!.base.upper).toBeLessThanOrEqual(1)
      for (const { change } of tornado!.bars.flatMap(({ low, high }) => [low, high])) {
        expect(change.lower ?? 0).toBeGreaterThanOrEqual(-1)
        expect(change.upper ?? 0).toBeLessThanOrEqual(1)
      }
    }
    expect(metrics[0].tornado!.base.value).toBeGreaterThan(0)
    expect(metrics[0].tornado!.base.lower).toBe(0)
  })

  it('turns a tail statistic into influences and gives it no single future', async () => {
    const statistic: Statistic = { kind: 'expectedShortfall', level: 0.75 }
    const { metrics } = await sensitivity(toyQuestion({ ...small, paths: 40, statistic }), toyLaboratory(3))
    expect(metrics[0].statistic).toBe('expectedShortfall:0.75')
    expect(metrics[0].sobol!.luck).toBe(null)
    expect(metrics[0].sobol!.dials.every(({ single }) => single === null)).toBe(true)
  })
})

describe('a question that cannot be asked is refused by name', () => {
  it('an unknown metric, with the nearest known one', async () => {
    expect(await refusal({ metrics: ['amuont'] })).toBe('unknown metric: amuont; did you mean amount?')
  })
  it('a probability of an amount', async () => {
    expect(await refusal({ statistic: { kind: 'probability' } })).toMatch(/amount is an amount.*not probability/)
  })
  it('a mean of an event', async () => {
    expect(await refusal({ metrics: ['event'], statistic: { kind: 'mean' } })).toMatch(/event is an event.*not mean/)
  })
  it('a tail of too few paths, with how many it needs', async () => {
    expect(await refusal({ statistic: { kind: 'expectedShortfall', level: 0.975 } })).toMatch(
      /give --paths 400 or more/,
    )
  })
  it('Sobol rows that are no power of two', async () => {
    expect(await refusal({ rows: 100 })).toBe(
      'number of Sobol rows is 100; give a power of two from 8, such as 64 or 128',
    )
  })
  it('too few trajectories', async () => {
    expect(await refusal({ trajectories: 2 })).toBe('number of Morris trajectories is 2; give a whole number from 4')
  })
  it('too few paths a cell', async () => {
    expect(await refusal({ paths: 3 })).toBe('number of paths a cell is 3; give a whole number from 16')
  })
  it('no dial at all', async () => {
    expect(await refusal({ dials: [] })).toMatch(/no dial to turn/)
  })
  it('a statistic that is none', () => {
    expect(() => parseStatistic('median')).toThrow(
      /statistic median is not known; write probability, mean, quantile:0.9/,
    )
    expect(() => parseStatistic('quantile:99')).toThrow(/no level between 0 and 1/)
    expect(() => parseStatistic('quantile:95')).toThrow(
      /^statistic quantile:95 has no level between 0 and 1; 95 % is written 0\.95$/,
    )
    for (const level of ['', ':0', ':1', ':-3', ':high'])
      expect(() => parseStatistic(`quantile${level}`)).toThrow(/between 0 and 1; write for example quantile:0\.9$/)
  })
  it('a misspelt dial, with the nearest known one', () => {
    expect(refusedRange('aidPool.dept')).toThrow(/did you mean depth/)
  })
  it('a range out of bounds, empty, broken or not whole', () => {
    expect(refusedRange('aidPool.fee=0..1')).toThrow(
      'range 0..1 of aidPool.fee is out of bounds; stay within 0 to 0.05',
    )
    expect(refusedRange('aidPool.fee=0.02..0.01')).toThrow(/is empty; its end must be above its beginning/)
    expect(refusedRange('aidPool.fee=0.01')).toThrow(/cannot be read; write from..to/)
    expect(refusedRange('aidPool.fee=low..high')).toThrow(/has no two numbers/)
    expect(refusedRange('deals.graceDays=1.5..3')).toThrow(/takes whole numbers only/)
    expect(refusedRange('aidPool.fee=0..0.01:log')).toThrow(/a logarithmic range begins above 0/)
  })
  it('a dial of value zero without a range, a choice, and a dial that is given twice', () => {
    expect(refusedRange('aid.mintFee')).toThrow(/is 0, so that half of it says nothing; give its range/)
    expect(refusedRange('aid.mode')).toThrow(/a dial must be a number/)
    expect(refusedRange('aidPool.fee', 'aidPool.fee=0..0.01')).toThrow(/is given twice/)
  })
  it('a combination that the economy refuses, naming the place', async () => {
    const laboratory = toyLaboratory(1)
    const simulate = () => Promise.reject(new InputError('rooms disagree'))
    const asked = sensitivity(toyQuestion({ ...small, methods: ['morris'] }), { ...laboratory, simulate })
    await expect(asked).rejects.toThrow(/^at treasury.bufferShare = .*: rooms disagree; narrow the range of a dial$/)
  })
})

describe('ranges', () => {
  it('of the standard dials lie within bounds, hold what base sets, and each has its reason', () => {
    const ranges = standardRanges(librarian('base'), economy)
    expect(ranges.length).toBeGreaterThanOrEqual(8)
    expect(ranges.length).toBeLessThanOrEqual(12)
    for (const { name, from, to, value, reason } of ranges) {
      expect(value!, name).toBeGreaterThan(from)
      expect(value!, name).toBeLessThan(to)
      expect(reason.length, name).toBeGreaterThan(20)
    }
  })

  it('of the standard dials can be turned to any corner in every scenario of the library, and run there', () => {
    for (const name of libraryNames) {
      const scenario = librarian(name, { days: 1 })
      const ranges = standardRanges(scenario, economy)
      for (const corner of [0, 1, 2, 3]) {
        const turn = Object.fromEntries(
          ranges.map((range, i) => [range.name, valueAt(range, corner < 2 ? corner : (i + corner) % 2)]),
        )
        const plan = planOf(turned(scenario, turn, economy), economy)
        const simulator = new Simulator(economy, plan, 1)
        expect(
          () => simulator.run(Int32Array.of(0), { outcomes: [], series: [] }, undefined, new Float64Array(0)),
          name,
        ).not.toThrow()
      }
    }
  })

  it('of other dials go from half to one and a half times the value, within bounds', () => {
    const [grace, utilisation] = parseRanges(['deals.graceDays', 'gpuMarket.utilisation'], base, economy)
    expect(grace).toMatchObject({ from: 15, to: 45, integer: true })
    expect(utilisation).toMatchObject({ from: 0.375, to: 0.99 })
    expect(valueAt(grace, 1 / 3)).toBe(25)
  })

  it('by ratios have the geometric mean in their middle', () => {
    const [depth] = parseRanges(['aidPool.depth=500000..8000000:log'], base, economy)
    expect(valueAt(depth, 0.5) / 2_000_000).toBeCloseTo(1, 12)
    expect([valueAt(depth, 0), valueAt(depth, 1)]).toEqual([500_000, 8_000_000])
  })
})

describe('findings', () => {
  it('are told from zero where the interval leaves it out, and sizes only where they lie above it', () => {
    const below = { value: -0.02, lower: -0.03, upper: -0.01 }
    expect(found(below).told).toBe(true)
    expect(foundSize(below).told).toBe(false)
    expect(foundSize({ value: 0.02, lower: 0.01, upper: 0.03 }).told).toBe(true)
    expect(found({ value: 0.02, lower: null, upper: 0.03 }).told).toBe(false)
    expect(found({ value: Number.NaN, lower: null, upper: null }).value).toBe(null)
  })
})

describe('ranks', () => {
  it('are given where intervals do not overlap, and as ranges where they do', () => {
    const intervals = [
      { lower: 8, upper: 9 },
      { lower: 3, upper: 6 },
      { lower: 5, upper: 7 },
      { lower: 1, upper: 4 },
      { lower: null, upper: null },
    ]
    expect(rankRanges(intervals)).toEqual([
      { best: 1, worst: 2 },
      { best: 2, worst: 5 },
      { best: 2, worst: 4 },
      { best: 3, worst: 5 },
      { best: 1, worst: 5 },
    ])
  })
})

describe('contributions of paths', () => {
  const stream = streamOf(21)
  const values = Float64Array.from({ length: 400 }, () => stream.exponential())
  const [metric] = toyMetrics
  const meanOf = (column: Float64Array) => column.reduce((sum, one) => sum + one, 0) / column.length
  const errorOf = (column: Float64Array) => {
    const mean = meanOf(column)
    return Math.sqrt(
      column.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / (column.length - 1) / column.length,
    )
  }

  it('to an expected shortfall average to it, with its standard error', () => {
    const influence = contributions(metric, { kind: 'expectedShortfall', level: 0.9 }, { 'toy.value': values }, 400)
    const { value, standardError } = expectedShortfallWithInterval(values, 0.9, 0.95)
    expect(meanOf(influence)).toBeCloseTo(value, 10)
    expect(errorOf(influence) / standardError!).toBeCloseTo(1, 2)
  })

  it('to a quantile average to it, with about the standard error of an exponential law', () => {
    const influence = contributions(metric, { kind: 'quantile', level: 0.9 }, { 'toy.value': values }, 400)
    expect(meanOf(influence)).toBeCloseTo(quantile(sortedColumn(values), 0.9), 10)
    // sqrt(p (1 - p) / n) / density = 0.15 at the 90 % quantile; the density from a dozen neighbours is good to a third.
    expect(errorOf(influence)).toBeGreaterThan(0.1)
    expect(errorOf(influence)).toBeLessThan(0.22)
  })

  it('to a tail count from the bad end, which may be the low one', () => {
    const low = { ...metric, bad: 'low' as const }
    const influence = contributions(low, { kind: 'expectedShortfall', level: 0.9 }, { 'toy.value': values }, 400)
    expect(meanOf(influence)).toBeLessThan(0.1)
    expect(meanOf(influence)).toBeGreaterThan(0)
  })
})
