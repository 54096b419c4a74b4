/** Steered luck: draws moved on purpose, with the weight that makes them count as if they were not. */

/** The outcome column of a steered batch that holds the log of each path's weight. */
export const logWeightColumn = 'luck.logWeight'

/** The mean of a named shock, moved on some days. */
export interface Shift {
  /** room.shock, such as gpuMarket.rentLuck. A uniform shock is moved in the normal number of the same probability. */
  readonly shock: string
  /** Agent or place of the shock, from 0; all of them without it. */
  readonly index?: number
  /** First and last day that is moved; the whole run without them. */
  readonly from?: number
  readonly to?: number
  /** In standard deviations of one day's draw. */
  readonly by: number
}

/** How the luck of a run is steered; plain data that a thread can be handed. */
export interface Steering {
  readonly shifts?: readonly Shift[]
}
