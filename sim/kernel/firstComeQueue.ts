/** Who stands in line, in the order of arrival: a ring of agents for each path, kept in a room's own columns. */
import type { Column, ColumnDeclaration } from './declarations.ts'

/** The state columns that a queue lives in; `each` is the size that bounds it, one place an agent. */
export function queueColumns<const Each extends string>(each: Each) {
  return {
    queue: { unit: 'agent', meaning: 'Ring of those who wait, oldest first from queueHead', each },
    queueHead: { unit: '1', meaning: 'Place in the ring of the oldest request' },
    queueLength: { unit: 'requests', meaning: 'Requests that wait' },
  } as const satisfies Record<string, ColumnDeclaration>
}

export interface FirstComeQueue {
  /** Places an agent last. @throws Error when all places are taken: an agent must not stand in line twice. */
  join(path: number, agent: number): void
  /** The agent at a place in line, 0 the oldest; −1 behind the last. */
  at(path: number, place: number): number
  /** Takes an agent out of the line, at once from its head, by closing ranks elsewhere; an absent agent is left alone. */
  leave(path: number, agent: number): void
}

/** @param size places of a path: the number of agents, each of whom stands in line at most once. */
export function openQueue(
  columns: { queue: Column; queueHead: Column; queueLength: Column },
  size: number,
): FirstComeQueue {
  const { queue, queueHead, queueLength } = columns
  const index = (path: number, place: number): number => {
    const turn = queueHead[path] + place
    return path * size + (turn < size ? turn : turn - size)
  }
  return {
    join(path, agent) {
      if (queueLength[path] >= size) throw new Error(`queue of ${size} places is full; an agent may wait once only`)
      queue[index(path, queueLength[path])] = agent
      queueLength[path] += 1
    },
    at: (path, place) => (place < queueLength[path] ? queue[index(path, place)] : -1),
    leave(path, agent) {
      const length = queueLength[path]
      let place = 0
      while (place < length && queue[index(path, place)] !== agent) place++
      if (place === length) return
      if (place === 0) queueHead[path] = queueHead[path] + 1 < size ? queueHead[path] + 1 : 0
      else for (; place < length - 1; place++) queue[index(path, place)] = queue[index(path, place + 1)]
      queueLength[path] = length - 1
    },
  }
}
