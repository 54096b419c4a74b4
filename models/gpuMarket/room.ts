/** The market in which GPU-hours are rented out. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { draws, levers, type Part, shocks, state } from './columns.ts'
import { longestView, openContracts } from './contracts.ts'
import { readGenerations } from './generations.ts'
import { parameters, tables } from './parameters.ts'
import { openFactor, openQuotes, openUtilisation } from './published.ts'
import { openRegimes, regimeLaw } from './regimeState.ts'
import { openReleases } from './releases.ts'
import { compensationOf, openDeviations, openSpots } from './rents.ts'

export const gpuMarket = defineRoom({
  name: 'gpuMarket',
  meaning:
    'Rents of GPU-hours by generation, spot and by contract, around curves of obsolescence, with gluts, shortages and releases.',
  parameters,
  tables,
  sizes: (_parameters, { generations }) => ({ generation: generations.length }),
  state,
  shocks,
  draws,
  levers,
  open(context) {
    const { state, clock } = context
    const generations = readGenerations(context.tables.generations)
    const law = regimeLaw(context)
    const compensation = compensationOf(context, law, longestView(clock.days))
    const releases = openReleases(context, generations)
    const parts: readonly Part[] = [
      openRegimes(context, law),
      releases,
      openDeviations(context, generations),
      openSpots(context, generations, releases, compensation),
      openContracts(context, generations, law, releases, compensation),
      openUtilisation(context, generations.count),
      openFactor(context, generations, law, compensation),
      openQuotes(context, generations),
    ]
    return {
      start(active, count) {
        for (let i = 0; i < parts.length; i++) parts[i].start(active, count)
      },
      step(active, count) {
        for (let i = 0; i < parts.length; i++) parts[i].step(active, count)
      },
      laws: {
        utilisationIsAShare: {
          meaning: 'Utilisation lies between 0 and 1',
          scale: 'pure',
          distance: (p) => Math.max(0, -state.utilisation[p], state.utilisation[p] - 1),
        },
      },
    }
  },
})
