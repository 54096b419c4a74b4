/** What the economy tells of a failing path: its cause, by name and by amount. */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { metrics } from '../../models/metrics.ts'
import { stress } from '../../models/stress.ts'
import type { Steering } from '../../sim/kernel/steering.ts'
import { readFailures } from '../../sim/studies/reverse/failure.ts'
import { witnessPaths } from '../../sim/studies/reverse/watch.ts'
import { fromDay, planFor } from '../support/economyRuns.ts'

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
