/** What each kind of study contributes to its report; a kind is loaded when it is asked for. */
import type { StudyKind } from '../../sim/studies/study.ts'
import type { StudyParts } from '../studyReport.ts'

// biome-ignore lint/suspicious/noExplicitAny: the answer comes from a file, and its kind says which parts read it
type AnyParts = StudyParts<any>

const kinds: Readonly<Partial<Record<StudyKind, () => Promise<AnyParts>>>> = {
  compare: async () => (await import('./compare.ts')).compareParts,
  sweep: async () => (await import('./sweep.ts')).sweepParts,
  size: async () => (await import('./size.ts')).sizeParts,
  gate: async () => (await import('./gate.ts')).gateParts,
  sensitivity: async () => (await import('./sensitivity.ts')).sensitivityParts,
  reverse: async () => (await import('./reverse.ts')).reverseParts,
  tails: async () => (await import('./tails.ts')).tailsParts,
}

/** @throws Error for a kind that has no report */
export async function partsOf(kind: StudyKind): Promise<AnyParts> {
  const load = kinds[kind]
  if (!load) throw new Error(`no report is written for ${kind}; known: ${Object.keys(kinds).join(', ')}`)
  return load()
}
