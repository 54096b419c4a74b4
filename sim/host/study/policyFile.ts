/** A policy from its file, with the scenarios that it names, as the host runs them. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { turned } from '../../../scenarios/dials.ts'
import { isPath } from '../../../scenarios/library.ts'
import { type Policy, parsePolicy, type Subject } from '../../../scenarios/policy.ts'
import { fail, numberHint, placed, shown } from '../../../scenarios/positions.ts'
import { planOf, type Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import type { Plan } from '../../kernel/plan.ts'
import { planHash } from '../manifest.ts'
import type { Model } from '../model.ts'
import { askScenario } from '../scenarioFiles.ts'

/** What a command line changes in a policy; `set` turns the scenario under judgement, never the baseline. */
export interface PolicyOverrides {
  readonly paths?: number
  readonly budget?: number
  readonly days?: number
  readonly seed?: string | number
  readonly set: readonly string[]
}

export interface Planned {
  readonly scenario: Scenario
  readonly plan: Plan
}

export interface AskedPolicy {
  readonly policy: Policy
  readonly scenario: Planned
  readonly baseline: (Planned & { readonly same: boolean }) | null
  readonly paths: number
  readonly budget: number
}

/** Paths of the first look where neither policy nor command line says. */
const usualFirstLook = 500

/** @throws InputError when there is no such file */
export function readPolicy(path: string): Policy {
  if (!existsSync(path)) throw new InputError(`no such file: ${path}; a policy is a .yaml file`)
  if (!statSync(path).isFile()) throw new InputError(`${path} is a folder; a policy is a .yaml file`)
  const short = relative(process.cwd(), path)
  return parsePolicy(readFileSync(path, 'utf8'), short.startsWith('..') ? path : short)
}

/**
 * Resolves the scenarios of a policy; scenario and baseline share seed, first day, length and ticks, so that their paths pair.
 * @throws InputError with the place in the policy or in a scenario, or naming the option
 */
export function askPolicy(policy: Policy, given: PolicyOverrides, model: Model): AskedPolicy {
  const { days = policy.run.days, seed = policy.run.seed } = given
  const chosen = new Set(given.set.map((option) => option.slice(0, option.indexOf('=')).trim()))
  const kept = { ...policy.scenario, set: policy.scenario.set.filter(({ name }) => !chosen.has(name)) }
  const scenario = resolve(kept, policy, { days, seed, set: given.set }, model)
  const looks = looksOf(policy, given, scenario.scenario.paths)
  if (policy.baseline === undefined) return { policy, scenario, baseline: null, ...looks }
  const { seed: shared } = scenario.scenario
  const before = resolve(policy.baseline, policy, { days, seed: shared }, model)
  for (const key of ['start', 'days', 'ticksPerDay'] as const) {
    const [first, second] = [scenario.scenario[key], before.scenario[key]]
    if (first === second) continue
    const help = key === 'days' ? 'set run.days in the policy' : `let both have the same ${key}`
    fail(policy.baseline.reference.place, `the baseline has ${key} ${second}, the scenario ${first}; ${help}`)
  }
  const same = planHash(before.plan) === planHash(scenario.plan)
  return { policy, scenario, baseline: { ...before, same }, ...looks }
}

interface Shared {
  readonly days?: number
  readonly seed?: string | number
  readonly set?: readonly string[]
}

function resolve({ reference, set }: Subject, policy: Policy, overrides: Shared, { ...model }: Model): Planned {
  const { value, place } = reference
  const isFile = isPath(value) || /\.ya?ml$/.test(value)
  const path = isFile && !isAbsolute(value) ? join(dirname(policy.file), value) : value
  const asked = named(place, () => askScenario(isFile && !path.includes('/') ? `./${path}` : path, overrides, model))
  let { scenario } = asked
  for (const one of set) {
    const leaf = one.value.kind === 'leaf' ? one.value.value : null
    if (typeof leaf !== 'number' && typeof leaf !== 'string')
      fail(one.value.place, `${one.name} is ${shown(one.value)}; it must be a number or one of its choices`)
    const turn = (): Scenario => turned(scenario, { [one.name]: leaf }, model.economy)
    scenario = placed(one.value.place, () => hinted(turn, numberHint(one.value)))
  }
  return { scenario, plan: planOf(scenario, model.economy) }
}

function hinted<T>(check: () => T, hint: string): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.message + hint)
    throw error
  }
}

/** An error that has no place yet gets that of the name in the policy. */
function named<T>(place: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof InputError && !/^(\S+:\d+:\d+ |--)/.test(error.message)) fail(place, error.message)
    throw error
  }
}

/** The first look and the budget: by default the paths of the scenario, looked at from 500 on. */
function looksOf({ run, file }: Policy, given: PolicyOverrides, ofScenario: number): { paths: number; budget: number } {
  const budget = given.budget ?? run.budget ?? Math.max(ofScenario, run.paths ?? 0)
  const paths = given.paths ?? run.paths ?? Math.min(usualFirstLook, budget)
  if (paths <= budget) return { paths, budget }
  const who = given.paths === undefined ? `run.paths of ${file}` : '--paths'
  const which = given.budget === undefined ? 'the budget' : '--budget'
  throw new InputError(`${who} is ${paths}, more than ${which} of ${budget}; give a --budget of at least as many`)
}
