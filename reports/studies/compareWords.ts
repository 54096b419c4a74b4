/** A comparison in words: the answer in a sentence or two, what was changed, and which differences are of any size. */
import type { Change } from '../../sim/studies/compare/changes.ts'
import type { CompareAnswer } from '../../sim/studies/compare/compare.ts'
import type { AmountDifference, AmountStatistic, EventDifference } from '../../sim/studies/compare/differences.ts'
import { dialTitle, listed, lowered } from '../dialWords.ts'
import { differenceScale, isShown, pairText, sayDifference, scaleOfAmount, shares } from '../differences.ts'
import { counted, levelText, percent, type Scale, scaleOf } from '../format.ts'

/** Amounts that differ by less than this share of their value are told last. */
export const smallShare = 1e-3

/** Amounts whose numbers and intervals all stay within this share of their value are not listed. */
export const tinyShare = 1e-4

const mostClauses = 4
const mostNamed = 3

/**
 * What B does, in sentences: first what remains when all tests are counted, of any size, or that nothing does; then what is told
 * apart by itself, then how much more is told that is of no size.
 */
export function leadWords(answer: CompareAnswer): string {
  const told = toldOf(answer)
  const head = `With ${changedWords(answer)}, `
  if (told.length === 0) return `${head}${nothingWords(answer)}`
  const firm = told.filter(({ isFirm }) => isFirm)
  const single = told.filter((one) => isLarge(one) && !one.isFirm)
  // Small differences that remain lead only where no large one does.
  const leading = firm.some(isLarge) ? firm.filter(isLarge) : firm
  const rest = told.filter((one) => !leading.includes(one) && !single.includes(one))
  const sentences = [
    head + remainingWords(leading, answer.tests),
    single.length > 0 ? `Told apart only one by one: ${clauses(single)}.` : '',
    restWords(rest, answer.tests),
    'Nothing else can be told apart.',
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

function isLarge({ share }: Told): boolean {
  return share >= smallShare
}

function remainingWords(leading: readonly Told[], tests: number): string {
  const counting = `when all ${counted(tests)} tests are counted`
  if (leading.length === 0) return `nothing remains ${counting}.`
  if (leading.some(isLarge)) return `${clauses(leading)}.`
  return `what remains ${counting} differs by less than ${levelText(smallShare)} of its value: ${clauses(leading)}.`
}

/** What is told apart without being named, and how much of it remains among all tests. */
function restWords(rest: readonly Told[], tests: number): string {
  if (rest.length === 0) return ''
  const firm = rest.filter(({ isFirm }) => isFirm).length
  const isOne = rest.length === 1
  const who = isOne ? 'it' : firm === rest.length ? 'all of them' : `${counted(firm)} of them`
  const remain = `${who} ${firm === 1 ? 'remains' : 'remain'} when all ${counted(tests)} tests are counted`
  return `${isOne ? 'One more outcome is told apart, and differs' : `${counted(rest.length)} more outcomes are told apart, and differ`} by less than ${levelText(smallShare)} of ${isOne ? 'its' : 'their'} value${firm === 0 ? '' : `; ${remain}`}.`
}

function nothingWords({ events, amounts, paths }: CompareAnswer): string {
  const same = [
    ...events.filter((one) => one.onlyFirst + one.onlySecond === 0),
    ...amounts.filter((one) => one.differing === 0),
  ]
  const all = events.length + amounts.length
  if (same.length === all) return `none of ${counted(all)} outcomes differs on any of ${counted(paths)} paths.`
  return `nothing can be told apart on ${counted(paths)} paths.`
}

interface Told {
  readonly clause: string
  readonly isFirm: boolean
  /** Size of the difference over the value; 1 for events, whose difference is a share of all paths. */
  readonly share: number
}

function clauses(told: readonly Told[]): string {
  const shown = told.slice(0, mostClauses).map(({ clause }) => clause)
  const more = told.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${counted(more)} more`] : [])].join('; ')
}

/** Events first, then amounts, the larger difference first. */
function toldOf({ events, amounts }: CompareAnswer): Told[] {
  const size = ({ difference }: EventDifference): number => Math.abs(difference.value)
  return [
    ...events
      .filter(isTold)
      .sort((a, b) => size(b) - size(a))
      .map((event) => ({ clause: eventClause(event), isFirm: event.difference.remains, share: 1 })),
    ...byShare(amounts).flatMap((amount) => {
      const statistic = leadingStatistic(amount)
      if (statistic === undefined) return []
      return [{ clause: amountClause(amount, statistic), isFirm: statistic.difference.remains, share: shareOf(amount) }]
    }),
  ]
}

export function isTold({ difference }: EventDifference | AmountStatistic): boolean {
  return difference.verdict === 'better' || difference.verdict === 'worse'
}

/** The statistic by which an amount is told: one that remains among all tests, the mean before the tail. */
export function leadingStatistic({ statistics }: AmountDifference): AmountStatistic | undefined {
  const told = statistics.filter((one) => isShown(one) && isTold(one))
  return told.find(({ difference }) => difference.remains) ?? told[0]
}

/** Amounts that are told apart first, by the size of their difference over their value; the others as they come. */
export function byShare(amounts: readonly AmountDifference[]): readonly AmountDifference[] {
  return [...amounts].sort((a, b) => shareOf(b) - shareOf(a))
}

/** Size of the largest difference that is told, over the value; 0 where none is. */
function shareOf({ statistics }: AmountDifference): number {
  const told = statistics.filter((one) => isShown(one) && isTold(one))
  return Math.max(0, ...told.map((one) => Math.abs(one.difference.value) / sizeOf(one)))
}

function sizeOf({ first, second }: AmountStatistic): number {
  return Math.max(Math.abs(first.value), Math.abs(second.value))
}

/** Every number and every end of an interval that there is differs by less than a ten-thousandth of the value, the mean has an interval. */
export function isTiny({ statistics }: AmountDifference): boolean {
  return statistics.filter(isShown).every((one) => {
    const { value, lower, upper } = one.difference
    if (one.statistic === 'mean' && (lower === null || upper === null)) return false
    return [value, lower ?? 0, upper ?? 0].every((end) => Math.abs(end) <= tinyShare * sizeOf(one))
  })
}

/** 'the same within 0.01 % of their value, with all of their intervals, where paths give one' */
export const tinyWords = `the same within ${levelText(tinyShare)} of their value, and so is every interval that these paths give`

function eventClause(event: EventDifference): string {
  const { meaning, first, second, difference } = event
  const verb = difference.value > 0 ? 'rises' : 'drops'
  const [before, after] = pairText(first.probability, second.probability, shares)
  return `the probability that ${lowered(meaning)} ${verb} from ${before}\u00a0% to ${after}\u00a0% (${endsWords(event, shares)})`
}

function amountClause(amount: AmountDifference, statistic: AmountStatistic): string {
  const scale = scaleOfAmount(amount)
  const verb = statistic.difference.value > 0 ? 'rises' : 'falls'
  const [before, after] = pairText(statistic.first.value, statistic.second.value, scale)
  const unit = (text: string): string => `${text}\u00a0${scale.unit}`
  return `${lowered(amount.meaning)}, ${placeWords(statistic)}, ${verb} from ${unit(before)} to ${unit(after)} (${endsWords(statistic, scale)}${statistic.enough ? '' : ', an indication only'})`
}

/** '−3.52 to −2.08 points, better' */
function endsWords({ difference }: EventDifference | AmountStatistic, scale: Scale): string {
  const own = differenceScale(scale)
  return `${sayDifference(difference, own).interval}\u00a0${own.unit}, ${difference.verdict}`
}

function placeWords({ statistic, level }: AmountStatistic): string {
  if (level === null) return 'in the mean'
  if (statistic === 'expectedShortfall') return `in the worst ${percent(1 - level)} of paths`
  return level === 0.5 ? 'in the median' : `at its ${levelText(level)} quantile`
}

/** 'the depth of the AID pool at 8 M USD instead of 2 M USD'; of many changes only how many. */
export function changedWords({ changes, first, second }: Pick<CompareAnswer, 'changes' | 'first' | 'second'>): string {
  if (changes.length > mostNamed) return `${second} instead of ${first} (${counted(changes.length)} changes)`
  return listed(changes.map((change) => `the ${dialTitle(change)} ${movedWords(change)}`))
}

function movedWords({ first, second, unit }: Change): string {
  if (first === null || second === null) return first === null ? 'added' : 'taken away'
  return `at ${valueWords(second, unit, first)} instead of ${valueWords(first, unit, second)}`
}

/** A value of a change in its unit, scaled as the other one of the pair is. */
function valueWords(value: number | string, unit: string, other: number | string): string {
  if (typeof value === 'string' || typeof other === 'string') return String(value)
  const largest = Math.max(Math.abs(value), Math.abs(other))
  // Multiples are no shares: only what stays about 1 reads well in per cent.
  if (unit === '1' && largest > 1) return String(value)
  const scale = scaleOf(unit, largest)
  const text = String(Number((value * scale.factor).toPrecision(6)))
  return ['1', 'code', ''].includes(scale.unit) ? text : `${text}\u00a0${scale.unit}`
}

/** The question of a comparison as a title. */
export function compareTitle(asked: Pick<CompareAnswer, 'changes' | 'first' | 'second'>): string {
  if (asked.changes.length > mostNamed || asked.changes.length === 0)
    return `What does ${asked.second} change against ${asked.first}?`
  return `What follows from ${listed(asked.changes.map((change) => `the ${dialTitle(change)} ${movedWords(change)}`))}?`
}
