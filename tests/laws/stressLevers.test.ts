/** Words of prescribed stresses tell the stress that is simulated, on short runs too. */
import { describe, expect, it } from 'vitest'
import { stress } from '../../models/stress.ts'
import type { Lever } from '../../sim/studies/reverse/language.ts'
import { planFor } from '../support/economyRuns.ts'

const levers: readonly Lever[] = stress.levers
const named = (name: string): Lever => levers.find((lever) => lever.name === name) as Lever
const largest = ({ to, largest: held }: Lever, days: number): number =>
  Math.min(to, held?.(planFor({ days, ticksPerDay: 1 })) ?? to)

describe('words of a prescribed stress', () => {
  it('tell the days that are simulated on a run of 120 days: 108 are left', () => {
    expect(named('glut').words(1000, 120)).toBe('108 days of glut')
    expect(named('rents').words(0.95, 120)).toBe('rents −95 % within 108 days, and no recovery')
  })

  it('tell the days that are simulated on a run of five days', () => {
    expect(named('run').words(0.5, 5)).toBe('50 % of all holders want out within 5 days')
    expect(named('usdc').words(0.5, 5)).toBe('USDC −50 % for 5 days')
    expect(named('glut').words(1, 5)).toBe('1 day of glut')
  })

  it('are what they were on a year', () => {
    expect(named('glut').words(200, 365)).toBe('200 days of glut')
    expect(named('rents').words(0.95, 365)).toBe('rents −95 % within 120 days, and no recovery')
    expect(named('run').words(0.5, 365)).toBe('50 % of all holders want out within a week')
    expect(named('usdc').words(0.5, 365)).toBe('USDC −50 % for ten days')
  })
})

describe('the largest size of a prescribed stress', () => {
  it('is what the run and the book can hold', () => {
    expect(largest(named('glut'), 120)).toBe(108)
    expect(largest(named('glut'), 365)).toBe(335)
    expect(largest(named('largestDefaults'), 5)).toBe(5)
    expect(largest(named('largestDefaults'), 365)).toBe(10)
    const { tables } = planFor({ days: 9, ticksPerDay: 1 })
    const borrowers = tables['deals']['borrowers'].slice(0, 3)
    const few = { ...planFor({ days: 365, ticksPerDay: 1 }), tables: { deals: { borrowers } } }
    expect(named('largestDefaults').largest?.(few)).toBe(3)
  })

  it('orders another stress than a size below, whatever the run', () => {
    for (const days of [1, 5, 30, 120, 365]) {
      for (const lever of levers.filter(({ integer }) => integer)) {
        const most = largest(lever, days)
        expect(most, lever.name).toBeGreaterThan(lever.from)
        expect(lever.shocks(most, days)).not.toEqual(lever.shocks(most - 1, days))
      }
    }
  })

  it('ends within the run', () => {
    for (const days of [1, 5, 30, 120, 365]) {
      for (const lever of levers) {
        for (const { atHours, overHours, untilHours } of lever.shocks(largest(lever, days), days)) {
          expect((atHours as number) + (overHours ?? 0), lever.name).toBeLessThanOrEqual(24 * days)
          expect(untilHours ?? 0, lever.name).toBeLessThanOrEqual(24 * days)
        }
      }
    }
  })
})
