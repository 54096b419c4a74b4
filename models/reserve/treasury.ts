/** The treasury's day: what arrives, what it converts between dollars and USDC, and when it buys or sells bills. */
import type { ReserveContext } from './context.ts'
import type { Ladder } from './ladder.ts'

export function openTreasury({ state, inputs, parameters, levers, clock }: ReserveContext, ladder: Ladder) {
  const { cash, usdc, unsettled, converting, mintingUsdc, redeemingUsdc, liquid, convertedIn, convertedOut, rate } =
    state
  const { supply, heldAid, pendingRedemptions, pendingExits } = inputs
  const { usdcTarget, cashTarget, rebalanceBand, exitPreparation, conversionFee, cashInterestShare } = parameters

  const arrive = (path: number): void => {
    cash[path] += unsettled[path] + redeemingUsdc[path]
    usdc[path] += mintingUsdc[path]
    convertedIn[path] += mintingUsdc[path]
    unsettled[path] = 0
    redeemingUsdc[path] = 0
    mintingUsdc[path] = 0
    converting[path] = 0
  }
  const toUsdc = (path: number, want: number): number => {
    const sent = Math.min(want, cash[path])
    if (!(sent > 0)) return 0
    cash[path] -= sent
    ladder.lose(path, sent * conversionFee)
    mintingUsdc[path] += sent - sent * conversionFee
    converting[path] = mintingUsdc[path] + redeemingUsdc[path]
    return sent
  }
  const toCash = (path: number, want: number): number => {
    const sent = Math.min(want, usdc[path])
    if (!(sent > 0)) return 0
    usdc[path] -= sent
    convertedOut[path] += sent
    ladder.lose(path, sent * conversionFee)
    redeemingUsdc[path] += sent - sent * conversionFee
    converting[path] = mintingUsdc[path] + redeemingUsdc[path]
    return sent
  }
  /** @returns dollars still missing for the USDC that the treasury wants. */
  const keepUsdc = (path: number, outside: number, band: number): number => {
    const short = usdcTarget * outside + pendingRedemptions[path] - usdc[path]
    if (short < -band) toCash(path, -short)
    if (short <= band && pendingRedemptions[path] <= usdc[path]) return 0
    return short - toUsdc(path, short)
  }

  return {
    toUsdc,
    toCash,
    open: (): boolean => clock.business && levers.bankClosed[clock.now] < 0.5,
    arrive,
    /** A day's interest on deposits, and what a failed bank takes. */
    bankDay(path: number): void {
      const interest = Math.max(0, cash[path] * cashInterestShare * rate[path] * clock.yearsPerDay)
      cash[path] += interest
      ladder.gain(path, interest)
      const lost = cash[path] * levers.depositLoss[clock.now]
      cash[path] -= lost
      ladder.lose(path, lost)
    },
    /** Trades toward the targets; on business days only. */
    rebalance(path: number): void {
      const outside = Math.max(0, supply[path] - heldAid[path])
      const band = rebalanceBand * liquid[path]
      const missing = keepUsdc(path, outside, band)
      const wanted = cashTarget * outside + exitPreparation * pendingExits[path] + missing
      const have = cash[path] + redeemingUsdc[path]
      if (have < wanted - band) ladder.sell(path, wanted - have)
      else if (have > wanted + band) ladder.buy(path, have - wanted)
    },
  }
}
export type Treasury = ReturnType<typeof openTreasury>
