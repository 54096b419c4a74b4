/** About how long a simulation takes, said before it begins. */
import { availableParallelism } from 'node:os'
import { duration } from '../progress.ts'
import { mostThreads } from '../simulate.ts'

/** Microseconds of one core that a path takes a day, and besides that a tick, on the machine of the benchmarks. */
const microsecondsADay = 14
const microsecondsATick = 10 / 24

/**
 * '2 min 5 s of 2 cores'
 * @param threads as asked for; as many as there are cores without it
 */
export function simulationTime(
  paths: number,
  { days, ticksPerDay }: { readonly days: number; readonly ticksPerDay: number },
  threads: number | undefined,
): string {
  const cores = Math.max(1, threads ?? Math.min(mostThreads, availableParallelism()))
  const seconds = (paths * days * (microsecondsADay + microsecondsATick * ticksPerDay)) / 1e6
  return `${duration(Math.max(1, seconds / cores))} of ${cores === 1 ? 'one core' : `${cores} cores`}`
}
