/** Every validation hook of aidlab, in one list. */
import type { Hook } from './hook.ts'

export const hooks: readonly Hook[] = []
