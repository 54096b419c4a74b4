/** What others may ask of the reserve: to take in and pay out USDC and dollars, and to trade bills and USDC on their behalf. */
import type { ReserveContext } from './context.ts'
import type { Ladder } from './ladder.ts'
import type { Treasury } from './treasury.ts'

export function reserveOperations({ state }: ReserveContext, ladder: Ladder, treasury: Treasury) {
  const { cash, usdc, liquid, receivedTotal, paidTotal, usdcReceived, usdcPaid, incomeToday, lossToday } = state
  return {
    /** @returns USDC paid: what is wanted or all there is. */
    payUsdc(path: number, want: number): number {
      const paid = Math.min(Math.max(0, want), usdc[path])
      usdc[path] -= paid
      liquid[path] -= paid
      usdcPaid[path] += paid
      paidTotal[path] += paid
      return paid
    },
    receiveUsdc(path: number, amount: number): void {
      if (!(amount > 0)) return
      usdc[path] += amount
      liquid[path] += amount
      usdcReceived[path] += amount
      receivedTotal[path] += amount
    },
    /** @returns USD paid from the bank account: what is wanted or all there is. */
    payCash(path: number, want: number): number {
      const paid = Math.min(Math.max(0, want), cash[path])
      cash[path] -= paid
      liquid[path] -= paid
      paidTotal[path] += paid
      return paid
    },
    receiveCash(path: number, usd: number): void {
      if (!(usd > 0)) return
      cash[path] += usd
      liquid[path] += usd
      receivedTotal[path] += usd
    },
    /** @returns the income since it was last taken, which is then zero: the caller books it where it belongs. */
    incomeTaken(path: number): number {
      const income = incomeToday[path]
      incomeToday[path] = 0
      return income
    },
    /** @returns the losses since they were last taken, which are then zero: the caller lets somebody bear them. */
    lossTaken(path: number): number {
      const loss = lossToday[path]
      lossToday[path] = 0
      return loss
    },
    /** @returns all that the reserve owns, USD with USDC at par. */
    liquid: (path: number): number => liquid[path],
    /** Sells bills, shortest first. @returns USD that arrive on the next business day; 0 when markets are shut. */
    sellBills: (path: number, want: number): number => (treasury.open() ? ladder.sell(path, want) : 0),
    /** Buys bills for cash. @returns USD spent; 0 when markets are shut. */
    buyBills: (path: number, usd: number): number => (treasury.open() ? ladder.buy(path, usd) : 0),
    /** Sends dollars to become USDC on the next business day. @returns USD sent; 0 when banks are shut. */
    convertToUsdc: (path: number, want: number): number => (treasury.open() ? treasury.toUsdc(path, want) : 0),
    /** Sends USDC to become dollars on the next business day. @returns USDC sent; 0 when banks are shut. */
    convertToCash: (path: number, want: number): number => (treasury.open() ? treasury.toCash(path, want) : 0),
  }
}
