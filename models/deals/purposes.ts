/** One number for each kind of event that draws: none shares a stream with another on the same day. */
export const drawThreshold = 0
export const drawInsurer = 1
export const drawRevenue = 2
export const drawOrigination = 3
export const drawSponsor = 4
export const drawRenewal = 5
