/** Dials and shares in the words of an answer. */
import type { DialWords } from './answer.ts'
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

/** A share as percent with up to three significant digits. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}

/** A value of a dial with its unit: shares as percent, dollars with their thousands. */
export function valueWords(value: number, unit: string): string {
  if (unit === '1') return percent(value)
  if (unit === '1/day') return `${percent(value)} a day`
  const digits = Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)))
  return `${digits.replace(/\B(?=(\d{3})+$)/g, ' ')} ${unit}`
}
