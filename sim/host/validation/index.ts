/** Every validation hook of aidlab, in one list. */
import { hooks as credit } from './credit.ts'
import { hooks as holders } from './holders.ts'
import type { Hook } from './hook.ts'
import { hooks as random } from './random.ts'
import { hooks as reserve } from './reserve.ts'
import { hooks as statistics } from './statistics.ts'
import { hooks as vault } from './vault.ts'
import { hooks as venues } from './venues.ts'

export const hooks: readonly Hook[] = [...random, ...statistics, ...credit, ...reserve, ...vault, ...venues, ...holders]
