/** How far a rumour spreads by word of mouth: the epidemic of susceptible, spreading and tired. */
import { InputError } from '../../sim/kernel/errors.ts'
import { expm1, log } from '../../sim/kernel/maths/elementary.ts'
import { findRoot } from '../../sim/kernel/maths/solve.ts'

function refuseNegative(reproduction: number): void {
  if (!(reproduction >= 0)) throw new InputError(`r0 ${reproduction} is wrong; 0 or more is right`)
}

/**
 * The share that ever hears it: the positive solution of z = 1 - exp(-R0 z), 0 where R0 <= 1.
 * Source: Kermack and McKendrick, Proceedings of the Royal Society A 115 (1927).
 * @param reproduction listeners that one spreader convinces when nobody has heard, R0.
 */
export function rumourSize(reproduction: number): number {
  refuseNegative(reproduction)
  if (reproduction <= 1) return 0
  const excess = (z: number): number => -expm1(-reproduction * z) - z
  // The excess rises from 0 to its top at ln R0 / R0 and falls below 0 at 1, so the root lies between.
  const top = log(reproduction) / reproduction
  if (excess(top) <= 0) return top
  return excess(1) >= 0 ? 1 : findRoot(excess, top, 1)
}

/**
 * The largest share that spreads it at once, 1 - (1 + ln R0) / R0; 0 where R0 <= 1. Source: Kermack and McKendrick
 * (1927).
 * @param reproduction as in `rumourSize`.
 */
export function rumourPeak(reproduction: number): number {
  refuseNegative(reproduction)
  return reproduction <= 1 ? 0 : 1 - (1 + log(reproduction)) / reproduction
}
