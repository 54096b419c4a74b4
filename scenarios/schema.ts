/** The JSON Schema of scenario files, for editors: completion, units, bounds and sources of every name, read from the rooms. */
import { metrics } from '../models/metrics.ts'
import type { FieldDeclaration, ParameterDeclaration, TableDeclaration } from '../sim/kernel/declarations.ts'
import type { Economy, Levers, Parameters, Tables } from '../sim/kernel/economy.ts'
import { mostDays } from '../sim/kernel/plan.ts'
import { dealKeys, modes, namePattern } from './grammar.ts'
import { pathColumns, scales } from './keeping.ts'
import { mostPaths } from './scenario.ts'
import { mostCells } from './sweep.ts'
import { spacings } from './sweepGrammar.ts'

type Json = Readonly<Record<string, unknown>>

/** A block with these keys and no others. */
function block(properties: Readonly<Record<string, unknown>>, required: readonly string[] = [], rest: Json = {}): Json {
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false, ...rest }
}

const reason: Json = { type: 'string', minLength: 1, description: 'Why: the source of the number' }
const day: Json = {
  description: 'A date, a time in UTC (2026-09-11T21:00), or a day of the run, 0 the first',
  anyOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]([01]\\d|2[0-3]):[0-5]\\d)?$' },
  ],
}
const duration: Json = {
  type: 'string',
  pattern: '^\\d+(\\.\\d+)? (day|hour)s?$',
  description: 'Such as 180 days or 72 hours',
}

/** The schema (draft-07, which editors know best) of the scenarios of an economy; keys in the order in which files are written. */
export function scenarioSchema(economy: Economy): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Scenario of the economy ${economy.name}`,
    description: 'Generated from the declarations of the rooms; do not edit.',
    ...block(
      {
        name: {
          type: 'string',
          pattern: namePattern,
          maxLength: 60,
          description: 'Name of the scenario and of its runs',
        },
        question: { type: 'string', minLength: 1, description: 'What the scenario asks, in plain words' },
        extends: {
          type: 'string',
          minLength: 1,
          description: 'A scenario of the library by name, or a file by path: ./FILE.yaml',
        },
        mode: { enum: modes, description: 'Short for set: { aid.mode: … }' },
        set: settings(economy),
        deals: block(dealTables(economy)),
        shocks: {
          type: 'array',
          items: shock(economy),
          description: 'Columns moved over time, in the order in which they act',
        },
        run: run(),
        record: record(),
        report: block({ metrics: metricList }),
        sweep: sweep(economy),
      },
      ['name', 'question'],
    ),
    definitions: definitions(economy),
  }
}

/** What is named more than once: the columns of a record, and the rows of every table. */
function definitions(economy: Economy): Json {
  const rows = Object.entries(economy.rooms).flatMap(([room, { tables }]) =>
    Object.entries(tables as Tables).map(([name, declared]) => [`${room}.${name}`, rowsOf(declared)]),
  )
  return {
    column: { enum: pathColumns(economy) },
    values: { anyOf: [list({ type: 'number' }), block({ ...ends, steps, scale: spacing }, ['from', 'to', 'steps'])] },
    axes: dials(economy, reference('values'), (choices) => list({ enum: choices })),
    range: block({ ...ends, scale: spacing }, ['from', 'to']),
    ...Object.fromEntries(rows),
  }
}

const metricList: Json = { type: 'array', items: { enum: metrics.map((metric) => metric.name) } }
const ends = { from: { type: 'number' }, to: { type: 'number' } }
const steps: Json = {
  type: 'integer',
  minimum: 2,
  maximum: mostCells,
  description: 'How many values, both ends among them',
}
const spacing: Json = { enum: spacings, description: 'Even steps, or even ratios' }

function list(value: Json): Json {
  return { type: 'array', items: value, minItems: 1, maxItems: mostCells }
}

/** A block of dials: every parameter, and every number or choice of a row of a table; bounds are the reader's. */
function dials(economy: Economy, number: Json, choice: (choices: readonly string[]) => Json | null): Json {
  const properties: Record<string, Json | null> = {}
  const patternProperties: Record<string, Json | null> = {}
  for (const [name, room] of Object.entries(economy.rooms)) {
    for (const [p, declared] of Object.entries(room.parameters as Parameters))
      properties[`${name}.${p}`] = 'choices' in declared ? choice(declared.choices) : number
    for (const [t, declared] of Object.entries(room.tables as Tables)) {
      for (const [f, field] of Object.entries(declared.fields)) {
        const schema = field.kind === 'number' ? number : field.kind === 'choice' ? choice(field.choices) : null
        patternProperties[`^${name}\\.${t}\\..+\\.${f}$`] = schema
      }
    }
  }
  return block(withoutNull(properties), [], { patternProperties: withoutNull(patternProperties) })
}

function withoutNull(schemas: Readonly<Record<string, Json | null>>): Json {
  return Object.fromEntries(Object.entries(schemas).filter(([, schema]) => schema !== null))
}

function sweep(economy: Economy): Json {
  const points = { type: 'integer', minimum: 1, maximum: mostCells, description: 'How many cells: a power of two' }
  const scramble = { type: ['integer', 'string'], description: 'Seed of the points; the same seed, the same points' }
  const sampled = dials(economy, reference('range'), () => null)
  const design = {
    grid: { ...reference('axes'), description: 'Every combination of the values' },
    zip: { ...reference('axes'), description: 'The first values of all dials, the second ones, and so on' },
    sobol: block({ dials: sampled, points, scramble }, ['dials', 'points'], {
      description: 'Points that fill the space evenly',
    }),
  }
  const one = Object.keys(design).map((key) => ({ required: [key] }))
  return block({ ...design, metrics: metricList }, [], { oneOf: one, description: 'The cells of aidlab sweep' })
}

function reference(name: string): Json {
  return { $ref: `#/definitions/${name}` }
}

