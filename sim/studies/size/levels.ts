/** The levels at which a dial is looked at, from the least safe to the safest. */
import { type Dial, dialOf, type Policy, policyOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import { exp, log } from '../../kernel/maths/elementary.ts'

export type Direction = 'up' | 'down'

/** A dial with the levels of a study. */
export interface Ladder {
  readonly dial: Dial
  readonly policy: Policy | null
  readonly today: number
  /** Where fewer futures should fail. */
  readonly safer: Direction
  /** Level 0 is the least safe. */
  readonly levels: readonly number[]
}

/** What a question may say of the levels of a dial. */
export interface LevelWishes {
  readonly from?: number
  readonly to?: number
  /** Intervals between the bounds. */
  readonly steps?: number
  readonly safer?: Direction
}

export const standardSteps = 40
export const mostSteps = 10_000

/**
 * @throws InputError for an unknown dial, bounds that are not the dial's, or a parameter whose safe direction nobody has declared
 */
export function ladderOf(scenario: Scenario, economy: Economy, name: string, wishes: LevelWishes): Ladder {
  const dial = dialOf(scenario, economy, name)
  const policy = policyOf(scenario, economy, name) ?? null
  const safer = wishes.safer ?? policy?.safer
  if (dial.value === null)
    throw new InputError(`${name} has no single value to start from: its rows differ; name one row`)
  if (safer === undefined) {
    throw new InputError(
      `${name} does not say which way is safer; add --safer up or --safer down, or name a policy dial such as reserveBuffer`,
    )
  }
  const { from, to } = boundsOf(dial, wishes)
  const spacing = spacingOf(policy, from, to)
  const levels = gridOf(from, to, stepsOf(dial, wishes, from, to), spacing, dial.integer)
  return { dial, policy, today: dial.value, safer, levels: safer === 'up' ? levels : levels.reverse() }
}

/** Logarithmic where the dial says so and the bounds allow it. */
export function spacingOf(policy: Policy | null, from: number, to: number): 'linear' | 'log' {
  return policy?.spacing === 'log' && from > 0 && to > 0 ? 'log' : 'linear'
}

function boundsOf({ name, from, to, unit }: Dial, wishes: LevelWishes): { readonly from: number; readonly to: number } {
  const low = wishes.from ?? from
  const high = wishes.to ?? to
  for (const [option, value] of [
    ['--from', low],
    ['--to', high],
  ] as const) {
    if (value >= from && value <= to) continue
    throw new InputError(`${option} is ${value}; ${name} goes from ${from} to ${to}, unit ${unit}`)
  }
  if (!(low < high)) throw new InputError(`--from is ${low} and --to is ${high}; --from must be below --to`)
  return { from: low, to: high }
}

function stepsOf({ integer }: Dial, wishes: LevelWishes, from: number, to: number): number {
  const steps = wishes.steps ?? standardSteps
  if (!Number.isInteger(steps) || steps < 1 || steps > mostSteps) {
    throw new InputError(`--steps is ${steps}; it must be a whole number from 1 to ${mostSteps}`)
  }
  return integer ? Math.min(steps, Math.floor(to) - Math.ceil(from)) : steps
}

/** Ascending levels with at most 12 digits, both ends included; whole numbers where only those are accepted. */
export function gridOf(from: number, to: number, steps: number, spacing: 'linear' | 'log', integer: boolean): number[] {
  const at = (i: number): number => {
    if (i === 0) return from
    if (i === steps) return to
    const value =
      spacing === 'log' ? exp(log(from) + (i / steps) * (log(to) - log(from))) : from + (i / steps) * (to - from)
    return integer ? Math.round(value) : Number(value.toPrecision(12))
  }
  return [...new Set(Array.from({ length: steps + 1 }, (_, i) => at(i)))]
}
