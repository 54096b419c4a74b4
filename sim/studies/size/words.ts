/** Dials and shares in the words of an answer. */

import { dialTitle } from '../dialWords.ts'
import { counted, unpadded } from '../numberWords.ts'
import type { DialWords, Monotonicity } from './answer.ts'
import { type Ladder, spacingOf } from './levels.ts'

export function dialWords({ dial, policy, today, safer, levels }: Ladder): DialWords {
  const [first, last] = [levels[0], levels[levels.length - 1]]
  const [from, to] = [Math.min(first, last), Math.max(first, last)]
  return {
    name: dial.name,
    meaning: dial.meaning,
    unit: dial.unit,
    from,
    to,
    today,
    safer,
    levels: levels.length,
    spacing: spacingOf(policy, from, to),
    paidBy: policy?.paidBy ?? null,
  }
}

/** Whether the policy of today is at a level or on the safe side of it: then nothing is to be changed. */
export function isTodayEnough({ today, safer }: Pick<DialWords, 'today' | 'safer'>, level: number): boolean {
  return safer === 'up' ? today >= level : today <= level
}

/** 'the reserve buffer at 82.5 %' */
export function dialAt(dial: Pick<DialWords, 'name' | 'meaning' | 'unit'>, level: number): string {
  return `the ${dialTitle(dial)} at ${valueWords(level, dial.unit)}`
}

/** A share that is set and not measured, in per cent: up to four significant digits, no zeros added. */
export function unpaddedPercent(share: number): string {
  return `${digitsOf(share * 100)} %`
}

/** A value of a dial with its unit: shares as percent, dollars in thousands or millions. */
export function valueWords(value: number, unit: string): string {
  if (unit === '1') return unpaddedPercent(value)
  if (unit === '1/day') return `${unpaddedPercent(value)} a day`
  const size = Math.abs(value)
  const [step, prefix] = size >= 1e9 ? [1e9, 'bn '] : size >= 1e6 ? [1e6, 'M '] : [1, '']
  return `${digitsOf(value / step)} ${prefix}${unit}`
}

/** Up to four significant digits or all of a whole number, no zeros added. */
function digitsOf(value: number): string {
  return unpadded(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)))
}

/** No confidence is rounded up to certainty. */
export function confidenceWords(confidence: number): string {
  return confidence > 0.995 ? 'more than 99 %' : `${Math.floor(100 * confidence)} %`
}

/** Between which levels failures became more frequent, the worst case of each safer level. */
export function reversalWords({ reversals }: Monotonicity, { unit }: Pick<DialWords, 'unit'>): string {
  const worst = new Map<number, Monotonicity['reversals'][number]>()
  for (const step of reversals) {
    const known = worst.get(step.to)
    if (known === undefined || step.lost - step.gained > known.lost - known.gained) worst.set(step.to, step)
  }
  const parts = [...worst.values()].map(
    ({ from, to, gained, lost, paths }) =>
      `from ${valueWords(from, unit)} to ${valueWords(to, unit)} failures became more frequent (${counted(lost)} of ${counted(paths)} paths fail only there, ${counted(gained)} no longer do)`,
  )
  return parts.join('; ')
}
