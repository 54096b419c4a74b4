/** What holds of every reverse stress test, and which questions it refuses. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { metrics } from '../../models/metrics.ts'
import { stress } from '../../models/stress.ts'
import { failingWords, leadWords, limitWords } from '../../reports/studies/reverseWords.ts'
import { remembered } from '../../sim/host/study/memory.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { luckColumns, type Steering } from '../../sim/kernel/steering.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type { LeverAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import { crossing } from '../../sim/studies/reverse/crossing.ts'
import { splitByDirection } from '../../sim/studies/reverse/directions.ts'
import { readFailures } from '../../sim/studies/reverse/failure.ts'
import type { StressLanguage } from '../../sim/studies/reverse/language.ts'
import { type FailingPath, type Mode, modeOf, sortIntoModes } from '../../sim/studies/reverse/modes.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { readCoordinates, steeringTo, watchesOf } from '../../sim/studies/reverse/shockSpace.ts'
import { witnessPaths } from '../../sim/studies/reverse/watch.ts'
import { fromDay, planFor } from '../support/economyRuns.ts'
import { toyLaboratory, toyQuestion } from '../support/toyStress.ts'

const small = { searchPaths: 40, checkPaths: 200, leverPaths: 20, controls: 40 }

describe('an answer', () => {
  it('is the same bytes for the same question, and asks the same cells', async () => {
    const [one, other] = [toyLaboratory(), toyLaboratory()]
    const question = toyQuestion({ paths: 1500, effort: small })
    const first = JSON.stringify(await reverse(question, one))
    expect(JSON.stringify(await reverse(question, other))).toBe(first)
    expect(one.cells).toEqual(other.cells)
    expect(first).not.toContain('NaN')
  })

  it('counts every failing path once', async () => {
    const answer = await reverse(toyQuestion({ paths: 1500, effort: small, levers: [] }), toyLaboratory())
    const told = answer.modes.reduce((sum, { paths }) => sum + paths, 0)
    const rare = answer.rare.reduce((sum, { paths }) => sum + paths, 0)
    expect(told + rare).toBe(answer.plain.count)
  })

  it('has no design points where more than half of the paths fail anyway', async () => {
    const question = toyQuestion({ paths: 500, effort: small, levers: [], failures: ['margin < 5'] })
    const { modes, plain } = await reverse(question, toyLaboratory())
    expect(plain.value).toBeGreaterThan(0.5)
    for (const { point, without } of modes) {
      expect(point).toBe(null)
      expect(without).toMatch(/more than half of all paths fail/)
    }
  })

  it('says so where nothing fails', async () => {
    const question = toyQuestion({ paths: 500, effort: small, levers: [], failures: ['margin < -50'] })
    const answer = await reverse(question, toyLaboratory())
    expect(answer.plain.count).toBe(0)
    expect(answer.plain.upper).toBeGreaterThan(0)
    expect(answer.modes).toEqual([])
  })
})

describe('critical sizes', () => {
  it('are found, measured and quoted on paths that no other part of the study uses', async () => {
    const laboratory = toyLaboratory()
    const question = toyQuestion({ paths: 1500, effort: { ...small, checkPaths: 0 } })
    const { levers } = await reverse({ ...question, language: withoutReproduction(question.language) }, laboratory)
    const cells = laboratory.cells.map((text) => JSON.parse(text) as { plan: object; from: number; to: number })
    const plain = JSON.stringify(cells[0].plan)
    const stressed = new Set(cells.filter(({ plan }) => JSON.stringify(plan) !== plain).map(({ from }) => from))
    const others = cells.filter(({ from, plan }) => JSON.stringify(plan) === plain && !stressed.has(from))
    // Where they are sought, measured and quoted; each for the 20 paths of the effort.
    expect(stressed.size).toBe(3)
    for (const from of stressed) {
      for (const other of [
        ...others,
        ...[...stressed].filter((s) => s !== from).map((s) => ({ from: s, to: s + 20 })),
      ]) {
        expect(from >= other.to || from + 20 <= other.from).toBe(true)
      }
    }
    expect(levers[0].failing?.of).toBe(20)
    // At the critical size half of all paths fail: 20 of them are nowhere near none or all.
    expect(levers[0].failing?.lower).toBeLessThan(0.5)
    expect(levers[0].failing?.upper).toBeGreaterThan(0.5)
  })
})

function withoutReproduction(language: StressLanguage): StressLanguage {
  return { ...language, reproduction: { followed: null, ordered: [] } }
}

describe('what a study has worked out itself', () => {
  it('is not worked out again, and the answer is the same', async () => {
    const known = new Map<string, string>()
    const ask = async () => {
      let worked = 0
      const remember = async <T>(identity: object, work: () => Promise<T>): Promise<T> => {
        const key = JSON.stringify(identity)
        if (!known.has(key)) {
          worked++
          known.set(key, JSON.stringify(await work()))
        }
        return JSON.parse(known.get(key) as string) as T
      }
      const question = toyQuestion({ paths: 1500, effort: small })
      return { text: JSON.stringify(await reverse(question, { ...toyLaboratory(), remember })), worked: () => worked }
    }
    const [first, second] = [await ask(), await ask()]
    expect(first.worked()).toBeGreaterThan(3)
    expect(second.worked()).toBe(0)
    expect(second.text).toBe(first.text)
    expect(first.text).toBe(JSON.stringify(await reverse(toyQuestion({ paths: 1500, effort: small }), toyLaboratory())))
  })

  it('comes back from the folder as it was, with numbers that JSON does not know', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aidlab-memory-'))
    try {
      const data = { days: [1.5, Number.NaN, Number.POSITIVE_INFINITY], names: ['a'], none: null }
      expect(await remembered(folder, { asked: 1 }, async () => data)).toEqual(data)
      const again = await remembered<typeof data>(folder, { asked: 1 }, () => Promise.reject(new Error('asked twice')))
      expect(again).toEqual(data)
      expect(await remembered(folder, { asked: 2 }, async () => 7)).toBe(7)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('few failing paths', () => {
  const stream = new SideStream()
  stream.open(20261122, 9, 0, 0, 0, 0)
  const path = (number: number, cause: string, weight: number): FailingPath => ({
    path: number,
    failedOn: 3,
    cause,
    amounts: {},
    marks: {},
    names: {},
    luck: Float64Array.from({ length: 3 }, () => stream.normal()),
    weight,
  })

  it('make a mode by what they are worth, not by how many they are', () => {
    const members = [
      ...Array.from({ length: 30 }, (_, i) => path(i, 'even', 0.01)),
      ...Array.from({ length: 30 }, (_, i) => path(50 + i, 'lone', i === 0 ? 1 : 1e-4)),
    ]
    const worth = (some: readonly FailingPath[]): number => {
      const sum = some.reduce((all, { weight }) => all + weight, 0)
      return (sum * sum) / some.reduce((all, { weight }) => all + weight * weight, 0)
    }
    const { modes, rare } = sortIntoModes(members, { leastPaths: 4, apart: 30 }, worth)
    expect(modes.map(({ cause }) => cause)).toEqual(['even'])
    expect(rare.length).toBe(1)
    expect(rare[0]).toMatchObject({ cause: 'lone', paths: 30 })
    expect(rare[0].worth).toBeLessThan(1.1)
  })

  it('are told with what they do not tell: five of them leave room for 45.1 % of all failures', async () => {
    const question = toyQuestion({ paths: 120, effort: { ...small, pilotPaths: 0 }, levers: [] })
    const answer = await reverse(question, toyLaboratory())
    const share = { count: 5, of: 120, value: 5 / 120, lower: 0.014, upper: 0.095 }
    const few = { ...answer, plain: { ...share, worth: 5, weighted: false } }
    expect(leadWords(few)).toContain('ways that none of them shows may make up as much as 45.1\u00a0% of all failures')
    const many = { ...answer, plain: { ...few.plain, worth: 60 } }
    expect(leadWords(many)).not.toContain('none of them shows')
  })
})

describe('a bad question', () => {
  const refused: readonly [string, Parameters<typeof toyQuestion>[0], RegExp][] = [
    ['an unknown metric', { failures: ['brokn'] }, /--failure brokn: unknown metric brokn; did you mean broken\?/],
    ['no metric', { failures: [] }, /no failure is named/],
    [
      'an amount without a limit',
      { failures: ['margin'] },
      /margin is an amount; say how much is a failure, such as "margin < 0.3"/,
    ],
    ['a limit at the good end', { failures: ['margin > 1'] }, /the bad end of margin is low; write "margin < 1"/],
    ['a limit that is no number', { failures: ['margin < low'] }, /the limit is low; it must be a number in USD/],
    ['a missing limit', { failures: ['margin <'] }, /the limit is missing/],
    ['a limit on an event', { failures: ['broken > 0.5'] }, /broken is an event, which happens or not; name it alone/],
    ['words that are no question', { failures: ['margin is low'] }, /write the name of an event, or amount > limit/],
    ['an unknown lever', { levers: ['pusch'] }, /--levers: pusch is no lever; did you mean push\?/],
    ['too few paths', { paths: 20 }, /--paths is 20; it must be at least 50/],
    ['too few search paths', { effort: { searchPaths: 3 } }, /--search-paths is 3; it must be a whole number from 20/],
    ['half a check path', { effort: { checkPaths: 200.5 } }, /--check-paths is 200.5; it must be a whole number/],
    [
      'an angle beyond the circle',
      { effort: { apart: 200 } },
      /--apart is 200; it must be an angle between 0 and 180 degrees/,
    ],
    [
      'a confidence of one',
      { effort: { confidence: 1 } },
      /confidence is 1; it must be a probability between 0.5 and 1/,
    ],
  ]
  for (const [what, changes, message] of refused) {
    it(`with ${what} is refused, and says what would be right`, async () => {
      await expect(reverse(toyQuestion(changes), toyLaboratory())).rejects.toThrow(message)
    })
  }

  it('never simulates before it is understood', async () => {
    const laboratory = toyLaboratory()
    await reverse(toyQuestion({ failures: ['brokn'] }), laboratory).catch(() => {})
    expect(laboratory.cells).toEqual([])
  })
})

describe('a failure', () => {
  it('may be any of several', () => {
    const { happened, text } = readFailures(['depeg_2pct_24h', 'saidLoss > 0.3'], metrics)
    expect(text).toBe('depeg_2pct_24h or saidLoss > 0.3')
    const calm = { 'outcomes.minimumTwap24h': 1, 'outcomes.worstDrawdown': 0.1 }
    expect(happened(calm)).toBe(false)
    expect(happened({ ...calm, 'outcomes.minimumTwap24h': 0.97 })).toBe(true)
    expect(happened({ ...calm, 'outcomes.worstDrawdown': 0.31 })).toBe(true)
  })
})

describe('the size at which half fail', () => {
  const failing = (critical: number) => async (sizes: readonly number[]) =>
    sizes.map((size) => Math.max(0, Math.min(100, Math.round(50 + 40 * (size - critical)))))

  it('is found between the sizes tried, its interval around it', async () => {
    const found = await crossing(failing(3.3), 100, { from: 0, to: 10, rounds: 6 })
    expect(Math.abs((found.value ?? 0) - 3.3)).toBeLessThan(0.1)
    expect(found.lower).toBeLessThan(3.3)
    expect(found.upper).toBeGreaterThan(3.3)
    expect(found.monotone).toBe(true)
  })

  it('has ends that hold the true one as often as they say, however many sizes were tried', async () => {
    const side = new SideStream()
    side.open(20261122, 0, 0x9a12, 0, 0, 0)
    let holding = 0
    for (let r = 0; r < 400; r++) {
      // What each path withstands: its median is 3.
      const withstands = Array.from({ length: 60 }, () => 3 + side.normal())
      const fail = async (sizes: readonly number[]) =>
        sizes.map((size) => withstands.filter((most) => most < size).length)
      const { lower, upper } = await crossing(fail, 60, { from: 0, to: 10, rounds: 6 })
      if ((lower ?? 0) <= 3 && 3 <= (upper ?? 10)) holding++
    }
    // 1 − 1e-6 of binomial counts at 95 % are at least this.
    expect(holding, `${holding} of 400`).toBeGreaterThanOrEqual(binomialQuantile(1e-6, 400, 0.95))
  })

  it('is none where the largest size does not break it', async () => {
    const found = await crossing(failing(30), 100, { from: 0, to: 10 })
    expect(found.value).toBe(null)
    expect(found.upper).toBe(null)
  })

  it('notices that failures do not grow with the size', async () => {
    const humped = async (sizes: readonly number[]) => sizes.map((size) => (size > 2 && size < 8 ? 90 : 5))
    expect((await crossing(humped, 100, { from: 0, to: 10 })).monotone).toBe(false)
  })
})

describe('kinds of failing paths', () => {
  const stream = new SideStream()
  const cloud = (n: number, centre: readonly number[], seed: number): Float64Array[] => {
    stream.open(20261122, seed, 0, 0, 0, 0)
    return Array.from({ length: n }, () => Float64Array.from(centre, (x) => x + stream.normal()))
  }
  const options = { apart: 30, leastRows: 5, most: 4 }

  it('are not invented: one cloud stays one, in twenty samples', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(splitByDirection(cloud(120, [1.5, -1, 0, 0, 0, 0], seed), options).length).toBe(1)
    }
  })

  it('are found: three clouds at right angles are three', () => {
    const rows = [...cloud(60, [5, 0, 0, 0], 1), ...cloud(40, [0, 5, 0, 0], 2), ...cloud(30, [0, 0, -5, 0], 3)]
    expect(
      splitByDirection(rows, options)
        .map(({ length }) => length)
        .sort(),
    ).toEqual([30, 40, 60])
  })
})

describe('a failing path', () => {
  const mode = (cause: string, mean: readonly number[]): Mode => ({
    label: cause,
    cause,
    members: [],
    mean: Float64Array.from(mean),
  })
  const modes = [mode('rents', [-2, 0]), mode('rents', [0, -2]), mode('holders', [2, 0])]
  const path = (cause: string, luck: readonly number[]): FailingPath => ({
    path: 0,
    failedOn: 1,
    cause,
    amounts: {},
    marks: {},
    names: {},
    luck: Float64Array.from(luck),
    weight: 1,
  })

  it('belongs to a mode of its own cause, however near another is', () => {
    expect(modeOf(modes, path('holders', [-2, 0]))).toBe(modes[2])
  })

  it('belongs to the nearest mode of its cause', () => {
    expect(modeOf(modes, path('rents', [0.1, -0.5]))).toBe(modes[1])
  })

  it('belongs to none where its cause has no mode', () => {
    expect(modeOf(modes, path('usdc', [0, 0]))).toBe(undefined)
  })
})

describe('the witness of the economy', () => {
  const days = 150
  const failure = readFailures(['minimumCoverage < -99'], metrics)
  const causes = (options: Parameters<typeof planFor>[0], steering?: Steering) => {
    const plan = planFor({ days, ticksPerDay: 1, ...options })
    return witnessPaths(economy, plan, steering, [0, 1, 2, 3], stress.witness, failure)
  }
  const from = (day: number, level: number, neutral: number) => fromDay(days, 1, day, neutral, level)

  it('blames the largest borrower that stops for reasons of its own, by name', () => {
    const told = causes({}, { shifts: [{ shock: 'deals.threshold', index: 0, by: -5 }] })
    for (const { cause, names, amounts } of told) {
      expect(cause).toBe('largest')
      expect(names['ownDefault']).toBe('Meridian Cloud')
      expect(amounts['ownDefault']).toBeGreaterThan(0.3)
    }
  })

  it('blames another borrower where another stops', () => {
    const told = causes({}, { shifts: [{ shock: 'deals.threshold', index: 1, by: -5 }] })
    expect(told.map(({ cause }) => cause)).toEqual(['other', 'other', 'other', 'other'])
    expect(told[0].names['ownDefault']).toBe('Tern Compute')
  })

  it('blames rents where they collapse, and measures how far', () => {
    // no reasons of their own: bad rents raise that hazard too
    const calm = { borrowerStress: from(0, 0, 1) }
    const told = causes({ levers: { gpuMarket: { rentFactor: from(5, 0.1, 1) }, deals: calm } })
    for (const { cause, amounts, marks } of told) {
      expect(cause).toBe('rents')
      expect(amounts['rentFall30']).toBeGreaterThan(0.8)
      expect(amounts['rentFall30']).toBeLessThan(0.95)
      expect(marks['rents40']).toBe(5)
    }
  })

  it('blames holders where they run without a reason', () => {
    const told = causes({ levers: { holders: { panic: from(20, 0.9, 0) } } })
    expect(told.map(({ cause }) => cause)).toEqual(['holders', 'holders', 'holders', 'holders'])
    for (const { amounts, marks } of told) {
      expect(amounts['exit']).toBeGreaterThan(0.05)
      expect(marks['exits']).toBeGreaterThanOrEqual(20)
    }
  })

  it('blames USDC where it slips first', () => {
    const told = causes({ levers: { reserve: { usdcPrice: from(3, 0.8, 1) } } })
    expect(told.map(({ cause }) => cause)).toEqual(['usdc', 'usdc', 'usdc', 'usdc'])
    for (const { amounts } of told) expect(amounts['usdc']).toBeLessThan(0.82)
  })

  it('counts only what came before the failure', () => {
    const plan = planFor({ days, ticksPerDay: 1, levers: { gpuMarket: { rentFactor: from(60, 0.1, 1) } } })
    const early = readFailures(['lowestTwap24h < 2'], metrics)
    const [told] = witnessPaths(economy, plan, undefined, [0], stress.witness, early)
    expect(told.failedOn).toBe(0)
    expect(told.amounts['rentFall30']).toBeLessThan(0.2)
    expect(told.marks['rents40']).toBe(-1)
  })

  it('says the same of a path alone and among others', () => {
    const plan = planFor({ days, ticksPerDay: 1 })
    const several = witnessPaths(economy, plan, undefined, [3, 9, 4], stress.witness, failure)
    const [alone] = witnessPaths(economy, plan, undefined, [9], stress.witness, failure)
    expect(several[1]).toEqual(alone)
  })
})

describe('the space of shocks of the economy', () => {
  const plan = planFor({ days: 240, ticksPerDay: 1 })
  const language: StressLanguage = stress
  const space = language.space(plan)
  const paths = 40

  function luckUnder(steering: Steering): Float64Array {
    const simulator = new Simulator(economy, plan, paths, { steering })
    const names = luckColumns(steering)
    const out = new Float64Array(paths * names.length)
    const numbers = Array.from({ length: paths }, (_, p) => p)
    simulator.run(numbers, { outcomes: names, series: [] }, undefined, out)
    const columns = Object.fromEntries(
      names.map((name, o) => [name, Float64Array.from(numbers, (p) => out[p * names.length + o])]),
    )
    return readCoordinates(space, columns, paths, plan.days)
  }
  const d = space.coordinates.length
  const plain = luckUnder({ watch: watchesOf(space) })

  it('has weights of length one', () => {
    for (const coordinate of space.coordinates) {
      if (coordinate.kind !== 'drawn') continue
      expect(coordinate.parts.reduce((sum, { weight }) => sum + weight * weight, 0)).toBeCloseTo(1, 12)
    }
  })

  it('has coordinates of mean 0 and deviation 1', () => {
    space.coordinates.forEach(({ name }, c) => {
      const values = Array.from({ length: paths }, (_, p) => plain[p * d + c])
      const mean = values.reduce((sum, x) => sum + x, 0) / paths
      const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (paths - 1)
      // 4.5 standard errors of each, over some thirty coordinates: a false alarm in two thousand seeds, and the seed is fixed
      expect(Math.abs(mean), name).toBeLessThan(4.5 / Math.sqrt(paths))
      expect(Math.abs(variance - 1), name).toBeLessThan(4.5 * Math.sqrt(2 / (paths - 1)))
    })
  })

  it('moves a drawn coordinate of every path by exactly what is asked, and no other', () => {
    const drawn = [...space.coordinates.keys()].filter((c) => space.coordinates[c].kind === 'drawn')
    for (const chosen of [drawn[0], drawn[1], drawn[drawn.length - 1]]) {
      const point = Float64Array.from({ length: d }, (_, c) => (c === chosen ? -1.7 : 0))
      const moved = luckUnder(steeringTo(space, point, plan.days))
      for (let i = 0; i < moved.length; i++) {
        // normal numbers of exponentials and sums of 120 days: 1e-9
        expect(Math.abs(moved[i] - plain[i] - point[i % d])).toBeLessThan(1e-9)
      }
    }
  })

  it('moves the middle of a lowest coordinate to where it is asked', () => {
    const chosen = space.coordinates.findIndex(({ kind }) => kind === 'lowest')
    const point = Float64Array.from({ length: d }, (_, c) => (c === chosen ? 1.5 : 0))
    const moved = luckUnder(steeringTo(space, point, plan.days))
    const above = Array.from({ length: paths }, (_, p) => moved[p * d + chosen]).filter((x) => x > 1.5).length
    // a fair coin thrown 40 times: 8 to 32 in all but one of ten thousand
    expect(above).toBeGreaterThan(7)
    expect(above).toBeLessThan(33)
  })

  it('watches columns that exist, and tells of amounts and marks that it declares', () => {
    const simulator = new Simulator(economy, plan, 1)
    for (const name of stress.witness.columns) expect(simulator.column(name).length).toBeGreaterThan(0)
  })
})

describe('words of a reverse stress test', () => {
  const share = (count: number, of: number) => ({ count, of, value: count / of, ...ends(count, of) })
  const ends = (count: number, of: number) => {
    const { lower, upper } = clopperPearson(count, of, 0.95)
    return { lower, upper }
  }

  it('say of one failing path what it tells, and of several what they tell', () => {
    const told = (count: number) =>
      limitWords({
        plain: { ...share(count, 40), worth: count, weighted: false },
        steered: null,
        modes: [],
        enoughPaths: 50,
      } as unknown as ReverseAnswer)
    expect(told(1)).toMatch(/^1 failing path tells that .* It does not tell that/)
    expect(told(7)).toMatch(/^7 failing paths tell that .* They do not tell that/)
  })

  it('say why surely more than half fail at a critical size', () => {
    const told = (size: number, count: number, largest = 5) =>
      failingWords({
        size,
        failing: share(count, 20),
        largest: { size: largest, failing: share(20, 20) },
      } as LeverAnswer)
    expect(told(1, 18)).toContain('18 of 20 other paths fail there, 90.0')
    expect(told(1, 18)).toMatch(/, more than half as it comes in whole steps$/)
    expect(told(0.3, 18)).toMatch(/, more than half as it was measured on others$/)
    expect(told(1, 11)).not.toContain('more than half')
  })
})
