/** Ways out: redeem, sell, queue or take liquidity away, whichever promises more. */
import { roles } from '../holders/register.ts'
import type { EconomyContext } from '../rooms.ts'
import { logitChoice } from './choice.ts'

/** A seller tries the whole, then halves, this often, until the price is acceptable. */
const halvings = 4
const dust = 0.01
/** Share of the discount tolerance that a seller without any stress accepts: the pool’s fee and a little more. */
const calmTolerance = 0.1

export interface Exits {
  /** Takes a holder who wants out of everything one step further. */
  leave(path: number, holder: number): void
  /** A holder who has calmed down takes its exit request back, where requests are not binding. */
  comeBack(path: number, holder: number): void
  /** AID becomes USDC by the better of the doors open to the holder; the USDC leaves the economy. */
  leaveAid(path: number, holder: number, amount: number): void
  /** A calm withdrawal of this value. */
  withdraw(path: number, holder: number, usd: number): void
  /** Sells AID into the pool; returns the USDC. */
  sellAid(path: number, holder: number, amount: number): number
}

export function makeExits({ operations, columns, parameters, sizes, levers, clock }: EconomyContext): Exits {
  const { holders: own, aid, vault, aidPool, saidPool } = operations
  const { aid: wallet, shares, leaving, standingUsdc, poolShares, saidPoolShares, stress } = columns.holders
  const { backing } = columns.signals
  const { usdcPrice } = columns.reserve
  const { exitNav, queueDays } = columns.vault
  const { requestAmount } = columns.aid
  const escrow = columns.vault.requestShares
  const holders = sizes.holders['holder']
  const { patience, discountTolerance, panicDiscount, choiceNoise } = parameters.holders
  const { redeemFee, access } = parameters.aid
  const open = levers.aid.redemptionOpen

  const sellAid = (p: number, h: number, amount: number): number => {
    const out = aidPool.swap(p, 0, amount)
    if (out === 0) return 0
    own.addAid(p, h, -amount)
    own.addUsdc(p, h, out)
    return out
  }

  /** What a holder hopes to get for an AID at the issuer: par less the fee, less the wait, less what cover is missing. */
  const redemptionValue = (p: number): number => {
    const cover = Math.min(1, backing[p])
    const waited = columns.aid.oldestWaitDays[p] + (columns.aid.pendingRedemptions[p] > 0 ? 1 : 0)
    return usdcPrice[p] * (1 - redeemFee) * cover * (1 - (patience * waited) / 365)
  }

  /** A calm seller waits for the price to come back; a frightened one gives way. */
  const acceptable = (p: number, at: number): number => {
    const tolerance = Math.min(panicDiscount, discountTolerance * Math.max(calmTolerance, stress[at]))
    return usdcPrice[p] * Math.min(1, backing[p]) * (1 - tolerance)
  }

  const mayRedeem = (h: number): boolean => (own.whitelisted(h) === 1 || access === 'open') && open[clock.now] >= 0.5

  /** Sells as much as finds an acceptable price; returns what was sold. */
  const trySelling = (p: number, h: number, amount: number): number => {
    const lowest = acceptable(p, p * holders + h)
    let size = amount
    for (let i = 0; i < halvings && size > dust; i++) {
      if (aidPool.quote(p, 0, size) * usdcPrice[p] >= lowest * size) {
        sellAid(p, h, size)
        return size
      }
      size *= 0.5
    }
    return 0
  }

  /** Only those who flee make others flee; AID that came out of sAID was heard of when its exit was asked for. */
  const note = (p: number, h: number, usd: number): void => {
    if (leaving[p * holders + h] === 1 && own.role(h) !== roles.said) own.noteExit(p, usd)
  }

  const leaveAid = (p: number, h: number, amount: number): void => {
    const at = p * holders + h
    const have = Math.min(amount, wallet[at])
    if (have > dust) {
      const waiting = requestAmount[at] > 0
      if (mayRedeem(h) && !waiting) {
        const sale = (aidPool.quote(p, 0, have) * usdcPrice[p]) / have
        if (logitChoice(redemptionValue(p) - sale, choiceNoise) > own.coin(p, h, 1)) {
          own.addAid(p, h, -aid.requestRedemption(p, h, have))
          note(p, h, have)
        } else note(p, h, trySelling(p, h, have))
      } else if (!waiting) note(p, h, trySelling(p, h, have))
    }
    if (own.role(h) !== roles.arbitrageur) own.takeAway(p, h, leaving[at] === 1 ? 0 : standingUsdc[at])
  }

  /** sAID leaves by the queue or, when the pool pays more than the wait is worth, by a sale. */
  const leaveSaid = (p: number, h: number, wanted: number): void => {
    const at = p * holders + h
    const have = Math.min(wanted, shares[at])
    if (have <= dust) return
    const queueValue = exitNav[p] * (1 - (patience * queueDays[p]) / 365) * Math.min(1, backing[p])
    const sale = saidPool.quote(p, 0, have) / have
    if (sale > 0 && logitChoice(sale - queueValue, choiceNoise) > own.coin(p, h, 0)) {
      const out = saidPool.swap(p, 0, have)
      own.addShares(p, h, -have)
      own.addAid(p, h, out)
      leaveAid(p, h, out)
    } else if (escrow[at] === 0) {
      if (leaving[at] === 1) own.noteExit(p, have * exitNav[p])
      own.addShares(p, h, -vault.requestExit(p, h, have))
    }
  }

  const leavePools = (p: number, h: number): void => {
    const at = p * holders + h
    if (poolShares[at] > 0) {
      const burn = poolShares[at]
      const gotAid = aidPool.removeLiquidity(p, burn)
      own.addPoolShares(p, h, -burn)
      own.addAid(p, h, gotAid)
      own.addUsdc(p, h, aidPool.released1(p))
    }
    if (saidPoolShares[at] > 0) {
      const burn = saidPoolShares[at]
      const gotSaid = saidPool.removeLiquidity(p, burn)
      own.addSaidPoolShares(p, h, -burn)
      own.addShares(p, h, gotSaid)
      own.addAid(p, h, saidPool.released1(p))
    }
  }

  return {
    sellAid,
    leaveAid,
    leave(p, h) {
      const at = p * holders + h
      if (own.role(h) === roles.liquidity) leavePools(p, h)
      if (shares[at] > dust) leaveSaid(p, h, shares[at])
      if (wallet[at] > dust) leaveAid(p, h, wallet[at])
      else own.takeAway(p, h, 0)
    },
    comeBack(p, h) {
      own.addShares(p, h, vault.cancelExit(p, h))
      own.addAid(p, h, aid.cancelRedemption(p, h))
      own.settled(p, h)
    },
    withdraw(p, h, usd) {
      let left = usd
      // One holder seldom has it all, and waits for one exit at a time: others of the same role share the rest.
      for (let turn = 0; turn < holders && left > dust; turn++) {
        const who = (h + turn) % holders
        const at = p * holders + who
        if (own.role(who) !== own.role(h)) continue
        if (own.role(who) === roles.said) {
          if (escrow[at] > 0 || shares[at] <= dust) continue
          const value = Math.min(left, shares[at] * exitNav[p])
          leaveSaid(p, who, value / Math.max(1e-9, exitNav[p]))
          left -= value
        } else {
          const amount = Math.min(left, wallet[at])
          leaveAid(p, who, amount)
          left -= amount
        }
      }
    },
  }
}
