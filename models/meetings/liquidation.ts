/** Liquidation and deleveraging: pledged sAID is sold through both pools for the USDC that repays its debt. */
import { roles } from '../holders/register.ts'
import type { EconomyContext } from '../rooms.ts'

/** A liquidator tries the whole position, then halves, this often, until the sale pays. */
const halvings = 5

/** @returns a function of a path: true when something was sold */
export function makeLiquidation({ operations, columns, parameters, sizes }: EconomyContext): (path: number) => boolean {
  const { lending, saidPool, aidPool, holders: own } = operations
  const { liquidationPrice, oraclePrice } = columns.lending
  const { deleverHealth } = parameters.lending
  const { gas } = parameters.holders
  const desk = firstDesk(own.role, sizes.holders['holder'])

  const sellThrough = (p: number, shares: number): number => aidPool.swap(p, 0, saidPool.swap(p, 0, shares))
  const quoteThrough = (p: number, shares: number): number => {
    const inAid = saidPool.quote(p, 0, shares)
    return inAid > 0 ? aidPool.quote(p, 0, inAid) : 0
  }

  /** Liquidates as much of looper i as a flash-financed sale pays for: first all that the collateral covers. */
  const liquidateOne = (p: number, i: number): boolean => {
    let repay = lending.coverable(p, i)
    for (let h = 0; h < halvings; h++) {
      const seized = lending.seizable(p, i, repay)
      if (quoteThrough(p, seized) > repay + gas) {
        const shares = lending.liquidate(p, i, repay)
        const got = sellThrough(p, shares)
        const profit = got - lending.lastRepaid(p)
        own.addUsdc(p, desk, profit)
        own.payGas(p, desk, gas)
        own.earned(p, profit)
        return true
      }
      repay *= 0.5
    }
    return false
  }

  /** A looper close to the line sells a slice of its own collateral and repays. */
  const deleverOne = (p: number, i: number): boolean => {
    const need = lending.deleverNeed(p, i)
    if (!(need > 1)) return false
    const held = lending.collateralOf(p, i)
    const price = oraclePrice[p]
    const shares = Math.min(0.5 * held, (need / price) * 1.02)
    const got = quoteThrough(p, shares)
    if (!(got > 0.97 * shares * price) || got > lending.debtOf(p, i)) return false
    lending.takeCollateral(p, i, shares)
    lending.repay(p, i, sellThrough(p, shares))
    return true
  }

  return (p) => {
    const price = lending.refreshOracle(p)
    const line = liquidationPrice[p]
    if (price >= line * deleverHealth) return false
    let moved = false
    for (let i = lending.weakest(p, 1); i >= 0; i = lending.weakest(p, 1)) {
      if (!liquidateOne(p, i)) break
      moved = true
    }
    const i = lending.weakest(p, deleverHealth)
    if (i >= 0 && deleverOne(p, i)) moved = true
    return moved
  }
}

/** The first arbitrageur: it keeps what liquidations earn. */
export function firstDesk(role: (holder: number) => number, holders: number): number {
  for (let h = 0; h < holders; h++) if (role(h) === roles.arbitrageur) return h
  return 0
}
