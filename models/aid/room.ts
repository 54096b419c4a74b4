/** AID: the synthetic dollar, minted and redeemed at the issuer, with the line of those who wait for their dollars. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { aidInputs, aidState } from './columns.ts'
import { aidLaws } from './laws.ts'
import { aidParameters } from './parameters.ts'
import { openRedemptions } from './redemptions.ts'
import { openSupply } from './supply.ts'

export const aid = defineRoom({
  name: 'aid',
  meaning:
    'The synthetic dollar AID: its supply, mints, redemptions in the order of arrival, fees, surplus and deficit.',
  parameters: aidParameters,
  reads: ['holders.cohorts'],
  sizes: (_, __, reads) => ({
    holder: reads['holders.cohorts'].reduce((sum, row) => sum + Math.floor(row['holders'] as number), 0),
  }),
  state: aidState,
  inputs: aidInputs,
  levers: {
    redemptionOpen: { unit: '1', meaning: '0 shuts mints and redemptions at the issuer', neutral: 1, from: 0, to: 1 },
  },
  open(context) {
    const supplySide = openSupply(context)
    const redemptions = openRedemptions(context, supplySide)
    const { mintedToday, capToday } = context.state
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) {
          supplySide.start(active[k])
          capToday[active[k]] = Infinity
        }
      },
      step(active, count) {
        for (let k = 0; k < count; k++) {
          mintedToday[active[k]] = 0
          redemptions.morning(active[k])
        }
      },
      operations: { ...supplySide.operations, ...redemptions.operations },
      laws: aidLaws(context, redemptions.queue),
    }
  },
})
