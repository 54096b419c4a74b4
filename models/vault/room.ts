/** The vault of sAID: shares of the fund, two prices, monthly income, and exits in cycles. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { openAssets } from './assets.ts'
import { vaultInputs, vaultState } from './columns.ts'
import { openExits } from './exits.ts'
import { vaultLaws } from './laws.ts'
import { vaultParameters } from './parameters.ts'

export const vault = defineRoom({
  name: 'vault',
  meaning:
    'The fund behind sAID: who deposits gets shares, income raises their price, losses lower it, and exits wait for their cycle.',
  parameters: vaultParameters,
  reads: ['holders.cohorts'],
  sizes: (_, __, reads) => ({
    holder: reads['holders.cohorts'].reduce((sum, row) => sum + Math.floor(row['holders'] as number), 0),
  }),
  state: vaultState,
  inputs: vaultInputs,
  open(context) {
    const assets = openAssets(context)
    const exits = openExits(context, assets)
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) {
          exits.start(active[k])
          assets.start(active[k])
        }
      },
      step(active, count) {
        for (let k = 0; k < count; k++) {
          const path = active[k]
          assets.morning(path)
          exits.morning(path)
          assets.closeBooks(path)
        }
      },
      operations: { ...assets.operations, ...exits.operations },
      laws: vaultLaws(context, exits.queue),
    }
  },
})
