/** Policy dials: what governance decides, and the settings that it turns into. */
import { describe, expect, it } from 'vitest'
import { policyDials } from '../../models/dials.ts'
import { economy } from '../../models/economy.ts'
import { dialOf, openingOf, policyOf, turned } from '../../scenarios/dials.ts'
import { planOf } from '../../scenarios/scenario.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'

const base = askScenario('base', { days: 3, set: [] }, model).scenario

function opened(scenario: typeof base, columns: readonly string[]): Record<string, number> {
  const out = new Float64Array(columns.length)
  new Simulator(economy, planOf(scenario, economy), 1).run(
    Int32Array.of(0),
    { outcomes: columns, series: [] },
    undefined,
    out,
  )
  return Object.fromEntries(columns.map((name, i) => [name, out[i]]))
}

const opening = [
  'reserve.startLiquid',
  'reserve.startUsdc',
  'reserve.startBills',
  'vault.openingAssets',
  'vault.openingInsurance',
]

describe('the opening balance', () => {
  const policies = {
    base: {},
    turned: { reserveBuffer: 0.5, insurance: 0.1, cashShare: 0.6 },
    all: { reserveBuffer: 1 },
  }
  for (const [name, turn] of Object.entries(policies)) {
    it(`is what the rooms draw up on the eve of day one (${name})`, () => {
      const scenario = turned(base, turn, economy)
      const seen = opened(scenario, opening)
      const balance = openingOf(scenario, economy)
      // sums of the same dollars in another order
      expect(balance.liquid).toBeCloseTo(seen['reserve.startLiquid'], 6)
      expect(balance.usdc).toBeCloseTo(seen['reserve.startUsdc'], 6)
      expect(balance.bills).toBeCloseTo(seen['reserve.startBills'], 6)
      expect(balance.staked).toBeCloseTo(seen['vault.openingAssets'], 6)
      expect(balance.insurance).toBeCloseTo(seen['vault.openingInsurance'], 6)
    })
  }

  it('has 13 weekly rungs mature after 49 days on average, 7.69 % of them within a week', () => {
    const { billMaturity, billsWithinWeek } = openingOf(base, economy)
    expect(billMaturity).toBe(49)
    expect(billsWithinWeek).toBeCloseTo(1 / 13, 12)
  })
})

describe('policy dials', () => {
  for (const { name } of policyDials) {
    it(`${name} at its value of today changes nothing`, () => {
      const { value, from, to } = dialOf(base, economy, name)
      expect(value).toBeGreaterThanOrEqual(from)
      expect(value).toBeLessThanOrEqual(to)
      const plan = planOf(turned(base, { [name]: value as number }, economy), economy)
      const before = planOf(base, economy)
      for (const [room, parameters] of Object.entries(before.parameters)) {
        for (const [parameter, was] of Object.entries(parameters)) {
          const is = plan.parameters[room][parameter]
          if (typeof was === 'number') expect(is, `${room}.${parameter}`).toBeCloseTo(was, 12)
          else expect(is).toBe(was)
        }
      }
      expect(plan.tables).toEqual(before.tables)
    })

    it(`${name} can be simulated at both ends of its bounds`, () => {
      const { from, to } = dialOf(base, economy, name)
      for (const value of [from, to]) {
        expect(() => opened(turned(base, { [name]: value }, economy), ['aid.supply'])).not.toThrow()
      }
    })
  }

  it('reserveBuffer takes hold of the opening book, principal and machines alike', () => {
    const columns = ['deals.outstanding', 'deals.collateralValue', 'reserve.liquid']
    const before = opened(base, columns)
    const after = opened(turned(base, { reserveBuffer: 0.575 }, economy), columns)
    // three days: a payment or two of one deal, and no new lending
    expect(after['deals.outstanding'] / before['deals.outstanding']).toBeCloseTo(0.5, 2)
    expect(after['deals.collateralValue'] / before['deals.collateralValue']).toBeCloseTo(0.5, 2)
    expect(after['reserve.liquid'] - before['reserve.liquid']).toBeGreaterThan(6e6)
  })

  it('reserveBuffer scales machines that a row states, too', () => {
    const stated = turned(base, { 'deals.tape.*.units': 10 }, economy)
    const before = opened(stated, ['deals.collateralValue'])
    const after = opened(turned(stated, { reserveBuffer: 0.575 }, economy), ['deals.collateralValue'])
    expect(after['deals.collateralValue'] / before['deals.collateralValue']).toBeCloseTo(0.5, 6)
  })

  it('overCollateralisation has machines that a row states pledged in proportion', () => {
    const stated = turned(base, { 'deals.tape.MER-1.units': 120 }, economy)
    const { tables } = turned(stated, { overCollateralisation: 1 }, economy)
    const units = tables['deals']['tape'].map((row) => [row['name'], row['units']])
    expect(units).toContainEqual(['MER-1', 180])
    expect(units).toContainEqual(['MER-2', 0])
  })

  it('says what a measured amount means as a level', () => {
    const policy = policyOf(base, economy, 'reserveBuffer')
    // 8.25 M of 21 M are liquid today, at a buffer of 15 %; all of 21 M would be at 100 %
    expect(policy?.measured?.levelOf(8.25 / 21)).toBeCloseTo(0.15, 10)
    expect(policy?.measured?.levelOf(1)).toBeCloseTo(1, 10)
    expect(policyOf(base, economy, 'overCollateralisation')?.measured?.levelOf(1.5)).toBeCloseTo(0.5, 12)
  })

  it('refuse what they cannot be, by name', () => {
    expect(() => turned(base, { reserveBuffer: 1.2 }, economy)).toThrow(/reserveBuffer is 1.2; it must be from 0 to 1/)
    expect(() => turned(base, { reserveBuffer: 'much' }, economy)).toThrow(/reserveBuffer is much/)
    expect(() => turned(base, { poolDepth: 1e9 }, economy)).toThrow(/poolDepth is 1000000000; it must be from/)
    expect(() => dialOf(base, economy, 'reserveBufer')).toThrow(/did you mean reserveBuffer\?/)
    expect(() => dialOf(base, economy, 'depth')).toThrow(/policy dial: reserveBuffer, cashShare/)
    const all = turned(base, { 'treasury.bufferShare': 1 }, economy)
    expect(() => turned(all, { reserveBuffer: 0.5 }, economy)).toThrow(/no book to scale/)
  })
})
