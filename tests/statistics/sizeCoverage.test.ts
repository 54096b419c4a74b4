/**
 * The level that a small base requires, sized twenty times under twenty seeds: the intervals cover the level that all seeds together
 * require. Each interval covers with at least 90 % (95 % each end), so 17 of 20 or more cover with probability 87 % at the least;
 * the seeds are fixed, so the outcome is the same on every run.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { metrics } from '../../models/metrics.ts'
import { openPolicyRuns } from '../../sim/studies/policyRuns.ts'
import { failuresOf, readFailures } from '../../sim/studies/reverse/failure.ts'
import { ladderOf } from '../../sim/studies/size/levels.ts'
import { sizeOneDial } from '../../sim/studies/size/oneDial.ts'
import { laboratoryOf } from '../support/laboratory.ts'
import { economy, resolve } from '../support/scenarios.ts'

const paths = 150
const limit = 0.1
const confidence = 0.95
const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
const text = readFileSync(new URL('../support/small.yaml', import.meta.url), 'utf8')
const failure = readFailures(['minimumLiquidityRatio < 1.2'], metrics)
const read = metrics.filter(({ name }) => name === 'minimumLiquidityRatio')

/** A seed with everything that was simulated under it. */
function underSeed(seed: number) {
  const scenario = resolve(text, { seed })
  const laboratory = laboratoryOf(economy, read)
  const ladder = ladderOf(scenario, economy, 'reserveBuffer', { from: 0, to: 0.4, steps: 40 })
  const runs = openPolicyRuns(scenario, laboratory)
  const failed = async (index: number): Promise<number> => {
    const columns = await runs.first({ reserveBuffer: ladder.levels[index] }, paths)
    return failuresOf(failure, columns, paths).reduce((sum, flag) => sum + flag, 0)
  }
  return { ladder, runs, failed }
}

describe('the size of a small base', () => {
  it('is within the intervals of at least 17 of 20 seeds, as all seeds together have it', {
    timeout: 300_000,
  }, async () => {
    const worlds = seeds.map(underSeed)
    const limits = [{ limit, checks: [50, 150] }]
    const found: { certified: number; rejected: number }[] = []
    for (const { ladder, runs } of worlds) {
      const answer = await sizeOneDial({ ladder, failure, limits, confidence }, runs, () => {})
      const { certified, rejected } = answer.found[0].result
      found.push({ certified: certified ?? ladder.levels.length, rejected: rejected ?? -1 })
    }
    // the smallest level at which at most 10 % of all 3,000 paths fail
    let below = -1
    let above = worlds[0].ladder.levels.length - 1
    while (above - below > 1) {
      const middle = Math.floor((below + above) / 2)
      const counts = await Promise.all(worlds.map(({ failed }) => failed(middle)))
      const share = counts.reduce((sum, count) => sum + count, 0) / (seeds.length * paths)
      if (share <= limit) above = middle
      else below = middle
    }
    const covering = found.filter(({ certified, rejected }) => rejected < above && above <= certified).length
    expect(
      covering,
      `${covering} of 20 intervals hold level ${above}: ${JSON.stringify(found)}`,
    ).toBeGreaterThanOrEqual(17)
    // and they say something: each is narrower than half of what was looked at
    expect(Math.max(...found.map(({ certified, rejected }) => certified - rejected))).toBeLessThan(20)
  })
})
