/** Which way of simulating leads an answer. */
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import { importance } from './importance.ts'
import { interactingParticles } from './interacting.ts'
import type { Finding } from './methods.ts'
import { multilevelSplitting } from './splitting.ts'

/** Multiplied paths first: they meet the luck of the model as it is, where importance sampling knows only what its pilot has met. */
const order = [interactingParticles, multilevelSplitting, importance]
/** How many times as many paths in the tail as plain simulation a way must promise to lead in its place. */
const clearlyMore = 2

/**
 * The first way in a fixed order that promises enough paths in the tail, and clearly more than plain ones, unless its weights cannot
 * be believed; else plain simulation. Not the one that promises most: first stages of few replications promise too roughly for that. Promises are those of the stage that set the number of paths, which the estimates know nothing
 * of: to lead by what an estimate itself has met in the tail would pick the luckiest, and those that hit often are too high.
 * @param found plain simulation first
 */
export function leading(found: readonly Finding[]): Finding {
  const [plain] = found
  const promises = ({ foreseen, weights }: Finding): boolean =>
    foreseen !== undefined &&
    weights?.meanIsOne !== false &&
    foreseen.tailPaths >= Math.max(MINIMUM_TAIL_COUNT, clearlyMore * foreseen.tailShare * plain.paths)
  return order.map((name) => found.find(({ method }) => method === name)).find((one) => one && promises(one)) ?? plain
}
