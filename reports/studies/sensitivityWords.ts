/** Findings of a study of sensitivity in words: no number without its interval, and no sign where there is none to see. */
import type { RankRange } from '../../sim/statistics/ranks.ts'
import { dummyName, type Found, type SensitivityOfMetric } from '../../sim/studies/sensitivity/answer.ts'
import type { DialRange } from '../../sim/studies/sensitivity/ranges.ts'
import { differenceScale } from '../differences.ts'
import { amount, fixed, largestMagnitude, levelText, rangeText, type Scale, scaleOf } from '../format.ts'

/** Shares of a variance, which the text around them calls so: 0.31 and not 31 %. */
export const indexDecimals = 2

export const zeroWords = 'cannot be told from zero'

/** 'mean', 'probability', 'ES 90 %', '95 % quantile'. */
export function statisticWords(statistic: string): string {
  const [kind, level] = statistic.split(':')
  if (level === undefined) return kind
  return kind === 'quantile' ? `${levelText(Number(level))} quantile` : `expected shortfall ${levelText(Number(level))}`
}

/** The scale in which the changes of a metric are shown. */
export function changeScale({ unit, tornado, morris }: SensitivityOfMetric): Scale {
  const findings = [
    ...(tornado?.bars ?? []).flatMap(({ low, high }) => [low.change, high.change]),
    ...(morris?.dials ?? []).map(({ muStar }) => muStar),
  ]
  return differenceScale(scaleOf(unit, largestMagnitude(findings.map(({ value }) => value ?? 0))))
}

/** Whether nothing moved at all: every path is the same, or every resample. */
export function isStill({ value, lower, upper }: Found): boolean {
  return value === 0 && lower === 0 && upper === 0
}

/** 'a to b unit' of a finding, or why it has none. */
export function intervalWords(found: Found, scale: Scale): string {
  const { lower, upper } = found
  if (isStill(found)) return ''
  return lower === null || upper === null ? 'no interval' : rangeText(lower, upper, scale)
}

/** 'a to b', the unit standing elsewhere. */
export function bareInterval(found: Found, scale: Scale): string {
  return intervalWords(found, scale).replace(`\u00a0${scale.unit}`, '')
}

/** A change with its sign, or that it cannot be told from zero. */
export function changeWords(found: Found, scale: Scale): string {
  if (isStill(found)) return 'no path moved'
  if (!found.told || found.value === null) return zeroWords
  return found.value > 0 ? `+${amount(found.value, scale)}` : amount(found.value, scale)
}

/** A magnitude, or that it cannot be told from zero. */
export function sizeWords(found: Found, scale: Scale): string {
  if (isStill(found)) return 'no path moved'
  return found.told && found.value !== null ? amount(found.value, scale) : zeroWords
}

/** A share of variance, or that it cannot be told from zero. */
export function indexWords(found: Found): string {
  if (isStill(found)) return 'no path moved'
  return found.told && found.value !== null ? fixed(found.value, indexDecimals) : zeroWords
}

export function indexInterval(found: Found): string {
  const { lower, upper } = found
  if (isStill(found)) return ''
  return lower === null || upper === null
    ? 'no interval'
    : `${fixed(lower, indexDecimals)} to ${fixed(upper, indexDecimals)}`
}

/** '1', or 'not ranked (2 to 4)' where intervals overlap; what does not move at all has no place. */
export function rankWords(rank: RankRange | null, ranked: Found): string {
  if (rank === null || isStill(ranked)) return '—'
  return rank.best === rank.worst ? String(rank.best) : `not ranked (${rank.best} to ${rank.worst})`
}

const plainScale: Scale = { factor: 1, unit: '' }

/** A value of a dial in its unit. */
export function dialValue(dials: readonly DialRange[], name: string, value: number): string {
  const dial = dials.find((one) => one.name === name)
  // Multiples such as 1.5 times are not shares: only what stays about 1 reads well in per cent.
  const isShare = dial !== undefined && Math.max(Math.abs(dial.from), Math.abs(dial.to)) <= 1
  if (dial === undefined || (dial.unit === '1' && !isShare)) return amount(value, plainScale)
  const scale = scaleOf(dial.unit, Math.max(Math.abs(dial.from), Math.abs(dial.to)))
  const text = amount(value, scale)
  return scale.unit === '' ? text : `${text}\u00a0${scale.unit}`
}

/** Whether the dummy came out as it must: nothing of it told from zero. */
export function isDummySilent({ morris, sobol }: SensitivityOfMetric): boolean {
  const found = [
    ...(morris ? [morris.dummy.mu, morris.dummy.muStar, morris.dummy.sigma] : []),
    ...(sobol?.dummy ? [sobol.dummy.first, sobol.dummy.total] : []),
  ]
  return found.every(({ told }) => !told)
}

/** What the dummy says of the other numbers. */
export function dummyWords(metric: SensitivityOfMetric): string {
  if (!metric.morris && !metric.sobol?.dummy) return ''
  return isDummySilent(metric)
    ? `The ${dummyName}, which turns nothing but the luck, ${zeroWords}, as it must.`
    : `The ${dummyName}, which turns nothing but the luck, can be told from zero, which one study in twenty finds by chance: ask again with another --seed, and if it stays give more --paths.`
}

/** The dials that lead, by mu* and by total index, each with its interval. */
export function leadersWords(metric: SensitivityOfMetric): string {
  const { morris, sobol } = metric
  const scale = changeScale(metric)
  const screened = morris
    ? leadersSentence(
        morris.dials.map((one) => ({ ...one, size: one.muStar })),
        (size) => `${sizeWords(size, scale)}, ${intervalWords(size, scale)} over its range`,
      )
    : ''
  const begun = screened.replace(/^the /, 'The ')
  if (!sobol?.dummy) return begun
  const shared = leadersSentence(
    sobol.dials.map((one) => ({ ...one, size: one.total })),
    (size) => `total share ${indexWords(size)}, ${indexInterval(size)}`,
  )
  return [begun, `Of the dials in the shares of variance: ${shared}`].filter((words) => words !== '').join(' ')
}

interface Ranked {
  readonly dial: string
  readonly size: Found
  readonly rank: RankRange | null
}

function leadersSentence(dials: readonly Ranked[], words: (size: Found) => string): string {
  const leading = dials.filter(({ size, rank }) => size.told && rank?.best === 1)
  const named = leading.map(({ dial, size }) => `${dial} (${words(size)})`)
  if (leading.length === 0) return 'the effect of no dial can be told from zero.'
  if (leading.length > 1)
    return `${named.slice(0, -1).join(', ')} and ${named.at(-1)} lead and are not ranked: their intervals overlap.`
  if (leading[0].rank?.worst === 1) return `${named[0]} matters most.`
  return `${named[0]} leads, but is not ranked: the intervals of other dials overlap its own.`
}
