/** State, inputs and levers of the hardware market, and the context that its parts are opened with. */
import type { RoomContext } from '../../sim/kernel/room.ts'
import type { parameters } from './parameters.ts'

const each = 'generation'

export const state = {
  value: {
    unit: 'USD/GPU',
    meaning: 'Capitalised rents of the typical machine until it no longer pays for its power',
    each,
  },
  calmPrice: { unit: 'USD/GPU', meaning: 'Market mid without the pressure of recent sales', each },
  price: { unit: 'USD/GPU', meaning: 'Market mid', each },
  pressure: { unit: 'GPUs', meaning: 'Machines sold recently and not yet absorbed', each },
  soldToday: { unit: 'GPUs', meaning: 'Machines sold today', each },
  soldTotal: { unit: 'GPUs', meaning: 'Machines sold so far' },
  proceedsTotal: { unit: 'USD', meaning: 'What they fetched, net of costs' },
} as const

export const inputs = {
  contract: { unit: 'USD/GPU-hour', meaning: 'Rent of a new twelve-month contract', each },
  utilisation: { unit: '1', meaning: 'Share of hours rented out' },
  regime: { unit: 'code', meaning: 'State of the rental market: 0 glut, 1 normal, 2 shortage' },
} as const

export const levers = {
  resaleFactor: {
    unit: '1',
    meaning: 'Multiplies the market price of used machines of every generation',
    neutral: 1,
    from: 0.01,
    to: 5,
  },
  depthFactor: {
    unit: '1',
    meaning: 'Multiplies the depth of the market for used machines, and so what can be sold in a week',
    neutral: 1,
    from: 0.001,
    to: 100,
  },
} as const

export type HardwareContext = RoomContext<
  typeof parameters,
  Record<never, never>,
  typeof state,
  typeof inputs,
  Record<never, never>,
  typeof levers
>
