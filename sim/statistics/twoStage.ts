/** How large a sample must be, told by a smaller one that is not part of it. */
import { requireOpenProbability } from './checks.ts'
import type { GroupedEstimate } from './groupedEstimates.ts'
import { studentMultiplier } from './student.ts'

export interface WantedPrecision {
  /** Half-width of the interval over the estimate. */
  readonly precision: number
  readonly confidence: number
}

/** A variance found on a few groups is itself a guess. */
const margin = 1.1

/**
 * Groups after which the half-width of the interval is the wanted share of the estimate, by the size of the second stage of C. Stein
 * (Annals of Mathematical Statistics 16, 1945) with Student's multiplier of the first. His pooling of both stages is not taken over:
 * it is right for normal numbers, whose mean knows nothing of their variance, but where the tail was rarely met a first stage is low
 * in both, asks for too little and is then kept. An estimate out of the second stage alone has the coverage of one whose size was
 * fixed beforehand.
 * @param first of the first stage alone
 * @returns Infinity where the first stage says nothing of the variance
 */
export function groupsWanted(
  { value, standardError, groups }: Pick<GroupedEstimate, 'value' | 'standardError' | 'groups'>,
  { precision, confidence }: WantedPrecision,
): number {
  requireOpenProbability(confidence, 'confidence')
  if (!(precision > 0)) throw new RangeError(`invalid precision: ${precision}; above 0 wanted`)
  if (value === 0 || standardError === 0) return Number.POSITIVE_INFINITY
  const half = (studentMultiplier(confidence, groups - 1) * standardError) / (precision * Math.abs(value))
  return Math.ceil(margin * groups * half * half)
}
