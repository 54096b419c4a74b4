/** The cells of a sweep: written in a scenario, checked where they stand, and unmoved by whatever else is swept. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dialOf, turned } from '../../scenarios/dials.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { cellCount, cellsOf, evenValues } from '../../scenarios/sweep.ts'
import { planHash } from '../../sim/host/manifest.ts'
import { owenScramble } from '../../sim/kernel/random/owenScramble.ts'
import { scrambledSobol } from '../../sim/kernel/random/scrambledSobol.ts'
import { SobolSequence } from '../../sim/kernel/random/sobol.ts'
import { economy, librarian, messageOf, onBase, resolve } from '../support/scenarios.ts'

const seeded = { seed: 20261122, numRuns: 60 }

const sweepOf = (...lines: readonly string[]) => resolve(onBase('sweep:', ...lines)).sweep!

describe('The cells of a sweep', () => {
  it('are every combination of a grid, the last dial fastest', () => {
    const { design, metrics } = sweepOf(
      '  grid:',
      '    aidPool.depth: [1e6, 2e6]',
      '    aid.mode: [twoTier, unified]',
      '    deals.borrowers.*.startingCash: { from: 0, to: 1, steps: 3 }',
      '  metrics: [saidLoss]',
    )
    expect(metrics).toEqual(['saidLoss'])
    expect(cellCount(design)).toBe(12)
    const cells = cellsOf(design)
    expect(cells[0]).toEqual({ 'aidPool.depth': 1e6, 'aid.mode': 'twoTier', 'deals.borrowers.*.startingCash': 0 })
    expect(cells[1]).toEqual({ 'aidPool.depth': 1e6, 'aid.mode': 'twoTier', 'deals.borrowers.*.startingCash': 0.5 })
    expect(cells[11]).toEqual({ 'aidPool.depth': 2e6, 'aid.mode': 'unified', 'deals.borrowers.*.startingCash': 1 })
  })

  it('are pairs of a zip', () => {
    const { design } = sweepOf('  zip: { aidPool.depth: [1e6, 2e6, 4e6], deals.firstLoss: [0, 0.1, 0.2] }')
    expect(cellsOf(design)).toEqual([
      { 'aidPool.depth': 1e6, 'deals.firstLoss': 0 },
      { 'aidPool.depth': 2e6, 'deals.firstLoss': 0.1 },
      { 'aidPool.depth': 4e6, 'deals.firstLoss': 0.2 },
    ])
  })

  it('are values that a person could have written: 0.1 + 0.2 is 0.3, and even ratios end where they were told', () => {
    expect(evenValues(0, 0.3, 4, 'linear')).toEqual([0, 0.1, 0.2, 0.3])
    expect(evenValues(1e6, 8e6, 4, 'log')).toEqual([1e6, 2e6, 4e6, 8e6])
  })

  it('stay what they are when the sweep grows: more points, a longer axis, one more dial', () => {
    const sobol = (points: number, more: string) =>
      cellsOf(
        sweepOf(`  sobol: { points: ${points}, dials: { aidPool.depth: { from: 1e6, to: 8e6, scale: log }${more} } }`)
          .design,
      ).map((cell) => cell['aidPool.depth'])
    expect(sobol(16, '').slice(0, 8)).toEqual(sobol(8, ''))
    expect(sobol(8, ', aid.redeemFee: { from: 0, to: 0.01 }')).toEqual(sobol(8, ''))
    const scenario = librarian('base')
    const alone = planOf(turned(scenario, { 'aidPool.depth': 2e6 }, economy), economy)
    const beside = planOf(turned(scenario, { 'aidPool.depth': 2e6, 'deals.firstLoss': 0 }, economy), economy)
    expect(planHash(beside)).toBe(planHash(alone))
    expect(alone.seed).toEqual(planOf(scenario, economy).seed)
  })

  it('of whole-numbered dials are whole numbers between the ends', () => {
    const { design } = sweepOf('  sobol: { points: 32, dials: { vault.cycleDays: { from: 5, to: 40 } } }')
    const dial = dialOf(librarian('base'), economy, 'vault.cycleDays')
    const values = cellsOf(design).map((cell) => cell['vault.cycleDays'] as number)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...values)).toBeLessThanOrEqual(40)
    expect(values.every(Number.isInteger)).toBe(dial.integer)
  })

  it('are no part of what a run is: the same hash and normal form with and without a sweep', () => {
    const with_ = resolve(onBase('sweep: { grid: { aidPool.depth: [1e6] } }'))
    const without = resolve(onBase())
    expect(with_.normalForm).toEqual(without.normalForm)
    expect(planHash(planOf(with_, economy))).toBe(planHash(planOf(without, economy)))
    expect(without.sweep).toBeUndefined()
  })

  it('are inherited, and the nearest file wins whole', () => {
    const parent = onBase('sweep: { grid: { aidPool.depth: [1e6, 2e6] } }')
    const child = 'name: child\nquestion: q\nextends: ./parent.yaml\n'
    const files = { 'parent.yaml': parent }
    expect(cellCount(resolve(child, {}, files).sweep!.design)).toBe(2)
    const own = resolve(`${child}sweep: { zip: { deals.firstLoss: [0, 0.1, 0.2] } }`, {}, files).sweep!.design
    expect(cellsOf(own)[1]).toEqual({ 'deals.firstLoss': 0.1 })
  })
})

/** The sweep in one line, line 4 of the file; the message follows test.yaml:4: and the column. */
const wrong: readonly (readonly [string, string, string])[] = [
  [
    'names no cells',
    'sweep: { metrics: [saidLoss] }',
    '8 sweep names no cells; write grid: { aidPool.depth: [1e6, 2e6, 4e6] }, zip: {…} or sobol: {…}',
  ],
  [
    'has two designs',
    'sweep: { grid: { aidPool.depth: [1] }, zip: { aidPool.depth: [1] } }',
    '40 sweep has grid and zip; keep one of grid, zip and sobol',
  ],
  [
    'misspells a design',
    'sweep: { gird: { aidPool.depth: [1] } }',
    '10 unknown key of sweep: gird; did you mean grid?',
  ],
  [
    'misspells a dial',
    'sweep: { grid: { aidPool.dept: [1e6] } }',
    '18 unknown parameter of aidPool: dept; did you mean depth?',
  ],
  [
    'leaves the bounds of a dial',
    'sweep: { grid: { deals.firstLoss: [0, 0.9] } }',
    '39 deals.firstLoss is 0.9, out of bounds; it must lie from 0 to 0.5',
  ],
  [
    'asks for a choice that there is not',
    'sweep: { grid: { aid.mode: [twoTier, oneTier] } }',
    '38 aid.mode is "oneTier"; it must be one of twoTier, unified',
  ],
  [
    'ranges over a choice',
    'sweep: { grid: { aid.mode: { from: 0, to: 1, steps: 2 } } }',
    '28 aid.mode is a choice of twoTier, unified; list the ones that are wanted',
  ],
  [
    'takes a value twice',
    'sweep: { grid: { aidPool.depth: [1e6, 2e6, 1000000] } }',
    '44 aidPool.depth takes 1000000 twice; keep one',
  ],
  ['takes no value', 'sweep: { grid: { aidPool.depth: [] } }', '33 aidPool.depth has no values; list one or more'],
  [
    'writes a share in per cent',
    'sweep: { grid: { deals.firstLoss: [10 %] } }',
    '36 deals.firstLoss is "10 %"; it must be a number; a share is written as a fraction: 0.1',
  ],
  [
    'goes downwards',
    'sweep: { grid: { aidPool.depth: { from: 4e6, to: 1e6, steps: 3 } } }',
    '33 aidPool.depth goes from 4000000 to 1000000; from must be below to',
  ],
  [
    'forgets how many steps',
    'sweep: { grid: { aidPool.depth: { from: 1e6, to: 4e6 } } }',
    '33 aidPool.depth has no steps; write { from: …, to: …, steps: … } or list the values',
  ],
  [
    'takes ratios from zero',
    'sweep: { grid: { deals.firstLoss: { from: 0, to: 0.2, steps: 3, scale: log } } }',
    '43 from of deals.firstLoss is 0; a log scale begins above 0',
  ],
  [
    'passes between whole numbers',
    'sweep: { grid: { vault.cycleDays: { from: 5, to: 10, steps: 3 } } }',
    '35 vault.cycleDays takes whole numbers, and 3 steps from 5 to 10 pass through 7.5; list the values instead',
  ],
  [
    'zips axes of two lengths',
    'sweep: { zip: { aidPool.depth: [1e6, 2e6], deals.firstLoss: [0] } }',
    '10 zip pairs 1 values of deals.firstLoss with 2 of aidPool.depth; give every dial as many',
  ],
  [
    'has too many cells',
    'sweep: { grid: { aidPool.depth: { from: 1e6, to: 4e6, steps: 100 }, deals.firstLoss: { from: 0, to: 0.1, steps: 99 } } }',
    '10 the grid has 9900 cells; at most 4096 are possible: leave values out, or sample with sobol',
  ],
  [
    'asks for points that are no power of two',
    'sweep: { sobol: { points: 12, dials: { aidPool.depth: { from: 1e6, to: 4e6 } } } }',
    '27 points is 12; it must be a power of two, such as 8 or 16: only then do Sobol points fill the space evenly',
  ],
  [
    'samples a choice',
    'sweep: { sobol: { points: 8, dials: { aid.mode: { from: 0, to: 1 } } } }',
    '39 aid.mode is a choice of twoTier, unified; a dial must be a number',
  ],
  [
    'asks for an unknown metric',
    'sweep: { grid: { aidPool.depth: [1e6] }, metrics: [saidLos] }',
    '52 unknown metric: saidLos; did you mean saidLoss?',
  ],
]

