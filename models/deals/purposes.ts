import type { DrawDeclaration } from '../../sim/kernel/declarations.ts'

/** One number for each kind of event that draws: none shares a stream with another on the same day. */
export const drawThreshold = 0
export const drawInsurer = 1
export const drawRevenue = 2
export const drawOrigination = 3
export const drawSponsor = 4
export const drawRenewal = 5

/** What events of the deals draw, as luck can be steered by it. */
export const dealDraws = {
  threshold: {
    law: 'exponential',
    purpose: drawThreshold,
    each: 'borrower',
    once: true,
    meaning: 'Hazard outside its rents at which each borrower stops paying: low is early',
  },
  insurer: { law: 'exponential', purpose: drawInsurer, once: true, meaning: 'Hazard at which the insurer fails' },
  revenue: { law: 'normal', purpose: drawRevenue, each: 'slot', meaning: 'Monthly luck of the revenue of each deal' },
  sponsor: {
    law: 'uniform',
    purpose: drawSponsor,
    each: 'slot',
    meaning: 'Whether a sponsor that is asked pays for its deal: low helps',
  },
  renewal: {
    law: 'uniform',
    purpose: drawRenewal,
    each: 'slot',
    meaning: 'Whether a contract that ends is renewed: low is',
  },
} as const satisfies Readonly<Record<string, DrawDeclaration>>
