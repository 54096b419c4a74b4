/** Holders act: those who leave choose their door, calm money comes and goes, small trades move the pool. */
import { calmed } from '../holders/decisions.ts'
import { roles } from '../holders/register.ts'
import type { EconomyContext } from '../rooms.ts'
import { makeEntries } from './entries.ts'
import { makeExits } from './exitDoors.ts'

export function openDecisions(context: EconomyContext): (active: Int32Array, count: number) => void {
  const { operations, columns, parameters, sizes, clock } = context
  const { holders: own, aidPool } = operations
  const { actor, actors, leaving, aid, usdc, poolShares, saidPoolShares, flow, flowHolder, flowTick } = columns.holders
  const { invariant, price } = columns.aidPool
  const { backing } = columns.signals
  const holders = sizes.holders['holder']
  const exits = makeExits(context)
  const entries = makeEntries(context)
  const noise = parameters.holders.noiseTrade

  const hasLeft = (at: number): boolean => poolShares[at] === 0 || saidPoolShares[at] === 0

  const act = (p: number, h: number): void => {
    const at = p * holders + h
    if (leaving[at] === 1) exits.leave(p, h)
    else if (leaving[at] === calmed) exits.comeBack(p, h)
    else if (own.role(h) === roles.said && aid[at] > 0) exits.leaveAid(p, h, aid[at])
    else if (own.role(h) === roles.liquidity && hasLeft(at) && price[p] > 0.995) entries.provide(p, h)
  }

  /** One small trade an hour at most, by an AID holder whose turn it is; two of three hours are quiet. */
  const calmTrade = (p: number): void => {
    const z = own.trade(p)
    if (z < 0.43 && z > -0.43) return
    const h = (clock.now * 7) % holders
    if (own.role(h) !== roles.aid) return
    const at = p * holders + h
    const size = Math.abs(z) * noise * invariant[p]
    if (z < 0) {
      const amount = Math.min(size, aid[at])
      // Nobody sells calmly into a broken peg.
      if (amount > 0 && price[p] > 0.99) exits.sellAid(p, h, amount)
      return
    }
    const amount = Math.min(size, usdc[at])
    if (!(amount > 0)) return
    const bought = aidPool.swap(p, 1, amount)
    if (bought > 0) {
      own.addUsdc(p, h, -amount)
      own.addAid(p, h, bought)
    }
  }

  const calmFlow = (p: number): void => {
    if (flowTick[p] !== clock.tick) return
    const h = flowHolder[p]
    if (leaving[p * holders + h] === 1) return
    // Nobody brings money to a coin in trouble.
    if (flow[p] > 0) {
      if (backing[p] >= 1 && price[p] > 0.98) entries.enter(p, h, flow[p])
    } else exits.withdraw(p, h, -flow[p])
  }

  return (active, count) => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      calmFlow(p)
      calmTrade(p)
      for (let i = 0; i < actors[p]; i++) act(p, actor[p * holders + i])
    }
  }
}
