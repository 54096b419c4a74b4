/** A room: one part of the economy, with its words, numbers, state, luck, step and laws in one declaration. */
import type { Clock } from './clock.ts'
import type {
  Column,
  ColumnDeclaration,
  DrawDeclaration,
  Laws,
  LeverDeclaration,
  ParameterDeclaration,
  ReadonlyColumn,
  Row,
  ShockDeclaration,
  TableDeclaration,
  ValueOf,
} from './declarations.ts'
import type { Own } from './pathMemory.ts'
import type { EventStream } from './random/events.ts'

export type Parameters = Readonly<Record<string, ParameterDeclaration>>
export type Tables = Readonly<Record<string, TableDeclaration>>
export type ColumnDeclarations = Readonly<Record<string, ColumnDeclaration>>
export type Shocks = Readonly<Record<string, ShockDeclaration>>
export type Levers = Readonly<Record<string, LeverDeclaration>>

export type ParameterValues<P extends Parameters> = { readonly [K in keyof P]: ValueOf<P[K]> }
export type Columns<C extends ColumnDeclarations> = { readonly [K in keyof C]: Column }
export type ReadonlyColumns<C> = { readonly [K in keyof C]: ReadonlyColumn }

/** What a room is given when a batch of paths is opened; all memory is taken here, before day one. */
export interface RoomContext<
  P extends Parameters,
  T extends Tables,
  S extends ColumnDeclarations,
  I extends ColumnDeclarations,
  K extends Shocks,
  L extends Levers,
> {
  readonly parameters: ParameterValues<P>
  readonly tables: { readonly [Name in keyof T]: readonly Row[] }
  /** Rows of tables of other rooms, by their full name such as gpuMarket.generations. */
  readonly reads: Readonly<Record<string, readonly Row[]>>
  readonly sizes: Readonly<Record<string, number>>
  /** Paths in the batch: the length of a column of one number a path. */
  readonly paths: number
  readonly state: Columns<S>
  readonly inputs: ReadonlyColumns<I>
  readonly shocks: ReadonlyColumns<K>
  /** One number a tick: index with clock.now. */
  readonly levers: { readonly [Name in keyof L]: Float64Array }
  readonly clock: Clock
  /** Registers numbers that a room remembers of its paths beside its columns: a path that is copied takes them along. */
  readonly own: Own
  /** Side streams for what is drawn by an event or inside a day. */
  readonly events: EventStream
}

/** Advances the listed paths in place: `active[0 … count − 1]` are indices into the columns. Allocates nothing. */
export type Step = (active: Int32Array, count: number) => void

// biome-ignore lint/suspicious/noExplicitAny: an operation takes a path and whatever numbers it needs
export type Operations = Readonly<Record<string, (...values: any[]) => any>>

export interface OpenedRoom<O extends Operations = Operations> {
  /** Sets the state of the listed paths on the eve of day one; columns are zero before. */
  readonly start: Step
  /** Called once a day, in the order of the day. */
  readonly step?: Step
  /** Called every tick. */
  readonly tick?: Step
  /** What meetings may ask of this room: each for one path, writing only this room's columns. */
  readonly operations: O
  readonly laws: Laws
}

export interface Room<
  P extends Parameters = Parameters,
  T extends Tables = Tables,
  S extends ColumnDeclarations = ColumnDeclarations,
  I extends ColumnDeclarations = ColumnDeclarations,
  K extends Shocks = Shocks,
  L extends Levers = Levers,
  O extends Operations = Operations,
> {
  readonly name: string
  /** What the room stands for, in one sentence. */
  readonly meaning: string
  readonly parameters: P
  readonly tables: T
  /** Named lengths, such as the number of holders, from the parameters and tables. */
  readonly sizes: (
    parameters: ParameterValues<P>,
    tables: { readonly [Name in keyof T]: readonly Row[] },
    reads: Readonly<Record<string, readonly Row[]>>,
  ) => Readonly<Record<string, number>>
  /** Tables of other rooms whose rows this room needs by name, such as gpuMarket.generations. */
  readonly reads: readonly string[]
  readonly state: S
  readonly inputs: I
  readonly shocks: K
  /** Draws of events that luck can be steered by. */
  readonly draws: Readonly<Record<string, DrawDeclaration>>
  readonly levers: L
  open(context: RoomContext<P, T, S, I, K, L>): OpenedRoom<O>
}

/** Declares a room; only name, meaning, state and open are required. */
export function defineRoom<
  const P extends Parameters = Record<never, never>,
  const T extends Tables = Record<never, never>,
  const S extends ColumnDeclarations = Record<never, never>,
  const I extends ColumnDeclarations = Record<never, never>,
  const K extends Shocks = Record<never, never>,
  const L extends Levers = Record<never, never>,
  O extends Operations = Record<never, never>,
>(declaration: {
  name: string
  meaning: string
  parameters?: P
  tables?: T
  sizes?: (
    parameters: ParameterValues<NoInfer<P>>,
    tables: { readonly [Name in keyof NoInfer<T>]: readonly Row[] },
    reads: Readonly<Record<string, readonly Row[]>>,
  ) => Readonly<Record<string, number>>
  reads?: readonly string[]
  state: S
  inputs?: I
  shocks?: K
  draws?: Readonly<Record<string, DrawDeclaration>>
  levers?: L
  open(context: RoomContext<NoInfer<P>, NoInfer<T>, NoInfer<S>, NoInfer<I>, NoInfer<K>, NoInfer<L>>): {
    start: Step
    step?: Step
    tick?: Step
    operations?: O
    laws?: Laws
  }
}): Room<P, T, S, I, K, L, O> {
  return {
    name: declaration.name,
    meaning: declaration.meaning,
    parameters: declaration.parameters ?? ({} as P),
    tables: declaration.tables ?? ({} as T),
    sizes: declaration.sizes ?? (() => ({})),
    reads: declaration.reads ?? [],
    state: declaration.state,
    inputs: declaration.inputs ?? ({} as I),
    shocks: declaration.shocks ?? ({} as K),
    draws: declaration.draws ?? {},
    levers: declaration.levers ?? ({} as L),
    open(context) {
      const opened = declaration.open(context)
      return { ...opened, operations: opened.operations ?? ({} as O), laws: opened.laws ?? {} }
    },
  }
}
