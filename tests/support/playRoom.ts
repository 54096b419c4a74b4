/** Plays one room alone, day by day, with every law checked after every step. */
import type { AnyRoom } from '../../sim/kernel/economy.ts'
import type { ParameterSettings } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { soloEconomy, soloSimulator } from './openRoom.ts'

/** A room `holders` whose table of cohorts says that there are `count` holders. */
export function holdersOwner(count: number) {
  return defineRoom({
    name: 'holders',
    meaning: 'Says how many holders there are.',
    tables: {
      cohorts: {
        meaning: 'Holders of the test',
        source: 'test',
        evidence: 'J',
        mostRows: 1,
        fields: { holders: { kind: 'number', unit: 'holders', from: 1, to: 2000, meaning: 'How many' } },
        rows: [{ name: 'all', holders: count }],
      },
    },
    state: { idle: { unit: '1', meaning: 'Nothing' } },
    open: () => ({ start: () => {}, step: () => {} }),
  })
}

export type ColumnOf = (name: string) => Float64Array

/**
 * @param options.feed writes the inputs of a path before each day and on the eve
 * @param options.meet called after the room's step of a day, with its operations and columns
 * @returns the columns of the room at the end
 */
export function playRoom(
  room: AnyRoom,
  options: {
    days?: number
    paths?: number
    ticksPerDay?: number
    holders?: number
    feed?: (inputs: Readonly<Record<string, Float64Array>>, path: number, day: number) => void
    // biome-ignore lint/suspicious/noExplicitAny: operations differ from room to room
    meet?: (operations: any, column: ColumnOf, day: number, path: number) => void
    parameters?: ParameterSettings[string]
    levers?: Readonly<Record<string, Float64Array>>
  },
): ColumnOf {
  const column: ColumnOf = (name) => simulator.column(`${room.name}.${name}`)
  const economy = soloEconomy(room, {
    owners: room.reads.includes('holders.cohorts') ? [holdersOwner(options.holders ?? 4)] : [],
    feed: options.feed,
    meet: (operations, path, day) => options.meet?.(operations, column, day, path),
  })
  const simulator = soloSimulator(economy, {
    days: options.days ?? 1,
    paths: options.paths ?? 1,
    ticksPerDay: options.ticksPerDay ?? 1,
    parameters: { [room.name]: options.parameters ?? {} },
    levers: { [room.name]: options.levers ?? {} },
  })
  const paths = Array.from({ length: options.paths ?? 1 }, (_, i) => i)
  simulator.run(paths, { outcomes: [], series: [] }, undefined, new Float64Array(0))
  return column
}
