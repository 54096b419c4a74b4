/**
 * Interacting particles as a way of simulating a tail: right on average, and intervals that cover.
 *
 * Seeds are fixed. An estimate may be four standard errors from the truth: once in 16,000 by chance. Of 100 intervals at 95 %
 * at least as many must cover as a coverage of 92 % reaches with probability 1 − 1e-6.
 */
import { describe, expect, it } from 'vitest'
import type { Economy } from '../../sim/kernel/economy.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { isInteraction } from '../../sim/kernel/splitting/declaration.ts'
import { logWeightColumn } from '../../sim/kernel/steering.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import type { TailQuestion } from '../../sim/statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import { runInteracting } from '../../sim/studies/tails/interacting.ts'
import { type Asked, standardSizes } from '../../sim/studies/tails/question.ts'
import { dailyMaximum } from '../support/brownianMaximum.ts'
import { brownian, smallPlan } from '../support/splittingEconomies.ts'
import { place, walkLaboratory } from '../support/walkLaboratory.ts'

const walk = brownian(false)
const highest: Metric = {
  name: 'passing',
  meaning: 'Where the motion was at most',
  unit: '1',
  kind: 'amount',
  bad: 'high',
  columns: ['walk.highest'],
  evaluate: (row) => row['walk.highest'],
}
interface Sizes {
  readonly seed?: number
  readonly precision?: number
  readonly most?: number
}

async function ask(
  metric: Metric,
  tail: TailQuestion,
  { seed = 7, precision = 0.1, most = 60_000 }: Sizes = {},
  laboratory: Laboratory = walkLaboratory(walk, [place, highest]),
) {
  const asked: Asked = { metric, guide: metric, tail }
  const plan = smallPlan(walk, 365, seed)
  const reasons: string[] = []
  const question = { ...standardSizes, plan, metric: '', paths: 3200, pilotPaths: 1000, precision, most }
  const finding = await runInteracting(question, asked, laboratory, (_, why) => reasons.push(why))
  return { finding, reasons }
}

async function found(...asked: Parameters<typeof ask>) {
  const { finding, reasons } = await ask(...asked)
  if (finding === null) throw new Error(reasons.join())
  return finding
}

