/** Opens one room alone: its inputs come from columns that the test writes. */
import { parseDate } from '../../sim/kernel/calendar.ts'
import { type AnyRoom, defineEconomy, type Economy } from '../../sim/kernel/economy.ts'
import { makePlan, type ParameterSettings, type TableSettings } from '../../sim/kernel/plan.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'

/** An economy of the given room and a silent room `stand` whose columns feed its inputs. */
export function soloEconomy(
  room: AnyRoom,
  options: {
    sizes?: Readonly<Record<string, number>>
    /** Sets the inputs of a path before each day. */
    feed?: (inputs: Readonly<Record<string, Float64Array>>, path: number, day: number) => void
    /** Called after the room's step, for each path, with its operations. */
    // biome-ignore lint/suspicious/noExplicitAny: operations differ from room to room
    meet?: (operations: any, path: number, day: number) => void
    /** A room that owns the tables which this one reads. */
    owners?: readonly AnyRoom[]
  } = {},
): Economy {
  const stand = defineRoom({
    name: 'stand',
    meaning: 'Feeds the room under test.',
    sizes: () => options.sizes ?? {},
    state: room.inputs as Record<string, { unit: string; meaning: string; each?: string }>,
    open({ state, clock }) {
      const feed = (active: Int32Array, count: number): void => {
        for (let k = 0; k < count; k++) options.feed?.(state, active[k], clock.day)
      }
      return { start: feed, step: feed }
    },
  })
  const owners = Object.fromEntries((options.owners ?? []).map((o) => [o.name, o]))
  // biome-ignore lint/suspicious/noExplicitAny: the room is any room
  const rooms: any = { ...owners, stand, [room.name]: room }
  // biome-ignore lint/suspicious/noExplicitAny: the room is any room
  const wires: any = { stand: () => ({}), [room.name]: (columns: any) => columns.stand }
  for (const name of Object.keys(owners)) wires[name] = () => ({})
  return defineEconomy({
    name: `solo ${room.name}`,
    rooms,
    wires,
    meetings: {
      meet: {
        meaning: 'What the test does with the operations.',
        // biome-ignore lint/suspicious/noExplicitAny: the room is any room
        open({ operations, clock }: any) {
          return (active: Int32Array, count: number) => {
            for (let k = 0; k < count; k++) {
              options.meet?.(operations[room.name], active[k], clock.day)
            }
          }
        },
      },
    },
    day: {
      morning: [
        { run: 'stand', description: 'inputs' },
        { run: room.name, description: 'the room under test' },
        { run: 'meet', description: 'operations' },
      ],
      ticks: [],
      evening: Object.keys(owners).map((run) => ({ run, description: 'owner of tables' })),
    },
    laws: () => ({}),
    ledgerScale: () => () => 1e6,
  } as never) as unknown as Economy
}

/** A simulator of one room alone over `paths` paths from 2026-07-01. */
export function soloSimulator(
  economy: Economy,
  options: {
    paths?: number
    days?: number
    ticksPerDay?: number
    seed?: readonly [number, number]
    parameters?: ParameterSettings
    tables?: TableSettings
    levers?: Readonly<Record<string, Readonly<Record<string, Float64Array>>>>
  } = {},
): Simulator {
  const plan = makePlan(economy, {
    seed: options.seed ?? [20261122, 1],
    startDay: parseDate('2026-07-01'),
    days: options.days ?? 30,
    ticksPerDay: options.ticksPerDay ?? 1,
    parameters: options.parameters,
    tables: options.tables,
    levers: options.levers,
  })
  return new Simulator(economy, plan, options.paths ?? 1, { laws: 'everyStep' })
}
