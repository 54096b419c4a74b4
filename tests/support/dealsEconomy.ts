/** Rents, machines and deals, wired as in the whole economy, with a workout and nothing else. */
import { deals } from '../../models/deals/room.ts'
import { gpuMarket } from '../../models/gpuMarket/room.ts'
import { hardware } from '../../models/hardware/room.ts'
import { defineEconomy, type Economy } from '../../sim/kernel/economy.ts'

/** Lends again every dollar that comes back, on the first of a month. */
export function dealsEconomy({ reinvest = false }: { reinvest?: boolean } = {}): Economy {
  return defineEconomy({
    name: 'rents, machines and deals',
    rooms: { gpuMarket, hardware, deals },
    wires: {
      gpuMarket: () => ({}),
      hardware: ({ gpuMarket: market }) => ({
        contract: market.contract,
        utilisation: market.utilisation,
        regime: market.regime,
      }),
      deals: ({ gpuMarket: market, hardware: machines }) => ({
        spot: market.spot,
        contract: market.contract,
        price: machines.price,
        releaseDay: market.releaseDay,
        utilisation: market.utilisation,
        regime: market.regime,
        factor: market.factor,
      }),
    },
    meetings: {
      workout: {
        meaning: 'Machines of defaulted deals are hosted or sold.',
        open({ operations, columns, parameters, sizes, clock }) {
          const { slot } = sizes.deals
          const { hostingRateShare, hostingFee, hostingDowntime, hostingMigration } = parameters.hardware
          const { hostedMonths } = parameters.deals
          const choose = (p: number): void => {
            for (let s = operations.deals.awaitingDecision(p); s >= 0; s = operations.deals.awaitingDecision(p)) {
              const g = operations.deals.generationOf(p, s)
              const units = operations.deals.unitsOf(p, s)
              const hosting =
                operations.hardware.partnerFound(p, s) === 1
                  ? operations.hardware.hostingValue(p, g, units, hostedMonths) +
                    operations.hardware.residualValue(p, g, units, hostedMonths)
                  : 0
              const cost = hostingMigration * units
              const moved =
                hosting > operations.hardware.quote(p, g, units)
                  ? operations.deals.host(p, s, hostingRateShare, 1 - hostingFee, hostingDowntime, cost)
                  : 0
              if (moved === 0) operations.deals.liquidate(p, s)
            }
          }
          return (active, count) => {
            for (let k = 0; k < count; k++) {
              const p = active[k]
              if (columns.deals.awaiting[p] > 0) choose(p)
              if (columns.deals.forSale[p] > 0) {
                for (let s = 0; s < slot; s++) {
                  const units = operations.deals.unitsForSale(p, s)
                  if (units > 0) {
                    const g = operations.deals.generationOf(p, s)
                    operations.deals.recover(p, s, units, operations.hardware.sell(p, g, units))
                  }
                }
              }
              if (reinvest && clock.dayOfMonth === 1) {
                const room =
                  columns.deals.fundedTotal[p] - columns.deals.originatedTotal[p] - columns.deals.outstanding[p]
                if (room > 0) operations.deals.originate(p, room)
              }
              operations.deals.settled(p)
            }
          }
        },
      },
    },
    day: {
      morning: [
        { run: 'gpuMarket', description: 'rents' },
        { run: 'hardware', description: 'machines' },
        { run: 'deals', description: 'deals' },
        { run: 'workout', description: 'workouts and new deals' },
      ],
      ticks: [],
      evening: [],
    },
    laws: () => ({}),
    ledgerScale:
      ({ columns }) =>
      (p) =>
        Math.max(1, columns.deals.fundedTotal[p]),
  }) as unknown as Economy
}