describe('interacting particles as a way of simulating a tail', () => {
  it('find the probability of passing 3, to the precision that was asked for, in a fraction of the paths', async () => {
    const cells: Cell[] = []
    const laboratory = walkLaboratory(walk, [highest], cells)
    const { tail, paths, pilotPaths, words, weights } = await found(
      highest,
      { kind: 'probability', beyond: 3 },
      {},
      laboratory,
    )
    const truth = dailyMaximum(365, 3, 500)
    expect(Math.abs(tail.value - truth)).toBeLessThan(4 * tail.standardError)
    // A first stage of 32 skewed replications knows the variance to about a third.
    expect((tail.upper - tail.lower) / 2 / tail.value).toBeLessThan(0.2)
    expect((truth * (1 - truth)) / tail.variancePerPath).toBeGreaterThan(10)
    expect(paths + pilotPaths).toBeLessThan((1.96 / 0.1) ** 2 / truth / 10)
    expect(words).toMatch(
      /^\d+ paths go on together; every 15 days .* independent replications\. The chance: Chance to pass the mark$/,
    )
    expect(weights).toBeNull()
    // The pilot’s luck is its own, and so is that of the first stage; all cells share one interaction, which is opened once.
    const [pilot, sizing, main] = cells
    expect(cells).toHaveLength(3)
    expect(pilot.from).toBeGreaterThanOrEqual(12_288)
    expect(main.from).toBe(sizing.to)
    expect(new Set(cells.map(({ splitting }) => splitting)).size).toBe(1)
  })

  it('tell how much of the tail one replication has, counted row by row', async () => {
    const cells: Cell[] = []
    const laboratory = walkLaboratory(walk, [highest], cells)
    const { largestReplication } = await found(highest, { kind: 'probability', beyond: 3 }, {}, laboratory)
    const main = cells[2]
    const rows = await laboratory.simulate(main)
    const particles = rows['walk.highest'].length / (main.to - main.from)
    const ofEach = new Array<number>(main.to - main.from).fill(0)
    rows['walk.highest'].forEach((place, row) => {
      if (place > 3) ofEach[Math.floor(row / particles)] += Math.exp(rows[logWeightColumn][row])
    })
    const sum = ofEach.reduce((a, b) => a + b, 0)
    expect(largestReplication).toBeCloseTo(Math.max(...ofEach) / sum, 12)
    expect(largestReplication).toBeGreaterThan(2 / ofEach.length)
    expect(largestReplication).toBeLessThan(0.2)
  })

  it('find the probability and the expected shortfall of a normal place: .0013498980 and 3.3670901', async () => {
    const probability = (await found(place, { kind: 'probability', beyond: 3 })).tail
    expect(1 - normalCdf(3)).toBeCloseTo(0.001349898, 9)
    expect(Math.abs(probability.value - 0.001349898)).toBeLessThan(4 * probability.standardError)
    const cells: Cell[] = []
    const shortfall = (
      await found(place, { kind: 'shortfall', level: 0.999 }, { precision: 0.02 }, walkLaboratory(walk, [place], cells))
    ).tail
    expect(Math.abs(shortfall.value - 3.3670901)).toBeLessThan(4 * shortfall.standardError)
    expect(shortfall.standardError).toBeLessThan(0.05)
    // The looks of the pilot come near the quantile, 3.09, from plain paths whose worst hundredth is far below it.
    const towards = cells.flatMap(({ splitting }) => (splitting && isInteraction(splitting) ? [splitting.beyond] : []))
    expect(towards.length).toBeGreaterThan(3)
    expect(Math.abs((towards.at(-1) as number) - 3.09)).toBeLessThan(0.4)
  })

  it('turn a metric whose low end is bad about', async () => {
    const mirrored = { ...brownian(false) }
    const [passing] = mirrored.chances ?? []
    const chances = [
      {
        ...passing,
        logChance: ([at]: readonly ArrayLike<number>[], path: number, daysLeft: number, beyond: number) =>
          Math.log(Math.max(1e-300, Math.min(1, normalCdf((beyond - at[path]) / Math.sqrt((daysLeft + 1) / 365))))),
      },
    ]
    const low: Metric = { ...place, bad: 'low' }
    const laboratory = walkLaboratory({ ...mirrored, chances } as typeof mirrored, [low])
    const { tail } = await found(low, { kind: 'probability', beyond: 3 }, {}, laboratory)
    expect(Math.abs(tail.value - 0.001349898)).toBeLessThan(4 * tail.standardError)
    expect((0.00135 * 0.99865) / tail.variancePerPath).toBeGreaterThan(5)
  })

  it('are left out, and say why, where they are of no use', async () => {
    const reasonFor = async (metric: Metric, tail: TailQuestion, sizes: Sizes = {}): Promise<string[]> => {
      const { finding, reasons } = await ask(metric, tail, sizes)
      expect(finding).toBeNull()
      return reasons
    }
    expect(await reasonFor(place, { kind: 'probability', beyond: 0 })).toEqual(['the tail is not rare'])
    expect(await reasonFor(place, { kind: 'probability', beyond: 30 })).toEqual([
      'none of 1,280 paths of its pilot came to the tail',
    ])
    expect(await reasonFor({ ...place, name: 'other' }, { kind: 'probability', beyond: 3 })).toEqual([
      'the model has no measure of how likely a path is to pass an amount of this metric',
    ])
    expect(await reasonFor(place, { kind: 'probability', beyond: 3 }, { most: 3000 })).toEqual([
      'it would take at least 3,200 paths after its pilot, and 3,000 may be spent (--most)',
    ])
  })

  it('spend no more than they may after their pilot', async () => {
    const { paths, pilotPaths } = await found(
      place,
      { kind: 'probability', beyond: 3 },
      { precision: 0.01, most: 9000 },
    )
    expect(paths + pilotPaths - 200).toBeLessThanOrEqual(9100)
  })

  /** Of runs with seeds of their own: the values, and how many of their intervals hold the truth. */
  async function covering(economy: Economy, seeds: number) {
    const truth = dailyMaximum(365, 3, 500)
    const laboratory = walkLaboratory(economy, [highest])
    const values: number[] = []
    let covered = 0
    for (let i = 0; i < seeds; i++) {
      const sizes = { seed: 100 + i, precision: 0.25 }
      const { tail } = await found(highest, { kind: 'probability', beyond: 3 }, sizes, laboratory)
      values.push(tail.value)
      if (tail.lower <= truth && truth <= tail.upper) covered++
    }
    const { mean, standardError } = meanWithInterval(values, 0.95)
    expect(Math.abs(mean - truth)).toBeLessThan(4 * (standardError as number))
    return covered
  }

  it('have intervals that cover, and are right on average', async () => {
    expect(await covering(walk, 100)).toBeGreaterThanOrEqual(binomialQuantile(1e-6, 100, 0.92))
  }, 180_000)

  it('are right on average by a chance that knows half the luck and forgets who has passed, and their intervals cover nearly as often', async () => {
    const [passing] = walk.chances ?? []
    const chance = {
      ...passing,
      logChance: ([place]: readonly ArrayLike<number>[], path: number, daysLeft: number, beyond: number) =>
        Math.min(0, (-0.7 * (beyond - place[path])) / Math.sqrt((daysLeft + 40) / 365)),
    }
    const covered = await covering({ ...walk, chances: [chance] } as Economy, 60)
    expect(covered).toBeGreaterThanOrEqual(binomialQuantile(1e-6, 60, 0.88))
  }, 180_000)
})
