/** Exits from the vault: requests in escrow, the cycle for which they count, and their settlement by the rule of the vault. */
import { openQueue } from '../../sim/kernel/firstComeQueue.ts'
import type { Assets } from './assets.ts'
import type { VaultContext } from './context.ts'
import { payFifo, payProRata } from './queue.ts'

/** Beyond a dozen further cycles a wait is as good as endless. */
const mostExpectedCycles = 12
/** Balances of a hundred holders add up to the shares in existence up to this fraction. */
const addedUpRoughly = 1e-12

export function openExits(context: VaultContext, assets: Assets) {
  const { state, parameters, clock, sizes } = context
  const { shares, totalAssets, heldAid, exitNav, requestShares, requestCycle, requestSequence, requestPrice } = state
  const { cyclesWaited, payment, paymentShares, sequence, lastPaidSequence, paymentsLeft, pendingShares } = state
  const { pendingFixed, lastSettlement, lastFill, settledAvailable, settledPaid, queueDays, overdueDays } = state
  const { exitFailure, paidTotal } = state
  const { cycleDays, windowDays, settlementDelayCycles, minimumRequest, mostCycles } = parameters
  const { burned } = context.inputs
  const isFifo = parameters.exitRule === 'fifo'
  const fixedAtRequest = parameters.priceFixing === 'request'
  const canCancel = parameters.cancellation === 'allowed'
  const holders = sizes['holder']
  const queue = openQueue(state, holders)
  const claims = new Float64Array(holders)
  const payments = new Float64Array(holders)
  const inOrder = Int32Array.from({ length: holders }, (_, i) => i)

  const cycleOfRequest = (): number => {
    const cycle = Math.floor(clock.day / cycleDays)
    return clock.day - cycle * cycleDays < windowDays ? cycle : cycle + 1
  }
  const settlementDay = (cycle: number): number => (cycle + 1 + settlementDelayCycles) * cycleDays
  const isDue = (path: number, holder: number): boolean =>
    holder !== -1 && settlementDay(requestCycle[path * holders + holder]) <= clock.day
  const due = (path: number): number =>
    clock.day % cycleDays === 0 && lastSettlement[path] < clock.day && isDue(path, queue.at(path, 0)) ? 1 : 0
  /** Takes shares out of escrow, and the holder out of the line with the last of them. */
  const release = (path: number, holder: number, amount: number): void => {
    const at = path * holders + holder
    const whole = amount === requestShares[at]
    pendingShares[path] = Math.max(0, pendingShares[path] - amount)
    pendingFixed[path] = Math.max(0, pendingFixed[path] - amount * requestPrice[at])
    requestShares[at] = whole ? 0 : requestShares[at] - amount
    if (!whole) return
    queue.leave(path, holder)
    cyclesWaited[at] = 0
    if (queue.at(path, 0) === -1) {
      pendingShares[path] = 0
      pendingFixed[path] = 0
    }
  }
  const forgetPayments = (path: number): void => {
    for (let at = path * holders; at < (path + 1) * holders; at++) {
      payment[at] = 0
      paymentShares[at] = 0
    }
    paymentsLeft[path] = 0
  }
  /** Requests that are due stand first in line, for later requests never count for earlier cycles. @returns how many. */
  const gatherClaims = (path: number): number => {
    let count = 0
    for (let holder = queue.at(path, 0); isDue(path, holder); holder = queue.at(path, count)) {
      const at = path * holders + holder
      claims[count++] = requestShares[at] * (fixedAtRequest ? requestPrice[at] : exitNav[path])
    }
    return count
  }
  const preparePayments = (path: number, count: number): void => {
    for (let place = 0; place < count; place++) {
      const at = path * holders + queue.at(path, place)
      const isFull = payments[place] > 0 && payments[place] >= claims[place]
      if (!isFull) {
        cyclesWaited[at] += 1
        if (cyclesWaited[at] >= mostCycles) exitFailure[path] = 1
      }
      if (payments[place] === 0) continue
      payment[at] = payments[place]
      paymentShares[at] = isFull ? requestShares[at] : (requestShares[at] * payments[place]) / claims[place]
      paymentsLeft[path] += 1
    }
  }

  /** As many further cycles as it takes when every settlement pays like the latest. */
  const tellWait = (path: number): void => {
    const more = Math.min((1 - lastFill[path]) / lastFill[path], mostExpectedCycles)
    queueDays[path] = settlementDay(cycleOfRequest()) - clock.day + more * cycleDays
  }

  return {
    queue,
    start(path: number): void {
      lastSettlement[path] = -1
      lastFill[path] = 1
    },
    /** The morning: payments that nobody collected lapse, and waits are told. */
    morning(path: number): void {
      if (paymentsLeft[path] > 0) forgetPayments(path)
      tellWait(path)
      const oldest = queue.at(path, 0)
      overdueDays[path] =
        oldest === -1 ? 0 : Math.max(0, clock.day - settlementDay(requestCycle[path * holders + oldest]))
    },
    operations: {
      /**
       * @returns shares taken into escrow: all, or 0 when the holder waits already, asks too little or for more than there is,
       * or would fix a price of nothing
       */
      requestExit(path: number, holder: number, amount: number): number {
        const at = path * holders + holder
        if (!(amount > 0) || amount < minimumRequest || requestShares[at] > 0) return 0
        const isTooMuch = amount > (shares[path] - pendingShares[path]) * (1 + addedUpRoughly)
        if (isTooMuch || (fixedAtRequest && exitNav[path] === 0)) return 0
        queue.join(path, holder)
        sequence[path] += 1
        requestSequence[at] = sequence[path]
        requestCycle[at] = cycleOfRequest()
        requestPrice[at] = exitNav[path]
        requestShares[at] = amount
        cyclesWaited[at] = 0
        pendingShares[path] += amount
        pendingFixed[path] += amount * exitNav[path]
        assets.refresh(path)
        return amount
      },
      /** @returns shares given back from escrow, 0 without a request or where requests are binding. */
      cancelExit(path: number, holder: number): number {
        const at = path * holders + holder
        const back = requestShares[at]
        if (!canCancel || back === 0 || payment[at] > 0) return 0
        release(path, holder, back)
        assets.refresh(path)
        return back
      },
      /** @returns 1 on a settlement day with exits due that was not settled yet, else 0. */
      due,
      /** @returns USD that would pay every exit that is due in full, 0 when none is. */
      dueClaims(path: number): number {
        if (due(path) === 0) return 0
        const count = gatherClaims(path)
        let sum = 0
        for (let place = 0; place < count; place++) sum += claims[place]
        return sum
      },
      /**
       * Shares what is available among the exits that are due, by the rule of the vault; what is left of them rolls over.
       * Each payment then waits for payout until the next morning.
       * @returns USD prepared, at most `available` and what the vault owns
       */
      settle(path: number, available: number): number {
        if (due(path) === 0) return 0
        const count = gatherClaims(path)
        const most = Math.min(Math.max(0, available), totalAssets[path])
        const total = isFifo
          ? payFifo(claims, inOrder, 0, count, most, payments)
          : payProRata(claims, 0, count, most, payments)
        let sum = 0
        for (let place = 0; place < count; place++) sum += claims[place]
        preparePayments(path, count)
        lastSettlement[path] = clock.day
        lastFill[path] = sum > 0 ? total / sum : 0
        settledAvailable[path] = most
        settledPaid[path] = 0
        tellWait(path)
        return total
      },
      /** @returns a holder with a prepared payment, the oldest request first; −1 when all are collected. */
      nextPayout(path: number): number {
        if (paymentsLeft[path] === 0) return -1
        for (let place = 0; ; place++) {
          const holder = queue.at(path, place)
          if (holder === -1 || payment[path * holders + holder] > 0) return holder
        }
      },
      /** Pays a prepared payment: burns its shares and lets its assets go. @returns USD paid, in AID from the vault. */
      payout(path: number, holder: number): number {
        const at = path * holders + holder
        if (payment[at] === 0) return 0
        const paid = Math.min(payment[at], totalAssets[path])
        const burnt = paymentShares[at]
        payment[at] = 0
        paymentShares[at] = 0
        paymentsLeft[path] -= 1
        if (requestSequence[at] > lastPaidSequence[path]) lastPaidSequence[path] = requestSequence[at]
        totalAssets[path] -= paid
        if (burned[path] === 0) heldAid[path] = Math.max(0, heldAid[path] - paid)
        paidTotal[path] += paid
        settledPaid[path] += paid
        release(path, holder, burnt)
        assets.burnShares(path, burnt)
        assets.refresh(path)
        return paid
      },
    },
  }
}
export type Exits = ReturnType<typeof openExits>
