/** Herding by thresholds: who joins once enough others have, and where the crowd stops. */
import { InputError } from '../../sim/kernel/errors.ts'
import { log } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf, normalPdf } from '../../sim/kernel/maths/normal.ts'
import { findRoot } from '../../sim/kernel/maths/solve.ts'
import { pi } from '../../sim/kernel/maths/trigonometric.ts'

/**
 * How many end up running when each runs once at least `threshold` others do (an instigator has 0).
 * Source: Granovetter, Threshold Models of Collective Behavior, American Journal of Sociology 83 (1978).
 * @param thresholds numbers of runners that each needs to see; any order.
 */
export function cascadeSize(thresholds: readonly number[]): number {
  const ascending = [...thresholds].sort((a, b) => a - b)
  const stops = ascending.findIndex((threshold, running) => threshold > running)
  return stops < 0 ? ascending.length : stops
}

/**
 * The share that runs when thresholds are normal: the lowest solution of share = N((share - mean) / sd), where a crowd
 * that starts at nobody comes to rest. Source: Granovetter (1978).
 * @param mean of the thresholds, share of holders
 * @param sd of the thresholds, share of holders; at 0 all or nobody run
 * @throws InputError when sd is negative
 */
export function runningShare(mean: number, sd: number): number {
  if (!(sd >= 0)) throw new InputError(`sd ${sd} is wrong; 0 or more is right`)
  if (sd === 0) return mean > 0 ? 0 : 1
  // In z = (share - mean) / sd the excess N(z) - sd z - mean falls, rises between the two z where the density is sd,
  // and falls again.
  const excess = (z: number): number => normalCdf(z) - sd * z - mean
  const lowest = -mean / sd
  const highest = (1 - mean) / sd
  const turn = turningPoint(sd)
  if (turn > 0) {
    const firstTurn = Math.max(lowest, Math.min(-turn, highest))
    if (excess(firstTurn) <= 0) return normalCdf(rootOf(excess, lowest, firstTurn))
    return normalCdf(rootOf(excess, Math.max(firstTurn, Math.min(turn, highest)), highest))
  }
  return normalCdf(rootOf(excess, lowest, highest))
}

/** The z > 0 at which the normal density equals sd; 0 where it never does. */
function turningPoint(sd: number): number {
  const ratio = sd * Math.sqrt(2 * pi)
  return ratio < 1 ? Math.sqrt(-2 * log(ratio)) : 0
}

function rootOf(excess: (z: number) => number, low: number, high: number): number {
  if (excess(low) <= 0) return low
  if (excess(high) >= 0) return high
  return findRoot(excess, low, high)
}

/**
 * The spread of thresholds at which the low resting point meets the middle one and vanishes, so that the share that
 * runs leaps up: sd = n(z) with N(z) - z n(z) = mean. null where there is no such leap (mean of 0 or less, or of one
 * half or more).
 * Source: Granovetter and Soong, Threshold Models of Diffusion and Collective Behavior, Journal of Mathematical
 * Sociology 9 (1983).
 */
export function criticalSpread(mean: number): number | null {
  if (!(mean > 0 && mean < 0.5)) return null
  const tangency = (z: number): number => normalCdf(z) - z * normalPdf(z) - mean
  return normalPdf(findRoot(tangency, -38, 0))
}
