/** A number never stands alone: its interval, and the paths behind it, or the words why it has none. */
import { clopperPearson, pathsNeeded } from '../sim/statistics/intervals.ts'
import { MINIMUM_TAIL_COUNT } from '../sim/statistics/tailRisk.ts'
import {
  type Estimate,
  type EventHeadline,
  leastShortfallTail,
  type QuantileHeadline,
  type ShortfallHeadline,
} from '../sim/studies/headline.ts'
import { counted, percent, rangeText, roundedUpPaths, type Scale, withUnit } from './format.ts'
import { html, type Markup } from './html.ts'
import { type Amount, confidence } from './reading.ts'

/** A number in words: its value, its uncertainty, and what stands behind it. */
export interface StatedNumber {
  readonly value: string
  readonly interval: string
  readonly basis: string
  /** False where too few paths stand behind it to be more than an indication. */
  readonly firm: boolean
  /** True where the paths do not bound it on the bad side: then the words of the interval lead, and the value is an indication. */
  readonly open?: boolean
}

/** k of n with its exact interval; none of n prints the one-sided bound, which is the honest reading of a zero. */
export function statedProbability(event: EventHeadline): StatedNumber {
  const { occurrences, paths, probability, lower, upper } = event
  const basis = `${counted(occurrences)} of ${counted(paths)} paths`
  if (occurrences === 0) {
    return { value: `below ${percent(oneSided(paths))}`, interval: 'one-sided 95 % bound', basis, firm: true }
  }
  if (occurrences === paths) {
    return { value: `above ${percent(1 - oneSided(paths))}`, interval: 'one-sided 95 % bound', basis, firm: true }
  }
  const share = { factor: 100, unit: '%' }
  return {
    value: percent(probability),
    interval: rangeText(lower, upper, share),
    basis,
    firm: true,
  }
}

/** Upper bound of a probability of which no path is evidence: 1 − 0.05^(1/n), by way of Clopper and Pearson. */
function oneSided(paths: number): number {
  return clopperPearson(0, paths, confidence, 'upper').upper
}

/** A quantile of an amount with its order-statistic interval, and how many paths are strictly worse. */
export function statedQuantile(quantile: QuantileHeadline, amount: Amount): StatedNumber {
  const { scale, values, metric } = amount
  const closed = quantile.lower !== null && quantile.upper !== null
  const worse = values.filter((v) => (metric.bad === 'high' ? v > quantile.value : v < quantile.value)).length
  return {
    value: finite(quantile.value, scale),
    interval: closed ? interval(quantile, scale) : unbounded(quantile, scale, quantile.pathsNeeded),
    basis: `${counted(worse)} of ${counted(values.length)} paths beyond`,
    firm: quantile.enough || quantile.level <= 0.5,
    open: !closed,
  }
}

/** A number inside a sentence that already names it: its value and interval, or first of all that it has no bound. */
export function inSentence(number: StatedNumber): string {
  return number.open ? `${number.interval} (indication: ${number.value})` : `${number.value} (${number.interval})`
}

/** An estimate whose lower end is not below what the amount can be at all; that takes nothing from its coverage. */
function above<E extends Ends>(estimate: E, floor: number): E {
  return { ...estimate, lower: estimate.lower === null ? null : Math.max(floor, estimate.lower) }
}

/** An expected shortfall with its asymptotic interval, which few paths or a heavy tail make worthless: then it says so. */
export function statedShortfall(
  shortfall: ShortfallHeadline,
  scale: Scale,
  paths: number,
  floor = -Infinity,
): StatedNumber {
  const basis =
    shortfall.tailPaths === 0
      ? `less than one of ${counted(paths)} paths in the tail`
      : `mean of the worst ${counted(shortfall.tailPaths)} of ${counted(paths)} paths`
  const value = finite(shortfall.value, scale)
  const needed = roundedUpPaths(Math.ceil(leastShortfallTail / (1 - shortfall.level) - 1e-9))
  if (shortfall.lower === null || shortfall.upper === null) {
    return { value, interval: `unbounded, needs at least ${needed} paths`, basis, firm: false, open: true }
  }
  const heavy = shortfall.heavy ? '; tail too heavy to trust it' : ''
  return {
    value,
    interval: interval(above(shortfall, floor), scale) + heavy,
    basis,
    firm: shortfall.enough && !shortfall.heavy,
  }
}

/** A mean with Student's interval. */
export function statedMean(mean: Estimate, scale: Scale, basis: string, floor = -Infinity): StatedNumber {
  const bounded = mean.lower !== null && mean.upper !== null
  return {
    value: finite(mean.value, scale),
    interval: bounded ? interval(above(mean, floor), scale) : 'unbounded, needs at least 2 paths',
    basis,
    firm: bounded,
  }
}

type Ends = Pick<Estimate, 'lower' | 'upper'>

/** 'a to b unit' of an interval with both ends. */
export function interval(estimate: Ends, scale: Scale): string {
  const { lower, upper } = estimate
  if (lower === null || upper === null) return unbounded(estimate, scale, pathsNeeded(0.5, confidence))
  return rangeText(lower, upper, scale)
}

/** What is known of an interval that the paths do not close. */
export function unbounded(estimate: Ends, scale: Scale, paths: number): string {
  const words = `unbounded, needs at least ${roundedUpPaths(paths)} paths`
  if (estimate.lower !== null) return `${words}; at least ${withUnit(estimate.lower, scale)}`
  if (estimate.upper !== null) return `${words}; at most ${withUnit(estimate.upper, scale)}`
  return words
}

function finite(value: number, scale: Scale): string {
  return Number.isFinite(value) ? withUnit(value, scale) : 'no finite value'
}

const indication = html`<span class="indication" title="Fewer than ${MINIMUM_TAIL_COUNT} paths stand behind it">indication</span>`

/** A number in a table cell or sentence. */
export function numberMarkup(number: StatedNumber): Markup {
  if (number.open) {
    return html`<span class="stated"><span class="interval"><b>${number.interval}</b></span> <span class="basis">${indication} ${number.value} · ${number.basis}</span></span>`
  }
  const flag = number.firm ? null : html` ${indication}`
  return html`<span class="stated"><b>${number.value}</b> <span class="interval">${number.interval}</span> <span class="basis">${number.basis}${flag}</span></span>`
}
