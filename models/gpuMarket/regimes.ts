/** The state of the market, glut or shortage, as a two-state Markov chain. */
import { expm1, log1p } from '../../sim/kernel/maths/elementary.ts'

/**
 * Probability of shortage after some days of a two-state chain: it forgets where it began at the rate of its second eigenvalue,
 * 1 - enter - leave. `days` = Infinity gives the stationary probability. Source: Norris, Markov Chains (1997), example 1.1.4.
 *
 * @param shortage probability of shortage today (0 or 1 where the state is known)
 * @param enter daily probability from glut to shortage
 * @param leave daily probability from shortage to glut; enter + leave in (0, 1]
 * @param days at least 0
 */
export function shortageProbability(shortage: number, enter: number, leave: number, days: number): number {
  const stationary = enter / (enter + leave)
  const forgotten = days === 0 ? 0 : -expm1(days * log1p(-(enter + leave)))
  return shortage + (stationary - shortage) * forgotten
}
