/** The whole economy keeps every law after every step: in each mode, in storms, and for any parameters within bounds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import type { LeverDeclaration, ParameterDeclaration } from '../../sim/kernel/declarations.ts'
import { InputError, LawError } from '../../sim/kernel/errors.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { fromDay, outcomeNames, planFor, type RunOptions, runEconomy } from '../support/economyRuns.ts'

const storm = (days: number, ticksPerDay: number): RunOptions['levers'] => ({
  holders: { panic: fromDay(days, ticksPerDay, 12, 0, 0.5), providerExit: fromDay(days, ticksPerDay, 20, 0, 0.8) },
  reserve: { usdcPrice: fromDay(days, ticksPerDay, 30, 1, 0.88), depositLoss: fromDay(days, ticksPerDay, 40, 0, 0.01) },
  gpuMarket: { rentFactor: fromDay(days, ticksPerDay, 8, 1, 0.3) },
  deals: { defaultLargest: fromDay(days, ticksPerDay, 15, 0, 1) },
})

describe('the laws of the whole', () => {
  const modes: Readonly<Record<string, RunOptions['parameters']>> = {
    'two tiers, staked AID held': {},
    'two tiers, staked AID burned': { aid: { stakedAid: 'burned' } },
    unified: { aid: { mode: 'unified' }, vault: { dripHours: 168 } },
    'pro-rata exits priced at request': {
      vault: { exitRule: 'proRata', priceFixing: 'request', windowDays: 7, settlementDelayCycles: 0 },
    },
    'exits paid from idle AID': { treasury: { exitFunding: 'idleAid' } },
    'open redemption, daily cap': { aid: { access: 'open', dailyRedemptionCap: 0.02 } },
  }
  for (const [name, parameters] of Object.entries(modes)) {
    it(`hold after every step through a storm: ${name}`, () => {
      const days = 75
      const out = runEconomy({ paths: 3, days, ticksPerDay: 6, parameters, levers: storm(days, 6), laws: 'everyStep' })
      for (const column of outcomeNames)
        for (const value of out[column]) expect(Number.isNaN(value), column).toBe(false)
    })
  }

  /** Any value within bounds, log-uniform where bounds span decades, and mostly the standard one so that runs stay rich. */
  const anyValue = (p: ParameterDeclaration): fc.Arbitrary<number | string> => {
    if ('choices' in p) return fc.constantFrom(...p.choices)
    const most = p.integer ? Math.min(p.to, 60) : p.to
    return fc.double({ min: 0, max: 1, noNaN: true }).map((u) => {
      const value = p.from + u * u * u * (most - p.from)
      return p.integer ? Math.round(value) : value
    })
  }
  const settings = fc
    .tuple(
      ...Object.entries(economy.rooms).flatMap(([room, declaration]) =>
        Object.entries<ParameterDeclaration>(declaration.parameters).map(([name, p]) =>
          fc.tuple(
            fc.constant(room),
            fc.constant(name),
            fc.option(anyValue(p), { freq: 9, nil: undefined }).map((v) => (v === undefined ? p.value : v)),
            fc.integer({ min: 0, max: 9 }),
          ),
        ),
      ),
    )
    .map((list) => {
      const parameters: Record<string, Record<string, number | string>> = {}
      // One in ten parameters leaves its standard value: with all of them at random almost every economy is refused.
      for (const [room, name, value, lot] of list) {
        if (lot > 0) continue
        parameters[room] ??= {}
        parameters[room][name] = value
      }
      return parameters
    })
  const levers = (days: number, ticksPerDay: number) =>
    fc
      .array(
        fc.tuple(
          fc.constantFrom(
            ...Object.entries(economy.rooms).flatMap(([room, d]) =>
              Object.entries<LeverDeclaration>(d.levers).map(([name, lever]) => ({ room, name, lever })),
            ),
          ),
          fc.integer({ min: 1, max: days - 2 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        { maxLength: 4 },
      )
      .map((list) => {
        const moved: Record<string, Record<string, Float64Array>> = {}
        for (const [{ room, name, lever }, day, u] of list) {
          const level = lever.from + u * (lever.to - lever.from)
          moved[room] ??= {}
          moved[room][name] = fromDay(days, ticksPerDay, day, lever.neutral, level)
        }
        return moved
      })

  it('hold for random parameters and shocks within their bounds', () => {
    const days = 40
    const ticksPerDay = 3
    let ran = 0
    fc.assert(
      fc.property(settings, levers(days, ticksPerDay), (parameters, moved) => {
        try {
          runEconomy({ paths: 2, days, ticksPerDay, parameters, levers: moved })
          ran += 1
        } catch (error) {
          // What makes no sense together is refused with a message; a broken law or any other error is a defect.
          if (!(error instanceof InputError)) throw error
        }
      }),
      { seed: 20261122, numRuns: 150, endOnFailure: true },
    )
    expect(ran).toBeGreaterThan(75)
  })

  it('stop the run and say where: a law that is broken names path, day and law', () => {
    const broken = {
      ...economy,
      laws: () => ({
        'no path sees day three': {
          meaning: 'a law made to break',
          scale: 'pure' as const,
          distance: (p: number) => (p === 1 ? 1 : 0),
        },
      }),
    }
    const simulator = new Simulator(broken, planFor({ days: 2 }), 3)
    const run = (): void => simulator.run([10, 11, 12], { outcomes: [], series: [] }, undefined, new Float64Array(0))
    expect(run).toThrowError(LawError)
    expect(run).toThrowError(/no path sees day three .* on path 11, day 0 \(2026-07-01\)/)
  })
})
