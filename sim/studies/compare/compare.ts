/** Two policies on the same luck: what differs, how surely, and on which paths it decides between failing and holding. */
import { formatDate } from '../../kernel/calendar.ts'
import type { ColumnDeclarations, Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import type { Plan } from '../../kernel/plan.ts'
import { holm } from '../../statistics/multiplicity.ts'
import type { Laboratory, TidyTable } from '../laboratory.ts'
import { evaluateMetric, type Metric, type OutcomeColumns } from '../metric.ts'
import { type Change, changesBetween } from './changes.ts'
import { power } from './detectable.ts'
import {
  type Alone,
  type AmountAlone,
  type AmountDifference,
  amountDifference,
  type Difference,
  type EventDifference,
  eventDifference,
} from './differences.ts'
import { type Flip, flipsOf, type PairedEvent, pathsToTell } from './flips.ts'
import {
  type DailySeries,
  type Parting,
  partings,
  type StoryDifference,
  type StoryEvent,
  storyDifference,
} from './parting.ts'
import { differenceTable, flipTable } from './tables.ts'

/** A policy by the name under which it is spoken of. */
export interface Policy {
  readonly name: string
  readonly plan: Plan
}

export interface CompareQuestion {
  readonly first: Policy
  readonly second: Policy
  readonly paths: number
  readonly confidence: number
  /** How many of the paths that fail under one policy only are told. */
  readonly told: number
}

/** Simulates a path alone, and tells it from its daily columns; `commands` are the lines by which a reader does the same. */
export type TellPath = (
  plan: Plan,
  path: number,
) => { readonly series: DailySeries; readonly events: readonly StoryEvent[]; readonly commands: readonly string[] }

/** What of a told path is drawn: a column under both policies. */
export interface Course {
  readonly column: string
  readonly unit: string
  readonly meaning: string
  /** One number a day; null where it is not finite. */
  readonly first: readonly (number | null)[]
  readonly second: readonly (number | null)[]
}

/** An event that happens under one policy only, and the outcome that decides it. */
export interface Decided {
  readonly event: string
  /** What the event is, in words. */
  readonly happens: string
  readonly under: Flip['under']
  readonly column: string
  readonly unit: string
  readonly meaning: string
  readonly first: number
  readonly second: number
}

export interface ToldFlip {
  readonly path: number
  readonly decided: readonly Decided[]
  readonly story: StoryDifference
  /** Where the two courses part, in the order of days. */
  readonly partings: readonly (Parting & { readonly unit: string; readonly meaning: string })[]
  readonly courses: readonly Course[]
  /** Command lines that simulate the path alone under each policy, to be given one after the other. */
  readonly replay: Readonly<Record<'first' | 'second', readonly string[]>>
}

export interface CompareAnswer {
  readonly kind: 'compare'
  readonly first: string
  readonly second: string
  readonly changes: readonly Change[]
  readonly paths: number
  /** ISO date of the first day. */
  readonly start: string
  readonly days: number
  readonly confidence: number
  /** How often a difference of the smallest size is told apart. */
  readonly power: number
  /** Tests that Holm's p-values count: every event, every mean, every expected shortfall. */
  readonly tests: number
  /** Paths that fail under one policy only, by any event. */
  readonly flipping: number
  readonly events: readonly EventDifference[]
  readonly amounts: readonly AmountDifference[]
  readonly told: readonly ToldFlip[]
  readonly tables: Readonly<Record<'differences' | 'flips', TidyTable>>
}

/**
 * Simulates both policies on the same paths.
 * @param tell for the paths that fail under one policy only
 * @param columns of a told path in which its two courses are held against each other
 * @throws InputError when the two cannot share their luck, or ask the same
 */
export async function compare(
  question: CompareQuestion,
  laboratory: Laboratory,
  tell: TellPath,
  columns: readonly string[],
): Promise<CompareAnswer> {
  const { first, second, paths, confidence } = question
  requireComparable(question)
  const changes = changesBetween(first.plan, second.plan, laboratory.economy)
  if (changes.length === 0)
    throw new InputError(`${first.name} and ${second.name} ask the same; change something in one of them`)
  const ask = (plan: Plan): Promise<OutcomeColumns> => laboratory.simulate({ plan, from: 0, to: paths })
  const [one, two] = await Promise.all([ask(first.plan), ask(second.plan)])
  laboratory.say(`taking ${paths} differences of ${laboratory.metrics.length} metrics`)
  const pairs = laboratory.metrics.map((metric) => ({
    metric,
    first: evaluateMetric(metric, one, paths),
    second: evaluateMetric(metric, two, paths),
  }))
  const { events, amounts, tests } = counted(pairs, confidence)
  const flips = flipsOf(pairs.filter(({ metric }) => metric.kind === 'event'))
  const told = pathsToTell(flips, question.told)
  if (told.length > 0) laboratory.say(`telling ${told.length} paths that fail under one policy only`)
  return {
    kind: 'compare',
    first: first.name,
    second: second.name,
    changes,
    paths,
    start: formatDate(first.plan.startDay),
    days: first.plan.days,
    confidence,
    power,
    tests,
    flipping: new Set(flips.map(({ path }) => path)).size,
    events,
    amounts,
    told: told.map((path) =>
      tellFlip(path, decidedOf(path, flips, [one, two], laboratory), question, laboratory, tell, columns),
    ),
    tables: { differences: differenceTable(events, amounts, paths), flips: flipTable(flips, question) },
  }
}

/** @throws InputError when seed, start, days or ticks differ, or a number of the question is impossible */
export function requireComparable({ first, second, paths, confidence }: CompareQuestion): void {
  const [a, b] = [first.plan, second.plan]
  const differ = (what: string, one: string | number, two: string | number, right: string): void => {
    if (one === two) return
    throw new InputError(
      `${first.name} has ${what} ${one} and ${second.name} ${two}; paths share their luck only where both have the same: ${right}`,
    )
  }
  differ('days', a.days, b.days, 'give --days')
  differ('ticksPerDay', a.ticksPerDay, b.ticksPerDay, 'give both the same run.ticksPerDay')
  differ('start day', a.startDay, b.startDay, 'give both the same run.start')
  differ('seed key', a.seed.join(':'), b.seed.join(':'), 'give --seed')
  if (!(Number.isSafeInteger(paths) && paths >= 2))
    throw new InputError(`paths is ${paths}; a comparison needs a whole number of paths, at least 2`)
  if (!(confidence > 0.5 && confidence < 1))
    throw new InputError(`confidence is ${confidence}; it must lie between 0.5 and 1, such as 0.95`)
}

/** Every difference, with what remains of it when all tests are counted. */
function counted(pairs: readonly PairedEvent[], confidence: number) {
  const isEvent = ({ metric }: { metric: Metric }): boolean => metric.kind === 'event'
  const events = pairs.filter(isEvent).map((p) => eventDifference(p.metric, p.first, p.second, confidence))
  const amounts = pairs
    .filter((pair) => !isEvent(pair))
    .map((p) => amountDifference(p.metric, p.first, p.second, confidence))
  const tested = [...events, ...amounts.flatMap(testedStatistics)].map(({ difference }) => difference)
  const adjusted = holm(tested.map(({ p }) => p))
  const adjustedOf = new Map(tested.map((difference, i) => [difference, adjusted[i]]))
  const withHolm = <D extends { readonly difference: Alone<EventDifference>['difference'] }>(one: D) => {
    const found = adjustedOf.get(one.difference) ?? null
    const isTold = one.difference.verdict === 'better' || one.difference.verdict === 'worse'
    const remains = isTold && found !== null && found <= 1 - confidence
    return { ...one, difference: { ...one.difference, adjusted: found, remains } satisfies Difference }
  }
  return {
    events: events.map(withHolm),
    amounts: amounts.map((amount) => ({ ...amount, statistics: amount.statistics.map(withHolm) })),
    tests: tested.length,
  }
}

function testedStatistics({ statistics }: AmountAlone): AmountAlone['statistics'] {
  return statistics.filter(({ statistic }) => statistic !== 'quantile')
}

const mostPartings = 8
const mostCourses = 4

/** What decides each event that a path meets under one policy only. */
function decidedOf(
  path: number,
  flips: readonly Flip[],
  [first, second]: readonly [OutcomeColumns, OutcomeColumns],
  { economy, metrics }: Laboratory,
): readonly Decided[] {
  return flips
    .filter((flip) => flip.path === path)
    .map(({ event, under }) => {
      const { columns, meaning: happens } = metrics.find(({ name }) => name === event) as Metric
      const [column] = columns
      return {
        event,
        happens,
        under,
        column,
        ...wordsOf(economy, column),
        first: first[column][path],
        second: second[column][path],
      }
    })
}

function wordsOf(economy: Economy, column: string): { readonly unit: string; readonly meaning: string } {
  const [room, name] = column.split('.')
  const { unit, meaning } = (economy.rooms[room].state as ColumnDeclarations)[name]
  return { unit, meaning }
}

function tellFlip(
  path: number,
  decided: readonly Decided[],
  { first, second }: CompareQuestion,
  { economy }: Laboratory,
  tell: TellPath,
  columns: readonly string[],
): ToldFlip {
  const [one, two] = [tell(first.plan, path), tell(second.plan, path)]
  const watched = columns.map((name) => ({ name, unit: wordsOf(economy, name).unit }))
  const parted = partings(one.series, two.series, watched).slice(0, mostPartings)
  const finite = (values: Float64Array): (number | null)[] =>
    Array.from(values, (value) => (Number.isFinite(value) ? value : null))
  return {
    path,
    decided,
    story: storyDifference(one.events, two.events),
    partings: parted.map((parting) => ({ ...parting, ...wordsOf(economy, parting.column) })),
    courses: parted.slice(0, mostCourses).map(({ column }) => ({
      column,
      ...wordsOf(economy, column),
      first: finite(one.series[column]),
      second: finite(two.series[column]),
    })),
    replay: { first: one.commands, second: two.commands },
  }
}
