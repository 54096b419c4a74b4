/** A scenario: a question about the economy as a file, read into one normal form that a run, a thread and a report share. */
import { formatDate, parseDate } from '../sim/kernel/calendar.ts'
import type { Row } from '../sim/kernel/declarations.ts'
import type { Economy } from '../sim/kernel/economy.ts'
import { InputError } from '../sim/kernel/errors.ts'
import { makePlan, mostDays, type Plan } from '../sim/kernel/plan.ts'
import { seedKey } from '../sim/kernel/random/seed.ts'
import { Simulator } from '../sim/kernel/simulator.ts'
import { parseScenarioFile, type runKeys, type ScenarioFile } from './grammar.ts'
import { type RecordExtras, type ReportWishes, readRecord, readReport } from './keeping.ts'
import { sampleLevers } from './levers.ts'
import { scenarioFrom, sortKeys } from './normalForm.ts'
import { type Entry, fail, type Place, placed, readTree, shown, type Tree, textOf, wholeOf } from './positions.ts'
import { nothingSet, type Setting, type Settled, settle } from './settings.ts'
import { type PlacedShock, readShock, type Shock, shockWords } from './shocks.ts'
import type { SweepWish } from './sweep.ts'
import { readSweep } from './sweepGrammar.ts'

export { scenarioFrom } from './normalForm.ts'

export interface Scenario {
  readonly name: string
  readonly question: string
  /** The file as it was given. */
  readonly file: string
  /** Names of the scenarios that it extends, the nearest first. */
  readonly ancestry: readonly string[]
  /** ISO date of the first day. */
  readonly start: string
  readonly days: number
  readonly paths: number
  readonly seed: string
  readonly ticksPerDay: number
  /** Only what is set: room → parameter → value. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, number | string>>>>
  /** Only tables that are replaced or changed, whole: room → table → rows. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>>
  readonly shocks: readonly Shock[]
  /** Why a value is set, by room.parameter, room.table or room.table.row.field. */
  readonly because: Readonly<Record<string, string>>
  /** What to keep beyond what every run keeps. */
  readonly record: RecordExtras
  readonly report: ReportWishes
  /** All of the above but file and ancestry, as JSON with sorted keys: what is stored and hashed. */
  readonly normalForm: unknown
  /** The cells of a sweep, no part of what a run is: the same run, whether or not a sweep stands beside it. */
  readonly sweep?: SweepWish
}

/** Reads the text of another scenario: `reference` is a name of the library or a path, `from` the file that names it. */
export type Load = (reference: string, from: string) => { readonly text: string; readonly file: string }

/** What a command line changes; `set` has texts such as room.parameter=value. */
export interface Overrides {
  readonly paths?: number
  readonly days?: number
  readonly seed?: string | number
  readonly set?: readonly string[]
}

/** The most paths of a run: what a 32-bit path number holds, rounded down. */
export const mostPaths = 2_000_000_000

/**
 * Reads a scenario with all that it extends, checks every name, unit and bound against the rooms, and brings it into normal form.
 * @param file name of the file as errors show it
 * @throws InputError `file:line:column message`, or naming the option where an override is wrong
 */
export function resolveScenario(
  text: string,
  file: string,
  load: Load,
  overrides: Overrides,
  economy: Economy,
): Scenario {
  const files = withAncestors(parseScenarioFile(text, file), load)
  const settled = nothingSet()
  for (const one of files) settle(settled, one.settings, economy)
  settle(settled, (overrides.set ?? []).map(readOption), economy)
  const run = readRun(files, overrides)
  const startDay = parseDate(run.start)
  const shocks = files.flatMap((one) => one.shocks.map((tree) => readShock(tree, economy, startDay)))
  if (overrides.days === undefined) checkBegun(shocks, run.days)
  sampleLevers(shocks, economy, run.days, run.ticksPerDay)
  const [own] = files.slice(-1)
  const { parameters, tables, because } = settled
  const content = {
    name: own.name,
    question: own.question,
    ...run,
    parameters,
    tables,
    shocks: shocks.map(({ shock }) => shock),
    because,
    record: recordOf(files, economy),
    report: readReport(lastGiven(files, 'report')),
  }
  const ancestry = files.slice(0, -1).map((one) => one.name)
  const scenario = scenarioFrom(sortKeys(content), file, ancestry.reverse())
  checkRooms(scenario, settled, economy, own)
  const sweep = lastGiven(files, 'sweep')
  return sweep === undefined ? scenario : { ...scenario, sweep: readSweep(sweep, scenario, economy) }
}

/** Every number that the run needs. @throws InputError when the scenario does not fit the economy */
export function planOf(scenario: Scenario, economy: Economy): Plan {
  const { start, days, ticksPerDay, parameters, tables, shocks, seed } = scenario
  const place = `${scenario.file}:`
  const levers = sampleLevers(
    shocks.map((shock) => ({ shock, place })),
    economy,
    days,
    ticksPerDay,
  )
  return makePlan(economy, {
    seed: seedKey(seed),
    startDay: parseDate(start),
    days,
    ticksPerDay,
    parameters,
    tables,
    levers,
  })
}

