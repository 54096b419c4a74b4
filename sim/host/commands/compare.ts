/** aidlab compare: two policies on the same luck. */
import { compareTitle, leadWords } from '../../../reports/studies/compareWords.ts'
import { InputError } from '../../kernel/errors.ts'
import type { Plan } from '../../kernel/plan.ts'
import { changesBetween } from '../../studies/compare/changes.ts'
import { compare, type TellPath } from '../../studies/compare/compare.ts'
import { type Model, model } from '../model.ts'
import { type Asked, askScenario } from '../scenarioFiles.ts'
import { replayPath } from '../stories.ts'
import { runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
import { overridesOf, type StudyArguments } from '../study/studyOptions.ts'
import { quoted, sayWords, type Terminal } from '../terminal.ts'
import { plainSpaces } from '../textTable.ts'
import { interrupted } from './ending.ts'

export interface CompareArguments extends StudyArguments {
  /** What the second policy changes in the one scenario. */
  readonly with: readonly string[]
  readonly setA: readonly string[]
  readonly setB: readonly string[]
}

const confidence = 0.95
const toldPaths = 4

/** @returns the exit status: 0, or 130 when Ctrl-C stopped it */
export async function compareCommand(
  first: string,
  second: string | undefined,
  given: CompareArguments,
  terminal: Terminal,
): Promise<number> {
  const [a, b] = askBoth(first, second, given)
  const paths = pathsOf(a, b, given, terminal)
  const policies = [named(a, b, given.setA), named(b, a, second === undefined ? given.with : given.setB)] as const
  const question = { first: policies[0], second: policies[1], paths, confidence, told: toldPaths }
  const changes = changesBetween(a.plan, b.plan, model.economy)
  const runs = [
    { plan: a.plan, run: runWords(first, given, given.setA, 'a') },
    {
      plan: b.plan,
      run: runWords(second ?? first, given, second === undefined ? [...given.setA, ...given.with] : given.setB, 'b'),
    },
  ]
  const tell = teller(model, runs)
  const finished = await runStudy(
    {
      kind: 'compare',
      name: [...new Set([a.scenario.name, b.scenario.name])].join('-'),
      title: compareTitle({ changes, first: policies[0].name, second: policies[1].name }),
      question: { first: policies[0].name, second: policies[1].name, paths, confidence, told: toldPaths },
      scenarios: [a, b],
      model: withMetrics(a, b),
      study: (laboratory) => compare(question, laboratory, tell, model.storyColumns),
    },
    given,
    terminal,
  )
  if (finished === undefined) return interrupted
  const { compareTable } = await import('../compareTable.ts')
  showStudy(finished, given.json, terminal, () => compareTable(finished.answer, terminal.colours), {
    json: { inWords: plainSpaces(leadWords(finished.answer)) },
    files: { table: 'differences.parquet', paths: 'flips.parquet' },
  })
  return 0
}

/** @throws InputError naming the option or the place of what is wrong */
function askBoth(first: string, second: string | undefined, given: CompareArguments): readonly [Asked, Asked] {
  if (second === undefined && given.with.length === 0) {
    throw new InputError(
      `compare ${first} with what? name a second scenario, or what changes: --with room.parameter=value`,
    )
  }
  if (second !== undefined && given.with.length > 0) {
    throw new InputError(
      `--with ${given.with[0]} changes the one scenario that is named, and ${first} and ${second} are two; write --set-b ${given.with[0]}`,
    )
  }
  if (second === undefined && given.setB.length > 0)
    throw new InputError(`--set-b ${given.setB[0]} needs a second scenario; with one, write --with ${given.setB[0]}`)
  const overrides = overridesOf(given)
  const ask = (reference: string, option: string, own: readonly string[]): Asked =>
    naming(option, own, () => askScenario(reference, { ...overrides, set: [...given.set, ...own] }, model))
  const a = ask(first, '--set-a', given.setA)
  const b =
    second === undefined ? ask(first, '--with', [...given.setA, ...given.with]) : ask(second, '--set-b', given.setB)
  requireSameLuck(a, b)
  return [a, b]
}

/** Runs a check whose errors call every option --set. */
function naming<T>(option: string, own: readonly string[], check: () => T): T {
  try {
    return check()
  } catch (error) {
    const wrong = error instanceof InputError && own.find((one) => error.message.startsWith(`--set ${one}:`))
    if (!wrong) throw error
    throw new InputError((error as InputError).message.replace('--set', option))
  }
}

/** @throws InputError when the two scenarios cannot be told the same luck */
function requireSameLuck({ scenario: a }: Asked, { scenario: b }: Asked): void {
  const keys = {
    seed: 'give --seed',
    start: 'give both the same run.start',
    days: 'give --days',
    ticksPerDay: 'give both the same run.ticksPerDay',
  } as const
  for (const [key, right] of Object.entries(keys) as [keyof typeof keys, string][]) {
    if (a[key] === b[key]) continue
    throw new InputError(
      `${a.file} has ${key} ${a[key]} and ${b.file} ${b[key]}; paths share their luck only where both have the same: ${right}`,
    )
  }
}

function pathsOf({ scenario: a }: Asked, { scenario: b }: Asked, given: CompareArguments, terminal: Terminal): number {
  const paths = Math.min(a.paths, b.paths)
  if (a.paths !== b.paths)
    sayWords(
      terminal,
      `${a.name} asks for ${a.paths} paths and ${b.name} for ${b.paths}: the first ${paths} are compared`,
    )
  if (paths < 2) throw new InputError(`--paths is ${given.paths ?? paths}; a comparison needs at least 2 paths`)
  return paths
}

function named({ scenario, plan }: Asked, other: Asked, own: readonly string[]): { name: string; plan: Plan } {
  const isSame = scenario.name === other.scenario.name
  return { name: isSame && own.length > 0 ? `${scenario.name} with ${own.join(', ')}` : scenario.name, plan }
}

/** The metrics that both scenarios wish for; all where their wishes differ. */
function withMetrics(a: Asked, b: Asked): Model {
  const names = ({ model: { metrics } }: Asked): string => metrics.map(({ name }) => name).join(' ')
  return { ...model, metrics: names(a) === names(b) ? a.model.metrics : model.metrics }
}

/** The words of a run of one policy, one path long: `replay` then simulates any path of it. */
function runWords(reference: string, given: CompareArguments, own: readonly string[], side: 'a' | 'b') {
  const option = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value])
  const folder = `runs/flip-${side}`
  const sets = [...given.set, ...own].flatMap((one) => ['--set', one])
  const asked = ['run', reference, ...sets, ...option('--days', given.days), ...option('--seed', given.seed)]
  return { words: [...asked, '--paths', '1', '--no-report', '--force', '--out', folder], folder }
}

function teller(
  { economy, storyColumns, tell }: Model,
  runs: readonly { readonly plan: Plan; readonly run: ReturnType<typeof runWords> }[],
): TellPath {
  return (plan, path) => {
    const { series } = replayPath(economy, plan, path, storyColumns, [])
    const commands = runs
      .filter((one) => one.plan === plan)
      .flatMap(({ run }) => [run.words, ['replay', run.folder, String(path)]])
    return { series, events: tell(series), commands: commands.map((words) => `aidlab ${quoted(words)}`) }
  }
}
