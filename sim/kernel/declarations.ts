/** What a room says about itself, as data: every number has a unit, bounds, a meaning and a source. */

/**
 * How well a number is known. P published; C computed here; C2 computed by two independent methods; D the protocol's own
 * documents; S seen in a secondary source; F measured from public data; J judgement, to be swept.
 */
export type Evidence = 'P' | 'C' | 'C2' | 'D' | 'S' | 'F' | 'J'

interface Sourced {
  readonly meaning: string
  readonly source: string
  readonly evidence: Evidence
}

/** A number that a scenario may set; bounds are inclusive. */
export interface NumberParameter extends Sourced {
  readonly value: number
  readonly unit: string
  readonly from: number
  readonly to: number
  /** Only whole numbers are accepted. */
  readonly integer?: boolean
}

/** A switch of the mechanism: one of a few words. */
export interface ChoiceParameter<Choice extends string = string> extends Sourced {
  readonly value: NoInfer<Choice>
  readonly choices: readonly Choice[]
}

export type ParameterDeclaration = NumberParameter | ChoiceParameter

/** The value that a step receives for a declared parameter. */
export type ValueOf<P> = P extends { readonly choices: readonly (infer C)[] } ? C : number

/** A column of a table of a room, such as the rate of each deal; `text` columns are names. */
export type FieldDeclaration =
  | {
      readonly kind: 'number'
      readonly unit: string
      readonly from: number
      readonly to: number
      readonly meaning: string
    }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly meaning: string }
  | { readonly kind: 'text'; readonly meaning: string }

export type Row = Readonly<Record<string, number | string>>

/** A list of named rows that a scenario may replace or change row by row: the deal tape, the generations of GPUs. */
export interface TableDeclaration extends Sourced {
  /** Every table also has a text field `name`, unique in the table. */
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  readonly rows: readonly Row[]
  readonly mostRows: number
}

/** A state column: one number a path, or with `each` one a path and agent (index path × agents + agent). */
export interface ColumnDeclaration {
  readonly unit: string
  readonly meaning: string
  readonly each?: string
}

/** Named random draws of a day: `each` of a size makes one draw for each; `agents` gives every agent a stream of its own. */
export interface ShockDeclaration {
  readonly law: 'normal' | 'uniform'
  readonly meaning: string
  readonly each?: string
  readonly agents?: string
}

/** A named draw that a room's events make: `each` of a size draws for itself. What is not declared here cannot be steered. */
export interface DrawDeclaration {
  readonly law: 'normal' | 'uniform' | 'exponential'
  readonly meaning: string
  /** Purpose of the event stream that it comes from; an agent that asks twice on one day must ask for a number of its own. */
  readonly purpose: number
  readonly each?: string
  /** Drawn on the eve of day one and never again. */
  readonly once?: true
}

/** A column of time that a scenario may move: neutral unless a shock says otherwise; one number a tick, the same on every path. */
export interface LeverDeclaration {
  readonly unit: string
  readonly meaning: string
  readonly neutral: number
  readonly from: number
  readonly to: number
}

export type Column = Float64Array
export interface ReadonlyColumn {
  readonly length: number
  readonly [index: number]: number
}

/** How far a path is from something that must hold; 0 when it holds. */
export interface Law {
  readonly meaning: string
  /** The distance, in the unit of `scale`: 'ledger' residuals are in USD and compared with the balance sheet, 'pure' ones with 1. */
  readonly scale: 'ledger' | 'pure'
  readonly distance: (path: number) => number
}
export type Laws = Readonly<Record<string, Law>>
