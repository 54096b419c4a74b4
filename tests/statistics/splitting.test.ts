/**
 * Splitting as a way of simulating a tail: right on average, and intervals that cover.
 *
 * Seeds are fixed. An estimate may be four standard errors from the truth: once in 16,000 by chance. Student's interval over 16 skewed
 * replications has no guarantee; of 200 intervals at 95 % at least as many must cover as a coverage of 92 % reaches with
 * probability 1 − 1e-6.
 */
import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { daysColumn } from '../../sim/kernel/splitting/declaration.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { groupedEstimate, type TailQuestion } from '../../sim/statistics/groupedEstimates.ts'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import { type Asked, standardSizes } from '../../sim/studies/tails/question.ts'
import { runSplitting } from '../../sim/studies/tails/splitting.ts'
import { dailyMaximum } from '../support/brownianMaximum.ts'
import { brownian, replicationMeans, smallPlan, splitRows } from '../support/splittingEconomies.ts'
import { place, walkLaboratory } from '../support/walkLaboratory.ts'

const walk = brownian(false)

const passing: Metric = {
  name: 'passing',
  meaning: 'The motion passes 3 on some day',
  unit: '1',
  kind: 'event',
  bad: 'high',
  columns: ['walk.highest'],
  evaluate: (row) => (row['walk.highest'] >= 3 ? 1 : 0),
}

function question(days: number, seed: number) {
  return {
    ...standardSizes,
    plan: smallPlan(walk, days, seed),
    metric: '',
    paths: 3200,
    pilotPaths: 1000,
    most: 60_000,
  }
}

async function found(metric: Metric, tail: TailQuestion, days = 60, seed = 7, cells: Cell[] = []) {
  const asked: Asked = { metric, guide: metric, tail }
  const finding = await runSplitting(question(days, seed), asked, walkLaboratory(walk, [place, passing], cells))
  if (finding === null) throw new Error('no level function leads to the metric')
  return finding
}

