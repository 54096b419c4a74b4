/** The manifest of a run: what was asked, of what, by which version; enough to run it again. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatDate } from '../kernel/calendar.ts'
import type { Economy, Parameters } from '../kernel/economy.ts'
import type { Plan } from '../kernel/plan.ts'
import type { AssumptionRow, RunManifest } from '../kernel/record.ts'
import { hashOf } from './hash.ts'

/** What a manifest says of the question, beyond the plan. */
export type Question = Pick<RunManifest, 'scenario' | 'normalForm' | 'shocks'> & {
  /** Why the scenario sets a parameter, by room.parameter. */
  readonly because: Readonly<Record<string, string>>
  /** The seed as it was written. */
  readonly seed: string
}

export function makeManifest(
  economy: Economy,
  plan: Plan,
  paths: number,
  question: Question,
  timing: RunManifest['timing'],
  complete: boolean,
): RunManifest {
  const { scenario, normalForm, shocks, seed } = question
  return {
    format: 1,
    scenario,
    planHash: planHash(plan),
    seed,
    paths,
    days: plan.days,
    ticksPerDay: plan.ticksPerDay,
    start: formatDate(plan.startDay),
    normalForm,
    mechanism: mechanismOf(economy, plan),
    assumptions: assumptionsOf(economy, plan, question.because),
    shocks,
    versions: { aidlab: packageVersion(), node: process.versions.node },
    commit: commitOf(packageRoot()),
    timing,
    complete,
  }
}

/** SHA-256 of the plan in normal form. */
export function planHash(plan: Plan): string {
  return hashOf(plan)
}

/** Every switch of the mechanism, as used. */
function mechanismOf(economy: Economy, plan: Plan): Record<string, string> {
  const choices: Record<string, string> = {}
  for (const [room, { parameters }] of Object.entries(economy.rooms)) {
    for (const [name, declared] of Object.entries(parameters as Parameters)) {
      if ('choices' in declared) choices[`${room}.${name}`] = String(plan.parameters[room][name])
    }
  }
  return choices
}

/** Every parameter as used, with its words. */
export function assumptionsOf(
  economy: Economy,
  plan: Plan,
  because: Readonly<Record<string, string>>,
): AssumptionRow[] {
  return Object.entries(economy.rooms).flatMap(([room, { parameters }]) =>
    Object.entries(parameters as Parameters).map(([key, declared]) => {
      const name = `${room}.${key}`
      const { value: standard, meaning, source, evidence } = declared
      const words = { name, value: plan.parameters[room][key], standard, meaning, source, evidence }
      const why = because[name] === undefined ? {} : { because: because[name] }
      if ('choices' in declared) return { ...words, unit: '', choices: declared.choices, ...why }
      return { ...words, unit: declared.unit, from: declared.from, to: declared.to, ...why }
    }),
  )
}

/** The folder of the package: the nearest above this file that has a package.json. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version
}

/** The commit of the working copy that runs, marked where files differ from it; null outside a repository. */
export function commitOf(root: string): string | null {
  if (!existsSync(join(root, '.git'))) return null
  try {
    const options = { cwd: root, encoding: 'utf8' as const, stdio: 'pipe' as const }
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'], options).trim()
  } catch {
    return null
  }
}