function settings(economy: Economy): Json {
  const properties: Record<string, Json> = {}
  const patternProperties: Record<string, Json> = {}
  for (const [name, room] of Object.entries(economy.rooms)) {
    for (const [p, declared] of Object.entries(room.parameters as Parameters))
      properties[`${name}.${p}`] = parameter(declared)
    for (const [t, declared] of Object.entries(room.tables as Tables)) {
      properties[`${name}.${t}`] = table(`${name}.${t}`, declared)
      for (const [f, field] of Object.entries(declared.fields)) {
        patternProperties[`^${name}\\.${t}\\..+\\.${f}$`] = setting(fieldOf(field), field.meaning, unitOf(field))
      }
    }
  }
  return {
    ...block(properties, [], { patternProperties }),
    description: 'room.parameter, room.table or room.table.row.field: value',
  }
}

/** A bare value, or a block of value, unit and because. */
function setting(value: Json, description: string, unit: string | undefined): Json {
  const long = block({ value, ...(unit !== undefined && { unit: { const: unit } }), because: reason }, ['value'])
  return { description, anyOf: [value, long] }
}

function parameter(declared: ParameterDeclaration): Json {
  const { meaning, source } = declared
  if ('choices' in declared) {
    const standard = `Standard: ${declared.value}. Source: ${source}`
    return { ...setting({ enum: declared.choices }, `${meaning}. ${standard}`, undefined), default: declared.value }
  }
  const { from, to, unit, integer, value } = declared
  const number = { type: integer ? 'integer' : 'number', minimum: from, maximum: to }
  const words = `${meaning}. Unit: ${unit}; from ${from} to ${to}. Standard: ${value}. Source: ${source}`
  return { ...setting(number, words, unit), default: value }
}

function unitOf(field: FieldDeclaration): string | undefined {
  return field.kind === 'number' ? field.unit : undefined
}

function fieldOf(field: FieldDeclaration): Json {
  if (field.kind === 'number') return { type: 'number', minimum: field.from, maximum: field.to }
  return field.kind === 'choice' ? { enum: field.choices } : { type: 'string' }
}

function rowsOf(declared: TableDeclaration): Json {
  const properties: Record<string, Json> = { name: { type: 'string', minLength: 1 } }
  for (const [name, field] of Object.entries(declared.fields)) {
    const unit = unitOf(field)
    properties[name] = {
      ...fieldOf(field),
      description: unit === undefined ? field.meaning : `${field.meaning}. Unit: ${unit}`,
    }
  }
  return { type: 'array', maxItems: declared.mostRows, items: block(properties, Object.keys(properties)) }
}

function table(name: string, declared: TableDeclaration): Json {
  const rows = reference(name)
  return {
    description: `${declared.meaning}. Source of the standard rows: ${declared.source}`,
    anyOf: [rows, block({ rows, because: reason }, ['rows'])],
  }
}

function dealTables(economy: Economy): Readonly<Record<string, Json>> {
  const tables = (economy.rooms['deals']?.tables ?? {}) as Tables
  return Object.fromEntries(dealKeys.flatMap((key) => (tables[key] ? [[key, table(`deals.${key}`, tables[key])]] : [])))
}

function shock(economy: Economy): Json {
  const levers = Object.entries(economy.rooms).flatMap(([room, { levers }]) =>
    Object.entries(levers as Levers).map(([name, lever]) => ({ column: `${room}.${name}`, lever })),
  )
  const words = levers.map(({ column, lever }) => `${column}: ${lever.meaning} (neutral ${lever.neutral})`)
  const properties = {
    column: { enum: levers.map(({ column }) => column), description: words.join('\n') },
    at: { ...day, description: 'When it begins: a date, a time in UTC, or a day of the run' },
    until: { ...day, description: 'When it ends; without until it stays to the end of the run' },
    to: { type: 'number', description: 'What the column becomes' },
    times: { type: 'number', description: 'What the column is multiplied by' },
    over: { ...duration, description: 'How long the change takes, in a straight line; without over it is at once' },
    'back over': { ...duration, description: 'How long the way back takes after until' },
    expression: {
      type: ['string', 'number'],
      description:
        'What the column becomes, from t (days since at), day (days of the run) and value (the column so far)',
    },
    because: reason,
  }
  const one = ['to', 'times', 'expression'].map((key) => ({ required: [key] }))
  const bounds = levers.map(({ column, lever }) => ({
    if: { properties: { column: { const: column } } },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    then: { properties: { to: { minimum: lever.from, maximum: lever.to } } },
  }))
  return block(properties, ['column'], { oneOf: one, allOf: bounds })
}

function run(): Json {
  return block({
    start: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'First day, such as 2026-07-01' },
    days: { type: 'integer', minimum: 1, maximum: mostDays, description: 'Length of a path' },
    paths: { type: 'integer', minimum: 1, maximum: mostPaths, description: 'How many years of luck are simulated' },
    seed: { type: ['integer', 'string'], description: 'A whole number or a text; the same seed, the same luck' },
    ticksPerDay: {
      type: 'integer',
      minimum: 1,
      maximum: 24,
      description: 'How often markets meet each day; 24 is hourly',
    },
  })
}

function record(): Json {
  const column = reference('column')
  const series = block({ column, scale: { enum: scales }, from: { type: 'number' }, to: { type: 'number' } }, [
    'column',
    'from',
    'to',
  ])
  return block({ outcomes: { type: 'array', items: column }, series: { type: 'array', items: series } })
}
