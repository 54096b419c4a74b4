/** Which events of a told path a reader must see first: those that hurt, the worst of each kind before its smaller ones. */
import type { PathStory } from '../sim/kernel/record.ts'

type Event = PathStory['events'][number]

interface Kind {
  readonly pattern: RegExp
  /** Larger ones matter more. */
  readonly weight: number
  /** How bad an event is among those of its kind. */
  readonly size: (text: string) => number
}

/** Dollars of '1.20 M USD' or '340 thousand USD'; 0 where none stand. */
function money(text: string): number {
  const found = /([\d.]+) (M|thousand) USD/.exec(text)
  return found ? Number(found[1]) * (found[2] === 'M' ? 1e6 : 1e3) : 0
}

function firstNumber(text: string): number {
  return Number(/\d+(\.\d+)?/.exec(text)?.[0] ?? 0)
}

/** The low of a day where it is told, and else the level that was crossed. */
function lowestPrice(text: string): number {
  return Number(/low of the day ([\d.]+)\)/.exec(text)?.[1] ?? firstNumber(text))
}

const kinds: readonly Kind[] = [
  { pattern: /no longer fully backed/, weight: 10, size: money },
  { pattern: /has stayed unpaid/, weight: 10, size: () => 0 },
  { pattern: /written off/, weight: 9, size: money },
  { pattern: /^Coverage/, weight: 9, size: (text) => -money(text) },
  { pattern: /^AID trades below/, weight: 9, size: (text) => -lowestPrice(text) },
  { pattern: /default|stops paying/, weight: 8, size: (text) => (/^A /.test(text) ? 1 : firstNumber(text)) },
  { pattern: /exit NAV/, weight: 8, size: firstNumber },
  { pattern: /bad debt/, weight: 7, size: money },
  { pattern: /past its due date/, weight: 7, size: firstNumber },
  { pattern: /decided to leave/, weight: 7, size: firstNumber },
  { pattern: /USDC itself/, weight: 7, size: (text) => -firstNumber(text) },
  { pattern: /GPU rents/, weight: 6, size: firstNumber },
  { pattern: /that wait reach/, weight: 6, size: firstNumber },
  { pattern: /liquidity of the AID pool/, weight: 6, size: () => 0 },
  { pattern: /liquidat/, weight: 3, size: (text) => (/^A /.test(text) ? 1 : firstNumber(text)) },
]

const other: Kind = { pattern: /(?:)/, weight: 5, size: () => 0 }

/**
 * Splits the events of a path, both parts in the order of days: at most `most` to be told at once, and the rest.
 * Each further event of a kind counts one weight less than the worse one before it, so that no kind crowds out the others.
 */
export function byImportance(
  events: readonly Event[],
  most: number,
): { readonly told: Event[]; readonly rest: Event[] } {
  const rated = events.map((event) => ({ event, kind: kinds.find((k) => k.pattern.test(event.text)) ?? other }))
  const scored = rated.map(({ event, kind }, i) => {
    const size = kind.size(event.text)
    const worse = rated.filter((r, j) => {
      if (r.kind !== kind) return false
      const its = kind.size(r.event.text)
      return its > size || (its === size && j < i)
    })
    return { event, i, score: kind.weight - worse.length }
  })
  const chosen = new Set(
    scored
      .toSorted((a, b) => b.score - a.score || a.i - b.i)
      .slice(0, most)
      .map(({ event }) => event),
  )
  return { told: events.filter((e) => chosen.has(e)), rest: events.filter((e) => !chosen.has(e)) }
}
