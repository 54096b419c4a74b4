/** The line of redemption requests: who waits for how much, what may be paid today, and when waiting has become a failure. */
import type { ReadonlyColumn } from '../../sim/kernel/declarations.ts'
import { openQueue } from '../../sim/kernel/firstComeQueue.ts'
import type { AidContext } from './context.ts'
import type { Supply } from './supply.ts'

export function openRedemptions(context: AidContext, supplySide: Supply) {
  const { state, inputs, parameters, clock, levers, sizes } = context
  const { supply, pendingRedemptions, requestAmount, requestSince, requestBusinessDay, requestSequence } = state
  const { sequence, lastPaidSequence, redeemedToday, redeemedTotal, capToday, gated, businessDay } = state
  const { oldestWaitDays, redemptionFailure } = state
  const { redeemFee, dailyRedemptionCap, gate, maxQueueDays } = parameters
  const liquid: ReadonlyColumn = inputs.liquid
  const heldAid: ReadonlyColumn = inputs.heldAid
  const holders = sizes['holder']
  const queue = openQueue(state, holders)

  const gateShut = (path: number): boolean => {
    const shut = gate > 0 && liquid[path] < gate * (supply[path] - heldAid[path])
    gated[path] = shut ? 1 : 0
    if (shut && pendingRedemptions[path] > 0) redemptionFailure[path] = 1
    return shut
  }
  const remove = (path: number, holder: number): void => {
    requestAmount[path * holders + holder] = 0
    queue.leave(path, holder)
    if (queue.at(path, 0) === -1) pendingRedemptions[path] = 0
  }

  return {
    queue,
    /** The morning: yesterday's count is closed, the line grows older. */
    morning(path: number): void {
      if (clock.business) businessDay[path] += 1
      redeemedToday[path] = 0
      capToday[path] = dailyRedemptionCap < 1 ? dailyRedemptionCap * supply[path] : Infinity
      gateShut(path)
      const oldest = queue.at(path, 0)
      if (oldest === -1) {
        oldestWaitDays[path] = 0
        return
      }
      const at = path * holders + oldest
      oldestWaitDays[path] = (clock.now - requestSince[at]) / clock.ticksPerDay
      if (businessDay[path] - requestBusinessDay[at] > maxQueueDays) redemptionFailure[path] = 1
    },
    operations: {
      /** @returns AID taken into escrow: all of it, or 0 when the holder already waits (one request at a time). */
      requestRedemption(path: number, holder: number, aid: number): number {
        const at = path * holders + holder
        if (!(aid > 0) || requestAmount[at] > 0) return 0
        queue.join(path, holder)
        sequence[path] += 1
        requestSequence[at] = sequence[path]
        requestSince[at] = clock.now
        requestBusinessDay[at] = businessDay[path]
        requestAmount[at] = aid
        pendingRedemptions[path] += aid
        return aid
      },
      /** @returns AID given back from escrow, 0 without a request. */
      cancelRedemption(path: number, holder: number): number {
        const back = requestAmount[path * holders + holder]
        if (back === 0) return 0
        pendingRedemptions[path] = Math.max(0, pendingRedemptions[path] - back)
        remove(path, holder)
        return back
      },
      /** @returns the holder whose request is the oldest, −1 when nobody waits. */
      nextInQueue: (path: number): number => queue.at(path, 0),
      /** @returns AID of the open request of a holder. */
      requested: (path: number, holder: number): number => requestAmount[path * holders + holder],
      /** @returns AID that door, gate and cap still let through today, at most the supply. */
      payable(path: number): number {
        if (levers.redemptionOpen[clock.now] < 0.5 || gateShut(path)) return 0
        return Math.min(supply[path], Math.max(0, capToday[path] - redeemedToday[path]))
      },
      /** @returns AID whose redemption pays out `usdc` after the fee; the whole supply when the fee takes all. */
      redeemable: (path: number, usdc: number): number =>
        redeemFee < 1 ? Math.max(0, usdc) / (1 - redeemFee) : supply[path],
      /**
       * Burns escrowed AID of a holder and books the fee; what is asked beyond the request is ignored.
       * @returns USDC to pay out
       */
      paid(path: number, holder: number, aid: number): number {
        const at = path * holders + holder
        const whole = requestAmount[at]
        if (!(aid > 0) || whole === 0) return 0
        const amount = Math.min(aid, whole)
        if (requestSequence[at] > lastPaidSequence[path]) lastPaidSequence[path] = requestSequence[at]
        pendingRedemptions[path] = Math.max(0, pendingRedemptions[path] - amount)
        if (amount === whole) remove(path, holder)
        else requestAmount[at] = whole - amount
        redeemedToday[path] += amount
        redeemedTotal[path] += amount
        supplySide.operations.burn(path, amount)
        const fee = amount * redeemFee
        supplySide.bookFee(path, fee)
        return amount - fee
      },
    },
  }
}
export type Redemptions = ReturnType<typeof openRedemptions>
