/** What the files of this room are handed when a batch is opened. */
import type { Clock } from '../../sim/kernel/clock.ts'
import type { Columns, ParameterValues, ReadonlyColumns } from '../../sim/kernel/room.ts'
import type { vaultInputs, vaultState } from './columns.ts'
import type { vaultParameters } from './parameters.ts'

export interface VaultContext {
  readonly parameters: ParameterValues<typeof vaultParameters>
  readonly state: Columns<typeof vaultState>
  readonly inputs: ReadonlyColumns<typeof vaultInputs>
  readonly sizes: Readonly<Record<string, number>>
  /** Paths in the batch. */
  readonly paths: number
  readonly clock: Clock
}