/** Each shock in plain words, in the order in which they act. */
export function describeShocks(scenario: Scenario): readonly { readonly column: string; readonly words: string }[] {
  return shockWords(scenario.shocks, scenario.start, scenario.days)
}

/** The files from the oldest ancestor to the scenario itself. */
function withAncestors(own: ScenarioFile, load: Load): readonly ScenarioFile[] {
  const chain = [own]
  for (let child = own; child.extends !== undefined; child = chain[0]) {
    const { value, place } = child.extends
    const found = placed(place, () => load(value, child.file))
    if (chain.some((one) => one.file === found.file)) {
      const circle = [found.file, ...chain.map((one) => one.file)]
      const from = circle.lastIndexOf(found.file)
      fail(
        place,
        `extends ${value} goes in a circle: ${circle
          .slice(0, from + 1)
          .reverse()
          .join(' → ')}; a scenario must end at one that extends nothing`,
      )
    }
    chain.unshift(parseScenarioFile(found.text, found.file))
  }
  return chain
}

function readOption(option: string): Setting {
  const place = `--set ${option}:`
  const at = option.indexOf('=')
  if (at < 1 || at === option.length - 1) fail(place, 'write room.parameter=value')
  const name = option.slice(0, at).trim()
  return { name, place, value: readTree(option.slice(at + 1), () => place) }
}

interface Run {
  readonly start: string
  readonly days: number
  readonly paths: number
  readonly seed: string
  readonly ticksPerDay: number
}

const runExamples: Readonly<Record<(typeof runKeys)[number], string>> = {
  start: 'start: 2026-07-01',
  days: 'days: 365',
  paths: 'paths: 2000',
  seed: 'seed: 1',
  ticksPerDay: 'ticksPerDay: 24',
}

function readRun(files: readonly ScenarioFile[], overrides: Overrides): Run {
  const entry = (key: (typeof runKeys)[number]): Tree => {
    const given: unknown = key === 'paths' || key === 'days' || key === 'seed' ? overrides[key] : undefined
    if (given !== undefined) return optionTree(key, given as string | number)
    const found = files.map((one) => one.run.get(key)).findLast((one): one is Entry => one !== undefined)
    if (found) return found.value
    fail(`${files.at(-1)!.file}:1:1`, `run.${key} is missing; write extends: base, or run: { ${runExamples[key]} }`)
  }
  return {
    start: readStart(entry('start')),
    days: wholeOf(entry('days'), 'days', 1, mostDays),
    paths: wholeOf(entry('paths'), 'paths', 1, mostPaths),
    seed: readSeed(entry('seed')),
    ticksPerDay: wholeOf(entry('ticksPerDay'), 'ticksPerDay', 1, 24),
  }
}

function optionTree(key: string, value: string | number): Tree {
  const place = `--${key} ${value}:`
  return { kind: 'leaf', place, value, inside: () => place }
}

function readStart(tree: Tree): string {
  const text = textOf(tree, 'start', 'a date such as 2026-07-01')
  return placed(tree.place, () => formatDate(parseDate(text)))
}

function readSeed(tree: Tree): string {
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (typeof value !== 'number' && typeof value !== 'string')
    fail(tree.place, `seed is ${shown(tree)}; it must be a whole number or a text`)
  placed(tree.place, () => seedKey(value))
  return String(value)
}

function checkBegun(shocks: readonly PlacedShock[], days: number): void {
  for (const { shock, place } of shocks) {
    if (shock.atHours < days * 24) continue
    fail(
      place,
      `the shock on ${shock.column} begins at day ${shock.atHours / 24}, after the ${days} days of the run; it must begin earlier, or run.days be longer`,
    )
  }
}

function lastGiven(files: readonly ScenarioFile[], key: 'record' | 'report' | 'sweep'): Tree | undefined {
  return files.map((one) => one[key]).findLast((tree) => tree !== undefined)
}

/** What the whole ancestry asks to keep, each column once; the nearest file says how a series is counted. */
function recordOf(files: readonly ScenarioFile[], economy: Economy): RecordExtras {
  const records = files.map((one) => readRecord(one.record, economy))
  const series = new Map(records.flatMap((one) => one.series.map((s) => [s.column, s] as const)))
  return { outcomes: [...new Set(records.flatMap((one) => one.outcomes))], series: [...series.values()] }
}

/** What only the rooms know, such as a deal whose borrower has no row: they are opened once, for one path. */
function checkRooms(scenario: Scenario, settled: Settled, economy: Economy, own: ScenarioFile): void {
  try {
    new Simulator(economy, planOf(scenario, economy), 1)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    fail(placeOf(error.message, settled.places) ?? `${own.file}:1:1`, error.message)
  }
}

/** The place of the setting that a message of a room speaks of: the longest name in it that the scenario sets. */
function placeOf(message: string, places: ReadonlyMap<string, Place>): Place | undefined {
  const spoken = [...places.keys()].filter(
    (name) => message.includes(name) || message.includes(name.split('.').slice(1).join('.')),
  )
  spoken.sort((a, b) => b.length - a.length)
  return spoken.length > 0 ? places.get(spoken[0]) : undefined
}
