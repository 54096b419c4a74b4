/** Sizes, costs and shares in words, for the page and for a terminal. */

import { MINIMUM_TAIL_COUNT } from '../../sim/statistics/tailRisk.ts'
import type { Bounded, YieldCost } from '../../sim/studies/proposal.ts'
import type {
  CurvePoint,
  DialWords,
  FirstLoss,
  Frontier,
  Required,
  Share,
  SizeAnswer,
} from '../../sim/studies/size/answer.ts'
import { wholeCost } from '../../sim/studies/size/cost.ts'
import { amount, counted, fixed, levelText, percent, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'

const share: Scale = { factor: 100, unit: '%' }

/** How levels of a dial are shown. */
export function dialScale({ unit, from, to }: Pick<DialWords, 'unit' | 'from' | 'to'>): Scale {
  if (unit === '1/day') return { factor: 100, unit: '% a day' }
  return scaleOf(unit, Math.max(Math.abs(from), Math.abs(to)))
}

export function levelWords(value: number, dial: Pick<DialWords, 'unit' | 'from' | 'to'>): string {
  return withUnit(value, dialScale(dial))
}

/** 'k of n paths'. */
export function countWords({ failures, paths }: Pick<Share, 'failures' | 'paths'>): string {
  return `${counted(failures)} of ${counted(paths)} paths`
}

/** Marks what stands on few failing paths. */
export function fewMark(failures: number): string {
  return failures < MINIMUM_TAIL_COUNT ? '*' : ''
}

/** What the mark means. */
export const fewNote = `* fewer than ${MINIMUM_TAIL_COUNT} failing paths: an indication; the interval says what it is worth.`

/** A share with its interval, marked where few paths fail; a zero has its upper end only. */
export function shareWords({ failures, paths, probability, lower, upper }: Share): string {
  const mark = fewMark(failures)
  if (failures === 0) return `0 %${mark} (at most ${percent(upper)})`
  if (failures === paths) return `100 %${mark} (at least ${percent(lower)})`
  return `${percent(probability)}${mark} (${rangeText(lower, upper, share)})`
}

/** What a level asks: the certified level with its interval, or why there is none. */
export function requiredWords(required: Required, dial: DialWords, failure: string): string {
  const { limit, status, certified, estimate, best, bound } = required
  const held = `${failure} to ${levelText(limit)}`
  if (status === 'none') {
    return `No ${dial.name} ${rangeWords(dial)} holds ${held}: at the safest, ${levelWords(best.level, dial)}, ${countWords(best)} fail, ${shareWords(best)}.`
  }
  if (status === 'undecided' || certified === null) {
    return `No ${dial.name} ${rangeWords(dial)} is certified to hold ${held}, and none is ruled out at the safe end: at ${levelWords(best.level, dial)}, ${countWords(best)} fail, at most ${percent(bound)} with this confidence. More paths may decide.`
  }
  const suggestion =
    estimate === null || estimate === certified ? '' : ` The paths themselves suggest ${levelWords(estimate, dial)}.`
  return `A ${dial.name} of ${levelWords(certified, dial)} holds ${held}: ${countWords(best)} fail at it. ${intervalWords(required, dial)}${suggestion}`
}

function rangeWords(dial: DialWords): string {
  return `from ${levelWords(dial.from, dial)} to ${levelWords(dial.to, dial)}`
}

/** Where the required level lies. */
export function intervalWords({ rejected, certified, confidence, confidenceBoth }: Required, dial: DialWords): string {
  if (certified === null) return ''
  const end = levelText(confidence)
  if (rejected === null)
    return `No lower level was ruled out; ${levelWords(certified, dial)} is enough with ${end} confidence.`
  return `The level required lies beyond ${levelWords(rejected, dial)} and at most at ${levelWords(certified, dial)}: each end with ${end} confidence, both with ${levelText(confidenceBoth)}.`
}

/** The interval of a required level for a table. */
export function bracketWords({ rejected, certified }: Required, dial: DialWords): string {
  if (certified === null) return rejected === null ? 'none found' : `beyond ${levelWords(rejected, dial)}`
  return rejected === null
    ? `up to ${levelWords(certified, dial)}`
    : `${amount(rejected, dialScale(dial))} to ${levelWords(certified, dial)}`
}

/** Basis points with an interval. */
export function pointsWords({ value, lower, upper }: Bounded): string {
  const interval = lower === null || upper === null ? '' : ` (${basis(lower)} to ${basis(upper)})`
  return `${basis(value)}${interval}`
}

export function basis(value: number): string {
  return fixed(value, Math.abs(value) < 10 ? 1 : 0)
}

/** What a level costs sAID holders a year. */
export function costWords(cost: YieldCost | null): string {
  if (cost === null) return 'cost not measured'
  const { measured, charged, paths } = cost
  const simulated = `${pointsWords(measured)} basis points of yield a year, on ${counted(paths)} paths`
  if (Math.abs(charged) < 0.05) return simulated
  return `${simulated}; with ${basis(charged)} more that those who set money aside may ask, ${pointsWords(wholeCost(cost))}`
}

/** What the check of monotonicity found. */
export function monotonicityWords({ monotonicity, dial }: Pick<SizeAnswer, 'monotonicity' | 'dial'>): string {
  const { violations, paths, lower, upper, steps } = monotonicity
  const reversed = steps.filter((step) => step.reversed)
  const found =
    violations === 0
      ? `On none of ${counted(paths)} paths did a safer level fail where a less safe one held (at most ${percent(upper)} of paths do).`
      : `On ${counted(violations)} of ${counted(paths)} paths (${percent(violations / paths)}, ${rangeText(lower, upper, share)}) a safer level failed where a less safe one held.`
  if (reversed.length === 0) return found
  const where = reversed.map(({ from, to }) => `${levelWords(from, dial)} to ${levelWords(to, dial)}`).join(', ')
  return `${found} From ${where} failures became more frequent, not fewer: the safe direction of this dial is in doubt.`
}

/** What the guarantee is with and without an order of levels. */
export function aloneWords(required: Required, dial: DialWords): string {
  const { certified, confidence, confidenceAlone, certifiedAlone } = required
  if (certified === null || confidenceAlone === null) return ''
  const alone =
    certifiedAlone === null
      ? 'no level looked at reaches the asked confidence then'
      : `${levelWords(certifiedAlone, dial)} reaches the asked confidence then`
  const whatever = confidenceAlone > 0.995 ? 'above 99 %' : `${Math.floor(100 * confidenceAlone)} %`
  return `${levelText(confidence)} if every level safer than one that holds the limit holds it too, whatever single paths do; ${whatever} whatever other levels do, ${alone}`
}

/** Whether a best point is claimed. */
export function claimWords({ claim, points, dials }: Frontier): string {
  const { best, limit, probability, indifference, reason } = claim
  if (best === null) return `No point is called the cheapest that holds ${levelText(limit)}: ${reason}.`
  const words = pointWords(points[best].values, dials)
  if (claim.paths.length === 0) return `${words}: ${reason}, ${levelText(limit)}.`
  return `${words} is ${reason}, with probability ${levelText(probability)} at least (Rinott’s selection on ${claim.paths.map(counted).join(', ')} independent paths; ${fixed(indifference, 0)} basis points count as nothing).`
}

/** The values of a point: 'reserveBuffer 15 %, cashShare 40 %'. */
export function pointWords(values: readonly number[], dials: readonly DialWords[]): string {
  return dials.map((dial, i) => `${dial.name} ${levelWords(values[i], dial)}`).join(', ')
}

/** 'no path of 500: below 0.6 %', by the one-sided bound. */
function noneWords({ paths, bound }: FirstLoss): string {
  return `no path of ${counted(paths)}: below ${levelText(Number(bound.toPrecision(2)))}`
}

/** A level that was looked at, and how often a party loses there. */
function lossPointWords(found: FirstLoss, level: number): string {
  const point = found.curve.find((one) => one.level === level) as FirstLoss['curve'][number]
  const words = point.failures === 0 ? noneWords(found) : `${countWords(point)}, ${shareWords(point)}`
  return `${levelWords(level, found.dial)} (${words})`
}

/** Where a party begins to lose. */
export function firstLossWords(found: FirstLoss): string {
  const { party, usd, dial, status, brackets, curve, confidence } = found
  const loses = usd === 1 ? 'loses a dollar' : `loses ${withUnit(usd, scaleOf('USD', usd))}`
  const looked = `the ${counted(curve.length)} levels of ${dial.name} looked at, from ${levelWords(dial.from, dial)} to ${levelWords(dial.to, dial)}`
  if (status === 'never') {
    return `${party} ${loses} at none of ${looked}: at each, ${noneWords(found)} with ${levelText(confidence)} confidence.`
  }
  if (status === 'always') {
    const least = curve.reduce((one, other) => (other.failures <= one.failures ? other : one))
    return `${party} ${loses} on some path at every one of ${looked}: on the fewest at ${lossPointWords(found, least.level)}.`
  }
  if (status === 'mixed') {
    const none = curve.filter(({ failures }) => failures === 0).map(({ level }) => levelWords(level, dial))
    return `${party} ${loses} at some of ${looked}, but without order: on no path at ${none.join(', ')}. There is no one level from which on it loses.`
  }
  const [any] = brackets
  const first = curve.find(({ level }) => level === any.with) as FirstLoss['curve'][number]
  return `${party} first ${loses} between a ${dial.name} of ${lossPointWords(found, any.without as number)} and ${lossPointWords(found, first.level)}; the first of these paths is path ${first.firstPath}, the largest loss ${withUnit(first.largest, scaleOf('USD', first.largest))}. Each bound has ${levelText(confidence)} confidence; one place of change among ${looked}.`
}

/** Where more than a share of the paths lose. */
export function bracketText(found: FirstLoss, place: number): string {
  const { status, without, with: loses } = found.brackets[place]
  if (status === 'never') return 'at no level looked at'
  if (status === 'always') return 'at every level looked at'
  const between = `between ${lossPointWords(found, without as number)} and ${lossPointWords(found, loses as number)}`
  return status === 'mixed' ? `${between}, and back at other levels: there is no one such level` : between
}

/** A level of a curve beside its share. */
export function curveWords(point: CurvePoint, dial: DialWords): string {
  return `${levelWords(point.level, dial)}: ${shareWords(point)}`
}
