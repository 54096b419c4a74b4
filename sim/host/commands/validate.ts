/** aidlab validate: anyone's numbers through the formulas of the simulation. */
import { readFileSync, writeFileSync } from 'node:fs'
import { InputError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/plan.ts'
import type { Terminal } from '../terminal.ts'
import type { Hook } from '../validation/hook.ts'
import { hooks } from '../validation/index.ts'
import { type ArgumentSchema, schemaOf, typeWords } from '../validation/words.ts'

export interface ValidateArguments {
  readonly in?: string
  readonly out?: string
  readonly list?: boolean
  readonly json?: boolean
}

export type CaseResult =
  | { readonly id: unknown; readonly function: unknown; readonly result: Record<string, unknown> }
  | { readonly id: unknown; readonly function: unknown; readonly error: string }

/** @returns 0 when every case got a result, 1 when any got an error */
export async function validate(given: ValidateArguments, terminal: Terminal): Promise<number> {
  if (given.list) {
    terminal.out(given.json ? JSON.stringify(hooks.map(describeHook), null, 2) : hooks.map(hookWords).join('\n\n'))
    return 0
  }
  if (given.in === undefined) throw new InputError('no cases: --in FILE or --list is wanted')
  const results = evaluateCases(readCases(given.in))
  const text = JSON.stringify(results, null, 2)
  if (given.out === undefined) terminal.out(text)
  else writeResults(given.out, `${text}\n`)
  const errors = results.filter((result) => 'error' in result).length
  terminal.say(`${results.length - errors} of ${results.length} cases got a result`)
  return errors > 0 ? 1 : 0
}

function readCases(file: string): readonly unknown[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new InputError(`${file} could not be read: ${(error as Error).message}`)
  }
  let cases: unknown
  try {
    cases = JSON.parse(text)
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`)
  }
  if (!Array.isArray(cases)) {
    throw new InputError(`${file} is no list; a list of { "id", "function", "arguments" } is right`)
  }
  return cases
}

function writeResults(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new InputError(`${file} could not be written: ${(error as Error).message}`)
  }
}

/** One result a case, in the same order; what is wrong with a case is an error of that case alone. */
export function evaluateCases(cases: readonly unknown[]): CaseResult[] {
  const byName = new Map(hooks.map((hook) => [hook.name, hook]))
  return cases.map((one) => {
    const { id = null, function: name = null, arguments: input } = asRecord(one)
    try {
      if (typeof name !== 'string') throw new Error('a case is { "id", "function", "arguments" }, function a name')
      const hook = byName.get(name)
      if (!hook) throw new Error(unknownFunction(name, [...byName.keys()]))
      return { id, function: name, result: finite(hook.evaluate(input)) }
    } catch (error) {
      return { id, function: name, error: (error as Error).message }
    }
  })
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

function unknownFunction(name: string, names: readonly string[]): string {
  const begun = name === '' ? [] : names.filter((one) => one.toLowerCase().startsWith(name.toLowerCase())).slice(0, 5)
  const offered = [...new Set([...begun, nearest(name, names) ?? []].flat())]
  const offer = offered.length > 0 ? `did you mean ${offered.join(' or ')}?` : 'aidlab validate --list shows all'
  return `unknown function: ${name}; ${offer}`
}

/** JSON would write NaN and infinities as null, which means something else. */
function finite<T>(value: T, where = 'result'): T {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${where} is ${value}, which is no number`)
  if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) finite(item, `${where}.${key}`)
  }
  return value
}

interface HookDescription {
  readonly function: string
  readonly meaning: string
  readonly source: string
  /** JSON Schema of the arguments. */
  readonly arguments: ArgumentSchema
}

function describeHook(hook: Hook): HookDescription {
  return { function: hook.name, meaning: hook.meaning, source: hook.source, arguments: schemaOf(hook.arguments) }
}

function hookWords(hook: Hook): string {
  const { properties = {}, required = [] } = schemaOf(hook.arguments)
  const rows = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? '' : schema.default === undefined ? ', optional' : ''
    const standard = schema.default === undefined ? '' : `, ${JSON.stringify(schema.default)} if not given`
    return `    ${name}: ${argumentWords(schema)}${optional}${standard}`
  })
  return [hook.name, `  ${hook.meaning}`, `  source: ${hook.source}`, '  arguments:', ...rows].join('\n')
}

function argumentWords(schema: ArgumentSchema): string {
  const words = schema.description ?? ''
  const type = typeWords(schema)
  return words === '' ? type : `${words} (${type})`
}
