/** The JSON Schema of policy files, for editors: completion of metrics, statistics and limits, with what each metric means. */
import { metrics } from '../models/metrics.ts'
import type { Economy } from '../sim/kernel/economy.ts'
import { changeRangeOf, type Metric, type Range, rangeOf } from '../sim/kernel/metric.ts'
import { mostDays } from '../sim/kernel/plan.ts'
import { namePattern } from './grammar.ts'
import { mostStatements, usualConfidence } from './policy.ts'
import { statementNamePattern } from './policyStatement.ts'
import { mostPaths } from './scenario.ts'

type Json = Readonly<Record<string, unknown>>

function block(properties: Json, required: readonly string[], description: string, rest: Json = {}): Json {
  return { type: 'object', description, properties, required, additionalProperties: false, ...rest }
}

const text = (description: string): Json => ({ type: 'string', minLength: 1, description })
const yes = (description: string): Json => ({ enum: [true, false, 'yes', 'no'], description })
const confidence = (description: string): Json => ({
  type: 'number',
  exclusiveMinimum: 0.5,
  exclusiveMaximum: 1,
  description,
})

/** The schema (draft-07, which editors know best) of policies about an economy. */
export function policySchema(economy: Economy): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Policy about the economy ${economy.name}`,
    description: 'Generated from the metrics; do not edit.',
    ...block(
      {
        name: { type: 'string', pattern: namePattern, maxLength: 60, description: 'Name of the policy' },
        question: text('What the policy asks, in plain words'),
        scenario: subject('What is judged'),
        baseline: subject('What changes are measured against, on the same luck'),
        run: run(),
        confidence: confidence(`Of each verdict; ${usualConfidence} by default`),
        together: yes('yes: the confidence is that of all verdicts at once (Bonferroni); no, the default: of each'),
        undecided: { enum: ['fail', 'pass'], description: 'What a statement does that the budget does not decide' },
        statements: { type: 'array', minItems: 1, maxItems: mostStatements, items: statement() },
      },
      ['name', 'question', 'scenario', 'statements'],
      'Generated from the metrics; do not edit.',
    ),
  }
}

function subject(description: string): Json {
  const name = text('A scenario of the library by name, or a file by path from the policy: ./FILE.yaml')
  const set = {
    type: 'object',
    additionalProperties: { type: ['number', 'string'] },
    description: 'room.parameter: value, or room.table.ROW.field: value',
  }
  return { description, anyOf: [name, block({ scenario: name, set }, ['scenario'], description)] }
}

function run(): Json {
  const whole = (minimum: number, maximum: number, description: string): Json => ({
    type: 'integer',
    minimum,
    maximum,
    description,
  })
  const properties = {
    paths: whole(2, mostPaths, 'Paths of the first look; each look doubles them'),
    budget: whole(2, mostPaths, 'Most paths, all looks together; the paths of the scenario by default'),
    days: whole(1, mostDays, 'Length of a path; that of the scenario by default'),
    seed: {
      type: ['integer', 'string'],
      description: 'Luck of scenario and baseline; that of the scenario by default',
    },
  }
  return block(properties, [], 'How many paths may be used')
}

function statement(): Json {
  const unit = { type: 'string', description: 'Unit of the metric, to be sure' }
  const number = { type: 'number' }
  const limit = block({ atMost: number, atLeast: number, unit }, [], 'One of atMost and atLeast', {
    oneOf: [{ required: ['atMost'] }, { required: ['atLeast'] }],
  })
  const properties = {
    name: { type: 'string', pattern: statementNamePattern, maxLength: 80, description: 'Unique in the policy' },
    metric: { enum: metrics.map(({ name }) => name), description: metrics.map(described).join('\n') },
    statistic: {
      enum: ['probability', 'mean', 'quantile', 'expectedShortfall'],
      description: 'probability of an event; mean, quantile or expectedShortfall of an amount',
    },
    level: {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'Of a quantile counted upwards; of an expected shortfall counted from the good end, such as 0.975',
    },
    limit,
    confidence: confidence('Of this verdict, where it differs from the policy’s'),
    baseline: yes('yes: the change against the baseline is limited'),
    indications: {
      enum: ['refuse', 'accept'],
      description:
        'Of a mean, an expectedShortfall or the change of a quantile: accept lets a verdict rest on fewer than 50 tail paths, or on a heavy tail',
    },
    because: text('Why this limit'),
  }
  return block(properties, ['metric', 'statistic', 'limit'], 'What must hold', { allOf: fitting() })
}

function described({ name, kind, unit, meaning }: Metric): string {
  return `${name} (${kind === 'event' ? 'event' : unit}): ${meaning}`
}

/** Which statistics fit which metric, which have a level, and the unit that a limit may name. */
function fitting(): readonly Json[] {
  const events = metrics.filter(({ kind }) => kind === 'event').map(({ name }) => name)
  const when = (condition: Json, then: Json, required?: readonly string[]): Json => ({
    if: { properties: condition, ...(required && { required }) },
    then,
  })
  const only = (...statistics: readonly string[]): Json => ({ properties: { statistic: { enum: statistics } } })
  const amounts = metrics.filter(({ kind }) => kind === 'amount').map(({ name }) => name)
  return [
    when({ metric: { enum: events } }, only('probability')),
    when({ metric: { enum: amounts } }, only('mean', 'quantile', 'expectedShortfall')),
    when({ statistic: { enum: ['quantile', 'expectedShortfall'] } }, { required: ['level'] }),
    when({ statistic: { enum: ['probability', 'mean'] } }, { not: { required: ['level'] } }),
    when({ statistic: { const: 'probability' } }, { not: { required: ['indications'] } }),
    when(
      { statistic: { const: 'quantile' }, baseline: { enum: [false, 'no'] } },
      { not: { required: ['indications'] } },
    ),
    ...metrics.map(({ name, unit }) =>
      when({ metric: { const: name } }, { properties: { limit: { properties: { unit: { const: unit } } } } }),
    ),
    ...reach().map(({ names, change, limit }) =>
      when(
        { metric: { enum: names }, baseline: { enum: change ? [true, 'yes'] : [false, 'no'] } },
        { properties: { limit } },
        change ? ['baseline'] : undefined,
      ),
    ),
  ]
}

/** What a limit can be, for all metrics that can be the same. */
function reach() {
  const groups = new Map<string, Metric[]>()
  for (const metric of metrics) {
    const { lowest, highest } = rangeOf(metric)
    const key = `${metric.kind} ${lowest} ${highest}`
    groups.set(key, [...(groups.get(key) ?? []), metric])
  }
  return [...groups.values()].flatMap((group) =>
    [false, true].flatMap((change) => {
      const [{ kind }] = group
      const limit = limitWithin(change ? changeRangeOf(group[0]) : rangeOf(group[0]), kind === 'event')
      return limit === undefined ? [] : [{ names: group.map(({ name }) => name), change, limit }]
    }),
  )
}

/** @param isOpen the kept end is out of reach too, as 0 is of a probability */
function limitWithin({ lowest, highest }: Range, isOpen: boolean): Json | undefined {
  const from = (excluded: boolean): Json =>
    Number.isFinite(lowest) ? { [excluded ? 'exclusiveMinimum' : 'minimum']: lowest } : {}
  const to = (excluded: boolean): Json =>
    Number.isFinite(highest) ? { [excluded ? 'exclusiveMaximum' : 'maximum']: highest } : {}
  const atMost = { ...from(isOpen), ...to(true) }
  const atLeast = { ...from(true), ...to(isOpen) }
  return Object.keys(atMost).length === 0 ? undefined : { properties: { atMost, atLeast } }
}
