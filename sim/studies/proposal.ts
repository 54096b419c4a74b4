/** What a study ends in: each parameter from, to, why, and what it costs. */

/** A number with its interval; a bound that the paths do not give is null. */
export interface Bounded {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** A change of one decision. */
export interface ProposedChange {
  /** A policy dial or a parameter, as a command line takes it. */
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly from: number | string | null
  readonly to: number | string
  /** In plain words, with the number of paths and the confidence behind it. */
  readonly why: string
  /** The parameters behind a policy dial; the dial itself where it is a parameter. */
  readonly settings: readonly {
    readonly name: string
    readonly from: number | string | null
    readonly to: number | string
  }[]
}

/** What the changes together do to a metric, on the same paths. */
export interface ProposedEffect {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly before: Bounded
  /** Its interval, like that of the difference, holds whichever level is chosen: the error is shared among all that might be. */
  readonly after: Bounded
  /** After less before, path by path; null where nothing changes. */
  readonly difference: Bounded | null
  /** Paths that all three share. */
  readonly paths: number
  /** Paths that fail before and after. */
  readonly failures: { readonly before: number; readonly after: number }
}

/** What a buffer costs holders of sAID a year, in basis points of yield; negative where it earns. */
export interface YieldCost {
  /** Fall of the mean net yield against the policy of today, paired on the same paths. */
  readonly measured: Bounded
  readonly paths: number
  /** What others may ask for the money that they keep ready, if sAID had to pay it: an assumption, not simulated. */
  readonly charged: number
  /** USD that others keep ready beyond what they do today, and what they ask a year for a dollar. */
  readonly setAside: number
  readonly asks: { readonly rate: number; readonly source: string }
  readonly paidBy: string
}

export interface Proposal {
  readonly title: string
  readonly changes: readonly ProposedChange[]
  readonly effects: readonly ProposedEffect[]
  /** Null where no cost was measured. */
  readonly cost: YieldCost | null
  /** What the reader must know before signing. */
  readonly caveats: readonly string[]
}
