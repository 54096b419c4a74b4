/** Selling machines: everything sold lately by anybody weighs on the price. */
import { pow } from '../../sim/kernel/maths/elementary.ts'
import type { Step } from '../../sim/kernel/room.ts'
import type { HardwareContext } from './columns.ts'
import { liquidationProceeds } from './fireSale.ts'
import type { Machines } from './machines.ts'

/** Dealers take machines in on business days. */
const dealingDaysPerWeek = 5
const hoursPerDay = 24
/** Below a thousandth of a machine the market has forgotten the sale. */
const forgotten = 1e-3

export function openSales({ parameters, state, levers, clock }: HardwareContext, machines: Machines) {
  const { calmPrice, pressure, soldToday, soldTotal, proceedsTotal } = state
  const { count: n, depth, opex } = machines
  const { impact, fixedCost, dealerSpread, weeklyCapacity, idleCostShare } = parameters
  const keep = pow(0.5, 1 / parameters.pressureHalfLife)

  /** What dealers pay now for machines, net of all costs, USD; they are not sold. */
  const quote = (path: number, generation: number, units: number): number => {
    if (!(units > 0)) return 0
    const i = path * n + generation
    const deep = depth[generation] * levers.depthFactor[clock.now]
    return liquidationProceeds(calmPrice[i], units, fixedCost, impact, pressure[i] + units, deep, dealerSpread)
  }

  /** Sells machines to dealers. @returns net proceeds, USD */
  const sell = (path: number, generation: number, units: number): number => {
    const proceeds = quote(path, generation, units)
    if (units > 0) {
      pressure[path * n + generation] += units
      soldToday[path * n + generation] += units
      soldTotal[path] += units
      proceedsTotal[path] += proceeds
    }
    return proceeds
  }

  /** Machines of a generation that the market can still place today, after what any seller has sold; a fifth of the weekly capacity. */
  const dailyCapacity = (path: number, generation: number): number => {
    const whole = (weeklyCapacity * depth[generation] * levers.depthFactor[clock.now]) / dealingDaysPerWeek
    return Math.max(0, whole - soldToday[path * n + generation])
  }

  /** Cost of keeping machines a day until they are sold, USD. */
  const idleCost = (_path: number, generation: number, units: number): number =>
    idleCostShare * opex[generation] * hoursPerDay * units

  const absorb: Step = (active, count) => {
    for (let k = 0; k < count; k++) {
      const first = active[k] * n
      for (let i = first; i < first + n; i++) {
        soldToday[i] = 0
        if (pressure[i] > 0) pressure[i] = pressure[i] > forgotten ? pressure[i] * keep : 0
      }
    }
  }
  return { absorb, operations: { quote, sell, dailyCapacity, idleCost } }
}
