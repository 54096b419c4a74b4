/** What a reverse stress test quotes is not the luck on which it was chosen. Seeds are fixed. */
import { describe, expect, it } from 'vitest'
import { reverseSummary } from '../../reports/studies/reverse.ts'
import { reverseTable } from '../../sim/host/reverseTable.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type { ModeAnswer } from '../../sim/studies/reverse/answer.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { partOf } from '../../sim/studies/reverse/shares.ts'
import { mayBeEqual, weighedPart, weighedProbability } from '../../sim/studies/reverse/weighed.ts'
import { limits, toyLaboratory, toyQuestion } from '../support/toyStress.ts'

const none = { checkPaths: 0, leverPaths: 10, controls: 20 }

interface Asked {
  readonly from: number
  readonly to: number
  readonly plan: { readonly seed: unknown }
  readonly steering?: { readonly shifts?: readonly unknown[]; readonly mixture?: readonly { readonly paths: number }[] }
}

function cellsOf(laboratory: { readonly cells: readonly string[] }): readonly Asked[] {
  return laboratory.cells.map((text) => JSON.parse(text) as Asked)
}

/** Exact probability of failing with the luck centred on the point of a mode. */
function failingAt({ point }: ModeAnswer): number {
  const [a, b, c] = ['a', 'b', 'c'].map(
    (name) => point?.coordinates.find(({ coordinate }) => coordinate === name)?.value ?? 0,
  )
  // paths beyond the second limit and the third at once: one in ten thousand
  const others = normalCdf(-b - limits.second) + normalCdf((b + c) / Math.SQRT2 - limits.third)
  return 1 - (1 - normalCdf(a - limits.first)) * (1 - others)
}

describe('a design point', () => {
  it('is quoted with as many failing paths as fail there, by new luck, found with few paths in thirty seeds', async () => {
    let [points, spread] = [0, 0]
    let counted = 0
    let expected = 0
    let variance = 0
    for (let seed = 0; seed < 30; seed++) {
      const question = toyQuestion({ paths: 800, levers: [], effort: { ...none, searchPaths: 20 } })
      const answer = await reverse(
        { ...question, scenario: { ...question.scenario, seed: `point ${seed}` } },
        toyLaboratory(),
      )
      for (const mode of answer.modes) {
        if (mode.point === null) continue
        const { count, of } = mode.point.failing
        const p = failingAt(mode)
        points++
        spread += ((count - of / 2) * (count - of / 2)) / (of / 4)
        counted += count
        expected += of * p
        variance += of * p * (1 - p)
      }
    }
    expect(variance).toBeGreaterThan(100)
    // three deviations: a false alarm in four hundred seeds of this test, and its seeds are fixed
    expect(Math.abs(counted - expected) / Math.sqrt(variance)).toBeLessThan(3)
    // where the same paths had placed the point, half of them would fail each time; new ones spread as coins do, or more.
    // Chi squared of as many degrees, over 60, is below a half of them in one seed of ten thousand
    expect(points).toBeGreaterThan(60)
    expect(spread / points).toBeGreaterThan(0.5)
  })
})

describe('the probability of a mode of which only some failing paths were looked at', () => {
  it('is as unsure as those that were', async () => {
    const question = toyQuestion({ levers: [], effort: { ...none, witnesses: 30 } })
    const { modes, plain } = await reverse(question, toyLaboratory())
    expect(plain.count).toBeGreaterThan(200)
    for (const { paths, probability } of modes) {
      const known = clopperPearson(paths, 30, 0.95)
      expect(probability.upper - probability.lower).toBeGreaterThan(plain.value * (known.upper - known.lower))
    }
  })
})

describe('the check', () => {
  it('draws whole rounds of its mixture, from the first path of one', async () => {
    const laboratory = toyLaboratory()
    const question = toyQuestion({ paths: 6001, levers: [], effort: { checkPaths: 1001 } })
    const { check } = await reverse(question, laboratory)
    const mixed = cellsOf(laboratory).filter(({ steering }) => steering?.mixture !== undefined)
    expect(mixed.length).toBeGreaterThan(0)
    for (const { from, to, steering } of mixed) {
      const round = (steering?.mixture ?? []).reduce((sum, { paths }) => sum + paths, 0)
      expect(from % round).toBe(0)
      expect((to - from) % round).toBe(0)
      expect(check?.paths).toBe(to - from)
    }
  })
})

describe('a scenario that goes where a mode went', () => {
  it('is quoted on luck that neither chose it nor found the mode', async () => {
    const laboratory = toyLaboratory()
    const { modes } = await reverse(toyQuestion({ levers: [], effort: none }), laboratory)
    expect(modes.some(({ reproduction }) => reproduction !== null)).toBe(true)
    const cells = cellsOf(laboratory)
    const found = cells.find(({ steering }) => steering !== undefined)?.plan.seed
    const quoted = cells[cells.findLastIndex(({ steering }) => steering === undefined)]
    expect(quoted.plan.seed).not.toEqual(found)
    expect(modes.find(({ reproduction }) => reproduction)?.reproduction?.yaml).toMatch(/seed: /)
  })
})

