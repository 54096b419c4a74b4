/** State, draws and levers of the rental market, and the context that its parts are opened with. */
import type { DrawDeclaration } from '../../sim/kernel/declarations.ts'
import type { RoomContext } from '../../sim/kernel/room.ts'
import type { parameters, tables } from './parameters.ts'

const each = 'generation'

export const state = {
  deviation: { unit: 'log points', meaning: 'Deviation of the log rent from its curve, jumps included', each },
  deviationVariance: {
    unit: 'years',
    meaning: 'Variance of the diffusive deviation given the regimes so far, over volatility squared',
  },
  nextJump: { unit: 'days', meaning: 'Time of the next sudden repricing, from the start', each },
  curve: { unit: 'log USD/GPU-hour', meaning: 'Log of the rent above the floor that obsolescence leaves', each },
  spot: { unit: 'USD/GPU-hour', meaning: 'Spot rent', each },
  contract: { unit: 'USD/GPU-hour', meaning: 'Rent of a new twelve-month contract, quoted once a week', each },
  contractQuote: { unit: 'USD/GPU-hour', meaning: 'The same before the lever on rents', each },
  utilisation: { unit: '1', meaning: 'Share of hours rented out' },
  utilisationLevel: { unit: 'logit', meaning: 'Shift of utilisation by regime and noise' },
  regime: { unit: 'code', meaning: 'State of the market: 0 glut, 1 normal, 2 shortage' },
  regimeLevel: {
    unit: '1',
    meaning: 'Level of rents above the floor that the regimes so far have brought, normal = 1',
  },
  factor: {
    unit: '1',
    meaning:
      'Common rent factor: rent of the reference generation against what was expected, in lasting deviations; + is good',
  },
  rentIndex: { unit: '1', meaning: 'Mean spot rent of the generations on sale at the start, over that of the start' },
  releaseDay: {
    unit: 'days',
    meaning: 'Day of release on this path, from the start; known to the market only once past',
    each,
  },
  released: { unit: '1', meaning: '1 once the generation is on sale', each },
  stepLeft: { unit: 'log points', meaning: 'Fall of older rents that the release has still to bring', each },
} as const

export const shocks = {
  regimeLuck: { law: 'uniform', meaning: 'Whether the state of the market turns today' },
  utilisationLuck: { law: 'normal', meaning: 'Noise of utilisation' },
  rentLuck: { law: 'normal', meaning: 'Daily luck of the rent of each generation', agents: each },
} as const

/** Purposes of the event stream: the first jump is drawn before day 0, so it needs one of its own. */
export const delayPurpose = 1
export const firstJumpPurpose = 2
export const jumpPurpose = 3

/** What events of the market draw, as luck can be steered by it. */
export const draws = {
  releaseDelay: {
    law: 'uniform',
    purpose: delayPurpose,
    each,
    once: true,
    meaning: 'Delay of the release of each planned generation: low is early',
  },
  firstJump: {
    law: 'exponential',
    purpose: firstJumpPurpose,
    each,
    once: true,
    meaning: 'Wait for the first sudden repricing of each generation',
  },
  jumpSize: { law: 'normal', purpose: jumpPurpose, each, meaning: 'Size of each sudden repricing' },
  jumpWait: { law: 'exponential', purpose: jumpPurpose, each, meaning: 'Wait for the next sudden repricing' },
} as const satisfies Readonly<Record<string, DrawDeclaration>>

export const levers = {
  rentFactor: {
    unit: '1',
    meaning: 'Multiplies spot and contract rents of every generation',
    neutral: 1,
    from: 0.02,
    to: 5,
  },
  utilisationFactor: { unit: '1', meaning: 'Multiplies utilisation, at most to 1', neutral: 1, from: 0, to: 1.3 },
  forcedRegime: {
    unit: 'code',
    meaning:
      'Forces the state of the market: 0 glut, 1 normal, 2 shortage; -1 leaves it to luck, which goes on from there',
    neutral: -1,
    from: -1,
    to: 2,
  },
} as const

export type GpuMarketContext = RoomContext<
  typeof parameters,
  typeof tables,
  typeof state,
  Record<never, never>,
  typeof shocks,
  typeof levers
>

/** The daily work of a part of the room, for every active path. */
export interface Part {
  readonly start: (active: Int32Array, count: number) => void
  readonly step: (active: Int32Array, count: number) => void
}

/** Days since the eve of day one, once today's step is done. */
export function elapsedDays(clock: { readonly day: number }): number {
  return clock.day + 1
}
