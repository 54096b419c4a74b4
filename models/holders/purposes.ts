/** Purposes of the side streams of the holders; those of a tick add the tick of the day (at most 24). */
export const purposes = { alarm: 0, coin: 32, threshold: 96, rank: 97 } as const
