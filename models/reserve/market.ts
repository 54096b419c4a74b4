/** The prices that the reserve meets: the short rate, the yield of a new bill, the price of USDC. */
import { exp, log, pow } from '../../sim/kernel/maths/elementary.ts'
import { bondEquivalentYield } from './bills.ts'
import type { ReserveContext } from './context.ts'
import { cirCoefficients, cirStep, vasicekCoefficients, vasicekStep } from './shortRate.ts'
import { cirBond, vasicekBond } from './zeroCouponBond.ts'

export interface Market {
  start(path: number): void
  /** One day of the short rate and of the calm deviation of USDC. */
  step(path: number): void
  /** Whether the price of USDC was shocked since the morning: if not, the morning's price stands. */
  usdcMovedToday(): boolean
  /** The price of USDC at this tick. */
  quoteUsdc(path: number): void
  /** Bank discount rate at which bills of any length trade, 1/year: that of a new bill of the full tenor; calm, so without shocks. */
  calmDiscount(path: number): number
  /** The same with what a scenario adds to yields now. */
  discount(path: number): number
}

export function openMarket({ state, shocks, levers, parameters, clock }: ReserveContext): Market {
  const { rate, usdcDeviation, usdcPrice } = state
  const { meanReversion: a, longRunRate: b, rateVolatility, vasicekVolatility, startRate, tenorDays } = parameters
  const isCir = parameters.rateModel === 'cir'
  const daily = isCir
    ? cirCoefficients(a, b, rateVolatility, clock.yearsPerDay)
    : vasicekCoefficients(a, b, vasicekVolatility, clock.yearsPerDay)
  const years = tenorDays * clock.yearsPerDay
  // Both models are affine: the log price of a bill is a line in the rate, through two of its points.
  const logPrice = (r: number): number =>
    log(isCir ? cirBond(a, b, rateVolatility, r, years) : vasicekBond(a, b, vasicekVolatility, r, years))
  const intercept = logPrice(0)
  const slope = logPrice(1) - intercept
  const kept = pow(0.5, 24 / parameters.usdcHalfLife)
  const fresh = parameters.usdcNoise * Math.sqrt(1 - kept * kept)

  const quoteUsdc = (path: number): void => {
    usdcPrice[path] = Math.max(0, (1 + usdcDeviation[path]) * levers.usdcPrice[clock.now])
  }
  const discountAt = (path: number, shift: number): number => {
    const price = exp(intercept + slope * rate[path])
    const shifted = 1 / (1 + (bondEquivalentYield(1, price, tenorDays) + shift) * years)
    return ((1 - shifted) * 360) / tenorDays
  }
  return {
    quoteUsdc,
    usdcMovedToday() {
      const morning = clock.now - clock.tick
      for (let t = morning + 1; t <= clock.now; t++) if (levers.usdcPrice[t] !== levers.usdcPrice[morning]) return true
      return false
    },
    start(path) {
      rate[path] = startRate
      quoteUsdc(path)
    },
    step(path) {
      rate[path] = isCir
        ? cirStep(rate[path], daily, shocks.rate[path])
        : vasicekStep(rate[path], daily, shocks.rate[path])
      usdcDeviation[path] = kept * usdcDeviation[path] + fresh * shocks.usdc[path]
      quoteUsdc(path)
    },
    calmDiscount: (path) => discountAt(path, 0),
    discount: (path) => discountAt(path, levers.rateShift[clock.now]),
  }
}
