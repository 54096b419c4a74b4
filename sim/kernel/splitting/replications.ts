/** Replications: groups of paths that depend on each other and on no other path. */
import { InputError } from '../errors.ts'

/** Numbers of paths that a replication may use. */
export const numbersEach = 1 << 17
/** Replications that find numbers of their own in the upper half of the 32 bits, where no ordinary path is. */
export const mostReplications = 1 << 14

/** The first path number of a replication. @throws InputError when there are no numbers left for it */
export function firstNumber(replication: number): number {
  if (!(replication >= 0 && replication < mostReplications)) {
    throw new InputError(`replication ${replication} of splitting; at most ${mostReplications} are possible`)
  }
  return 0x80000000 | (replication * numbersEach)
}

/** The replication that a path number belongs to; null for an ordinary path. */
export function replicationOf(number: number): number | null {
  return number < 0 ? Math.floor((number + 0x80000000) / numbersEach) : null
}
