/** A policy: statements that a scenario must keep, each with a limit and a confidence, read from YAML with the place of every error. */
import { mostDays } from '../sim/kernel/plan.ts'
import { seedKey } from '../sim/kernel/random/seed.ts'
import { namePattern, type Placed } from './grammar.ts'
import { type PlacedStatement, readConfidence, readStatement, type Statement } from './policyStatement.ts'
import {
  type Entry,
  fail,
  fields,
  items,
  jsonOf,
  type Place,
  placed,
  readTree,
  shown,
  type Tree,
  textOf,
  wholeOf,
} from './positions.ts'
import { mostPaths } from './scenario.ts'

/** A number of a scenario turned by the policy. */
export interface PolicySetting {
  readonly name: string
  readonly place: Place
  readonly value: Tree
}

/** A scenario that a policy names. */
export interface Subject {
  /** A name of the library, or a path from the folder of the policy. */
  readonly reference: Placed<string>
  readonly set: readonly PolicySetting[]
}

export interface PolicyRun {
  /** Paths of the first look. */
  readonly paths?: number
  /** Most paths, all looks together. */
  readonly budget?: number
  readonly days?: number
  readonly seed?: string | number
}

export interface Policy {
  readonly file: string
  readonly name: string
  readonly question: string
  readonly scenario: Subject
  readonly baseline?: Subject
  readonly run: PolicyRun
  readonly confidence: number
  /** The confidence is that of all verdicts at once, not of each. */
  readonly together: boolean
  /** What a statement ends as that the budget does not decide. */
  readonly undecided: 'fail' | 'pass'
  readonly statements: readonly Statement[]
  /** Where each statement stands, in the same order. */
  readonly places: readonly Place[]
}

export const policyKeys = [
  'name',
  'question',
  'scenario',
  'baseline',
  'run',
  'confidence',
  'together',
  'undecided',
  'statements',
] as const
export const policyRunKeys = ['paths', 'budget', 'days', 'seed'] as const
export const subjectKeys = ['scenario', 'set'] as const
export const mostStatements = 200
/** One-sided, as in sizing: with it nothing among 299 paths shows that a probability is at most 1 %. */
export const usualConfidence = 0.95

/**
 * Reads a policy; scenarios are named, not yet read.
 * @param file its name, as errors show it
 * @throws InputError `file:line:column message`
 */
export function parsePolicy(text: string, file: string): Policy {
  const tree = readTree(
    text,
    (line, column) => `${file}:${line}:${column}`,
    'a policy begins with name, question and scenario',
  )
  const found = fields(tree, 'a policy', policyKeys)
  const given = (key: (typeof policyKeys)[number], example: string): Entry => {
    const entry = found.get(key)
    return entry ?? fail(tree.place, `${key} is missing; write ${example}`)
  }
  const optional = <T>(key: (typeof policyKeys)[number], read: (value: Tree) => T, otherwise: T): T => {
    const entry = found.get(key)
    return entry ? read(entry.value) : otherwise
  }
  const statements = readStatements(given('statements', 'statements: with one "- " for each'))
  const confidence = optional('confidence', readConfidence, usualConfidence)
  const together = optional('together', readTogether, false)
  const baseline = found.get('baseline')
  checkConfidences(statements, together)
  checkBaseline(statements, baseline)
  return {
    file,
    name: readName(given('name', 'name: base-policy')),
    question: textOf(given('question', 'what is asked, in plain words').value, 'question', 'a sentence').replace(
      /\s+/g,
      ' ',
    ),
    scenario: readSubject(given('scenario', 'scenario: base, a name of the library or ./FILE.yaml').value, 'scenario'),
    baseline: baseline && readSubject(baseline.value, 'baseline'),
    run: optional('run', readRun, {}),
    confidence,
    together,
    undecided: optional('undecided', readUndecided, 'fail'),
    statements: statements.map(({ statement }) => statement),
    places: statements.map(({ place }) => place),
  }
}

function readName({ value }: Entry): string {
  const right = 'lower-case letters and digits with hyphens between, such as base-policy'
  const name = textOf(value, 'name', right)
  if (new RegExp(namePattern).test(name) && name.length <= 60) return name
  fail(value.place, `name is ${name}; it must be at most 60 ${right}`)
}

