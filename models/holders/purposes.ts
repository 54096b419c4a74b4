import type { DrawDeclaration } from '../../sim/kernel/declarations.ts'

/** Purposes of the side streams of the holders; those of a tick add the tick of the day (at most 24). */
export const purposes = { alarm: 0, coin: 32, threshold: 96, rank: 97 } as const

/** What the holders draw besides their daily shocks, as luck can be steered by it. */
export const holderDraws = {
  threshold: {
    law: 'normal',
    purpose: purposes.threshold,
    each: 'holder',
    once: true,
    meaning: 'Patience of each holder among those of its cohort: low leaves early',
  },
} as const satisfies Readonly<Record<string, DrawDeclaration>>
