/** What this economy tells a reverse stress test: its luck in a few numbers, what to look for, and what can be ordered. */
import { stressLevers } from './stressLevers.ts'
import { stressSpace } from './stressSpace.ts'
import { stressWitness } from './stressWitness.ts'

export const stress = {
  space: stressSpace,
  witness: stressWitness,
  levers: stressLevers.levers,
  reproduction: stressLevers.reproduction,
}
