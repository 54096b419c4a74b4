/** What a reverse stress test is asked. */
import type { Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import { percentHint } from '../../kernel/metric.ts'
import { nearest } from '../../kernel/plan.ts'
import type { StressLanguage } from './language.ts'

export interface ReverseQuestion {
  readonly scenario: Scenario
  /** What another scenario would extend to start from the same place: a name or a file, and settings beside it. */
  readonly extends: string
  readonly settings: readonly string[]
  readonly failures: readonly string[]
  readonly language: StressLanguage
  /** Names of levers whose critical sizes are sought; all of them without it, none when it is empty. */
  readonly levers?: readonly string[]
  readonly effort: Effort
}

/** How many paths each part may take. */
export interface Effort {
  /** Paths at each point of the search for design points. */
  readonly searchPaths: number
  /** Paths of the importance-sampled check; 0 leaves it out. */
  readonly checkPaths: number
  /** Paths at each size of a lever. */
  readonly leverPaths: number
  /** Plain paths that are looked at closely. */
  readonly controls: number
  /** Failing paths that are looked at closely, at most. */
  readonly witnesses: number
  /** Fewer failing plain paths than this are too few to tell ways of failing by: luck is then steered. */
  readonly fewFailures: number
  /** Paths of each stage of a pilot that steers; 0 leaves steering out. */
  readonly pilotPaths: number
  /** Steered paths, the failing ones of which are all looked at closely. */
  readonly steeredPaths: number
  /** Failing paths of a kind that make a mode. */
  readonly leastPaths: number
  /** Least angle between directions that count as different, degrees. */
  readonly apart: number
  readonly confidence: number
}

export const usualEffort: Effort = {
  searchPaths: 100,
  checkPaths: 800,
  leverPaths: 60,
  controls: 200,
  witnesses: 400,
  fewFailures: 20,
  pilotPaths: 1000,
  steeredPaths: 3000,
  leastPaths: 4,
  apart: 30,
  confidence: 0.95,
}

/** Fewer plain paths say nothing of failures. */
const leastPaths = 50

/** @throws InputError naming what cannot be asked, its value and what would be right */
export function checkQuestion({ levers, language, effort, scenario }: ReverseQuestion): void {
  const known = language.levers.map(({ name }) => name)
  for (const name of levers ?? []) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`
    throw new InputError(`--levers: ${name} is no lever; ${hint}`)
  }
  requireWhole('--search-paths', effort.searchPaths, 20, 100_000)
  if (effort.checkPaths !== 0) requireWhole('--check-paths', effort.checkPaths, 100, 10_000_000)
  requireWhole('--lever-paths', effort.leverPaths, 10, 100_000)
  requireWhole('paths looked at closely', effort.controls, 20, 100_000)
  requireWhole('failing paths looked at closely', effort.witnesses, 1, 100_000)
  requireWhole('failing paths below which luck is steered', effort.fewFailures, 1, 10_000)
  if (effort.pilotPaths !== 0) requireWhole('--pilot-paths', effort.pilotPaths, 200, 100_000)
  requireWhole('--steered-paths', effort.steeredPaths, 100, 100_000)
  requireWhole('failing paths that make a mode', effort.leastPaths, 2, 10_000)
  if (!(effort.apart > 0 && effort.apart < 180)) {
    throw new InputError(`--apart is ${effort.apart}; it must be an angle between 0 and 180 degrees`)
  }
  if (!(effort.confidence > 0.5 && effort.confidence < 1)) {
    throw new InputError(
      `confidence is ${effort.confidence}; it must be a probability between 0.5 and 1${percentHint(effort.confidence, '1', { lowest: 0.5, highest: 1 })}`,
    )
  }
  if (scenario.paths < leastPaths) {
    throw new InputError(
      `--paths is ${scenario.paths}; it must be at least ${leastPaths}, fewer are too few to find out how a scenario fails`,
    )
  }
}

function requireWhole(noun: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new InputError(`${noun} is ${value}; it must be a whole number from ${least} to ${most}`)
}
