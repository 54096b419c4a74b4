/** An economy: rooms, the wires between them, the meetings in which they deal with one another, and the order of the day. */
import type { Clock } from './clock.ts'
import type { Laws } from './declarations.ts'
import { nameWord } from './random/events.ts'
import type {
  ColumnDeclarations,
  Levers,
  Operations,
  Parameters,
  ParameterValues,
  ReadonlyColumns,
  Room,
  Shocks,
  Step,
  Tables,
} from './room.ts'
import type { LevelFunction } from './splitting/declaration.ts'
import type { ChanceFunction } from './splitting/interaction.ts'

// biome-ignore lint/suspicious/noExplicitAny: rooms of every shape live side by side here; wires and meetings are typed
export type AnyRoom = Room<any, any, any, any, any, any, any>
export type Rooms = Readonly<Record<string, AnyRoom>>

type StateOf<R> =
  R extends Room<infer _P, infer _T, infer S, infer _I, infer _K, infer _L, infer _O> ? ReadonlyColumns<S> : never
type InputsOf<R> =
  R extends Room<infer _P, infer _T, infer _S, infer I, infer _K, infer _L, infer _O> ? ReadonlyColumns<I> : never
type OperationsOf<R> = R extends Room<infer _P, infer _T, infer _S, infer _I, infer _K, infer _L, infer O> ? O : never
type ParametersOf<R> =
  R extends Room<infer P, infer _T, infer _S, infer _I, infer _K, infer _L, infer _O> ? ParameterValues<P> : never
type LeversOf<R> =
  R extends Room<infer _P, infer _T, infer _S, infer _I, infer _K, infer L, infer _O>
    ? { readonly [N in keyof L]: Float64Array }
    : never

/** The columns of every room, as wires see them: to read only. */
export type EconomyColumns<R extends Rooms> = { readonly [N in keyof R]: StateOf<R[N]> }

/** For each room, where its inputs come from. A room above in the day gives today's column, one below yesterday's. */
export type Wires<R extends Rooms> = {
  readonly [N in keyof R]: (columns: EconomyColumns<R>) => InputsOf<R[N]>
}

/** What a meeting is given: the operations of all rooms to call, their columns, parameters and levers to read. */
export interface MeetingContext<R extends Rooms> {
  readonly operations: { readonly [N in keyof R]: OperationsOf<R[N]> }
  readonly columns: EconomyColumns<R>
  readonly parameters: { readonly [N in keyof R]: ParametersOf<R[N]> }
  readonly levers: { readonly [N in keyof R]: LeversOf<R[N]> }
  readonly sizes: { readonly [N in keyof R]: Readonly<Record<string, number>> }
  readonly paths: number
  readonly clock: Clock
}

/** A meeting owns no state: it alone calls operations of several rooms, so that both sides of a deal move in one call. */
export interface Meeting<R extends Rooms> {
  readonly meaning: string
  open(context: MeetingContext<R>): Step
}

/** One entry of the day: a room's step or tick, or a meeting, with what happens in the words of an economist. */
export interface DayEntry<Name extends string = string> {
  readonly run: Name
  readonly description: string
}

export interface EconomyDeclaration<R extends Rooms, M extends Readonly<Record<string, Meeting<R>>>> {
  readonly name: string
  readonly rooms: R
  readonly wires: Wires<R>
  readonly meetings: M
  readonly day: {
    /** Once a day, before the first tick. */
    readonly morning: readonly DayEntry<Extract<keyof R | keyof M, string>>[]
    /** Every tick of the day, in this order. */
    readonly ticks: readonly DayEntry<Extract<keyof R | keyof M, string>>[]
    /** Once a day, after the last tick. */
    readonly evening: readonly DayEntry<Extract<keyof R | keyof M, string>>[]
  }
  /** Laws of the whole: every dollar, AID and share is somewhere. */
  readonly laws: (context: MeetingContext<R>) => Laws
  /** The balance sheet of a path in USD: what residuals of the ledger are compared with. */
  readonly ledgerScale: (context: MeetingContext<R>) => (path: number) => number
  /** How far a path is on its way to a failure, for multilevel splitting. */
  readonly levels?: readonly LevelFunction[]
  /** How likely a path is to fail, for interacting particles. */
  readonly chances?: readonly ChanceFunction[]
}

/** A declared economy; what its rooms, wires and meetings are was checked where it was declared. */
export interface Economy {
  readonly name: string
  readonly rooms: Rooms
  // biome-ignore lint/suspicious/noExplicitAny: meetings are contravariant in their rooms
  readonly meetings: Readonly<Record<string, Meeting<any>>>
  readonly day: {
    readonly morning: readonly DayEntry[]
    readonly ticks: readonly DayEntry[]
    readonly evening: readonly DayEntry[]
  }
  // biome-ignore lint/suspicious/noExplicitAny: checked where the economy is declared
  readonly wires: Readonly<Record<string, (columns: any) => any>>
  // biome-ignore lint/suspicious/noExplicitAny: checked where the economy is declared
  readonly laws: (context: any) => Laws
  // biome-ignore lint/suspicious/noExplicitAny: checked where the economy is declared
  readonly ledgerScale: (context: any) => (path: number) => number
  readonly levels?: readonly LevelFunction[]
  readonly chances?: readonly ChanceFunction[]
}

/**
 * Declares an economy. A loose or misspelt wire does not compile; what types cannot see is checked here.
 * @throws Error (a defect of the declaration) when names disagree, clash in the random streams, or a step is never run.
 */
export function defineEconomy<const R extends Rooms, M extends Readonly<Record<string, Meeting<R>>>>(
  declaration: EconomyDeclaration<R, M>,
): Economy {
  const words = new Map<number, string>()
  for (const [key, room] of Object.entries(declaration.rooms)) {
    if (room.name !== key) throw new Error(`room ${key} calls itself ${room.name}; both names must be the same`)
    const word = nameWord(key)
    const other = words.get(word)
    if (other !== undefined) throw new Error(`rooms ${other} and ${key} share a random stream; rename one`)
    words.set(word, key)
    checkDeclarations(room)
  }
  const { morning, ticks, evening } = declaration.day
  for (const name of [...Object.keys(declaration.rooms), ...Object.keys(declaration.meetings)]) {
    if (![...morning, ...ticks, ...evening].some((entry) => entry.run === name)) {
      throw new Error(`${name} is in the economy but not in the order of the day`)
    }
  }
  return declaration as unknown as Economy
}

function checkDeclarations(room: AnyRoom): void {
  const where = `room ${room.name}`
  for (const [name, p] of Object.entries(room.parameters as Parameters)) {
    if ('choices' in p) {
      if (!p.choices.includes(p.value)) throw new Error(`${where}: ${name} is ${p.value}, not one of its choices`)
    } else if (!(p.value >= p.from && p.value <= p.to)) {
      throw new Error(`${where}: ${name} = ${p.value} lies outside its own bounds ${p.from} … ${p.to}`)
    }
    if (p.source === '') throw new Error(`${where}: ${name} has no source`)
  }
  for (const [name, lever] of Object.entries(room.levers as Levers)) {
    if (!(lever.neutral >= lever.from && lever.neutral <= lever.to))
      throw new Error(`${where}: lever ${name} out of bounds`)
  }
}

export type { ColumnDeclarations, Levers, Operations, Parameters, Shocks, Tables }
