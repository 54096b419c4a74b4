/** The words of JSON Schema (draft-07) that the schema of scenarios uses, checked; any other word is refused, so none is ignored. */

type Json = Readonly<Record<string, unknown>>

const notes = new Set(['$schema', 'title', 'description', 'default', 'definitions'])

type Check = (rule: never, value: unknown, schema: Json, root: Json) => boolean

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (v) => typeof v === 'string',
  number: (v) => typeof v === 'number',
  integer: (v) => Number.isInteger(v),
}

const covered = (key: string, schema: Json): boolean =>
  Object.hasOwn((schema['properties'] ?? {}) as object, key) ||
  Object.keys((schema['patternProperties'] ?? {}) as object).some((pattern) => new RegExp(pattern).test(key))

const checks: Readonly<Record<string, Check>> = {
  type: (rule: string | string[], v) => [rule].flat().some((name) => types[name](v)),
  enum: (rule: unknown[], v) => rule.includes(v),
  const: (rule: unknown, v) => rule === v,
  minimum: (rule: number, v) => typeof v !== 'number' || v >= rule,
  maximum: (rule: number, v) => typeof v !== 'number' || v <= rule,
  exclusiveMinimum: (rule: number, v) => typeof v !== 'number' || v > rule,
  exclusiveMaximum: (rule: number, v) => typeof v !== 'number' || v < rule,
  minLength: (rule: number, v) => typeof v !== 'string' || v.length >= rule,
  maxLength: (rule: number, v) => typeof v !== 'string' || v.length <= rule,
  minItems: (rule: number, v) => !Array.isArray(v) || v.length >= rule,
  maxItems: (rule: number, v) => !Array.isArray(v) || v.length <= rule,
  pattern: (rule: string, v) => typeof v !== 'string' || new RegExp(rule).test(v),
  items: (rule: Json, v, _s, root) => !Array.isArray(v) || v.every((item) => accepts(rule, item, root)),
  required: (rule: string[], v) => !isObject(v) || rule.every((key) => Object.hasOwn(v, key)),
  properties: (rule: Record<string, Json>, v, _s, root) =>
    !isObject(v) ||
    Object.entries(v).every(([key, inner]) => !Object.hasOwn(rule, key) || accepts(rule[key], inner, root)),
  patternProperties: (rule: Record<string, Json>, v, _s, root) =>
    !isObject(v) ||
    Object.entries(v).every(([key, inner]) =>
      Object.entries(rule).every(([pattern, inside]) => !new RegExp(pattern).test(key) || accepts(inside, inner, root)),
    ),
  additionalProperties: (rule: boolean, v, schema) =>
    rule || !isObject(v) || Object.keys(v).every((key) => covered(key, schema)),
  anyOf: (rule: Json[], v, _s, root) => rule.some((one) => accepts(one, v, root)),
  allOf: (rule: Json[], v, _s, root) => rule.every((one) => accepts(one, v, root)),
  not: (rule: Json, v, _s, root) => !accepts(rule, v, root),
  oneOf: (rule: Json[], v, _s, root) => rule.filter((one) => accepts(one, v, root)).length === 1,
  if: (rule: Json, v, schema, root) => !accepts(rule, v, root) || accepts(schema['then'] as Json, v, root),
  // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema; checked with if
  then: () => true,
  $ref: (rule: string, v, _s, root) => {
    const name = rule.replace('#/definitions/', '')
    return accepts((root['definitions'] as Record<string, Json>)[name], v, root)
  },
}

/** Whether a value fits a schema. @throws Error for a word of JSON Schema that is not known here */
export function accepts(schema: Json, value: unknown, root: Json = schema): boolean {
  return Object.entries(schema).every(([word, rule]) => {
    if (notes.has(word)) return true
    if (!Object.hasOwn(checks, word)) throw new Error(`unknown word of JSON Schema: ${word}`)
    return checks[word](rule as never, value, schema, root)
  })
}
