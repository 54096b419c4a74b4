/** Arbitrage between the pools and the issuer, by a few with limited capital. */
import { roles } from '../holders/register.ts'
import type { EconomyContext } from '../rooms.ts'
import { makeEntries } from './entries.ts'
import { makeRedemption } from './redemption.ts'

/** Nothing below this many USD is traded. */
const smallest = 50
/** An arbitrageur with more USDC than this at hand raises none. */
const capitalIdle = 10_000

/** @returns a function of a path and whether this is the first round of the tick: true when something was traded */
export function makeArbitrage(context: EconomyContext): (path: number, first: boolean) => boolean {
  const { operations, columns, parameters, sizes, levers, clock } = context
  const { aidPool, saidPool, aid, vault, holders: own } = operations
  const { usdc, aid: wallet, shares, outsideCapital } = columns.holders
  const { price } = columns.aidPool
  const { usdcPrice } = columns.reserve
  const { depositNav, exitNav, queueDays } = columns.vault
  const escrow = columns.vault.requestShares
  const { requestAmount } = columns.aid
  const { backing } = columns.signals
  const { redeemFee, mintFee, access } = parameters.aid
  const { arbitrageHurdle, arbitrageInflow, patientHurdle, gas } = parameters.holders
  const { fee } = parameters.aidPool
  const saidFee = parameters.saidPool.fee
  const open = levers.aid.redemptionOpen
  const holders = sizes.holders['holder']
  const entries = makeEntries(context)
  const redeem = makeRedemption(context)
  const desks = arbitrageurs(own.role, holders)

  /** Below par: buy with USDC, redeem. What is redeemable is what the reserve is believed to cover. */
  const buyAndRedeem = (p: number, h: number): boolean => {
    const at = p * holders + h
    if (requestAmount[at] > 0 || !(usdc[at] > smallest)) return false
    const value = (1 - redeemFee - arbitrageHurdle) * Math.min(1, backing[p]) * usdcPrice[p]
    const size = aidPool.bestSize(p, 1, value, usdcPrice[p], gas, usdc[at], Number.POSITIVE_INFINITY)
    if (!(size > smallest)) return false
    const bought = aidPool.swap(p, 1, size)
    if (bought === 0) return false
    own.addUsdc(p, h, -size)
    own.payGas(p, h, Math.min(gas, usdc[at]))
    own.addAid(p, h, bought)
    own.addAid(p, h, -aid.requestRedemption(p, h, wallet[at]))
    redeem(p)
    own.earned(p, bought * (1 - redeemFee) - size)
    return true
  }

  /** Above par: mint with USDC, sell. */
  const mintAndSell = (p: number, h: number): boolean => {
    const at = p * holders + h
    if (!(usdc[at] > smallest)) return false
    const cost = (1 + mintFee + arbitrageHurdle) * usdcPrice[p]
    const size = aidPool.bestSize(p, 0, usdcPrice[p], cost, gas, usdc[at], Number.POSITIVE_INFINITY)
    if (!(size > smallest)) return false
    const minted = entries.mint(p, h, size)
    if (minted === 0) return false
    const got = aidPool.swap(p, 0, minted)
    if (got === 0) return false
    own.addAid(p, h, -minted)
    own.addUsdc(p, h, got)
    own.payGas(p, h, Math.min(gas, usdc[at]))
    own.earned(p, got - size)
    return true
  }

  /** sAID dear in its pool: buy AID, stake it, sell the shares. */
  const stakeAndSell = (p: number, h: number): boolean => {
    const at = p * holders + h
    const nav = depositNav[p]
    if (!(nav > 0) || !(usdc[at] > smallest) || price[p] > 1 + fee) return false
    const most = usdc[at] / nav
    const size = saidPool.bestSize(p, 0, 1, nav * (1 + arbitrageHurdle + fee), gas, most, Number.POSITIVE_INFINITY)
    if (!(size * nav > smallest)) return false
    const minted = own.whitelisted(h) === 1 ? entries.mint(p, h, size * nav) : buyAid(p, h, size * nav)
    if (minted === 0) return false
    const staked = entries.stake(p, h, minted)
    const got = staked > 0 ? saidPool.swap(p, 0, staked) : 0
    if (got > 0) {
      own.addShares(p, h, -staked)
      own.addAid(p, h, got)
    }
    backToUsdc(p, h)
    return got > 0
  }

  /** sAID cheap: buy it and wait in the queue for the exit NAV. */
  const buyAndQueue = (p: number, h: number): boolean => {
    const at = p * holders + h
    if (escrow[at] > 0 || !(usdc[at] > smallest) || price[p] > 1.001) return false
    const years = queueDays[p] / 365
    const value = exitNav[p] * Math.min(1, backing[p]) * (1 - patientHurdle * years)
    const size = saidPool.bestSize(p, 1, value, 1, gas, usdc[at], Number.POSITIVE_INFINITY)
    if (!(size > smallest)) return false
    const bought = buyAid(p, h, size)
    const got = bought > 0 ? saidPool.swap(p, 1, bought) : 0
    if (got === 0) return false
    own.addAid(p, h, -bought)
    own.addShares(p, h, got)
    own.addShares(p, h, -vault.requestExit(p, h, shares[at]))
    return true
  }

  const buyAid = (p: number, h: number, amount: number): number => {
    const out = aidPool.swap(p, 1, amount)
    if (out === 0) return 0
    own.addUsdc(p, h, -amount)
    own.addAid(p, h, out)
    return out
  }

  /** What came back from queues and trades becomes USDC again: at the issuer for those who may, else in the pool near par. */
  const backToUsdc = (p: number, h: number): boolean => {
    const at = p * holders + h
    const have = wallet[at]
    if (!(have > smallest)) return false
    const mayRedeem = (own.whitelisted(h) === 1 || access === 'open') && open[clock.now] >= 0.5
    if (mayRedeem && requestAmount[at] === 0) {
      own.addAid(p, h, -aid.requestRedemption(p, h, have))
      redeem(p)
      return true
    }
    if (!mayRedeem && aidPool.quote(p, 0, have) > (1 - 3 * fee) * have) {
      own.addUsdc(p, h, aidPool.swap(p, 0, have))
      own.addAid(p, h, -have)
      return true
    }
    return false
  }

  /** Capital follows a lasting discount, and goes home when there is nothing left to do. */
  const moveCapital = (p: number, h: number): void => {
    const at = p * holders + h
    const discount = Math.min(1, backing[p]) - price[p]
    if (discount > 0.01) {
      if (usdc[at] <= capitalIdle) own.raise(p, h, (arbitrageInflow * discount * 100) / clock.ticksPerDay)
    } else if (outsideCapital[at] > 0 && discount < 0.003) own.giveBack(p, h)
  }

  return (p, first) => {
    let moved = false
    const aidAt = price[p]
    const saidAt = columns.saidPool.price[p]
    const ratio = depositNav[p] > 0 ? exitNav[p] / depositNav[p] : 1
    const primary = open[clock.now] >= 0.5
    for (let i = 0; i < desks.length; i++) {
      const h = desks[i]
      if (wallet[p * holders + h] > smallest && backToUsdc(p, h)) moved = true
      const access1 = primary && (own.whitelisted(h) === 1 || access === 'open')
      if (access1 && first) moveCapital(p, h)
      if (access1 && aidAt < 1 - redeemFee - fee - arbitrageHurdle && buyAndRedeem(p, h)) moved = true
      if (access1 && aidAt > 1 + mintFee + fee + arbitrageHurdle && mintAndSell(p, h)) moved = true
      if (saidAt > 1 + saidFee + fee + arbitrageHurdle && stakeAndSell(p, h)) moved = true
      if (saidAt < ratio - saidFee - fee && buyAndQueue(p, h)) moved = true
    }
    return moved
  }
}

function arbitrageurs(role: (holder: number) => number, holders: number): Int32Array {
  const found: number[] = []
  for (let h = 0; h < holders; h++) if (role(h) === roles.arbitrageur) found.push(h)
  return Int32Array.from(found)
}
