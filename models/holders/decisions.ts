/** Who acts in a tick: those who look, those whom the alarm wakes, and whether they leave. */
import type { Clock } from '../../sim/kernel/clock.ts'
import type { ReadonlyColumn } from '../../sim/kernel/declarations.ts'
import type { EventStream } from '../../sim/kernel/random/events.ts'
import type { Step } from '../../sim/kernel/room.ts'
import { purposes } from './purposes.ts'
import { type Register, roles } from './register.ts'
import type { Schedule } from './schedule.ts'

/** A tenth of a percent is left for spreads paid before the income that covers them. */
const alarmBacking = 0.999

/** Values of `leaving` beside 0: wants out of everything; has just calmed down and may take back what still waits. */
const wantsOut = 1
export const calmed = -1

interface Context {
  readonly state: Readonly<
    Record<
      'threshold' | 'rank' | 'leaving' | 'stress' | 'looksAt' | 'actor' | 'actors' | 'exitShare' | 'runnersTotal',
      Float64Array
    >
  >
  readonly inputs: Readonly<Record<'aidPrice' | 'backing' | 'drawdown' | 'overdueDays', ReadonlyColumn>>
  readonly levers: Readonly<Record<'panic' | 'providerExit', Float64Array>>
  readonly parameters: {
    readonly gapScale: number
    readonly shortageScale: number
    readonly drawdownScale: number
    readonly queueScale: number
    readonly herding: number
    readonly alarmAttention: number
    readonly alarmGap: number
  }
  readonly events: EventStream
  readonly clock: Clock
}

export interface DecisionOperations {
  /** The holder has taken back what it could: it is as if it had never wanted out. */
  settled(path: number, holder: number): void
  /** A uniform number for a choice of this holder in this tick: 0 queue or sell, 1 redeem or sell. */
  coin(path: number, holder: number, choice: 0 | 1): number
}

export function makeDecisions(
  context: Context,
  register: Register,
  schedule: Schedule,
): { tick: Step; operations: DecisionOperations } {
  const { state, inputs, levers, parameters, events, clock } = context
  const { threshold, rank, leaving, stress, looksAt, actor, actors, exitShare, runnersTotal } = state
  const { holders, cohort, role, sticky } = register
  const seen = new Float64Array(5)
  const { gapScale, shortageScale, drawdownScale, queueScale, herding, alarmAttention } = parameters
  const alarmPrice = 1 - parameters.alarmGap
  const perTick = 24 / clock.ticksPerDay
  const alarmChance = Math.min(1, alarmAttention * perTick)
  const forget = 1 - 1 / clock.ticksPerDay

  /** What everybody can see of a path in this tick, each cause of stress in its own scale. */
  const see = (path: number): void => {
    seen[0] = Math.max(0, 1 - inputs.aidPrice[path]) / gapScale
    seen[1] = Math.max(0, 1 - inputs.backing[path]) / shortageScale
    seen[2] = inputs.drawdown[path] / drawdownScale
    seen[3] = inputs.overdueDays[path] / queueScale
    seen[4] = herding * exitShare[path]
  }
  const stressOf = (c: number): number =>
    register.price[c] * seen[0] +
    register.cover[c] * seen[1] +
    register.news[c] * seen[2] +
    register.queue[c] * seen[3] +
    seen[4]

  const look = (path: number, holder: number): void => {
    if (sticky[holder] === 1) return
    const at = path * holders + holder
    const felt = stressOf(cohort[holder])
    stress[at] = felt
    const forced =
      role[holder] === roles.liquidity
        ? rank[at] < levers.providerExit[clock.now] || rank[at] < levers.panic[clock.now]
        : rank[at] < levers.panic[clock.now]
    if (leaving[at] !== wantsOut && (felt >= threshold[at] || forced) && role[holder] !== roles.arbitrageur) {
      leaving[at] = wantsOut
      runnersTotal[path] += 1
    } else if (leaving[at] === wantsOut && !forced && felt < 0.5 * threshold[at]) {
      leaving[at] = calmed
    }
    actor[path * holders + actors[path]] = holder
    actors[path] += 1
  }

  const wake = (path: number): void => {
    const { tick } = clock
    events.at(path, 0, purposes.alarm + tick)
    for (let h = 0; h < holders; h++) {
      const at = looksAt[path * holders + h]
      const wakes = events.uniform() < alarmChance
      if (wakes && !(at >= tick && at < tick + 1)) look(path, h)
    }
  }

  return {
    tick(active, count) {
      const forced = levers.panic[clock.now] > 0 || levers.providerExit[clock.now] > 0
      for (let k = 0; k < count; k++) {
        const path = active[k]
        actors[path] = 0
        exitShare[path] *= forget
        see(path)
        for (let h = schedule.next(path, clock.tick); h >= 0; h = schedule.next(path, clock.tick)) look(path, h)
        const alarm = inputs.aidPrice[path] < alarmPrice || inputs.backing[path] < alarmBacking
        if (alarm || forced) wake(path)
      }
    },
    operations: {
      settled(path, holder) {
        leaving[path * holders + holder] = 0
      },
      coin: (path, holder, choice) => events.at(path, holder, purposes.coin + 24 * choice + clock.tick).uniform(),
    },
  }
}
