/** Findings of a study of sensitivity in words: no number without its interval, and no sign where there is none to see. */
import type { RankRange } from '../../sim/statistics/ranks.ts'
import {
  dummyName,
  type Found,
  type SensitivityAnswer,
  type SensitivityOfMetric,
  type TornadoEnd,
} from '../../sim/studies/sensitivity/answer.ts'
import type { DialRange } from '../../sim/studies/sensitivity/ranges.ts'
import { dialTitle, listed } from '../dialWords.ts'
import { differenceScale, unseenText } from '../differences.ts'
import { amount, fixed, largestMagnitude, levelText, type Scale, scaleOf } from '../format.ts'

/** Shares of a variance, which the text around them calls so: 0.31 and not 31 %. */
export const indexDecimals = 2

export const zeroWords = 'cannot be told from zero'

export const stillWords = 'no path moved'

/** The same in a table that has no room for it and explains its marks. */
export const zeroMark = '~'

/** 'mean', 'probability', 'ES 90 %', '95 % quantile'. */
export function statisticWords(statistic: string): string {
  const [kind, level] = statistic.split(':')
  if (level === undefined) return kind
  return kind === 'quantile' ? `${levelText(Number(level))} quantile` : `expected shortfall ${levelText(Number(level))}`
}

/** What a dial is called in sentences and titles. */
export function dialName(dials: readonly DialRange[], name: string): string {
  const dial = dials.find((one) => one.name === name)
  return dial === undefined ? name : dialTitle(dial)
}

/** The scale in which the changes of a metric are shown: with as many decimals as give the largest of them three digits. */
export function changeScale({ unit, tornado, morris }: SensitivityOfMetric): Scale {
  const findings = [
    ...(tornado?.bars ?? []).flatMap(({ low, high }) => [low.change, high.change]),
    ...(morris?.dials ?? []).map(({ muStar }) => muStar),
  ]
  const largest = largestMagnitude(findings.map(({ value }) => value ?? 0))
  const scale = differenceScale(scaleOf(unit, largest))
  const shown = largest * scale.factor
  if (shown === 0) return scale
  const exponent = Number(shown.toExponential(2).split('e')[1])
  return { ...scale, decimals: Math.min(10, Math.max(0, 2 - exponent)) }
}

/** Whether nothing moved at all: of paths that moved, nothing is found to be zero with an interval of no width. */
export function isStill({ value, lower, upper }: Found): boolean {
  return value === 0 && lower === 0 && upper === 0
}

/** The change at an end of the tornado as it is shown: where no path moved without an interval, also of a probability. */
export function shownChange({ change, moved }: TornadoEnd): Found {
  return moved === 0 ? { value: 0, lower: 0, upper: 0, told: false } : change
}

export type StillMethod = 'tornado' | 'morris' | 'sobol'

/** What the paths of a method could not see where none of them moved; empty where every dial moved some. */
export function unseenWords({ design }: SensitivityAnswer, method: StillMethod, metric: SensitivityOfMetric): string {
  const { tornado, morris, sobol } = metric
  const { paths, tornadoPaths, trajectories, rows, confidence } = design
  const found = {
    tornado: tornado?.bars.flatMap(({ low, high }) => [shownChange(low), shownChange(high)]),
    morris: morris?.dials.map(({ muStar }) => muStar),
    sobol: sobol?.dials.map(({ total }) => total),
  }
  if (!found[method]?.some(isStill)) return ''
  const seen = { tornado: tornadoPaths, morris: trajectories * paths, sobol: rows * paths }
  return `where no path moved, ${unseenText(seen[method], confidence)}`
}

/** 'a to b unit' of a finding, or why it has none. */
export function intervalWords(found: Found, scale: Scale): string {
  const { lower, upper } = found
  if (isStill(found)) return ''
  return lower === null || upper === null ? 'no interval' : `${bareInterval(found, scale)}\u00a0${scale.unit}`
}

/** 'a to b', the unit standing elsewhere. */
export function bareInterval(found: Found, scale: Scale): string {
  const { lower, upper } = found
  if (isStill(found)) return ''
  return lower === null || upper === null ? 'no interval' : `${amount(lower, scale)} to ${amount(upper, scale)}`
}

/** A number that is told from zero, also where it is too small for the decimals of its scale. */
function toldAmount(value: number, scale: Scale): string {
  const text = amount(value, scale)
  if (Number(text.replace(/[−,]/g, '')) !== 0 || value === 0) return text
  const least = fixed(1 / 10 ** (scale.decimals ?? 0), scale.decimals ?? 0)
  return value > 0 ? `<${least}` : `>−${least}`
}

/** A change with its sign, or that it cannot be told from zero. */
export function changeWords(found: Found, scale: Scale): string {
  if (isStill(found)) return stillWords
  if (!found.told || found.value === null) return zeroWords
  const text = toldAmount(found.value, scale)
  return found.value > 0 && !text.startsWith('<') ? `+${text}` : text
}

