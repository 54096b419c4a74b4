/** Paths told day by day: each is simulated again alone and gives the same numbers as in the run. */
import type { Economy } from '../kernel/economy.ts'
import type { Plan } from '../kernel/plan.ts'
import type { PathStory } from '../kernel/record.ts'
import { Simulator } from '../kernel/simulator.ts'
import type { ToldPath } from '../studies/worstPaths.ts'

export interface Replay {
  /** Column name → one number a day. */
  readonly series: Readonly<Record<string, Float64Array>>
  /** Outcome name → number at the end. */
  readonly outcomes: Readonly<Record<string, number>>
}

/**
 * Simulates one path alone.
 * @param columns room.column, one number a path, kept each day
 * @param onDay called after each day that the laws held, so that a broken law still leaves the days before it
 * @throws LawError when a law breaks
 */
export function replayPath(
  economy: Economy,
  plan: Plan,
  path: number,
  columns: readonly string[],
  outcomes: readonly string[],
  onDay: (day: number) => void = () => {},
  series: Record<string, Float64Array> = emptySeries(plan, columns),
): Replay {
  const kept = columns.map((name) => series[name])
  const record = { outcomes, series: columns.map((column) => ({ column, scale: 'linear' as const, from: 0, to: 1 })) }
  const observer = {
    observe(s: number, day: number, values: Float64Array): void {
      kept[s][day] = values[0]
      if (s === columns.length - 1) onDay(day)
    },
  }
  const row = new Float64Array(outcomes.length)
  new Simulator(economy, plan, 1).run([path], record, observer, row)
  return { series, outcomes: Object.fromEntries(outcomes.map((name, o) => [name, row[o]])) }
}

/** Room for one number a day of each column. */
export function emptySeries(plan: Plan, columns: readonly string[]): Record<string, Float64Array> {
  return Object.fromEntries(columns.map((name) => [name, new Float64Array(plan.days)]))
}

/** The stories of the told paths. @param tell what happened, in plain words, from the columns of a path */
export function tellPaths(
  economy: Economy,
  plan: Plan,
  told: readonly ToldPath[],
  columns: readonly string[],
  tell: (series: Readonly<Record<string, Float64Array>>) => PathStory['events'],
): PathStory[] {
  return told.map(({ path, reason }) => {
    const { series } = replayPath(economy, plan, path, columns, [])
    return { path, reason, series, events: tell(series) }
  })
}
