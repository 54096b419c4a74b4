/** A liquidator takes what the collateral covers, and what it does not cover is bad debt at once. */
import { expect, it } from 'vitest'
import { lending } from '../../models/lending/room.ts'
import { makeLiquidation } from '../../models/meetings/liquidation.ts'
import { soloEconomy, soloSimulator } from '../support/openRoom.ts'

it('loopers under water end without collateral and debt where the sale pays less than the debt but more than is covered', () => {
  const price = (day: number): number => (day < 2 ? 1 : 0.75)
  let sellable = 1
  let liquidate: ((path: number) => boolean) | undefined
  let simulator: ReturnType<typeof soloSimulator> | undefined
  const pool = { quote: (_: number, __: number, x: number) => x, swap: (_: number, __: number, x: number) => x }
  const economy = soloEconomy(lending, {
    feed: (inputs, path, day) => {
      for (const column of Object.values(inputs)) column[path] = 1
      inputs['nav'][path] = price(day)
      inputs['exitNav'][path] = price(day)
      sellable = price(day)
    },
    meet: (operations, path) => {
      const said = {
        quote: (_: number, __: number, x: number) => x * sellable,
        swap: (_: number, __: number, x: number) => x * sellable,
      }
      const wallet = { role: () => 3, addUsdc() {}, payGas() {}, earned() {} }
      liquidate ??= makeLiquidation({
        operations: { lending: operations, saidPool: said, aidPool: pool, holders: wallet },
        columns: {
          lending: {
            liquidationPrice: simulator!.column('lending.liquidationPrice'),
            oraclePrice: simulator!.column('lending.oraclePrice'),
          },
        },
        parameters: { lending: { deleverHealth: 1 }, holders: { gas: 5 } },
        sizes: { holders: { holder: 1 } },
      } as never)
      liquidate(path)
    },
  })
  simulator = soloSimulator(economy, {
    days: 4,
    parameters: { lending: { oracle: 'nav', debt: 1e6, healthAboveOne: 0.03 } },
  })
  simulator.run([0], { outcomes: [], series: [] }, undefined, new Float64Array(0))
  expect(simulator.column('lending.collateralTotal')[0]).toBeLessThan(1)
  expect(simulator.column('lending.borrowAssets')[0]).toBeLessThan(1)
  expect(simulator.column('lending.badDebt')[0]).toBeGreaterThan(0.05e6)
  expect(simulator.column('lending.badDebt')[0]).toBeLessThan(0.25e6)
})
