/** What a reverse stress test found, in words that table and report share. */
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type {
  DesignPointAnswer,
  LeverAnswer,
  Likelihood,
  ModeAnswer,
  ModeCheck,
  PairAnswer,
  ReproductionAnswer,
  ReverseAnswer,
  Share,
} from '../../sim/studies/reverse/answer.ts'
import { lowered } from '../dialWords.ts'
import { counted, fixed, inWords, levelText, percent, rangeText, roundedUpPaths } from '../format.ts'

const shares = { factor: 100, unit: '%' } as const

/** 5.85 % (4.86 to 6.97 %). */
export function shareWords({ value, lower, upper }: Share): string {
  return `${percent(value)} (${rangeText(lower, upper, shares)})`
}

/** The same, with an asterisk where it stands on too few failing paths to be more than an indication. */
export function probabilityWords(one: Likelihood, { enoughPaths }: Pick<ReverseAnswer, 'enoughPaths'>): string {
  return `${shareWords(one)}${one.count === 0 ? '' : markFor(one.worth, enoughPaths)}`
}

function markFor(worth: number, enough: number): string {
  return worth < enough ? ' *' : ''
}

/** What asterisks say; null where there is none. */
export function indicationWords({ plain, steered, modes, check, enoughPaths }: ReverseAnswer): string | null {
  const worths = [
    ...(plain.count === 0 ? [] : [plain.worth]),
    ...(steered === null ? [] : [steered.probability.worth]),
    ...(check === null ? [] : [check.effectivePaths]),
    ...modes.flatMap((mode) => [mode.probability.worth, ...(mode.check ? [mode.check.effectivePaths] : [])]),
  ]
  if (worths.every((worth) => worth >= enoughPaths)) return null
  return `* An indication, not a result: it stands on failing paths worth fewer than ${enoughPaths}.`
}

