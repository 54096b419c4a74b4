/** What the files of this room are handed when a batch is opened. */
import type { Clock } from '../../sim/kernel/clock.ts'
import type { Columns, ParameterValues, ReadonlyColumns } from '../../sim/kernel/room.ts'
import type { reserveInputs, reserveLevers, reserveShocks, reserveState } from './columns.ts'
import type { reserveParameters } from './parameters.ts'

export interface ReserveContext {
  readonly parameters: ParameterValues<typeof reserveParameters>
  readonly state: Columns<typeof reserveState>
  readonly inputs: ReadonlyColumns<typeof reserveInputs>
  readonly shocks: ReadonlyColumns<typeof reserveShocks>
  readonly levers: { readonly [Name in keyof typeof reserveLevers]: Float64Array }
  readonly sizes: Readonly<Record<string, number>>
  readonly clock: Clock
}
