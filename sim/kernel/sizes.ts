/** How many of each thing a room has under a plan, and the tables that it reads of other rooms. */
import type { Row } from './declarations.ts'
import type { AnyRoom } from './economy.ts'
import type { Plan } from './plan.ts'

/** Rows of the tables of other rooms that a room reads, by their full name. */
export function readsOf(plan: Plan, room: AnyRoom): Readonly<Record<string, readonly Row[]>> {
  return Object.fromEntries(
    room.reads.map((name: string) => {
      const [owner, table] = name.split('.')
      const rows = plan.tables[owner]?.[table]
      if (!rows) throw new Error(`room ${room.name} reads ${name}, which the economy does not have`)
      return [name, rows]
    }),
  )
}

/** The lengths of a room, by name. */
export function sizesOf(plan: Plan, room: AnyRoom): Readonly<Record<string, number>> {
  return room.sizes(plan.parameters[room.name], plan.tables[room.name], readsOf(plan, room))
}

/** One length of a room; 1 without a name. @throws Error (a defect of the room) when it declares no such size. */
export function sizeNamed(
  room: AnyRoom,
  sizes: Readonly<Record<string, number>>,
  name: string | undefined,
  what: string,
) {
  if (name === undefined) return 1
  const size = sizes[name]
  if (size === undefined) throw new Error(`room ${room.name}: ${what} wants a size for each ${name}`)
  return size
}