describe('a failure of which 2,000 plain paths see one or two', () => {
  // limits 1.4 farther away: 3.4, 3.6 and 3.8 deviations
  const away = 1.4
  const exact = {
    first: normalCdf(-limits.first - away),
    second: normalCdf(-limits.second - away),
    third: normalCdf(-limits.third - away),
  }
  const rare = { paths: 2000, levers: [], failures: [`margin < ${-away}`] }

  it('has modes by steered luck, with weighted probabilities whose intervals hold the truth', async () => {
    const answer = await reverse(toyQuestion(rare), toyLaboratory())
    expect(answer.plain.count).toBeLessThan(5)
    expect(answer.tooRare).toBe(null)
    expect(answer.modes.map(({ cause }) => cause)).toEqual(['first', 'second', 'third'])
    expect(answer.steered?.agrees).toBe(true)
    const all = exact.first + exact.second + exact.third
    expect(answer.steered?.probability.lower).toBeLessThan(all)
    expect(answer.steered?.probability.upper).toBeGreaterThan(all)
    for (const { cause, probability, check } of answer.modes) {
      const truth = exact[cause as keyof typeof exact]
      expect(probability.weighted).toBe(true)
      expect(probability.lower).toBeLessThan(truth)
      expect(probability.upper).toBeGreaterThan(truth)
      expect(check?.lower).toBeLessThan(truth)
      expect(check?.upper).toBeGreaterThan(truth)
    }
  })

  it('is told with asterisks, and as steered', async () => {
    const answer = await reverse(
      toyQuestion({ ...rare, effort: { checkPaths: 200, steeredPaths: 300 } }),
      toyLaboratory(),
    )
    const few = answer.modes.filter(({ probability }) => probability.worth < 50)
    expect(few.length).toBeGreaterThan(0)
    for (const { narration } of few) expect(narration).toContain('An indication')
    const table = reverseTable(answer, false)
    expect(table).toContain('steered towards')
    expect(table).toMatch(/steered, worth [\d.]+ +[\d.]+ % \([^)]*\) \*/)
    expect(table).toContain('* An indication, not a result')
    expect(reverseSummary(answer).markup).toContain('* An indication, not a result')
  })

  it('is said to be too rare where luck is not steered, and what would find it', async () => {
    const answer = await reverse(toyQuestion({ ...rare, effort: { pilotPaths: 0 } }), toyLaboratory())
    expect(answer.steered).toBe(null)
    expect(answer.tooRare?.pathsNeeded).toBeGreaterThan(2000)
    expect(answer.tooRare?.command).toBe('aidlab tails toy --days 9 --metric margin --beyond -1.4')
  })
})

describe('a study that is asked to stop', () => {
  it('stops while it looks at paths', async () => {
    let looks = 0
    const laboratory = {
      ...toyLaboratory(),
      pause: async () => {
        looks++
        if (looks === 3) throw new Error('stopped')
      },
    }
    await expect(reverse(toyQuestion({ levers: [], effort: none }), laboratory)).rejects.toThrow('stopped')
    expect(looks).toBe(3)
  })
})

describe('two estimates', () => {
  const of = (value: number, half: number) => ({ count: 1, of: 2, value, lower: value - half, upper: value + half })

  it('contradict each other though their intervals overlap, where the interval of their difference holds no 0', () => {
    // half-widths of 1: the difference has √2, and the intervals overlap up to 2
    expect(mayBeEqual(of(0, 1), of(1.4, 1))).toBe(true)
    expect(mayBeEqual(of(0, 1), of(1.5, 1))).toBe(false)
    expect(mayBeEqual(of(1.5, 1), of(0, 1))).toBe(false)
  })

  it('use the ends that face each other', () => {
    const wide = { ...of(0, 0.1), upper: 3 }
    expect(mayBeEqual(wide, of(2.9, 0.1))).toBe(true)
    expect(mayBeEqual(of(-1, 0.1), wide)).toBe(false)
  })
})

describe('the probability of a part of failures of which some were looked at', () => {
  it('has an interval that covers in 95 of 100 samples', () => {
    const stream = new SideStream()
    let covered = 0
    const samples = 400
    for (let sample = 0; sample < samples; sample++) {
      stream.open(20261122, sample, 0, 0, 0, 0)
      let [count, members] = [0, 0]
      for (let p = 0; p < 2000; p++) {
        if (stream.uniform() >= 0.1) continue
        count++
        if (count <= 40 && stream.uniform() < 0.3) members++
      }
      const { lower, upper } = partOf(members, Math.min(40, count), count, 2000, 0.95)
      if (lower <= 0.03 && upper >= 0.03) covered++
    }
    // three deviations below 0.95: 0.917
    expect(covered / samples).toBeGreaterThan(0.917)
  })
})

describe('a weighed probability', () => {
  const mixture = [{ paths: 1 }, { paths: 1, shifts: [{ shock: 'luck.a', by: 1 }] }]
  const steering = { mixture }

  it('of what no path had is below the largest weight times what the count allows', () => {
    const cell = { steering, logWeights: new Float64Array(200) }
    const { value, lower, upper } = weighedProbability(cell, new Uint8Array(200), 0.95)
    expect([value, lower]).toEqual([0, 0])
    expect(upper).toBeCloseTo(2 * clopperPearson(0, 200, 0.95).upper, 12)
  })

  it('of half a part of all failures is half of them', () => {
    const cell = { steering, logWeights: Float64Array.from({ length: 400 }, (_, p) => -(p % 3)) }
    const all = Uint8Array.from({ length: 400 }, (_, p) => (p % 4 < 2 ? 1 : 0))
    expect(weighedPart(cell, all, all, 0.95)).toMatchObject({ value: 1, lower: 1, upper: 1 })
    const half = all.map((one, p) => (Math.floor(p / 12) % 2 === 0 ? one : 0))
    const { value, lower, upper } = weighedPart(cell, half, all, 0.95)
    expect(Math.abs(value - 0.5)).toBeLessThan(0.03)
    expect(lower).toBeLessThan(0.5)
    expect(upper).toBeGreaterThan(0.5)
  })
})
