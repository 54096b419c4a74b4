/** Scenarios from files and from the library, as the host runs them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { fromLibrary, isPath, libraryNames, loader } from '../../scenarios/library.ts'
import {
  describeShocks,
  type Overrides,
  planOf,
  resolveScenario,
  type Scenario,
  scenarioFrom,
} from '../../scenarios/scenario.ts'
import { InputError } from '../kernel/errors.ts'
import { nearest, type Plan } from '../kernel/plan.ts'
import type { RunManifest } from '../kernel/record.ts'
import { planHash, type Question } from './manifest.ts'
import { type Model, namedMetrics } from './model.ts'

/** A scenario with all that a run takes from it. */
export interface Asked {
  readonly scenario: Scenario
  readonly plan: Plan
  readonly question: Question
  /** The model, keeping also what the scenario asks to keep, and answering only the metrics that it names, if it names any. */
  readonly model: Model
}

/**
 * Reads a scenario: a file (its name ends in .yaml or .yml, or has a folder) or a name of the library.
 * @throws InputError `file:line:column message`
 */
export function askScenario(reference: string, overrides: Overrides, model: Model): Asked {
  const { text, file } = isFile(reference) ? readText(reference) : fromLibrary(reference)
  const load = loader((path, from) => readText(isAbsolute(path) ? path : join(dirname(from), path)))
  return asked(resolveScenario(text, file, load, overrides, model.economy), model)
}

/**
 * The scenario of a run, from its manifest.
 * @throws InputError when this version makes another plan of it
 */
export function askManifest(manifest: RunManifest, model: Model): Asked {
  const { file, extends: ancestry } = manifest.scenario
  const again = asked(scenarioFrom(manifest.normalForm, file, ancestry), model)
  if (planHash(again.plan) !== manifest.planHash) {
    throw new InputError(
      `the run was made by aidlab ${manifest.versions['aidlab']} (commit ${manifest.commit ?? 'unknown'}), whose economy ` +
        'differs from this one; run the scenario again, or use that version',
    )
  }
  return again
}

function asked(scenario: Scenario, model: Model): Asked {
  const { name, question, file, ancestry, seed, because, normalForm } = scenario
  return {
    scenario,
    plan: planOf(scenario, model.economy),
    question: {
      scenario: { name, question, file, extends: ancestry },
      normalForm,
      shocks: describeShocks(scenario),
      because,
      seed,
    },
    model: { ...model, record: withExtras(model, scenario), metrics: wishedMetrics(model, scenario) },
  }
}

/** What every run keeps, and what the scenario asks for besides; its own range of a series counts. */
function withExtras({ record }: Model, { record: extras }: Scenario): Model['record'] {
  const asked = new Set(extras.series.map((series) => series.column))
  return {
    outcomes: [...new Set([...record.outcomes, ...extras.outcomes])],
    series: [...record.series.filter((series) => !asked.has(series.column)), ...extras.series],
  }
}

/** The metrics that the scenario names, in its order; all where it names none. */
function wishedMetrics({ metrics }: Model, { report }: Scenario): Model['metrics'] {
  return report.metrics.length === 0 ? metrics : namedMetrics(metrics, report.metrics)
}

/** The metrics that a report of the run answers. */
export function metricsOfRun({ normalForm, scenario }: RunManifest, model: Model): Model['metrics'] {
  return wishedMetrics(model, scenarioFrom(normalForm, scenario.file, scenario.extends))
}

function isFile(reference: string): boolean {
  return isPath(reference) || reference.includes('/') || /\.ya?ml$/.test(reference)
}

/** What a missing scenario file could have been: the nearest name beside it, or a name of the library. */
function whatIsThere(path: string): string {
  const folder = dirname(path)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : []
  const near = nearest(basename(path), names)
  if (near !== undefined) return `did you mean ${join(folder, near)}?`
  return `a scenario is a .yaml file, or a name of the library: ${libraryNames.join(', ')}`
}

function readText(path: string): { text: string; file: string } {
  if (!existsSync(path)) throw new InputError(`no such file: ${path}; ${whatIsThere(path)}`)
  if (!statSync(path).isFile()) throw new InputError(`${path} is a folder; a scenario is a .yaml file`)
  const shown = relative(process.cwd(), path)
  return { text: readFileSync(path, 'utf8'), file: shown.startsWith('..') ? path : shown }
}
