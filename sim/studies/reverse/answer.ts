/** The answer of a reverse stress test: plain data, every number with its uncertainty. */
import type { TidyTable } from '../laboratory.ts'

/** k of n with its exact interval. */
export interface Share {
  readonly count: number
  readonly of: number
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** A probability of failing, and on how many failing paths it stands. */
export interface Likelihood extends Share {
  /** As many equal failing paths would say as much (Kish 1965); the paths looked at where each counts once. */
  readonly worth: number
  /** From steered paths that count by their weights; `count` of `of` is then no estimate of anything. */
  readonly weighted: boolean
}

export interface AmountAnswer {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  readonly bad: 'high' | 'low'
  /** Over the failing paths of the mode, up to the day of failure. */
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
  /** Over plain paths, whole run. */
  readonly plainMedian: number
  readonly plainQuartiles: readonly [number, number]
  /** Plain paths that saw at least the median of the mode. */
  readonly seen: Share
  /** The clause that tells the median. */
  readonly words: string
  readonly told: boolean
}

export interface MarkAnswer {
  readonly name: string
  readonly words: string
  /** Middle day and quartiles over the paths that had it, days from 0. */
  readonly day: number
  readonly earlier: number
  readonly later: number
  readonly share: Share
}

export interface CoordinateValue {
  readonly coordinate: string
  readonly meaning: string
  readonly value: number
}

export interface DesignPointAnswer {
  /** Distance of the point from the origin in standard deviations. */
  readonly beta: number
  readonly lower: number | null
  readonly upper: number | null
  /** 1 for the nearest point of all modes. */
  readonly rank: number
  /** exp(−beta²/2): density at the point over that of the likeliest luck. */
  readonly relativeDensity: number
  /** Φ(−beta): what a flat limit would give. */
  readonly flatProbability: number
  readonly coordinates: readonly CoordinateValue[]
  /** Paths that fail with their luck centred on the point; paths that had no part in finding it. */
  readonly failing: Share
  /** Farther along the same direction never surely fewer paths failed. */
  readonly monotone: boolean
  /** Turns of the direction after the first. */
  readonly turns: number
}

export interface ModeCheck {
  readonly probability: number
  readonly lower: number
  readonly upper: number
  /** Failing paths of the mode among those checked. */
  readonly paths: number
  readonly effectivePaths: number
  readonly largestShare: number
  /** The interval of the difference from the mode’s own probability holds 0; null where too few paths carry the weight. */
  readonly agrees: boolean | null
}

export interface ReproductionAnswer {
  readonly yaml: string
  /** On luck that neither found the mode nor chose the depth: that of the seed in the file. */
  readonly failing: Share
  /** How much deeper than on the middle path of the mode what was followed had to go, as a power of its ratio. */
  readonly depth: number
}

export interface ModeAnswer {
  /** A, B, C … by probability. */
  readonly label: string
  readonly title: string
  readonly cause: string
  readonly narration: string
  readonly paths: number
  readonly probability: Likelihood
  readonly shareOfFailures: Share
  readonly failedOn: { readonly median: number; readonly earlier: number; readonly later: number }
  readonly amounts: readonly AmountAnswer[]
  readonly timeline: readonly MarkAnswer[]
  /** Mean luck of its paths where it is surely not ordinary, with the standard error. */
  readonly luck: readonly (CoordinateValue & { readonly standardError: number })[]
  readonly point: DesignPointAnswer | null
  /** Why there is no design point. */
  readonly without: string | null
  readonly angles: readonly { readonly to: string; readonly degrees: number }[]
  /** No likelier mode has the same cause and a direction near to its own. */
  readonly distinct: boolean
  readonly check: ModeCheck | null
  readonly reproduction: ReproductionAnswer | null
}

export interface LeverAnswer {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** Size at which half of the paths fail, measured on others than found it; null where none was found up to the largest. */
  readonly size: number | null
  readonly lower: number | null
  /** Where there is no size but surely more than half of other paths fail at the largest: the largest. */
  readonly upper: number | null
  /** The critical size in words; where there is none, the largest size that was tried. */
  readonly words: string
  /** Paths that fail at the critical size, of others than those that found and measured it. */
  readonly failing: Share | null
  /** On paths that sought and measured nothing: what they allow to say where no size was found. */
  readonly largest: { readonly size: number; readonly failing: Share }
  readonly monotone: boolean
  /** Plain paths on which as much of the same kind happened by itself. */
  readonly seen: Share | null
  readonly tried: readonly { readonly size: number; readonly failed: number; readonly paths: number }[]
}

export interface PairAnswer {
  readonly levers: readonly [string, string]
  /** Share of the critical sizes of both at which they fail together; below a half, each makes the other worse. */
  readonly share: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly words: string
  /** One of them moves in whole steps: the share is the smallest tried at which they fail, and tells of no synergy. */
  readonly inSteps?: true
  /** They were not tried together, as the critical size of one has too few whole steps to be parted. */
  readonly untried?: { readonly lever: string; readonly steps: number }
}

export interface ReverseAnswer {
  readonly kind: 'reverse'
  readonly scenario: { readonly name: string; readonly question: string }
  readonly failure: { readonly text: string; readonly meaning: string }
  readonly confidence: number
  readonly days: number
  readonly plain: Likelihood
  /** Failing paths below which a probability is an indication, not a result. */
  readonly enoughPaths: number
  /** Where plain paths failed too rarely: paths steered towards failure, on which all modes then stand. */
  readonly steered: {
    readonly paths: number
    /** Paths spent before, to find out how to steer. */
    readonly pilotPaths: number
    readonly probability: Likelihood
    /** The interval of its difference from the plain probability holds 0; otherwise steering missed a way of failing. */
    readonly agrees: boolean
  } | null
  /** Why ways of failing could not be told at all, and what would tell; null where they could. */
  readonly tooRare: {
    /** Plain paths that would be expected to have enough failures; at least as many where none failed. */
    readonly pathsNeeded: number
    readonly failures: number
    /** Steering was tried and found nothing; otherwise it was left out. */
    readonly wasSteered: boolean
    /** Finds the probability. */
    readonly command: string
  } | null
  readonly coordinates: readonly { readonly name: string; readonly meaning: string }[]
  readonly modes: readonly ModeAnswer[]
  /** Kinds of failure with too few paths to be told. */
  readonly rare: readonly { readonly cause: string; readonly paths: number; readonly worth: number }[]
  readonly distinctModes: number
  /** Least angle between directions that count as different, degrees. */
  readonly apart: number
  readonly check: {
    readonly paths: number
    readonly probability: number
    readonly lower: number
    readonly upper: number
    readonly agrees: boolean | null
    readonly effectivePaths: number
    readonly largestShare: number
  } | null
  readonly levers: readonly LeverAnswer[]
  readonly pairs: readonly PairAnswer[]
  /** Plain paths that the amounts of modes are held against. */
  readonly controls: number
  readonly tables: Readonly<Record<string, TidyTable>>
}
