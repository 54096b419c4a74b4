/** The arguments of a hook in words: what each is, and what is wrong with one that is refused. */
import { z } from 'zod'
import { nearest } from '../../kernel/plan.ts'

/** The part of JSON Schema in which arguments are declared. */
export interface ArgumentSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: ArgumentSchema | false
  readonly prefixItems?: readonly ArgumentSchema[]
  readonly anyOf?: readonly ArgumentSchema[]
  readonly oneOf?: readonly ArgumentSchema[]
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, ArgumentSchema>>
  readonly required?: readonly string[]
}

/** JSON Schema of what a hook takes. */
export function schemaOf(declared: z.ZodType): ArgumentSchema {
  return z.toJSONSchema(declared, { io: 'input', unrepresentable: 'any' }) as ArgumentSchema
}

/** Type and bounds, such as 'number above 0 below 1'. */
export function typeWords(schema: ArgumentSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((choice) => JSON.stringify(choice)).join(' or ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(typeWords))].join(' or ')
  if (schema.type === 'array') return listWords(schema)
  if (schema.properties) return `object with ${Object.keys(schema.properties).join(', ')}`
  if (schema.type === 'string' && schema.pattern !== undefined) return 'integer as a decimal string'
  return [schema.type ?? 'value', ...boundWords(schema)].join(' ')
}

function boundWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: ArgumentSchema): string[] {
  // the bounds of integers that a double holds exactly are no bounds of the argument
  const told = (word: string, bound: number | undefined): string[] =>
    bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? [] : [`${word} ${bound}`]
  const low = exclusiveMinimum === undefined ? told('from', minimum) : told('above', exclusiveMinimum)
  const high = exclusiveMaximum === undefined ? told('to', maximum) : told('below', exclusiveMaximum)
  return [...low, ...high]
}

function listWords({ items, prefixItems, minItems, maxItems }: ArgumentSchema): string {
  const item = items || prefixItems?.[0]
  const most = maxItems === undefined ? '' : minItems === maxItems ? `${maxItems} × ` : `at most ${maxItems} × `
  const count = most === '' && minItems !== undefined && minItems > 0 ? `at least ${minItems} × ` : most
  return `list of ${count}${item ? typeWords(item) : 'values'}`
}

/**
 * What is wrong with the arguments, and what would be right: the argument, its value, its bounds and its meaning.
 * @param input the arguments as they were given
 */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown, declared: ArgumentSchema): string {
  const { schema, meaning, value } = at(issue.path, input, declared)
  const name = issue.path.length > 0 ? issue.path.join('.') : 'arguments'
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => surplusWords(key, name, schema)).join('; ')
  const missing = value === undefined || (issue.path.length === 0 && value === null)
  const given = `${name} is ${missing ? 'missing' : shown(value)}`
  if (issue.code === 'custom') return issue.path.length > 0 ? `${given}: ${issue.message}` : issue.message
  const right = schema ? typeWords(schema) : issue.message
  return `${given}; right is ${right}${meaning ? `: ${meaning}` : ''}`
}

function surplusWords(key: string, name: string, schema: ArgumentSchema | undefined): string {
  const known = Object.keys(schema?.properties ?? {})
  const near = nearest(key, known)
  const place = name === 'arguments' ? 'no argument' : `no part of ${name}`
  return `${key} is ${place}; ${near ? `did you mean ${near}?` : `right are ${known.join(', ')}`}`
}

function shown(value: unknown): string {
  const text = (typeof value === 'number' ? undefined : JSON.stringify(value)) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

interface Place {
  readonly schema?: ArgumentSchema
  /** The nearest description on the way. */
  readonly meaning?: string
  readonly value: unknown
}

/** The schema and the value at a path below the arguments. */
function at(path: readonly PropertyKey[], input: unknown, declared: ArgumentSchema): Place {
  let schema: ArgumentSchema | undefined = chosen(declared, input)
  let meaning = declared.description
  let value = input
  for (const key of path) {
    const below: ArgumentSchema | undefined = schema && stepInto(schema, key)
    value = value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined
    meaning = below?.description ?? meaning
    schema = below && chosen(below, value)
  }
  return { schema, meaning, value }
}

function stepInto(schema: ArgumentSchema, key: PropertyKey): ArgumentSchema | undefined {
  if (typeof key === 'number') return schema.prefixItems?.[key] ?? (schema.items || undefined)
  return schema.properties?.[String(key)]
}

/** Of several objects, the one whose constants the value has, such as its kind of operation. */
function chosen(schema: ArgumentSchema, value: unknown): ArgumentSchema {
  const given = (value ?? {}) as Record<string, unknown>
  const fits = ({ properties }: ArgumentSchema): boolean =>
    properties !== undefined &&
    Object.entries(properties).every(([name, one]) => one.const === undefined || one.const === given[name])
  return (schema.oneOf ?? schema.anyOf)?.find(fits) ?? schema
}
