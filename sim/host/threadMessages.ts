/** What the main thread and its workers say to each other. */
import { InputError, LawError } from '../kernel/errors.ts'
import type { Plan } from '../kernel/plan.ts'
import type { RecordDeclaration } from '../kernel/record.ts'
import type { Multiplying } from '../kernel/splitting/declaration.ts'
import type { Steering } from '../kernel/steering.ts'

/** Where a worker finds the economy: a module and the name of its export. Without one it takes that of AID and sAID. */
export interface EconomyModule {
  readonly url: string
  readonly name: string
}

export interface WorkerStart {
  readonly plan: Plan
  readonly record: RecordDeclaration
  readonly capacity: number
  readonly steering?: Steering
  readonly splitting?: Multiplying
  readonly module?: EconomyModule
}

/** How a Web Worker, which starts without data, learns what it is to simulate. */
export interface FirstMessage {
  readonly kind: 'start'
  readonly start: WorkerStart
}

export type Request =
  | { readonly kind: 'open'; readonly start: WorkerStart }
  | { readonly kind: 'run'; readonly from: number; readonly count: number }
  | { readonly kind: 'take' }

export type Reply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'outcomes'; readonly outcomes: Float64Array<ArrayBuffer> }
  | { readonly kind: 'counts'; readonly counts: Uint32Array<ArrayBuffer> }
  | { readonly kind: 'error'; readonly error: PlainError }

/** An error without its class, which does not survive the way between threads. */
export interface PlainError {
  readonly name: string
  readonly message: string
  readonly stack?: string
  readonly where?: { readonly path: number; readonly day: number; readonly law: string }
}

export function plainError(error: unknown): PlainError {
  if (error instanceof LawError) {
    const { name, message, path, day, law } = error
    return { name, message, where: { path, day, law } }
  }
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack }
  return { name: 'Error', message: String(error) }
}

/** The error again, of its own class. */
export function revivedError({ name, message, stack, where }: PlainError): Error {
  if (name === 'InputError') return new InputError(message)
  if (name === 'LawError' && where) return new LawError(message, where)
  const error = new Error(message)
  error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}