/** A name, or a block of a name and what is set besides. */
function readSubject(tree: Tree, noun: string): Subject {
  const right = 'a name of the library or ./FILE.yaml'
  const named = (value: Tree): Placed<string> => ({ value: textOf(value, noun, right), place: value.place })
  if (tree.kind !== 'block') return { reference: named(tree), set: [] }
  const found = fields(tree, noun, subjectKeys)
  const scenario = found.get('scenario')
  if (scenario === undefined) fail(tree.place, `${noun} names no scenario; write ${noun}: { scenario: base, set: … }`)
  const set = found.get('set')
  if (set === undefined) return { reference: named(scenario.value), set: [] }
  if (set.value.kind !== 'block') fail(set.value.place, 'set must be a block of room.parameter: value')
  return {
    reference: named(scenario.value),
    set: set.value.entries.map(({ key, place, value }) => {
      if (value.kind !== 'leaf') fail(value.place, `${key} is ${shown(value)}; a policy sets numbers and choices`)
      return { name: key, place, value }
    }),
  }
}

function readRun(tree: Tree): PolicyRun {
  const found = fields(tree, 'run', policyRunKeys)
  const whole = (key: 'paths' | 'budget' | 'days', from: number, to: number): number | undefined => {
    const entry = found.get(key)
    return entry && wholeOf(entry.value, key, from, to)
  }
  const paths = whole('paths', 2, mostPaths)
  const budget = whole('budget', 2, mostPaths)
  if (paths !== undefined && budget !== undefined && budget < paths)
    fail(
      found.get('budget')!.value.place,
      `budget is ${budget}; it must be at least the ${paths} paths of the first look`,
    )
  return { paths, budget, days: whole('days', 1, mostDays), seed: readSeed(found.get('seed')) }
}

function readSeed(entry: Entry | undefined): string | number | undefined {
  if (entry === undefined) return undefined
  const { value: tree } = entry
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (typeof value !== 'number' && typeof value !== 'string')
    fail(tree.place, `seed is ${shown(tree)}; it must be a whole number or a text`)
  placed(tree.place, () => seedKey(value))
  return value
}

function readTogether(tree: Tree): boolean {
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (value === true || value === 'yes') return true
  if (value === false || value === 'no') return false
  fail(tree.place, `together is ${shown(tree)}; it must be yes (one confidence for all statements) or no (for each)`)
}

function readUndecided(tree: Tree): 'fail' | 'pass' {
  const value = jsonOf(tree)
  if (value === 'fail' || value === 'pass') return value
  fail(tree.place, `undecided is ${shown(tree)}; it must be fail or pass`)
}

function readStatements({ value }: Entry): readonly PlacedStatement[] {
  const list = items(value, 'statements', 'statement')
  if (list.length === 0) fail(value.place, 'statements is empty; a policy that states nothing would pass anything')
  if (list.length > mostStatements)
    fail(value.place, `statements has ${list.length} items; a policy holds at most ${mostStatements}`)
  const read = list.map(readStatement)
  const names = new Map<string, Place>()
  for (const { statement, place } of read) {
    const before = names.get(statement.name)
    if (before !== undefined)
      fail(place, `two statements are called ${statement.name}, also at ${before}; give one another name`)
    names.set(statement.name, place)
  }
  return read
}

function checkConfidences(statements: readonly PlacedStatement[], together: boolean): void {
  const own = statements.find(({ confidence }) => confidence !== undefined)
  if (together && own?.confidence !== undefined)
    fail(own.confidence, 'together: yes shares one confidence among all statements; leave that of the statement out')
}

function checkBaseline(statements: readonly PlacedStatement[], baseline: Entry | undefined): void {
  const change = statements.find((one) => one.baseline !== undefined)
  if (change?.baseline !== undefined && baseline === undefined)
    fail(change.baseline, 'the policy names no baseline to compare with; write baseline: base beside scenario')
  if (change === undefined && baseline !== undefined)
    fail(baseline.place, 'no statement asks for the baseline; write baseline: yes in one, or leave this out')
}
