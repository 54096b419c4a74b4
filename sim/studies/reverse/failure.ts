/** What counts as a failure: events of the model, or amounts beyond a limit. */
import { InputError } from '../../kernel/errors.ts'
import { nextAbove, nextBelow } from '../../kernel/maths/adjacent.ts'
import { requirePassable } from '../../kernel/metric.ts'
import { nearest } from '../../kernel/plan.ts'
import { evaluateMetric, type Metric, type OutcomeColumns } from '../metric.ts'

export interface Failure {
  /** As it was asked, such as depeg_2pct_24h or saidLoss > 0.3. */
  readonly text: string
  /** In plain words. */
  readonly meaning: string
  /** Outcome columns that it reads. */
  readonly columns: readonly string[]
  readonly happened: (outcome: Readonly<Record<string, number>>) => boolean
  /** Each failure by itself: a metric, and for amounts what it is worse than, which is a hair short of a limit that fails itself. */
  readonly parts: readonly { readonly metric: string; readonly beyond?: number }[]
}

/**
 * Reads `event`, `amount > limit` or `amount < limit`; several at once mean any of them.
 * @throws InputError naming the metric, the limit and what would be right
 */
export function readFailures(texts: readonly string[], metrics: readonly Metric[]): Failure {
  if (texts.length === 0) throw new InputError('no failure is named; give --failure, such as --failure depeg_2pct_24h')
  const failures = texts.map((text) => readFailure(text, metrics))
  if (failures.length === 1) return failures[0]
  return {
    text: failures.map(({ text }) => text).join(' or '),
    meaning: failures.map(({ meaning }) => meaning).join(', or: '),
    columns: [...new Set(failures.flatMap(({ columns }) => columns))],
    happened: (outcome) => failures.some(({ happened }) => happened(outcome)),
    parts: failures.flatMap(({ parts }) => parts),
  }
}

function readFailure(text: string, metrics: readonly Metric[]): Failure {
  const parts = /^\s*([\w.]+)\s*(?:([<>]=?)\s*(.*?))?\s*$/.exec(text)
  if (!parts)
    throw new InputError(`--failure ${text}: write the name of an event, or amount > limit, such as "saidLoss > 0.3"`)
  const [, name, sign, limit] = parts
  const metric = metrics.find((one) => one.name === name)
  if (!metric) {
    const names = metrics.map((one) => one.name)
    const near = nearest(name, names)
    throw new InputError(
      `--failure ${text}: unknown metric ${name}; ${near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`}`,
    )
  }
  return metric.kind === 'event' ? eventFailure(text, metric, sign) : amountFailure(text, metric, sign, limit)
}

function eventFailure(text: string, metric: Metric, sign: string | undefined): Failure {
  const { name, meaning, columns } = metric
  if (sign !== undefined) {
    throw new InputError(`--failure ${text}: ${name} is an event, which happens or not; name it alone`)
  }
  return {
    text: name,
    meaning,
    columns,
    happened: (outcome) => metric.evaluate(outcome) !== 0,
    parts: [{ metric: name }],
  }
}

function amountFailure(text: string, metric: Metric, sign: string | undefined, limit: string | undefined): Failure {
  const { name, meaning, unit, bad, columns } = metric
  const right = bad === 'high' ? '>' : '<'
  if (sign === undefined) {
    throw new InputError(
      `--failure ${text}: ${name} is an amount; say how much is a failure, such as "${name} ${right} 0.3"`,
    )
  }
  const value = limit === undefined || limit === '' ? Number.NaN : Number(limit)
  if (!Number.isFinite(value)) {
    throw new InputError(
      `--failure ${text}: the limit is ${limit === '' ? 'missing' : limit}; it must be a number${unit === '1' ? '' : ` in ${unit}`}`,
    )
  }
  if (!sign.startsWith(right)) {
    throw new InputError(`--failure ${text}: the bad end of ${name} is ${bad}; write "${name} ${right} ${value}"`)
  }
  requirePassable(metric, value, sign.endsWith('='), `--failure ${text}: `)
  const happened = (outcome: Readonly<Record<string, number>>): boolean => {
    const amount = metric.evaluate(outcome)
    if (sign === '>') return amount > value
    if (sign === '>=') return amount >= value
    return sign === '<' ? amount < value : amount <= value
  }
  return {
    text: `${name} ${sign} ${value}`,
    meaning: `${meaning} is ${sign === '>' ? 'above' : sign === '<' ? 'below' : sign} ${unit === '1' ? `${Number((100 * value).toPrecision(12))} %` : `${value} ${unit}`}`,
    columns,
    happened,
    parts: [{ metric: name, beyond: sign === '>=' ? nextBelow(value) : sign === '<=' ? nextAbove(value) : value }],
  }
}

/** 1 for each path that failed, in path order. */
export function failuresOf(failure: Failure, columns: OutcomeColumns, paths: number): Uint8Array {
  const asEvent: Metric = {
    name: failure.text,
    meaning: failure.meaning,
    unit: '1',
    kind: 'event',
    bad: 'high',
    columns: failure.columns,
    evaluate: (outcome) => (failure.happened(outcome) ? 1 : 0),
  }
  return Uint8Array.from(evaluateMetric(asEvent, columns, paths))
}

/** How many failed. */
export function countOf(failed: ArrayLike<number>): number {
  let count = 0
  for (let p = 0; p < failed.length; p++) count += failed[p]
  return count
}
