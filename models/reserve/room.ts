/** The reserve: bank cash, USDC and a ladder of Treasury bills, which settle on business days only. */
import { InputError } from '../../sim/kernel/errors.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { reserveInputs, reserveLevers, reserveShocks, reserveState } from './columns.ts'
import type { ReserveContext } from './context.ts'
import { type Ladder, openLadder } from './ladder.ts'
import { reserveLaws } from './laws.ts'
import { type Market, openMarket } from './market.ts'
import { reserveParameters } from './parameters.ts'
import { reserveOperations } from './payments.ts'
import { openTreasury } from './treasury.ts'

export const reserve = defineRoom({
  name: 'reserve',
  meaning:
    'What backs AID in liquid form: bank cash, USDC and a ladder of Treasury bills, with the treasury that keeps them in balance.',
  parameters: reserveParameters,
  sizes: ({ rungs, tenorDays }) => ({ rung: Math.min(rungs, tenorDays) }),
  state: reserveState,
  inputs: reserveInputs,
  shocks: reserveShocks,
  levers: reserveLevers,
  open(context) {
    const market = openMarket(context)
    const ladder = openLadder(context, market)
    const treasury = openTreasury(context, ladder)
    const { settledDay } = context.state
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) startPath(context, market, ladder, active[k])
      },
      step(active, count) {
        const open = treasury.open()
        for (let k = 0; k < count; k++) {
          const path = active[k]
          market.step(path)
          ladder.accrete(path)
          treasury.bankDay(path)
          ladder.mature(path, open)
          if (!open) continue
          treasury.arrive(path)
          settledDay[path] = context.clock.day
          treasury.rebalance(path)
        }
      },
      tick(active, count) {
        if (!market.usdcMovedToday()) return
        for (let k = 0; k < count; k++) market.quoteUsdc(active[k])
      },
      operations: reserveOperations(context, ladder, treasury),
      laws: reserveLaws(context),
    }
  },
})

/** On the eve the reserve owns what all claims leave after the deals: first USDC and cash at their targets, the rest in bills. */
function startPath({ state, inputs, parameters }: ReserveContext, market: Market, ladder: Ladder, path: number): void {
  const outside = inputs.supply[path] - inputs.heldAid[path]
  const claims = outside + inputs.fundClaim[path] + inputs.treasuryPayable[path] + inputs.surplus[path]
  const owned = claims - inputs.deficit[path] - inputs.outstanding[path]
  if (owned < 0) {
    throw new InputError(
      `deals of ${inputs.outstanding[path]} USD exceed the claims of ${claims} USD that fund them; ` +
        'a smaller deal tape or a larger AID supply is right',
    )
  }
  market.start(path)
  state.usdc[path] = Math.min(owned, parameters.usdcTarget * outside)
  state.cash[path] = Math.min(owned - state.usdc[path], parameters.cashTarget * outside)
  ladder.start(path, owned - state.usdc[path] - state.cash[path])
  state.settledDay[path] = -1
  state.liquid[path] = state.usdc[path] + state.cash[path] + state.bills[path]
  state.startLiquid[path] = state.liquid[path]
  state.startUsdc[path] = state.usdc[path]
  state.startBills[path] = state.bills[path]
}
