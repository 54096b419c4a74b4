/** Gates over a made-up economy of one number a path, whose law each test chooses; no simulation. */

import { metrics } from '../../models/metrics.ts'
import { type Policy, parsePolicy } from '../../scenarios/policy.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import type { GateAnswer, StatementAnswer } from '../../sim/studies/gate/answer.ts'
import { type GateQuestion, gate } from '../../sim/studies/gate/gate.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'

/** The value of every outcome column on a path, from a uniform number that is the path's luck. */
export type Law = (luck: number, path: number) => number

/** The luck itself. */
export const uniform: Law = (luck) => luck

/** The event happens on the first `failures` paths: depeg_2pct_24h looks below 0.98. */
export const failing =
  (failures: number): Law =>
  (_luck, path) =>
    path < failures ? 0.5 : 1

/** The event happens on every n-th path. */
export const every =
  (n: number): Law =>
  (_luck, path) =>
    path % n === 0 ? 0.5 : 1

/** Two statements: one that `failing` and `every` break, and one that every law here keeps. */
export const depeg = '{ metric: depeg_2pct_24h, statistic: probability, limit: { atMost: 0.01 } }'
export const good = '{ metric: minimumCoverage, statistic: quantile, level: 0.5, limit: { atLeast: 0 } }'

/** A policy with these statements, each a line of YAML in flow form. */
export function policyText(statements: readonly string[], ...lines: readonly string[]): string {
  return [
    'name: test-policy',
    'question: Does it hold?',
    'scenario: base',
    ...lines,
    'statements:',
    ...statements.map((one) => `  - ${one}`),
    '',
  ].join('\n')
}

export function policy(statements: readonly string[], ...lines: readonly string[]): Policy {
  return parsePolicy(policyText(statements, ...lines), 'test.yaml')
}

/** The whole message of the error that a policy makes; fails when it makes none. */
export function policyError(text: string): string {
  try {
    parsePolicy(text, 'test.yaml')
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('the policy was accepted')
}

const planOf = (name: string, seed: number): Plan => ({ seed: [seed, 7], name }) as unknown as Plan

export interface Hearing {
  readonly answer: GateAnswer
  readonly first: StatementAnswer
  /** Cells in the order in which they were asked for. */
  readonly cells: readonly { readonly of: 'scenario' | 'baseline'; readonly from: number; readonly to: number }[]
}

export interface HearingOptions {
  readonly law: Law
  readonly before?: Law
  readonly paths: number
  readonly budget?: number
  readonly seed?: number
  readonly same?: boolean
}

/** Judges a policy over a law; with `before`, against that law on the same luck. */
export async function hear(given: Policy, options: HearingOptions): Promise<Hearing> {
  const { law, before, paths, budget = paths, seed = 1, same = false } = options
  const [scenario, baseline] = [planOf('scenario', seed), planOf('baseline', seed)]
  const cells: Hearing['cells'][number][] = []
  const simulate = async ({ plan, from, to }: Cell) => {
    cells.push({ of: plan === scenario ? 'scenario' : 'baseline', from, to })
    const chosen = plan === scenario ? law : (before as Law)
    const column = Float64Array.from({ length: to - from }, (_, i) => chosen(luckOf(plan, from + i), from + i))
    return Object.fromEntries(metrics.flatMap((metric) => metric.columns).map((name) => [name, column]))
  }
  const laboratory = { simulate, metrics: metrics as readonly Metric[], say: () => {} } as unknown as Laboratory
  const question: GateQuestion = {
    policy: given,
    plan: scenario,
    scenario: 'base',
    baseline: before || same ? { name: 'base', plan: baseline, same } : null,
    paths,
    budget,
  }
  const answer = await gate(question, laboratory)
  return { answer, first: answer.statements[0], cells }
}

const side = new SideStream()

function luckOf({ seed }: Plan, path: number): number {
  side.open(seed[0], seed[1], 0x1ec, path, 0, 0)
  return side.uniform()
}
