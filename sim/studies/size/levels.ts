/** The levels at which a dial is looked at, from the least safe to the safest. */
import { type Dial, dialOf, type Policy, policyOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import { exp, log } from '../../kernel/maths/elementary.ts'
import { percentHint } from '../../kernel/metric.ts'

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
  const ends = tidyBounds(from, to)
  const low = wishes.from ?? ends.from
  const high = wishes.to ?? ends.to
  for (const [option, value] of [
    ['--from', low],
    ['--to', high],
  ] as const) {
    if (value >= from && value <= to) continue
    const hint = percentHint(value, unit, { lowest: from, highest: to, closed: true })
    throw new InputError(`${option} is ${value}; ${name} goes from ${from} to ${to}, unit ${unit}${hint}`)
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

/** Bounds as people write them: at most four digits, within the given ones; as given where the range is too narrow for that. */
export function tidyBounds(from: number, to: number): { readonly from: number; readonly to: number } {
  const rounded = { from: inwards(from, 1), to: inwards(to, -1) }
  const moved = rounded.from - from + to - rounded.to
  return moved <= 0.01 * (to - from) ? rounded : { from, to }
}

/** The nearest number of four digits in a direction. */
function inwards(value: number, direction: 1 | -1): number {
  const near = Number(value.toPrecision(4))
  if ((near - value) * direction >= 0) return near
  return Number((near + direction * powerOfTen(value, -3)).toPrecision(4))
}

/** The power of ten of the first digit of a number, so many places further on. */
function powerOfTen(value: number, places: number): number {
  return Number(`1e${Number(value.toExponential().split('e')[1]) + places}`)
}

/** Ascending levels, both ends included and the others rounded to what tells neighbours apart; whole numbers where only those are accepted. */
export function gridOf(from: number, to: number, steps: number, spacing: 'linear' | 'log', integer: boolean): number[] {
  const ratio = spacing === 'log' ? exp((log(to) - log(from)) / steps) : 1
  const at = (i: number): number => {
    if (i === 0) return from
    if (i === steps) return to
    const value =
      spacing === 'log' ? exp(log(from) + (i / steps) * (log(to) - log(from))) : from + (i / steps) * (to - from)
    if (integer) return Math.round(value)
    const unit = spacing === 'log' ? powerOfTen(value * (ratio - 1), -1) : powerOfTen((to - from) / steps, -2)
    return Number((Math.round(value / unit) * unit).toPrecision(12))
  }
  return [...new Set(Array.from({ length: steps + 1 }, (_, i) => at(i)))]
}
