/** Paths looked at closely: simulated again, alone or a few at a time, with the very luck that they had. */
import type { Economy } from '../../kernel/economy.ts'
import type { Plan } from '../../kernel/plan.ts'
import { Simulator } from '../../kernel/simulator.ts'
import type { Steering } from '../../kernel/steering.ts'
import type { Failure } from './failure.ts'
import type { Testimony, Witness } from './language.ts'

export interface Witnessed extends Testimony {
  readonly path: number
  /** Day from which the failure stood until the end, −1 where the path did not fail. */
  readonly failedOn: number
}

/** Paths a batch: few, so that their days fit in memory. */
const batch = 16

export interface WitnessRequest {
  readonly economy: Economy
  readonly plan: Plan
  readonly steering?: Steering
  readonly paths: readonly number[]
  readonly witness: Witness
  readonly failure: Failure
  /** Is handed the watched series of each path besides. */
  readonly onSeries?: (path: number, series: Readonly<Record<string, Float64Array>>) => void
}

/** What the witness says of each path, in the order of `paths`. */
export function witnessPaths(
  economy: Economy,
  plan: Plan,
  steering: Steering | undefined,
  paths: readonly number[],
  witness: Witness,
  failure: Failure,
): readonly Witnessed[] {
  return [...witnessing({ economy, plan, steering, paths, witness, failure })].flat()
}

/** The same, a few paths at a time. */
export function* witnessing(request: WitnessRequest): Generator<readonly Witnessed[]> {
  const { economy, plan, steering, paths, witness, failure, onSeries = () => {} } = request
  if (paths.length === 0) return
  const capacity = Math.min(batch, paths.length)
  const simulator = new Simulator(economy, plan, capacity, { steering })
  const read = witness.columns.map((name) => ({ name, column: simulator.column(name) }))
  const asked = failure.columns.map((name) => ({ name, column: simulator.column(name) }))
  for (let from = 0; from < paths.length; from += capacity) {
    const numbers = paths.slice(from, from + capacity)
    const notes = numbers.map(() => emptySeries(read, plan.days, capacity))
    const failedOn = numbers.map(() => -1)
    follow(simulator, plan, numbers, (day) => {
      numbers.forEach((_, p) => {
        for (const { name, column } of read) {
          const width = column.length / capacity
          notes[p][name].set(column.subarray(p * width, (p + 1) * width), day * width)
        }
        const outcome = Object.fromEntries(asked.map(({ name, column }) => [name, column[p]]))
        if (!failure.happened(outcome)) failedOn[p] = -1
        else if (failedOn[p] < 0) failedOn[p] = day
      })
    })
    yield numbers.map((path, p) => {
      onSeries(path, notes[p])
      const until = failedOn[p] < 0 ? plan.days - 1 : failedOn[p]
      return { path, failedOn: failedOn[p], ...witness.testify(notes[p], plan, until) }
    })
  }
}

function emptySeries(
  read: readonly { readonly name: string; readonly column: Float64Array }[],
  days: number,
  capacity: number,
): Record<string, Float64Array> {
  return Object.fromEntries(read.map(({ name, column }) => [name, new Float64Array((days * column.length) / capacity)]))
}

/** Simulates a few paths and calls `onDay` after each of their days. */
function follow(simulator: Simulator, plan: Plan, numbers: readonly number[], onDay: (day: number) => void): void {
  const active = Int32Array.from(numbers, (_, i) => i)
  simulator.open(numbers)
  for (let day = 0; day < plan.days; day++) {
    simulator.advance(day, active, numbers.length)
    onDay(day)
  }
}
