/** The market inside a tick: oracle, health, liquidation, sale and arbitrage, until nothing moves or the rounds are used up. */
import type { EconomyContext } from '../rooms.ts'
import { makeArbitrage } from './arbitrage.ts'
import { makeLiquidation } from './liquidation.ts'

export function openMarket(context: EconomyContext): (active: Int32Array, count: number) => void {
  const { holders } = context.operations
  const { mostRounds } = context.parameters.holders
  const liquidation = makeLiquidation(context)
  const arbitrage = makeArbitrage(context)

  return (active, count) => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      let round = 0
      for (; round < mostRounds; round++) {
        const sold = liquidation(p)
        const traded = arbitrage(p, round === 0)
        if (!sold && !traded) break
      }
      if (round === mostRounds) holders.capped(p)
    }
  }
}