/** On which paths a probability stands: 117 of 2,000, or 221 steered, worth 88.8. */
export function evidenceWords(one: Likelihood): string {
  return one.weighted ? `${counted(one.count)} steered, worth ${fixed(one.worth, 1)}` : countWords(one)
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

/** A size of a stress in its unit: shares in per cent, multiples as they are. */
export function sizeText(size: number, { unit, largest }: Pick<LeverAnswer, 'unit' | 'largest'>): string {
  if (unit === '1/year') return `${percent(size)} a year`
  if (unit === '1') return largest.size <= 1 ? percent(size) : fixed(size, size >= 20 ? 0 : 2)
  const text = fixed(size, Number.isInteger(size) ? 0 : 1)
  return `${text} ${text === '1' ? unit.replace(/s$/, '') : unit}`
}

/** Where no critical size was found: whether surely fewer than half of other paths fail at the largest size, or surely more. */
export function verdictAtLargest({ largest: { failing } }: Pick<LeverAnswer, 'largest'>): 'below' | 'untold' | 'above' {
  if (failing.upper < 0.5) return 'below'
  return failing.lower > 0.5 ? 'above' : 'untold'
}

export function criticalWords(lever: LeverAnswer): string {
  const { size, lower, upper } = lever
  if (size === null) {
    return {
      below: 'does not break it',
      untold: 'cannot be told',
      above: `at most ${sizeText(lever.largest.size, lever)}`,
    }[verdictAtLargest(lever)]
  }
  const from = lower === null ? 'unbounded' : sizeText(lower, lever)
  const to = upper === null ? 'unbounded' : sizeText(upper, lever)
  return `${sizeText(size, lever)} (${from} to ${to})`
}

/** How many other paths fail at the critical size, or at the largest that was tried. */
export function failingWords(lever: LeverAnswer): string {
  const { size, failing, largest } = lever
  if (failing === null) {
    return verdictAtLargest(lever) === 'below'
      ? `${countWords(largest.failing)} fail even at the largest`
      : `${countWords(largest.failing)} other paths fail at the largest size, ${shareWords(largest.failing)}`
  }
  const isWhole = Number.isInteger(size) && Number.isInteger(largest.size)
  const why = isWhole ? 'it comes in whole steps' : 'it was measured on others'
  const more = failing.lower > 0.5 ? `, more than half as ${why}` : ''
  return `${countWords(failing)} other paths fail there, ${shareWords(failing)}${more}`
}

/** What the interval of a critical size says. */
export function criticalIntervalWords({ confidence }: Pick<ReverseAnswer, 'confidence'>): string {
  return `Intervals of critical sizes hold at ${levelText(confidence)} each, however many sizes were tried, where a path that fails under a stress fails under every larger one too.`
}

/** How often as much happens by itself. */
export function seenWords(lever: LeverAnswer): string {
  if (lever.size === null) return ''
  if (lever.seen === null) return 'not counted on plain paths'
  return `${countWords(lever.seen)} plain paths saw as much by themselves`
}

export function pairWords({ levers, share, lower, upper, words, inSteps, untried }: PairAnswer): string {
  const names = levers.join(' and ')
  if (untried !== undefined) {
    const { lever, steps } = untried
    const why = steps === 1 ? '1 whole step, which cannot be halved' : `${steps} whole steps, too few to be parted`
    return `${names}: not tried, as ${lever} breaks it at ${why}`
  }
  if (share === null) return `${names}: not even at both critical sizes`
  const range = `${lower === null ? 'unbounded' : percent(lower)} to ${upper === null ? 'unbounded' : percent(upper)}`
  return `${names}: at ${percent(share)} (${range}) of their critical sizes${inSteps ? ', the smallest tried, in whole steps' : ''}: ${words}`
}

/** What the shares of pairs say of synergy: nothing where stresses move in whole steps. */
export function synergyWords(pairs: readonly PairAnswer[]): string {
  const tried = pairs.filter(({ untried }) => untried === undefined)
  if (tried.every(({ inSteps }) => inSteps)) return ''
  const all = 'At 50 % two stresses add up; below it, each makes the other worse.'
  return tried.some(({ inSteps }) => inSteps) ? `${all} Where one comes in whole steps, neither can be told.` : all
}

/** What a prescribed stress is, where it is first spoken of. */
export const stressWords =
  'A stress is a change that a scenario prescribes instead of leaving it to chance; each is given alone, after the first month or tenth of the run, whichever is shorter, to paths of ordinary luck.'

/** How often the scenario that goes where a mode went fails. */
export function reproductionWords({ failing }: ReproductionAnswer): string {
  const fails = `fails on ${countWords(failing)} paths of ordinary luck, ${shareWords(failing)}`
  return 2 * failing.count >= failing.of
    ? `A scenario that goes there ${fails}.`
    : `A scenario that goes there, as far as prescribed stresses can, ${fails}: the rest was luck.`
}

/** The answer in a few sentences. */
export function leadWords(answer: ReverseAnswer): string {
  const { plain, modes, failure, scenario, steered } = answer
  const few = modes.length === 0 ? ', too few to tell any way in which it does' : `, in ${waysWords(answer)}`
  const meaning = `A failure is: ${lowered(failure.meaning)}.`
  const first =
    plain.count === 0
      ? `None of ${counted(plain.of)} paths of ${scenario.name} fails: the probability is below ${percent(plain.upper)}.`
      : `${scenario.name} fails on ${countWords(plain)} paths, ${probabilityWords(plain, answer)}${steered ? '' : few}.`
  return [first, meaning, steeredWords(answer), rareWords(answer), limitWords(answer)]
    .filter((words) => words !== '')
    .join(' ')
}

function waysWords({ distinctModes }: ReverseAnswer): string {
  return distinctModes === 1 ? 'one way' : `${inWords(distinctModes)} distinct ways`
}

/** What paths steered towards failure say where plain ones are too few. */
export function steeredWords(answer: ReverseAnswer): string {
  const { steered, modes } = answer
  if (steered === null) return ''
  const { paths, probability, agrees } = steered
  const ways = modes.length === 0 ? '' : `, in ${waysWords(answer)}`
  const warning = agrees ? '' : ' That contradicts the plain paths: steering may have missed a way of failing.'
  return `Plain failures are too few to tell how it fails. ${counted(paths)} other paths, steered towards failure (drawn where it is likelier, and weighed by their likelihood), say ${probabilityWords(probability, answer)}${ways}.${warning}`
}

/** That the failure is too rare for the paths, and what would find it. */
export function rareWords({ tooRare, plain }: ReverseAnswer): string {
  if (tooRare === null) return ''
  const { pathsNeeded, failures, wasSteered, command } = tooRare
  const about = plain.count === 0 ? 'at least' : 'about'
  const steering = wasSteered
    ? 'steering paths towards failure found too few of them'
    : 'steering paths towards failure was left out (--pilot-paths)'
  return `Fewer than ${failures} paths fail, and ${steering}. So many failures would take ${about} ${roundedUpPaths(pathsNeeded)} plain paths (--paths); the probability alone is found by ${command}.`
}

/** What few failing paths allow to conclude, and what they do not. */
export function limitWords({ plain, steered, modes, enoughPaths }: ReverseAnswer): string {
  if (steered !== null) {
    return 'Ways of failing that no plain path comes near to may be missing.'
  }
  if (plain.count === 0 || plain.worth >= enoughPaths) return ''
  const ways = modes.length === 0 ? '' : ', in the ways found'
  const order = modes.length > 1 ? 'which way is the likelier, nor ' : ''
  const unseen = clopperPearson(0, plain.count, 0.95, 'upper').upper
  const [tell, doNot] = plain.count === 1 ? ['path tells', 'It does'] : ['paths tell', 'They do']
  return `${counted(plain.count)} failing ${tell} that it can fail${ways}, and the probability within its interval. ${doNot} not tell ${order}that there is no other way: ways that none of them shows may make up as much as ${percent(unseen)} of all failures (one-sided 95 % bound).`
}

/** What stands behind the point of a mode, or why there is none. */
export function pointWords({ point, without }: ModeAnswer): string {
  if (point === null) return without === null ? '' : `No design point: ${without}.`
  const luck = point.coordinates.map(
    ({ coordinate, value }) => `${coordinate} ${value > 0 ? '+' : ''}${fixed(value, 2)}`,
  )
  return `Design point, rank ${point.rank}: ${distanceWords(point)} standard deviations from ordinary luck; ${luck.join('; ')}.`
}

export function checkWords(
  { check, probability }: Pick<ModeAnswer, 'check' | 'probability'>,
  { enoughPaths }: Pick<ReverseAnswer, 'enoughPaths'>,
): string {
  if (check === null) return ''
  const { agrees, paths, effectivePaths } = check
  const verdict = agrees === null ? 'says too little to confirm' : agrees ? 'agrees with' : 'contradicts'
  const found = probability.weighted ? 'steered' : 'plain'
  return `Drawn around its failing paths: ${checkedShare(check, enoughPaths)} from ${counted(paths)} failing paths worth ${fixed(effectivePaths, 1)} plain ones of equal weight; it ${verdict} the ${found} ${percent(probability.value)}.`
}

/** The probability that a check found, with its interval. */
export function checkedShare(
  { probability, lower, upper, effectivePaths }: Omit<ModeCheck, 'paths'>,
  enoughPaths: number,
): string {
  return `${percent(probability)} (${rangeText(lower, upper, shares)})${markFor(effectivePaths, enoughPaths)}`
}

/** What it means that two estimates agree. */
export function agreementWords({ confidence }: Pick<ReverseAnswer, 'confidence'>): string {
  return `Two estimates agree where the ${levelText(confidence)} interval of their difference holds 0, and contradict each other otherwise; by chance alone one pair in ${fixed(1 / (1 - confidence), 0)} would.`
}

/** Kinds of failure with too little evidence to be told. */
export function rareKindsWords({ rare, steered }: ReverseAnswer): string {
  if (rare.length === 0) return ''
  const kinds = rare.map(({ cause, paths, worth }) =>
    steered === null
      ? `${cause} (${counted(paths)})`
      : `${cause} (${counted(paths)} steered, worth ${fixed(worth, 1)})`,
  )
  return `Too few paths to be told: ${kinds.join('; ')}.`
}

/** Why a mode does not count as a way of its own; nothing where it does. */
export function sameWords({ distinct, point }: ModeAnswer): string {
  if (distinct) return ''
  return point === null
    ? 'begins as a likelier mode does, and no point tells them apart'
    : 'its point lies in the direction of a likelier mode'
}