/** A magnitude, or that it cannot be told from zero. */
export function sizeWords(found: Found, scale: Scale): string {
  if (isStill(found)) return stillWords
  return found.told && found.value !== null ? toldAmount(found.value, scale) : zeroWords
}

/** A share of variance, or that it cannot be told from zero. */
export function indexWords(found: Found): string {
  if (isStill(found)) return stillWords
  return found.told && found.value !== null ? fixed(found.value, indexDecimals) : zeroWords
}

export function indexInterval(found: Found): string {
  const { lower, upper } = found
  if (isStill(found)) return ''
  return lower === null || upper === null
    ? 'no interval'
    : `${fixed(lower, indexDecimals)} to ${fixed(upper, indexDecimals)}`
}

/** Place 1, or '2 to 4' where intervals overlap and leave the order open; what does not move at all has no place. */
export function placeWords(rank: RankRange | null, ranked: Found): string {
  if (rank === null || isStill(ranked)) return '—'
  return rank.best === rank.worst ? String(rank.best) : `${rank.best} to ${rank.worst}`
}

/** What a range of places says. */
export const placesNote =
  'Places 2 to 4: intervals overlap, so the order of these dials is open and none is ranked before another. Each interval holds by itself, and so do the places.'

/** Whether a share or its interval reaches beyond what a share can be. */
export function isBeyondOne({ sobol }: SensitivityOfMetric): boolean {
  const shares = sobol?.dials.flatMap(({ first, total }) => [first, total]) ?? []
  return shares.some(({ told, upper }) => told && upper !== null && upper > 1)
}

export const beyondOneWords =
  'A share is from 0 to 1: what an estimate or an interval has beyond is the noise of few rows or paths.'

/** How often the intervals of Sobol indices were found to hold, over 100 to 300 scrambles of a net. */
export const coverageWords =
  'Rows of a net lie more evenly than independent ones, which the bootstrap does not know: its intervals are as wide as for independent rows. On functions whose indices are known, with luck and without, intervals of 95 % from 64 rows held 91 to 100 % of the time, 96 to 97 % on average; those from independent rows 89 to 98 %.'

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

/**
 * What leads in each of the three views, with intervals: the end of a range that moves the metric most by itself, the largest
 * mean effect over the whole box (mu*), and the largest total share of the variance.
 */
export function leadersWords(metric: SensitivityOfMetric, dials: readonly DialRange[]): string {
  const { morris, sobol } = metric
  const scale = changeScale(metric)
  const screened =
    morris &&
    leadersSentence(
      morris.dials.map((one) => ({ ...one, dial: dialName(dials, one.dial), size: one.muStar })),
      (size) => `${sizeWords(size, scale)}\u00a0${scale.unit}, ${bareInterval(size, scale)}`,
      'the effect of no dial can be told from zero.',
    )
  const shared =
    sobol?.dummy &&
    leadersSentence(
      sobol.dials.map((one) => ({ ...one, dial: dialName(dials, one.dial), size: one.total })),
      (size) => `total share ${indexWords(size)}, ${indexInterval(size)}`,
      'no total share can be told from zero.',
    )
  return [
    aloneWords(metric, dials, scale),
    screened ? `In the mean over all places of the other dials, ${screened}` : '',
    shared ? `Of the variance: ${shared}` : '',
  ]
    .filter((words) => words !== '')
    .join(' ')
}

/** The widest bar of the tornado that is told from zero. */
function aloneWords({ tornado }: SensitivityOfMetric, dials: readonly DialRange[], scale: Scale): string {
  if (!tornado) return ''
  const told = tornado.bars
    .flatMap(({ dial, low, high }) => [low, high].map((end) => ({ dial, ...end })))
    .filter(({ change }) => change.told)
    .sort((a, b) => Math.abs(b.change.value ?? 0) - Math.abs(a.change.value ?? 0))
  const [widest] = told
  if (tornado.bars.every(({ low, high }) => low.moved + high.moved === 0))
    return 'Turned alone, no dial moves any path.'
  if (widest === undefined) return 'Turned alone, no dial moves it by more than chance.'
  const { dial, at, change } = widest
  const place = `the ${dialName(dials, dial)} at ${dialValue(dials, dial, at)}`
  return `Turned alone, ${place} moves it most: ${changeWords(change, scale)}\u00a0${scale.unit} (${bareInterval(change, scale)}).`
}

interface Ranked {
  readonly dial: string
  readonly size: Found
  readonly rank: RankRange | null
}

/** @param none said where no size is told */
function leadersSentence(dials: readonly Ranked[], words: (size: Found) => string, none: string): string {
  const leading = dials.filter(({ size, rank }) => size.told && rank?.best === 1)
  const named = leading.map(({ dial, size }) => `the ${dial} (${words(size)})`)
  if (leading.length === 0) return none
  if (leading.length > 1) return `${listed(named)} lead and are not ranked: their intervals overlap.`
  if (leading[0].rank?.worst === 1) return `${named[0]} matters most.`
  return `${named[0]} leads, but is not ranked: the intervals of other dials overlap its own.`
}
