/** Options that every study has on the command line. */
import { mostDays } from '../../kernel/plan.ts'
import { wholeOption } from '../numberOptions.ts'
import { mostBatch, mostPaths, mostThreads } from '../simulate.ts'

/** As commander hands them over. */
export interface StudyArguments {
  readonly paths?: string
  readonly days?: string
  readonly seed?: string
  readonly set: readonly string[]
  readonly threads?: string
  readonly batch?: string
  readonly out?: string
  readonly resume?: boolean
  readonly force?: boolean
  readonly json?: boolean
  /** False after --no-report. */
  readonly report: boolean
}

/** What the options change in a scenario; to be handed to askScenario. */
export interface ScenarioOverrides {
  readonly paths?: number
  readonly days?: number
  readonly seed?: string | number
  readonly set: readonly string[]
}

/** @throws InputError naming the option, its value and its bounds */
export function overridesOf(given: StudyArguments): ScenarioOverrides {
  return {
    paths: wholeOption('--paths', given.paths, 1, mostPaths),
    days: wholeOption('--days', given.days, 1, mostDays),
    seed: seedOf(given.seed),
    set: given.set,
  }
}

/** @throws InputError naming the option, its value and its bounds */
export function poolOptionsOf(given: StudyArguments): { readonly threads?: number; readonly batch?: number } {
  return {
    threads: wholeOption('--threads', given.threads, 0, mostThreads),
    batch: wholeOption('--batch', given.batch, 1, mostBatch),
  }
}

/** A seed of digits is a number; anything else is a text. */
export function seedOf(text: string | undefined): string | number | undefined {
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
}
