/** Levers: the shocks of a scenario as one number a tick of the run. */
import type { Economy } from '../sim/kernel/economy.ts'
import { checkLever, type LeverSettings } from '../sim/kernel/plan.ts'
import { compileExpression, type Now } from './expression.ts'
import { durationWords } from './moments.ts'
import { fail, placed } from './positions.ts'
import { leverOf, type PlacedShock, type Shock } from './shocks.ts'

/**
 * One number a tick for every column that the shocks move; columns that stay neutral are left out.
 * @throws InputError with the place of the shock after which a column leaves its bounds, or that falls between two ticks
 */
export function sampleLevers(
  shocks: readonly PlacedShock[],
  economy: Economy,
  days: number,
  ticksPerDay: number,
): LeverSettings {
  const columns: Record<string, Float64Array> = {}
  for (const { shock, place } of shocks) {
    const { column } = shock
    columns[column] ??= new Float64Array(days * ticksPerDay).fill(leverOf(economy, column).neutral)
    const [first, last] = ticksInForce(shock, ticksPerDay)
    if (first >= last) {
      const long = durationWords((shock.untilHours ?? 0) - shock.atHours)
      fail(
        place,
        `the shock on ${column}, ${long} long, falls between two of the ${ticksPerDay} ticks a day; make it longer or run.ticksPerDay larger`,
      )
    }
    const [room, name] = column.split('.')
    placed(place, () => {
      applyShock(columns[column], shock, ticksPerDay)
      checkLever(economy, room, name, columns[column], days * ticksPerDay)
    })
  }
  const levers: Record<string, Record<string, Float64Array>> = {}
  for (const [column, values] of Object.entries(columns)) {
    const [room, name] = column.split('.')
    const { neutral } = leverOf(economy, column)
    if (values.some((value) => value !== neutral)) levers[room] = { ...levers[room], [name]: values }
  }
  return levers
}

/** Hours are sums of fractions: a tick that begins this little before a moment counts as beginning with it. */
const sameMoment = 1e-9

function ticksInForce({ atHours, untilHours, backOverHours }: Shock, ticksPerDay: number): [number, number] {
  const tick = (hours: number): number => Math.ceil((hours * ticksPerDay) / 24 - sameMoment)
  return [tick(atHours), untilHours === undefined ? Number.POSITIVE_INFINITY : tick(untilHours + (backOverHours ?? 0))]
}

/** Moves a column by one shock, in place: a tick has the value of the moment in which it begins. */
function applyShock(values: Float64Array, shock: Shock, ticksPerDay: number): void {
  const [first, last] = ticksInForce(shock, ticksPerDay)
  const target = targetOf(shock)
  const now: Now = { t: 0, day: 0, value: 0 }
  for (let i = first; i < Math.min(last, values.length); i++) {
    now.value = values[i]
    const hours = (i * 24) / ticksPerDay
    now.day = hours / 24
    now.t = Math.max(0, hours - shock.atHours) / 24
    const share = shareAt(shock, hours)
    const goal = target(now)
    values[i] = share === 1 ? goal : now.value + share * (goal - now.value)
  }
}

function targetOf(shock: Shock): (now: Readonly<Now>) => number {
  const { to, times, expression } = shock
  if (to !== undefined) return () => to
  if (times !== undefined) return (now) => now.value * times
  return compileExpression(expression!)
}

/** How far a shock has come: 0 not begun, 1 in full force. */
function shareAt({ atHours, untilHours, overHours, backOverHours }: Shock, hours: number): number {
  const up = overHours === undefined ? 1 : Math.min(1, Math.max(0, (hours - atHours) / overHours))
  if (untilHours === undefined || backOverHours === undefined || hours < untilHours) return up
  return Math.min(1, Math.max(0, 1 - (hours - untilHours) / backOverHours))
}
