/** What a reverse stress test found, in words that table and report share. */
import type {
  DesignPointAnswer,
  LeverAnswer,
  ModeAnswer,
  PairAnswer,
  ReproductionAnswer,
  ReverseAnswer,
  Share,
} from '../../sim/studies/reverse/answer.ts'
import { counted, fixed, inWords, percent, rangeText } from '../format.ts'

const shares = { factor: 100, unit: '%' } as const

/** 5.85 % (4.86 to 6.97 %). */
export function shareWords({ value, lower, upper }: Share): string {
  return `${percent(value)} (${rangeText(lower, upper, shares)})`
}

/** 117 of 2,000. */
export function countWords({ count, of }: Share): string {
  return `${counted(count)} of ${counted(of)}`
}

/** 2.4 (2.2 to 2.7) standard deviations. */
export function distanceWords({ beta, lower, upper }: DesignPointAnswer): string {
  const from = lower === null ? 'unbounded' : fixed(lower, 2)
  const to = upper === null ? 'unbounded' : fixed(upper, 2)
  return `${fixed(beta, 2)} (${from} to ${to})`
}

/** A size of a lever in its unit: shares in per cent. */
export function sizeText(size: number, unit: string): string {
  if (unit === '1' || unit === '1/year') return size >= 20 || unit !== '1' ? fixed(size, 1) : fixed(size, 3)
  const text = fixed(size, Number.isInteger(size) ? 0 : 1)
  return `${text} ${text === '1' ? unit.replace(/s$/, '') : unit}`
}

export function criticalWords({ size, lower, upper, unit }: LeverAnswer): string {
  if (size === null) return 'does not break it'
  const from = lower === null ? 'unbounded' : sizeText(lower, unit)
  const to = upper === null ? 'unbounded' : sizeText(upper, unit)
  return `${sizeText(size, unit)} (${from} to ${to})`
}

/** How often as much happens by itself. */
export function seenWords(lever: LeverAnswer): string {
  if (lever.size === null) return `${percent(lever.largest.failing.value)} fail at the largest`
  if (lever.seen === null) return 'the model has no law for it'
  return `${countWords(lever.seen)} plain paths saw as much at some time`
}

export function pairWords({ levers, share, lower, upper, words }: PairAnswer): string {
  const names = levers.join(' and ')
  if (share === null) return `${names}: not even at both critical sizes`
  const range = `${lower === null ? 'unbounded' : percent(lower)} to ${upper === null ? 'unbounded' : percent(upper)}`
  return `${names}: at ${percent(share)} (${range}) of their critical sizes: ${words}`
}

/** How often the scenario that goes where a mode went fails. */
export function reproductionWords({ failing }: ReproductionAnswer): string {
  const fails = `fails on ${countWords(failing)} paths of ordinary luck, ${shareWords(failing)}`
  return 2 * failing.count >= failing.of
    ? `A scenario that goes there ${fails}.`
    : `A scenario that goes there as far as orders can ${fails}: the rest was luck.`
}

/** The answer in one sentence. */
export function leadWords(answer: ReverseAnswer): string {
  const { plain, modes, distinctModes, failure, scenario } = answer
  if (plain.count === 0)
    return `None of ${counted(plain.of)} paths of ${scenario.name} fails (${failure.text}): its probability is below ${percent(plain.upper)}.`
  const kinds = distinctModes === 1 ? 'one way' : `${inWords(distinctModes)} distinct ways`
  const few = modes.length === 0 ? ', too few to tell any way in which it does' : `, in ${kinds}`
  return `${scenario.name} fails (${failure.text}) on ${countWords(plain)} paths, ${shareWords(plain)}${few}.`
}

/** What stands behind the point of a mode, or why there is none. */
export function pointWords({ point, without }: ModeAnswer): string {
  if (point === null) return without === null ? '' : `No design point: ${without}.`
  const luck = point.coordinates.map(
    ({ coordinate, value }) => `${coordinate} ${value > 0 ? '+' : ''}${fixed(value, 2)}`,
  )
  return `Design point, rank ${point.rank}: ${distanceWords(point)} standard deviations from ordinary luck; ${luck.join('; ')}.`
}

export function checkWords({ check, probability }: Pick<ModeAnswer, 'check' | 'probability'>): string {
  if (check === null) return ''
  const { agrees, paths, effectivePaths } = check
  const verdict = agrees === null ? 'says too little to confirm' : agrees ? 'agrees with' : 'contradicts'
  return `Drawn around its failing paths: ${percent(check.probability)} (${rangeText(check.lower, check.upper, shares)}) from ${counted(paths)} failing paths worth ${fixed(effectivePaths, 1)} plain ones of equal weight; it ${verdict} the plain ${percent(probability.value)}.`
}
