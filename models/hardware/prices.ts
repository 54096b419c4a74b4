/** The daily prices of machines: what their rents are worth, less what buyers ask off in the state of the market. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import type { Step } from '../../sim/kernel/room.ts'
import type { HardwareContext } from './columns.ts'
import { fundamentalValue } from './fundamentalValue.ts'
import { lifeLeft, type Machines } from './machines.ts'

const hoursPerYear = 8760

/**
 * Market mid without sales: capitalised rents less the discount of the state of the market, between scrap and the ceiling.
 * @param discount of this state of the market, fraction
 */
export function marketMid(value: number, discount: number, scrap: number, ceiling: number): number {
  return Math.max(scrap, Math.min(ceiling, value * (1 - discount)))
}

/**
 * A machine that still pays for its power at the end of its life has a retirement that no rent moves, so its annuities are those of
 * the day for all paths: the value of fundamentalValue, to the last bit, without an exponential a path.
 */
export function openWholeLives(machines: Machines, rate: number) {
  const { count: n, decline, opex, scrap } = machines
  const left = new Float64Array(n)
  const leastIncome = new Float64Array(n)
  const earned = new Float64Array(n)
  const spent = new Float64Array(n)
  const atEnd = new Float64Array(n)
  return {
    left,
    /** Income today, USD/GPU-hour, above which a machine lives to its end; its value is then wholeLifeValue. */
    leastIncome,
    earned,
    spent,
    atEnd,
    age(day: number): void {
      for (let g = 0; g < n; g++) {
        left[g] = lifeLeft(machines, g, day)
        leastIncome[g] = opex[g] * exp(Math.max(0, decline[g]) * left[g])
        earned[g] = decayIntegral(rate + decline[g], left[g])
        spent[g] = opex[g] * decayIntegral(rate, left[g])
        atEnd[g] = scrap[g] * exp(-rate * left[g])
      }
    },
  }
}

/**
 * @param income utilisation times rent, USD/GPU-hour
 * @param earned years of undiscounted income that its present value makes
 * @param spent the same of the running cost, times that cost, USD/GPU-hour years
 * @param atEnd present value of the scrap, USD
 * @returns USD a GPU
 */
export function wholeLifeValue(income: number, earned: number, spent: number, atEnd: number): number {
  return hoursPerYear * (income * earned - spent) + atEnd
}

/** Writes value, calmPrice and price of every path for today. */
export function openPrices({ parameters, state, inputs, levers, clock }: HardwareContext, machines: Machines): Step {
  const { value, calmPrice, price, pressure } = state
  const { contract, utilisation, regime } = inputs
  const { count: n, decline, opex, scrap, ceiling, depth } = machines
  const rate = parameters.discount + parameters.failureRate
  const discounts = Float64Array.of(parameters.glutDiscount, parameters.normalDiscount, parameters.shortageDiscount)
  const lives = openWholeLives(machines, rate)
  const { left, leastIncome, earned, spent, atEnd } = lives

  // Whole numbers in and nothing out: a call with fractions would box each of them.
  const retireEarly = (p: number, g: number): void => {
    const i = p * n + g
    value[i] = fundamentalValue(contract[i], decline[g], opex[g], rate, utilisation[p], left[g], scrap[g])
  }

  return (active, count) => {
    const resale = levers.resaleFactor[clock.now]
    const impact = parameters.impact / levers.depthFactor[clock.now]
    lives.age(clock.day)
    for (let k = 0; k < count; k++) {
      const p = active[k]
      const discount = discounts[regime[p]]
      for (let g = 0; g < n; g++) {
        const i = p * n + g
        const income = utilisation[p] * contract[i]
        if (income > leastIncome[g]) value[i] = wholeLifeValue(income, earned[g], spent[g], atEnd[g])
        else retireEarly(p, g)
        calmPrice[i] = marketMid(value[i], discount, scrap[g], ceiling[g]) * resale
        price[i] = pressure[i] > 0 ? calmPrice[i] * exp((-impact * pressure[i]) / depth[g]) : calmPrice[i]
      }
    }
  }
}
