/** The other way out of a default: a partner takes the machines over and shares what they earn. */
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import type { HardwareContext } from './columns.ts'
import { fundamentalValue } from './fundamentalValue.ts'
import { lifeLeft, type Machines } from './machines.ts'
import { marketMid } from './prices.ts'

const daysPerYear = 365
const monthsPerYear = 12
const hoursPerYear = 8760
/** Purpose of the event stream that finds a partner. */
const partnerPurpose = 1

export function openHosting({ parameters, inputs, levers, clock, events }: HardwareContext, machines: Machines) {
  const { contract, utilisation, regime } = inputs
  const { count: n, decline, opex, scrap, ceiling } = machines
  const { hostingFee, hostingRateShare, hostingMigration, fixedCost, dealerSpread } = parameters
  const rate = parameters.discount + parameters.failureRate
  const downtime = parameters.hostingDowntime / daysPerYear
  const partners = Float64Array.of(parameters.glutPartner, parameters.normalPartner, parameters.shortagePartner)
  const discounts = Float64Array.of(parameters.glutDiscount, parameters.normalDiscount, parameters.shortageDiscount)

  /**
   * Present value of hosting machines for some months, without what they fetch afterwards: their running cost while they move, then the
   * partner's share of rents net of running cost, no longer than they pay for their power, less the cost of moving them.
   * @returns USD, negative where moving does not pay
   */
  const hostingValue = (path: number, generation: number, units: number, months: number): number => {
    if (!(units > 0)) return 0
    const left = lifeLeft(machines, generation, clock.day)
    const earning = Math.min(months / monthsPerYear, left) - downtime
    const moving = hoursPerYear * opex[generation] * decayIntegral(rate, downtime)
    if (earning <= 0) return -units * (hostingMigration + moving)
    const rent = contract[path * n + generation] * hostingRateShare * exp(-decline[generation] * downtime)
    const net = fundamentalValue(rent, decline[generation], opex[generation], rate, utilisation[path], earning, 0)
    return units * ((1 - hostingFee) * exp(-rate * downtime) * net - hostingMigration - moving)
  }

  /** Present value of selling machines to dealers in some months, at the rent that their trend leaves by then, USD. */
  const residualValue = (path: number, generation: number, units: number, months: number): number => {
    if (!(units > 0)) return 0
    const years = months / monthsPerYear
    const left = Math.max(0, lifeLeft(machines, generation, clock.day) - years)
    const rent = contract[path * n + generation] * exp(-decline[generation] * years)
    const worth = fundamentalValue(
      rent,
      decline[generation],
      opex[generation],
      rate,
      utilisation[path],
      left,
      scrap[generation],
    )
    const mid = marketMid(worth, discounts[regime[path]], scrap[generation], ceiling[generation])
    const bid = mid * levers.resaleFactor[clock.now] * (1 - fixedCost) * (1 - dealerSpread)
    return units * bid * exp(-rate * years)
  }

  /** 1 if a partner is found today for the deal, 0 if not; the answer is the same however often it is asked on a day. */
  const partnerFound = (path: number, slot: number): number =>
    events.at(path, slot, partnerPurpose).uniform() < partners[regime[path]] ? 1 : 0

  return { hostingValue, residualValue, partnerFound }
}
