/** Sizes, costs and shares in words, for the page and for a terminal. */

import { MINIMUM_TAIL_COUNT } from '../../sim/statistics/tailRisk.ts'
import { unpadded } from '../../sim/studies/numberWords.ts'
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
import { confidenceWords, isTodayEnough, reversalWords } from '../../sim/studies/size/words.ts'
import { capital, dialTitle } from '../dialWords.ts'
import { counted, fixed, levelText, percent, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'

const share: Scale = { factor: 100, unit: '%' }

/** How levels of a dial are shown. */
export function dialScale({ unit, from, to }: Pick<DialWords, 'unit' | 'from' | 'to'>): Scale {
  if (unit === '1/day') return { factor: 100, unit: '% a day' }
  return scaleOf(unit, Math.max(Math.abs(from), Math.abs(to)))
}

/** A level of a dial with its unit; levels are round numbers, and no zeros are added to them. */
export function levelWords(value: number, dial: Pick<DialWords, 'unit' | 'from' | 'to'>): string {
  return `${levelNumber(value, dial)}\u00a0${dialScale(dial).unit}`
}

/** A measured amount as a level of a dial: no round number. */
export function measuredWords(value: number, dial: Pick<DialWords, 'unit' | 'from' | 'to'>): string {
  return withUnit(value, dialScale(dial))
}

/** A level in the unit of its scale, without the unit. */
export function levelNumber(value: number, dial: Pick<DialWords, 'unit' | 'from' | 'to'>): string {
  return unpadded(Number((value * dialScale(dial).factor).toPrecision(4)))
}

/** 'the reserve buffer at 82.5 %' */
export function dialAtWords(dial: DialWords, level: number): string {
  return `the ${dialTitle(dial)} at ${levelWords(level, dial)}`
}

/** 'k of n', for a table whose head says of what. */
export function ofWords({ failures, paths }: Pick<Share, 'failures' | 'paths'>): string {
  return `${counted(failures)} of ${counted(paths)}`
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

type Asked = Pick<SizeAnswer, 'dial' | 'monotonicity'>

/** What a level asks: the certified level with its interval, or why there is none. */
export function requiredWords(required: Required, { dial, monotonicity }: Asked): string {
  const { limit, status, basis, certified, estimate, best, bound } = required
  const held = `failures to ${levelText(limit)}`
  const none = `No level of the ${dialTitle(dial)} ${rangeWords(dial)}`
  if (status === 'none') {
    return `${none} holds ${held}: at the safest, ${levelWords(best.level, dial)}, ${countWords(best)} fail, ${shareWords(best)}.`
  }
  if (status === 'disordered')
    return `${none} is certified to hold ${held}. ${disorderedWords(required, { dial, monotonicity })}`
  if (certified === null) {
    const safest = `at ${levelWords(best.level, dial)}, ${countWords(best)} fail, at most ${percent(bound)} with this confidence`
    return `${none} is certified to hold ${held}, and none is ruled out at the safe end: ${safest}. ${morePaths(required)}`
  }
  const suggestion =
    estimate === null || estimate === certified ? '' : ` The paths themselves suggest ${levelWords(estimate, dial)}.`
  const itself =
    basis === 'itself'
      ? ` The paths contradict the order of levels, ${reversalWords(monotonicity, dial)}; this level is certified by itself, whatever other levels do.`
      : ''
  return `With ${dialAtWords(dial, certified)}, failures are held to ${levelText(limit)}: ${countWords(best)} fail. ${intervalWords(required, dial)}${suggestion}${itself}`
}

/** What is left where the paths contradict the order of levels. */
function disorderedWords({ certifiedInOrder, confidenceAlone }: Required, { dial, monotonicity }: Asked): string {
  const why = `The paths contradict that safer levels are safer: ${reversalWords(monotonicity, dial)}.`
  const inOrder =
    certifiedInOrder === null || confidenceAlone === null
      ? ''
      : ` In order, ${levelWords(certifiedInOrder, dial)} would be certified; by itself it holds with ${confidenceWords(confidenceAlone)} confidence only, and no level looked at beyond it with more than is asked.`
  return `${why}${inOrder} More paths or narrower bounds may decide, or the safe side of this dial is the other one.`
}

/** Whether more paths could decide, and how many at least. */
function morePaths({ checks, leastPaths, limit }: Required): string {
  const most = Math.max(...checks)
  return most < leastPaths
    ? `${counted(most)} paths cannot certify ${levelText(limit)}: it takes at least ${counted(leastPaths)} of a level, without a failure among them.`
    : 'More paths may decide.'
}

function rangeWords(dial: DialWords): string {
  return `from ${levelWords(dial.from, dial)} to ${levelWords(dial.to, dial)}`
}

/** Where the required level lies. */
export function intervalWords(required: Required, dial: DialWords): string {
  const { rejected, certified, basis, confidence, confidenceBoth } = required
  if (certified === null) return ''
  const end = levelText(confidence)
  const enough = `${levelWords(certified, dial)} is enough with ${end} confidence`
  if (basis === 'itself') return `${capital(enough)}.`
  if (rejected === null) return `No lower level was ruled out; ${enough}.`
  return `The level required lies beyond ${levelWords(rejected, dial)} and at most at ${levelWords(certified, dial)}: each end with ${end} confidence, both with ${levelText(confidenceBoth)}.`
}

/** The interval of a required level for a table. */
export function bracketWords({ rejected, certified, status }: Required, dial: DialWords): string {
  if (certified === null && status === 'disordered') return 'out of order'
  if (certified === null) return rejected === null ? 'none found' : `beyond ${levelWords(rejected, dial)}`
  return rejected === null
    ? `up to ${levelWords(certified, dial)}`
    : `${levelNumber(rejected, dial)} to ${levelWords(certified, dial)}`
}

/** The certified level for a table, or why there is none. */
export function certifiedWords({ certified, status }: Required, dial: DialWords): string {
  return certified === null ? (status === 'none' ? 'none holds' : 'not certified') : levelWords(certified, dial)
}

/** Basis points with an interval. */
export function pointsWords({ value, lower, upper }: Bounded): string {
  const interval = lower === null || upper === null ? '' : ` (${basis(lower)} to ${basis(upper)})`
  return `${basis(value)}${interval}`
}

export function basis(value: number): string {
  return fixed(value, Math.abs(value) < 10 ? 1 : 0)
}

/**
 * What a level costs sAID holders a year, or gains them: what is simulated, and what is assumed beside it.
 * @param verbs for a cost and for a gain
 */
export function costWords(cost: YieldCost, subject = 'It', verbs: CostVerbs = ['costs', 'gains']): string {
  const { measured, charged, paths } = cost
  if (!isCharged(cost) && measured.lower === 0 && measured.upper === 0)
    return `${subject} ${verbs[0]} holders of sAID nothing more than today`
  const [verb, points] = signedCost(measured, verbs)
  const simulated = `${subject} ${verb} holders of sAID ${points} basis points of yield a year, measured on ${counted(paths)} paths`
  if (!isCharged(cost)) return simulated
  const beside = `${basis(Math.abs(charged))}${charged < 0 ? ' less' : ''} is charged beside it`
  const inAll = signedCost(wholeCost(cost), verbs).join(' ')
  return `${simulated}; ${beside}, which those who set money aside may ask (assumed, not simulated); in all it ${inAll}`
}

type CostVerbs = readonly [costs: string, gains: string]

/** No cost below 0 is read to anybody: it is a gain. */
function signedCost(cost: Bounded, [costs, gains]: CostVerbs): readonly [verb: string, points: string] {
  if (cost.value >= 0) return [costs, pointsWords(cost)]
  const { value, lower, upper } = cost
  return [gains, pointsWords({ value: -value, lower: upper && -upper, upper: lower && -lower })]
}

/** What a certified level costs; where today stays, what going to it would. */
export function requiredCostWords({ certified, best: { cost } }: Required, dial: DialWords): string {
  if (certified === null || certified === dial.today || cost === null) return ''
  if (!isTodayEnough(dial, certified)) return `${costWords(cost)}.`
  const safe = `Today’s ${dialTitle(dial)} of ${levelWords(dial.today, dial)} is at least this safe already.`
  return `${safe} ${costWords(cost, `Going to ${levelWords(certified, dial)}`, ['would cost', 'would gain'])}.`
}

/** Whether anything is charged beside what is measured. */
export function isCharged(cost: YieldCost | null): boolean {
  return cost !== null && Math.abs(cost.charged) >= 0.05
}

/** What the check of monotonicity found. */
export function monotonicityWords({ monotonicity, dial }: Asked): string {
  const { violations, paths, lower, upper, reversals } = monotonicity
  const found =
    violations === 0
      ? `On none of ${counted(paths)} paths did a safer level fail where a less safe one held (at most ${percent(upper)} of paths do).`
      : `On ${counted(violations)} of ${counted(paths)} paths (${percent(violations / paths)}, ${rangeText(lower, upper, share)}) a safer level failed where a less safe one held.`
  if (reversals.length > 0) return `${found} The order of levels is contradicted: ${reversalWords(monotonicity, dial)}.`
  const kept = 'no two levels contradict the order by their shares (exact test, the error shared among all pairs)'
  return violations === 0 ? found : `${found} Single paths may: ${kept}.`
}

/** What the guarantee is with and without an order of levels. */
export function aloneWords(required: Required, dial: DialWords): string {
  const { certified, basis, confidence, confidenceAlone, certifiedAlone } = required
  if (certified === null || confidenceAlone === null) return ''
  const whatever = `${confidenceWords(confidenceAlone)} whatever other levels do`
  if (basis === 'itself') return `${whatever}: nothing is taken of their order`
  const alone =
    certifiedAlone === null
      ? 'no level looked at reaches the asked confidence then'
      : `${levelWords(certifiedAlone, dial)} reaches the asked confidence then`
  return `${levelText(confidence)} if every level safer than one that holds the limit holds it too, whatever single paths do; ${whatever}, ${alone}`
}

/** Whether a best point is claimed. */
export function claimWords({ claim, points, dials }: Frontier): string {
  const { best, limit, probability, indifference, reason } = claim
  if (best === null) return `No point is called the cheapest that holds ${levelText(limit)}: ${reason}.`
  const words = pointWords(points[best].values, dials)
  if (claim.paths.length === 0) return `${words}: ${reason}, ${levelText(limit)}.`
  return `Of the points certified to hold ${levelText(limit)}, ${words} is ${reason}, with probability ${levelText(probability)} at least (Rinott’s selection on ${claim.paths.map(counted).join(', ')} independent paths; ${fixed(indifference, 0)} basis points count as nothing).`
}

/** The values of a point: 'reserve buffer 15 %, cash share 40 %'. */
export function pointWords(values: readonly number[], dials: readonly DialWords[]): string {
  return dials.map((dial, i) => `${dialTitle(dial)} ${levelWords(values[i], dial)}`).join(', ')
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
  const looked = `the ${counted(curve.length)} levels of the ${dialTitle(dial)} looked at, from ${levelWords(dial.from, dial)} to ${levelWords(dial.to, dial)}`
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
  return `${party} first ${loses} between the ${dialTitle(dial)} at ${lossPointWords(found, any.without as number)} and at ${lossPointWords(found, first.level)}; the first of these paths is path ${first.firstPath}, the largest loss ${withUnit(first.largest, scaleOf('USD', first.largest))}. Each bound has ${levelText(confidence)} confidence; one place of change among ${looked}.`
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
