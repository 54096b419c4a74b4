/** aidlab size: the smallest buffer that holds failures to a stated probability, what it costs, and who loses first. */
import { counted } from '../../../reports/format.ts'
import { dialOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import { leastPaths } from '../../statistics/sequentialSizing.ts'
import { dialTitle } from '../../studies/dialWords.ts'
import { effortOf } from '../../studies/size/effort.ts'
import { mostSteps } from '../../studies/size/levels.ts'
import {
  type FirstLossWishes,
  type FrontierWishes,
  isTooShort,
  type SizeQuestion,
  shortWords,
  standardConfidence,
  standardFirstLossPaths,
  standardFrontierPaths,
  standardIndifference,
  standardLimits,
  standardPaths,
} from '../../studies/size/question.ts'
import { checkQuestion, size as study } from '../../studies/size/size.ts'
import { unpaddedPercent } from '../../studies/size/words.ts'
import { model } from '../model.ts'
import { listOption, wholeOption } from '../numberOptions.ts'
import { type Asked, askScenario } from '../scenarioFiles.ts'
import { mostPaths } from '../simulate.ts'
import { sizeTable } from '../sizeTable.ts'
import { runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
import { simulationTime } from '../study/simulationTime.ts'
import { overridesOf, poolOptionsOf, type StudyArguments } from '../study/studyOptions.ts'
import type { Terminal } from '../terminal.ts'
import { wrapped } from '../wrapped.ts'
import { interrupted } from './ending.ts'

export interface SizeArguments extends StudyArguments {
  readonly dial: string
  readonly failure?: string
  readonly limit?: string
  readonly confidence?: string
  readonly from?: string
  readonly to?: string
  readonly steps?: string
  readonly safer?: string
  /** Dials with commas between, the standard ones without it, false after --no-frontier. */
  readonly frontier?: string | boolean
  readonly frontierPaths?: string
  readonly frontierLevels?: string
  readonly firstLoss: readonly string[]
  readonly firstLossPaths?: string
  readonly indifference?: string
}

/** @returns the exit status: 0 where every limit is held by some level, 1 where one is not, 130 when Ctrl-C stopped it */
export async function sizeCommand(reference: string, given: SizeArguments, terminal: Terminal): Promise<number> {
  const { paths: _paths, ...overrides } = overridesOf(given)
  const asked = askScenario(reference, overrides, model)
  const { scenario, plan } = asked
  const question = questionOf(scenario, given)
  const { failure, ladder } = checkQuestion(question, model)
  const { scenario: _scenario, ...identity } = { ...question, failure: failure.text }
  const { dial, limits } = question
  if (given.frontier !== false && question.frontier === undefined) {
    terminal.say(wrapped(`There will be no frontier drawn: ${shortWords(scenario.days)}.`))
  }
  sayPaths(question, ladder.levels.length, given.paths !== undefined, terminal)
  sayEffort(question, ladder.levels.length, asked, poolOptionsOf(given).threads, terminal)
  const finished = await runStudy(
    {
      kind: 'size',
      name: `${scenario.name}-${dial.replace(/[^\w.-]+/g, '-')}`,
      title: `What must the ${dialTitle(ladder.dial)} be to hold failures to ${limits.map(unpaddedPercent).join(' and ')}?`,
      question: { ...identity, levels: ladder.levels.length },
      scenarios: [{ scenario, plan }],
      model,
      study: (laboratory) => study(question, laboratory),
    },
    given,
    terminal,
  )
  if (finished === undefined) return interrupted
  showStudy(finished, given.json, terminal, () => sizeTable(finished.answer, terminal.colours))
  return finished.answer.required.every(({ status }) => status === 'holds') ? 0 : 1
}

/** What the paths of a level can certify, where that is not what somebody would expect. */
function sayPaths(question: SizeQuestion, levels: number, isGiven: boolean, terminal: Terminal): void {
  const { scenario, limits, confidence, paths } = question
  const needs = limits.map((limit) => ({ limit, least: leastPaths({ levels, limit, confidence }) }))
  const short = needs.filter(({ least }) => least > paths)
  if (short.length > 0) {
    const takes = short
      .map(({ limit, least }) => `${unpaddedPercent(limit)} takes at least ${counted(least)}`)
      .join(', ')
    terminal.say(
      wrapped(
        `${counted(paths)} paths of a level cannot certify ${short.length === 1 ? 'this limit' : 'these limits'}, even without a failure: ${takes} (--paths). No level will be certified to hold ${short.length === 1 ? 'it' : 'them'}.`,
      ),
    )
  }
  if (isGiven || paths <= scenario.paths) return
  const [{ limit, least }] = [...needs].sort((one, other) => other.least - one.least)
  terminal.say(
    wrapped(
      `${scenario.name} has ${counted(scenario.paths)} paths, but ${unpaddedPercent(limit)} takes at least ${counted(least)} of a level without a failure, and more where some fail: up to ${counted(paths)} of a level are simulated (--paths says otherwise).`,
    ),
  )
}

function sayEffort(
  question: SizeQuestion,
  levels: number,
  { plan }: Asked,
  threads: number | undefined,
  terminal: Terminal,
): void {
  const { search, frontier, firstLoss, most, usual } = effortOf(question, levels)
  const parts = [
    `${counted(search.levels)} levels and today’s × ${counted(search.pathsEach)} paths, in ${counted(search.looks)} ${search.looks === 1 ? 'look' : 'looks'}`,
    ...(frontier === null
      ? []
      : [
          `a frontier of ${counted(frontier.points)} points × ${counted(frontier.pathsEach)} paths and ${counted(frontier.claim)} for its cheapest`,
        ]),
    ...(firstLoss === 0 ? [] : [`${counted(firstLoss)} paths for who loses first`]),
  ]
  const time = (paths: number): string => simulationTime(paths, plan, threads)
  terminal.say(
    wrapped(
      `At most ${parts.join('; ')}: ${counted(most)} paths × ${counted(plan.days)} days, ${time(most)}. Most levels are settled early: usually some ${time(usual)}.`,
    ),
  )
}

/** @throws InputError naming the option, its value and what would be right */
function questionOf(scenario: Scenario, given: SizeArguments): SizeQuestion {
  const limits = listOption('--limit', given.limit)?.map((one) => numberOf('--limit', one)) ?? standardLimits
  const { safer } = given
  if (safer !== undefined && safer !== 'up' && safer !== 'down') {
    throw new InputError(`--safer is ${safer}; it must be up or down`)
  }
  const optional = (name: string, text?: string): number | undefined =>
    text === undefined ? undefined : numberOf(name, text)
  const whole = (name: string, text?: string): number | undefined => wholeOption(name, text, 1, mostPaths)
  return {
    scenario,
    dial: given.dial,
    failure: given.failure,
    limits,
    confidence: optional('--confidence', given.confidence) ?? standardConfidence,
    paths: whole('--paths', given.paths) ?? standardPaths(limits, scenario.paths),
    wishes: {
      from: optional('--from', given.from),
      to: optional('--to', given.to),
      steps: wholeOption('--steps', given.steps, 1, mostSteps),
      safer,
    },
    frontier: frontierOf(scenario, given),
    firstLoss: given.firstLoss.map(firstLossOf),
    firstLossPaths: whole('--first-loss-paths', given.firstLossPaths) ?? standardFirstLossPaths,
    indifference: optional('--indifference', given.indifference) ?? standardIndifference,
  }
}

/** The dials that are asked for; the dial with the cash share, or the reserve buffer, unless told otherwise; none by itself in a run too short for yields. */
function frontierOf(scenario: Scenario, given: SizeArguments): FrontierWishes | undefined {
  const { dial, frontier } = given
  if (frontier === false || (typeof frontier !== 'string' && isTooShort(scenario.days))) return undefined
  dialOf(scenario, model.economy, dial)
  const standard = [dial, dial === 'cashShare' ? 'reserveBuffer' : 'cashShare']
  return {
    dials: (typeof frontier === 'string' && listOption('--frontier', frontier)) || standard,
    paths: wholeOption('--frontier-paths', given.frontierPaths, 1, mostPaths) ?? standardFrontierPaths,
    levels: wholeOption('--frontier-levels', given.frontierLevels, 1, 1000),
  }
}

/** DIAL:PARTY or DIAL:PARTY>USD */
function firstLossOf(text: string): FirstLossWishes {
  const [, dial, party, usd] = /^\s*([^:]+?)\s*:\s*([^:>]+?)\s*(?:>\s*(.+?)\s*)?$/.exec(text) ?? []
  if (dial === undefined || party === undefined) {
    throw new InputError(
      `--first-loss is ${text}; write DIAL:PARTY, such as reserveBuffer:sAID or firstLoss:sAID>10000`,
    )
  }
  return { dial, party, usd: usd === undefined ? 1 : numberOf('--first-loss', usd) }
}

/** A number, or a percentage such as 0.1%. */
function numberOf(option: string, text: string): number {
  const [, digits, sign] = /^\s*([^%\s]+)\s*(%?)\s*$/.exec(text) ?? []
  const value = digits === undefined ? Number.NaN : Number(digits)
  if (!Number.isFinite(value)) throw new InputError(`${option} is ${text}; it must be a number`)
  return sign === '%' ? value / 100 : value
}
