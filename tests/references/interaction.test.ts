/**
 * Rare failures of known probability, by the very engine that chooses paths of the real economy. Seeds are fixed; a mean of
 * replications may be four standard errors from the truth, which chance exceeds once in 16,000 tests.
 */
import { describe, expect, it } from 'vitest'
import type { Economy } from '../../sim/kernel/economy.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import type { Interaction } from '../../sim/kernel/splitting/interaction.ts'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import { dailyMaximum } from '../support/brownianMaximum.ts'
import { brownian, gambler, replicationMeans, smallPlan, splitRows } from '../support/splittingEconomies.ts'

/** Gambler's ruin (Feller, An Introduction to Probability Theory, volume 1, XIV.2): ((q/p)^1 − 1) / ((q/p)^20 − 1), q/p = 1.5. */
const fortune = 0.5 / (1.5 ** 20 - 1)
const walk = brownian(false)
const passes3 = (value: number): number => (value >= 3 ? 1 : 0)

function means(
  economy: Economy,
  plan: Plan,
  interaction: Interaction,
  outcome: string,
  of: (value: number) => number,
  replications = 200,
) {
  const rows = splitRows(economy, plan, interaction, [outcome], { from: 0, to: replications })
  return meanWithInterval(replicationMeans(rows, interaction, outcome, of), 0.95)
}

function expectTruth({ mean, standardError }: ReturnType<typeof means>, truth: number, relativeError: number): void {
  expect(standardError as number).toBeLessThan(relativeError * truth)
  expect(Math.abs(mean - truth), `${mean} for ${truth}`).toBeLessThan(4 * (standardError as number))
}

describe('interacting particles', () => {
  it("find the gambler's 1.504095623770e-4 by 20,000 games, as well as some 4 million plain ones", () => {
    expect(fortune).toBeCloseTo(1.50409562377e-4, 15)
    const interaction = { chance: 'fortune', beyond: 20, strength: 0.8, everyDays: 3, particles: 100 }
    const found = means(gambler, smallPlan(gambler, 400), interaction, 'gambler.fortune', (value) => value)
    expectTruth(found, fortune, 0.04)
  }, 180_000)

  it('find the probability that a Brownian motion seen daily passes 3 within a year, .00245006135, whatever the power of the chance and however often they are chosen', () => {
    const truth = dailyMaximum(365, 3, 500)
    expect(Math.abs(truth / 0.00245006135 - 1)).toBeLessThan(3e-5)
    for (const [strength, everyDays, error] of [
      [0.6, 15, 0.04],
      [1, 5, 0.04],
      [0.3, 40, 0.06],
    ] as const) {
      const interaction = { chance: 'passing', beyond: 3, strength, everyDays, particles: 100 }
      expectTruth(means(walk, smallPlan(walk, 365), interaction, 'walk.highest', passes3), truth, error)
    }
  }, 180_000)

  it('have about the variance of the best possible choice: twice the log of one over the probability', () => {
    const interaction = { chance: 'passing', beyond: 3, strength: 1, everyDays: 2, particles: 200 }
    const found = means(walk, smallPlan(walk, 365), interaction, 'walk.highest', passes3, 100)
    const perPath = 20_000 * ((found.standardError as number) / found.mean) ** 2
    // With choices at every moment the variance of the log of the chance along paths that pass, which is 2 log(1/p): 12.
    expect(perPath).toBeGreaterThan(6)
    expect(perPath).toBeLessThan(20)
  }, 180_000)

  it('weigh every function of a whole path rightly: the mean of one is 1, of the place 0 and of its square 1', () => {
    const interaction = { chance: 'passing', beyond: 1, strength: 0.3, everyDays: 10, particles: 100 }
    const plan = smallPlan(walk, 365, 5)
    const one = means(walk, plan, interaction, 'walk.place', () => 1, 400)
    expectTruth(one, 1, 0.02)
    const place = means(walk, plan, interaction, 'walk.place', (value) => value, 400)
    expect(Math.abs(place.mean)).toBeLessThan(4 * (place.standardError as number))
    expectTruth(
      means(walk, plan, interaction, 'walk.place', (value) => value * value, 400),
      1,
      0.04,
    )
  }, 180_000)

  it('are wrong by far where a room keeps memory from copies: what the tests of copies are for', () => {
    const interaction = { chance: 'passing', beyond: 3, strength: 0.6, everyDays: 15, particles: 100 }
    const secret = brownian(true)
    const { mean, standardError } = means(secret, smallPlan(secret, 365), interaction, 'walk.highest', passes3, 100)
    expect(Math.abs(mean - 0.00245)).toBeGreaterThan(8 * (standardError as number))
  }, 180_000)
})