describe('splitting as a way of simulating a tail', () => {
  it('finds the probability of passing 3, to the precision that was asked for, in a fraction of the paths', async () => {
    const cells: Cell[] = []
    const { tail, paths, pilotPaths, words } = await found(passing, { kind: 'probability', beyond: 0.5 }, 60, 7, cells)
    const truth = dailyMaximum(60, 3, 500)
    expect(Math.abs(tail.value - truth)).toBeLessThan(4 * tail.standardError)
    expect((tail.upper - tail.lower) / 2 / tail.value).toBeLessThan(0.12)
    expect(words).toMatch(
      /paths set out from the start and from each of [2-6] levels .* independent replications\. A level is how far it has come: Where the motion is/,
    )
    // (1 − p) / p paths have a relative variance of one.
    const gain = (truth * (1 - truth)) / tail.variancePerPath
    expect(gain).toBeGreaterThan(6)
    expect(paths).toBeLessThan((1.96 / 0.1) ** 2 / truth / 5)
    expect(pilotPaths).toBeLessThan(4000)
    // Levels are chosen by luck that the estimate does not use.
    const pilots = cells.filter(({ from }) => from >= 8192)
    expect(pilots.length).toBeGreaterThan(2)
    expect(Math.max(...cells.filter((cell) => !pilots.includes(cell)).map(({ to }) => to))).toBeLessThanOrEqual(8192)
  })

  it('finds the probability and the expected shortfall of a normal place: .0013498980 and 3.3670901', async () => {
    const probability = (await found(place, { kind: 'probability', beyond: 3 })).tail
    expect(1 - normalCdf(3)).toBeCloseTo(0.001349898, 9)
    expect(Math.abs(probability.value - 0.001349898)).toBeLessThan(4 * probability.standardError)
    const shortfall = (await found(place, { kind: 'shortfall', level: 0.999 })).tail
    expect(Math.abs(shortfall.value - 3.3670901)).toBeLessThan(4 * shortfall.standardError)
    expect(shortfall.standardError).toBeLessThan(0.1)
  })

  it('splits nothing where the tail is not rare or no level function leads to the metric', async () => {
    const asked: Asked = { metric: place, guide: place, tail: { kind: 'probability', beyond: 0 } }
    expect(await runSplitting(question(20, 1), asked, walkLaboratory(walk, [place, passing]))).toBeNull()
    const other = { ...place, name: 'other' }
    expect(
      await runSplitting(question(20, 1), { ...asked, metric: other }, walkLaboratory(walk, [place, passing])),
    ).toBeNull()
  })

  it('is left out, and says why, where fewer paths may be spent than its stages take', async () => {
    const asked: Asked = { metric: passing, guide: passing, tail: { kind: 'probability', beyond: 0.5 } }
    const why: string[] = []
    const few = { ...question(60, 7), most: 2000 }
    expect(
      await runSplitting(few, asked, walkLaboratory(walk, [place, passing]), (method, words) =>
        why.push(`${method}: ${words}`),
      ),
    ).toBeNull()
    expect(why).toEqual([
      'multilevel splitting: it would take at least 6,400 paths after its pilot, and 2,000 may be spent (--most)',
    ])
  })

  it('spends no more than it may after its pilot, or is left out', async () => {
    const asked: Asked = { metric: place, guide: place, tail: { kind: 'probability', beyond: 4.6 } }
    const outcomes = await Promise.all(
      [6400, 10_000, 14_000, 40_000].map(async (most) => {
        const cells: Cell[] = []
        const why: string[] = []
        const lab = walkLaboratory(walk, [place, passing], cells)
        let spent = 0
        const counting: Laboratory = {
          ...lab,
          async simulate(cell) {
            const found = await lab.simulate(cell)
            // As if every path took twice its days: more than any guess beforehand.
            const columns = { ...found, [daysColumn]: found[daysColumn].map((days) => 2 * days) }
            if (cell.from < 8192) spent += columns[daysColumn].reduce((sum, days) => sum + days, 0) / cell.plan.days
            return columns
          },
        }
        const finding = await runSplitting({ ...question(60, 7), most }, asked, counting, (_, words) => why.push(words))
        expect(spent, `of ${most}`).toBeLessThanOrEqual(most)
        expect(why.length, why.join()).toBe(finding === null ? 1 : 0)
        return finding === null ? 'left out' : 'found'
      }),
    )
    expect(outcomes[0]).toBe('left out')
    expect(outcomes[3]).toBe('found')
  })

  it('counts tail paths by the spread over replications: relatives of one path are not many', async () => {
    const { tail } = await found(passing, { kind: 'probability', beyond: 0.5 })
    expect(tail.tailPaths).toBeCloseTo((tail.value / tail.standardError) ** 2, 6)
    // Kish's count of rows would say some thousands.
    expect(tail.tailPaths).toBeLessThan(1000)
  })

  it('knows the mean by all paths, however few of them are in the tail', async () => {
    const { variances, mean } = await found(passing, { kind: 'probability', beyond: 0.5 })
    expect(variances().mean.perPath?.degrees).toBe(19)
    expect(mean.variancePerPath / (variances().mean.perPath?.value as number)).toBeCloseTo(1, 9)
  })

  it('widens an interval that few replications carry', () => {
    const even = Float64Array.from({ length: 16 }, (_, r) => 1 + (r % 2))
    const lone = Float64Array.from({ length: 16 }, (_, r) => (r === 3 ? 16 : 0))
    const halfWidth = (terms: Float64Array, tailPaths: number) => {
      const { lower, upper, standardError } = groupedEstimate({ value: 1, terms, tailPaths, plainVariance: 1 }, 1, 0.95)
      return (upper - lower) / 2 / standardError
    }
    expect(halfWidth(even, 144)).toBeCloseTo(2.13145, 4)
    expect(halfWidth(lone, 1)).toBeGreaterThan(12)
  })

  it('has intervals over 16 replications that cover, and is right on average', () => {
    const splitting = { level: 'place', levels: [1.2, 2, 2.5], particles: 40 }
    const rows = splitRows(walk, smallPlan(walk, 30, 11), splitting, ['walk.highest'], { from: 0, to: 3200 })
    const means = replicationMeans(rows, splitting, 'walk.highest', (value) => (value >= 3 ? 1 : 0))
    const truth = dailyMaximum(30, 3, 500)
    const { mean, standardError } = meanWithInterval(means, 0.95)
    expect(standardError as number).toBeLessThan(0.02 * truth)
    expect(Math.abs(mean - truth), `${mean} for ${truth}`).toBeLessThan(4 * (standardError as number))
    let covering = 0
    for (let i = 0; i < 3200; i += 16) {
      const terms = means.slice(i, i + 16)
      const { lower, upper } = groupedEstimate({ value: 0, terms, tailPaths: 99, plainVariance: 1 }, 1, 0.95)
      const centre = meanWithInterval(terms, 0.95).mean
      if (centre + lower <= truth && truth <= centre + upper) covering++
    }
    expect(covering, `${covering} of 200`).toBeGreaterThanOrEqual(binomialQuantile(1e-6, 200, 0.92))
  })
})
