/** What the files of this room are handed when a batch is opened. */
import type { Clock } from '../../sim/kernel/clock.ts'
import type { Columns, ParameterValues, ReadonlyColumns } from '../../sim/kernel/room.ts'
import type { aidInputs, aidState } from './columns.ts'
import type { aidParameters } from './parameters.ts'

export interface AidContext {
  readonly parameters: ParameterValues<typeof aidParameters>
  readonly state: Columns<typeof aidState>
  readonly inputs: ReadonlyColumns<typeof aidInputs>
  readonly levers: { readonly redemptionOpen: Float64Array }
  readonly sizes: Readonly<Record<string, number>>
  readonly clock: Clock
}
