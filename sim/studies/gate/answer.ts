/** What a gate answers: plain data, with every interval that led to a verdict. */
import type { Statement } from '../../../scenarios/policyStatement.ts'
import type { TidyTable } from '../laboratory.ts'

export type Verdict = 'pass' | 'breach' | 'undecided'

/** How the bounds of a statement were found. */
export type Method =
  | 'Clopper-Pearson'
  | 'paired Clopper-Pearson'
  | 'order statistics'
  | 'influence function'
  | 'paired influence function'
  | 'paired bootstrap'
  | 'paired order statistics'
  | 'Student, corrected for skewness'

/** One look at one statement, after all the paths that were simulated up to it. */
export interface Look {
  readonly paths: number
  /** Null where it is infinite, or where some path has no finite value and the statistic needs one. */
  readonly value: number | null
  /** Null = unbounded by these paths, or infinite. Each bound holds with the statement's confidence, at this and every other look. */
  readonly lower: number | null
  readonly upper: number | null
  readonly verdict: Verdict
}

export interface StatementAnswer extends Omit<Statement, 'confidence'>, Look {
  readonly meaning: string
  readonly unit: string
  readonly bad: 'high' | 'low'
  /** Of the verdict: it is wrong with at most one minus this. */
  readonly confidence: number
  /** Of each bound at each look, corrected for the number of looks. */
  readonly confidenceOfLook: number
  readonly method: Method
  /** False where the bounds are asymptotic: right for many paths, with no guarantee for few. */
  readonly exact: boolean
  /** Paths on which the event happened, or that lie in the thinner tail; for a change of a probability those that differ. Null for means. */
  readonly tailPaths: number | null
  /** At least 50 paths stand behind it, and as many tell of it. */
  readonly enough: boolean
  /** The tail is so heavy that no asymptotic bound can be believed. */
  readonly heavy: boolean
  /** The bounds are asymptotic, and the paths too few or the tail too heavy to trust them; no verdict rests on them unless accepted. */
  readonly indication: boolean
  /** Paths without a finite value. */
  readonly infinite: number
  /** Of a change: paths whose value differs between scenario and baseline. */
  readonly moved: number | null
  /** Of an asymptotic bound: paths that tell anything of it, by not being like most others. Null for the others. */
  readonly telling: number | null
  /** What this statement does to the gate. */
  readonly fails: boolean
  readonly looks: readonly Look[]
}

export interface GateAnswer {
  readonly kind: 'gate'
  readonly policy: {
    readonly name: string
    readonly question: string
    readonly file: string
    readonly scenario: string
    readonly baseline: string | null
    /** Scenario and baseline are the same plan: every change is zero. */
    readonly same: boolean
    readonly confidence: number
    readonly together: boolean
    readonly undecided: 'fail' | 'pass'
    /** Numbers of paths at which the statements are looked at, as planned. */
    readonly looks: readonly number[]
  }
  /** No statement fails. */
  readonly passed: boolean
  /** Paths simulated of the scenario, and of the baseline besides. */
  readonly paths: number
  readonly baselinePaths: number
  readonly statements: readonly StatementAnswer[]
  readonly tables: { readonly looks: TidyTable }
}
