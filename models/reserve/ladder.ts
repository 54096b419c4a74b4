/** The ladder of Treasury bills: accretion, maturity, purchase and forced sale, rung by rung. */
import { billPrice, forcedSaleLoss } from './bills.ts'
import type { ReserveContext } from './context.ts'
import type { Market } from './market.ts'

export function openLadder({ state, parameters, levers, sizes, clock }: ReserveContext, market: Market) {
  const { face, cost, accretion, maturityDay, nextMaturity, bills, cash, unsettled, liquid } = state
  const { incomeToday, incomeTotal, lossToday, costsTotal, accretedTotal, maturedTotal, billsBought, billsSold } = state
  const { tenorDays, halfSpread, halfSpreadStress } = parameters
  const rungs = sizes['rung']
  const spacing = Math.max(1, Math.floor(tenorDays / rungs))

  const gain = (path: number, usd: number): void => {
    incomeToday[path] += usd
    incomeTotal[path] += usd
    liquid[path] += usd
  }
  const accrete = (path: number, usd: number): void => {
    bills[path] += usd
    accretedTotal[path] += usd
    gain(path, usd)
  }
  const lose = (path: number, usd: number): void => {
    lossToday[path] += usd
    costsTotal[path] += usd
    liquid[path] -= usd
  }
  const empty = (at: number): void => {
    face[at] = 0
    cost[at] = 0
    accretion[at] = 0
  }
  const findNextMaturity = (path: number): void => {
    let next = Infinity
    for (let at = path * rungs; at < (path + 1) * rungs; at++) {
      if (face[at] > 0 && maturityDay[at] < next) next = maturityDay[at]
    }
    nextMaturity[path] = next
  }
  /** The occupied rung that is due last, or first; −1 when the ladder is empty. */
  const extremeRung = (path: number, last: boolean): number => {
    let found = -1
    for (let at = path * rungs; at < (path + 1) * rungs; at++) {
      if (face[at] === 0) continue
      if (found === -1 || (last ? maturityDay[at] > maturityDay[found] : maturityDay[at] < maturityDay[found]))
        found = at
    }
    return found
  }
  const emptyRung = (path: number): number => {
    for (let at = path * rungs; at < (path + 1) * rungs; at++) if (face[at] === 0) return at
    return -1
  }
  /** Puts bills of some face and price into a rung, beside what is there already: both are due on the same day. */
  const fill = (path: number, at: number, moreFace: number, price: number, due: number, day: number): void => {
    const whole = face[at] + moreFace
    face[at] = whole
    cost[at] += price
    maturityDay[at] = due
    accretion[at] = (whole - cost[at]) / (due - day)
    bills[path] += price
    if (due < nextMaturity[path]) nextMaturity[path] = due
  }
  /** Loss against the amortised cost of selling a whole rung at today's discount rate and spread; never more than the cost. */
  const saleLoss = (at: number, discount: number): number => {
    const days = Math.max(0, maturityDay[at] - clock.day)
    const years = days * clock.yearsPerDay
    const fall = cost[at] / face[at] - billPrice(1, discount, days)
    const rise = days > 0 ? fall / years : 0
    return Math.min(cost[at], forcedSaleLoss(face[at], rise, years, halfSpreadNow()))
  }
  const halfSpreadNow = (): number => halfSpread + (halfSpreadStress - halfSpread) * levers.billStress[clock.now]

  return {
    gain,
    lose,
    /** Equal faces on every rung, worth `usd` together, on the eve of day 0. */
    start(path: number, usd: number): void {
      nextMaturity[path] = Infinity
      if (usd <= 0) return
      const discount = market.calmDiscount(path)
      let price = 0
      for (let r = 1; r <= rungs; r++) price += billPrice(1, discount, r * spacing)
      const each = usd / price
      for (let r = 1; r <= rungs; r++) {
        fill(path, path * rungs + r - 1, each, billPrice(each, discount, r * spacing), r * spacing - 1, -1)
      }
    },
    /** One day of accretion. */
    accrete(path: number): void {
      let sum = 0
      for (let at = path * rungs; at < (path + 1) * rungs; at++) {
        cost[at] += accretion[at]
        sum += accretion[at]
      }
      accrete(path, sum)
    },
    /** Bills that are due stop accreting at their face and, when banks are open, are paid in cash. */
    mature(path: number, open: boolean): void {
      if (clock.day < nextMaturity[path]) return
      for (let at = path * rungs; at < (path + 1) * rungs; at++) {
        if (face[at] === 0 || maturityDay[at] > clock.day) continue
        accrete(path, face[at] - cost[at])
        cost[at] = face[at]
        accretion[at] = 0
        if (!open) continue
        cash[path] += face[at]
        bills[path] -= face[at]
        maturedTotal[path] += face[at]
        empty(at)
      }
      findNextMaturity(path)
    },
    /** Buys new bills for cash, on a new rung when one is due, else on the newest. @returns USD spent. */
    buy(path: number, usd: number): number {
      const spend = Math.min(usd, cash[path])
      if (!(spend > 0)) return 0
      const newest = extremeRung(path, true)
      const free = emptyRung(path)
      const stale = newest === -1 || maturityDay[newest] <= clock.day + tenorDays - spacing
      const at = free !== -1 && stale ? free : newest
      if (at === newest && maturityDay[at] <= clock.day) return 0
      const due = at === newest ? maturityDay[at] : clock.day + tenorDays
      const unit = billPrice(1, market.discount(path), due - clock.day)
      if (!(unit > 0)) return 0
      cash[path] -= spend
      billsBought[path] += spend
      fill(path, at, spend / unit, spend, due, clock.day)
      return spend
    },
    /** Sells bills, those due first before the others, until `want` is raised. @returns USD that arrive on the next business day. */
    sell(path: number, want: number): number {
      if (!(want > 0)) return 0
      const discount = market.discount(path)
      let raised = 0
      while (want > raised) {
        const at = extremeRung(path, false)
        if (at === -1) break
        const loss = saleLoss(at, discount)
        const whole = cost[at] - loss
        const part = whole > want - raised ? (want - raised) / whole : 1
        const book = cost[at] * part
        raised += whole * part
        bills[path] -= book
        billsSold[path] += book
        unsettled[path] += whole * part
        if (loss > 0) lose(path, loss * part)
        else gain(path, -loss * part)
        if (part < 1) {
          face[at] -= face[at] * part
          cost[at] -= book
          accretion[at] -= accretion[at] * part
          break
        }
        empty(at)
      }
      findNextMaturity(path)
      return raised
    },
  }
}
export type Ladder = ReturnType<typeof openLadder>
