/** Workouts: the machines of a defaulted deal are hosted elsewhere or sold, whichever is worth more. */
import type { EconomyContext } from '../rooms.ts'

export function openWorkouts({ operations, columns, parameters, sizes, clock }: EconomyContext) {
  const { deals, hardware } = operations
  const { awaiting, forSale, slotsUsed, units } = columns.deals
  const slots = sizes.deals['slot']
  const { hostedMonths } = parameters.deals
  const { hostingRateShare, hostingDowntime, hostingFee, hostingMigration } = parameters.hardware

  const choose = (p: number): void => {
    for (let s = deals.awaitingDecision(p); s >= 0; s = deals.awaitingDecision(p)) {
      const generation = deals.generationOf(p, s)
      const machines = units[p * slots + s]
      const sale = hardware.quote(p, generation, machines)
      const hosting =
        hardware.partnerFound(p, s) === 1
          ? hardware.hostingValue(p, generation, machines, hostedMonths) +
            hardware.residualValue(p, generation, machines, hostedMonths)
          : 0
      const moving = hostingMigration * machines
      const hosted = hosting > sale && deals.host(p, s, hostingRateShare, 1 - hostingFee, hostingDowntime, moving) === 1
      if (!hosted && deals.liquidate(p, s) === 0) return
    }
  }

  const sell = (p: number): void => {
    for (let s = 0; s < slotsUsed[p]; s++) {
      const generation = deals.generationOf(p, s)
      const wanted = deals.unitsForSale(p, s)
      const count = Math.min(wanted, hardware.dailyCapacity(p, generation))
      if (!(count > 0)) continue
      // Machines that wait for their buyer cost their keep, out of what the sale brings.
      const keep = hardware.idleCost(p, generation, units[p * slots + s])
      deals.recover(p, s, count, Math.max(0, hardware.sell(p, generation, count) - keep))
    }
  }

  return (active: Int32Array, count: number): void => {
    for (let k = 0; k < count; k++) {
      const p = active[k]
      if (awaiting[p] > 0) choose(p)
      if (forSale[p] > 0 && clock.business) sell(p)
    }
  }
}
