/** The rental market and the hardware market together, wired as in the whole economy, with nothing else. */

import { gpuMarket } from '../../models/gpuMarket/room.ts'
import { hardware } from '../../models/hardware/room.ts'
import { defineEconomy, type Economy } from '../../sim/kernel/economy.ts'

/** What a test does with the operations of the hardware market at the end of each day, for one path. */
export type Trade = (operations: ReturnType<(typeof hardware)['open']>['operations'], path: number, day: number) => void

export function gpuEconomy(trade?: Trade): Economy {
  const rooms = { gpuMarket, hardware }
  return defineEconomy({
    name: 'rents and machines',
    rooms,
    wires: {
      gpuMarket: () => ({}),
      hardware: ({ gpuMarket: market }) => ({
        contract: market.contract,
        utilisation: market.utilisation,
        regime: market.regime,
      }),
    },
    meetings: {
      trade: {
        meaning: 'What the test does with the operations.',
        open({ operations, clock }) {
          return (active, count) => {
            if (trade) for (let k = 0; k < count; k++) trade(operations.hardware, active[k], clock.day)
          }
        },
      },
    },
    day: {
      morning: [
        { run: 'gpuMarket', description: 'rents' },
        { run: 'hardware', description: 'machines' },
      ],
      ticks: [],
      evening: [{ run: 'trade', description: 'operations' }],
    },
    laws: () => ({}),
    ledgerScale: () => () => 1e6,
  }) as unknown as Economy
}
