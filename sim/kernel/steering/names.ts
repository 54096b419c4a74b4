/** The shocks and draws of an economy that luck can be steered by. */
import type { DrawDeclaration, ShockDeclaration } from '../declarations.ts'
import type { Economy } from '../economy.ts'
import { InputError } from '../errors.ts'
import { nearest, type Plan } from '../plan.ts'
import { sizeNamed, sizesOf } from '../sizes.ts'
import type { DrawLaw } from './scores.ts'

export interface NamedShock {
  /** room.shock, or room.draw for what events draw. */
  readonly name: string
  readonly room: string
  readonly meaning: string
  readonly law: DrawLaw
  /** Drawn every day, by events as they come, or once on the eve of day one. */
  readonly when: 'daily' | 'event' | 'once'
  /** What there is one number for: agents first, then places; empty where there is one for the whole path. */
  readonly sizes: readonly string[]
}

/** Every shock that {@link import('../steering.ts').Steering} can name, in the order of the rooms. */
export function shockNames(economy: Economy): readonly NamedShock[] {
  return Object.values(economy.rooms).flatMap((room) => {
    const shocks = Object.entries(room.shocks as Record<string, ShockDeclaration>).map(
      ([name, { law, meaning, agents, each }]): NamedShock => ({
        name: `${room.name}.${name}`,
        room: room.name,
        meaning,
        law,
        when: 'daily',
        sizes: [agents, each].filter((size) => size !== undefined),
      }),
    )
    const draws = Object.entries(room.draws as Record<string, DrawDeclaration>).map(
      ([name, { law, meaning, each, once }]): NamedShock => ({
        name: `${room.name}.${name}`,
        room: room.name,
        meaning,
        law,
        when: once ? 'once' : 'event',
        sizes: each === undefined ? [] : [each],
      }),
    )
    return [...shocks, ...draws]
  })
}

/** @throws InputError when there is no such shock, with the nearest known one. */
export function namedShock(economy: Economy, name: string): NamedShock {
  const all = shockNames(economy)
  const found = all.find((shock) => shock.name === name)
  if (found) return found
  const names = all.map((shock) => shock.name)
  const near = nearest(name, names)
  throw new InputError(
    `unknown shock: ${name}; ${near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`}`,
  )
}

/** How many numbers a shock has under a plan. @throws InputError when there is no such shock. */
export function numbersOf(economy: Economy, plan: Plan, name: string): number {
  const shock = namedShock(economy, name)
  const room = economy.rooms[shock.room]
  const sizes = sizesOf(plan, room)
  return shock.sizes.reduce((product, size) => product * sizeNamed(room, sizes, size, name), 1)
}
