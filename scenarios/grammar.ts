/** The grammar: one file of a scenario, read into its parts with the place of each; nothing is looked up yet. */
import { type Entry, fail, fields, items, type Place, readTree, type Tree, textOf } from './positions.ts'
import { readSetting, type Setting } from './settings.ts'

/** A part of a file and where it was written. */
export interface Placed<T> {
  readonly value: T
  readonly place: Place
}

export interface ScenarioFile {
  readonly file: string
  readonly name: string
  readonly question: string
  readonly extends?: Placed<string>
  readonly settings: readonly Setting[]
  readonly shocks: readonly Tree[]
  /** start, days, paths, seed, ticksPerDay; those that the file gives. */
  readonly run: ReadonlyMap<string, Entry>
  readonly record?: Tree
  readonly report?: Tree
  readonly sweep?: Tree
}

export const topKeys = [
  'name',
  'question',
  'extends',
  'mode',
  'set',
  'deals',
  'shocks',
  'run',
  'record',
  'report',
  'sweep',
] as const
export const runKeys = ['start', 'days', 'paths', 'seed', 'ticksPerDay'] as const
/** Tables of the room of deals that the short form `deals:` names. */
export const dealKeys = ['tape', 'borrowers', 'mix'] as const
export const modes = ['twoTier', 'unified'] as const

/** Names are also names of folders and of runs. */
export const namePattern = '^[a-z0-9]+(-[a-z0-9]+)*$'

/**
 * Reads one file.
 * @param file its name, as errors show it
 * @throws InputError `file:line:column message`
 */
export function parseScenarioFile(text: string, file: string): ScenarioFile {
  const tree = readTree(text, (line, column) => `${file}:${line}:${column}`, 'a scenario begins with name and question')
  const found = fields(tree, 'a scenario', topKeys)
  const shocks = found.get('shocks')
  const parent = found.get('extends')
  const run = found.get('run')
  return {
    file,
    name: readName(found.get('name'), tree.place),
    question: readQuestion(found.get('question'), tree.place),
    extends: parent && {
      value: textOf(parent.value, 'extends', 'a name of the library or ./FILE'),
      place: parent.value.place,
    },
    settings: readSettings(found),
    shocks: shocks ? items(shocks.value, 'shocks', 'shock') : [],
    run: run ? fields(run.value, 'run', runKeys) : new Map(),
    record: found.get('record')?.value,
    report: found.get('report')?.value,
    sweep: found.get('sweep')?.value,
  }
}

function readName(entry: Entry | undefined, place: Place): string {
  const right = 'lower-case letters and digits with hyphens between, such as rent-collapse'
  if (entry === undefined) fail(place, `name is missing; a scenario has a name of ${right}`)
  const name = textOf(entry.value, 'name', right)
  if (!new RegExp(namePattern).test(name) || name.length > 60)
    fail(entry.value.place, `name is ${name}; it must be at most 60 ${right}`)
  return name
}

function readQuestion(entry: Entry | undefined, place: Place): string {
  if (entry === undefined) fail(place, 'question is missing; say in plain words what the scenario asks')
  return textOf(entry.value, 'question', 'a sentence in plain words').replace(/\s+/g, ' ')
}

/** `set`, with the short forms `mode` and `deals` written out. */
function readSettings(found: ReadonlyMap<string, Entry>): readonly Setting[] {
  const written = [...modeSettings(found.get('mode')), ...dealSettings(found.get('deals'))]
  const set = found.get('set')
  if (set) {
    if (set.value.kind !== 'block') fail(set.value.place, 'set must be a block of room.parameter: value')
    written.push(...set.value.entries.map(readSetting))
  }
  const places = new Map<string, Place>()
  for (const { name, place } of written) {
    const before = places.get(name)
    if (before !== undefined) fail(place, `${name} is set twice, also at ${before}; keep one`)
    places.set(name, place)
  }
  return written
}

function modeSettings(mode: Entry | undefined): readonly Setting[] {
  if (mode === undefined) return []
  const value = mode.value.kind === 'leaf' ? mode.value.value : undefined
  if (!modes.some((known) => known === value))
    fail(mode.value.place, `mode is ${String(value)}; it must be ${modes.join(' or ')}`)
  return [{ name: 'aid.mode', place: mode.place, value: mode.value }]
}

function dealSettings(deals: Entry | undefined): readonly Setting[] {
  if (deals === undefined) return []
  const found = fields(deals.value, 'deals', dealKeys)
  return [...found.values()].map((entry) => readSetting({ ...entry, key: `deals.${entry.key}` }))
}
