/** The market in which GPUs themselves change hands. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { inputs, levers, state } from './columns.ts'
import { openHosting } from './hosting.ts'
import { readMachines } from './machines.ts'
import { parameters } from './parameters.ts'
import { openPrices } from './prices.ts'
import { openSales } from './sales.ts'

export const hardware = defineRoom({
  name: 'hardware',
  meaning:
    'Prices of GPUs from the rents they will still earn, what a forced sale fetches, and what hosting them elsewhere brings.',
  parameters,
  reads: ['gpuMarket.generations'],
  sizes: (_parameters, _tables, reads) => ({ generation: reads['gpuMarket.generations'].length }),
  state,
  inputs,
  levers,
  open(context) {
    const machines = readMachines(context.reads['gpuMarket.generations'], context.parameters)
    const prices = openPrices(context, machines)
    const { absorb, operations } = openSales(context, machines)
    return {
      start: prices,
      step(active, count) {
        absorb(active, count)
        prices(active, count)
      },
      operations: { ...operations, ...openHosting(context, machines) },
    }
  },
})
