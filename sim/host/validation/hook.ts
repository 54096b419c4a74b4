/** A validation hook: one formula of the simulation that anyone may feed with numbers of their own. */
import { z } from 'zod'
import { describeIssue, schemaOf } from './words.ts'

/** Integers of a chain or a ledger travel as decimal strings, exact to the last digit. */
export const integer = z
  .string()
  .regex(/^-?\d+$/, 'an integer as a decimal string, such as "1000000"')
  .transform((text) => BigInt(text))

export interface Hook {
  readonly name: string
  /** What it computes, in one sentence. */
  readonly meaning: string
  /** Where the formula comes from: paper, contract or published table. */
  readonly source: string
  /** Arguments with their bounds; `.describe()` of each holds its unit. */
  readonly arguments: z.ZodType
  /** Evaluates one case. @throws Error when the arguments are refused or the formula has no answer. */
  evaluate(input: unknown): Record<string, unknown>
}

/** Declares a hook; `evaluate` receives the parsed arguments, so bounds are checked in one place. */
export function defineHook<Schema extends z.ZodType>(declaration: {
  name: string
  meaning: string
  source: string
  arguments: Schema
  evaluate(input: z.output<Schema>): Record<string, unknown>
}): Hook {
  return {
    ...declaration,
    evaluate(input) {
      const parsed = declaration.arguments.safeParse(input)
      if (!parsed.success) {
        const schema = schemaOf(declaration.arguments)
        throw new Error(parsed.error.issues.map((issue) => describeIssue(issue, input, schema)).join('; '))
      }
      return declaration.evaluate(parsed.data)
    },
  }
}
