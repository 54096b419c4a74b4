/** Machines: figures that no hook carries. */
import { describe, expect, it } from 'vitest'
import { liquidationProceeds } from '../../models/hardware/fireSale.ts'
import { fundamentalValue } from '../../models/hardware/fundamentalValue.ts'

describe('the value of a machine', () => {
  it('loses 49.3891 % when rents fall by 30 % from 2.35', () => {
    const value = (rent: number) => fundamentalValue(rent, 0.3, 0.45, 0.14, 0.8, 6, 0)
    expect(value(2.35 * 0.7) / value(2.35) - 1).toBeCloseTo(-0.493891, 6)
  })
})

describe('a liquidation', () => {
  it('brings the mid less cost, impact and haste', () => {
    // 20 machines at 10,000, 8 % cost, half of the depth sold by all, 5 % for haste: 200,000 × .92 × exp(-.05) × .95.
    expect(liquidationProceeds(10_000, 20, 0.08, 0.1, 50, 100, 0.05)).toBeCloseTo(166274.9034, 4)
  })

  it('moves no price in a market without bottom', () => {
    expect(liquidationProceeds(10_000, 20, 0, 0.1, 1e6, Infinity, 0)).toBe(200_000)
  })
})