describe('A wrong sweep', () => {
  it.each(wrong)('that %s is answered with its place and what would be right', (_, line, message) => {
    expect(messageOf(onBase(line))).toBe(`test.yaml:4:${message}`)
  })
})

describe('Owen’s scramble', () => {
  it('keeps a net a net: of 64 points, every box of a 64th of the square holds one, whatever its shape', () => {
    for (const seed of [1, 'two', 3]) {
      const points = Array.from({ length: 64 }, (_, i) => scrambledSobol(2, seed, i))
      for (let bits = 0; bits <= 6; bits++) {
        const boxes = points.map(([x, y]) => `${Math.floor(x * 2 ** bits)},${Math.floor(y * 2 ** (6 - bits))}`)
        expect(new Set(boxes).size).toBe(64)
      }
    }
  })

  it('decides the first differing bit of two words by it alone: the bits above stay together', () => {
    const sequence = new SobolSequence(3)
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.nat(2), fc.integer(), (i, j, dimension, key) => {
        const [a, b] = [sequence.word(i, dimension), sequence.word(j, dimension)]
        const scrambled = (word: number) => owenScramble(word, dimension, [key, 7])
        expect(Math.clz32(scrambled(a) ^ scrambled(b))).toBe(Math.clz32(a ^ b))
      }),
      seeded,
    )
  })

  it('moves points: each is uniform over scrambles, and two seeds differ', () => {
    // 400 uniform numbers: a mean within 4.9 standard errors (1e-6), fixed seeds.
    let sum = 0
    for (let seed = 0; seed < 400; seed++) sum += scrambledSobol(2, seed, 5)[1]
    expect(Math.abs(sum / 400 - 0.5)).toBeLessThan((4.9 * Math.sqrt(1 / 12)) / 20)
    expect(scrambledSobol(4, 1, 3)).not.toEqual(scrambledSobol(4, 2, 3))
  })
})
